/** Resource and NotResource (policy-semantics §4.4). */
import { hasWildcard } from '../patterns/index.js'
import { type Checked, eitherElement, textsOf } from './checked.js'
import type { FaultCode } from './faults.js'
import { member } from './json.js'

export function checkResource(checked: Checked): void {
  const { statement, path, grammar, findings } = checked
  if (grammar.resource === 'none') {
    checkNoResource(checked)
    return
  }
  const element = eitherElement(checked, 'Resource')
  if (element === undefined) {
    if (grammar.resource === 'required') findings.add('MISSING_RESOURCE', path, statement)
    return
  }
  const resources = textsOf(element.node, element.path, findings, true)
  if (resources === undefined) return
  if (resources.length === 0) {
    findings.add('MISSING_RESOURCE', element.path, element.node)
    return
  }
  // Of several bad ones AWS names the alphabetically smallest.
  for (const resource of resources.toSorted((one, other) => (one.text < other.text ? -1 : 1))) {
    const fault = FORMS[grammar.resourceForm](resource.text)
    if (fault !== undefined) findings.add(fault[0], element.path, resource, fault[1] ?? resource.text)
  }
}

function checkNoResource({ statement, path, findings }: Checked): void {
  const resource = member(statement, 'Resource')
  const notResource = member(statement, 'NotResource')
  if (resource !== undefined) findings.add('RESOURCE_NOT_ALLOWED', [...path, 'Resource'], resource)
  if (notResource !== undefined) findings.add('NOT_RESOURCE_NOT_ALLOWED', [...path, 'NotResource'], notResource)
}

type ResourceFault = readonly [code: FaultCode, detail?: string]

const FORMS: Readonly<Record<Checked['grammar']['resourceForm'], (resource: string) => ResourceFault | undefined>> = {
  any: () => undefined,
  arn: (resource) => (resource === '*' || resource.startsWith('arn:') ? undefined : ['RESOURCE_NOT_ARN']),
  iam: faultOfIamResource,
}

/** What IAM says to a resource of an identity policy. The first component is not looked at: `a:aws:…` counts as an ARN. */
function faultOfIamResource(resource: string): ResourceFault | undefined {
  if (resource === '*') return undefined
  const [, partition, vendor, region = '', account = '', ...rest] = resource.split(':')
  if (partition === undefined) return ['RESOURCE_NOT_ARN']
  if (!PLACE.test(region)) return ['RESOURCE_SHAPE']
  // All accounts are of the partition `aws`, and AWS takes no other than its own.
  if (partition !== 'aws' && partition !== '*')
    return ['INVALID_PARTITION', `Partition "${partition}" is not valid for resource "${printed(resource)}".`]
  if (!PLACE.test(account)) return ['RESOURCE_SHAPE']
  if (vendor === undefined || hasWildcard(vendor)) return ['RESOURCE_VENDOR']
  if (vendor === '' || (rest.length === 0 && resource.includes('::'))) return ['RESOURCE_SHAPE']
  return RULES.get(vendor)?.({ resource, region, account, path: rest.join(':'), isWhole: rest.length > 0 })
}

/**
 * How regions and accounts are written: words and wildcards with single hyphens between. What is known to be refused are placeholders such
 * as `<ACCOUNT_ID>`, policy variables, and `us-west--2`.
 */
const PLACE = /^[A-Za-z0-9*?]*(?:-[A-Za-z0-9*?]+)*$/

/** An ARN as refusals print it: parts that are missing are `*`, and those that are empty stay so. */
function printed(resource: string): string {
  const parts = resource.split(':').slice(1)
  return `arn:${[...parts, ...new Array<string>(Math.max(0, 5 - parts.length)).fill('*')].join(':')}`
}

/** The text of the refusal does not list the two newest kinds. */
const IAM_KINDS = [
  'user/',
  'federated-user/',
  'role/',
  'group/',
  'instance-profile/',
  'mfa/',
  'server-certificate/',
  'policy/',
  'sms-mfa/',
  'saml-provider/',
  'oidc-provider/',
  'report/',
  'access-report/',
  'delegation-request/',
  'role-template/',
]

interface Parts {
  readonly resource: string
  readonly region: string
  readonly account: string
  readonly path: string
  readonly isWhole: boolean
}

type VendorRule = (parts: Parts) => ResourceFault | undefined

/** S3 has regions and accounts in the ARNs of all that is no bucket and no object. */
const PLACED_S3_KINDS = ['accesspoint/', 'job/', 'storage-lens/', 'storage-lens-group/', 'async-request/', 'access-grants/']

const RULES: ReadonlyMap<string, VendorRule> = new Map<string, VendorRule>([
  [
    'iam',
    ({ resource, region, path, isWhole }) => {
      if (region !== '' && region !== '*') return ['IAM_REGION', resource]
      const known = !isWhole || path === '*' || path === 'root' || IAM_KINDS.some((kind) => path.startsWith(kind))
      return known ? undefined : ['IAM_PATH', path]
    },
  ],
  ['s3', (parts) => (PLACED_S3_KINDS.some((kind) => parts.path.startsWith(kind)) ? undefined : placed(parts))],
  ['route53', placed],
])

/** The refusal of an ARN that says where, of a kind of resource that is nowhere in particular; the region is looked at first. */
function placed({ resource, region, account }: Parts): ResourceFault | undefined {
  if (region !== '' && region !== '*') return ['REGION_NOT_ALLOWED', printed(resource)]
  return account === '' || account === '*' ? undefined : ['ACCOUNT_NOT_ALLOWED', printed(resource)]
}
