/** The kinds of policy that count for a request, and what in them covers its action. */
import { ALLOWS_ALWAYS, DENIES, DOUBTFUL, type Role } from './compiled-statement.js'
import { type Covering, has } from './covering.js'
import type { PolicyType } from './policies.js'
import { namingOrder } from './policy-types.js'

/** What covers an action in each kind of policy that counts, sorted by what it can do to the decision. */
export class Asked {
  /** Those with a Deny, in the order in which explicit denials are named. */
  readonly denying: readonly Covering[]
  /** Those with something that was not understood. */
  readonly doubtful: readonly Covering[]
  /** Those that may keep a request from passing, in the order in which they are named. */
  readonly filtering: readonly Covering[]

  constructor(private readonly each: readonly Covering[]) {
    this.denying = withRole(each, DENIES)
    this.doubtful = withRole(each, DOUBTFUL)
    this.filtering = filters(each)
  }

  /** Made of indexes that are kept themselves, so that nothing faster can take their place. */
  get isLasting(): boolean {
    return this.each.every(({ isLasting }) => isLasting)
  }

  /** What covers the action in one kind of policy, unless that is not in use or spares the caller. */
  of(type: PolicyType): Covering | undefined {
    for (const covering of this.each) if (covering.row.type === type) return covering
    return undefined
  }
}

const NONE: readonly Covering[] = []

function withRole(each: readonly Covering[], role: Role): readonly Covering[] {
  let found: Covering[] | undefined
  for (const covering of each) if (has(covering, role)) (found ??= []).push(covering)
  return found ?? NONE
}

function filters(each: readonly Covering[]): readonly Covering[] {
  const found = each.filter(({ row, roles }) => row.part === 'filter' && (roles & ALLOWS_ALWAYS) === 0)
  const { implicitFilters } = namingOrder
  return found.length === 0 ? NONE : found.sort((one, other) => implicitFilters.indexOf(one.row) - implicitFilters.indexOf(other.row))
}
