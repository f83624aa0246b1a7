/** Signing, by header and by query string, as the SDKs do it. */
import type { HttpRequest } from '../http.js'
import { canonicalRequest, encoded, type PathStyle } from './canonical-request.js'
import { algorithm } from './claim-parts.js'
import { type Hashes, hex } from './hashes.js'
import { asBasic } from './signed-dates.js'

export interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

export interface SignOptions {
  readonly credentials: Credentials
  readonly region: string
  readonly service: string
  /** Epoch milliseconds. */
  readonly at: number
  readonly hashes: Hashes
  /** Default `normalized`: every service but S3. */
  readonly path?: PathStyle
}

const utf8 = new TextEncoder()
/** Headers that proxies and clients change on the way. */
const unsignable = new Set(['authorization', 'connection', 'expect', 'transfer-encoding', 'user-agent', 'x-amzn-trace-id'])

/** The headers to add: `x-amz-date`, `authorization`, and `x-amz-security-token` for temporary credentials. `host` must be in the request. */
export async function sign(request: HttpRequest, options: SignOptions): Promise<Record<string, string>> {
  const { credentials, at, hashes } = options
  const added: Record<string, string> = { 'x-amz-date': asBasic(at) }
  if (credentials.sessionToken !== undefined) added['x-amz-security-token'] = credentials.sessionToken
  const headers = new Map([...request.headers, ...Object.entries(added).map(([name, value]) => [name, [value]] as const)])
  const signedHeaders = [...headers.keys()].filter((name) => !unsignable.has(name)).sort()
  const payloadHash = hex(await hashes.sha256(request.body))
  const canonical = canonicalRequest(
    { ...request, headers },
    { signedHeaders, payloadHash, path: options.path ?? 'normalized', presigned: false },
  )
  const signature = await signatureOf(canonical, options)
  return {
    ...added,
    authorization: `${algorithm} Credential=${credentials.accessKeyId}/${scopeOf(options)}, SignedHeaders=${signedHeaders.join(';')}, Signature=${signature}`,
  }
}

/** The query string to send instead of the request's own: everything is in the URL, only `host` is signed. */
export async function presign(request: HttpRequest, options: SignOptions & { readonly expiresSeconds: number }): Promise<string> {
  const { credentials, at, hashes, expiresSeconds } = options
  const parameters: [string, string][] = [
    ['X-Amz-Algorithm', algorithm],
    ['X-Amz-Credential', `${credentials.accessKeyId}/${scopeOf(options)}`],
    ['X-Amz-Date', asBasic(at)],
    ['X-Amz-Expires', String(expiresSeconds)],
    ['X-Amz-SignedHeaders', 'host'],
  ]
  if (credentials.sessionToken !== undefined) parameters.push(['X-Amz-Security-Token', credentials.sessionToken])
  const own = parameters.map(([name, value]) => `${name}=${encoded(value)}`).join('&')
  const query = request.query === '' ? own : `${request.query}&${own}`
  const payloadHash = hex(await hashes.sha256(request.body))
  const canonical = canonicalRequest(
    { ...request, query },
    { signedHeaders: ['host'], payloadHash, path: options.path ?? 'normalized', presigned: true },
  )
  return `${query}&X-Amz-Signature=${await signatureOf(canonical, options)}`
}

const scopeOf = ({ at, region, service }: SignOptions): string => `${asBasic(at).slice(0, 8)}/${region}/${service}/aws4_request`

async function signatureOf(canonical: string, options: SignOptions): Promise<string> {
  const { credentials, at, region, service, hashes } = options
  const hashed = hex(await hashes.sha256(latin1(canonical)))
  const toSign = `${algorithm}\n${asBasic(at)}\n${scopeOf(options)}\n${hashed}`
  let key: Uint8Array = utf8.encode(`AWS4${credentials.secretAccessKey}`)
  for (const part of [asBasic(at).slice(0, 8), region, service, 'aws4_request']) key = await hashes.hmacSha256(key, utf8.encode(part))
  return hex(await hashes.hmacSha256(key, utf8.encode(toSign)))
}

/** One byte a character, as header values are kept; the rest of a canonical request is ASCII. */
const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0))
