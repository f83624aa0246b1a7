/** Whether a statement applies to a request, and if not, which element kept it. */
import { actionMatches } from './actions.js'
import type { CompiledStatement } from './compiled-statement.js'
import { type CompiledPrincipal, KINDS, levelsOf } from './principals.js'
import type { RequestView } from './request-view.js'
import { resourceMatches } from './resources.js'

/** What `mismatch` answers; a condition that does not hold is `CONDITIONS` plus its index. */
export const APPLIES = 0
export const ACTION = 1
export const RESOURCE = 2
export const PRINCIPAL = 3
export const CONDITIONS = 4

/** The first element that does not match, as a number, so that asking allocates nothing. */
export function mismatch(statement: CompiledStatement, view: RequestView): number {
  if (!actionMatches(statement.action, view.asked)) return ACTION
  if (statement.resource !== undefined && !resourceMatches(statement.resource, view)) return RESOURCE
  if (statement.principal !== undefined && levelsFor(statement, view) === 0) return PRINCIPAL
  const { conditions } = statement
  for (let index = 0; index < conditions.length; index++) if (!conditions[index]!.holds(view)) return CONDITIONS + index
  return APPLIES
}

export function applies(statement: CompiledStatement, view: RequestView): boolean {
  return mismatch(statement, view) === APPLIES
}

/** Whether a statement whose actions match applies. */
export function appliesToResource(statement: CompiledStatement, view: RequestView): boolean {
  return (statement.resource === undefined || resourceMatches(statement.resource, view)) && appliesOtherwise(statement, view)
}

/** Whether a statement whose actions and resources match applies. */
export function appliesOtherwise(statement: CompiledStatement, view: RequestView): boolean {
  const { principal } = statement
  // Of everybody nobody needs to be asked who it is.
  if (principal !== undefined && !meansAnybody(principal, view) && levelsFor(statement, view) === 0) return false
  for (const condition of statement.conditions) if (!condition.holds(view)) return false
  return true
}

const SPOKEN_FOR = KINDS.saml | KINDS.oidc

const meansAnybody = ({ everyone, inverted, providersByName }: CompiledPrincipal, { kind }: RequestView): boolean =>
  everyone && !inverted && !(providersByName && (kind & SPOKEN_FOR) !== 0)

/** The levels at which the statement's principal means the caller (policy-semantics §2.4). */
export function levelsFor({ principal, effect }: CompiledStatement, view: RequestView): number {
  return principal === undefined ? 0 : levelsOf(principal, view.chain, effect, view.hasBoundary)
}
