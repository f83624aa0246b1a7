/**
 * Who is signed in: records of the store, so that every node knows them and they can be ended. The store keeps a digest of what the browser
 * holds. A session of the console is a source of temporary credentials, and the console uses nothing else.
 */
import { makeId } from '@bailiwick/model'
import { defineTable, type Reader, type Transaction } from '@bailiwick/store'
import { wholeServer } from '../accounts/account.js'
import { rootPasswords } from '../accounts/new-account.js'
import { sessionCaller } from '../callers/known-caller.js'
import type { SessionClaims } from '../credentials/session-token.js'
import { loginProfiles } from '../iam/records.js'
import type { Caller } from '../pipeline/caller.js'
import { sealedSession } from '../sts/sealed-session.js'
import type { SignInParts } from './parts.js'
import { digest } from './sealed.js'

/** What the credentials of a session say, before they are made. */
export type Seed = Omit<SessionClaims, 'accessKeyId' | 'expiresAt'>

export interface SignInSession {
  /** Digest of what its holder has: a browser's cookie, a code, or a refresh token. */
  readonly id: string
  readonly kind: 'browser' | 'code' | 'refresh'
  /** `ACCOUNT/principal id`, of a role and of a federated user with `:session name`. */
  readonly owner: string
  readonly seed: Seed
  /** Of the password that it was opened with: another password ends the session. Absent where there was none. */
  readonly passwordMark?: string
  readonly expiresAt: number
  /** A role that the console was switched to. */
  readonly role?: { readonly seed: Seed; readonly expiresAt: number; readonly called: string }
  /** Of a code or a refresh token (`aws login`). */
  readonly grant?: Grant
}

export interface Grant {
  readonly clientId: string
  /** When the last of its credentials end. */
  readonly endsAt: number
  readonly redirectUri?: string
  /** Base64url of the SHA-256 of the verifier. */
  readonly challenge?: string
  /** Thumbprint of the client's key: only its holder may refresh. */
  readonly keyThumbprint?: string
}

export const signInSessions = defineTable<SignInSession>()({
  name: 'sign-in.session',
  key: ({ id }) => id,
  indexes: { owner: { values: ({ owner }) => [owner] } },
})

/** As long as a session may last, and a working day. */
export const sessionMilliseconds = 12 * 3_600_000
const credentialMilliseconds = 15 * 60_000
const mostOfOwner = 100

/** A role's sessions belong to whoever has the session name. */
export const ownerOf = ({ accountId, principalId, sessionName }: Pick<Seed, 'accountId' | 'principalId' | 'sessionName'>): string =>
  `${accountId}/${principalId}${sessionName === undefined ? '' : `:${sessionName}`}`

/** Of the password that the owner has now; undefined when there is none. */
export async function passwordMarkOf(reader: Reader, { kind, accountId, principalId }: Seed): Promise<string | undefined> {
  if (kind === 'root') {
    const found = await reader.get(rootPasswords, wholeServer, accountId)
    return found && digest(found.hash)
  }
  const profile = await reader.get(loginProfiles, accountId, principalId)
  return profile && digest(profile.hashes.split('\n')[0]!)
}

/** Answers what its holder is to keep. Sessions of the same owner that have expired are cleared away; of too many the oldest ends. */
export async function putSession(
  tx: Transaction,
  session: Omit<SignInSession, 'id' | 'owner'>,
  { now, secret }: { readonly now: number; readonly secret: string },
): Promise<SignInSession> {
  const owner = ownerOf(session.seed)
  const others = [...(await tx.all(signInSessions, 'owner', wholeServer, owner))].sort((a, b) => a.expiresAt - b.expiresAt)
  const tooMany = others.length - mostOfOwner + 1
  for (const [at, other] of others.entries()) {
    if (other.expiresAt <= now || at < tooMany) await tx.delete(signInSessions, wholeServer, other.id)
  }
  const record = { ...session, id: digest(secret), owner }
  await tx.put(signInSessions, wholeServer, record)
  return record
}

export interface OpenSession {
  readonly record: SignInSession
  /** Who acts: the role that was switched to, or who signed in. */
  readonly caller: Caller
  readonly claims: SessionClaims
}

export async function openSession(
  parts: SignInParts,
  secret: string | undefined,
  now: number,
  kind: SignInSession['kind'] = 'browser',
): Promise<OpenSession | undefined> {
  if (secret === undefined || secret === '') return undefined
  const reader = await parts.store.readAt('latest')
  const record = await reader.get(signInSessions, wholeServer, digest(secret))
  return record?.kind === kind ? sessionOf(parts, reader, record, now) : undefined
}

/** Undefined when it is over: by time, by another password, or because its principal or account is gone. */
export async function sessionOf(parts: SignInParts, reader: Reader, record: SignInSession, now: number): Promise<OpenSession | undefined> {
  if (record.expiresAt <= now) return undefined
  if (record.passwordMark !== undefined && record.passwordMark !== (await passwordMarkOf(reader, record.seed))) return undefined
  const own = claimsOf(parts, record.seed, record.expiresAt, now)
  const ownCaller = await sessionCaller.compute(reader, JSON.stringify(own))
  if (ownCaller === undefined) return undefined
  const { role } = record
  if (role === undefined) return { record, caller: ownCaller, claims: own }
  const claims = claimsOf(parts, role.seed, Math.min(role.expiresAt, record.expiresAt), now)
  const caller = role.expiresAt <= now ? undefined : await sessionCaller.compute(reader, JSON.stringify(claims))
  if (caller !== undefined) return { record, caller, claims }
  // The console goes back to who signed in. A command line was let act as the role, and as nobody else.
  return record.kind === 'browser' ? { record, caller: ownCaller, claims: own } : undefined
}

/** A transaction of who is signed in, as that is by then; undefined when the session was ended meanwhile. */
export async function whileOpen<T>(
  parts: SignInParts,
  { record: { id } }: OpenSession,
  now: number,
  work: (tx: Transaction, session: OpenSession) => Promise<T>,
): Promise<T | undefined> {
  const { result } = await parts.store.transact(async (tx) => {
    const record = await tx.get(signInSessions, wholeServer, id)
    const open = record && (await sessionOf(parts, tx, record, now))
    return open && work(tx, open)
  })
  return result
}

/**
 * Times are kept: `aws:TokenIssueTime` is when the session began, so that revoking a role's sessions reaches these too. They are not traded for
 * a longer session, or a session could outlive every limit.
 */
export const claimsOf = ({ surroundings }: SignInParts, seed: Seed, endsAt: number, now: number): SessionClaims => ({
  ...seed,
  ...(seed.kind === 'role' && { chained: true as const }),
  accessKeyId: makeId('temporaryAccessKey', seed.accountId, surroundings.randomBytes(20)),
  expiresAt: Math.min(now + credentialMilliseconds, endsAt),
})

export const credentialsOf = ({ surroundings }: SignInParts, claims: SessionClaims): ReturnType<typeof sealedSession> =>
  sealedSession(surroundings, claims, (_, message) => {
    throw new Error(message)
  })

/** Ends every session of the owner: in browsers, codes, and what `aws login` holds. */
export async function endAll(tx: Transaction, owner: string): Promise<number> {
  const all = await tx.all(signInSessions, 'owner', wholeServer, owner)
  for (const { id } of all) await tx.delete(signInSessions, wholeServer, id)
  return all.length
}
