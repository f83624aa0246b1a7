/** The end of every way in: a session in the store, a cookie with nothing that was there before, and the event. */
import type { HttpResponse } from '@bailiwick/wire'
import { appendEvent } from '../audit/audit-trail.js'
import { userIdentity } from '../audit/user-identity.js'
import { sessionCaller } from '../callers/known-caller.js'
import { AccountTransaction } from '../pipeline/account-store.js'
import { eventLine } from './events.js'
import { redirect } from './page.js'
import { claimsOf, ownerOf, passwordMarkOf, putSession, type Seed } from './session.js'
import { notePasswordUsed } from './sign-in-password.js'
import { homePath, mfaShown, passwordShown, rememberBrowser, type Visit } from './visit.js'

export interface WayIn {
  readonly seed: Seed
  readonly endsAt: number
  readonly destination?: string
  /** What the password was when it was checked. Without one there was no password. */
  readonly passwordMark?: string
  /** The serial number of the MFA device. */
  readonly mfaDevice?: string
}

export const newSecret = ({ parts }: Visit): string => Buffer.from(parts.surroundings.randomBytes(32)).toString('base64url')

/** Undefined when the password was changed meanwhile, or who signs in is gone. */
export async function finish(visit: Visit, way: WayIn): Promise<HttpResponse | undefined> {
  const { parts, now, connection } = visit
  const { seed, endsAt, passwordMark, mfaDevice, destination = homePath } = way
  const secret = newSecret(visit)
  const { result: done } = await parts.store.transact(async (tx) => {
    if (passwordMark !== undefined && (await passwordMarkOf(tx, seed)) !== passwordMark) return false
    const caller = await sessionCaller.compute(tx, JSON.stringify(claimsOf(parts, seed, endsAt, now)))
    if (caller === undefined) return false
    const mark = passwordMark === undefined ? {} : { passwordMark }
    await putSession(tx, { kind: 'browser', seed, expiresAt: endsAt, ...mark }, { now, secret })
    if (seed.kind === 'user') await notePasswordUsed(new AccountTransaction(tx, seed.accountId), seed.principalId, now)
    const more = {
      LoginTo: destination,
      MobileVersion: 'No',
      MFAUsed: mfaDevice === undefined ? 'No' : 'Yes',
      ...(mfaDevice !== undefined && { MFAIdentifier: mfaDevice }),
    }
    const { accessKeyId: _, ...identity } = userIdentity(caller) as { readonly accessKeyId?: string }
    appendEvent(
      tx,
      eventLine({ name: 'ConsoleLogin', accountId: seed.accountId, userIdentity: identity, more }, connection, parts.surroundings),
    )
    return true
  })
  if (!done) return undefined
  visit.setCookie('signing-in')
  visit.setCookie('session', secret, Math.ceil((endsAt - now) / 1000))
  const owner = ownerOf(seed)
  const shown = [passwordMark !== undefined && passwordShown(owner, passwordMark), mfaDevice !== undefined && mfaShown(owner)]
  rememberBrowser(
    visit,
    shown.filter((each) => each !== false),
  )
  return redirect(destination)
}
