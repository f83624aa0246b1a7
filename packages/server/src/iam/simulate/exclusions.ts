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

const attachedBy: ReadonlyMap<string, (policy: Policy) => boolean> = new Map([
  ['inline', ({ arn }: Policy) => arn === undefined],
  ['aws-managed', ({ arn }: Policy) => arn !== undefined && readEntityArn(arn)?.accountId === 'aws'],
  ['user-managed', ({ arn }: Policy) => arn !== undefined && readEntityArn(arn)?.accountId !== 'aws'],
])
/** Kinds that are no policies of the principal's own; resource control policies are no part of a simulation. */
const others = new Set(['permission-boundary', 'scp', 'rcp'])

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
  if (PolicyType !== undefined) {
    if (others.has(PolicyType)) return () => false
    return attachedBy.get(PolicyType) ?? fail('InvalidInput', `Invalid policy type: ${PolicyType}.`)
  }
  if (PolicyArn !== undefined) {
    const selector = selectorOf(PolicyArn, fail)
    return ({ arn }) => arn !== undefined && matchesPattern(selector, arn)
  }
  const { PolicyName, AttachmentType, AttachmentName } = InlinePolicyIdentifier!
  if (!['user', 'group', 'role'].includes(AttachmentType)) fail('InvalidInput', `Invalid attachment type: ${AttachmentType}.`)
  const selector = selectorOf(AttachmentName, fail)
  return ({ arn, name, attachedTo }) => {
    const owner = attachedTo === undefined ? undefined : readEntityArn(attachedTo)
    return arn === undefined && name === PolicyName && owner?.type === AttachmentType && matchesPattern(selector, owner.name)
  }
}

/** A name or an ARN with at most one `*` in it. */
function selectorOf(text: string, fail: Fail): string {
  if (text.split('*').length > 2) fail('InvalidInput', "A policy exclusion selector permits at most one '*' wildcard.")
  return text
}
