/** The names of a context's keys by what they are in lower case. */
import type { Context } from './request.js'

interface Known {
  readonly names: readonly string[]
  readonly byCaseless: ReadonlyMap<string, string>
}

/** How many lists of names are kept: a server fills in the same keys again and again. */
const MOST_KNOWN = 16
/** Longer lists, as requests with many tags have them, are not kept. */
const LONGEST_KNOWN = 64

const known: Known[] = []
let next = 0

/** Of keys that differ in letter case only, the first counts. */
export function contextNames(context: Context): ReadonlyMap<string, string> {
  const names = Object.keys(context)
  for (const each of known) if (isSame(each.names, names)) return each.byCaseless
  const byCaseless = new Map<string, string>()
  for (const name of names) {
    const caseless = name.toLowerCase()
    if (!byCaseless.has(caseless)) byCaseless.set(caseless, name)
  }
  if (names.length <= LONGEST_KNOWN) known[next++ % MOST_KNOWN] = { names, byCaseless }
  return byCaseless
}

/** Compared from the end: what a request adds to the keys that all have comes last. */
function isSame(one: readonly string[], other: readonly string[]): boolean {
  if (one.length !== other.length) return false
  for (let index = one.length - 1; index >= 0; index--) if (one[index] !== other[index]) return false
  return true
}
