/** `aws login`, the part in the browser: who is signed in lets the command line act in their place, and it gets a code to fetch credentials with. */
import type { Transaction } from '@bailiwick/store'
import type { HttpResponse } from '@bailiwick/wire'
import { appendEvent } from '../audit/audit-trail.js'
import type { Line } from '../audit/event-text.js'
import { commonContext, decideOn } from '../pipeline/authorize.js'
import type { Caller } from '../pipeline/caller.js'
import { eventLine } from './events.js'
import { newSecret } from './finish.js'
import { eventOf, type SignedInVisit } from './home.js'
import { html } from './html.js'
import { hidden, page, redirect } from './page.js'
import { type OpenSession, putSession, type Seed, type SignInSession, whileOpen } from './session.js'
import type { Visit } from './visit.js'

/** The two clients there are, with the resource that policies name them by. */
const clients: ReadonlyMap<
  string,
  { readonly resource: string; readonly isPlace: (url: string, ownPlaces: readonly string[]) => boolean }
> = new Map([
  [
    'arn:aws:signin:::devtools/same-device',
    { resource: 'localhost', isPlace: (url) => /^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\]):\d{1,5}\/oauth\/callback$/.test(url) },
  ],
  ['arn:aws:signin:::devtools/cross-device', { resource: 'remote', isPlace: (url, ownPlaces) => ownPlaces.includes(url) }],
])

export const confirmationPath = '/v1/sessions/confirmation'
const codeMilliseconds = 10 * 60_000

interface Asked {
  readonly clientId: string
  readonly redirectUri: string
  readonly state: string
  readonly challenge: string
}

/** What the client asks for; or what is wrong with it. Nothing is sent to a place that is not the client's. */
function askedIn({ query, parts, request, connection }: Visit): Asked | string {
  const text = (name: string): string => query.get(name) ?? ''
  const [clientId, redirectUri, state, challenge] = ['client_id', 'redirect_uri', 'state', 'code_challenge'].map(text) as [
    string,
    string,
    string,
    string,
  ]
  const client = clients.get(clientId)
  if (client === undefined) return 'The client is none that this place knows.'
  const origins = [
    parts.surroundings.federation.publicUrl(),
    `${connection.secure ? 'https' : 'http'}://${request.headers.get('host')?.[0]}`,
  ]
  if (
    !client.isPlace(
      redirectUri,
      origins.map((origin) => origin + confirmationPath),
    )
  )
    return 'The redirect_uri is not one of this client.'
  if (text('response_type') !== 'code') return 'The response_type must be code.'
  if (text('scope') !== 'openid') return 'The scope must be openid.'
  if (text('code_challenge_method') !== 'SHA-256') return 'The code_challenge_method must be SHA-256.'
  if (!/^[\w-]{43}$/.test(challenge)) return 'The code_challenge is not the SHA-256 of a verifier.'
  if (state === '' || state.length > 128) return 'A state must be given.'
  return { clientId, redirectUri, state, challenge }
}

export function showAuthorize(visit: SignedInVisit): HttpResponse {
  const asked = askedIn(visit)
  if (typeof asked === 'string') return problem(asked)
  const { csrf, session, parts, now, request } = visit
  const { origin } = new URL(asked.redirectUri)
  const sealed = parts.sealer.seal(useOf(session), asked, now + codeMilliseconds)
  const body = html`<p>A command line asks to act as</p>
<p><code class="code">${session.caller.arn}</code></p>
<p class="soft">Go on only if you have just run <code>aws login</code> yourself${asked.redirectUri.endsWith(confirmationPath) && ', on the machine where you will enter the code'}.</p>
<form method="post" action="/v1/authorize">${hidden('csrf', csrf)}${hidden('asked', sealed)}<button type="submit">Allow</button></form>
<p class="below"><a href="/signin/home">Do not allow</a> · <a href="/signin/switch-role?${new URLSearchParams({ destination: `${request.path}?${request.query}` }).toString()}">Switch role first</a></p>`
  return page({ title: 'Sign in to the command line', body, formLeadsTo: origin })
}

/** What was asked is good for this session while it is who the page has named. */
const useOf = ({ record, caller }: OpenSession): string => `authorize ${record.id} ${caller.arn}`

export async function authorizeClient(visit: SignedInVisit): Promise<HttpResponse> {
  const { parts, session, now, form } = visit
  const asked = parts.sealer.open<Asked>(useOf(session), form.get('asked') ?? undefined, now)
  if (asked === undefined) return problem('It took too long. Run the command again.')
  const { redirectUri, state } = asked
  if (!mayUse(visit, session.caller, 'signin:AuthorizeOAuth2Access', asked)) {
    const denial = `${session.caller.arn} is not authorized to perform: signin:AuthorizeOAuth2Access`
    await parts.audit.record(authorized(visit, session, asked, denial))
    return problem(denial, 403)
  }
  const code = newSecret(visit)
  const done = await whileOpen(parts, session, now, async (tx, open) =>
    useOf(open) === useOf(session) ? grantTo(tx, open, asked, code, visit) : undefined,
  )
  if (done === undefined) return redirect('/signin')
  if (!redirectUri.endsWith(confirmationPath)) return redirect(`${redirectUri}?${new URLSearchParams({ code, state })}`)
  const shown = Buffer.from(new URLSearchParams({ state, code }).toString()).toString('base64')
  const body = html`<p>Enter this code in the command line. It works once, within ten minutes.</p><p><code class="code">${shown}</code></p>`
  return page({ title: 'Your authorization code', body })
}

/** Keeps what the code is good for. */
async function grantTo(tx: Transaction, session: OpenSession, asked: Asked, code: string, visit: Visit): Promise<SignInSession> {
  const { record, caller } = session
  const { parts, now } = visit
  const { clientId, redirectUri, challenge } = asked
  const { passwordMark } = record
  const { uuid, defaultRegion } = parts.surroundings
  const signInSessionArn = `arn:aws:signin:${defaultRegion}:${caller.accountId}:session/${uuid()}`
  const seed = forClient(record.seed, signInSessionArn)
  const current = record.role !== undefined && record.role.expiresAt > now ? record.role : undefined
  const role = current && { ...current, seed: forClient(current.seed, signInSessionArn) }
  const opened = { kind: 'code', seed, expiresAt: Math.min(now + codeMilliseconds, record.expiresAt) } as const
  const grant = { clientId, redirectUri, challenge, endsAt: Math.min(record.expiresAt, role?.expiresAt ?? Number.POSITIVE_INFINITY) }
  const more = { ...(passwordMark !== undefined && { passwordMark }), ...(role && { role }) }
  appendEvent(tx, authorized(visit, session, asked))
  return putSession(tx, { ...opened, ...more, grant }, { now, secret: code })
}

const authorized = ({ connection, parts }: Visit, session: OpenSession, { clientId, redirectUri }: Asked, failure?: string): Line => {
  const event = { ...eventOf('AuthorizeOAuth2Access', session), more: { client_id: clientId, redirect_uri: redirectUri } }
  return eventLine({ ...event, ...(failure !== undefined && { failure }) }, connection, parts.surroundings)
}

/** A command line is not the console. */
function forClient({ atConsole: _, ...seed }: Seed, signInSessionArn: string): Seed {
  return { ...seed, signInSessionArn }
}

interface Used {
  readonly clientId: string
  readonly redirectUri?: string
  readonly grantType?: string
}

/** Policies decide who may use the command line so (`SignInLocalDevelopmentAccess` is AWS's own). */
export function mayUse(
  { parts, connection, now }: Visit,
  caller: Caller,
  action: string,
  { clientId, redirectUri, grantType }: Used,
): boolean {
  const region = parts.surroundings.defaultRegion
  const arn = `arn:aws:signin:${region}:${caller.accountId}:oauth2/public-client/${clients.get(clientId)!.resource}`
  const context = {
    'signin:OAuthClientId': clientId,
    ...(redirectUri !== undefined && { 'signin:OAuthRedirectUri': redirectUri }),
    ...(grantType !== undefined && { 'signin:OAuthGrantType': grantType }),
  }
  const wanted = { action, resource: { arn, accountId: caller.accountId }, context }
  return decideOn(wanted, caller, commonContext(caller, connection, region, now)).decision.verdict === 'Allowed'
}

const problem = (message: string, status = 400): HttpResponse =>
  page({ title: 'The command line was not signed in', body: html`<p>${message}</p>`, status })
