/** Who is spared by which kind of policy, each with its source. */
import type { PolicyType } from './policies.js'
import { KINDS } from './principals.js'
import { accountIdOf } from './request.js'
import type { RequestView } from './request-view.js'

export interface Exception {
  readonly name: string
  readonly spares: readonly PolicyType[]
  /** The kinds of principal that it can hold for, as bits of `KINDS`; without it, all. */
  readonly kinds?: number
  readonly holds: (view: RequestView) => boolean
}

/** The services that resource control policies reach, by prefix (policy-semantics §6.9). */
const SERVICES_WITH_RCPS = new Set([
  's3',
  'sts',
  'kms',
  'sqs',
  'secretsmanager',
  'cognito-idp',
  'cognito-identity',
  'logs',
  'dynamodb',
  'appconfig',
  'appstream',
  'autoscaling',
  'codebuild',
  'codecommit',
  'comprehend',
  'comprehendmedical',
  'dax',
  'ecr',
  'health',
  'kinesisvideo',
  'aoss',
  'signin',
  'support',
  'textract',
  'transcribe',
  'translate',
])

export const exceptions: readonly Exception[] = [
  // §6.8
  {
    name: 'principalInManagementAccount',
    spares: ['scp'],
    holds: ({ request: { principal } }) => (principal as { readonly inManagementAccount?: boolean }).inManagementAccount === true,
  },
  // §6.7, §6.8: SCPs are about the principals of an account, and these have none.
  {
    name: 'principalWithoutAccount',
    spares: ['scp'],
    kinds: KINDS.service | KINDS.saml | KINDS.oidc | KINDS.anonymous,
    holds: ({ request: { principal } }) => accountIdOf(principal) === undefined,
  },
  // §6.7
  {
    name: 'serviceLinkedRole',
    spares: ['scp', 'rcp', 'boundary'],
    kinds: KINDS.role,
    holds: ({ request: { principal } }) => principal.kind === 'role' && principal.serviceLinked === true,
  },
  // §6.9
  { name: 'resourceInManagementAccount', spares: ['rcp'], holds: ({ request }) => request.resource.inManagementAccount === true },
  { name: 'serviceWithoutResourceControl', spares: ['rcp'], holds: ({ service }) => !SERVICES_WITH_RCPS.has(service) },
  { name: 'kmsRetireGrant', spares: ['rcp'], holds: ({ action }) => action === 'kms:retiregrant' },
  {
    name: 'awsManagedKey',
    spares: ['rcp'],
    holds: ({ service, resource }) => service === 'kms' && /^arn:[^:]+:kms:[^:]*:[^:]*:alias\/aws\//.test(resource),
  },
  // §6.5
  {
    name: 'trustPolicyOfServiceLinkedRole',
    spares: ['rcp'],
    holds: ({ service, resource }) => service === 'sts' && /^arn:[^:]+:iam::\d+:role\/aws-service-role\//.test(resource),
  },
  { name: 'ownerRecoversPolicy', spares: ['resource'], kinds: KINDS.root, holds: ownerRecoversPolicy },
]

const RECOVERY_ACTIONS = new Set([
  's3:getbucketpolicy',
  's3:putbucketpolicy',
  's3:deletebucketpolicy',
  'sqs:getqueueattributes',
  'sqs:setqueueattributes',
])

/**
 * The root user of the owning account can read, replace and remove a bucket's or queue's policy although that policy denies everyone
 * (policy-semantics §6.7; high for AssumeRoot's unlock tasks, low for long-term root credentials).
 */
function ownerRecoversPolicy({ action, request: { principal, resource } }: RequestView): boolean {
  return principal.kind === 'root' && principal.accountId === resource.accountId && RECOVERY_ACTIONS.has(action)
}

/** The rows that spare from a kind of policy. */
export function exceptionsFrom(type: PolicyType): readonly Exception[] {
  return exceptions.filter(({ spares }) => spares.includes(type))
}
