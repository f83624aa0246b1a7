/** Whether a password opens the console: for a user of an account, or for its root. Sign-in asks here and nowhere else. */
import { wholeServer } from '../accounts/account.js'
import { rootPasswords } from '../accounts/new-account.js'
import { hashPassword, matchesHash } from '../credentials/password.js'
import { hashesIn } from '../iam/login-profiles/login-profiles.js'
import { thePasswordPolicy } from '../iam/password-policy/password-policy.js'
import { loginProfiles, type UserRecord, users } from '../iam/records.js'
import type { AccountReader, AccountTransaction } from '../pipeline/account-store.js'

/** A wrong password, a user without one and no such user are one and the same to whoever tries, in the time they take too. */
export type PasswordCheck<Who> =
  | { readonly outcome: 'refused' }
  | {
      /**
       * `mustChange`: a new password has to be set before anything else, since it was given for one use, or has expired. `locked`: it has
       * expired, and the account lets only an administrator set another.
       */
      readonly outcome: 'accepted' | 'mustChange' | 'locked'
      readonly who: Who
    }

const dayMilliseconds = 86_400_000

/** `now` is epoch milliseconds. Throws `Throttling` when too many passwords are being checked. */
export async function checkUserPassword(
  tx: AccountReader,
  userName: string,
  password: string,
  now: number,
): Promise<PasswordCheck<UserRecord>> {
  const who = await tx.find(users, 'name', userName)
  const profile = who && (await tx.get(loginProfiles, who.id))
  const matches = await matchesHash(password, profile === undefined ? await nobodysHash() : hashesIn(profile.hashes)[0]!)
  if (profile === undefined || !matches) return { outcome: 'refused' }
  const { maxAgeDays = 0, hardExpiry = false } = (await thePasswordPolicy(tx)) ?? {}
  const isExpired = maxAgeDays > 0 && now >= profile.changedAt + maxAgeDays * dayMilliseconds
  if (isExpired && hardExpiry) return { outcome: 'locked', who: who! }
  return { outcome: isExpired || profile.resetRequired ? 'mustChange' : 'accepted', who: who! }
}

/** Of the account's root user. Password policies do not apply to it. */
export async function checkRootPassword(tx: AccountReader, password: string): Promise<PasswordCheck<'root'>> {
  const found = await tx.of(wholeServer).get(rootPasswords, tx.accountId)
  const matches = await matchesHash(password, found?.hash ?? (await nobodysHash()))
  return found !== undefined && matches ? { outcome: 'accepted', who: 'root' } : { outcome: 'refused' }
}

const notedEveryMilliseconds = 5 * 60_000

/** Notes on the user that its password was used: at most once in a while (iam-behaviour §8). */
export async function notePasswordUsed(tx: AccountTransaction, userId: string, now: number): Promise<void> {
  const user = await tx.get(users, userId)
  if (user === undefined || now - (user.passwordLastUsedAt ?? -Infinity) < notedEveryMilliseconds) return
  await tx.put(users, { ...user, passwordLastUsedAt: now })
}

let kept: Promise<string> | undefined

/** Stands in for the hash of a user that has none. */
const nobodysHash = (): Promise<string> => (kept ??= hashPassword('', new Uint8Array(16)))
