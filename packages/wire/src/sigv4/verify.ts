/** Checking a signature, for Node: one-shot hashes, kept HMAC key blocks, comparison in constant time. */
import { hash, timingSafeEqual } from 'node:crypto'
import type { HttpRequest } from '../http.js'
import { canonicalRequest } from './canonical-request.js'
import type { Claim } from './claim.js'
import { algorithm, asymmetricAlgorithm } from './claim-parts.js'
import type { Hashes } from './hashes.js'
import { payloadMarkers, type SigningRules, signingRules } from './signing-rules.js'

const blockBytes = 64
const digestBytes = 32
/** Room for a key block and a string to sign, whose parts are bounded; longer text takes a buffer of its own. */
const scratch = Buffer.alloc(blockBytes + 1024)
const views = new Map<number, Buffer>()

/** Room of just that length, the same each time: texts to sign are of few lengths. */
function scratchOf(length: number): Buffer {
  let view = views.get(length)
  if (view === undefined) {
    if (length > scratch.length) return Buffer.alloc(length)
    views.set(length, (view = scratch.subarray(0, length)))
  }
  return view
}

/** Compared as hex text, so that nothing need be read that somebody else wrote. */
const expected = Buffer.alloc(2 * digestBytes)
const given = Buffer.alloc(2 * digestBytes)

const outerScratch = Buffer.alloc(blockBytes + digestBytes)

/** An HMAC-SHA-256 key, kept as the two blocks that RFC 2104 derives from it, so that a signature costs two one-shot hashes. */
export class HmacKey {
  readonly #inner = Buffer.alloc(blockBytes, 0x36)
  readonly #outer = Buffer.alloc(blockBytes, 0x5c)

  constructor(key: Uint8Array) {
    const short = key.length > blockBytes ? hash('sha256', key, 'buffer') : key
    for (let at = 0; at < short.length; at++) {
      this.#inner[at]! ^= short[at]!
      this.#outer[at]! ^= short[at]!
    }
  }

  /** The MAC of text in Latin-1 (string to sign and scope are ASCII). */
  mac(text: string): Buffer {
    this.#hashInner(text)
    return hash('sha256', outerScratch, 'buffer')
  }

  macHex(text: string): string {
    this.#hashInner(text)
    return hash('sha256', outerScratch, 'hex')
  }

  /** Whether `signature` is the text's MAC in hex. Takes the same time for every wrong one. */
  matches(text: string, signature: string): boolean {
    expected.write(this.macHex(text), 'latin1')
    const whole = signature.length === given.length
    given.write(whole ? signature : '', 'latin1')
    return timingSafeEqual(expected, given) && whole
  }

  /** Leaves the outer block ready to be hashed. Digests travel as strings: a buffer each would cost more than the hashing. */
  #hashInner(text: string): void {
    const length = blockBytes + text.length
    const room = scratchOf(length)
    room.set(this.#inner)
    room.write(text, blockBytes, 'latin1')
    outerScratch.set(this.#outer)
    outerScratch.write(hash('sha256', room, 'binary'), blockBytes, 'latin1')
  }
}

/** The signing key for one day, region and service: what may be cached, and given to somebody who verifies for that service only. */
export function deriveSigningKey(secretAccessKey: string, { date, region, service }: Pick<Claim, 'date' | 'region' | 'service'>): HmacKey {
  let key: Uint8Array = Buffer.from(`AWS4${secretAccessKey}`, 'utf8')
  for (const part of [date, region, service, 'aws4_request']) key = new HmacKey(key).mac(part)
  return new HmacKey(key)
}

const beyondAscii = /[^\0-\x7f]/

/** Whether the request was signed with this key. Takes the same time for every wrong signature. */
export function signatureMatches(request: HttpRequest, claim: Claim, key: HmacKey, rules = signingRules(claim.service)): boolean {
  const toSign = stringToSign(request, claim, rules)
  if (toSign === undefined || claim.regionSet !== undefined) return false
  return key.matches(toSign, claim.signature)
}

/** Undefined when the body is not what the request says that it is. */
export function stringToSign(request: HttpRequest, claim: Claim, rules: SigningRules): string | undefined {
  const payloadHash = rules.payload === 'hashed' ? hash('sha256', request.body, 'hex') : declaredPayload(request, claim)
  if (payloadHash === undefined) return undefined
  const { signedHeaders, presigned } = claim
  const canonical = canonicalRequest(request, { signedHeaders, payloadHash, path: rules.path, presigned })
  const hashed = hash('sha256', beyondAscii.test(canonical) ? Buffer.from(canonical, 'latin1') : canonical, 'hex')
  return claim.regionSet === undefined
    ? `${algorithm}\n${claim.timestamp}\n${claim.date}/${claim.region}/${claim.service}/aws4_request\n${hashed}`
    : `${asymmetricAlgorithm}\n${claim.timestamp}\n${claim.date}/${claim.service}/aws4_request\n${hashed}`
}

const hexDigest = /^[0-9a-f]{64}$/

/**
 * What the request says of its body. A digest must be the body's; a marker says that the body is not signed, or that its chunks are,
 * which `ChunkReader` checks. A presigned URL says nothing unless it has the header, and then the body is not signed.
 */
function declaredPayload(request: HttpRequest, { presigned, signedHeaders }: Claim): string | undefined {
  const given = request.headers.get('x-amz-content-sha256')
  if (given === undefined) return presigned ? 'UNSIGNED-PAYLOAD' : undefined
  const [said, ...more] = given
  if (said === undefined || more.length > 0 || (!presigned && !signedHeaders.includes('x-amz-content-sha256'))) return undefined
  if (!hexDigest.test(said)) return payloadMarkers.has(said) ? said : undefined
  return said === hash('sha256', request.body, 'hex') ? said : undefined
}

export const nodeHashes: Hashes = {
  sha256: (data) => hash('sha256', data, 'buffer'),
  hmacSha256(key, data) {
    const keyed = new HmacKey(key)
    return keyed.mac(Buffer.from(data).toString('latin1'))
  },
}

/** Base64 of SHA-256 of text, as the message about a malformed header shows it. */
export const hashForMessage = (text: string): string => hash('sha256', text, 'base64')
