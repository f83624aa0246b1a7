/** The levels of a hierarchy, asked as one: a Deny counts wherever it stands, and each level must allow (policy-semantics §6.8, §6.9). */
import { type Action, actionMatches } from './actions.js'
import { type Candidates, candidates } from './candidates.js'
import { compiledAs } from './compile.js'
import { remember, rolesOf } from './compiled-document.js'
import { type CompiledSet, OFTEN } from './compiled-set.js'
import { ALLOWS, ALLOWS_ALWAYS, DENIES, DOUBTFUL, type Role } from './compiled-statement.js'
import type { Covering } from './covering.js'
import { PlacedStatement } from './placed-statement.js'
import { isSameSets, type PolicySet } from './policies.js'
import type { PolicyTypeRow } from './policy-types.js'
import type { RequestView } from './request-view.js'

/** What covers an action at any level. All principals of an account share it. */
export function coveringLevels(sets: readonly PolicySet[], row: PolicyTypeRow, action: Action): Covering {
  const last = compiledAs(sets[sets.length - 1]!, row)
  if (last.hierarchy?.is(sets) !== true) last.hierarchy = new Hierarchy(sets, row)
  return last.hierarchy.covering(action)
}

export class Hierarchy {
  readonly #sets: readonly PolicySet[]
  readonly #levels: readonly CompiledSet[]
  readonly #merged = new Map<number, Covering>()
  #asked = 0

  constructor(
    sets: readonly PolicySet[],
    private readonly row: PolicyTypeRow,
  ) {
    this.#sets = [...sets]
    this.#levels = sets.map((set) => compiledAs(set, row))
  }

  is(sets: readonly PolicySet[]): boolean {
    return isSameSets(sets, this.#sets)
  }

  covering(action: Action): Covering {
    const found = this.#merged.get(action.number)
    if (found !== undefined) return found
    // One that is asked a few times only, because another with the same last level takes its place, is not worth an index.
    if (this.#asked++ < OFTEN) return new ScatteredLevels(this.row, this.#levels, action)
    const made = new MergedLevels(this.row, this.#levels, action)
    remember(this.#merged, action, made)
    return made
  }
}

/** One index of what closes at any level; of what allows, one for each level that does not always do so. */
class MergedLevels implements Covering {
  readonly isLasting = true
  readonly roles: number
  readonly #byRole: readonly [Candidates, Candidates, Candidates]
  readonly #allowing: readonly Candidates[]

  constructor(
    readonly row: PolicyTypeRow,
    levels: readonly CompiledSet[],
    action: Action,
  ) {
    const byLevel = levels.map((set, level) => placedAt(set, level, action))
    const all = byLevel.flat()
    const of = (role: Role, placed = all) => candidates(placed.filter(({ statement }) => statement.role === role))
    const roles = byLevel.map((placed) => rolesOf(placed.map(({ statement }) => statement)))
    this.roles = rolesOfLevels(roles)
    this.#byRole = [of(DENIES), of(ALLOWS), of(DOUBTFUL)]
    this.#allowing = byLevel.filter((_, level) => (roles[level]! & ALLOWS_ALWAYS) === 0).map((placed) => of(ALLOWS, placed))
  }

  first(role: Role, view: RequestView): PlacedStatement | undefined {
    return this.#byRole[role].first(view)
  }

  all(role: Role, view: RequestView): readonly PlacedStatement[] {
    return this.#byRole[role].all(view)
  }

  allows(view: RequestView): boolean {
    for (const level of this.#allowing) if (level.first(view) === undefined) return false
    return true
  }
}

/** A hierarchy always allows when each of its levels does. */
function rolesOfLevels(levels: readonly number[]): number {
  const some = levels.reduce((roles, level) => roles | level, 0)
  return levels.every((level) => (level & ALLOWS_ALWAYS) !== 0) ? some : some & ~ALLOWS_ALWAYS
}

function placedAt({ policies }: CompiledSet, level: number, action: Action): PlacedStatement[] {
  return policies.flatMap((policy) =>
    policy.document.statements
      .filter((statement) => actionMatches(statement.action, action))
      .map((statement) => new PlacedStatement(policy, statement, level)),
  )
}

/** One level after the other. */
class ScatteredLevels implements Covering {
  readonly isLasting = false
  readonly roles: number
  readonly #levels: readonly Covering[]

  constructor(
    readonly row: PolicyTypeRow,
    levels: readonly CompiledSet[],
    action: Action,
  ) {
    this.#levels = levels.map((set) => set.covering(action))
    this.roles = rolesOfLevels(this.#levels.map(({ roles }) => roles))
  }

  first(role: Role, view: RequestView): PlacedStatement | undefined {
    for (const [level, covering] of this.#levels.entries()) {
      const found = covering.first(role, view)
      if (found !== undefined) return new PlacedStatement(found.policy, found.statement, level)
    }
    return undefined
  }

  all(role: Role, view: RequestView): readonly PlacedStatement[] {
    return this.#levels.flatMap((covering, level) =>
      covering.all(role, view).map(({ policy, statement }) => new PlacedStatement(policy, statement, level)),
    )
  }

  allows(view: RequestView): boolean {
    return this.#levels.every((covering) => covering.allows(view))
  }
}
