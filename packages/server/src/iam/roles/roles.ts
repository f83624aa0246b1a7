/** Roles: create with a trust policy, read, change, delete. */
import { type IamOperations, type iam, makeId } from '@bailiwick/model'
import type { AccountReader } from '../../pipeline/account-store.js'
import type { Operation, Rows, WriteCall } from '../../pipeline/operation.js'
import { attachmentRows } from '../families/attachments.js'
import { boundaryRows, checkBoundary, shownBoundary } from '../families/boundaries.js'
import { type Refusal, refuse } from '../families/delete-conflicts.js'
import { isServiceLinked, notProtected, onlyDescribed, protectedPaths } from '../families/guard.js'
import { inlinePolicyRows } from '../families/inline-policies.js'
import { tagging } from '../families/tagging.js'
import { forgetAccessed } from '../last-accessed/accessed.js'
import { arnOf, type Noun, onAll, onNew, onThe, onTheBounded, the } from '../noun.js'
import { page, underPath } from '../paging.js'
import { checkQuota } from '../quota.js'
import { attachments, inlinePolicies, instanceProfiles, type RoleRecord, roleLastUsed, roles } from '../records.js'
import { keysInAnyCase, newTags, shownTags } from '../tags.js'
import { savedTrust, shownTrust } from './trust-policy.js'

export const roleNoun: Noun<RoleRecord> & { noun: 'Role' } = {
  noun: 'Role',
  type: 'role',
  word: 'role',
  table: roles,
  missing: (name) => `The role with name ${name} cannot be found.`,
  exists: (name) => `Role with name ${name} already exists.`,
}

type Op<Name extends keyof IamOperations> = Operation<IamOperations[Name]>

const named = ({ RoleName }: { readonly RoleName: string }): string => RoleName
const theRole = onTheBounded(roleNoun, named)
const defaultMaxSessionSeconds = 3600

/** What every answer that has a role shows of it, and all that an instance profile does. */
export const basicRole = async (tx: AccountReader, role: RoleRecord): Promise<iam.Role> => ({
  Path: role.path,
  RoleName: role.name,
  RoleId: role.id,
  Arn: arnOf(roleNoun, tx, role),
  CreateDate: new Date(role.createdAt),
  AssumeRolePolicyDocument: await shownTrust(tx, role.trust),
})

/** CreateRole's answer leaves the description out, and repeats the trust policy as it was given. */
const describedRole = async (tx: AccountReader, role: RoleRecord): Promise<iam.Role> => ({
  ...(await basicRole(tx, role)),
  ...(role.description !== undefined && { Description: role.description }),
})

/** As lists show it: with its longest session, without boundary, tags and last use (recorded fact 21). */
const listedRole = async (tx: AccountReader, role: RoleRecord): Promise<iam.Role> => ({
  ...(await describedRole(tx, role)),
  MaxSessionDuration: role.maxSessionSeconds,
})

/** As GetRole shows it (recorded fact 20). */
async function shownRole(tx: AccountReader, role: RoleRecord): Promise<iam.Role> {
  const used = await tx.get(roleLastUsed, role.id)
  return {
    ...(await listedRole(tx, role)),
    RoleLastUsed: used === undefined ? {} : { LastUsedDate: new Date(used.at), Region: used.region },
    ...shownBoundary(role.boundaryArn),
    ...shownTags(role.tags),
    ...(role.source && { SourceRoleTemplate: { TemplateArn: role.source.templateArn, TemplateMinorVersion: role.source.minorVersion } }),
  }
}

const createRole: Op<'CreateRole'> = {
  mode: 'write',
  access: onNew(roleNoun, ({ RoleName }) => RoleName),
  shows: {
    input: ['RoleName', 'Path', 'AssumeRolePolicyDocument', 'Description', 'MaxSessionDuration', 'PermissionsBoundary', 'Tags'],
    output: ['Role'],
  },
  async run(input, call) {
    const role = await makeRole(input, call)
    const made = { ...(await basicRole(call.tx, role)), AssumeRolePolicyDocument: input.AssumeRolePolicyDocument }
    return { Role: { ...made, ...shownBoundary(role.boundaryArn), ...shownTags(role.tags) } }
  },
}

type MakesRole = WriteCall<IamOperations['CreateRole']['error']>

/** Makes a role as CreateRole does, with all its checks and refusals. */
export async function makeRole(
  input: iam.CreateRoleRequest,
  { tx, now, fail, surroundings }: Pick<MakesRole, 'tx' | 'now' | 'fail' | 'surroundings'>,
  more: Pick<RoleRecord, 'source'> = {},
): Promise<RoleRecord> {
  const { RoleName, Path = '/', AssumeRolePolicyDocument, Description, MaxSessionDuration, PermissionsBoundary, Tags } = input
  const tags = await newTags(tx, Tags, fail, keysInAnyCase)
  if (Path.startsWith('/aws-service-role/'))
    fail('InvalidInput', "Paths beginning with '/aws-service-role' are reserved for AWS Service Linked Roles")
  if (protectedPaths.some((prefix) => Path.startsWith(prefix))) {
    fail('InvalidInput', `Roles under the path ${Path} are made by AWS only.`)
  }
  if (await tx.find(roles, 'name', RoleName)) fail('EntityAlreadyExists', roleNoun.exists(RoleName))
  const trust = await savedTrust(tx, AssumeRolePolicyDocument, fail)
  await checkQuota(tx, 'RolesPerAccount', await tx.count(roles), fail)
  if (PermissionsBoundary !== undefined) await checkBoundary(tx, PermissionsBoundary)
  const role: RoleRecord = {
    id: makeId('role', tx.accountId, surroundings.randomBytes(20)),
    name: RoleName,
    path: Path,
    createdAt: now,
    trust,
    maxSessionSeconds: MaxSessionDuration ?? defaultMaxSessionSeconds,
    tags,
    ...(Description !== undefined && { description: Description }),
    ...(PermissionsBoundary !== undefined && { boundaryArn: PermissionsBoundary }),
    ...more,
  }
  await tx.add(roles, role)
  return role
}

const getRole: Op<'GetRole'> = {
  mode: 'read',
  access: theRole,
  shows: { input: ['RoleName'] },
  async run({ RoleName }, { tx, fail }) {
    return { Role: await shownRole(tx, await the(roleNoun, tx, RoleName, fail)) }
  },
}

const listRoles: Op<'ListRoles'> = {
  mode: 'read',
  access: onAll('role'),
  shows: { input: ['PathPrefix', 'Marker', 'MaxItems'] },
  async run(input, { tx, fail }) {
    const { items, answer } = await page(tx, roles, 'name', input, fail, { keep: underPath(input.PathPrefix) })
    return { Roles: await Promise.all(items.map((role) => listedRole(tx, role))), ...answer }
  },
}

const updateRole: Op<'UpdateRole'> = {
  mode: 'write',
  access: theRole,
  shows: { input: ['RoleName', 'Description', 'MaxSessionDuration'] },
  async run({ RoleName, Description, MaxSessionDuration }, { tx, fail }) {
    const role = await the(roleNoun, tx, RoleName, fail)
    onlyDescribed(role, fail)
    if (MaxSessionDuration !== undefined && isServiceLinked(role))
      fail('UnmodifiableEntity', `${role.name} is an AWS service linked role, max session duration cannot be changed.`)
    await tx.put(roles, {
      ...role,
      ...(Description !== undefined && { description: Description }),
      ...(MaxSessionDuration !== undefined && { maxSessionSeconds: MaxSessionDuration }),
    })
    return {}
  },
}

const updateRoleDescription: Op<'UpdateRoleDescription'> = {
  mode: 'write',
  access: theRole,
  shows: { input: ['RoleName', 'Description'], output: ['Role'] },
  async run({ RoleName, Description }, { tx, fail }) {
    const role = await the(roleNoun, tx, RoleName, fail)
    onlyDescribed(role, fail)
    const changed = { ...role, description: Description }
    await tx.put(roles, changed)
    return { Role: await describedRole(tx, changed) }
  },
}

const updateAssumeRolePolicy: Op<'UpdateAssumeRolePolicy'> = {
  mode: 'write',
  access: theRole,
  shows: { input: ['RoleName', 'PolicyDocument'] },
  async run({ RoleName, PolicyDocument }, { tx, fail }) {
    const role = await the(roleNoun, tx, RoleName, fail)
    notProtected(role, fail)
    await tx.put(roles, { ...role, trust: await savedTrust(tx, PolicyDocument, fail) })
    return {}
  },
}

/** What must go before a role can, in the order that AWS says it (iam-behaviour §7). */
const holdsRole: readonly Refusal<RoleRecord>[] = [
  { when: async (tx, { id }) => (await tx.all(instanceProfiles, 'role', id)).length > 0, must: 'remove roles from instance profile' },
  { when: async (tx, { id }) => (await tx.all(inlinePolicies, 'owner', id)).length > 0, must: 'delete policies' },
  { when: async (tx, { id }) => (await tx.all(attachments, 'owner', id)).length > 0, must: 'detach all policies' },
]

const deleteRole: Op<'DeleteRole'> = {
  mode: 'write',
  access: theRole,
  shows: { input: ['RoleName'] },
  async run({ RoleName }, { tx, fail }) {
    const role = await the(roleNoun, tx, RoleName, fail)
    notProtected(role, fail)
    await refuse(holdsRole, tx, role, fail)
    await tx.delete(roles, role.id)
    await tx.delete(roleLastUsed, role.id)
    await forgetAccessed(tx, role.id)
    return {}
  },
}

export const roleRows = {
  CreateRole: createRole,
  GetRole: getRole,
  ListRoles: listRoles,
  UpdateRole: updateRole,
  UpdateRoleDescription: updateRoleDescription,
  UpdateAssumeRolePolicy: updateAssumeRolePolicy,
  DeleteRole: deleteRole,
  ...tagging(roleNoun, 'RoleName', onThe(roleNoun, named), ({ RoleName }, tx, fail) => the(roleNoun, tx, RoleName, fail), keysInAnyCase),
  ...inlinePolicyRows(roleNoun, notProtected),
  ...attachmentRows(roleNoun, notProtected),
  ...boundaryRows(roleNoun, notProtected),
} satisfies Partial<Rows<IamOperations>>
