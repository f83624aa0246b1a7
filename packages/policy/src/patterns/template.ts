/** Text with policy variables: `${aws:username}`, `${aws:PrincipalTag/team, 'none'}`, `${*}` (policy-semantics §5.8). */
import type { PatternPart } from './glob.js'
import { interned } from './text.js'

export interface Template {
  readonly parts: readonly (PatternPart | Variable)[]
  /** The text as patterns when it holds no variables, so that it can be compiled once. */
  readonly constant: readonly PatternPart[] | undefined
}

export interface Variable {
  readonly key: string
  readonly caseless: string
  readonly fallback: string | undefined
}

const ESCAPES = new Set(['*', '?', '$'])

/** Reads `text`; without `variables` (an older Version, another operator) the text stays as it is. */
export function parseTemplate(text: string, variables: boolean): Template {
  if (!variables || !text.includes('${')) {
    const constant = [{ text, literal: false }]
    return { parts: constant, constant }
  }
  const parts: (PatternPart | Variable)[] = []
  let at = 0
  for (;;) {
    const open = text.indexOf('${', at)
    const close = open === -1 ? -1 : closingBrace(text, open + 2)
    // An unclosed `${` is ordinary text.
    if (close === -1) break
    if (open > at) parts.push({ text: text.slice(at, open), literal: false })
    parts.push(variable(text.slice(open + 2, close)))
    at = close + 1
  }
  if (at < text.length) parts.push({ text: text.slice(at), literal: false })
  const constant = parts.filter((part) => 'text' in part)
  return { parts, constant: constant.length === parts.length ? constant : undefined }
}

/** Puts values in; `undefined` when a variable has neither a value nor a default, or can have none (`null`). Wildcards in values stand for themselves. */
export function resolveTemplate(
  template: Template,
  value: (key: string, caseless: string) => string | null | undefined,
): readonly PatternPart[] | undefined {
  if (template.constant !== undefined) return template.constant
  const resolved: PatternPart[] = []
  for (const part of template.parts) {
    if ('text' in part) resolved.push(part)
    else {
      const found = value(part.key, part.caseless)
      const text = found === undefined ? part.fallback : found
      if (text == null) return undefined
      resolved.push({ text, literal: true })
    }
  }
  return resolved
}

/** The keys of the variables in `text`, spelled as there. */
export function variableKeys(template: Template): string[] {
  return template.parts.flatMap((part) => ('key' in part ? [part.key] : []))
}

function closingBrace(text: string, from: number): number {
  const close = text.indexOf('}', from)
  const quote = text.indexOf("'", from)
  if (quote === -1 || quote > close) return close
  const unquote = text.indexOf("'", quote + 1)
  return unquote === -1 ? close : text.indexOf('}', unquote)
}

function variable(inside: string): PatternPart | Variable {
  if (ESCAPES.has(inside)) return { text: inside, literal: true }
  const comma = inside.indexOf(',')
  if (comma === -1) return named(inside, undefined)
  const quoted = inside.slice(comma + 1).trim()
  const isQuoted = quoted.length >= 2 && quoted.startsWith("'") && quoted.endsWith("'")
  return named(inside.slice(0, comma), isQuoted ? quoted.slice(1, -1) : undefined)
}

function named(key: string, fallback: string | undefined): Variable {
  return { key: interned(key), caseless: interned(key.toLowerCase()), fallback }
}
