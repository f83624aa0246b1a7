/** The query string of a presigned request. */
import type { HttpRequest } from '../http.js'
import { AuthenticationError } from './authentication-error.js'
import { type Parts, queryParameters } from './claim-parts.js'
import { signingRules } from './signing-rules.js'

/** Seven days, the longest that a presigned request for an object may live. */
const maxExpiresSeconds = 604_800

/** What the query form must have, in the order that AWS asks for it. */
const queryRequired = ['X-Amz-Algorithm', 'X-Amz-Credential', 'X-Amz-Signature', 'X-Amz-SignedHeaders', 'X-Amz-Date'] as const

/** Throws `AuthenticationError` for what is missing, repeated or no number of seconds (iam-behaviour §2). */
export function fromQuery(request: HttpRequest): Parts {
  const parameters = queryParameters(request.query)
  const missing = queryRequired.filter((name) => !parameters.get(name)?.[0])
  const repeated = [...parameters].find(([name, values]) => name.startsWith('X-Amz-') && values.length > 1)
  if (missing.length > 0 || repeated !== undefined) {
    const wanted = missing.map((name) => `AWS query-string parameters must include '${name}'. `).join('')
    const once = repeated === undefined ? '' : `AWS query-string parameter '${repeated[0]}' must be given once. `
    throw new AuthenticationError('IncompleteSignature', `${wanted}${once}Re-examine the query-string parameters.`)
  }
  const one = (name: string): string => parameters.get(name)![0]!
  const scope = one('X-Amz-Credential').split('/')
  const expires = signingRules(scope.at(-2) ?? '').presignedLife === 'chosen' ? parameters.get('X-Amz-Expires')?.[0] : undefined
  const token = parameters.get('X-Amz-Security-Token')?.[0]
  return {
    algorithm: one('X-Amz-Algorithm'),
    credential: one('X-Amz-Credential'),
    scope,
    signature: one('X-Amz-Signature'),
    signedHeaders: one('X-Amz-SignedHeaders').split(';'),
    timestamp: one('X-Amz-Date'),
    presigned: true,
    expiresSeconds: expires === undefined ? undefined : readExpires(expires),
    sessionToken: token,
  }
}

function readExpires(text: string): number {
  const seconds = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
  if (!(seconds >= 1 && seconds <= maxExpiresSeconds)) {
    throw new AuthenticationError(
      'IncompleteSignature',
      `X-Amz-Expires must be a number of seconds from 1 to ${maxExpiresSeconds}. Got '${text}'.`,
    )
  }
  return seconds
}
