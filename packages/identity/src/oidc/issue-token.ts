/** Tokens of our own: keys, signing, and the public half that the issuer's key set shows. */
import { CompactSign, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose'

export type IssuingAlgorithm = 'RS256' | 'ES384'

/** A private key, as a JWK in text, so that it can be sealed at rest. */
export interface IssuingKey {
  readonly kid: string
  readonly alg: IssuingAlgorithm
  readonly privateJwk: string
}

/** The key id is the key's own thumbprint (RFC 7638), so that two keys never share one. */
export async function newIssuingKey(alg: IssuingAlgorithm): Promise<IssuingKey> {
  const { privateKey } = await generateKeyPair(alg, { extractable: true, modulusLength: 2048 })
  const jwk = await exportJWK(privateKey)
  return { kid: await calculateJwkThumbprint(publicPart(jwk)), alg, privateJwk: JSON.stringify(jwk) }
}

/** The JWK to publish. */
export function publicKeyOf({ kid, alg, privateJwk }: IssuingKey): object {
  return { ...publicPart(JSON.parse(privateJwk) as JWK), kid, alg, use: 'sig' }
}

/** By name, so that no private member can slip through. */
function publicPart({ kty, n, e, crv, x, y }: JWK): JWK {
  return (kty === 'RSA' ? { kty, n, e } : { kty, crv, x, y }) as JWK
}

export async function issueToken(claims: object, { kid, alg, privateJwk }: IssuingKey): Promise<string> {
  const key = await importJWK(JSON.parse(privateJwk) as JWK, alg)
  return new CompactSign(new TextEncoder().encode(JSON.stringify(claims))).setProtectedHeader({ alg, kid, typ: 'JWT' }).sign(key)
}
