/** Who is signed in, for people and for the console; the credentials that the console works with; and the ways out. */
import type { HttpResponse } from '@bailiwick/wire'
import { accounts, wholeServer } from '../accounts/account.js'
import { appendEvent } from '../audit/audit-trail.js'
import { userIdentity } from '../audit/user-identity.js'
import { isoSeconds } from '../pipeline/time-text.js'
import { eventLine, type SignInEvent } from './events.js'
import { html } from './html.js'
import { hidden, json, page, redirect } from './page.js'
import { credentialsOf, endAll, type OpenSession, signInSessions } from './session.js'
import type { Visit } from './visit.js'

/** A visit of somebody who is signed in. */
export type SignedInVisit = Visit & { readonly session: OpenSession }

export async function showHome(visit: SignedInVisit): Promise<HttpResponse> {
  const { csrf, session, parts } = visit
  const { caller, record } = session
  const account = await (await parts.store.readAt('latest')).get(accounts, wholeServer, caller.accountId)
  const role = record.role !== undefined && record.role.expiresAt > visit.now ? record.role : undefined
  const body = html`<dl>
<dt>Account</dt><dd>${caller.accountId}${account?.alias !== undefined && ` (${account.alias})`}</dd>
<dt>You are</dt><dd><code>${caller.arn}</code></dd>
<dt>MFA</dt><dd>${record.seed.mfaAt === undefined ? 'not used' : 'used'}</dd>
<dt>Signed in until</dt><dd>${isoSeconds(role?.expiresAt ?? record.expiresAt)
    .replace('T', ' ')
    .replace('Z', ' UTC')}</dd>
</dl>
<div class="actions">
${role !== undefined && post('/signin/switch-back', csrf, `Switch back from ${role.called}`)}
<form method="get" action="/signin/switch-role"><button class="plain">Switch role</button></form>
${record.seed.signedIn === true && html`<form method="get" action="/signin/security"><button class="plain">${caller.principal.kind === 'root' ? 'Security keys and recovery codes' : 'Security keys'}</button></form>`}
${post('/signin/sign-out', csrf, 'Sign out')}
${post('/signin/sign-out-everywhere', csrf, 'Sign out everywhere')}
</div>`
  return page({ title: 'You are signed in', body })
}

const post = (action: string, csrf: string, label: string) =>
  html`<form method="post" action="${action}">${hidden('csrf', csrf)}<button class="plain">${label}</button></form>`

/** For the console: who is signed in, and what its calls to `/signin/credentials` have to bring. */
export function showSession({ session, csrf }: SignedInVisit): HttpResponse {
  const { caller, record } = session
  return json(200, {
    accountId: caller.accountId,
    arn: caller.arn,
    ...(caller.userName !== undefined && { userName: caller.userName }),
    ...(record.role !== undefined && caller.principal.kind === 'role' && { role: record.role.called }),
    mfa: record.seed.mfaAt !== undefined,
    expiresAt: new Date(record.expiresAt).toISOString(),
    csrfToken: csrf,
  })
}

/** Temporary credentials of the session, good for a quarter of an hour. */
export function giveCredentials({ parts, session }: SignedInVisit): HttpResponse {
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = credentialsOf(parts, session.claims)
  return json(200, { AccessKeyId, SecretAccessKey, SessionToken, Expiration })
}

export async function signOut(visit: SignedInVisit): Promise<HttpResponse> {
  const { parts, session, connection } = visit
  await parts.store.transact(async (tx) => {
    await tx.delete(signInSessions, wholeServer, session.record.id)
    appendEvent(tx, eventLine(eventOf('Logout', session), connection, parts.surroundings))
  })
  visit.setCookie('session')
  return redirect('/signin')
}

export async function signOutEverywhere(visit: SignedInVisit): Promise<HttpResponse> {
  const { parts, session, connection } = visit
  await parts.store.transact(async (tx) => {
    const ended = await endAll(tx, session.record.owner)
    appendEvent(tx, eventLine({ ...eventOf('Logout', session), more: { SessionsEnded: ended } }, connection, parts.surroundings))
  })
  visit.setCookie('session')
  return redirect('/signin')
}

export function eventOf(name: SignInEvent['name'], { caller }: OpenSession): SignInEvent {
  return { name, accountId: caller.accountId, userIdentity: userIdentity(caller) }
}
