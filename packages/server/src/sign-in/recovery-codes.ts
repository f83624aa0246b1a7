/** Recovery codes of an account's root: in place of a lost MFA device, each once. Users have none: an administrator takes a device away. */
import { defineTable, type Transaction } from '@bailiwick/store'
import { wholeServer } from '../accounts/account.js'
import { base32 } from '../credentials/base32.js'
import { digest } from './sealed.js'

interface RecoveryCodes {
  readonly accountId: string
  /** Digests of those that were not used; a code is too long to be found from one. */
  readonly digests: readonly string[]
}

export const recoveryCodes = defineTable<RecoveryCodes>()({
  name: 'sign-in.recovery-codes',
  key: ({ accountId }) => accountId,
  indexes: {},
})

const howMany = 10
const codeBytes = 10

/** Sixteen letters and digits in fours, 80 bits of chance each. Those from before are no longer good. */
export async function newRecoveryCodes(
  tx: Transaction,
  accountId: string,
  randomBytes: (length: number) => Uint8Array,
): Promise<readonly string[]> {
  const codes = Array.from({ length: howMany }, () => base32(randomBytes(codeBytes)))
  await tx.put(recoveryCodes, wholeServer, { accountId, digests: codes.map((code) => digest(`${accountId} ${code}`)) })
  return codes.map((code) => code.match(/.{4}/g)!.join('-'))
}

/** Whether it was a code of the account's, which it then is no longer. */
export async function useRecoveryCode(tx: Transaction, accountId: string, typed: string): Promise<boolean> {
  const found = await tx.get(recoveryCodes, wholeServer, accountId)
  const used = digest(`${accountId} ${typed.toUpperCase().replace(/[^A-Z2-7]/g, '')}`)
  if (found === undefined || !found.digests.includes(used)) return false
  await tx.put(recoveryCodes, wholeServer, { accountId, digests: found.digests.filter((other) => other !== used) })
  return true
}
