/** §3: does an action match `Action` or `NotAction`? */
import type { Match } from '#engine/language/document.js'
import { fits, pieces } from './glob.js'

/** §3.7: NotAction matches every action that no pattern matches. */
export function actionApplies(element: Match, action: string): boolean {
  const listed = element.patterns.some((pattern) => matchesAction(pattern, action))
  return element.inverted ? !listed : listed
}

/**
 * §3.2 and §3.3: stars alone (of more than one, the specification is silent; §4.2 takes them), or `vendor:name` as a whole, ignoring
 * letter case. §3.4: anything else matches nothing.
 */
function matchesAction(pattern: string, action: string): boolean {
  if (/^\*+$/.test(pattern)) return true
  if (pattern.split(':').length !== 2) return false
  return fits(pieces(pattern.toLowerCase()), action.toLowerCase())
}
