/**
 * Sign-in: how people come in by a browser, and what they get. Every way in ends in `finish.ts`, which opens a session (`session.ts`); a
 * session gives temporary credentials, and the console uses nothing else. The rows below are all the paths there are; forms are checked
 * before any handler sees them, unless the row says why not. Read `password-step.ts` first.
 */
import { timingSafeEqual } from 'node:crypto'
import type { HttpRequest, HttpResponse } from '@bailiwick/wire'
import type { Origin } from '../pipeline/connection.js'
import { authorizeClient, showAuthorize } from './authorize-client.js'
import { federation } from './federation.js'
import { giveCredentials, type SignedInVisit, showHome, showSession, signOut, signOutEverywhere } from './home.js'
import { html } from './html.js'
import { showMfaStep, showRecoveryStep, takeMfaCode, takeRecoveryCode } from './mfa-step.js'
import { showNewPasswordStep, takeNewPassword } from './new-password-step.js'
import { json, page, redirect, safeHeaders } from './page.js'
import type { SignInParts } from './parts.js'
import { showPasswordStep, takePassword } from './password-step.js'
import { takeSamlResponse } from './saml.js'
import { addSecurityKey, makeRecoveryCodes, showSecurity } from './security.js'
import { securityKeyScript } from './security-key-script.js'
import { style } from './style.js'
import { showSwitchRole, switchBack, switchRole } from './switch-role.js'
import { createToken } from './token.js'
import { type Handler, homePath, ownOrigins, type Visit, visitOf } from './visit.js'

export { Attempts } from './attempts.js'
export type { CallMade, SignInParts } from './parts.js'
export { recoveryCodes } from './recovery-codes.js'
export { Sealer } from './sealed.js'
export { endAll } from './session.js'

interface Row {
  readonly handle: Handler
  /** Why a POST comes without our form's mark: something else in it proves that it is meant. */
  readonly unmarked?: string
  /** Answers JSON, also where it refuses. */
  readonly json?: boolean
}

/** For those who are signed in; all others are sent to the first page, and back here after it. */
const signedIn =
  (handle: (visit: SignedInVisit) => Promise<HttpResponse> | HttpResponse, kind: 'page' | 'json' = 'page'): Handler =>
  (visit) => {
    if (visit.session !== undefined) return handle(visit as SignedInVisit)
    if (kind === 'json') return json(401, { message: 'Nobody is signed in.' })
    const { method, path, query } = visit.request
    const back = method === 'GET' ? `?${new URLSearchParams({ destination: query === '' ? path : `${path}?${query}` })}` : ''
    return redirect(`/signin${back}`)
  }

const kept = (type: string, body: string): HttpResponse => ({
  status: 200,
  headers: { ...safeHeaders, 'cache-control': 'public, max-age=300', 'content-type': `${type}; charset=utf-8` },
  body,
})

/** The same for everybody. */
const files: ReadonlyMap<string, HttpResponse> = new Map([
  ['GET /signin/style.css', kept('text/css', style)],
  ['GET /signin/security-key.js', kept('text/javascript', securityKeyScript)],
])

const samlRow: Row = { handle: takeSamlResponse, unmarked: 'the identity provider has the browser post it, and has signed it' }

const rows: ReadonlyMap<string, Row> = new Map<string, Row>([
  ['GET /signin', { handle: showPasswordStep }],
  ['POST /signin', { handle: takePassword }],
  ['GET /signin/mfa', { handle: showMfaStep }],
  ['POST /signin/mfa', { handle: takeMfaCode }],
  ['GET /signin/recovery-code', { handle: showRecoveryStep }],
  ['POST /signin/recovery-code', { handle: takeRecoveryCode }],
  ['GET /signin/new-password', { handle: showNewPasswordStep }],
  ['POST /signin/new-password', { handle: takeNewPassword }],
  ['GET /signin/home', { handle: signedIn(showHome) }],
  ['GET /signin/session', { handle: signedIn(showSession, 'json') }],
  ['POST /signin/credentials', { handle: signedIn(giveCredentials, 'json'), json: true }],
  ['POST /signin/sign-out', { handle: signedIn(signOut) }],
  ['POST /signin/sign-out-everywhere', { handle: signedIn(signOutEverywhere) }],
  ['GET /signin/switch-role', { handle: signedIn(showSwitchRole) }],
  ['POST /signin/switch-role', { handle: signedIn(switchRole) }],
  ['POST /signin/switch-back', { handle: signedIn(switchBack) }],
  ['GET /signin/security', { handle: signedIn((visit) => showSecurity(visit)) }],
  ['POST /signin/security/keys', { handle: signedIn(addSecurityKey) }],
  ['POST /signin/security/recovery-codes', { handle: signedIn(makeRecoveryCodes) }],
  ['GET /federation', { handle: federation }],
  ['POST /federation', { handle: federation, unmarked: 'a broker sends credentials, and no browser is involved' }],
  ['POST /saml', samlRow],
  ['POST /saml/acs', samlRow],
  ['GET /v1/authorize', { handle: signedIn(showAuthorize) }],
  ['POST /v1/authorize', { handle: signedIn(authorizeClient) }],
  ['POST /v1/token', { handle: createToken, unmarked: 'a client sends a code and the proof of its key, and no cookie counts' }],
  ['GET /oauth', { handle: () => redirect('/signin') }],
])

/** The first segments of the paths above, and of no AWS API's. */
const ours = /^\/(?:signin(?:\/|$)|saml(?:\/acs\/[A-Z0-9]{1,64})?$|federation$|oauth$|v1\/(?:authorize|token|sessions\/confirmation)$)/

/** Undefined when the request is for something else. */
export function signInPath(request: HttpRequest, origin: Origin, parts: SignInParts): Promise<HttpResponse> | HttpResponse | undefined {
  if (request.method === 'GET' && /^\/console(?:\/|$)/.test(request.path)) return redirect(homePath)
  if (!ours.test(request.path)) return undefined
  const file = files.get(`${request.method} ${request.path}`)
  if (file !== undefined) return file
  const path = request.path === '/signin/' ? '/signin' : request.path.replace(/^\/saml\/acs\/.*/, '/saml/acs')
  const row = rows.get(`${request.method} ${path}`)
  return row === undefined ? notFound() : visited(row, request, origin, parts)
}

async function visited(row: Row, request: HttpRequest, origin: Origin, parts: SignInParts): Promise<HttpResponse> {
  const visit = await visitOf(parts, request, origin)
  const response = request.method === 'POST' && row.unmarked === undefined && !isMeant(visit) ? notMeant(row) : await row.handle(visit)
  return { ...response, cookies: visit.cookiesSet }
}

/** Whether the form is one that we gave to this browser. The console sends the mark in a header, since it sends no form. */
function isMeant(visit: Visit): boolean {
  const { request, form, csrf } = visit
  const origin = request.headers.get('origin')?.[0]
  if (origin !== undefined && !ownOrigins(visit).includes(origin)) return false
  if (request.headers.get('sec-fetch-site')?.[0] === 'cross-site') return false
  return isSame(request.headers.get('x-csrf-token')?.[0] ?? form.get('csrf') ?? '', csrf)
}

const isSame = (given: string, right: string): boolean => {
  const [a, b] = [Buffer.from(given), Buffer.from(right)]
  return a.length === b.length && timingSafeEqual(a, b)
}

const notMeant = (row: Row): HttpResponse =>
  row.json
    ? json(403, { message: 'The request does not bring the mark of this session.' })
    : page({
        title: 'This form is no longer good',
        body: html`<p>It was opened too long ago, in another browser, or by another site. Nothing was done.</p><p><a href="/signin">Sign in again</a></p>`,
        status: 403,
      })

const notFound = (): HttpResponse => page({ title: 'There is nothing here', body: html`<p><a href="/signin">Sign in</a></p>`, status: 404 })
