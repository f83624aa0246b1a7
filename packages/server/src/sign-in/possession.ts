/** Proof that a client has a key (DPoP, RFC 9449), as the AWS CLI and the SDKs send it with every token request. */
import { createHash, createPublicKey, verify } from 'node:crypto'

export interface Expected {
  readonly method: string
  /** The addresses that the request may have been sent to. */
  readonly urls: readonly string[]
  readonly now: number
}

const aroundMilliseconds = 5 * 60_000
const maxLength = 4096

/** The thumbprint of the key (RFC 7638); undefined when nothing is proven. */
export function provenKey(proof: string | undefined, { method, urls, now }: Expected): string | undefined {
  const parts = proof === undefined || proof.length > maxLength ? [] : proof.split('.')
  if (parts.length !== 3) return undefined
  const [header, claims, signature] = parts as [string, string, string]
  const { typ, alg, jwk } = objectIn(header)
  const { htm, htu, iat, jti } = objectIn(claims)
  if (typ !== 'dpop+jwt' || alg !== 'ES256' || typeof jwk !== 'object' || jwk === null) return undefined
  const { kty, crv, x, y, d } = jwk as Readonly<Record<string, unknown>>
  if (kty !== 'EC' || crv !== 'P-256' || typeof x !== 'string' || typeof y !== 'string' || d !== undefined) return undefined
  if (htm !== method || typeof htu !== 'string' || !urls.includes(htu) || typeof jti !== 'string' || jti === '') return undefined
  if (typeof iat !== 'number' || Math.abs(iat * 1000 - now) > aroundMilliseconds) return undefined
  try {
    const key = createPublicKey({ key: { kty, crv, x, y }, format: 'jwk' })
    const signed = Buffer.from(`${header}.${claims}`)
    if (!verify('sha256', signed, { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'))) return undefined
  } catch {
    return undefined
  }
  return createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url')
}

function objectIn(part: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
  } catch {
    return {}
  }
}
