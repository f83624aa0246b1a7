/** A document made ready to be asked as one kind of policy. */
import { type Action, actionMatches } from './actions.js'
import type { CompiledStatement, Role } from './compiled-statement.js'

/** Up to this many statements are looked at one by one for every action. */
const FEW = 3

export class CompiledDocument {
  readonly #roles: number
  #covering: Map<Action, readonly CompiledStatement[]> | undefined

  constructor(readonly statements: readonly CompiledStatement[]) {
    this.#roles = statements.reduce((roles, { role }) => roles | (1 << role), 0)
  }

  has(role: Role): boolean {
    return (this.#roles & (1 << role)) !== 0
  }

  /** The statements whose actions match. */
  covering(action: Action): readonly CompiledStatement[] {
    return this.statements.filter((statement) => actionMatches(statement.action, action))
  }

  /** Them, and in a short document the others too; of a longer one it is found once for each action. */
  mayCover(action: Action): readonly CompiledStatement[] {
    if (this.statements.length <= FEW) return this.statements
    this.#covering ??= new Map()
    const found = this.#covering.get(action)
    if (found !== undefined) return found
    const made = this.covering(action)
    remember(this.#covering, action, made.length === 0 ? NO_STATEMENTS : made)
    return made
  }
}

const NO_STATEMENTS: readonly CompiledStatement[] = []

/** For how many actions something is kept. */
const MOST_ACTIONS = 512

/** Keeps a value for an action; all are forgotten when there are too many. */
export function remember<Value>(kept: Map<Action, Value>, action: Action, value: Value): void {
  if (kept.size >= MOST_ACTIONS) kept.clear()
  kept.set(action, value)
}
