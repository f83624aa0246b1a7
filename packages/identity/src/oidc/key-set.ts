/** What an issuer publishes as its `jwks_uri`: the public keys that its tokens are signed with (RFC 7517). */
import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import { attemptNow, type Proof, refuse } from '../proof.js'
import { type Algorithm, algorithms } from './algorithms.js'
import { isObject, type JsonObject, strictObject } from './strict-json.js'

/** A public key of a set, with the members that choosing one looks at. */
export interface SigningKey {
  readonly kid: string
  readonly kty: string
  readonly crv?: string
  readonly alg?: string
  readonly publicKey: KeyObject
}

export interface KeySet {
  readonly keys: readonly SigningKey[]
}

const maxKeys = 100
/** Members of a private or symmetric key: a set that holds one has lost its secrecy, and that key proves nothing. */
const secretMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k', 'oth']

/** Keys for other uses, of other kinds, without an id, and keys that are not well-formed are passed over; a set that is not one is refused. */
export function readKeySet(text: string): Proof<KeySet> {
  return attemptNow(() => {
    const { keys } = strictObject(text, 'the key set')
    if (!Array.isArray(keys)) return refuse('malformed', 'the key set has no list of keys')
    if (keys.length > maxKeys) return refuse('malformed', `the key set has more than ${maxKeys} keys`)
    return { keys: keys.flatMap((key) => signingKey(key) ?? []) }
  })
}

function signingKey(value: unknown): SigningKey | undefined {
  if (!isObject(value)) return undefined
  const { kty, kid, crv, alg, use, key_ops } = value
  if (typeof kid !== 'string' || typeof kty !== 'string' || secretMembers.some((name) => Object.hasOwn(value, name))) return undefined
  if (use !== undefined && use !== 'sig') return undefined
  if (key_ops !== undefined && !(Array.isArray(key_ops) && key_ops.includes('verify'))) return undefined
  const publicKey = publicKeyOf(value)
  if (publicKey === undefined) return undefined
  return {
    kid,
    kty,
    ...(typeof crv === 'string' && { crv }),
    ...(typeof alg === 'string' && { alg }),
    publicKey,
  }
}

/** Shorter keys prove nothing any more, longer ones cost more than they are worth. */
const rsaBits = { least: 2048, most: 8192 }

function publicKeyOf(jwk: JsonObject): KeyObject | undefined {
  try {
    const key = createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' })
    const bits = key.asymmetricKeyDetails?.modulusLength
    return bits === undefined || (bits >= rsaBits.least && bits <= rsaBits.most) ? key : undefined
  } catch {
    return undefined
  }
}

/**
 * The key that a token's header means: by key id and algorithm. A header without an id means the only key of a set. Of a set that gives
 * an id to several keys that fit, none is taken.
 */
export function keyFor({ keys }: KeySet, alg: string, kid: string | undefined): SigningKey {
  const algorithm = algorithms.get(alg)!
  const meant = keys.filter((key) => (kid === undefined ? keys.length === 1 : key.kid === kid))
  const [fitting, ...more] = meant.filter((key) => fits(key, alg, algorithm))
  if (fitting === undefined) return refuse('unknownKey', 'the issuer publishes no such key')
  return more.length === 0 ? fitting : refuse('unknownKey', 'the issuer has several keys that could be meant')
}

const fits = (key: SigningKey, alg: string, { kty, crv }: Algorithm): boolean =>
  key.kty === kty && (crv === undefined || key.crv === crv) && (key.alg === undefined || key.alg === alg)
