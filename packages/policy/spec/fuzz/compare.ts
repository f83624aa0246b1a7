/** Asks both evaluators and says where they differ. */

import { compile } from '#engine/evaluate/compile.js'
import { decide } from '#engine/evaluate/decide.js'
import type { Decision, MatchedStatement } from '#engine/evaluate/decision.js'
import { isKey } from '#engine/evaluate/grants.js'
import type { PoliciesInForce, PolicySet } from '#engine/evaluate/policies.js'
import type { AuthorizationRequest, Principal } from '#engine/evaluate/request.js'
import { type Question, readCase } from '../cases.js'
import { evaluate, type SpecDecision } from '../evaluate.js'
import type { Hit } from '../statement.js'
import type { FuzzCase, World } from './generate.js'

export interface Compared {
  readonly question: Question
  readonly decision: Decision
  /** What the two disagree on, if anything. */
  readonly difference?: string
}

/** Compares what both say to all requests of a world. */
export function* compareWorld(world: World): Generator<Compared> {
  for (const question of questionsOf(world)) yield compare(question)
}

/** Reads the policies of a world once. */
export function* questionsOf({ policies, bound, requests }: World): Generator<Question> {
  const inForce = bind(readCase({ policies, request: requests[0]!.request }).inForce, bound)
  for (const { request, beyond } of requests) {
    const asked = withBeyond(readQuickly(request), beyond)
    yield { request: asked, inForce: keyed(inForce, asked.resource.arn) }
  }
}

export function compareCase(fuzzCase: FuzzCase): Compared {
  return compare(questionOf(fuzzCase))
}

export function questionOf(fuzzCase: FuzzCase): Question {
  const { request, inForce } = readCase(fuzzCase)
  return { request: withBeyond(request, fuzzCase.beyond), inForce: bind(inForce, fuzzCase.beyond?.bound) }
}

/** Principals by what the requests say of them: reading these is most of reading a request. */
const principals = new Map<string, AuthorizationRequest['principal']>()

/** What `readCase` reads, without a text in between. */
function readQuickly(given: FuzzCase['request']): AuthorizationRequest {
  const { action, resource, resourceAccount, resourceInMgmt, context, ...caller } = given
  const name = Object.values(caller).join()
  const known = principals.get(name)
  if (known === undefined) {
    const { request } = readCase({ policies: {}, request: given })
    principals.set(name, request.principal)
    return request
  }
  return {
    principal: known,
    action: String(action),
    resource: {
      arn: String(resource),
      accountId: String(resourceAccount),
      ...(resourceInMgmt === true && { inManagementAccount: true }),
    },
    context: context as AuthorizationRequest['context'],
  }
}

function compare(question: Question): Compared {
  const decision = decide(question.request, question.inForce)
  const difference = differenceOf(decision, evaluate(question.request, question.inForce), question.request)
  return { question, decision, ...(difference !== undefined && { difference }) }
}

function differenceOf(engine: Decision, spec: SpecDecision, { principal }: AuthorizationRequest): string | undefined {
  if (engine.verdict !== spec.verdict) return `the engine says ${shown(engine)}, the specification ${shown(spec)}`
  if (engine.verdict === 'Allowed' && spec.verdict === 'Allowed') {
    const { grant } = engine
    if ((grant.kind === 'serviceRule') !== (spec.rule === true)) return 'only one of them allows by a rule'
    if (grant.kind === 'rootUser' && principal.kind !== 'root') return 'the engine allows somebody as the root user'
    if (grant.kind === 'statements' && !grant.statements.every((named) => isAmong(named, spec.by))) return 'the engine names another Allow'
  }
  if (engine.verdict === 'ExplicitDeny' && spec.verdict === 'ExplicitDeny') {
    if (engine.policyType !== spec.policyType)
      return `denied by ${engine.policyType} for the engine, ${spec.policyType} by the specification`
    if (!isAmong(engine.statement, spec.by)) return 'the engine names another Deny'
  }
  if (engine.verdict === 'ImplicitDeny' && spec.verdict === 'ImplicitDeny') {
    if ((engine.rule !== undefined) !== (spec.rule === true)) return 'only one of them denies by a rule'
    if ((engine.notUnderstood !== undefined) !== (spec.unclear === true)) return 'only one of them does not understand'
    if (spec.policyType !== undefined && engine.policyType !== spec.policyType) {
      return `not allowed by ${engine.policyType} for the engine, ${spec.policyType} by the specification`
    }
  }
  return undefined
}

function shown({ verdict, ...rest }: Decision | SpecDecision): string {
  return 'policyType' in rest ? `${verdict} (${String((rest as { policyType?: string }).policyType)})` : verdict
}

function isAmong({ policy, statementIndex }: MatchedStatement, hits: readonly Hit[]): boolean {
  return hits.some(({ statement }) => statement === policy.document.statements[statementIndex])
}

function withBeyond(request: AuthorizationRequest, beyond: FuzzCase['beyond']): AuthorizationRequest {
  if (beyond?.id === undefined && beyond?.names === undefined) return request
  const principal = {
    ...request.principal,
    ...(beyond.id !== undefined && { id: beyond.id }),
    ...(beyond.names !== undefined && 'names' in request.principal && { names: [...request.principal.names, ...beyond.names] }),
  } as Principal
  return { ...request, principal }
}

/** The resource's policy of a key has rules of its own. */
function keyed(inForce: PoliciesInForce, arn: string): PoliciesInForce {
  const { resource } = inForce
  if (resource === undefined || resource.kind === 'trust') return inForce
  return { ...inForce, resource: { ...resource, kind: isKey(arn) ? 'key' : 'resource' } }
}

function bind(inForce: PoliciesInForce, bound: Readonly<Record<string, string>> | undefined): PoliciesInForce {
  const { resource } = inForce
  if (bound === undefined || resource === undefined) return inForce
  const ids = new Map(Object.entries(bound))
  const set: PolicySet = compile(resource.policies.policies.map((policy) => ({ ...policy, principalIds: ids })))
  return { ...inForce, resource: { ...resource, policies: set } }
}

const WORDS = { Allowed: 'allowed', ExplicitDeny: 'explicitDeny', ImplicitDeny: 'implicitDeny' } as const

/** The case as a scenario that expects what the specification says. */
export function scenarioOf(fuzzCase: FuzzCase, id: string): object {
  const { request, inForce } = questionOf(fuzzCase)
  return { id, ...fuzzCase, expected: WORDS[evaluate(request, inForce).verdict] }
}
