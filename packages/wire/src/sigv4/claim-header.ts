/** The Authorization header. */
import type { HttpRequest } from '../http.js'
import { AuthenticationError } from './authentication-error.js'
import { type Parts, unsupported } from './claim-parts.js'
import { compactDate } from './signed-dates.js'

type Hash = (text: string) => string

/** What the header form must have, in the order that AWS asks for it. */
const headerParameters = ['Credential', 'Signature', 'SignedHeaders'] as const

/** `hash` is for the message that hides the header. */
export function fromHeader(request: HttpRequest, header: readonly string[], hash: Hash): Parts {
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

function incomplete(given: Given, header: readonly string[], dateless: boolean, hash: Hash): AuthenticationError {
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

/** Takes any text; what is missing in it is empty, and nothing is refused yet. */
export function readHeader(text: string): Given {
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
