import assert from 'node:assert/strict'
import { createHash, createHmac, generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import { SignatureV4a } from '@smithy/signature-v4a'
import type { HttpRequest } from '../http.js'
import { asymmetricSignatureMatches, deriveVerifyingKey } from './asymmetric.js'
import { AuthenticationError } from './authentication-error.js'
import { readClaim } from './claim.js'
import { deriveSigningKey, hashForMessage, signatureMatches } from './verify.js'

const accessKeyId = 'AKIDEXAMPLE'
const secretAccessKey = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'
const at = new Date(Date.UTC(2015, 7, 30, 12, 36))
const rules = { now: at.getTime(), isRegion: (region: string) => region === 'us-east-1', hash: hashForMessage, asymmetric: true }

test("[item 4] the key pair of AWS's published vectors is derived", () => {
  const { x, y } = deriveVerifyingKey(accessKeyId, secretAccessKey).export({ format: 'jwk' })
  const hex = (text: string | undefined): string => Buffer.from(text!, 'base64url').toString('hex')
  assert.equal(hex(x), 'b6618f6a65740a99e650b33b6b4b5bd0d43b176d721a3edfea7e7d2d56d936b1')
  assert.equal(hex(y), '865ed22a7eadc9c5cb9d2cbaca1b3699139fedc5043dc6661864218330c8e518')
})

class Sha256 {
  readonly #hash
  constructor(secret?: unknown) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret as Buffer)
  }
  update(data: Uint8Array): void {
    this.#hash.update(data)
  }
  async digest(): Promise<Uint8Array> {
    return this.#hash.digest()
  }
  reset(): void {}
}

async function signed(service: string, region = '*', credentials = { accessKeyId, secretAccessKey }): Promise<HttpRequest> {
  const signer = new SignatureV4a({ credentials, region, service, sha256: Sha256 as never })
  const request = {
    method: 'POST',
    protocol: 'https:',
    hostname: 'example.amazonaws.com',
    path: '/',
    query: {},
    headers: { host: 'example.amazonaws.com' },
    body: 'Param1=value1',
  }
  const { headers, method, path } = await signer.sign(request as never, { signingDate: at })
  return {
    method,
    path,
    query: '',
    headers: new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), [value as string]])),
    body: Buffer.from('Param1=value1'),
  }
}

const matches = (request: HttpRequest, key = deriveVerifyingKey(accessKeyId, secretAccessKey)): boolean =>
  asymmetricSignatureMatches(request, readClaim(request, rules), key)

test('[item 4] what the SDK signs with version 4A verifies, and nothing else does', async () => {
  for (const service of ['service', 's3']) {
    const request = await signed(service)
    const claim = readClaim(request, rules)
    assert.deepEqual(
      [claim.accessKeyId, claim.date, claim.region, claim.service, claim.regionSet],
      [accessKeyId, '20150830', '', service, ['*']],
    )
    assert.equal(matches(request), true)
    assert.equal(matches({ ...request, body: Buffer.from('Param1=value2') }), false)
    assert.equal(matches(request, deriveVerifyingKey(accessKeyId, 'another-secret')), false)
    assert.equal(matches(request, deriveVerifyingKey('AKIDOTHER', secretAccessKey)), false)
    assert.equal(matches(request, generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey), false)
    // Neither kind of signature passes for the other.
    assert.equal(signatureMatches(request, claim, deriveSigningKey(secretAccessKey, claim)), false)
    const { regionSet: _, ...symmetric } = claim
    assert.equal(asymmetricSignatureMatches(request, symmetric, deriveVerifyingKey(accessKeyId, secretAccessKey)), false)
    for (const signature of ['', '00', claim.signature.slice(2), claim.signature.toUpperCase(), `${claim.signature}00`, 'zz'.repeat(70)]) {
      assert.equal(
        asymmetricSignatureMatches(request, { ...claim, signature }, deriveVerifyingKey(accessKeyId, secretAccessKey)),
        false,
        signature,
      )
    }
  }
})

test('[item 4] version 4A is refused by name where it is not taken, and its regions must be signed and be ours', async () => {
  const told = (request: HttpRequest, changed: object = {}): string => {
    try {
      readClaim(request, { ...rules, ...changed })
      return 'read'
    } catch (error) {
      assert.ok(error instanceof AuthenticationError)
      return `${error.failure} ${error.message}`
    }
  }
  const request = await signed('service')
  assert.equal(
    told(request, { asymmetric: false }),
    "IncompleteSignature Unsupported AWS 'algorithm': 'AWS4-ECDSA-P256-SHA256' (only AWS4-HMAC-SHA256 for now). ",
  )
  assert.equal(told(await signed('service', 'us-east-1,eu-west-1')), 'read')
  assert.match(told(await signed('service', 'eu-west-1')), /^SignatureDoesNotMatch Credential should be scoped to a valid region/)
  assert.match(told(request, { service: 'iam' }), /^SignatureDoesNotMatch Credential should be scoped to correct service: 'iam'/)
  const [authorization] = request.headers.get('authorization')!
  const bent = (header: string): HttpRequest => ({ ...request, headers: new Map([...request.headers, ['authorization', [header]]]) })
  assert.match(
    told(bent(authorization!.replace('x-amz-region-set', 'x-amz-other'))),
    /^IncompleteSignature 'X-Amz-Region-Set' must be given and signed/,
  )
  assert.match(
    told(bent(authorization!.replace('/service/', '/us-east-1/service/'))),
    /^IncompleteSignature Credential must have exactly 4/,
  )
})
