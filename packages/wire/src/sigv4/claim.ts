/** What a signed request claims: which key signed it, when, and for what. Nothing here is proven until the signature is checked. */
import type { HttpRequest } from '../http.js'
import { AuthenticationError } from './authentication-error.js'
import { signingRules } from './signing-rules.js'

export interface Claim {
  readonly accessKeyId: string
  /** `YYYYMMDD` of the credential scope. */
  readonly date: string
  readonly region: string
  readonly service: string
  /** `YYYYMMDDThhmmssZ`, as signed. */
  readonly timestamp: string
  /** In the order the client gave them, which is the order it signed them in. */
  readonly signedHeaders: readonly string[]
  /** As sent: lower-case hex when it is right. */
  readonly signature: string
  readonly sessionToken?: string
  readonly presigned: boolean
  /** Signature Version 4A, which is for a set of regions and by a key pair: the regions, which may be patterns. `region` is then empty. */
  readonly regionSet?: readonly string[]
}

export interface ClaimRules {
  /** Epoch milliseconds. */
  readonly now: number
  /** The service that the scope must name; absent where the scope itself tells the service. */
  readonly service?: string
  readonly isRegion: (region: string) => boolean
  /** Takes Signature Version 4A as well; few services do. */
  readonly asymmetric?: boolean
  /** For the message that hides the header: base64 of SHA-256. */
  readonly hash: (text: string) => string
}

export const algorithm = 'AWS4-HMAC-SHA256'
export const asymmetricAlgorithm = 'AWS4-ECDSA-P256-SHA256'
const terminator = 'aws4_request'
const skewMinutes = 15
const minute = 60_000
/** Seven days, the longest that a presigned request for an object may live. */
const maxExpiresSeconds = 604_800

/**
 * Reads the claim and makes every check that needs no key, in AWS's order (iam-behaviour §2): shape, date, skew, Host, algorithm,
 * scope. Throws `AuthenticationError`.
 */
export function readClaim(request: HttpRequest, rules: ClaimRules): Claim {
  const header = request.headers.get('authorization')
  const inQuery = request.query.includes('X-Amz-Algorithm')
  if (header !== undefined && inQuery) throw new AuthenticationError('BothHeaderAndQuery')
  if (header === undefined && !inQuery) throw olderSignature(request) ?? new AuthenticationError('MissingAuthenticationToken')
  const parts = header === undefined ? fromQuery(request) : fromHeader(request, header, rules)

  const signedAt = readTimestamp(parts.timestamp)
  checkAge(parts, signedAt, rules.now)
  checkSignedHeaders(request, parts.signedHeaders)
  if (rules.asymmetric && parts.algorithm === asymmetricAlgorithm) return asymmetricClaim(request, parts, rules)
  if (parts.algorithm !== algorithm) throw unsupported(parts.algorithm)
  checkScope(parts, rules)
  const { scope, signedHeaders, signature, timestamp, sessionToken, presigned } = parts
  return {
    accessKeyId: scope[0]!,
    date: scope[1]!,
    region: scope[2]!,
    service: scope[3]!,
    timestamp,
    signedHeaders,
    signature,
    presigned,
    ...(sessionToken !== undefined && { sessionToken }),
  }
}

/** The service that a request names, before any check and for routing only; undefined when it is not signed or not readable. */
export const claimedService = (request: HttpRequest): string | undefined => claimedScope(request)?.at(-2)

/** The access key that a request names, before any check and for counting only. */
export const claimedKey = (request: HttpRequest): string | undefined => claimedScope(request)?.[0]

function claimedScope(request: HttpRequest): readonly string[] | undefined {
  const header = request.headers.get('authorization')?.[0]
  if (header !== undefined) return readHeader(header).scope
  return request.query === '' ? undefined : queryParameters(request.query).get('X-Amz-Credential')?.[0]?.split('/')
}

const unsupported = (name: string): AuthenticationError =>
  new AuthenticationError('IncompleteSignature', `Unsupported AWS 'algorithm': '${name}' (only ${algorithm} for now). `)

const readableForm = 65_536

/** Versions before the fourth put their parts among the parameters: they are refused by the name of their method. */
function olderSignature({ query, body }: HttpRequest): AuthenticationError | undefined {
  const form = body.length <= readableForm ? new TextDecoder().decode(body) : ''
  for (const text of [query, form]) {
    if (!/(?:^|&)SignatureVersion=[0-3](?:&|$)/.test(text)) continue
    return unsupported(queryParameters(text).get('SignatureMethod')?.[0] ?? 'HmacSHA1')
  }
  return undefined
}

/** Of Signature Version 4A: a scope without a region, and the regions in a header of their own, which must be signed. */
function asymmetricClaim(request: HttpRequest, parts: Parts, rules: ClaimRules): Claim {
  const { credential, scope, signedHeaders, signature, timestamp, sessionToken, presigned } = parts
  if (scope.length !== 4) {
    throw new AuthenticationError(
      'IncompleteSignature',
      `Credential must have exactly 4 slash-delimited elements, e.g. keyid/date/service/term, got '${credential}'`,
    )
  }
  const [accessKeyId, date, service, term] = scope as [string, string, string, string]
  const given = presigned ? queryParameters(request.query).get('X-Amz-Region-Set') : request.headers.get('x-amz-region-set')
  const regionSet = (given ?? []).flatMap((each) => each.split(',')).map((each) => each.trim())
  if (regionSet.length === 0 || (!presigned && !signedHeaders.includes('x-amz-region-set'))) {
    throw new AuthenticationError('IncompleteSignature', "'X-Amz-Region-Set' must be given and signed. ")
  }
  const region = regionSet.find((each) => each === '*' || rules.isRegion(each))
  checkScope(
    { ...parts, scope: [accessKeyId, date, region ?? regionSet[0]!, service, term] },
    region === '*' ? { ...rules, isRegion: () => true } : rules,
  )
  return {
    accessKeyId,
    date,
    region: '',
    service,
    timestamp,
    signedHeaders,
    signature,
    presigned,
    regionSet,
    ...(sessionToken !== undefined && { sessionToken }),
  }
}

interface Parts {
  readonly algorithm: string
  readonly credential: string
  /** The credential cut at its slashes. */
  readonly scope: readonly string[]
  readonly signature: string
  readonly signedHeaders: readonly string[]
  readonly timestamp: string
  readonly expiresSeconds: number | undefined
  readonly sessionToken: string | undefined
  readonly presigned: boolean
}

/** What the header form must have, in the order that AWS asks for it. */
const headerParameters = ['Credential', 'Signature', 'SignedHeaders'] as const

function fromHeader(request: HttpRequest, header: readonly string[], { hash }: ClaimRules): Parts {
  const given = readHeader(header[0]!)
  if (given.scheme !== 'AWS' && !given.scheme.startsWith('AWS4-')) throw new AuthenticationError('MissingAuthenticationToken')
  const dates = request.headers.get('x-amz-date') ?? request.headers.get('date')
  if (given.scheme === 'AWS') {
    throw unsupported('AWS')
  }
  if (given.unpaired) {
    throw new AuthenticationError(
      'IncompleteSignature',
      `Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded with Base64): '${hash(header[0]!.trim())}'.`,
    )
  }
  if (!given.whole || given.repeated || header.length > 1 || dates === undefined) throw incomplete(given, header, dates === undefined, hash)
  const token = request.headers.get('x-amz-security-token')
  return {
    algorithm: given.scheme,
    credential: given.Credential,
    scope: given.scope,
    signature: given.Signature,
    signedHeaders: given.signedHeaders,
    timestamp: compactDate(dates.length === 1 ? dates[0]! : dates.join(', ')),
    expiresSeconds: undefined,
    sessionToken: token === undefined ? undefined : token.length === 1 ? token[0]! : token.join(','),
    presigned: false,
  }
}

function incomplete(given: Given, header: readonly string[], dateless: boolean, hash: ClaimRules['hash']): AuthenticationError {
  let missing = ''
  for (const name of headerParameters) if (given[name] === '') missing += `Authorization header requires '${name}' parameter. `
  if (dateless) missing += "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. "
  if (given.repeated || header.length > 1) missing += 'Authorization header and its parameters must be given once. '
  return new AuthenticationError(
    'IncompleteSignature',
    `${missing}(Hashed with SHA-256 and encoded with Base64) Authorization=${hash(header[0]!.trim())}`,
  )
}

/** What an Authorization header says; empty text for what it lacks. */
interface Given {
  readonly scheme: string
  readonly Credential: string
  readonly scope: readonly string[]
  readonly SignedHeaders: string
  readonly signedHeaders: readonly string[]
  readonly Signature: string
  readonly repeated: boolean
  /** A piece of it is no `name=value`. */
  readonly unpaired: boolean
  readonly whole: boolean
}

/** All but the signature is the same in request after request of a client: what was read of it is kept, for a bounded number of texts. */
const keptGiven = new Map<string, Given>()
const mostKept = 1_000
const lastSignature = 'Signature='
const hexDigits = 64

function readHeader(text: string): Given {
  const at = text.length - hexDigits - lastSignature.length
  const before = text[at - 1]
  if (at < 1 || (before !== ' ' && before !== ',') || !text.startsWith(lastSignature, at)) return readGiven(text)
  const common = text.slice(0, at)
  let kept = keptGiven.get(common)
  if (kept === undefined) {
    // What precedes must end its own parameter, or this is not the one called `Signature`.
    if (!/, ?$/.test(common)) return readGiven(text)
    kept = readGiven(`${common}${lastSignature}0`)
    if (keptGiven.size >= mostKept) keptGiven.clear()
    keptGiven.set(common, kept)
  }
  return { ...kept, Signature: text.slice(at + lastSignature.length) }
}

function readGiven(header: string): Given {
  const text = header.trim()
  const space = text.search(/\s|$/)
  const values = new Map<string, string>()
  let repeated = false
  let unpaired = false
  // White space parts as a comma does: a key id that was pasted with a blank falls into two (boto3's issue 2280).
  for (const part of text.slice(space).split(/[\s,]+/)) {
    if (part === '') continue
    const equals = part.indexOf('=')
    if (equals < 0) unpaired = true
    const name = part.slice(0, Math.max(equals, 0))
    if (values.has(name)) repeated = true
    values.set(name, part.slice(equals + 1))
  }
  const [Credential, Signature, SignedHeaders] = headerParameters.map((name) => values.get(name) ?? '') as [string, string, string]
  return {
    scheme: text.slice(0, space),
    Credential,
    scope: Credential.split('/'),
    SignedHeaders,
    signedHeaders: SignedHeaders.split(';'),
    Signature,
    repeated,
    unpaired,
    whole: Credential !== '' && Signature !== '' && SignedHeaders !== '',
  }
}

/** What the query form must have, in the order that AWS asks for it. */
const queryRequired = ['X-Amz-Algorithm', 'X-Amz-Credential', 'X-Amz-Signature', 'X-Amz-SignedHeaders', 'X-Amz-Date'] as const

function fromQuery(request: HttpRequest): Parts {
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

function queryParameters(query: string): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const [name, value] of new URLSearchParams(query)) {
    const before = found.get(name)
    if (before === undefined) found.set(name, [value])
    else before.push(value)
  }
  return found
}

const basicFormat = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/

/** A `Date` header may be in HTTP's own format; the signature is made over the basic one. */
function compactDate(text: string): string {
  if (text === lastRead.text || basicFormat.test(text)) return text
  const at = /^[A-Za-z]{3}, /.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(at) ? text : asBasic(at)
}

/** Epoch milliseconds as `YYYYMMDDThhmmssZ`. */
export const asBasic = (at: number): string => `${new Date(at).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`

/** The last timestamp that was read: requests of one second share it. */
let lastRead: { readonly text: string; readonly at: number } = { text: '', at: 0 }

function readTimestamp(text: string): number {
  if (text === lastRead.text) return lastRead.at
  const [, year, month, day, hour, minutes, seconds] = basicFormat.exec(text) ?? []
  const at = year === undefined ? Number.NaN : Date.UTC(+year, +month! - 1, +day!, +hour!, +minutes!, +seconds!)
  if (Number.isNaN(at) || asBasic(at) !== text) {
    throw new AuthenticationError(
      'IncompleteSignature',
      `Date must be in ISO-8601 'basic format'. Got '${text}'. See http://en.wikipedia.org/wiki/ISO_8601`,
    )
  }
  lastRead = { text, at }
  return at
}

function checkAge({ timestamp, expiresSeconds }: Parts, signedAt: number, now: number): void {
  const life = expiresSeconds === undefined ? skewMinutes * minute : expiresSeconds * 1000
  if (signedAt < now - life) {
    const span = life % minute === 0 ? `${life / minute} min.` : `${life / 1000} sec.`
    throw new AuthenticationError(
      'SignatureDoesNotMatch',
      `Signature expired: ${timestamp} is now earlier than ${asBasic(now - life)} (${asBasic(now)} - ${span})`,
    )
  }
  if (signedAt > now + skewMinutes * minute) {
    throw new AuthenticationError(
      'SignatureDoesNotMatch',
      `Signature not yet current: ${timestamp} is still later than ${asBasic(now + skewMinutes * minute)} (${asBasic(now)} + ${skewMinutes} min.)`,
    )
  }
}

/** `Host` must be signed; so must the header that names the action, or anybody on the way could exchange it. */
function checkSignedHeaders(request: HttpRequest, signedHeaders: readonly string[]): void {
  if (!signedHeaders.includes('host') && !signedHeaders.includes(':authority')) {
    throw new AuthenticationError('SignatureDoesNotMatch', "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.")
  }
  if (request.headers.has('x-amz-target') && !signedHeaders.includes('x-amz-target')) {
    throw new AuthenticationError('SignatureDoesNotMatch', "'X-Amz-Target' must be a 'SignedHeader' in the AWS Authorization.")
  }
}

function checkScope({ credential, scope, timestamp }: Parts, rules: ClaimRules): void {
  if (scope.length !== 5) {
    throw new AuthenticationError(
      'IncompleteSignature',
      `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'`,
    )
  }
  const [, date, region, service, term] = scope as [string, string, string, string, string]
  let wrong = ''
  if (!rules.isRegion(region)) wrong += `Credential should be scoped to a valid region, not '${region}'. `
  if (rules.service !== undefined && service !== rules.service)
    wrong += `Credential should be scoped to correct service: '${rules.service}'. `
  if (term !== terminator) wrong += `Credential should be scoped with a valid terminator: '${terminator}', not '${term}'. `
  if (!timestamp.startsWith(date) || date.length !== dayLength) {
    wrong += `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${date}' != '${timestamp.slice(0, dayLength)}', from '${timestamp}'. `
  }
  if (wrong !== '') throw new AuthenticationError('SignatureDoesNotMatch', wrong)
}

const dayLength = 8
