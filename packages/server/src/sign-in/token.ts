/** `aws login`, the part without a browser: CreateOAuth2Token gives credentials for a code, and later for a refresh token (`signin.json`). */

import { createHash } from 'node:crypto'
import type { HttpResponse } from '@bailiwick/wire'
import { wholeServer } from '../accounts/account.js'
import { appendEvent } from '../audit/audit-trail.js'
import { userIdentity } from '../audit/user-identity.js'
import { mayUse } from './authorize-client.js'
import { eventLine } from './events.js'
import { newSecret } from './finish.js'
import { json } from './page.js'
import { provenKey } from './possession.js'
import { digest } from './sealed.js'
import { credentialsOf, type OpenSession, putSession, type SignInSession, sessionOf, signInSessions } from './session.js'
import { ownOrigins, type Visit } from './visit.js'

type ErrorCode = 'TOKEN_EXPIRED' | 'USER_CREDENTIALS_CHANGED' | 'INSUFFICIENT_PERMISSIONS' | 'AUTHCODE_EXPIRED' | 'INVALID_REQUEST'

type ErrorType = 'ValidationException' | 'AccessDeniedException' | 'TooManyRequestsError'

const refused = (type: ErrorType, error: ErrorCode, message: string, status = 400): HttpResponse => {
  const response = json(status, { error, message })
  return { ...response, headers: { ...response.headers, 'x-amzn-errortype': type } }
}
const invalid = (message: string): HttpResponse => refused('ValidationException', 'INVALID_REQUEST', message)

type Input = Partial<Record<'clientId' | 'grantType' | 'code' | 'redirectUri' | 'codeVerifier' | 'refreshToken', string>>

const grants: ReadonlyMap<
  string,
  { readonly kind: 'code' | 'refresh'; readonly secret: 'code' | 'refreshToken'; readonly gone: ErrorCode }
> = new Map([
  ['authorization_code', { kind: 'code', secret: 'code', gone: 'AUTHCODE_EXPIRED' }],
  ['refresh_token', { kind: 'refresh', secret: 'refreshToken', gone: 'TOKEN_EXPIRED' }],
])

export async function createToken(visit: Visit): Promise<HttpResponse> {
  const { parts, now, connection } = visit
  const input = inputIn(visit)
  const grant = grants.get(input.grantType ?? '')
  if (grant === undefined) return invalid('The grantType must be authorization_code or refresh_token.')
  const secret = input[grant.secret] ?? ''
  if (secret === '' || secret.length > 512) return invalid(`The ${grant.secret} is missing or too long.`)
  const urls = ownOrigins(visit).map((origin) => `${origin}/v1/token`)
  const keyThumbprint = provenKey(visit.request.headers.get('dpop')?.[0], { method: 'POST', urls, now })
  if (keyThumbprint === undefined) return invalid('The DPoP header proves no key.')
  const refusal = (why: ErrorCode): HttpResponse => {
    if (!parts.attempts.begin({ sourceIp: connection.sourceIp, target: 'token' }))
      return refused('TooManyRequestsError', 'INVALID_REQUEST', 'Rate exceeded', 429)
    parts.audit.stranger(connection, 'CreateOAuth2Token')
    return why === 'INVALID_REQUEST' ? invalid(sentences[why]) : refused('AccessDeniedException', why, sentences[why])
  }
  // Nobody finds a code or a token by trying: who fails is stopped, without a transaction, and good ones pass whatever failed before them.
  const known = await (await parts.store.readAt('latest')).get(signInSessions, wholeServer, digest(secret))
  if (known === undefined) return refusal('INVALID_REQUEST')

  const refreshToken = newSecret(visit)
  // What was given is used up in the transaction that gives what comes after it: it works once, however often it is sent.
  const { result } = await parts.store.transact(async (tx) => {
    const record = await tx.get(signInSessions, wholeServer, digest(secret))
    if (record?.kind !== grant.kind || record.grant === undefined) return 'INVALID_REQUEST'
    if (!isFor(record.grant, input, grant.kind, keyThumbprint)) return 'INVALID_REQUEST'
    await tx.delete(signInSessions, wholeServer, record.id)
    if (record.expiresAt <= now) return grant.gone
    const open = await sessionOf(parts, tx, { ...record, expiresAt: record.grant.endsAt }, now)
    if (open === undefined) return 'USER_CREDENTIALS_CHANGED'
    const event = {
      name: 'CreateOAuth2Token',
      accountId: open.caller.accountId,
      userIdentity: userIdentity(open.caller),
      more: { client_id: record.grant.clientId },
    } as const
    if (!mayUse(visit, open.caller, 'signin:CreateOAuth2Token', { ...record.grant, grantType: input.grantType! })) {
      const failure = sentences.INSUFFICIENT_PERMISSIONS
      appendEvent(tx, eventLine({ ...event, failure }, connection, parts.surroundings))
      return 'INSUFFICIENT_PERMISSIONS'
    }
    const { id: _, owner: __, ...kept } = record
    const { clientId, endsAt } = record.grant
    await putSession(
      tx,
      { ...kept, kind: 'refresh', expiresAt: endsAt, grant: { clientId, endsAt, keyThumbprint } },
      { now, secret: refreshToken },
    )
    appendEvent(tx, eventLine(event, connection, parts.surroundings))
    return open
  })
  return typeof result === 'object' ? given(visit, result, refreshToken) : refusal(result)
}

const sentences: Readonly<Record<ErrorCode, string>> = {
  // Of what is not known, was used or was ended (aws-cli's issue 10613); what is known and too old has a code of its own (10330).
  INVALID_REQUEST: 'The provided authorization grant is invalid, expired, revoked, or malformed',
  AUTHCODE_EXPIRED: 'The authorization code has expired.',
  TOKEN_EXPIRED: 'The refresh token has expired.',
  USER_CREDENTIALS_CHANGED: 'The password was changed, or who signed in is no longer there.',
  INSUFFICIENT_PERMISSIONS: 'You are not authorized to perform: signin:CreateOAuth2Token',
}

function isFor(grant: NonNullable<SignInSession['grant']>, input: Input, kind: 'code' | 'refresh', keyThumbprint: string): boolean {
  if (grant.clientId !== input.clientId) return false
  if (kind === 'refresh') return grant.keyThumbprint === keyThumbprint
  const { codeVerifier = '', redirectUri } = input
  if (!/^[A-Za-z0-9\-._~]{43,128}$/.test(codeVerifier)) return false
  return grant.redirectUri === redirectUri && createHash('sha256').update(codeVerifier).digest('base64url') === grant.challenge
}

function inputIn({ request }: Visit): Input {
  try {
    const value: unknown = JSON.parse(Buffer.from(request.body).toString('utf8'))
    if (typeof value !== 'object' || value === null) return {}
    return Object.fromEntries(Object.entries(value).filter(([, member]) => typeof member === 'string'))
  } catch {
    return {}
  }
}

function given({ parts, now }: Visit, { caller, claims }: OpenSession, refreshToken: string): HttpResponse {
  const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken } = credentialsOf(parts, claims)
  return json(200, {
    accessToken: { accessKeyId, secretAccessKey, sessionToken },
    tokenType: 'aws_sigv4',
    expiresIn: Math.max(1, Math.floor((claims.expiresAt - now) / 1000)),
    refreshToken,
    idToken: idToken(parts.sealer.mark.bind(parts.sealer), caller.arn, now, claims.expiresAt),
  })
}

/** Clients read the ARN in it. It opens nothing, and only this server can check it. */
function idToken(mark: (use: string, text: string) => string, sub: string, now: number, expiresAt: number): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub, iat: Math.floor(now / 1000), exp: Math.floor(expiresAt / 1000) })}`
  return `${signed}.${mark('id token', signed)}`
}
