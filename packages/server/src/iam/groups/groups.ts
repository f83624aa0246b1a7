/** Groups and who is in them. */
import { type IamOperations, type iam, makeId } from '@bailiwick/model'
import type { AccountReader } from '../../pipeline/account-store.js'
import type { Operation, Rows } from '../../pipeline/operation.js'
import { attachmentRows } from '../families/attachments.js'
import { type Refusal, refuse } from '../families/delete-conflicts.js'
import { free } from '../families/guard.js'
import { inlinePolicyRows } from '../families/inline-policies.js'
import { arnOf, type Noun, onAll, onNew, onThe, the } from '../noun.js'
import { page, shownPage, underPath } from '../paging.js'
import { checkQuota } from '../quota.js'
import { attachments, type GroupRecord, groups, inlinePolicies, memberships, users } from '../records.js'
import { listedUser, userNoun } from '../users/users.js'

export const groupNoun: Noun<GroupRecord> & { noun: 'Group' } = {
  noun: 'Group',
  type: 'group',
  word: 'group',
  table: groups,
  missing: (name) => `The group with name ${name} cannot be found.`,
  exists: (name) => `Group with name ${name} already exists.`,
}

type Op<Name extends keyof IamOperations> = Operation<IamOperations[Name]>

const theGroup = onThe(groupNoun, ({ GroupName }: { readonly GroupName: string }) => GroupName)

const shown = (tx: AccountReader, group: GroupRecord): iam.Group => ({
  Path: group.path,
  GroupName: group.name,
  GroupId: group.id,
  Arn: arnOf(groupNoun, tx, group),
  CreateDate: new Date(group.createdAt),
})

const createGroup: Op<'CreateGroup'> = {
  mode: 'write',
  access: onNew(groupNoun, ({ GroupName }) => GroupName),
  shows: { input: ['GroupName', 'Path'], output: ['Group'] },
  async run({ GroupName, Path = '/' }, { tx, now, fail, surroundings }) {
    if (await tx.find(groups, 'name', GroupName)) fail('EntityAlreadyExists', groupNoun.exists(GroupName))
    await checkQuota(tx, 'GroupsPerAccount', await tx.count(groups), fail)
    const group: GroupRecord = {
      id: makeId('group', tx.accountId, surroundings.randomBytes(20)),
      name: GroupName,
      path: Path,
      createdAt: now,
    }
    await tx.add(groups, group)
    return { Group: shown(tx, group) }
  },
}

const getGroup: Op<'GetGroup'> = {
  mode: 'read',
  access: theGroup,
  shows: { input: ['GroupName', 'Marker', 'MaxItems'] },
  async run(input, { tx, fail }) {
    const group = await the(groupNoun, tx, input.GroupName, fail)
    const { items, answer } = await page(tx, memberships, 'group', input, fail, { equals: group.id })
    const members = await Promise.all(items.map(({ userId }) => tx.get(users, userId)))
    return { Group: shown(tx, group), Users: members.filter((user) => user !== undefined).map((user) => listedUser(tx, user)), ...answer }
  },
}

const listGroups: Op<'ListGroups'> = {
  mode: 'read',
  access: onAll('group'),
  shows: { input: ['PathPrefix', 'Marker', 'MaxItems'] },
  async run(input, { tx, fail }) {
    const { items, answer } = await page(tx, groups, 'name', input, fail, { keep: underPath(input.PathPrefix) })
    return { Groups: shownPage(items, (group) => shown(tx, group)), ...answer }
  },
}

/** Renaming needs the right on the group as it is and as it will be. */
const updateGroup: Op<'UpdateGroup'> = {
  mode: 'write',
  access: {
    ...theGroup,
    async alsoRequires({ GroupName, NewGroupName, NewPath }, { tx }) {
      if (NewGroupName === undefined && NewPath === undefined) return []
      const group = await tx.find(groups, 'name', GroupName)
      const renamed = { name: NewGroupName ?? group?.name ?? GroupName, path: NewPath ?? group?.path ?? '/' }
      return [
        {
          action: 'iam:UpdateGroup',
          resource: { arn: arnOf(groupNoun, tx, renamed), accountId: tx.accountId, called: `group ${renamed.name}` },
        },
      ]
    },
  },
  shows: { input: ['GroupName', 'NewGroupName', 'NewPath'] },
  async run({ GroupName, NewGroupName, NewPath }, { tx, fail }) {
    const group = await the(groupNoun, tx, GroupName, fail)
    if (NewGroupName !== undefined) {
      const other = await tx.find(groups, 'name', NewGroupName)
      if (other !== undefined && other.id !== group.id) fail('EntityAlreadyExists', groupNoun.exists(NewGroupName))
    }
    await tx.put(groups, {
      ...group,
      ...(NewGroupName !== undefined && { name: NewGroupName }),
      ...(NewPath !== undefined && { path: NewPath }),
    })
    return {}
  },
}

/** What must go before a group can, in the order that AWS says it (iam-behaviour §7). */
const holdsGroup: readonly Refusal<GroupRecord>[] = [
  { when: async (tx, { id }) => (await tx.all(memberships, 'group', id)).length > 0, must: 'remove users from group' },
  { when: async (tx, { id }) => (await tx.all(inlinePolicies, 'owner', id)).length > 0, must: 'delete policies' },
  { when: async (tx, { id }) => (await tx.all(attachments, 'owner', id)).length > 0, must: 'detach all policies' },
]

const deleteGroup: Op<'DeleteGroup'> = {
  mode: 'write',
  access: theGroup,
  shows: { input: ['GroupName'] },
  async run({ GroupName }, { tx, fail }) {
    const group = await the(groupNoun, tx, GroupName, fail)
    await refuse(holdsGroup, tx, group, fail)
    await tx.delete(groups, group.id)
    return {}
  },
}

const addUserToGroup: Op<'AddUserToGroup'> = {
  mode: 'write',
  access: theGroup,
  shows: { input: ['GroupName', 'UserName'] },
  async run({ GroupName, UserName }, { tx, fail }) {
    const group = await the(groupNoun, tx, GroupName, fail)
    const user = await the(userNoun, tx, UserName, fail)
    const before = await tx.all(memberships, 'user', user.id)
    if (before.some(({ groupId }) => groupId === group.id)) return {}
    await checkQuota(tx, 'GroupsPerUser', before.length, fail)
    await tx.put(memberships, { groupId: group.id, userId: user.id })
    return {}
  },
}

const removeUserFromGroup: Op<'RemoveUserFromGroup'> = {
  mode: 'write',
  access: theGroup,
  shows: { input: ['GroupName', 'UserName'] },
  async run({ GroupName, UserName }, { tx, fail }) {
    // AWS misses the user first.
    const user = await the(userNoun, tx, UserName, fail)
    const group = await the(groupNoun, tx, GroupName, fail)
    await tx.delete(memberships, memberships.key({ groupId: group.id, userId: user.id }))
    return {}
  },
}

const listGroupsForUser: Op<'ListGroupsForUser'> = {
  mode: 'read',
  access: onThe(userNoun, ({ UserName }: { readonly UserName: string }) => UserName),
  shows: { input: ['UserName', 'Marker', 'MaxItems'] },
  async run(input, { tx, fail }) {
    const user = await the(userNoun, tx, input.UserName, fail)
    const { items, answer } = await page(tx, memberships, 'user', input, fail, { equals: user.id })
    const found = await Promise.all(items.map(({ groupId }) => tx.get(groups, groupId)))
    return { Groups: found.filter((group) => group !== undefined).map((group) => shown(tx, group)), ...answer }
  },
}

export const groupRows = {
  CreateGroup: createGroup,
  GetGroup: getGroup,
  ListGroups: listGroups,
  UpdateGroup: updateGroup,
  DeleteGroup: deleteGroup,
  AddUserToGroup: addUserToGroup,
  RemoveUserFromGroup: removeUserFromGroup,
  ListGroupsForUser: listGroupsForUser,
  ...inlinePolicyRows(groupNoun, free),
  ...attachmentRows(groupNoun, free),
} satisfies Partial<Rows<IamOperations>>
