/** What AWS's simulator knows of actions: which resources they can be about, and what it calls several of them together. */
import { actionsOf } from '@bailiwick/model/actions'
import { matchesPattern } from '@bailiwick/policy'

const split = (action: string): readonly [service: string, name: string] => {
  const colon = action.indexOf(':')
  return [action.slice(0, colon), action.slice(colon + 1)]
}

/** Services of which the catalogue has only some actions: what is missing there may be one all the same. */
const knownInPart: ReadonlySet<string> = new Set(['ec2'])

/** Actions are known by their exact spelling, though policies take any letter case. */
function factsOf(action: string) {
  const [service, name] = split(action)
  const known = actionsOf(service)
  return known !== undefined && Object.hasOwn(known.actions, name) ? { service, known, facts: known.actions[name]! } : undefined
}

export const isKnown = (action: string): boolean => factsOf(action) !== undefined

/** Of a service that is not in the catalogue nothing can be told. */
export function isUnknown(action: string): boolean {
  const [service] = split(action)
  return actionsOf(service) !== undefined && !knownInPart.has(service) && !isKnown(action)
}

/**
 * Whether an action can be about a resource; policies are not asked about what it cannot be about. An action that is unknown, or that
 * takes everything, is taken at its word.
 */
export function canBeAbout(action: string, arn: string): boolean {
  const found = factsOf(action)
  if (found === undefined || arn === '*') return true
  const { service, known, facts } = found
  // As recorded, S3 does not tell buckets, objects and what only looks like them apart.
  if (service === 's3' && facts.resources !== undefined && /^arn:[^:]+:s3:/.test(arn)) return true
  return (facts.resources ?? []).some(({ type }) => {
    const format = known.resourceTypes[type]?.arn
    return format !== undefined && isOf(format, arn)
  })
}

/** Partition, service, region and account come before what a service calls its resources. */
const COMPONENTS = 5

/** Whether an ARN is of a format: names may be any text, and are not left out. Tried piece by piece, at a cost that its length bounds. */
function isOf(format: string, arn: string): boolean {
  const [wanted, given] = [format.split(':'), arn.split(':')]
  if (!wanted.slice(0, COMPONENTS).every((component, at) => component === given[at] || component.startsWith('${'))) return false
  const rest = wanted
    .slice(COMPONENTS)
    .join(':')
    .replaceAll(/\$\{\w+\}/g, '?*')
  return matchesPattern(rest, given.slice(COMPONENTS).join(':'))
}

/** By service, behind the partition: names of AWS's own, not those of the authorization reference. As recorded in 2026. */
const together: ReadonlyMap<string, string> = new Map([
  ['a2c', 'a2c:${Region}:${Account}:${ResourceType}/${ResourceName}'],
  ['ec2', 'ec2:${Region}:${Account}:${ResourceType}/${ResourcePath}'],
  ['iam', 'iam::${Account}:${ResourceType}/${ResourceName}'],
  ['kms', 'kms:${Region}:${Account}:${ResourceType}/${Id}'],
  ['lambda', 'lambda:${Region}:${Account}:${ResourceType}:${ResourceId}'],
  ['s3', 's3:::${BucketName}/${KeyName}'],
  ['sqs', 'sqs:${Region}:${Account}:${QueueName}'],
  ['sts', 'iam::${Account}:${RelativeId}'],
])

/** What a result that is about all of the resources is called. */
export function nameOf(action: string, resources: readonly string[]): string {
  const [first] = resources
  if (resources.length === 1) return first!
  const format = isKnown(action) ? together.get(split(action)[0]) : undefined
  return format === undefined ? '*' : `arn:${first!.split(':')[1]}:${format}`
}

/** Scenarios that one action can be simulated in; each says which kinds of resources go together. As recorded in 2026. */
const scenarios: ReadonlyMap<string, readonly string[]> = new Map([
  [
    'ec2:runinstances',
    [
      'EC2-Classic-InstanceStore',
      'EC2-Classic-EBS',
      'EC2-VPC-InstanceStore',
      'EC2-VPC-InstanceStore-Subnet',
      'EC2-VPC-EBS',
      'EC2-VPC-EBS-Subnet',
    ],
  ],
  ...['cloudwatch:listtagsforresource', 'cloudwatch:tagresource', 'cloudwatch:untagresource'].map((action): [string, readonly string[]] => [
    action,
    ['Alarm', 'AlarmMuteRule', 'Dashboard', 'Dataset', 'InsightRule', 'MetricStream', 'Service', 'ServiceLevelObjective'].map(
      (kind) => `CloudWatch-${kind}`,
    ),
  ]),
  ['devicefarm:schedulerun', ['Device Pool as filter', 'Device Selection Configuration as filter']],
])

export const hasScenario = (action: string, scenario: string): boolean => scenarios.get(action.toLowerCase())?.includes(scenario) ?? false
