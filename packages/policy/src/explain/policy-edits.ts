/** Edits of policies, one after another, each for the first reason for which the engine still denies. */
import {
  APPLIES,
  type AuthorizationRequest,
  askedSets,
  compile,
  type Decision,
  decide,
  type MatchedStatement,
  matchedStatement,
  mismatch,
  PlacedStatement,
  type PoliciesInForce,
  type PolicySet,
  type PolicyType,
  RequestView,
} from '../evaluate/index.js'
import { parsePolicy, type Statement } from '../language/index.js'
import { exactStatement } from './adding.js'
import type { Edit, Place } from './change.js'
import { reachOf, waysToNarrow } from './narrowing.js'
import { rewritten } from './written.js'

/** By the names of the engine's service rules. */
const RULES: ReadonlyMap<string, string> = new Map([
  ['sessionTokenNeedsLongTermKey', 'GetSessionToken takes a long-term access key, and no policy changes that'],
  ['federationTokenCannotUseIam', 'sessions of GetFederationToken cannot call IAM, whatever policies say'],
  ['federationTokenCannotUseSts', 'sessions of GetFederationToken can call nothing of STS but GetCallerIdentity'],
  ['sessionTokenNeedsMfaForIam', 'sessions of GetSessionToken can call IAM only when an MFA code was given for them'],
  [
    'sessionTokenCannotUseSts',
    'sessions of GetSessionToken can call nothing of STS but AssumeRole, GetWebIdentityToken and GetCallerIdentity',
  ],
  ['awsManagedPolicy', 'managed policies of AWS cannot be changed by anybody else'],
  ['awsReservedRole', 'reserved roles are changed by AWS only'],
  ['awsManagedAlias', 'aliases of AWS are made and changed by AWS only'],
  ['passRoleAcrossAccounts', 'a role can only be passed within its own account'],
])

export const becauseOfRule = (name: string): string => RULES.get(name) ?? `the rule ${name} denies it, whatever policies say`

const MOST_EDITS = 32

/** The edits of policies that allow the request as it is; a text says why there are none. `side` is who is to grant it. */
export function editsFor(request: AuthorizationRequest, before: PoliciesInForce, side: 'own' | 'resource'): readonly Edit[] | string {
  const edits: Edit[] = []
  for (let inForce = before; edits.length <= MOST_EDITS; ) {
    const decision = decide(request, inForce)
    if (decision.verdict === 'Allowed') return edits
    const next =
      decision.verdict === 'ExplicitDeny' ? narrowed(request, inForce, decision.statement) : opened(request, inForce, decision, side)
    if (typeof next === 'string') return next
    edits.push(next.edit)
    inForce = next.inForce
  }
  return `more than ${MOST_EDITS} statements deny it`
}

interface Step {
  readonly edit: Edit
  readonly inForce: PoliciesInForce
}

function narrowed(request: AuthorizationRequest, inForce: PoliciesInForce, denying: MatchedStatement): Step | string {
  const { policy, policyIndex, statementIndex, policyType, level } = denying
  const { document } = policy
  const statement = document.statements[statementIndex]!
  const place = placeOf(denying)
  const replace = (changed: Statement | undefined): PoliciesInForce =>
    withSet(inForce, policyType, level, (set) =>
      compile(set.policies.with(policyIndex, { ...policy, document: rewritten(document, statementIndex, changed) })),
    )
  if (policy.arn?.includes(':iam::aws:')) {
    const without = withSet(inForce, policyType, level, (set) => compile(set.policies.with(policyIndex, { ...policy, document: NOTHING })))
    return {
      edit: { kind: 'remove', place, what: 'detach the policy, which is AWS’s own', allows: reachOf(statement) },
      inForce: without,
    }
  }
  for (const way of waysToNarrow(statement, request)) {
    const changed = replace(way.statement)
    if (way.statement !== undefined && stillDenies(request, changed, denying)) continue
    return {
      edit: { kind: way.statement === undefined ? 'remove' : 'narrow', place, what: way.what, allows: way.allows },
      inForce: changed,
    }
  }
  return 'a statement that denies cannot be narrowed'
}

function stillDenies(
  request: AuthorizationRequest,
  inForce: PoliciesInForce,
  { policyType, level, policyIndex, statementIndex }: MatchedStatement,
): boolean {
  const view = new RequestView(request, inForce.boundary !== undefined)
  return askedSets(view, inForce).some(
    ({ row, level: asked, set }) =>
      row.type === policyType &&
      (!row.levels || asked === level) &&
      mismatch(set.policies[policyIndex]!.document.statements[statementIndex]!, view) === APPLIES,
  )
}

type ImplicitDeny = Extract<Decision, { verdict: 'ImplicitDeny' }>

/** A statement where none allows; or one that is not understood and closes taken away. */
function opened(request: AuthorizationRequest, inForce: PoliciesInForce, decision: ImplicitDeny, side: 'own' | 'resource'): Step | string {
  if (decision.rule !== undefined) return becauseOfRule(decision.rule)
  if (decision.notUnderstood !== undefined) return withoutDoubt(request, inForce)
  const { policyType: type } = decision
  if (type === 'rcp')
    return 'RCPFullAWSAccess is missing from a level of the organization, and only AWS could write another policy that allows'
  if (type === 'scp') return added(request, inForce, type, silentLevel(request, inForce))
  const { principal } = request
  if (type === 'identity' && principal.kind === 'role' && principal.serviceLinked)
    return 'the policies of a service-linked role are changed by its service only'
  const canGrant = inForce.resource?.kind === 'resource' || inForce.resource?.kind === 'key'
  if (side === 'resource' && canGrant && (type === 'identity' || type === 'boundary' || type === 'session')) {
    const granted = added(request, inForce, inForce.resource!.kind)
    if (decide(request, granted.inForce).verdict === 'Allowed') return granted
  }
  return added(request, inForce, type)
}

function added(request: AuthorizationRequest, inForce: PoliciesInForce, type: PolicyType, level?: number): Step {
  const statement = exactStatement(request, type)
  const text = JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
  const document = parsePolicy(text, 'lenient').document
  return {
    edit: {
      kind: 'add',
      policyType: type,
      ...(level !== undefined && { level }),
      statement,
      what: `add a statement to ${OWNERS[type](request, level)}`,
      allows: { actions: statement.Action, resources: statement.Resource ?? request.resource.arn, conditions: [] },
    },
    inForce: withSet(inForce, type, level, (set) => compile([...set.policies, { document }])),
  }
}

/** Whose policy a statement is added to. */
const OWNERS: Readonly<Record<PolicyType, (request: AuthorizationRequest, level?: number) => string>> = {
  identity: ({ principal }) => `the policies of ${ownArn(principal)}`,
  boundary: ({ principal }) => `the permissions boundary of ${ownArn(principal)}, or set another boundary that has it`,
  session: () => 'a session policy that is passed when the session is made',
  resource: ({ resource }) => `the policy of ${resource.arn}, which is account ${resource.accountId}'s to write`,
  trust: ({ resource }) => `the trust policy of ${resource.arn}, which is account ${resource.accountId}'s to write`,
  key: ({ resource }) => `the key policy of ${resource.arn}, which is account ${resource.accountId}'s to write`,
  scp: (_, level) => `a service control policy at level ${level} of the organization (the root is 0), which its management account writes`,
  rcp: (_, level) => `a resource control policy at level ${level} of the organization (the root is 0)`,
  endpoint: () => 'the policy of the VPC endpoint',
}

function ownArn(principal: AuthorizationRequest['principal']): string {
  if ('roleArn' in principal) return principal.roleArn
  if ('federatedBy' in principal) return principal.federatedBy
  return 'arn' in principal ? principal.arn : 'the caller'
}

/** The first level of the organization that does not allow. */
function silentLevel(request: AuthorizationRequest, inForce: PoliciesInForce): number {
  const view = new RequestView(request, inForce.boundary !== undefined)
  const silent = askedSets(view, inForce).find(
    ({ row, set }) =>
      row.type === 'scp' &&
      !set.policies.some(({ document }) =>
        document.statements.some((statement) => statement.effect === 'Allow' && mismatch(statement, view) === APPLIES),
      ),
  )
  return silent?.level ?? 0
}

function withoutDoubt(request: AuthorizationRequest, inForce: PoliciesInForce): Step | string {
  const view = new RequestView(request, inForce.boundary !== undefined)
  for (const asked of askedSets(view, inForce)) {
    for (const policy of asked.set.policies) {
      const statement = policy.document.statements.find((one) => one.notUnderstood !== undefined && mismatch(one, view) === APPLIES)
      if (statement === undefined) continue
      const matched = matchedStatement(asked.row, new PlacedStatement(policy, statement, asked.level))
      const rest = rewritten(matched.policy.document, statement.statementIndex, undefined)
      return {
        edit: {
          kind: 'remove',
          place: placeOf(matched),
          what: `write the statement anew or remove it: it is not understood (${statement.notUnderstood})`,
          allows: reachOf(statement.statement),
        },
        inForce: withSet(inForce, matched.policyType, matched.level, (set) =>
          compile(set.policies.with(matched.policyIndex, { ...matched.policy, document: rest })),
        ),
      }
    }
  }
  return 'something in the policies is not understood'
}

function placeOf({ policyType, level, policyIndex, statementIndex, sid, policy }: MatchedStatement): Place {
  const name = policy.arn ?? policy.name
  return {
    policyType,
    ...(level !== undefined && { level }),
    policyIndex,
    statementIndex,
    ...(sid !== undefined && { sid }),
    ...(name !== undefined && { policy: name }),
    ...(policy.attachedTo !== undefined && { attachedTo: policy.attachedTo }),
  }
}

const EMPTY = compile([])
const NOTHING = parsePolicy('{"Version":"2012-10-17","Statement":[]}', 'lenient').document

/** The policies with one set of them changed; a kind that was not in force comes into force. */
function withSet(
  inForce: PoliciesInForce,
  type: PolicyType,
  level: number | undefined,
  change: (set: PolicySet) => PolicySet,
): PoliciesInForce {
  switch (type) {
    case 'scp':
    case 'rcp':
      return { ...inForce, [type]: inForce[type]!.map((set, index) => (index === level ? change(set) : set)) }
    case 'resource':
    case 'trust':
    case 'key':
      return { ...inForce, resource: { kind: type, policies: change(inForce.resource?.policies ?? EMPTY) } }
    default:
      return { ...inForce, [type]: change(inForce[type] ?? EMPTY) }
  }
}
