/** §5.8: policy variables. */
import type { Version } from '#engine/language/document.js'
import { type Piece, pieces } from './glob.js'
import { type Keys, keyValue } from './keys.js'

/** A stretch of text after replacement. What came out of a variable is never a wildcard. */
interface Part {
  readonly text: string
  readonly replaced: boolean
}

/** The text with its variables replaced, or nothing when one of them has no value and no default. */
export function replaceVariables(written: string, version: Version, keys: Keys): readonly Part[] | undefined {
  if (version !== '2012-10-17') return [{ text: written, replaced: false }]
  const parts: Part[] = []
  let at = 0
  for (const found of written.matchAll(VARIABLE)) {
    parts.push({ text: written.slice(at, found.index), replaced: false })
    const value = valueOfVariable(found, keys)
    if (value === undefined) return undefined
    parts.push({ text: value, replaced: true })
    at = found.index + found[0].length
  }
  // What is not closed stays as it is.
  parts.push({ text: written.slice(at), replaced: false })
  return parts
}

/** `${key, 'default'}`, or `${key}`. */
const VARIABLE = /\$\{(?:([^},']*), '([^']*)'|([^}]*))\}/g

function valueOfVariable([, named, fallback, plain]: readonly (string | undefined)[], keys: Keys): string | undefined {
  if (plain === '*' || plain === '?' || plain === '$') return plain
  const value = keyValue(keys, named ?? plain!)
  // A multivalued key never resolves, not even to a default.
  return value === undefined ? fallback : typeof value === 'string' ? value : undefined
}

export function plainText(parts: readonly Part[]): string {
  return parts.map(({ text }) => text).join('')
}

/** Only what was written has wildcards. */
export function withWildcards(parts: readonly Part[]): readonly Piece[] {
  return parts.flatMap(({ text, replaced }) => (replaced ? [text] : pieces(text)))
}

/** Cuts at the first `most` colons, wherever they came from. */
export function cutAtColons(parts: readonly Part[], most: number): Part[][] {
  const components: Part[][] = [[]]
  for (const { text, replaced } of parts) {
    let rest = text
    while (components.length <= most && rest.includes(':')) {
      components.at(-1)!.push({ text: rest.slice(0, rest.indexOf(':')), replaced })
      components.push([])
      rest = rest.slice(rest.indexOf(':') + 1)
    }
    components.at(-1)!.push({ text: rest, replaced })
  }
  return components
}
