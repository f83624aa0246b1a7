/** Who is spared by which kind of policy, each with its source. */
import type { PolicyType } from './policies.js'
import { accountIdOf, type Principal } from './request.js'
import type { RequestView } from './request-view.js'

export interface Exception {
  readonly name: string
  readonly spares: readonly PolicyType[]
  /** The kinds of principal that it can hold for, as bits of `KINDS`; without it, all. */
  readonly kinds?: number
  readonly holds: (view: RequestView) => boolean
}

const KINDS = { root: 1, user: 2, role: 4, federatedUser: 8, service: 16, saml: 32, oidc: 64, anonymous: 128 } as const satisfies Record<
  Principal['kind'],
  number
>
const ALL_KINDS = 255

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

const sparing = (type: PolicyType): readonly Exception[] => exceptions.filter(({ spares }) => spares.includes(type))

/** The rows by what they spare. */
export const exceptionsByType: Readonly<Record<PolicyType, readonly Exception[]>> = {
  scp: sparing('scp'),
  rcp: sparing('rcp'),
  endpoint: sparing('endpoint'),
  resource: sparing('resource'),
  trust: sparing('trust'),
  key: sparing('key'),
  identity: sparing('identity'),
  boundary: sparing('boundary'),
  session: sparing('session'),
}

/** The name of the exception that spares this request this kind of policy. */
export function exceptionFor(type: PolicyType, view: RequestView): string | undefined {
  const candidates = exceptionsByType[type]
  const kind = KINDS[view.request.principal.kind]
  for (let index = 0; index < candidates.length; index++) {
    const { kinds = ALL_KINDS, holds, name } = candidates[index]!
    if ((kinds & kind) !== 0 && holds(view)) return name
  }
  return undefined
}
