/** Signature Version 4A: signed with a key pair that both sides derive from the secret, so that one signature is good in many regions. */
import { createECDH, createHmac, createPublicKey, type KeyObject, verify } from 'node:crypto'
import type { HttpRequest } from '../http.js'
import type { Claim } from './claim.js'
import { asymmetricAlgorithm } from './claim-parts.js'
import { signingRules } from './signing-rules.js'
import { stringToSign } from './verify.js'

/** The order of P-256, less two: a candidate beyond it is passed over. */
const orderLessTwo = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc63254fn
const mostTries = 254

/** The public half of the key pair. Costs a point multiplication: keep it by key id and secret. */
export function deriveVerifyingKey(accessKeyId: string, secretAccessKey: string): KeyObject {
  const pair = createECDH('prime256v1')
  pair.setPrivateKey(privateScalar(accessKeyId, secretAccessKey))
  const point = pair.getPublicKey()
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString('base64url')) as [string, string]
  return createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' })
}

/** NIST SP 800-108 in counter mode over HMAC-SHA-256, until a candidate is in range. */
function privateScalar(accessKeyId: string, secretAccessKey: string): Buffer {
  for (let counter = 1; counter <= mostTries; counter++) {
    const candidate = createHmac('sha256', `AWS4A${secretAccessKey}`)
      .update(Buffer.concat([Buffer.of(0, 0, 0, 1), Buffer.from(`${asymmetricAlgorithm}\0${accessKeyId}`), Buffer.of(counter, 0, 0, 1, 0)]))
      .digest('hex')
    const number = BigInt(`0x${candidate}`)
    if (number <= orderLessTwo) return Buffer.from((number + 1n).toString(16).padStart(64, '0'), 'hex')
  }
  throw new Error('no key can be derived from this secret')
}

const hexSignature = /^(?:[0-9a-f]{2}){8,80}$/

/** Whether a text was signed with the key, the signature being DER in hex. */
export const isSignedBy = (key: KeyObject, text: string, signature: string): boolean =>
  hexSignature.test(signature) && verify('sha256', Buffer.from(text, 'latin1'), key, Buffer.from(signature, 'hex'))

/** The claim must be one of Signature Version 4A: it has a set of regions. */
export function asymmetricSignatureMatches(
  request: HttpRequest,
  claim: Claim,
  key: KeyObject,
  rules = signingRules(claim.service),
): boolean {
  if (claim.regionSet === undefined) return false
  const toSign = stringToSign(request, claim, rules)
  return toSign !== undefined && isSignedBy(key, toSign, claim.signature)
}
