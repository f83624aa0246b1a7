/** What differs between services in how a request is signed. One row a service that is not like the others. */
import type { PathStyle } from './canonical-request.js'

export interface SigningRules {
  readonly path: PathStyle
  /**
   * `hashed`: the digest of the body is always part of what is signed. `declared`: what `X-Amz-Content-Sha256` says is, which may be that
   * the body is not signed, or in signed chunks.
   */
  readonly payload: 'hashed' | 'declared'
  /** `fixed`: a presigned request lives as long as any other, and `X-Amz-Expires` is passed over. `chosen`: as long as that says. */
  readonly presignedLife: 'fixed' | 'chosen'
}

const ordinary: SigningRules = { path: 'normalized', payload: 'hashed', presignedLife: 'fixed' }
/** Keys of objects are paths as they stand: `a//b/../c` names one object. */
const objects: SigningRules = { path: 'verbatim', payload: 'declared', presignedLife: 'chosen' }

const rulesOf: ReadonlyMap<string, SigningRules> = new Map([
  ['s3', objects],
  ['s3express', objects],
  ['s3-object-lambda', objects],
  ['s3-outposts', objects],
])

/** By the service of the credential scope. */
export const signingRules = (service: string): SigningRules => rulesOf.get(service) ?? ordinary

/** How the chunks of a body are signed, if they are. */
export interface ChunkSigning {
  readonly signed: 'hmac' | 'ecdsa' | false
  readonly trailer: boolean
}

/** What `X-Amz-Content-Sha256` may say instead of a digest. */
export const payloadMarkers: ReadonlyMap<string, ChunkSigning | undefined> = new Map<string, ChunkSigning | undefined>([
  ['UNSIGNED-PAYLOAD', undefined],
  ['STREAMING-UNSIGNED-PAYLOAD-TRAILER', { signed: false, trailer: true }],
  ['STREAMING-AWS4-HMAC-SHA256-PAYLOAD', { signed: 'hmac', trailer: false }],
  ['STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER', { signed: 'hmac', trailer: true }],
  ['STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD', { signed: 'ecdsa', trailer: false }],
  ['STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER', { signed: 'ecdsa', trailer: true }],
])
