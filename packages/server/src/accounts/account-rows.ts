/**
 * Accounts and their quotas. Every account is a resource of the first one, so that an administrator of any other account is denied, even
 * with `*`. What an account is stands in `account.ts`.
 */
import { type BailiwickOperations, quotas } from '@bailiwick/model'
import { hashPassword } from '../credentials/password.js'
import type { AccountReader } from '../pipeline/account-store.js'
import type { Access, Operation, Rows } from '../pipeline/operation.js'
import { type AccountRecord, accounts, wholeServer } from './account.js'
import { newRootCredentials, putAccount } from './new-account.js'

type Op<Name extends keyof BailiwickOperations> = Operation<BailiwickOperations[Name]>
type Account = BailiwickOperations['GetAccount']['output']['Account']
type Quota = BailiwickOperations['PutAccountQuota']['output']['Quota']

const accountArn = (firstAccountId: string, id: string): string => `arn:aws:bailiwick::${firstAccountId}:account/${id}`

const theAccount: Access<{ readonly AccountId: string }> = {
  resource: async ({ AccountId }, { firstAccountId }) => ({ arn: accountArn(firstAccountId, AccountId), accountId: firstAccountId }),
}

/** Accounts that are not named, or do not exist yet. */
const anyAccount: Access<object> = {
  resource: async (input: { readonly AccountId?: string }, { firstAccountId }) => ({
    arn: accountArn(firstAccountId, input.AccountId ?? '*'),
    accountId: firstAccountId,
  }),
}

const shown = ({ id, name, email, status, createdAt }: AccountRecord, firstAccountId: string): Account => ({
  AccountId: id,
  AccountName: name,
  Email: email,
  Arn: accountArn(firstAccountId, id),
  Status: status,
  CreatedAt: new Date(createdAt),
})

type Fail = (code: 'AccountNotFoundException', message: string) => never

async function found(tx: AccountReader, id: string, fail: Fail): Promise<AccountRecord> {
  return (await tx.of(wholeServer).get(accounts, id)) ?? fail('AccountNotFoundException', `There is no account ${id}.`)
}

const mostTries = 20

const createAccount: Op<'CreateAccount'> = {
  mode: 'write',
  access: anyAccount,
  shows: { input: ['AccountName', 'Email', 'AccountId'], output: ['Account'] },
  async prepare({ AccountName, Email, AccountId }, { tx, now, fail, surroundings }) {
    const { firstAccountId, randomBytes } = surroundings
    const id = AccountId ?? (await freeAccountId(tx, randomBytes))
    await checkFree(tx, id, Email, fail)
    const root = newRootCredentials(id, Email, randomBytes)
    const passwordHash = await hashPassword(root.password, randomBytes(16))
    return async ({ tx }) => {
      await checkFree(tx, id, Email, fail)
      const record = await tx.whole((transaction) =>
        putAccount(
          transaction,
          { id, name: AccountName, email: Email, accessKeyId: root.accessKeyId, secretAccessKey: root.secretAccessKey, passwordHash },
          now,
        ),
      )
      return {
        Account: shown(record, firstAccountId),
        RootCredentials: { AccessKeyId: root.accessKeyId, SecretAccessKey: root.secretAccessKey, Email, Password: root.password },
      }
    }
  },
}

async function checkFree(
  tx: AccountReader,
  id: string,
  email: string,
  fail: (code: 'AccountAlreadyExistsException', message: string) => never,
): Promise<void> {
  const server = tx.of(wholeServer)
  if (await server.find(accounts, 'email', email))
    fail('AccountAlreadyExistsException', `An account with the e-mail address ${email} already exists.`)
  if (await server.get(accounts, id)) fail('AccountAlreadyExistsException', `The account ${id} already exists.`)
}

async function freeAccountId(tx: AccountReader, randomBytes: (length: number) => Uint8Array): Promise<string> {
  for (let tries = 0; tries < mostTries; tries++) {
    const drawn = twelveDigits(randomBytes(12))
    if ((await tx.of(wholeServer).get(accounts, drawn)) === undefined) return drawn
  }
  throw new Error('no free account id was drawn')
}

const twelveDigits = (random: Uint8Array): string => Array.from(random, (byte) => byte % 10).join('')

const getAccount: Op<'GetAccount'> = {
  mode: 'read',
  access: theAccount,
  shows: { input: ['AccountId'] },
  async run({ AccountId }, { tx, fail, surroundings }) {
    return { Account: shown(await found(tx, AccountId, fail), surroundings.firstAccountId) }
  },
}

const defaultPage = 100

const listAccounts: Op<'ListAccounts'> = {
  mode: 'read',
  access: anyAccount,
  shows: { input: ['maxResults', 'nextToken'] },
  async run({ maxResults = defaultPage, nextToken }, { tx, surroundings }) {
    const { items, next } = await tx
      .of(wholeServer)
      .list(accounts, 'all', { limit: maxResults, ...(nextToken !== undefined && { after: nextToken }) })
    return { Accounts: items.map((account) => shown(account, surroundings.firstAccountId)), ...(next !== undefined && { nextToken: next }) }
  },
}

/** Closed for good: its credentials stop at once, its data stays for the audit. */
const closeAccount: Op<'CloseAccount'> = {
  mode: 'write',
  access: theAccount,
  shows: { input: ['AccountId'], output: ['Account'] },
  async run({ AccountId }, { tx, fail, surroundings }) {
    const account = await found(tx, AccountId, fail)
    if (AccountId === surroundings.firstAccountId)
      fail('InvalidParameterException', 'The first account cannot be closed: the others belong to it.')
    if (account.status === 'CLOSED') fail('AccountClosedException', `The account ${AccountId} is closed already.`)
    const closed: AccountRecord = { ...account, status: 'CLOSED' }
    await tx.of(wholeServer).put(accounts, closed)
    return { Account: shown(closed, surroundings.firstAccountId) }
  },
}

const shownQuota = (name: string, account: AccountRecord): Quota => {
  const { default: usual, adjustable } = quotas.get(name)!
  return { QuotaName: name, Value: account.quotas?.[name] ?? usual, Default: usual, Adjustable: adjustable }
}

const listAccountQuotas: Op<'ListAccountQuotas'> = {
  mode: 'read',
  access: theAccount,
  shows: { input: ['AccountId'] },
  async run({ AccountId }, { tx, fail }) {
    const account = await found(tx, AccountId, fail)
    return { Quotas: [...quotas.keys()].map((name) => shownQuota(name, account)) }
  },
}

const putAccountQuota: Op<'PutAccountQuota'> = {
  mode: 'write',
  access: theAccount,
  shows: { input: ['AccountId', 'QuotaName', 'Value'], output: ['Quota'] },
  async run({ AccountId, QuotaName, Value }, { tx, fail }) {
    const account = await found(tx, AccountId, fail)
    const row = quotas.get(QuotaName)
    if (row === undefined) return fail('InvalidParameterException', `There is no quota ${QuotaName}.`)
    if (!row.adjustable) fail('InvalidParameterException', `The quota ${QuotaName} is fixed.`)
    if (account.status === 'CLOSED') fail('AccountClosedException', `The account ${AccountId} is closed.`)
    const changed: AccountRecord = { ...account, quotas: { ...account.quotas, [QuotaName]: Value } }
    await tx.of(wholeServer).put(accounts, changed)
    return { Quota: shownQuota(QuotaName, changed) }
  },
}

export const accountRows: Rows<
  BailiwickOperations,
  'CreateAccount' | 'GetAccount' | 'ListAccounts' | 'CloseAccount' | 'ListAccountQuotas' | 'PutAccountQuota'
> = {
  CreateAccount: createAccount,
  GetAccount: getAccount,
  ListAccounts: listAccounts,
  CloseAccount: closeAccount,
  ListAccountQuotas: listAccountQuotas,
  PutAccountQuota: putAccountQuota,
}
