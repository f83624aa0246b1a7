/** SSH public keys of users: uploaded, shown in either encoding, switched off and on, deleted. */
import { type IamOperations, type iam, makeId } from '@bailiwick/model'
import type { AccountReader } from '../../pipeline/account-store.js'
import type { Operation, Rows } from '../../pipeline/operation.js'
import { onThe, the } from '../noun.js'
import { pageOf } from '../paging.js'
import { checkQuota } from '../quota.js'
import { type SshPublicKeyRecord, sshPublicKeys, type UserRecord } from '../records.js'
import { theUserOrCaller, userNameOr, userNoun } from '../users/users.js'
import { md5Fingerprint, pemText, readSshKey, type SshKeyFault, sshText } from './ssh-key-text.js'

type Op<Name extends keyof IamOperations> = Operation<IamOperations[Name]>
type Fail = (code: 'NoSuchEntity', message: string) => never

const theUser = onThe(userNoun, ({ UserName }: { readonly UserName: string }) => UserName)

const faults: Readonly<Record<SshKeyFault, string>> = {
  UnrecognizedPublicKeyEncoding: 'Invalid public key uploaded.',
  InvalidPublicKey: 'Invalid body for public key',
}

/** The key of that user. */
async function theKey(tx: AccountReader, user: UserRecord, id: string, fail: Fail): Promise<SshPublicKeyRecord> {
  const found = await tx.get(sshPublicKeys, id)
  if (found === undefined) return fail('NoSuchEntity', `The Public Key with id ${id} cannot be found.`)
  return found.userId === user.id ? found : fail('NoSuchEntity', `User has no Public Key with id ${id}.`)
}

const listed = (user: UserRecord, { id, status, createdAt }: SshPublicKeyRecord): iam.SSHPublicKeyMetadata => ({
  UserName: user.name,
  SSHPublicKeyId: id,
  Status: status,
  UploadDate: new Date(createdAt),
})

const shown = (user: UserRecord, key: SshPublicKeyRecord, body: string): iam.SSHPublicKey => ({
  ...listed(user, key),
  Fingerprint: md5Fingerprint(Buffer.from(key.blob, 'base64')),
  SSHPublicKeyBody: body,
})

const uploadSshPublicKey: Op<'UploadSSHPublicKey'> = {
  mode: 'write',
  access: theUser,
  shows: { input: ['UserName', 'SSHPublicKeyBody'], output: ['SSHPublicKey'] },
  async run({ UserName, SSHPublicKeyBody }, { tx, now, fail, surroundings }) {
    const user = await the(userNoun, tx, UserName, fail)
    const read = readSshKey(SSHPublicKeyBody)
    if (typeof read === 'string') return fail(read, faults[read])
    const blob = read.blob.toString('base64')
    const others = await tx.all(sshPublicKeys, 'owner', user.id)
    if (others.some((other) => other.blob === blob)) fail('DuplicateSSHPublicKey', 'Duplicate SSH public key uploaded.')
    await checkQuota(tx, 'SSHPublicKeysPerUser', others.length, fail)
    const key: SshPublicKeyRecord = {
      id: makeId('publicKey', tx.accountId, surroundings.randomBytes(20)),
      userId: user.id,
      text: SSHPublicKeyBody,
      blob,
      status: 'Active',
      createdAt: now,
    }
    await tx.add(sshPublicKeys, key)
    return { SSHPublicKey: shown(user, key, key.text) }
  },
}

/** The key alone, in the encoding asked for: a comment that was uploaded with it is not given out again. */
const encoded = { SSH: sshText, PEM: pemText } as const

const getSshPublicKey: Op<'GetSSHPublicKey'> = {
  mode: 'read',
  access: theUser,
  shows: { input: ['UserName', 'SSHPublicKeyId', 'Encoding'] },
  async run({ UserName, SSHPublicKeyId, Encoding }, { tx, fail }) {
    const user = await the(userNoun, tx, UserName, fail)
    const key = await theKey(tx, user, SSHPublicKeyId, fail)
    return { SSHPublicKey: shown(user, key, encoded[Encoding](Buffer.from(key.blob, 'base64'))) }
  },
}

const listSshPublicKeys: Op<'ListSSHPublicKeys'> = {
  mode: 'read',
  access: theUserOrCaller,
  shows: { input: ['UserName', 'Marker', 'MaxItems'] },
  async run(input, { tx, caller, fail }) {
    const user = await the(userNoun, tx, userNameOr(caller, input.UserName, fail), fail)
    const { items, answer } = pageOf(await tx.all(sshPublicKeys, 'owner', user.id), ({ id }) => id, input, fail)
    return { SSHPublicKeys: items.map((key) => listed(user, key)), ...answer }
  },
}

const updateSshPublicKey: Op<'UpdateSSHPublicKey'> = {
  mode: 'write',
  access: theUser,
  shows: { input: ['UserName', 'SSHPublicKeyId', 'Status'] },
  async run({ UserName, SSHPublicKeyId, Status }, { tx, fail }) {
    const key = await theKey(tx, await the(userNoun, tx, UserName, fail), SSHPublicKeyId, fail)
    if (Status === 'Expired') return fail('InvalidInput', 'Operation does not support status Expired')
    await tx.put(sshPublicKeys, { ...key, status: Status })
    return {}
  },
}

const deleteSshPublicKey: Op<'DeleteSSHPublicKey'> = {
  mode: 'write',
  access: theUser,
  shows: { input: ['UserName', 'SSHPublicKeyId'] },
  async run({ UserName, SSHPublicKeyId }, { tx, fail }) {
    const { id } = await theKey(tx, await the(userNoun, tx, UserName, fail), SSHPublicKeyId, fail)
    await tx.delete(sshPublicKeys, id)
    return {}
  },
}

export const sshPublicKeyRows = {
  UploadSSHPublicKey: uploadSshPublicKey,
  GetSSHPublicKey: getSshPublicKey,
  ListSSHPublicKeys: listSshPublicKeys,
  UpdateSSHPublicKey: updateSshPublicKey,
  DeleteSSHPublicKey: deleteSshPublicKey,
} satisfies Partial<Rows<IamOperations>>
