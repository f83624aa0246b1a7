/** A document made ready to be asked as one kind of policy. */
import { type Action, actionMatches } from './actions.js'
import { ALLOWS, ALLOWS_ALWAYS, type CompiledStatement, DENIES, DOUBTFUL, type Role } from './compiled-statement.js'

/** Up to this many statements are looked at one by one for every action. */
const FEW = 3

/** Statements by their role, each kind in the order in which they stand. */
export interface ByRole {
  /** The roles of which there are any, as bits. */
  readonly roles: number
  readonly of: readonly [denies: readonly CompiledStatement[], allows: readonly CompiledStatement[], doubtful: readonly CompiledStatement[]]
}

export class CompiledDocument {
  /** The services whose actions it may cover, as a set of bits that several may share. */
  readonly services: number
  readonly #covering: Map<number, ByRole> | undefined
  readonly #few: ByRole | undefined

  constructor(readonly statements: readonly CompiledStatement[]) {
    this.services = statements.reduce((services, { action }) => services | action.services, 0)
    if (statements.length <= FEW) this.#few = shortOf(statements)
    else this.#covering = new Map()
  }

  /** A short one, which answers with statements whose actions do not match as well. */
  get isShort(): boolean {
    return this.#few !== undefined
  }

  /** The statements whose actions match; of a short document the others too. */
  mayCover(action: Action): ByRole {
    if (this.#covering === undefined) return this.#few!
    const found = this.#covering.get(action.number)
    if (found !== undefined) return found
    const made = byRole(this.statements.filter((statement) => actionMatches(statement.action, action)))
    remember(this.#covering, action, made)
    return made
  }
}

/** For all actions: what always allows does so for every action, or not at all. */
function shortOf(statements: readonly CompiledStatement[]): ByRole {
  const { roles, of } = byRole(statements)
  const always = statements.some((statement) => allowsAlways(statement) && statement.action.everything && !statement.action.inverted)
  return { roles: always ? roles : roles & ~ALLOWS_ALWAYS, of }
}

const NONE: readonly CompiledStatement[] = []

function byRole(statements: readonly CompiledStatement[]): ByRole {
  const of = (role: Role) => {
    const found = statements.filter((statement) => statement.role === role)
    return found.length === 0 ? NONE : found
  }
  return { roles: rolesOf(statements), of: [of(DENIES), of(ALLOWS), of(DOUBTFUL)] }
}

/** The roles of statements as bits, `ALLOWS_ALWAYS` among them. */
export function rolesOf(statements: readonly CompiledStatement[]): number {
  return statements.reduce((roles, statement) => roles | (1 << statement.role) | (allowsAlways(statement) ? ALLOWS_ALWAYS : 0), 0)
}

/** Without looking at its actions, so that this counts for the actions that it covers. */
function allowsAlways({ role, resource, principal, conditions }: CompiledStatement): boolean {
  const isForAll = resource === undefined || (resource.everything && !resource.inverted)
  return role === ALLOWS && isForAll && principal === undefined && conditions.length === 0
}

/** For how many actions something is kept. */
const MOST_ACTIONS = 512

/** Keeps a value for an action, by its number; all are forgotten when there are too many. */
export function remember<Value>(kept: Map<number, Value>, { number }: Action, value: Value): void {
  if (kept.size >= MOST_ACTIONS) kept.clear()
  kept.set(number, value)
}
