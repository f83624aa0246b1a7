/** Switching the console to a role, and back: AssumeRole with what the signed-in session may do. */
import type { HttpResponse } from '@bailiwick/wire'
import { accounts, wholeServer } from '../accounts/account.js'
import { appendEvent } from '../audit/audit-trail.js'
import { sessionCaller } from '../callers/known-caller.js'
import { ApiError } from '../pipeline/api-error.js'
import { assumable } from '../sts/assumable-role.js'
import { eventLine } from './events.js'
import { eventOf, type SignedInVisit } from './home.js'
import { html } from './html.js'
import { alert, field, hidden, page, redirect } from './page.js'
import { claimsOf, type Seed, type SignInSession, signInSessions } from './session.js'
import { homePath, placeHere } from './visit.js'

interface Shown {
  readonly account: string
  readonly roleName: string
  readonly displayName: string
  readonly destination?: string
}

/** Links that name the role are as AWS has them: `?account=…&roleName=…&displayName=…`. */
export function showSwitchRole(visit: SignedInVisit): HttpResponse {
  return form(visit, given(visit, visit.query))
}

function given(visit: SignedInVisit, from: URLSearchParams): Shown {
  const text = (name: string): string => (from.get(name) ?? '').trim().slice(0, 512)
  const destination = placeHere(visit, from.get('destination'))
  return {
    account: text('account'),
    roleName: text('roleName'),
    displayName: text('displayName').slice(0, 64),
    ...(destination && { destination }),
  }
}

function form(
  { csrf }: SignedInVisit,
  { account, roleName, displayName, destination }: Shown,
  problem?: string,
  status = 200,
): HttpResponse {
  const invalid = problem !== undefined
  const body = html`${alert(problem)}
<p class="soft">You work with the role’s permissions until you switch back.</p>
<form method="post" action="/signin/switch-role">
${hidden('csrf', csrf)}${hidden('destination', destination)}
${field({ name: 'account', label: 'Account ID or alias', value: account, focus: account === '', invalid })}
${field({ name: 'roleName', label: 'Role name', hint: 'With its path, if it has one.', value: roleName, invalid })}
${field({ name: 'displayName', label: 'Display name (optional)', value: displayName, optional: true })}
<button type="submit">Switch role</button>
</form>
<p class="below"><a href="${homePath}">Cancel</a></p>`
  return page({ title: 'Switch role', body, status })
}

/** What a session of a role, which is chained, may have at most, and the least that AssumeRole gives. */
const chainedSeconds = 3600
const shortestSeconds = 900

export async function switchRole(visit: SignedInVisit): Promise<HttpResponse> {
  const asked = given(visit, visit.form)
  const { account, roleName, displayName, destination = homePath } = asked
  if (account === '' || roleName === '') return form(visit, asked, 'Fill in account and role.', 400)
  const { parts, now, session, connection } = visit
  const { record } = session
  const accountId = await accountIdOf(visit, account)
  const role = await assumed(visit, `arn:aws:iam::${accountId}:role/${roleName.replace(/^\//, '')}`)
  if (typeof role === 'string') return form(visit, asked, role, 400)
  const called = displayName === '' ? `${roleName} @ ${account}` : displayName
  await parts.store.transact(async (tx) => {
    const current = await tx.get(signInSessions, wholeServer, record.id)
    if (current === undefined) return
    const claims = claimsOf(parts, role.seed, role.expiresAt, now)
    const caller = await sessionCaller.compute(tx, JSON.stringify(claims))
    if (caller === undefined) return
    await tx.put(signInSessions, wholeServer, { ...current, role: { ...role, called } })
    const event = { ...eventOf('SwitchRole', { ...session, caller }), more: { SwitchFrom: session.caller.arn, RedirectTo: destination } }
    appendEvent(tx, eventLine(event, connection, parts.surroundings))
  })
  return redirect(destination)
}

async function accountIdOf({ parts }: SignedInVisit, text: string): Promise<string> {
  if (/^\d{12}$/.test(text)) return text
  const found = await (await parts.store.readAt('latest')).find(accounts, 'alias', wholeServer, text)
  // An alias that nobody has is denied like a role that nobody has.
  return found?.id ?? '000000000000'
}

/** The role's session; or why there is none, in the API's words. */
async function assumed(visit: SignedInVisit, RoleArn: string): Promise<{ readonly seed: Seed; readonly expiresAt: number } | string> {
  const { parts, now, session, connection } = visit
  const { seed, expiresAt } = session.record
  const reader = await parts.store.readAt('latest')
  // Always from who signed in, whatever role is on now: switching is no chain.
  const caller = await sessionCaller.compute(reader, JSON.stringify(claimsOf(parts, seed, expiresAt, now)))
  if (caller === undefined) return 'Sign in again.'
  const left = Math.floor((expiresAt - now) / 1000)
  const isUser = caller.principal.kind === 'user'
  // A user has the role for as long as the role lets sessions last, or for what is left of the user's own.
  const longest = isUser ? ((await reader.memo(assumable, RoleArn))?.role.maxSessionSeconds ?? chainedSeconds) : chainedSeconds
  const input = {
    RoleArn,
    RoleSessionName: caller.userName ?? seed.sessionName ?? 'root',
    DurationSeconds: Math.max(shortestSeconds, Math.min(longest, left)),
  }
  const switching = isUser ? { ...caller, session: { ...caller.session!, switchesRole: true as const } } : caller
  try {
    const { Credentials } = (await parts.call({
      service: 'sts',
      operation: 'AssumeRole',
      input,
      connection,
      caller: async () => switching,
    })) as {
      readonly Credentials: { readonly SessionToken: string }
    }
    return sealedIn(visit, Credentials.SessionToken)
  } catch (error) {
    if (error instanceof ApiError && error.code !== 'ServiceFailure') return error.message
    throw error
  }
}

/** What a token of ours says: a session to go on with. */
export function sealedIn({ parts }: Pick<SignedInVisit, 'parts'>, token: string): { readonly seed: Seed; readonly expiresAt: number } {
  const { accessKeyId: _, expiresAt, ...seed } = parts.surroundings.sessionTokens.open(token)!
  return { seed, expiresAt }
}

export async function switchBack(visit: SignedInVisit): Promise<HttpResponse> {
  const { parts, session, connection } = visit
  await parts.store.transact(async (tx) => {
    const current = await tx.get(signInSessions, wholeServer, session.record.id)
    if (current?.role === undefined) return
    const { role: _, ...own }: SignInSession = current
    await tx.put(signInSessions, wholeServer, own)
    appendEvent(tx, eventLine(eventOf('ExitRole', session), connection, parts.surroundings))
  })
  return redirect(homePath)
}
