/** The kinds of policy that count for a request, and what in them covers its action. */
import { compiledAs } from './compile.js'
import { type CompiledSet, type Covering, has } from './compiled-set.js'
import { ALLOWS_ALWAYS, DENIES, DOUBTFUL, type Role } from './compiled-statement.js'
import { coveringLevels } from './levels.js'
import type { PoliciesInForce, PolicyType } from './policies.js'
import { exceptionFor, namingOrder, type PolicyTypeRow, policyType, rowsInForce, setsOf } from './policy-types.js'
import type { RequestView } from './request-view.js'

const IDENTITY = policyType('identity')

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

/**
 * What is asked about a request. Where the identity policies are asked often, it is what was found for a request before. Session policies
 * go with their sessions, so that nothing is kept that would hold them.
 */
export function askedFor(view: RequestView, inForce: PoliciesInForce): Asked {
  const rows = rowsInForce(inForce)
  for (const row of rows) if (exceptionFor(row, view) !== undefined) return found(view, unspared(rows, view), inForce)
  const { identity, session } = inForce
  const kept = identity === undefined || session !== undefined ? undefined : compiledAs(identity, IDENTITY).kept(view.asked)
  const before = kept?.find(rows, inForce)
  if (before !== undefined) return before
  const asked = found(view, rows, inForce)
  if (asked.isLasting) kept?.keep(rows, inForce, asked)
  return asked
}

function unspared(rows: readonly PolicyTypeRow[], view: RequestView): readonly PolicyTypeRow[] {
  return rows.filter((row) => exceptionFor(row, view) === undefined)
}

function found({ asked }: RequestView, rows: readonly PolicyTypeRow[], inForce: PoliciesInForce): Asked {
  const each: Covering[] = []
  for (const row of rows) {
    const sets = row.sets(inForce)!
    if ('policies' in sets) each.push(compiledAs(sets, row).covering(asked))
    else if (sets.length > 0) each.push(coveringLevels(sets, row, asked))
  }
  return new Asked(each)
}

/** A set that counts for a request. */
interface AskedSet {
  readonly row: PolicyTypeRow
  readonly level: number
  readonly set: CompiledSet
}

/** The same as sets, one by one, for who looks at every statement. */
export function askedSets(view: RequestView, inForce: PoliciesInForce): readonly AskedSet[] {
  return unspared(rowsInForce(inForce), view).flatMap((row) =>
    setsOf(row, inForce).map((set, level) => ({ row, level, set: compiledAs(set, row) })),
  )
}
