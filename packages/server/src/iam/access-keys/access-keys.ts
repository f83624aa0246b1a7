/** Access keys: two a user, shown once, switched off and on. A root user manages its own by leaving `UserName` out. */
import { type IamOperations, type iam, makeId, makeSecret } from '@bailiwick/model'
import { wholeServer } from '../../accounts/account.js'
import { type AccessKeyRecord, accessKeyLastUsed, accessKeys } from '../../credentials/access-key.js'
import type { AccountReader } from '../../pipeline/account-store.js'
import type { Operation, ResourceUnderRequest, Rows } from '../../pipeline/operation.js'
import { rootArn } from '../arns.js'
import { named, type Owner, ownerOf } from '../credential-owner.js'
import { existing } from '../noun.js'
import { page } from '../paging.js'
import { checkQuota } from '../quota.js'
import { users } from '../records.js'
import { theUserOrCaller, userNoun } from '../users/users.js'

type Op<Name extends keyof IamOperations> = Operation<IamOperations[Name]>
type Fail = (code: 'NoSuchEntity' | 'ValidationError', message: string) => never

const keysOf = (tx: AccountReader, owner: Owner): Promise<readonly AccessKeyRecord[]> =>
  tx.of(wholeServer).all(accessKeys, 'owner', `${tx.accountId}/${owner.id}`)

async function theKey(tx: AccountReader, owner: Owner, id: string, fail: Fail): Promise<AccessKeyRecord> {
  const found = await tx.of(wholeServer).get(accessKeys, id)
  return found?.accountId === tx.accountId && found.ownerId === owner.id
    ? found
    : fail('NoSuchEntity', `The Access Key with id ${id} cannot be found.`)
}

const createAccessKey: Op<'CreateAccessKey'> = {
  mode: 'write',
  access: theUserOrCaller,
  // The answer holds the secret: none of it is shown.
  shows: { input: ['UserName'] },
  async run({ UserName }, { tx, caller, now, fail, surroundings }) {
    const owner = await ownerOf(tx, caller, UserName, fail)
    await checkQuota(tx, 'AccessKeysPerUser', (await keysOf(tx, owner)).length, fail)
    const key: AccessKeyRecord = {
      id: makeId('accessKey', tx.accountId, surroundings.randomBytes(20)),
      accountId: tx.accountId,
      ownerId: owner.id,
      secret: makeSecret(surroundings.randomBytes(40)),
      status: 'Active',
      createdAt: now,
    }
    await tx.of(wholeServer).add(accessKeys, key)
    return {
      AccessKey: { ...named(owner), AccessKeyId: key.id, Status: key.status, SecretAccessKey: key.secret, CreateDate: new Date(now) },
    }
  },
}

const listAccessKeys: Op<'ListAccessKeys'> = {
  mode: 'read',
  access: theUserOrCaller,
  shows: { input: ['UserName', 'Marker', 'MaxItems'] },
  async run(input, { tx, caller, fail }) {
    const owner = await ownerOf(tx, caller, input.UserName, fail)
    const { items, answer } = await page(tx.of(wholeServer), accessKeys, 'owner', input, fail, { equals: `${tx.accountId}/${owner.id}` })
    const shown = items.map(
      ({ id, status, createdAt }): iam.AccessKeyMetadata => ({
        ...named(owner),
        AccessKeyId: id,
        Status: status,
        CreateDate: new Date(createdAt),
      }),
    )
    return { AccessKeyMetadata: shown, ...answer }
  },
}

const updateAccessKey: Op<'UpdateAccessKey'> = {
  mode: 'write',
  access: theUserOrCaller,
  shows: { input: ['UserName', 'AccessKeyId', 'Status'] },
  async run({ UserName, AccessKeyId, Status }, { tx, caller, fail }) {
    const key = await theKey(tx, await ownerOf(tx, caller, UserName, fail), AccessKeyId, fail)
    if (Status === 'Expired') return fail('InvalidInput', 'Operation does not support status Expired')
    await tx.of(wholeServer).put(accessKeys, { ...key, status: Status })
    return {}
  },
}

const deleteAccessKey: Op<'DeleteAccessKey'> = {
  mode: 'write',
  access: theUserOrCaller,
  shows: { input: ['UserName', 'AccessKeyId'] },
  async run({ UserName, AccessKeyId }, { tx, caller, fail }) {
    const key = await theKey(tx, await ownerOf(tx, caller, UserName, fail), AccessKeyId, fail)
    await tx.of(wholeServer).delete(accessKeys, key.id)
    await tx.of(wholeServer).delete(accessKeyLastUsed, key.id)
    return {}
  },
}

/** The owner of the key; for one that this account does not have, an ARN on which nobody has rights. */
async function keyOwner(
  { AccessKeyId }: { readonly AccessKeyId: string },
  look: Parameters<typeof existing>[2],
): Promise<ResourceUnderRequest> {
  const { tx } = look
  const key = await tx.of(wholeServer).get(accessKeys, AccessKeyId)
  if (key?.accountId !== tx.accountId) return { arn: `arn:aws:iam::${tx.accountId}:user/${AccessKeyId}`, accountId: tx.accountId }
  const user = await tx.get(users, key.ownerId)
  return user === undefined ? { arn: rootArn('aws', tx.accountId), accountId: tx.accountId } : existing(userNoun, user.name, look)
}

const getAccessKeyLastUsed: Op<'GetAccessKeyLastUsed'> = {
  mode: 'read',
  access: { resource: keyOwner },
  shows: { input: ['AccessKeyId'] },
  async run({ AccessKeyId }, { tx, caller, fail }) {
    const server = tx.of(wholeServer)
    const key = await server.get(accessKeys, AccessKeyId)
    if (key?.accountId !== tx.accountId) {
      return fail(
        'AccessDenied',
        `User: ${caller.arn} is not authorized to perform iam:GetAccessKeyLastUsed on resource: access key ${AccessKeyId}`,
      )
    }
    const user = await tx.get(users, key.ownerId)
    const used = await server.get(accessKeyLastUsed, AccessKeyId)
    return {
      ...(user !== undefined && { UserName: user.name }),
      AccessKeyLastUsed:
        used === undefined
          ? ({ ServiceName: 'N/A', Region: 'N/A' } as iam.AccessKeyLastUsed)
          : { LastUsedDate: new Date(used.at), ServiceName: used.service, Region: used.region },
    }
  },
}

export const accessKeyRows = {
  CreateAccessKey: createAccessKey,
  ListAccessKeys: listAccessKeys,
  UpdateAccessKey: updateAccessKey,
  DeleteAccessKey: deleteAccessKey,
  GetAccessKeyLastUsed: getAccessKeyLastUsed,
} satisfies Partial<Rows<IamOperations>>
