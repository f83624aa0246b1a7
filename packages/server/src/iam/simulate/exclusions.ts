/** Policies of a principal that a simulation is to leave out, as if they were not attached. */
import type { iam } from '@bailiwick/model'
import { matchesPattern, type Policy } from '@bailiwick/policy'
import { readEntityArn } from '../arns.js'

type Fail = (code: 'InvalidInput', message: string) => never

export interface Exclusions {
  readonly leavesOut: (policy: Policy) => boolean
  readonly boundary: boolean
  readonly organization: boolean
}

/** AWS takes no more in one call. */
const MOST = 256

/** Kinds that are policies of the principal's own; resource control policies are no part of a simulation. */
const attachedBy: ReadonlyMap<string, (policy: Policy) => boolean> = new Map([
  ['inline', ({ arn }: Policy) => arn === undefined],
  ['aws-managed', ({ arn }: Policy) => arn !== undefined && readEntityArn(arn)?.accountId === 'aws'],
  ['user-managed', ({ arn }: Policy) => arn !== undefined && readEntityArn(arn)?.accountId !== 'aws'],
])

export function exclusionsOf(identifiers: readonly iam.PolicyIdentifier[], fail: Fail): Exclusions {
  if (identifiers.length > MOST) fail('InvalidInput', `PolicyExclusionList cannot contain more than ${MOST} identifiers.`)
  const tests = identifiers.map((identifier) => testOf(identifier, fail))
  const types = new Set(identifiers.map(({ PolicyType }) => PolicyType))
  return {
    leavesOut: (policy) => tests.some((test) => test(policy)),
    boundary: types.has('permission-boundary'),
    organization: types.has('scp'),
  }
}

function testOf({ PolicyType, PolicyArn, InlinePolicyIdentifier }: iam.PolicyIdentifier, fail: Fail): (policy: Policy) => boolean {
  const given = [PolicyType, PolicyArn, InlinePolicyIdentifier].filter((member) => member !== undefined)
  if (given.length !== 1)
    fail('InvalidInput', 'A policy identifier must specify exactly one of PolicyType, PolicyArn, or InlinePolicyIdentifier.')
  if (PolicyType !== undefined) return attachedBy.get(PolicyType) ?? (() => false)
  if (PolicyArn !== undefined) {
    if (isBroad(PolicyArn)) fail('InvalidInput', "A policy exclusion selector permits at most one '*' wildcard.")
    return ({ arn }) => arn !== undefined && matchesPattern(PolicyArn, withoutPath(arn))
  }
  const { PolicyName, AttachmentType, AttachmentName: selector } = InlinePolicyIdentifier!
  if (/[*?]/.test(PolicyName) || isBroad(selector))
    fail('InvalidInput', 'Invalid inline policy exclusion: policyName, attachmentType, and attachmentName are required')
  return ({ arn, name, attachedTo }) => {
    const owner = attachedTo === undefined ? undefined : readEntityArn(attachedTo)
    return arn === undefined && name === PolicyName && owner?.type === AttachmentType && matchesPattern(selector, owner.name)
  }
}

/** A name or an ARN has at most one `*` in it. */
const isBroad = (selector: string): boolean => selector.split('*').length > 2

/** AWS names managed policies by ARNs without paths here, and finds none by its whole ARN (as recorded in 2026). */
function withoutPath(arn: string): string {
  const { accountId, name } = readEntityArn(arn)!
  return `arn:aws:iam::${accountId}:policy/${name}`
}
