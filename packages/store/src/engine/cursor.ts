/** Where a page ended, as an opaque text: URL-safe, meaningless to callers, checked when it comes back. */
import { StoreError } from '../store.js'

export const writeCursor = (place: readonly (string | number)[]): string => Buffer.from(JSON.stringify(place)).toString('base64url')

/** `kinds` says what the place consists of. Throws `InvalidCursor`. */
export function readCursor(cursor: string, kinds: readonly ('string' | 'number')[]): (string | number)[] {
  let place: unknown
  try {
    place = JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch (cause) {
    throw new StoreError('InvalidCursor', 'this is not where a page ended', { cause })
  }
  const fits = Array.isArray(place) && place.length === kinds.length && kinds.every((kind, i) => typeof place[i] === kind)
  if (!fits) throw new StoreError('InvalidCursor', 'this is not where such a page ended')
  return place as (string | number)[]
}
