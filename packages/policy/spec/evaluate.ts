/** §6: is the request allowed? Every policy is read from its first statement to its last, for every request. */
import type { PoliciesInForce, PolicySet, PolicyType } from '#engine/evaluate/policies.js'
import type { AuthorizationRequest } from '#engine/evaluate/request.js'
import { keysOf } from './keys.js'
import type { Level } from './principal.js'
import { answeredBefore, isSparedByBoundary, isSparedByRcps, isSparedByResourcePolicy, isSparedByScps } from './rules.js'
import { type Asked, type Hit, hitOf } from './statement.js'

export type SpecDecision =
  /** `by`: the Allow statements that apply, of which some are named; none when a rule or being the root user is reason enough. */
  | { readonly verdict: 'Allowed'; readonly by: readonly Hit[]; readonly rule?: boolean }
  /** The specification does not say which of several Deny statements of one type is named. */
  | { readonly verdict: 'ExplicitDeny'; readonly policyType: PolicyType; readonly by: readonly Hit[] }
  /** No type when a rule answers before any policy, or when something is not understood. */
  | { readonly verdict: 'ImplicitDeny'; readonly policyType?: PolicyType; readonly rule?: boolean; readonly unclear?: boolean }

export function evaluate(request: AuthorizationRequest, inForce: PoliciesInForce): SpecDecision {
  const keys = keysOf(request)

  // Step 0, §6.10.
  const before = answeredBefore(request, keys)
  if (before === 'Allowed') return { verdict: 'Allowed', by: [], rule: true }
  if (before === 'ImplicitDeny') return { verdict: 'ImplicitDeny', rule: true }

  // Step 1: the statements that apply, of the policies that count.
  const asked: Asked = { request, keys, hasBoundary: inForce.boundary !== undefined }
  const scps = isSparedByScps(request) ? [] : (inForce.scp ?? []).map((node) => hitsOf(node, 'scp', asked))
  const rcps = isSparedByRcps(request) ? [] : (inForce.rcp ?? []).map((node) => hitsOf(node, 'rcp', asked))
  const endpoint = hitsOf(inForce.endpoint, 'endpoint', asked)
  const side = resourceSide(request, inForce)
  const resource = side === 'resource' && isSparedByResourcePolicy(request) ? [] : hitsOf(inForce.resource?.policies, side, asked)
  const identity = hitsOf(inForce.identity, 'identity', asked)
  const bounded = inForce.boundary !== undefined && !isSparedByBoundary(request)
  const boundary = bounded ? hitsOf(inForce.boundary, 'boundary', asked) : []
  const session = hitsOf(inForce.session, 'session', asked)

  // Step 2: a Deny anywhere. In the order of §9.3 in which they are named.
  const all: readonly [PolicyType, readonly Hit[]][] = [
    ['scp', scps.flat()],
    ['rcp', rcps.flat()],
    ['endpoint', endpoint],
    [side, resource],
    ['identity', identity],
    ['boundary', boundary],
    ['session', session],
  ]
  for (const [policyType, hits] of all) {
    const by = hits.filter(({ statement, unclear }) => statement.effect === 'Deny' && !unclear)
    if (by.length > 0) return { verdict: 'ExplicitDeny', policyType, by }
  }
  // §6.2: whatever cannot be understood closes.
  if (all.some(([, hits]) => hits.some(({ unclear }) => unclear))) return { verdict: 'ImplicitDeny', unclear: true }

  // Step 3: the filters.
  if (rcps.some((node) => !allows(node))) return { verdict: 'ImplicitDeny', policyType: 'rcp' }
  if (scps.some((node) => !allows(node))) return { verdict: 'ImplicitDeny', policyType: 'scp' }
  if (inForce.endpoint !== undefined && !allows(endpoint)) return { verdict: 'ImplicitDeny', policyType: 'endpoint' }

  // Step 4: the grants.
  const { principal } = request
  const levels = new Set(resource.filter(isAllow).flatMap((hit) => [...hit.levels]))
  const I = allows(identity) || principal.kind === 'root'
  const B = !bounded || allows(boundary)
  // §6.7: without a session policy a federated user has nothing.
  const S = inForce.session === undefined ? principal.kind !== 'federatedUser' : allows(session)
  const missing = missingGrant(request, side, levels, { I, B, S })
  if (missing !== undefined) return { verdict: 'ImplicitDeny', policyType: missing }
  return { verdict: 'Allowed', by: [...resource, ...identity].filter(isAllow) }
}

/** What the resource's policy is: the one given, else the one that such a resource must have. */
function resourceSide({ action, resource }: AuthorizationRequest, inForce: PoliciesInForce): 'resource' | 'trust' | 'key' {
  if (inForce.resource !== undefined) return inForce.resource.kind
  if (/^kms:/i.test(action) && /^arn:[^:]*:kms:[^:]*:[^:]*:key\//.test(resource.arn)) return 'key'
  const entersRole = /^sts:(AssumeRole(WithSAML|WithWebIdentity)?|TagSession|SetSourceIdentity|SetContext)$/i.test(action)
  return entersRole && /^arn:[^:]*:iam::[^:]*:role\//.test(resource.arn) ? 'trust' : 'resource'
}

/** §6.3 to §6.7: nothing when it is granted, else what is missing first, in the order of §6.16. */
function missingGrant(
  { principal, resource }: AuthorizationRequest,
  side: 'resource' | 'trust' | 'key',
  levels: ReadonlySet<Level>,
  { I, B, S }: { readonly I: boolean; readonly B: boolean; readonly S: boolean },
): PolicyType | undefined {
  const direct = levels.has('direct')
  const roleLevel = levels.has('role') || levels.has('fedbase')
  const account = levels.has('account')
  const limits = B ? (S ? undefined : 'session') : 'boundary'

  // §6.7: services, the anonymous, and those who come with somebody else's word.
  if (!('accountId' in principal)) return direct ? undefined : side
  // §6.4 and the second lines of §6.5 and §6.6. What AWS owns is everybody's, as far as rules allow.
  if (principal.accountId !== resource.accountId && resource.accountId !== 'aws') return levels.size === 0 ? side : I ? limits : 'identity'
  switch (side) {
    // §6.5: a boundary limits even who is named directly.
    case 'trust':
      if (direct || roleLevel || (account && I)) return limits
      return account ? 'identity' : 'trust'
    // §6.6.
    case 'key':
      if (direct) return undefined
      if (roleLevel || (account && I)) return limits
      return account ? 'identity' : 'key'
    // §6.3.
    case 'resource':
      if (direct) return undefined
      return I || roleLevel ? limits : 'identity'
  }
}

function hitsOf(set: PolicySet | undefined, type: PolicyType, asked: Asked): Hit[] {
  return (set?.policies ?? []).flatMap((policy) =>
    policy.document.statements.flatMap((statement) => hitOf(statement, policy, type, asked) ?? []),
  )
}

function allows(hits: readonly Hit[]): boolean {
  return hits.some(isAllow)
}

function isAllow({ statement }: Hit): boolean {
  return statement.effect === 'Allow'
}
