/** What relying parties read of an account's issuer: its discovery document and its keys. Open to everybody, since keys are public. */
import type { HttpRequest, HttpResponse } from '@bailiwick/wire'
import type { Server } from '../server.js'

const path = /^\/issuer\/(\d{12})\/\.well-known\/(openid-configuration|jwks\.json)$/
/** Those who ask may keep the documents for so long; new keys are fetched when a token names one that they do not know. */
const keptSeconds = 300

/** Undefined when the request is for something else. */
export function issuerPath(request: HttpRequest, server: Server): Promise<HttpResponse> | undefined {
  const [, accountId, document] = request.method === 'GET' ? (path.exec(request.path) ?? []) : []
  return accountId === undefined ? undefined : answer(server, accountId, document === 'jwks.json' ? 'keys' : 'discovery')
}

async function answer(server: Server, accountId: string, document: 'keys' | 'discovery'): Promise<HttpResponse> {
  const issuer = await server.issuer(accountId)
  if (issuer === undefined) return json(404, { message: 'There is nothing here.' })
  return json(200, document === 'keys' ? { keys: await issuer.keys() } : discovery(issuer.url))
}

const discovery = (issuer: string): object => ({
  issuer,
  jwks_uri: `${issuer}/.well-known/jwks.json`,
  response_types_supported: ['id_token'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['RS256', 'ES384'],
  claims_supported: ['iss', 'aud', 'sub', 'iat', 'exp', 'jti'],
})

const json = (status: number, value: object): HttpResponse => ({
  status,
  headers: { 'content-type': 'application/json', ...(status === 200 && { 'cache-control': `public, max-age=${keptSeconds}` }) },
  body: JSON.stringify(value),
})
