/** IAM users: create, read, rename, delete. */
import { type IamOperations, type iam, makeId } from '@bailiwick/model'
import { accounts, wholeServer } from '../../accounts/account.js'
import { accessKeys } from '../../credentials/access-key.js'
import type { AccountReader } from '../../pipeline/account-store.js'
import type { Caller } from '../../pipeline/caller.js'
import type { Access, Operation, Rows } from '../../pipeline/operation.js'
import { rootArn } from '../arns.js'
import { attachmentRows } from '../families/attachments.js'
import { boundaryRows, checkBoundary, shownBoundary } from '../families/boundaries.js'
import { type Refusal, refuse } from '../families/delete-conflicts.js'
import { free } from '../families/guard.js'
import { inlinePolicyRows } from '../families/inline-policies.js'
import { tagging } from '../families/tagging.js'
import { forgetAccessed } from '../last-accessed/accessed.js'
import { arnOf, existing, type Noun, onAll, onNew, onThe, the } from '../noun.js'
import { page, shownPage, underPath } from '../paging.js'
import { checkQuota } from '../quota.js'
import {
  attachments,
  inlinePolicies,
  loginProfiles,
  memberships,
  mfaDevices,
  serviceSpecificCredentials,
  signingCertificates,
  sshPublicKeys,
  type UserRecord,
  users,
} from '../records.js'
import { keysInAnyCase, newTags, shownTags } from '../tags.js'

export const userNoun: Noun<UserRecord> & { noun: 'User' } = {
  noun: 'User',
  type: 'user',
  word: 'user',
  table: users,
  missing: (name) => `The user with name ${name} cannot be found.`,
  exists: (name) => `User with name ${name} already exists.`,
}

type Op<Name extends keyof IamOperations> = Operation<IamOperations[Name]>

const theUser = onThe(userNoun, ({ UserName }: { readonly UserName: string }) => UserName)

/** The user named, or the caller's own when none is. A caller that is no user is looked at as what it is. */
export const theUserOrCaller: Access<{ readonly UserName?: string }> = {
  async resource({ UserName }, look) {
    const name = UserName ?? look.caller.userName
    if (name !== undefined) return existing(userNoun, name, look)
    const { tx, caller } = look
    return { arn: caller.principal.kind === 'role' ? caller.principal.roleArn : caller.arn, accountId: tx.accountId }
  },
}

/** The name of the user that a call is about when it may be left out (iam-behaviour §8). */
export function userNameOr(
  caller: Caller,
  UserName: string | undefined,
  fail: (code: 'ValidationError', message: string) => never,
): string {
  return UserName ?? caller.userName ?? fail('ValidationError', 'Must specify userName when calling with non-User credentials')
}

/** Without boundary and tags, which lists leave out (recorded fact 22). */
export const listedUser = (tx: AccountReader, user: UserRecord): iam.User => ({
  Path: user.path,
  UserName: user.name,
  UserId: user.id,
  Arn: arnOf(userNoun, tx, user),
  CreateDate: new Date(user.createdAt),
  ...(user.passwordLastUsedAt !== undefined && { PasswordLastUsed: new Date(user.passwordLastUsedAt) }),
})

const shownUser = (tx: AccountReader, user: UserRecord): iam.User => ({
  ...listedUser(tx, user),
  ...shownBoundary(user.boundaryArn),
  ...shownTags(user.tags),
})

const createUser: Op<'CreateUser'> = {
  mode: 'write',
  access: onNew(userNoun, ({ UserName }) => UserName),
  shows: { input: ['UserName', 'Path', 'PermissionsBoundary', 'Tags'], output: ['User'] },
  async run({ UserName, Path = '/', PermissionsBoundary, Tags }, { tx, now, fail, surroundings }) {
    const tags = await newTags(tx, Tags, fail, keysInAnyCase)
    if (await tx.find(users, 'name', UserName)) fail('EntityAlreadyExists', userNoun.exists(UserName))
    await checkQuota(tx, 'UsersPerAccount', await tx.count(users), fail)
    if (PermissionsBoundary !== undefined) await checkBoundary(tx, PermissionsBoundary)
    const user: UserRecord = {
      id: makeId('user', tx.accountId, surroundings.randomBytes(20)),
      name: UserName,
      path: Path,
      createdAt: now,
      tags,
      ...(PermissionsBoundary !== undefined && { boundaryArn: PermissionsBoundary }),
    }
    await tx.add(users, user)
    return { User: shownUser(tx, user) }
  },
}

const getUser: Op<'GetUser'> = {
  mode: 'read',
  access: theUserOrCaller,
  shows: { input: ['UserName'] },
  async run({ UserName }, { tx, caller, fail }) {
    if (UserName === undefined && caller.principal.kind === 'root') return { User: await shownRoot(tx) }
    return { User: shownUser(tx, await the(userNoun, tx, userNameOr(caller, UserName, fail), fail)) }
  },
}

/** The root user as it is shown where users are: the account's id and creation, and no name. */
export async function shownRoot(tx: AccountReader): Promise<iam.User> {
  const account = await tx.of(wholeServer).get(accounts, tx.accountId)
  return { UserId: tx.accountId, Arn: rootArn('aws', tx.accountId), CreateDate: new Date(account!.createdAt) } as iam.User
}

const listUsers: Op<'ListUsers'> = {
  mode: 'read',
  access: onAll('user'),
  shows: { input: ['PathPrefix', 'Marker', 'MaxItems'] },
  async run(input, { tx, fail }) {
    const { items, answer } = await page(tx, users, 'name', input, fail, { keep: underPath(input.PathPrefix) })
    return { Users: shownPage(items, (user) => listedUser(tx, user)), ...answer }
  },
}

/** Renaming needs the right on the user as it is and as it will be; ids, keys and memberships stay. */
const updateUser: Op<'UpdateUser'> = {
  mode: 'write',
  access: {
    ...theUser,
    async alsoRequires({ UserName, NewUserName, NewPath }, { tx }) {
      if (NewUserName === undefined && NewPath === undefined) return []
      const user = await tx.find(users, 'name', UserName)
      const renamed = { name: NewUserName ?? user?.name ?? UserName, path: NewPath ?? user?.path ?? '/' }
      return [
        {
          action: 'iam:UpdateUser',
          resource: { arn: arnOf(userNoun, tx, renamed), accountId: tx.accountId, called: `user ${renamed.name}` },
        },
      ]
    },
  },
  shows: { input: ['UserName', 'NewUserName', 'NewPath'] },
  async run({ UserName, NewUserName, NewPath }, { tx, fail }) {
    const user = await the(userNoun, tx, UserName, fail)
    if (NewUserName !== undefined) {
      const other = await tx.find(users, 'name', NewUserName)
      if (other !== undefined && other.id !== user.id) fail('EntityAlreadyExists', userNoun.exists(NewUserName))
    }
    await tx.put(users, {
      ...user,
      ...(NewUserName !== undefined && { name: NewUserName }),
      ...(NewPath !== undefined && { path: NewPath }),
    })
    return {}
  },
}

/** What must go before a user can, in the order that AWS says it (iam-behaviour §7). */
const holdsUser: readonly Refusal<UserRecord>[] = [
  { when: async (tx, { id }) => (await tx.all(mfaDevices, 'owner', id)).length > 0, must: 'remove tokens from principal' },
  { when: async (tx, { id }) => (await keysOf(tx, id)).length > 0, must: 'delete access keys' },
  { when: async (tx, { id }) => (await tx.get(loginProfiles, id)) !== undefined, must: 'delete login profile' },
  { when: async (tx, { id }) => (await tx.all(signingCertificates, 'owner', id)).length > 0, must: 'delete certificates' },
  { when: async (tx, { id }) => (await tx.all(inlinePolicies, 'owner', id)).length > 0, must: 'delete policies' },
  { when: async (tx, { id }) => (await tx.all(attachments, 'owner', id)).length > 0, must: 'detach all policies' },
  { when: async (tx, { id }) => (await tx.all(memberships, 'user', id)).length > 0, must: 'remove users from group' },
  { when: async (tx, { id }) => (await tx.all(sshPublicKeys, 'owner', id)).length > 0, must: 'remove referenced objects' },
  { when: async (tx, { id }) => (await tx.all(serviceSpecificCredentials, 'owner', id)).length > 0, must: 'remove referenced objects' },
]

const keysOf = (tx: AccountReader, userId: string) => tx.of(wholeServer).all(accessKeys, 'owner', `${tx.accountId}/${userId}`)

const deleteUser: Op<'DeleteUser'> = {
  mode: 'write',
  access: theUser,
  shows: { input: ['UserName'] },
  async run({ UserName }, { tx, fail }) {
    const user = await the(userNoun, tx, UserName, fail)
    await refuse(holdsUser, tx, user, fail)
    await tx.delete(users, user.id)
    await forgetAccessed(tx, user.id)
    return {}
  },
}

export const userRows = {
  CreateUser: createUser,
  GetUser: getUser,
  ListUsers: listUsers,
  UpdateUser: updateUser,
  DeleteUser: deleteUser,
  ...tagging(userNoun, 'UserName', theUser, ({ UserName }, tx, fail) => the(userNoun, tx, UserName, fail), keysInAnyCase),
  ...inlinePolicyRows(userNoun, free),
  ...attachmentRows(userNoun, free),
  ...boundaryRows(userNoun, free),
} satisfies Partial<Rows<IamOperations>>
