/**
 * What permissions policies give, without a request: which services, and which of their actions. Boundaries, resource policies and
 * conditions are not looked at, as AWS does not look at them here; a denial counts where it has no condition.
 */
import { actionsOf } from '@bailiwick/model/actions'
import { matchesPattern, type PolicyDocument, type Statement } from '@bailiwick/policy'
import { covers, everything, formatsOf, haveCommon } from './resource-patterns.js'

/** Which actions of a service a statement is about. Patterns of other services, of which some policies have thousands, are left out first. */
function actionsOfStatement({ action: { inverted, patterns } }: Statement, service: string): (action: string) => boolean {
  const concerning = patterns.filter((pattern) => mayConcern(pattern, service)).map((pattern) => pattern.toLowerCase())
  return (action) => {
    const text = `${service}:${action}`.toLowerCase()
    return concerning.some((pattern) => matchesPattern(pattern, text)) !== inverted
  }
}

function mayConcern(pattern: string, service: string): boolean {
  const colon = pattern.indexOf(':')
  const vendor = (colon < 0 ? pattern : pattern.slice(0, colon)).toLowerCase()
  return vendor === service || ((vendor.includes('*') || vendor.includes('?')) && matchesPattern(vendor, service))
}

/** Whether a statement is about all actions of a service, also those that nobody knows yet. */
function isWholeService({ action: { inverted, patterns } }: Statement, service: string): boolean {
  const concerning = patterns.filter((pattern) => mayConcern(pattern, service))
  return inverted ? concerning.length === 0 : concerning.some((pattern) => pattern === '*' || pattern.endsWith(':*'))
}

/** Nothing of a service, whatever is named of it. */
function sparesService({ action: { inverted, patterns } }: Statement, service: string): boolean {
  const concerning = patterns.filter((pattern) => mayConcern(pattern, service))
  return inverted ? concerning.some((pattern) => pattern === '*' || pattern.endsWith(':*')) : concerning.length === 0
}

const unconditional = (statements: readonly Statement[]): Statement[] =>
  statements.filter(({ effect, conditions }) => effect === 'Deny' && conditions.length === 0)

const resourcesOf = ({ resource }: Statement): NonNullable<Statement['resource']> => resource ?? { inverted: false, patterns: ['*'] }

const isAboutEverything = (statement: Statement): boolean => {
  const { inverted, patterns } = resourcesOf(statement)
  return inverted ? patterns.length === 0 : patterns.some(everything)
}

/** So many pairs of patterns are compared for one report; of denials that come after, what they take of some resources is not looked at. */
const mostCompared = 200_000

/** What policies give together. Each service and each pair of patterns is weighed once, however many actions they decide on. */
export class Granted {
  readonly #allows: readonly Statement[]
  readonly #denials: readonly Statement[]
  readonly #actions = new Map<string, readonly string[]>()
  readonly #meeting = new Map<Statement, Map<string, readonly string[]>>()
  readonly #taken = new Map<Statement, Map<string, boolean>>()
  #left = mostCompared

  constructor(documents: readonly PolicyDocument[]) {
    const statements = documents.flatMap((document) => document.statements)
    this.#allows = statements.filter(({ effect }) => effect === 'Allow')
    this.#denials = unconditional(statements)
  }

  /** The actions of a service, of those that the catalogue knows. */
  actions(service: string): readonly string[] {
    return kept(this.#actions, service, () => this.#findActions(service))
  }

  /** Whether anything of a service. Of one that the catalogue does not know, patterns alone can tell. */
  has(service: string): boolean {
    if (actionsOf(service) !== undefined) return this.actions(service).length > 0
    const denials = this.#denials.filter((denial) => isWholeService(denial, service))
    return this.#allows.some((statement) => !sparesService(statement, service) && this.#leaves(statement, ['*'], denials))
  }

  #findActions(service: string): readonly string[] {
    const about = (wanted: readonly Statement[]) =>
      wanted.map((statement) => ({ statement, covers: actionsOfStatement(statement, service) }))
    const [allows, denials] = [about(this.#allows), about(this.#denials)]
    return Object.keys(actionsOf(service)?.actions ?? {}).filter((action) => {
      const allowing = allows.filter((one) => one.covers(action))
      if (allowing.length === 0) return false
      const denying = denials.filter((one) => one.covers(action)).map(({ statement }) => statement)
      return allowing.some(({ statement }) => this.#leaves(statement, formatsOf(service, action), denying))
    })
  }

  /** Whether a statement leaves something of an action that these denials do not take. */
  #leaves(statement: Statement, formats: readonly string[], denials: readonly Statement[]): boolean {
    if (denials.some(isAboutEverything)) return false
    return formats.some((format) =>
      this.#patternsFor(format, statement).some((pattern) => !denials.some((denial) => this.#takes(denial, pattern))),
    )
  }

  /** The patterns of a statement that stand for something of a format. */
  #patternsFor(format: string, statement: Statement): readonly string[] {
    const found = kept(this.#meeting, statement, () => new Map<string, readonly string[]>())
    return kept(found, format, () => {
      const { inverted, patterns } = resourcesOf(statement)
      const given = inverted ? (patterns.some(everything) ? [] : ['*']) : patterns
      return given.filter((pattern) => haveCommon(format, pattern))
    })
  }

  /** Whether a denial takes all that a resource pattern stands for. */
  #takes(denial: Statement, pattern: string): boolean {
    const { inverted, patterns } = resourcesOf(denial)
    const found = kept(this.#taken, denial, () => new Map<string, boolean>())
    const before = found.get(pattern)
    this.#left -= before === undefined ? patterns.length : 1
    if (this.#left < 0) return false
    if (before !== undefined) return before
    const takes = inverted ? !patterns.some((other) => haveCommon(other, pattern)) : patterns.some((other) => covers(other, pattern))
    found.set(pattern, takes)
    return takes
  }
}

function kept<K, V>(found: Map<K, V>, key: K, make: () => V): V {
  let value = found.get(key)
  if (value === undefined) found.set(key, (value = make()))
  return value
}

/**
 * Whether one policy gives anything of a service, as ListPoliciesGrantingServiceAccess was recorded in 2026: it asks neither whether
 * there is such an action nor whether it can be about such a resource, and of denials only whether they are about the whole service.
 */
export function grantsService({ statements }: PolicyDocument, service: string): boolean {
  if (unconditional(statements).some((denial) => isWholeService(denial, service) && isAboutEverything(denial))) return false
  return statements.some(
    (statement) => statement.effect === 'Allow' && !sparesService(statement, service) && hasResourceOf(statement, service),
  )
}

function hasResourceOf(statement: Statement, service: string): boolean {
  const { inverted, patterns } = resourcesOf(statement)
  if (inverted) return !patterns.some(everything)
  const known = actionsOf(service)
  if (known === undefined) return true
  const vendors = new Set([service, ...Object.values(known.resourceTypes).map(({ arn }) => arn.split(':')[2]!)])
  return patterns.some((pattern) => {
    const vendor = pattern.split(':')[2]
    return vendor === undefined ? pattern.includes('*') : [...vendors].some((one) => matchesPattern(vendor, one))
  })
}
