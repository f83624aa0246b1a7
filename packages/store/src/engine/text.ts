/**
 * Text as every backend must treat it alike: which text can be a key, how it is ordered, how case is ignored.
 * Order is by Unicode code point, which is what comparing UTF-8 bytes gives (PostgreSQL `COLLATE "C"`, SQLite `BINARY`).
 */

/** Negative when `a` comes first, 0 when equal. JavaScript's own `<` compares UTF-16 units, which puts U+E000–U+FFFF after emoji. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i)
    const y = b.charCodeAt(i)
    if (x !== y) return x >= 0xd800 && y >= 0xd800 ? surrogatesLast(x) - surrogatesLast(y) : x - y
  }
  return a.length - b.length
}

const surrogatesLast = (unit: number): number => (unit >= 0xe000 ? unit - 0x2000 : unit + 0x2000)

/** Lower case for `A`–`Z` and nothing else. */
export const foldCase = (text: string): string => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())

/** Comes after everything that can be kept: see `isStorable`. */
export const afterAll = '\u{10FFFF}'

/** False for text that some backend could not keep exactly (NUL, lone surrogates), and for U+10FFFF, which ends a range. */
export const isStorable = (text: string): boolean => isText(text) && !text.includes(afterAll)

/** False for text that a column could not hold exactly; unlike a key it may contain U+10FFFF. */
export const isText = (text: string): boolean => text.isWellFormed() && !text.includes('\0')

/** The first text after all those that begin with `prefix`, which is storable. */
export function prefixEnd(prefix: string): string {
  const last = [...prefix].at(-1)?.codePointAt(0)
  if (last === undefined) return afterAll
  return prefix.slice(0, last > 0xffff ? -2 : -1) + String.fromCodePoint(last === 0xd7ff ? 0xe000 : last + 1)
}

/** Longest key, scope or log id, and longest index value, in UTF-8 bytes: one index row of PostgreSQL holds about 2,700. */
export const maxKeyBytes = 512
export const maxIndexValueBytes = 1536

/** Throws `TypeError` or `RangeError` for what cannot be kept; the message names it by `what`. */
export function checkStorable(text: string, what: string, mostBytes: number): void {
  if (typeof text !== 'string' || !isStorable(text)) throw new TypeError(`${what} must be well-formed text without NUL or U+10FFFF`)
  if (text.length * 3 > mostBytes && Buffer.byteLength(text) > mostBytes) throw new RangeError(`${what} is longer than ${mostBytes} bytes`)
}
