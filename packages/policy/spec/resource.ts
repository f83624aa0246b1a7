/** §4: does a resource match `Resource` or `NotResource`? */

import type { PolicyType } from '#engine/evaluate/policies.js'
import type { Match, Version } from '#engine/language/document.js'
import { fits, type Piece, pieces, piecesWithoutColons, remembered } from './glob.js'
import type { Keys } from './keys.js'
import { replaceVariables, withWildcards } from './variables.js'

/** §4.5: NotResource applies when no pattern matches. `unknown` when one of the patterns is invalid where it stands. */
export function resourceApplies(element: Match, resource: string, type: PolicyType, version: Version, keys: Keys): boolean | 'unknown' {
  if ((type === 'scp' || type === 'rcp') && element.patterns.some((pattern) => isInvalid(pattern, type))) return 'unknown'
  const listed = element.patterns.some((pattern) => matchesResource(pattern, resource, type, version, keys))
  return element.inverted ? !listed : listed
}

/** §4.2. */
function matchesResource(pattern: string, resource: string, type: PolicyType, version: Version, keys: Keys): boolean {
  if (/^\*+$/.test(pattern)) return true
  if (resource === '*') return false
  const components = atFirstColons(pattern, 5)
  if (components.length < 6 && !mayBeShort(pattern, type)) return false
  // §4.6: variables stand behind the fifth colon only. One without a value: the entry matches nothing.
  const last = replaceVariables(components[5] ?? '*', version, keys)
  if (last === undefined) return false
  return fits([...inFront(pattern), ...withWildcards(last)], resource)
}

/** Components 0 to 4, missing ones as `*`, with their colons: a `*` that ends one may cross colons, other wildcards stay inside. */
const inFront = remembered((pattern): readonly Piece[] =>
  [...atFirstColons(pattern, 5).slice(0, 5), '*', '*', '*', '*'].slice(0, 5).flatMap((component) => {
    if (!component.endsWith('*')) return [...piecesWithoutColons(component), ':']
    return [...piecesWithoutColons(component.slice(0, -1)), ...pieces('*'), ':']
  }),
)

/** §4.3: in SCPs, short ARNs that do not end in `*`; in RCPs, all of them. */
function isInvalid(pattern: string, type: PolicyType): boolean {
  if (/^\*+$/.test(pattern) || atFirstColons(pattern, 5).length === 6) return false
  return type === 'rcp' || (type === 'scp' && !pattern.endsWith('*'))
}

/** §4.3: may a pattern with fewer than six components be filled up with `*`? */
function mayBeShort(pattern: string, type: PolicyType): boolean {
  switch (type) {
    case 'identity':
    case 'boundary':
    case 'session':
    case 'scp':
      return true
    case 'resource':
    case 'key':
    case 'trust':
    case 'endpoint':
      return /[*?]/.test(pattern)
    case 'rcp':
      return false
  }
}

export function atFirstColons(text: string, most: number): string[] {
  const all = text.split(':')
  return all.length <= most + 1 ? all : [...all.slice(0, most), all.slice(most).join(':')]
}
