/**
 * Comparing pieces of text. A search by the engine's own code costs a call and then next to nothing for each character; looking at
 * characters one by one, above all of texts that were put together from parts, costs more from some eight of them on.
 */

const FEW = 8

/** The same text as the names of properties are kept: in one piece, once for all that are equal, and told from others without reading them. */
export function interned(text: string): string {
  return Object.keys({ [text]: true })[0]!
}

/** Whether `text` has `piece` at `at`. Its end is looked at first, where texts that begin alike differ. */
export function hasAt(text: string, piece: string, at: number): boolean {
  let index = piece.length - 1
  if (index >= FEW) return text.charCodeAt(at + index) === piece.charCodeAt(index) && text.indexOf(piece, at) === at
  if (at + index >= text.length) return false
  for (; index >= 0; index--) if (text.charCodeAt(at + index) !== piece.charCodeAt(index)) return false
  return true
}

/** Where `piece` first stands in `text`, from `from` on and starting before `end`; -1 when it does not. */
export function findPiece(text: string, piece: string, from: number, end: number): number {
  const found = text.indexOf(piece, from)
  return found < end ? found : -1
}
