/** The policies that speak for a user or a role: read once, compiled, and kept until one of them changes. */
import { managedPolicyDocument } from '@bailiwick/model/managed-policies'
import { compile, type Policy, type PolicySet } from '@bailiwick/policy'
import type { Memo, Reader } from '@bailiwick/store'
import { entityArn, readEntityArn } from './arns.js'
import { policyDocument } from './policy-documents.js'
import {
  attachments,
  groups,
  inlinePolicies,
  memberships,
  policies,
  policyVersions,
  type RoleRecord,
  roles,
  type UserRecord,
  users,
} from './records.js'

/** A compiled side of the decision. The boundary is there only when one is set. */
export interface InForce {
  readonly identity: PolicySet
  readonly boundary?: PolicySet
}

export interface UserInForce extends InForce {
  readonly user: UserRecord
}

export interface RoleInForce extends InForce {
  readonly role: RoleRecord
  /** Who may assume the role. */
  readonly trust: PolicySet
}

/** By `ACCOUNT/AIDA…`; undefined when there is no such user. */
export const userInForce: Memo<UserInForce | undefined> = {
  name: 'iam.user-in-force',
  async compute(reader, id) {
    const [accountId, userId] = split(id)
    const user = await reader.get(users, accountId, userId)
    if (user === undefined) return undefined
    const found = await ownedPolicies(reader, accountId, userId, entityArn(partition, accountId, 'user', user))
    for (const { groupId } of await reader.all(memberships, 'user', accountId, userId)) {
      found.push(...(await groupPolicies.compute(reader, `${accountId}/${groupId}`)))
    }
    return { user, identity: compile(found), ...(await boundaryOf(reader, accountId, user.boundaryArn)) }
  },
}

/** By `ACCOUNT/AGPA…`: what its members have from it; nothing when there is no such group. */
export const groupPolicies: Memo<readonly Policy[]> = {
  name: 'iam.group-policies',
  async compute(reader, id) {
    const [accountId, groupId] = split(id)
    const group = await reader.get(groups, accountId, groupId)
    return group === undefined ? [] : ownedPolicies(reader, accountId, groupId, entityArn(partition, accountId, 'group', group))
  },
}

/** By `ACCOUNT/AROA…`; undefined when there is no such role. */
export const roleInForce: Memo<RoleInForce | undefined> = {
  name: 'iam.role-in-force',
  async compute(reader, id) {
    const [accountId, roleId] = split(id)
    const role = await reader.get(roles, accountId, roleId)
    if (role === undefined) return undefined
    const attachedTo = entityArn(partition, accountId, 'role', role)
    const trust = policyOf(role.trust.text, { attachedTo, principalIds: new Map(Object.entries(role.trust.principalIds)) })
    return {
      role,
      trust: compile([trust]),
      identity: compile(await ownedPolicies(reader, accountId, roleId, attachedTo)),
      ...(await boundaryOf(reader, accountId, role.boundaryArn)),
    }
  },
}

/** Only one partition is served. */
const partition = 'aws'

const split = (id: string): [accountId: string, entityId: string] => {
  const slash = id.indexOf('/')
  return [id.slice(0, slash), id.slice(slash + 1)]
}

async function ownedPolicies(reader: Reader, accountId: string, ownerId: string, attachedTo: string): Promise<Policy[]> {
  const found: Policy[] = []
  for (const { name, text } of await reader.all(inlinePolicies, 'owner', accountId, ownerId))
    found.push(policyOf(text, { name, attachedTo }))
  for (const { policyArn } of await reader.all(attachments, 'owner', accountId, ownerId)) {
    found.push(await managedPolicy(reader, accountId, policyArn, attachedTo))
  }
  return found
}

async function boundaryOf(reader: Reader, accountId: string, arn: string | undefined): Promise<{ boundary?: PolicySet }> {
  return arn === undefined ? {} : { boundary: compile([await managedPolicy(reader, accountId, arn)]) }
}

/** A managed policy that is attached, so that it cannot be deleted. One that is not there denies everything rather than being passed over. */
async function managedPolicy(reader: Reader, accountId: string, arn: string, attachedTo?: string): Promise<Policy> {
  const policy = await managedPolicyIfThere(reader, accountId, arn, attachedTo)
  if (policy === undefined) throw new Error(`managed policy ${arn} is in use but cannot be found`)
  return policy
}

/** A managed policy by ARN, in its default version. */
export async function managedPolicyIfThere(
  reader: Reader,
  accountId: string,
  arn: string,
  attachedTo?: string,
): Promise<Policy | undefined> {
  const text = await managedPolicyText(reader, accountId, arn)
  if (text === undefined) return undefined
  return policyOf(text, { arn, name: arn.slice(arn.lastIndexOf('/') + 1), ...(attachedTo !== undefined && { attachedTo }) })
}

/** The text of a managed policy's default version: AWS's own, or one of this account; undefined when there is none. */
export async function managedPolicyText(reader: Reader, accountId: string, arn: string): Promise<string | undefined> {
  const named = readEntityArn(arn)
  if (named?.type !== 'policy') return undefined
  if (named.accountId === 'aws') return managedPolicyDocument(arn)
  if (named.accountId !== accountId) return undefined
  const policy = await reader.find(policies, 'name', accountId, named.name)
  if (policy === undefined || policy.path !== named.path || policy.name !== named.name) return undefined
  const version = await reader.get(policyVersions, accountId, `${policy.id}/${String(policy.defaultVersion).padStart(9, '0')}`)
  return version?.text
}

function policyOf(text: string, about: Omit<Policy, 'document'>): Policy {
  return { document: policyDocument(text), ...about }
}
