/** Wildcards, in the most obvious way: every way of dividing the text is tried. */

/** Some text, exactly; or one character, or a run of any length, of any characters or of any but the colon. */
export type Piece = string | { readonly length: 'one' | 'run'; readonly colons: boolean }

export function fits(pieces: readonly Piece[], text: string): boolean {
  const failed = new Set<number>()
  const from = (index: number, at: number): boolean => {
    const piece = pieces[index]
    if (piece === undefined) return at === text.length
    if (typeof piece === 'string') return text.startsWith(piece, at) && from(index + 1, at + piece.length)
    const mayTake = (position: number) => position < text.length && (piece.colons || text[position] !== ':')
    if (piece.length === 'one') return mayTake(at) && from(index + 1, at + 1)
    const tried = index * (text.length + 1) + at
    if (failed.has(tried)) return false
    const found = from(index + 1, at) || (mayTake(at) && from(index, at + 1))
    if (!found) failed.add(tried)
    return found
  }
  return from(0, 0)
}

/** The pieces of a written text: `*` is a run and `?` one character. */
export const pieces = remembered((written) => cut(written, true))
/** The same, but wildcards stop at a colon. */
export const piecesWithoutColons = remembered((written) => cut(written, false))

function cut(written: string, colons: boolean): readonly Piece[] {
  return written
    .split(/([*?])/)
    .filter((part) => part !== '')
    .map((part) => (part === '*' ? { length: 'run', colons } : part === '?' ? { length: 'one', colons } : part))
}

/** Reads every text once, so that many cases are compared in little time. */
export function remembered<Value>(read: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, Value>()
  return (text) => {
    let value = known.get(text)
    if (value === undefined) {
      if (known.size > 10_000) known.clear()
      known.set(text, (value = read(text)))
    }
    return value
  }
}
