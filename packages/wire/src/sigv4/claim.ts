/** What a signed request claims: which key signed it, when, and for what. Nothing here is proven until the signature is checked. */
import type { HttpRequest } from '../http.js'
import { AuthenticationError } from './authentication-error.js'
import { fromHeader, readHeader } from './claim-header.js'
import { algorithm, asymmetricAlgorithm, type Parts, queryParameters, unsupported } from './claim-parts.js'
import { fromQuery } from './claim-query.js'
import { asBasic, readTimestamp } from './signed-dates.js'

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

const terminator = 'aws4_request'
const skewMinutes = 15
const minute = 60_000

/**
 * Reads the claim and makes every check that needs no key, in AWS's order (iam-behaviour §2): shape, date, skew, Host, algorithm,
 * scope. Throws `AuthenticationError`.
 */
export function readClaim(request: HttpRequest, rules: ClaimRules): Claim {
  const header = request.headers.get('authorization')
  const inQuery = request.query.includes('X-Amz-Algorithm')
  if (header !== undefined && inQuery) throw new AuthenticationError('BothHeaderAndQuery')
  if (header === undefined && !inQuery) throw olderSignature(request) ?? new AuthenticationError('MissingAuthenticationToken')
  const parts = header === undefined ? fromQuery(request) : fromHeader(request, header, rules.hash)

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
