/** What in one kind of policy covers an action. */
import { ALLOWS, ALLOWS_ALWAYS, type Role } from './compiled-statement.js'
import type { PlacedStatement } from './placed-statement.js'
import type { PolicyTypeRow } from './policy-types.js'
import type { RequestView } from './request-view.js'

/** The statements that cover an action: of a set, or of all levels of a hierarchy. */
export interface Covering {
  readonly row: PolicyTypeRow
  /** The roles of which there are any, as bits: most sets deny nothing, and need not be asked whether they do. */
  readonly roles: number
  /** An index that is kept, and not made for one request. */
  readonly isLasting: boolean
  /** The first statement of that role that applies, in the order in which they stand. */
  first(role: Role, view: RequestView): PlacedStatement | undefined
  all(role: Role, view: RequestView): readonly PlacedStatement[]
  /** Whether something allows; in a hierarchy, at each level. */
  allows(view: RequestView): boolean
}

/** Whether statements of a role cover the action. */
export function has({ roles }: Covering, role: Role): boolean {
  return (roles & (1 << role)) !== 0
}

/** Whether a set allows: most that do are told by their roles. */
export function mayAllow(covering: Covering, view: RequestView): boolean {
  return (covering.roles & ALLOWS_ALWAYS) !== 0 || (has(covering, ALLOWS) && covering.first(ALLOWS, view) !== undefined)
}
