/** Which policies a caller may read: an explanation shows no others. */
import type { Context, Policy, PolicyType } from '@bailiwick/policy'
import { readEntityArn } from '../iam/arns.js'
import { groupNoun } from '../iam/groups/groups.js'
import { existing, existingWithBoundary } from '../iam/noun.js'
import { roleNoun } from '../iam/roles/roles.js'
import { userNoun } from '../iam/users/users.js'
import { decideOn } from '../pipeline/authorize.js'
import type { Look, ResourceUnderRequest } from '../pipeline/operation.js'

/** What the caller would have to be allowed, and is not; undefined when it may read the policy. */
export type Missing = string | undefined

interface Owner {
  readonly action: string
  readonly resource: (name: string, look: Look) => Promise<ResourceUnderRequest>
}

const inlineOwners: ReadonlyMap<string, Owner> = new Map<string, Owner>([
  ['user', { action: 'iam:GetUserPolicy', resource: (name, look) => existing(userNoun, name, look) }],
  ['group', { action: 'iam:GetGroupPolicy', resource: (name, look) => existing(groupNoun, name, look) }],
  ['role', { action: 'iam:GetRolePolicy', resource: (name, look) => existing(roleNoun, name, look) }],
])

/** Decides on each policy once. `given` are policies that the caller brought along. */
export function reading(look: Look, common: Context, given: ReadonlySet<Policy>): (policy: Policy, type: PolicyType) => Promise<Missing> {
  const asked = new Map<string, Promise<Missing>>()
  return (policy, type) => {
    if (given.has(policy) || policy.arn?.includes(':iam::aws:')) return Promise.resolve(undefined)
    const key = `${type} ${policy.arn ?? ''} ${policy.attachedTo ?? ''}`
    let missing = asked.get(key)
    if (missing === undefined) asked.set(key, (missing = missingFor(policy, type, look, common)))
    return missing
  }
}

async function missingFor(policy: Policy, type: PolicyType, look: Look, common: Context): Promise<Missing> {
  const wanted = await wantedFor(policy, type, look)
  if (wanted === undefined) return 'nobody is told of it here'
  return decideOn(wanted, look.caller, common).decision.verdict === 'Allowed' ? undefined : `${wanted.action} on ${wanted.resource.arn}`
}

async function wantedFor(
  { arn, attachedTo }: Policy,
  type: PolicyType,
  look: Look,
): Promise<{ action: string; resource: ResourceUnderRequest } | undefined> {
  if (arn !== undefined) {
    const action = type === 'scp' || type === 'rcp' ? 'organizations:DescribePolicy' : 'iam:GetPolicyVersion'
    return { action, resource: { arn, accountId: readEntityArn(arn)?.accountId ?? look.tx.accountId } }
  }
  const owner = attachedTo === undefined ? undefined : readEntityArn(attachedTo)
  if (owner === undefined || owner.accountId !== look.tx.accountId) return undefined
  if (type === 'trust') return { action: 'iam:GetRole', resource: await existingWithBoundary(roleNoun, owner.name, look) }
  const inline = inlineOwners.get(owner.type)
  return inline && { action: inline.action, resource: await inline.resource(owner.name, look) }
}
