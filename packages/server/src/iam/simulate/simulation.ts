/** One action on one resource, decided by the engine that decides requests, and told in the words of the simulator. */
import type { iam } from '@bailiwick/model'
import {
  type AuthorizationRequest,
  compile,
  type Decision,
  decide,
  type Effect,
  type MatchedStatement,
  matchedStatements,
  type PoliciesInForce,
  type Policy,
  type PolicySet,
  type Position,
  parsePolicy,
  type Statement,
  spelledKeys,
} from '@bailiwick/policy'
import { readEntityArn } from '../arns.js'
import { canBeAbout } from './action-resources.js'

type Verdict = iam.EvaluationResult['EvalDecision']

/** What is simulated: who, with which policies, in which context. */
export interface Simulation {
  readonly principal: AuthorizationRequest['principal']
  readonly context: AuthorizationRequest['context']
  /** Keys that the caller of the simulation gave, in lower case: others count as missing, also where they follow from the principal. */
  readonly given: ReadonlySet<string>
  readonly inForce: Omit<PoliciesInForce, 'resource'>
  readonly resourcePolicy?: PolicySet
  /** The account that owns a resource. */
  readonly ownerOf: (arn: string) => string
}

export interface Outcome {
  readonly verdict: Verdict
  readonly statements: readonly iam.Statement[]
  readonly missing: readonly string[]
  /** Whether the organization allows; absent when it is not part of the simulation. */
  readonly organization?: boolean
  readonly boundary?: boolean
  /** How each side decided, where two accounts must allow. */
  readonly details?: Readonly<Record<string, Verdict>>
}

export function outcomeOf(simulation: Simulation, action: string, arn: string): Outcome {
  const { principal, context, inForce, resourcePolicy, ownerOf } = simulation
  // Whose a resource is only counts against a policy of its own, and without one no role, key or other account need be opened.
  const accountId = resourcePolicy === undefined && 'accountId' in principal ? principal.accountId : ownerOf(arn)
  const request: AuthorizationRequest = { principal, action, resource: { arn, accountId }, context }
  const ofOrganization = organizationDecision(request, inForce)
  if (ofOrganization !== undefined && ofOrganization.verdict !== 'Allowed')
    return { verdict: VERDICTS[ofOrganization.verdict], statements: [], missing: [], organization: false }
  const all: PoliciesInForce = {
    ...inForce,
    resource: resourcePolicy === undefined ? NO_POLICY : { kind: kindOf(arn), policies: resourcePolicy },
  }
  const decision = decide(request, all)
  const matched = matchedStatements(request, all, decision)
  const isAcross = resourcePolicy !== undefined && 'accountId' in principal && principal.accountId !== accountId
  const verdict = verdictOf(decision, matched, canBeAbout(action, arn), isAcross)
  return {
    verdict,
    statements: deciding(matched, verdict),
    missing: verdict === 'implicitDeny' ? missingKeys(simulation) : [],
    ...(ofOrganization !== undefined && { organization: true }),
    ...(inForce.boundary && { boundary: sideVerdict(matched, ['boundary']) === 'allowed' }),
    ...(isAcross && { details: detailsOf(matched, inForce.boundary !== undefined) }),
  }
}

/**
 * Unlike requests, a simulation is allowed by any statement of a resource's policy in the own account, also by one that names the whole
 * account and beyond what the boundary allows (as recorded in 2026).
 */
function verdictOf(decision: Decision, matched: readonly MatchedStatement[], isAbout: boolean, isAcross: boolean): Verdict {
  if (decision.verdict === 'ExplicitDeny') return 'explicitDeny'
  if (!isAbout) return 'implicitDeny'
  if (decision.verdict === 'Allowed') return 'allowed'
  const isOpened = matched.some((one) => one.policyType === 'resource' && effectOf(one) === 'Allow')
  return isOpened && !isAcross && decision.notUnderstood === undefined && decision.rule === undefined ? 'allowed' : 'implicitDeny'
}

const VERDICTS: Readonly<Record<Decision['verdict'], Verdict>> = {
  Allowed: 'allowed',
  ExplicitDeny: 'explicitDeny',
  ImplicitDeny: 'implicitDeny',
}

const NO_POLICY = { kind: 'resource', policies: compile([]) } as const

const ALLOW_ALL = compile([
  { document: parsePolicy('{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}', 'lenient').document },
])

/** Service control policies come first: where they deny, nothing else is simulated. */
function organizationDecision(request: AuthorizationRequest, { scp }: PoliciesInForce): Decision | undefined {
  if (scp === undefined) return undefined
  const own = 'accountId' in request.principal ? request.principal.accountId : request.resource.accountId
  return decide({ ...request, resource: { arn: request.resource.arn, accountId: own } }, { scp, identity: ALLOW_ALL })
}

/** Role trust policies and key policies have rules of their own, as in every other decision. */
function kindOf(arn: string): 'resource' | 'trust' | 'key' {
  if (/^arn:[^:]+:iam::[^:]*:role\//.test(arn)) return 'trust'
  return /^arn:[^:]+:kms:[^:]*:[^:]*:key\//.test(arn) ? 'key' : 'resource'
}

interface Source {
  readonly called: string
  readonly id: (matched: MatchedStatement) => string
}

/** How the simulator calls the places that statements come from; what is not here it does not show (recorded fact 77). */
const sources: ReadonlyMap<string, Source> = new Map<string, Source>([
  ['identity', { called: 'IAM Policy', id: ({ policy }) => identityId(policy) }],
  ['boundary', { called: 'Permissions Boundary Policy', id: ({ policy }) => policy.name ?? '' }],
  ...(['resource', 'trust', 'key'] as const).map((type): [string, Source] => [
    type,
    { called: 'Resource Policy', id: () => 'ResourcePolicy' },
  ]),
])

/** An inline policy is called by whose it is as well: `user_dana_reading`. */
function identityId({ arn, attachedTo, name = '' }: Policy): string {
  const owner = arn === undefined && attachedTo !== undefined ? readEntityArn(attachedTo) : undefined
  return owner === undefined ? name : `${owner.type}_${owner.name}_${name}`
}

const effectOf = ({ policy, statementIndex }: MatchedStatement): Effect => policy.document.statements[statementIndex]!.effect

/** The statements that the verdict rests on: of a denial only those that deny, of an implicit one none. */
function deciding(matched: readonly MatchedStatement[], verdict: Verdict): iam.Statement[] {
  if (verdict === 'implicitDeny') return []
  const wanted: Effect = verdict === 'allowed' ? 'Allow' : 'Deny'
  return distinct(
    matched
      .filter((one) => effectOf(one) === wanted && sources.has(one.policyType) && !(verdict === 'allowed' && one.policyType === 'boundary'))
      .map(shownStatement),
  )
}

/** A policy that is attached more than once, to a user and to its group, is told of once. */
export function distinct(statements: readonly iam.Statement[]): iam.Statement[] {
  return [...new Map(statements.map((statement) => [JSON.stringify(statement), statement])).values()]
}

function shownStatement(matched: MatchedStatement): iam.Statement {
  const source = sources.get(matched.policyType)!
  return {
    SourcePolicyId: source.id(matched),
    // What travels is not in the model's own enumeration (recorded fact 77).
    SourcePolicyType: source.called as NonNullable<iam.Statement['SourcePolicyType']>,
    ...placeOf(matched),
  }
}

type Shown = Required<Pick<iam.Statement, 'StartPosition' | 'EndPosition'>>
const places = new WeakMap<Statement, Shown>()

/** From where AWS's parser was when it came to the statement to where it was behind it, as recorded. */
function placeOf({ policy: { document }, statementIndex }: MatchedStatement): Shown {
  const statement = document.statements[statementIndex]!
  let place = places.get(statement)
  if (place === undefined) {
    const shown = ({ line, column }: Pick<Position, 'line' | 'column'>) => ({ Line: line, Column: column })
    place = { StartPosition: shown(cameFrom(document, statementIndex)), EndPosition: shown(statement.span.end) }
    places.set(statement, place)
  }
  return place
}

/** Behind the statement before, behind the bracket of the list, or, of one that stands alone, behind its own brace. */
function cameFrom({ text, statements }: Policy['document'], index: number): Pick<Position, 'line' | 'column'> {
  const { start } = statements[index]!.span
  const before = text.slice(0, start.offset).trimEnd()
  if (before.endsWith(',')) return statements[index - 1]!.span.end
  if (!before.endsWith('[')) return { line: start.line, column: start.column + 1 }
  const breaks = text.slice(before.length, start.offset).match(/\r\n?|\n/g)?.length ?? 0
  const lineStart = Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1
  return { line: start.line - breaks, column: before.length - lineStart + 1 }
}

function sideVerdict(matched: readonly MatchedStatement[], types: readonly string[]): Verdict {
  const effects = matched.filter(({ policyType }) => types.includes(policyType)).map(effectOf)
  return effects.includes('Deny') ? 'explicitDeny' : effects.includes('Allow') ? 'allowed' : 'implicitDeny'
}

function detailsOf(matched: readonly MatchedStatement[], hasBoundary: boolean): Record<string, Verdict> {
  return {
    'IAM Policy': sideVerdict(matched, ['identity']),
    'Resource Policy': sideVerdict(matched, ['resource', 'trust', 'key']),
    ...(hasBoundary && { 'Permissions Boundary Policy': sideVerdict(matched, ['boundary']) }),
  }
}

const missingOf = new WeakMap<Simulation, readonly string[]>()

const escapes: ReadonlySet<string> = new Set(['*', '?', '$'])

/** Every key that the policies name, in every spelling, and the caller of the simulation did not give, whether this action hangs on it or not. */
function missingKeys(simulation: Simulation): readonly string[] {
  let missing = missingOf.get(simulation)
  if (missing === undefined) {
    const { inForce, resourcePolicy, given } = simulation
    const sets = [inForce.identity, inForce.boundary, resourcePolicy].filter((set) => set !== undefined)
    const named = new Set(sets.flatMap(({ policies }) => policies.flatMap(({ document }) => spelledKeys(document))))
    missing = [...named].filter((key) => !escapes.has(key) && !given.has(key.toLowerCase())).sort()
    missingOf.set(simulation, missing)
  }
  return missing
}
