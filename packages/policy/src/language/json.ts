/** A JSON reader that keeps where everything stands, refuses a member named twice, and is bounded in depth. */

export type JsonNode = JsonObject | JsonArray | JsonString | JsonLiteral

interface Place {
  /** Offset of the first character. */
  readonly start: number
  /** Offset just behind the last character. */
  readonly end: number
}

export interface JsonObject extends Place {
  readonly kind: 'object'
  readonly members: readonly JsonMember[]
}

export interface JsonMember {
  readonly name: string
  /** The name with its quotes. */
  readonly place: Place
  readonly value: JsonNode
}

export interface JsonArray extends Place {
  readonly kind: 'array'
  readonly items: readonly JsonNode[]
}

export interface JsonString extends Place {
  readonly kind: 'string'
  /** Without quotes and escapes. */
  readonly text: string
}

export interface JsonLiteral extends Place {
  readonly kind: 'number' | 'boolean' | 'null'
  /** As it was written. */
  readonly text: string
}

export interface JsonError {
  readonly code: 'INVALID_JSON' | 'DUPLICATE_MEMBER' | 'TOO_DEEP'
  readonly message: string
  readonly offset: number
}

/** No policy needs more than about six levels. */
const MOST_LEVELS = 64

/** Reads one JSON value and nothing behind it. */
export function readJson(text: string): { readonly node: JsonNode } | { readonly error: JsonError } {
  const reader = new Reader(text)
  const node = reader.document()
  return node === undefined ? { error: reader.error! } : { node }
}

/** The value of a member, by its exact name. */
export function member(node: JsonObject, name: string): JsonNode | undefined {
  return node.members.find((candidate) => candidate.name === name)?.value
}

const LITERALS = [
  ['true', 'boolean'],
  ['false', 'boolean'],
  ['null', 'null'],
] as const

const ESCAPES = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
])

/** Every method answers `undefined` once `error` is set. */
class Reader {
  error: JsonError | undefined
  #at = 0

  constructor(private readonly text: string) {}

  document(): JsonNode | undefined {
    const node = this.#value(1)
    if (node === undefined) return undefined
    this.#space()
    return this.#at < this.text.length ? this.#fail('expected nothing behind the JSON value') : node
  }

  #value(level: number): JsonNode | undefined {
    if (level > MOST_LEVELS) return this.#fail('nested too deeply', 'TOO_DEEP')
    this.#space()
    const start = this.#at
    switch (this.text[start]) {
      case '{':
        return this.#object(start, level)
      case '[':
        return this.#array(start, level)
      case '"': {
        const text = this.#string()
        return text === undefined ? undefined : { kind: 'string', text, start, end: this.#at }
      }
      default:
        return this.#bare(start)
    }
  }

  #object(start: number, level: number): JsonObject | undefined {
    const members: JsonMember[] = []
    const names = new Set<string>()
    this.#at++
    if (this.#take('}')) return { kind: 'object', members, start, end: this.#at }
    do {
      this.#space()
      const nameStart = this.#at
      if (this.text[nameStart] !== '"') return this.#fail('expected a member name in double quotes')
      const name = this.#string()
      if (name === undefined) return undefined
      const place = { start: nameStart, end: this.#at }
      if (names.has(name)) return this.#fail(`\`${name}\` is there twice`, 'DUPLICATE_MEMBER', nameStart)
      names.add(name)
      if (!this.#take(':')) return this.#fail('expected `:`')
      const value = this.#value(level + 1)
      if (value === undefined) return undefined
      members.push({ name, place, value })
    } while (this.#take(','))
    return this.#take('}') ? { kind: 'object', members, start, end: this.#at } : this.#fail('expected `,` or `}`')
  }

  #array(start: number, level: number): JsonArray | undefined {
    const items: JsonNode[] = []
    this.#at++
    if (this.#take(']')) return { kind: 'array', items, start, end: this.#at }
    do {
      const item = this.#value(level + 1)
      if (item === undefined) return undefined
      items.push(item)
    } while (this.#take(','))
    return this.#take(']') ? { kind: 'array', items, start, end: this.#at } : this.#fail('expected `,` or `]`')
  }

  #string(): string | undefined {
    const { text } = this
    const start = ++this.#at
    let read = ''
    let from = start
    for (;;) {
      const code = text.charCodeAt(this.#at)
      if (code === 0x22) {
        read += text.slice(from, this.#at++)
        return read
      }
      if (code === 0x5c) {
        read += text.slice(from, this.#at)
        const character = this.#escape()
        if (character === undefined) return undefined
        read += character
        from = this.#at
      } else if (code < 0x20) return this.#fail('expected no control character in a string')
      else if (Number.isNaN(code)) return this.#fail('expected `"`')
      else this.#at++
    }
  }

  #escape(): string | undefined {
    const letter = this.text[this.#at + 1] ?? ''
    const plain = ESCAPES.get(letter)
    if (plain !== undefined) {
      this.#at += 2
      return plain
    }
    const digits = this.text.slice(this.#at + 2, this.#at + 6)
    if (letter !== 'u' || !/^[0-9A-Fa-f]{4}$/.test(digits)) return this.#fail('unknown escape in a string')
    this.#at += 6
    return String.fromCharCode(Number.parseInt(digits, 16))
  }

  #bare(start: number): JsonLiteral | undefined {
    for (const [text, kind] of LITERALS) {
      if (this.text.startsWith(text, start)) {
        this.#at += text.length
        return { kind, text, start, end: this.#at }
      }
    }
    const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
    number.lastIndex = start
    const text = number.exec(this.text)?.[0]
    if (text === undefined) return this.#fail('expected a JSON value')
    this.#at += text.length
    return { kind: 'number', text, start, end: this.#at }
  }

  /** Passes over white space, and over `character` when it comes next. */
  #take(character: string): boolean {
    this.#space()
    if (this.text[this.#at] !== character) return false
    this.#at++
    return true
  }

  #space(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.#at)
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return
      this.#at++
    }
  }

  #fail(message: string, code: JsonError['code'] = 'INVALID_JSON', offset = this.#at): undefined {
    this.error = { code, message, offset }
    return undefined
  }
}
