/** The first account, and what a store is told of itself at its very first start. */
import { defineTable, type Store } from '@bailiwick/store'
import { accounts, wholeServer } from './accounts/account.js'
import { type NewAccount, newRootCredentials, putAccount, type RootCredentials } from './accounts/new-account.js'
import { hashPassword } from './credentials/password.js'

export class StartError extends Error {
  override readonly name = 'StartError'
}

/** How the store was first set up, so that a reset can do it again; the secrets in it are sealed like all others. */
export interface Setup extends NewAccount {
  readonly key: 'setup'
  readonly storeId: string
  readonly dev: boolean
}

export const setups = defineTable<Setup>()({ name: 'setup', key: ({ key }) => key, indexes: {}, secret: ['secretAccessKey', 'storeId'] })

export interface SetupOptions {
  readonly accountId: string
  /** What the root of the account is opened with; what is missing is generated. */
  readonly root: Partial<RootCredentials>
  /** The store was, or is to be, made for development: it can be reset, and no other start may use it. */
  readonly dev: boolean
  readonly clock: () => number
  readonly randomBytes: (length: number) => Uint8Array
  /** A version 4 UUID. */
  readonly uuid: () => string
}

/** Opens the first account, at the very first start. Throws `StartError` for a store that was made for the other kind of start. */
export async function setUp(store: Store, options: SetupOptions): Promise<{ setup: Setup; firstStart?: RootCredentials }> {
  const before = await (await store.readAt('latest')).get(setups, wholeServer, 'setup')
  if (before !== undefined) {
    if (before.dev && !options.dev) throw new StartError('this store was made with --dev and only serves with --dev')
    if (!before.dev && options.dev) throw new StartError('--dev refuses a store that it did not make')
    return { setup: before }
  }
  const { accountId, randomBytes, root, dev, clock } = options
  const generated = newRootCredentials(accountId, `root@${accountId}.example.com`, randomBytes)
  const firstStart = { ...generated, ...root }
  const setup: Setup = {
    key: 'setup',
    storeId: options.uuid(),
    dev,
    id: accountId,
    name: 'root account',
    email: firstStart.email,
    accessKeyId: firstStart.accessKeyId,
    secretAccessKey: firstStart.secretAccessKey,
    passwordHash: await hashPassword(firstStart.password, randomBytes(16)),
  }
  const written = await writeSetup(store, setup, clock())
  return written ? { setup, firstStart } : setUp(store, options)
}

/** Empties the store and sets it up as it was at first; under another id, so that what was sealed for it before is worth nothing. */
export async function setUpAgain(store: Store, { uuid, clock }: SetupOptions): Promise<Setup> {
  const before = (await (await store.readAt('latest')).get(setups, wholeServer, 'setup'))!
  await store.reset()
  const setup: Setup = { ...before, storeId: uuid() }
  await writeSetup(store, setup, clock())
  return setup
}

/** False when another node was faster. */
async function writeSetup(store: Store, setup: Setup, now: number): Promise<boolean> {
  const { result } = await store.transact(async (tx) => {
    if ((await tx.get(accounts, wholeServer, setup.id)) !== undefined) return false
    await tx.put(setups, wholeServer, setup)
    await putAccount(tx, setup, now)
    return true
  })
  return result
}
