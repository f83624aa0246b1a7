/** Instance profiles: how a machine gets its role. */
import { type IamOperations, type iam, makeId } from '@bailiwick/model'
import type { AccountReader } from '../../pipeline/account-store.js'
import type { Operation, Rows } from '../../pipeline/operation.js'
import { type Refusal, refuse } from '../families/delete-conflicts.js'
import { notProtected } from '../families/guard.js'
import { tagging } from '../families/tagging.js'
import { arnOf, existing, type Noun, onAll, onNew, onThe, the } from '../noun.js'
import { page, underPath } from '../paging.js'
import { checkQuota } from '../quota.js'
import { type InstanceProfileRecord, instanceProfiles, roles } from '../records.js'
import { basicRole, roleNoun } from '../roles/roles.js'
import { newTags, shownTags } from '../tags.js'

export const instanceProfileNoun: Noun<InstanceProfileRecord> & { noun: 'InstanceProfile' } = {
  noun: 'InstanceProfile',
  type: 'instance-profile',
  word: 'instance profile',
  table: instanceProfiles,
  missing: (name) => `Instance Profile ${name} cannot be found.`,
  exists: (name) => `Instance Profile ${name} already exists.`,
}

type Op<Name extends keyof IamOperations> = Operation<IamOperations[Name]>

const theProfile = onThe(instanceProfileNoun, ({ InstanceProfileName }: { readonly InstanceProfileName: string }) => InstanceProfileName)

/** Without tags, which lists leave out. */
export async function listedProfile(tx: AccountReader, profile: InstanceProfileRecord): Promise<iam.InstanceProfile> {
  const role = profile.roleId === undefined ? undefined : await tx.get(roles, profile.roleId)
  return {
    Path: profile.path,
    InstanceProfileName: profile.name,
    InstanceProfileId: profile.id,
    Arn: arnOf(instanceProfileNoun, tx, profile),
    CreateDate: new Date(profile.createdAt),
    Roles: role === undefined ? [] : [await basicRole(tx, role)],
  }
}

const createInstanceProfile: Op<'CreateInstanceProfile'> = {
  mode: 'write',
  access: onNew(instanceProfileNoun, ({ InstanceProfileName }) => InstanceProfileName),
  shows: { input: ['InstanceProfileName', 'Path', 'Tags'], output: ['InstanceProfile'] },
  async run({ InstanceProfileName, Path = '/', Tags }, { tx, now, fail, surroundings }) {
    const tags = await newTags(tx, Tags, fail)
    if (await tx.find(instanceProfiles, 'name', InstanceProfileName))
      fail('EntityAlreadyExists', instanceProfileNoun.exists(InstanceProfileName))
    await checkQuota(tx, 'InstanceProfilesPerAccount', await tx.count(instanceProfiles), fail)
    const id = makeId('instanceProfile', tx.accountId, surroundings.randomBytes(20))
    const profile: InstanceProfileRecord = { id, name: InstanceProfileName, path: Path, createdAt: now, tags }
    await tx.add(instanceProfiles, profile)
    return { InstanceProfile: { ...(await listedProfile(tx, profile)), ...shownTags(tags) } }
  },
}

const getInstanceProfile: Op<'GetInstanceProfile'> = {
  mode: 'read',
  access: theProfile,
  shows: { input: ['InstanceProfileName'] },
  async run({ InstanceProfileName }, { tx, fail }) {
    const profile = await the(instanceProfileNoun, tx, InstanceProfileName, fail)
    return { InstanceProfile: { ...(await listedProfile(tx, profile)), Tags: [...profile.tags] } }
  },
}

const listInstanceProfiles: Op<'ListInstanceProfiles'> = {
  mode: 'read',
  access: onAll('instance-profile'),
  shows: { input: ['PathPrefix', 'Marker', 'MaxItems'] },
  async run(input, { tx, fail }) {
    const { items, answer } = await page(tx, instanceProfiles, 'name', input, fail, { keep: underPath(input.PathPrefix) })
    return { InstanceProfiles: await Promise.all(items.map((profile) => listedProfile(tx, profile))), ...answer }
  },
}

const listInstanceProfilesForRole: Op<'ListInstanceProfilesForRole'> = {
  mode: 'read',
  access: onThe(roleNoun, ({ RoleName }: { readonly RoleName: string }) => RoleName),
  shows: { input: ['RoleName', 'Marker', 'MaxItems'] },
  async run(input, { tx, fail }) {
    const role = await the(roleNoun, tx, input.RoleName, fail)
    const { items, answer } = await page(tx, instanceProfiles, 'role', input, fail, { equals: role.id })
    return { InstanceProfiles: await Promise.all(items.map((profile) => listedProfile(tx, profile))), ...answer }
  },
}

/** Needs the right to pass the role on as well, since whoever starts a machine with the profile gets the role. */
const addRoleToInstanceProfile: Op<'AddRoleToInstanceProfile'> = {
  mode: 'write',
  access: {
    ...theProfile,
    async alsoRequires({ RoleName }, look) {
      const { called: _, ...role } = await existing(roleNoun, RoleName, look)
      return [{ action: 'iam:PassRole', resource: role, context: { 'iam:PassedToService': 'ec2.amazonaws.com' } }]
    },
  },
  shows: { input: ['InstanceProfileName', 'RoleName'] },
  async run({ InstanceProfileName, RoleName }, { tx, fail }) {
    const profile = await the(instanceProfileNoun, tx, InstanceProfileName, fail)
    const role = await the(roleNoun, tx, RoleName, fail)
    notProtected(role, fail)
    await checkQuota(tx, 'InstanceSessionsPerInstanceProfile', profile.roleId === undefined ? 0 : 1, fail)
    await tx.put(instanceProfiles, { ...profile, roleId: role.id })
    return {}
  },
}

const removeRoleFromInstanceProfile: Op<'RemoveRoleFromInstanceProfile'> = {
  mode: 'write',
  access: theProfile,
  shows: { input: ['InstanceProfileName', 'RoleName'] },
  async run({ InstanceProfileName, RoleName }, { tx, fail }) {
    const profile = await the(instanceProfileNoun, tx, InstanceProfileName, fail)
    const role = await the(roleNoun, tx, RoleName, fail)
    notProtected(role, fail)
    if (profile.roleId !== role.id) fail('NoSuchEntity', `Role ${RoleName} in Instance Profile ${InstanceProfileName} cannot be found.`)
    const { roleId: _, ...without } = profile
    await tx.put(instanceProfiles, without)
    return {}
  },
}

const holdsProfile: readonly Refusal<InstanceProfileRecord>[] = [
  { when: async (_, { roleId }) => roleId !== undefined, must: 'remove roles from instance profile' },
]

const deleteInstanceProfile: Op<'DeleteInstanceProfile'> = {
  mode: 'write',
  access: theProfile,
  shows: { input: ['InstanceProfileName'] },
  async run({ InstanceProfileName }, { tx, fail }) {
    const profile = await the(instanceProfileNoun, tx, InstanceProfileName, fail)
    await refuse(holdsProfile, tx, profile, fail)
    await tx.delete(instanceProfiles, profile.id)
    return {}
  },
}

export const instanceProfileRows = {
  CreateInstanceProfile: createInstanceProfile,
  GetInstanceProfile: getInstanceProfile,
  ListInstanceProfiles: listInstanceProfiles,
  ListInstanceProfilesForRole: listInstanceProfilesForRole,
  AddRoleToInstanceProfile: addRoleToInstanceProfile,
  RemoveRoleFromInstanceProfile: removeRoleFromInstanceProfile,
  DeleteInstanceProfile: deleteInstanceProfile,
  ...tagging(instanceProfileNoun, 'InstanceProfileName', theProfile, ({ InstanceProfileName }, tx, fail) =>
    the(instanceProfileNoun, tx, InstanceProfileName, fail),
  ),
} satisfies Partial<Rows<IamOperations>>
