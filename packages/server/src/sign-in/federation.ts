/** Signing in with credentials instead of a password: an identity broker trades them for a token, and sends the browser here with it. */

import { timingSafeEqual } from 'node:crypto'
import type { HttpResponse } from '@bailiwick/wire'
import { userIdentity } from '../audit/user-identity.js'
import { sessionCaller } from '../callers/known-caller.js'
import type { SessionClaims } from '../credentials/session-token.js'
import { eventLine } from './events.js'
import { finish } from './finish.js'
import { html } from './html.js'
import { json, page, redirect } from './page.js'
import type { Seed } from './session.js'
import { homePath, placeHere, type Visit } from './visit.js'

/** What `getSigninToken` seals: the session of the console to be, and when that ends. */
interface Ticket {
  readonly seed: Seed
  readonly endsAt: number
}

const ticketMilliseconds = 15 * 60_000

type Action = (visit: Visit, given: URLSearchParams) => Promise<HttpResponse> | HttpResponse

const actions: ReadonlyMap<string, Action> = new Map<string, Action>([
  ['getSigninToken', getSigninToken],
  ['login', login],
  ['logout', () => redirect('/signin/home')],
])

/** By GET and by POST alike, as AWS takes it. */
export function federation(visit: Visit): Promise<HttpResponse> | HttpResponse {
  const given = new URLSearchParams([...visit.query, ...visit.form])
  const action = actions.get(given.get('Action') ?? '')
  return action === undefined ? refused('The Action is none that this place knows.') : action(visit, given)
}

const refused = (message: string): HttpResponse => json(400, { message })

const invalidSession = 'The Session does not hold valid temporary credentials.'
const shortest = 900
const longest = 43_200

async function getSigninToken(visit: Visit, given: URLSearchParams): Promise<HttpResponse> {
  const { parts, now, connection } = visit
  const claims = claimsIn(visit, given.get('Session'))
  const caller = claims && (await sessionCaller.compute(await parts.store.readAt('latest'), JSON.stringify(claims)))
  if (claims === undefined || caller === undefined) {
    // Nobody finds credentials by trying: who fails is stopped, and good ones pass whatever failed before them.
    if (!parts.attempts.begin({ sourceIp: connection.sourceIp, target: 'federation' })) return json(429, { message: 'Rate exceeded' })
    parts.audit.stranger(connection, 'GetSigninToken')
    return refused(invalidSession)
  }
  if (claims.kind !== 'role' && claims.kind !== 'federatedUser') {
    return refused('The credentials must come from AssumeRole, AssumeRoleWithSAML, AssumeRoleWithWebIdentity or GetFederationToken.')
  }
  const seconds = durationIn(given, claims)
  if (typeof seconds === 'string') return refused(seconds)
  const { accessKeyId: _, signInSessionArn: __, expiresAt, ...own } = claims
  const seed: Seed = { ...own, ...(claims.kind === 'federatedUser' && { atConsole: true }) }
  const ticket: Ticket = { seed, endsAt: seconds === undefined ? expiresAt : now + seconds * 1000 }
  const event = { name: 'GetSigninToken', accountId: caller.accountId, userIdentity: userIdentity(caller) } as const
  await parts.audit.record(eventLine(event, connection, parts.surroundings))
  return json(200, { SigninToken: parts.sealer.seal('ticket', ticket, Math.min(now + ticketMilliseconds, ticket.endsAt)) })
}

/** Seconds that were asked for; or what is wrong with them. */
function durationIn(given: URLSearchParams, { kind, chained }: SessionClaims): number | string | undefined {
  const text = given.get('SessionDuration')
  if (text === null) return undefined
  const seconds = /^\d{1,5}$/.test(text) ? Number(text) : 0
  if (seconds < shortest || seconds > longest) return `The SessionDuration must be a number of seconds from ${shortest} to ${longest}.`
  if (kind !== 'role') return 'SessionDuration does not go with credentials from GetFederationToken.'
  if (chained) return 'SessionDuration does not go with credentials from role chaining, or from a session of the console.'
  return seconds
}

/** Undefined unless key, secret and token are those of one session of ours that has not expired. */
function claimsIn({ parts, now }: Visit, text: string | null): SessionClaims | undefined {
  const { sessionId, sessionKey, sessionToken } = credentialsIn(text)
  const { sessionTokens } = parts.surroundings
  const claims = sessionToken === undefined ? undefined : sessionTokens.open(sessionToken)
  if (claims === undefined || claims.accessKeyId !== sessionId || claims.expiresAt <= now) return undefined
  const [given, right] = [Buffer.from(sessionKey ?? ''), Buffer.from(sessionTokens.secretFor(claims.accessKeyId))]
  return given.length === right.length && timingSafeEqual(given, right) ? claims : undefined
}

type Given = Partial<Record<'sessionId' | 'sessionKey' | 'sessionToken', string>>

function credentialsIn(text: string | null): Given {
  try {
    const value: unknown = JSON.parse(text ?? '')
    if (typeof value !== 'object' || value === null) return {}
    return Object.fromEntries(Object.entries(value).filter(([, member]) => typeof member === 'string'))
  } catch {
    return {}
  }
}

async function login(visit: Visit, given: URLSearchParams): Promise<HttpResponse> {
  const ticket = visit.parts.sealer.open<Ticket>('ticket', given.get('SigninToken') ?? undefined, visit.now)
  if (ticket === undefined) return problem('The sign-in token is not valid, or has expired.')
  const destination = destinationOf(visit, given.get('Destination'))
  if (destination === undefined) return problem('The Destination is not a place of this server.')
  const done = await finish(visit, { ...ticket, destination })
  return done ?? problem('The credentials behind the sign-in token are no longer good.')
}

const problem = (message: string): HttpResponse =>
  page({ title: 'You could not be signed in', body: html`<p>${message}</p><p><a href="/signin">Sign in another way</a></p>`, status: 400 })

/** Brokers written for AWS name AWS's console: here it is ours. */
const awsConsole = /^https:\/\/(?:[a-z0-9-]+\.)?console\.aws\.amazon\.com(?:\/|$)/

export const destinationOf = (visit: Visit, text: string | null): string | undefined =>
  text === null || text === '' || awsConsole.test(text) ? homePath : placeHere(visit, text)
