/** A new root for the first account, by whoever has the store and its master key; no server answers meanwhile. */
import { openStore, type Transaction } from '@bailiwick/store'
import { type AccountRecord, accounts, wholeServer } from './accounts/account.js'
import { newRootCredentials, type RootCredentials, rootPasswords } from './accounts/new-account.js'
import type { AuditEvent } from './audit/audit-event.js'
import { appendEvent } from './audit/audit-trail.js'
import { accessKeyLastUsed, accessKeys } from './credentials/access-key.js'
import { hashPassword } from './credentials/password.js'
import { mfaDevices } from './iam/records.js'
import { isoSeconds } from './pipeline/time-text.js'
import type { ServerOptions } from './server.js'
import { StartError, setups } from './setup.js'
import { endAll, recoveryCodes } from './sign-in/index.js'

export type Recovery = Pick<ServerOptions, 'storeUrl' | 'masterKey' | 'root' | 'defaultRegion' | 'clock' | 'randomBytes' | 'uuid'>

/**
 * What is not given is generated; the e-mail address stays. Every access key, MFA device and recovery code that the root had is good for
 * nothing from now on, and its console sessions end. Throws `StoreError`, or `StartError` with one clear line; then nothing has changed.
 */
export async function recoverRoot(options: Recovery): Promise<RootCredentials> {
  const { storeUrl: url, masterKey, root, clock, randomBytes } = options
  const store = await openStore({ url, masterKey, clock, randomBytes })
  try {
    const setup = await (await store.readAt('latest')).get(setups, wholeServer, 'setup')
    if (setup === undefined) throw new StartError('no server was ever started with this store: there is no root to recover')
    const generated = newRootCredentials(setup.id, '', randomBytes)
    const password = root.password ?? generated.password
    const passwordHash = await hashPassword(password, randomBytes(16))
    const { result } = await store.transact(async (tx) => {
      const account = (await tx.get(accounts, wholeServer, setup.id))!
      const fresh: RootCredentials = { ...generated, email: account.email, ...root, password }
      await replaceKeys(tx, account, fresh, clock())
      await replaceSignIn(tx, account, fresh, { passwordHash, now: clock() })
      recorded(tx, account, fresh, options)
      return fresh
    })
    return result
  } finally {
    await store.close()
  }
}

async function replaceKeys(tx: Transaction, { id: accountId }: AccountRecord, fresh: RootCredentials, createdAt: number): Promise<void> {
  const { accessKeyId: id, secretAccessKey: secret } = fresh
  for (const old of await tx.all(accessKeys, 'owner', wholeServer, `${accountId}/${accountId}`)) {
    await tx.delete(accessKeys, wholeServer, old.id)
    await tx.delete(accessKeyLastUsed, wholeServer, old.id)
  }
  if ((await tx.get(accessKeys, wholeServer, id)) !== undefined) throw new StartError(`the access key ${id} belongs to somebody else`)
  await tx.put(accessKeys, wholeServer, { id, accountId, ownerId: accountId, secret, status: 'Active', createdAt })
}

async function replaceSignIn(
  tx: Transaction,
  account: AccountRecord,
  { email }: RootCredentials,
  { passwordHash, now }: { readonly passwordHash: string; readonly now: number },
): Promise<void> {
  const namesake = await tx.find(accounts, 'email', wholeServer, email)
  if (namesake !== undefined && namesake.id !== account.id)
    throw new StartError(`the e-mail address ${email} belongs to the root of account ${namesake.id}`)
  await tx.put(accounts, wholeServer, { ...account, email })
  await tx.put(rootPasswords, wholeServer, { accountId: account.id, hash: passwordHash, changedAt: now })
  for (const { id } of await tx.all(mfaDevices, 'owner', account.id, account.id)) await tx.delete(mfaDevices, account.id, id)
  await tx.delete(recoveryCodes, wholeServer, account.id)
  await endAll(tx, `${account.id}/${account.id}`)
}

const us = 'bailiwick.amazonaws.com'

function recorded(tx: Transaction, { id: accountId, email }: AccountRecord, fresh: RootCredentials, options: Recovery): void {
  const at = options.clock()
  const record: AuditEvent = {
    eventVersion: '1.11',
    userIdentity: { type: 'AWSService', invokedBy: us },
    eventTime: isoSeconds(at),
    eventSource: us,
    eventName: 'RecoverRoot',
    awsRegion: options.defaultRegion,
    sourceIPAddress: us,
    requestParameters: null,
    responseElements: null,
    serviceEventDetails: { accessKeyId: fresh.accessKeyId, email: fresh.email, emailBefore: email },
    requestID: options.uuid(),
    eventID: options.uuid(),
    readOnly: false,
    eventType: 'AwsServiceEvent',
    managementEvent: true,
    recipientAccountId: accountId,
    eventCategory: 'Management',
    bailiwick: { at, decisions: [], contexts: [] },
  }
  appendEvent(tx, { accountId, id: record.eventID, at, json: JSON.stringify(record) })
}
