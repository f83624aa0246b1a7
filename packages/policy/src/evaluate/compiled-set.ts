/** The policies of one owner, asked as a union. */
import { type Action, actionMatches } from './actions.js'
import { appliesToResource } from './applies.js'
import { type Candidates, candidates, type PlacedStatement } from './candidates.js'
import { type CompiledDocument, remember } from './compiled-document.js'
import { ALLOWS, type CompiledStatement, DENIES, DOUBTFUL, type Role } from './compiled-statement.js'
import type { Policy, PolicyType } from './policies.js'
import type { RequestView } from './request-view.js'

export interface CompiledPolicy {
  readonly policy: Policy
  /** In its set. */
  readonly policyIndex: number
  readonly document: CompiledDocument
}

/** The statements of a set that cover an action. */
export interface Covering {
  /** The first statement of that role that applies, in the order in which they stand. */
  first(role: Role, view: RequestView): PlacedStatement | undefined
  all(role: Role, view: RequestView): readonly PlacedStatement[]
}

/** How many other sets may be asked in between for a set to count as recently used. */
const RECENT = 1024
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
  #merged: Map<Action, Covering> | undefined
  #asked = Number.NEGATIVE_INFINITY

  constructor(
    readonly type: PolicyType,
    readonly policies: readonly CompiledPolicy[],
  ) {}

  covering(action: Action): Covering {
    const found = this.#merged?.get(action)
    if (found !== undefined) return found
    const isRecent = clock - this.#asked <= RECENT
    this.#asked = ++clock
    if (!isRecent) return new Scattered(this.policies, action)
    const made = new Merged(this.policies, action)
    remember((this.#merged ??= this.#keep()), action, made)
    return made
  }

  #keep(): Map<Action, Covering> {
    const slot = mergedCount++ % MOST_MERGED
    const oldest = merged[slot]
    if (oldest !== undefined) oldest.#merged = undefined
    merged[slot] = this
    return new Map()
  }
}

let mergedCount = 0

class Merged implements Covering {
  readonly #byRole: readonly [Candidates, Candidates, Candidates]

  constructor(policies: readonly CompiledPolicy[], action: Action) {
    const placed = policies.flatMap((policy) => policy.document.covering(action).map((statement) => ({ policy, statement })))
    const of = (role: Role) => candidates(placed.filter(({ statement }) => statement.role === role))
    this.#byRole = [of(DENIES), of(ALLOWS), of(DOUBTFUL)]
  }

  first(role: Role, view: RequestView): PlacedStatement | undefined {
    return this.#byRole[role].first(view)
  }

  all(role: Role, view: RequestView): readonly PlacedStatement[] {
    return this.#byRole[role].all(view)
  }
}

class Scattered implements Covering {
  constructor(
    private readonly policies: readonly CompiledPolicy[],
    private readonly action: Action,
  ) {}

  first(role: Role, view: RequestView): PlacedStatement | undefined {
    for (const policy of this.policies) {
      const { document } = policy
      if (!document.has(role)) continue
      for (const statement of document.mayCover(this.action)) if (this.#applies(statement, role, view)) return { policy, statement }
    }
    return undefined
  }

  all(role: Role, view: RequestView): readonly PlacedStatement[] {
    return this.policies.flatMap((policy) =>
      policy.document
        .mayCover(this.action)
        .filter((statement) => this.#applies(statement, role, view))
        .map((statement) => ({ policy, statement })),
    )
  }

  #applies(statement: CompiledStatement, role: Role, view: RequestView): boolean {
    return statement.role === role && actionMatches(statement.action, this.action) && appliesToResource(statement, view)
  }
}
