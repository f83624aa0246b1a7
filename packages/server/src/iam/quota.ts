/** The quotas of an account: the default, or what the operator raised it to. */
import { quotas } from '@bailiwick/model'
import { accounts, wholeServer } from '../accounts/account.js'
import type { AccountReader } from '../pipeline/account-store.js'

export async function quota(tx: AccountReader, name: string): Promise<number> {
  const row = quotas.get(name)
  if (row === undefined) throw new Error(`no quota is called ${name}`)
  const account = await tx.of(wholeServer).get(accounts, tx.accountId)
  return account?.quotas?.[name] ?? row.default
}

type Fail = (code: 'LimitExceeded', message: string) => never

/** Refuses one more when there are `now` already. */
export async function checkQuota(tx: AccountReader, name: string, now: number, fail: Fail): Promise<void> {
  const most = await quota(tx, name)
  if (now >= most) fail('LimitExceeded', `Cannot exceed quota for ${name}: ${most}`)
}
