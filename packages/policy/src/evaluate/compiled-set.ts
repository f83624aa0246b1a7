/** The policies of one owner, asked as a union. */
import { type Action, actionMatches } from './actions.js'
import { appliesToResource } from './applies.js'
import { type Candidates, candidates } from './candidates.js'
import { type ByRole, remember, rolesOf } from './compiled-document.js'
import { ALLOWS, type CompiledStatement, DENIES, DOUBTFUL, type Role } from './compiled-statement.js'
import { type Covering, mayAllow } from './covering.js'
import { KeptAsked } from './kept-asked.js'
import { type CompiledPolicy, PlacedStatement } from './placed-statement.js'
import type { PolicySet } from './policies.js'
import type { PolicyTypeRow } from './policy-types.js'
import type { RequestView } from './request-view.js'

/** The levels of a hierarchy, made ready to be asked as one. */
interface KeptHierarchy {
  is(sets: readonly PolicySet[]): boolean
  covering(action: Action): Covering
}

/** How many other sets may be asked in between for a set to count as recently used, and how often it must be, to be worth an index. */
const RECENT = 1024
export const OFTEN = 3
/** How many sets keep one index of all their policies; of the others each policy is asked. */
const MOST_MERGED = 1024

/** Counts how often a set was asked that had no index for the action. */
let clock = 0
const merged: CompiledSet[] = []

/**
 * A set that is asked again soon keeps one index for each action, so that many policies cost what one costs. Principals that are seldom
 * seen share the indexes of their documents and keep nothing.
 */
export class CompiledSet {
  #merged: MergedPolicies | undefined
  #asked = Number.NEGATIVE_INFINITY
  #again = 0
  /** Of each policy, so that those of other services need not be looked at. */
  readonly #services: readonly number[]
  readonly #nothing: Covering
  /** What is kept for a hierarchy, by its last level: the one that belongs to a single account. */
  hierarchy: KeptHierarchy | undefined

  constructor(
    readonly row: PolicyTypeRow,
    readonly policies: readonly CompiledPolicy[],
  ) {
    this.#services = policies.map(({ document }) => document.services)
    this.#nothing = nothingOf(row)
  }

  covering(action: Action): Covering {
    const found = this.#merged?.covering.get(action.number)
    if (found !== undefined) return found
    this.#again = clock - this.#asked <= RECENT ? this.#again + 1 : 0
    this.#asked = ++clock
    return this.#again >= OFTEN ? (this.#merged ??= this.#keep()).merge(this, action) : this.#scattered(action)
  }

  /** Where what is asked together with this set is kept for an action; nowhere until the set is asked often. */
  kept(action: Action): KeptAsked | undefined {
    return this.#merged?.keptFor(action)
  }

  #scattered(action: Action): Covering {
    let first: Scattered | undefined
    let last: Scattered | undefined
    for (let index = 0; index < this.#services.length; index++) {
      if ((this.#services[index]! & action.serviceBit) === 0) continue
      const policy = this.policies[index]!
      const statements = policy.document.mayCover(action)
      if (statements.roles === 0) continue
      const found = new Scattered(this.row, policy, statements, action)
      if (first === undefined || last === undefined) first = found
      else {
        last.next = found
        first.roles |= found.roles
      }
      last = found
    }
    return first ?? this.#nothing
  }

  #keep(): MergedPolicies {
    const slot = mergedCount++ % MOST_MERGED
    const oldest = merged[slot]
    if (oldest !== undefined) oldest.#merged = undefined
    merged[slot] = this
    return new MergedPolicies()
  }
}

let mergedCount = 0

/** Covers nothing; one for each kind of policy. */
const nothingOf = (row: PolicyTypeRow): Covering => {
  let found = nothings.get(row)
  if (found === undefined) nothings.set(row, (found = new Merged(row, [])))
  return found
}

const nothings = new Map<PolicyTypeRow, Covering>()

/** One index of all policies for each action; actions that the same statements cover share it. */
class MergedPolicies {
  readonly covering = new Map<number, Covering>()
  readonly #byStatements = new Map<string, Covering>()
  /** By action, also where several are covered by the same statements: those of other policies differ. */
  readonly #kept = new Map<number, KeptAsked>()

  keptFor(action: Action): KeptAsked {
    let found = this.#kept.get(action.number)
    if (found === undefined) remember(this.#kept, action, (found = new KeptAsked()))
    return found
  }

  merge({ row, policies }: CompiledSet, action: Action): Covering {
    const placed: PlacedStatement[] = []
    let key = ''
    for (const policy of policies) {
      for (const statement of policy.document.statements) {
        if (!actionMatches(statement.action, action)) continue
        placed.push(new PlacedStatement(policy, statement))
        key += `${policy.policyIndex}.${statement.statementIndex} `
      }
    }
    let made = this.#byStatements.get(key)
    if (made === undefined) {
      made = new Merged(row, placed)
      if (this.covering.size === 0) this.#byStatements.clear()
      this.#byStatements.set(key, made)
    }
    remember(this.covering, action, made)
    return made
  }
}

class Merged implements Covering {
  readonly #byRole: readonly [Candidates, Candidates, Candidates]
  readonly roles: number
  readonly isLasting = true

  constructor(
    readonly row: PolicyTypeRow,
    placed: readonly PlacedStatement[],
  ) {
    this.roles = rolesOf(placed.map(({ statement }) => statement))
    const of = (role: Role) => candidates(placed.filter(({ statement }) => statement.role === role))
    this.#byRole = [of(DENIES), of(ALLOWS), of(DOUBTFUL)]
  }

  first(role: Role, view: RequestView): PlacedStatement | undefined {
    return this.#byRole[role].first(view)
  }

  all(role: Role, view: RequestView): readonly PlacedStatement[] {
    return this.#byRole[role].all(view)
  }

  allows(view: RequestView): boolean {
    return mayAllow(this, view)
  }
}

/** One policy after the other. */
class Scattered implements Covering {
  readonly isLasting = false
  next: Scattered | undefined
  /** Of this policy and all that come after it. */
  roles: number

  constructor(
    readonly row: PolicyTypeRow,
    private readonly policy: CompiledPolicy,
    private readonly statements: ByRole,
    private readonly action: Action,
  ) {
    this.roles = statements.roles
  }

  first(role: Role, view: RequestView): PlacedStatement | undefined {
    for (let each: Scattered | undefined = this; each !== undefined; each = each.next) {
      for (const statement of each.statements.of[role])
        if (each.#applies(statement, view)) return new PlacedStatement(each.policy, statement)
    }
    return undefined
  }

  all(role: Role, view: RequestView): readonly PlacedStatement[] {
    const found: PlacedStatement[] = []
    for (let each: Scattered | undefined = this; each !== undefined; each = each.next) {
      for (const statement of each.statements.of[role])
        if (each.#applies(statement, view)) found.push(new PlacedStatement(each.policy, statement))
    }
    return found
  }

  allows(view: RequestView): boolean {
    return mayAllow(this, view)
  }

  #applies(statement: CompiledStatement, view: RequestView): boolean {
    return (!this.policy.document.isShort || actionMatches(statement.action, this.action)) && appliesToResource(statement, view)
  }
}
