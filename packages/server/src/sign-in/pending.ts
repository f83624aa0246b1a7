/** A sign-in that is under way: the password was right, and something else has to come. Sealed in a cookie, good for ten minutes. */
import type { HttpResponse } from '@bailiwick/wire'
import { finish } from './finish.js'
import { redirect } from './page.js'
import { type Seed, sessionMilliseconds } from './session.js'
import type { Visit } from './visit.js'

export interface Pending {
  readonly kind: 'user' | 'root'
  readonly accountId: string
  /** AIDA… of the user; the account id of a root. */
  readonly ownerId: string
  readonly userName?: string
  readonly passwordMark: string
  readonly needs: readonly ('mfa' | 'newPassword')[]
  readonly destination?: string
  readonly mfaAt?: number
  readonly mfaDevice?: string
}

const pendingSeconds = 600
const pages = { mfa: '/signin/mfa', newPassword: '/signin/new-password' } as const

/** To the next page that is needed, or in. */
export async function proceed(visit: Visit, pending: Pending): Promise<HttpResponse> {
  const [next] = pending.needs
  if (next === undefined) {
    const { passwordMark, destination, mfaDevice } = pending
    const way = { seed: seedOf(pending, visit.now), endsAt: visit.now + sessionMilliseconds, passwordMark }
    const done = await finish(visit, { ...way, ...(destination && { destination }), ...(mfaDevice && { mfaDevice }) })
    return done ?? startAgain(visit)
  }
  visit.setCookie('signing-in', visit.parts.sealer.seal('signing-in', pending, visit.now + pendingSeconds * 1000), pendingSeconds)
  return redirect(pages[next])
}

/** What is under way and waits for this; undefined when there is nothing of the kind. */
export function pendingFor({ parts, cookie, now }: Visit, need: Pending['needs'][number]): Pending | undefined {
  const pending = parts.sealer.open<Pending>('signing-in', cookie('signing-in'), now)
  return pending?.needs[0] === need ? pending : undefined
}

export function startAgain(visit: Visit): HttpResponse {
  visit.setCookie('signing-in')
  return redirect('/signin')
}

export const seedOf = ({ kind, accountId, ownerId, mfaAt }: Pending, now: number): Seed => ({
  kind,
  accountId,
  principalId: ownerId,
  issuedAt: now,
  signedIn: true,
  ...(mfaAt !== undefined && { mfaAt }),
})

/** For the event of a sign-in that failed. */
export const identityOf = ({ kind, accountId, ownerId, userName }: Pending): object =>
  kind === 'root'
    ? { type: 'Root', principalId: accountId, arn: `arn:aws:iam::${accountId}:root`, accountId }
    : { type: 'IAMUser', principalId: ownerId, accountId, userName }
