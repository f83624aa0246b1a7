/** Whether a statement applies to a request, and if not, which element kept it. */
import { singleValue } from '../conditions/index.js'
import { globOf, matchesArnPattern, matchesGlob, resolveTemplate } from '../patterns/index.js'
import type { CompiledActions, CompiledResource, CompiledResources, CompiledStatement } from './compile.js'
import { levelsOf } from './principals.js'
import type { RequestView } from './request-view.js'

/** What `mismatch` answers; a condition that does not hold is `CONDITIONS` plus its index. */
export const APPLIES = 0
export const ACTION = 1
export const RESOURCE = 2
export const PRINCIPAL = 3
export const CONDITIONS = 4

/** The first element that does not match, as a number, so that asking allocates nothing. */
export function mismatch(statement: CompiledStatement, view: RequestView): number {
  if (!actionMatches(statement.action, view)) return ACTION
  if (statement.resource !== undefined && !resourceMatches(statement.resource, view)) return RESOURCE
  if (statement.principal !== undefined && levelsFor(statement, view) === 0) return PRINCIPAL
  const { conditions } = statement
  for (let index = 0; index < conditions.length; index++) if (!conditions[index]!.holds(view)) return CONDITIONS + index
  return APPLIES
}

export function applies(statement: CompiledStatement, view: RequestView): boolean {
  return mismatch(statement, view) === APPLIES
}

/** The levels at which the statement's principal means the caller (policy-semantics §2.4). */
export function levelsFor({ principal, effect }: CompiledStatement, view: RequestView): number {
  return principal === undefined ? 0 : levelsOf(principal, view.chain, effect, view.hasBoundary)
}

function actionMatches({ inverted, everything, exact, globs }: CompiledActions, { action }: RequestView): boolean {
  const listed = everything || exact.has(action) || globs.some((glob) => matchesGlob(glob, action))
  return listed !== inverted
}

function resourceMatches({ inverted, everything, patterns }: CompiledResources, view: RequestView): boolean {
  const listed = everything || patterns.some((pattern) => isCovered(pattern, view))
  return listed !== inverted
}

/** An entry with a variable that has no value covers nothing, also in `NotResource` (policy-semantics §5.8, medium). */
function isCovered({ arn, tail }: CompiledResource, view: RequestView): boolean {
  if (tail === undefined) return matchesArnPattern(arn, view.resource)
  const parts = resolveTemplate(tail, (key) => singleValue(view, key))
  return parts !== undefined && matchesArnPattern(arn, view.resource, globOf(parts))
}
