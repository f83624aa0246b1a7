/** What is answered before any policy, and who is spared by which policies: §6.4, §6.6 to §6.10, §6.17. */
import type { AuthorizationRequest } from '#engine/evaluate/request.js'
import { type Keys, keyValue } from './keys.js'

/** §6.10 and step 0 of §6.16: an answer without policies, if there is one. */
export function answeredBefore(request: AuthorizationRequest, keys: Keys): 'Allowed' | 'ImplicitDeny' | undefined {
  const { principal, resource } = request
  const [service = '', name = ''] = request.action.toLowerCase().split(':')
  const action = `${service}:${name}`
  // Services and identity providers come without credentials of an account.
  const hasCredential = 'accountId' in principal

  if (action === 'sts:getcalleridentity' && hasCredential) return 'Allowed'
  if (action === 'sts:getsessiontoken') {
    const longTerm = principal.kind === 'user' || (principal.kind === 'root' && !principal.assumedRoot)
    return longTerm && principal.session === undefined ? 'Allowed' : 'ImplicitDeny'
  }
  if (principal.kind === 'federatedUser' && !principal.console) {
    if (service === 'iam' || service === 'sts') return 'ImplicitDeny'
  }
  if ((principal.kind === 'user' || principal.kind === 'root') && principal.session === 'GetSessionToken') {
    const mfa = keyValue(keys, 'aws:MultiFactorAuthPresent')
    const hasMfa = typeof mfa === 'string' && mfa.toLowerCase() === 'true'
    if (service === 'iam' && !hasMfa) return 'ImplicitDeny'
    // Of tags, a source identity and a context nothing but these operations can ask.
    const open = ['assumerole', 'tagsession', 'setsourceidentity', 'setcontext', 'getwebidentitytoken', 'taggetwebidentitytoken']
    if (service === 'sts' && !open.includes(name)) return 'ImplicitDeny'
  }
  // Services may, whose own they are.
  const isService = principal.kind === 'service' || (principal.kind === 'role' && principal.serviceLinked === true)
  if (!isService && isChangeOfWhatAwsOwns(action, resource.arn)) return 'ImplicitDeny'
  // §6.17: roles are passed within their account.
  if (action === 'iam:passrole' && 'accountId' in principal && principal.accountId !== resource.accountId) return 'ImplicitDeny'
  return undefined
}

/** §6.4: policies of AWS and reserved roles; §6.6: aliases of AWS. */
function isChangeOfWhatAwsOwns(action: string, arn: string): boolean {
  return (
    (/^arn:[^:]*:iam::aws:policy\//.test(arn) && CHANGES_POLICY.has(action)) ||
    (/^arn:[^:]*:iam::[^:]*:role\/aws-reserved\//.test(arn) && CHANGES_ROLE.has(action)) ||
    (/^arn:[^:]*:kms:[^:]*:[^:]*:alias\/aws\//.test(arn) && CHANGES_ALIAS.has(action))
  )
}

const CHANGES_POLICY = actions('iam', [
  'CreatePolicyVersion',
  'DeletePolicy',
  'DeletePolicyVersion',
  'SetDefaultPolicyVersion',
  'TagPolicy',
  'UntagPolicy',
])
const CHANGES_ROLE = actions('iam', [
  'CreateRole',
  'AttachRolePolicy',
  'DetachRolePolicy',
  'PutRolePolicy',
  'DeleteRolePolicy',
  'PassRole',
  'TagRole',
  'UntagRole',
  'UpdateRole',
  'UpdateRoleDescription',
  'UpdateAssumeRolePolicy',
  'PutRolePermissionsBoundary',
  'DeleteRolePermissionsBoundary',
  'DeleteRole',
])
const CHANGES_ALIAS = actions('kms', ['CreateAlias', 'UpdateAlias', 'DeleteAlias'])

function actions(service: string, names: readonly string[]): ReadonlySet<string> {
  return new Set(names.map((name) => `${service}:${name}`.toLowerCase()))
}

/** §6.8. */
export function isSparedByScps({ principal }: AuthorizationRequest): boolean {
  if (['service', 'anonymous', 'saml', 'oidc'].includes(principal.kind)) return true
  if ('inManagementAccount' in principal && principal.inManagementAccount) return true
  return principal.kind === 'role' && principal.serviceLinked === true
}

/** §6.12: service-linked roles have no boundary. */
export function isSparedByBoundary({ principal }: AuthorizationRequest): boolean {
  return principal.kind === 'role' && principal.serviceLinked === true
}

/** §6.9, and §6.5 for the trust policies of service-linked roles. */
export function isSparedByRcps({ principal, resource, action }: AuthorizationRequest): boolean {
  const [service = ''] = action.toLowerCase().split(':')
  return (
    resource.inManagementAccount === true ||
    (principal.kind === 'role' && principal.serviceLinked === true) ||
    !RCP_SERVICES.has(service) ||
    (service === 'kms' && /^arn:[^:]*:kms:[^:]*:[^:]*:alias\/aws\//.test(resource.arn)) ||
    (service === 'sts' && /^arn:[^:]*:iam::[^:]*:role\/aws-service-role\//.test(resource.arn)) ||
    action.toLowerCase() === 'kms:retiregrant'
  )
}

const RCP_SERVICES = new Set(
  (
    's3 sts kms sqs secretsmanager cognito-idp cognito-identity logs dynamodb appconfig appstream autoscaling codebuild codecommit ' +
    'comprehend comprehendmedical dax ecr health kinesisvideo aoss signin support textract transcribe translate'
  ).split(' '),
)

/** §6.7: a resource's policy that shuts out the root user of its own account does not count where that user repairs it. */
export function isSparedByResourcePolicy({ principal, resource, action }: AuthorizationRequest): boolean {
  return principal.kind === 'root' && principal.accountId === resource.accountId && REPAIRS.has(action.toLowerCase())
}

const REPAIRS = new Set([
  's3:getbucketpolicy',
  's3:putbucketpolicy',
  's3:deletebucketpolicy',
  'sqs:getqueueattributes',
  'sqs:setqueueattributes',
])
