/** What an issuer publishes as its `jwks_uri`: the public keys that its tokens are signed with (RFC 7517). */
import { createPublicKey, type JsonWebKey, type KeyObject, X509Certificate } from 'node:crypto'
import { attemptNow, type Proof, refuse } from '../proof.js'
import { type Algorithm, algorithms } from './algorithms.js'
import { isObject, type JsonObject, strictObject } from './strict-json.js'

/** A public key of a set, with the members that choosing one looks at. */
export interface SigningKey {
  readonly kid: string
  readonly kty: string
  readonly crv?: string
  readonly alg?: string
  /** It says what it is for both as a use and as operations, which RFC 7517 §4.3 advises against: AWS verifies nothing with it. */
  readonly saysUseTwice: boolean
  readonly publicKey: KeyObject
}

export interface KeySet {
  readonly keys: readonly SigningKey[]
}

/** Of one type: AWS takes none of a type that a set has more of. */
const maxKeys = 100
/** Members of a private or symmetric key: a set that holds one has lost its secrecy, and that key proves nothing. */
const secretMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k', 'oth']

/** Keys for other uses, of other kinds, without an id, and keys that are not well-formed are passed over; a set that is not one is refused. */
export function readKeySet(text: string): Proof<KeySet> {
  return attemptNow(() => {
    const { keys } = strictObject(text, 'the key set')
    if (!Array.isArray(keys)) return refuse('malformed', 'the key set has no list of keys')
    const alike = new Map<unknown, JsonObject[]>()
    for (const key of keys.filter(isObject)) {
      const others = alike.get(key.kty)
      if (others === undefined) alike.set(key.kty, [key])
      else others.push(key)
    }
    const few = [...alike.values()].filter(({ length }) => length <= maxKeys)
    return { keys: few.flat().flatMap((key) => signingKey(key) ?? []) }
  })
}

function signingKey(value: JsonObject): SigningKey | undefined {
  const { kty, kid, crv, alg, use, key_ops, x5c } = value
  if (typeof kid !== 'string' || typeof kty !== 'string' || secretMembers.some((name) => Object.hasOwn(value, name))) return undefined
  if (use !== undefined && use !== 'sig') return undefined
  const saysUseTwice = use !== undefined && key_ops !== undefined
  if (key_ops !== undefined && !saysUseTwice && !(Array.isArray(key_ops) && key_ops.includes('verify'))) return undefined
  const publicKey = publicKeyOf(value)
  if (publicKey === undefined || !isCertified(publicKey, x5c)) return undefined
  return {
    kid,
    kty,
    ...(typeof crv === 'string' && { crv }),
    ...(typeof alg === 'string' && { alg }),
    saysUseTwice,
    publicKey,
  }
}

/** A certificate that comes with a key is not asked who signed it, but must be for that key (RFC 7517 §4.7). */
function isCertified(publicKey: KeyObject, x5c: unknown): boolean {
  const [first]: readonly unknown[] = Array.isArray(x5c) ? x5c : []
  if (first === undefined) return true
  try {
    return new X509Certificate(Buffer.from(String(first), 'base64')).publicKey.equals(publicKey)
  } catch {
    return false
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
 * The key that a token's header means: by key id and algorithm. A header without an id means the only key of a set. As with AWS, of
 * several that fit the last counts.
 */
export function keyFor({ keys }: KeySet, alg: string, kid: string | undefined): SigningKey {
  const algorithm = algorithms.get(alg)!
  const meant = keys.filter((key) => (kid === undefined ? keys.length === 1 : key.kid === kid))
  return meant.findLast((key) => fits(key, algorithm)) ?? refuse('unknownKey', 'the issuer publishes no such key')
}

/** Of the algorithm that a key names AWS does not mind the hash. */
const fits = (key: SigningKey, { kty, crv, form }: Algorithm): boolean =>
  key.kty === kty && (crv === undefined || key.crv === crv) && (key.alg === undefined || algorithms.get(key.alg)?.form === form)
