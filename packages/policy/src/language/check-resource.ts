/** Resource and NotResource (policy-semantics §4.4). */
import { hasWildcard } from '../patterns/index.js'
import { type Checked, eitherElement, textsOf } from './check.js'
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

const PARTITIONS = new Set(['*', 'aws', 'aws-cn', 'aws-us-gov', 'aws-iso', 'aws-iso-b', 'aws-iso-e', 'aws-iso-f', 'aws-eusc'])

/** What IAM says to a resource of an identity policy. The first component is not looked at: `a:aws:…` counts as an ARN. */
function faultOfIamResource(resource: string): ResourceFault | undefined {
  if (resource === '*') return undefined
  const [first, partition, vendor, region, account, ...rest] = resource.split(':')
  if (partition === undefined || first === undefined) return ['RESOURCE_NOT_ARN']
  if (partition === '') return ['RESOURCE_SHAPE']
  if (!PARTITIONS.has(partition))
    return ['INVALID_PARTITION', invalidPartition(partition, [vendor, region, account, ...(rest.length > 0 ? rest : [undefined])])]
  if (vendor === undefined || hasWildcard(vendor)) return ['RESOURCE_VENDOR']
  if (vendor === '' || (rest.length === 0 && resource.includes('::'))) return ['RESOURCE_SHAPE']
  return RULES.get(vendor)?.(resource, region ?? '', rest.join(':'), rest.length > 0)
}

/** AWS prints the parts that are missing as `*`, and those that are empty as they are. */
function invalidPartition(partition: string, parts: readonly (string | undefined)[]): string {
  return `Partition "${partition}" is not valid for resource "arn:${[partition, ...parts.map((part) => part ?? '*')].join(':')}".`
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

type VendorRule = (resource: string, region: string, path: string, isWhole: boolean) => ResourceFault | undefined

const RULES: ReadonlyMap<string, VendorRule> = new Map<string, VendorRule>([
  [
    'iam',
    (resource, region, path, isWhole) => {
      if (region !== '' && region !== '*') return ['IAM_REGION', resource]
      const known = !isWhole || path === '*' || path === 'root' || IAM_KINDS.some((kind) => path.startsWith(kind))
      return known ? undefined : ['IAM_PATH', path]
    },
  ],
  [
    's3',
    (resource, region, path) => (region === '' || region === '*' || path.startsWith('accesspoint/') ? undefined : ['S3_REGION', resource]),
  ],
])
