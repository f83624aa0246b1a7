/** What AWS answers without asking any policy (policy-semantics §6.4, §6.7, §6.10). The first row that applies decides. */
import { accountIdOf } from './request.js'
import type { RequestView } from './request-view.js'

export interface ServiceRule {
  readonly name: string
  readonly verdict: 'Allowed' | 'ImplicitDeny'
  readonly holds: (view: RequestView) => boolean
  /** AWS's whole answer, where it is not the usual sentence. */
  readonly sentence?: string
}

const GET_CALLER_IDENTITY = 'sts:getcalleridentity'
const GET_SESSION_TOKEN = 'sts:getsessiontoken'
/**
 * AssumeRole and GetWebIdentityToken, and what their parameters need besides: the limit on GetSessionToken's sessions is on operations,
 * and these are none.
 */
const OPEN_TO_SESSION_TOKENS = new Set([
  'sts:assumerole',
  'sts:tagsession',
  'sts:setsourceidentity',
  'sts:setcontext',
  'sts:getwebidentitytoken',
  'sts:taggetwebidentitytoken',
])

export const serviceRules: readonly ServiceRule[] = [
  // Even an explicit deny does not stop it; it takes valid credentials, of whatever kind.
  {
    name: 'callerIdentity',
    verdict: 'Allowed',
    holds: (view) => view.action === GET_CALLER_IDENTITY && accountIdOf(view.request.principal) !== undefined,
  },
  { name: 'sessionTokenForLongTermKey', verdict: 'Allowed', holds: (view) => view.action === GET_SESSION_TOKEN && hasLongTermKey(view) },
  {
    name: 'sessionTokenNeedsLongTermKey',
    verdict: 'ImplicitDeny',
    holds: ({ action }) => action === GET_SESSION_TOKEN,
    sentence: 'Cannot call GetSessionToken with session credentials',
  },
  { name: 'federationTokenCannotUseIam', verdict: 'ImplicitDeny', holds: (view) => hasFederationToken(view) && view.service === 'iam' },
  // GetCallerIdentity is answered above.
  { name: 'federationTokenCannotUseSts', verdict: 'ImplicitDeny', holds: (view) => hasFederationToken(view) && view.service === 'sts' },
  {
    name: 'sessionTokenNeedsMfaForIam',
    verdict: 'ImplicitDeny',
    holds: (view) => hasSessionToken(view) && view.service === 'iam' && !hasMfa(view),
  },
  {
    name: 'sessionTokenCannotUseSts',
    verdict: 'ImplicitDeny',
    holds: (view) => hasSessionToken(view) && view.service === 'sts' && !OPEN_TO_SESSION_TOKENS.has(view.action),
  },
  // §6.4: not even `*` lets an account change what belongs to AWS.
  { name: 'awsManagedPolicy', verdict: 'ImplicitDeny', holds: (view) => changes(view, POLICY_CHANGES, /^arn:[^:]+:iam::aws:policy\//) },
  {
    name: 'awsReservedRole',
    verdict: 'ImplicitDeny',
    holds: (view) => changes(view, ROLE_CHANGES, /^arn:[^:]+:iam::[^:]*:role\/aws-reserved\//),
  },
  // §6.6
  {
    name: 'awsManagedAlias',
    verdict: 'ImplicitDeny',
    holds: (view) => changes(view, ALIAS_CHANGES, /^arn:[^:]+:kms:[^:]*:[^:]*:alias\/aws\//),
  },
  // §6.17
  {
    name: 'passRoleAcrossAccounts',
    verdict: 'ImplicitDeny',
    holds: ({ action, request: { principal, resource } }) =>
      action === 'iam:passrole' && 'accountId' in principal && principal.accountId !== resource.accountId,
    sentence: 'Cross-account pass role is not allowed.',
  },
]

/** The rule that answers this request, if one does. */
export function serviceRule(view: RequestView): ServiceRule | undefined {
  return view.service === 'sts' || view.service === 'iam' || view.service === 'kms'
    ? serviceRules.find(({ holds }) => holds(view))
    : undefined
}

const POLICY_CHANGES = new Set([
  'iam:createpolicyversion',
  'iam:deletepolicy',
  'iam:deletepolicyversion',
  'iam:setdefaultpolicyversion',
  'iam:tagpolicy',
  'iam:untagpolicy',
])
const ROLE_CHANGES = new Set([
  'iam:attachrolepolicy',
  'iam:createrole',
  'iam:deleterole',
  'iam:deleterolepermissionsboundary',
  'iam:deleterolepolicy',
  'iam:detachrolepolicy',
  'iam:passrole',
  'iam:putrolepermissionsboundary',
  'iam:putrolepolicy',
  'iam:tagrole',
  'iam:untagrole',
  'iam:updateassumerolepolicy',
  'iam:updaterole',
  'iam:updateroledescription',
])
const ALIAS_CHANGES = new Set(['kms:createalias', 'kms:updatealias', 'kms:deletealias'])

/** Services manage their own: Identity Center makes the reserved roles. */
function changes({ action, resource, request: { principal } }: RequestView, actions: ReadonlySet<string>, resources: RegExp): boolean {
  const isService = principal.kind === 'service' || (principal.kind === 'role' && principal.serviceLinked === true)
  return actions.has(action) && resources.test(resource) && !isService
}

function hasLongTermKey({ request: { principal } }: RequestView): boolean {
  return (principal.kind === 'user' || (principal.kind === 'root' && !principal.assumedRoot)) && principal.session === undefined
}

function hasFederationToken({ request: { principal } }: RequestView): boolean {
  return principal.kind === 'federatedUser' && !principal.console
}

function hasSessionToken({ request: { principal } }: RequestView): boolean {
  return (principal.kind === 'user' || principal.kind === 'root') && principal.session === 'GetSessionToken'
}

function hasMfa(view: RequestView): boolean {
  const value = view.value('aws:MultiFactorAuthPresent', 'aws:multifactorauthpresent')
  return typeof value === 'string' && value.toLowerCase() === 'true'
}
