/** Making an account: the record, a root access key, and a root password that is kept as a hash only. */
import { makeId, makeSecret } from '@bailiwick/model'
import { defineTable, type Transaction } from '@bailiwick/store'
import { type AccessKeyRecord, accessKeys } from '../credentials/access-key.js'
import { type AccountRecord, accounts, wholeServer } from './account.js'

/** A root user's password as argon2id keeps it (PHC string). */
export interface RootPasswordRecord {
  readonly accountId: string
  readonly hash: string
  /** Absent while the password is the account's first. */
  readonly changedAt?: number
}
export const rootPasswords = defineTable<RootPasswordRecord>()({ name: 'root-password', key: ({ accountId }) => accountId, indexes: {} })

/** What opens an account's root; shown once. */
export interface RootCredentials {
  readonly email: string
  readonly password: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

type RandomBytes = (length: number) => Uint8Array

export function newRootCredentials(accountId: string, email: string, randomBytes: RandomBytes): RootCredentials {
  return {
    email,
    password: Buffer.from(randomBytes(18)).toString('base64url'),
    accessKeyId: makeId('accessKey', accountId, randomBytes(20)),
    secretAccessKey: makeSecret(randomBytes(40)),
  }
}

/** The account id and what to sign in with, as it is kept: a hash instead of the password. */
export interface NewAccount {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly passwordHash: string
}

export async function putAccount(tx: Transaction, account: NewAccount, now: number): Promise<AccountRecord> {
  const { id, name, email, accessKeyId, secretAccessKey, passwordHash } = account
  const record: AccountRecord = { id, name, email, status: 'ACTIVE', createdAt: now }
  const key: AccessKeyRecord = { id: accessKeyId, accountId: id, ownerId: id, secret: secretAccessKey, status: 'Active', createdAt: now }
  await tx.add(accounts, wholeServer, record)
  await tx.add(accessKeys, wholeServer, key)
  await tx.put(rootPasswords, wholeServer, { accountId: id, hash: passwordHash })
  return record
}
