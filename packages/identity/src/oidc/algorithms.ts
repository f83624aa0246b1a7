/** The signature algorithms that are accepted. Anything else, `none` and the HMACs first of all, is refused by not being here. */
import { constants, type KeyObject, type VerifyKeyObjectInput, verify } from 'node:crypto'

export interface Algorithm {
  readonly kty: 'RSA' | 'EC' | 'OKP'
  /** The one curve that goes with it. */
  readonly crv?: string
  /** Absent where the algorithm brings its own hash. */
  readonly hash?: 'sha256' | 'sha384' | 'sha512'
  /** How Node is to read the signature (RFC 7518 §3, RFC 8037 §3.1). */
  readonly form: Omit<VerifyKeyObjectInput, 'key'>
}

const pkcs1 = { padding: constants.RSA_PKCS1_PADDING }
/** The salt is as long as the hash, and no shorter. */
const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
const ecdsa = { dsaEncoding: 'ieee-p1363' } as const

export const algorithms: ReadonlyMap<string, Algorithm> = new Map<string, Algorithm>([
  ['RS256', { kty: 'RSA', hash: 'sha256', form: pkcs1 }],
  ['RS384', { kty: 'RSA', hash: 'sha384', form: pkcs1 }],
  ['RS512', { kty: 'RSA', hash: 'sha512', form: pkcs1 }],
  ['PS256', { kty: 'RSA', hash: 'sha256', form: pss }],
  ['PS384', { kty: 'RSA', hash: 'sha384', form: pss }],
  ['PS512', { kty: 'RSA', hash: 'sha512', form: pss }],
  ['ES256', { kty: 'EC', crv: 'P-256', hash: 'sha256', form: ecdsa }],
  ['ES384', { kty: 'EC', crv: 'P-384', hash: 'sha384', form: ecdsa }],
  ['ES512', { kty: 'EC', crv: 'P-521', hash: 'sha512', form: ecdsa }],
  ['EdDSA', { kty: 'OKP', crv: 'Ed25519', form: {} }],
])

export function isSignedWith({ hash, form }: Algorithm, key: KeyObject, signed: string, signature: Uint8Array): boolean {
  return verify(hash, Buffer.from(signed, 'latin1'), { key, ...form }, signature)
}
