import assert from 'node:assert/strict'
import { createHash, createHmac } from 'node:crypto'
import { test } from 'node:test'
import { SignatureV4 } from '@smithy/signature-v4'
import fc from 'fast-check'
import type { HttpRequest } from '../http.js'
import { encoded } from './canonical-request.js'
import { readClaim } from './claim.js'
import { webHashes } from './hashes.js'
import { presign, sign } from './sign.js'
import { SigningKeys } from './signing-keys.js'
import { deriveSigningKey, hashForMessage, nodeHashes, signatureMatches } from './verify.js'

/** What the SDK's signer wants of a hash. */
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

const at = new Date(Date.UTC(2026, 10, 24, 12))
const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken: 'token' }
const rules = { now: at.getTime(), isRegion: () => true, hash: hashForMessage }
const signer = new SignatureV4({ credentials, region: 'eu-north-1', service: 'iam', sha256: Sha256 as never, applyChecksum: false })

const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 })
const generated = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE'),
  segments: fc.array(
    name.filter((text) => text !== '.' && text !== '..'),
    { maxLength: 3 },
  ),
  query: fc.dictionary(
    name.filter((text) => !/^x-amz-/i.test(text) && text !== '__proto__'),
    name,
    { maxKeys: 4 },
  ),
  headers: fc.dictionary(fc.stringMatching(/^x-[a-z]{1,8}$/), fc.stringMatching(/^[!-~]([ -~]{0,12}[!-~])?$/), { maxKeys: 3 }),
  body: fc.string({ maxLength: 40 }),
})

const wire = (request: {
  method: string
  path: string
  query?: Record<string, unknown>
  headers: Record<string, string>
  body?: unknown
}): HttpRequest => ({
  method: request.method,
  path: request.path,
  query: Object.entries(request.query ?? {})
    .map(([key, value]) => `${encoded(key)}=${encoded(String(value))}`)
    .join('&'),
  headers: new Map(Object.entries(request.headers).map(([key, value]) => [key.toLowerCase(), [value]])),
  body: Buffer.from((request.body as string | undefined) ?? ''),
})

const seen = (request: HttpRequest): boolean => {
  const claim = readClaim(request, rules)
  return signatureMatches(request, claim, deriveSigningKey('secret', claim))
}

test("[item 3] what the SDK's signer signs verifies by header and by query, and nothing that differs in one place does", async () => {
  await fc.assert(
    fc.asyncProperty(generated, async ({ method, segments, query, headers, body }) => {
      const path = `/${segments.map(encoded).join('/')}`
      const plain = { method, protocol: 'https:', hostname: 'localhost', path, query, headers: { host: 'localhost', ...headers }, body }
      const signed = wire(await signer.sign(plain, { signingDate: at }))
      assert.equal(seen(signed), true, 'signed by header')
      const presigned = wire(await signer.presign({ ...plain, body: '' }, { signingDate: at, expiresIn: 60 }))
      assert.equal(seen(presigned), true, 'signed by query')

      assert.equal(seen({ ...signed, method: method === 'GET' ? 'POST' : 'GET' }), false)
      assert.equal(seen({ ...signed, path: `${signed.path}x` }), false)
      assert.equal(seen({ ...signed, query: signed.query === '' ? 'a=b' : `${signed.query}&a=b` }), false)
      assert.equal(seen({ ...signed, body: Buffer.from(`${body}x`) }), false)
      assert.equal(seen({ ...signed, headers: new Map([...signed.headers, ['host', ['elsewhere']]]) }), false)
    }),
    { numRuns: 200, seed: 20261124 },
  )
})

test('[item 3] our own signer, with hashes of Node and of WebCrypto, makes what verifies', async () => {
  const request: HttpRequest = {
    method: 'POST',
    path: '/a b/ü',
    query: 'x=1&y=%20',
    headers: new Map([
      ['host', ['localhost']],
      ['x-two', ['a', 'b']],
    ]),
    body: Buffer.from('body'),
  }
  for (const hashes of [nodeHashes, webHashes]) {
    const options = { credentials, region: 'eu-north-1', service: 'sts', at: at.getTime(), hashes }
    const added = await sign(request, options)
    assert.equal(
      seen({ ...request, headers: new Map([...request.headers, ...Object.entries(added).map(([key, value]) => [key, [value]] as const)]) }),
      true,
    )
    assert.equal(seen({ ...request, query: await presign(request, { ...options, expiresSeconds: 60 }) }), true)
  }
})

test('[item 3] the session token is signed: another token does not verify', async () => {
  const plain = { method: 'GET', protocol: 'https:', hostname: 'localhost', path: '/', query: {}, headers: { host: 'localhost' } }
  const signed = wire(await signer.sign(plain, { signingDate: at }))
  assert.equal(readClaim(signed, rules).sessionToken, 'token')
  assert.equal(seen({ ...signed, headers: new Map([...signed.headers, ['x-amz-security-token', ['other']]]) }), false)
})

test('[item 3] derived keys are kept by key, day, region and service, and never for another secret', () => {
  const keys = new SigningKeys(2)
  const claim = {
    accessKeyId: 'A',
    date: '20261124',
    region: 'r',
    service: 's',
    timestamp: '',
    signedHeaders: [],
    signature: '',
    presigned: false,
  }
  const first = keys.keyFor(claim, 'one')
  assert.equal(keys.keyFor({ ...claim }, 'one'), first)
  const other = keys.keyFor(claim, 'two')
  assert.notEqual(other, first)
  assert.notDeepEqual(other.mac('text'), first.mac('text'))
  assert.deepEqual(keys.keyFor(claim, 'one').mac('text'), first.mac('text'))
})
