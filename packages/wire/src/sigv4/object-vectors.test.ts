import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { HttpRequest } from '../http.js'
import { AuthenticationError } from './authentication-error.js'
import { ChunkReader } from './chunk-reader.js'
import { type Claim, readClaim } from './claim.js'
import { deriveSigningKey, hashForMessage, signatureMatches } from './verify.js'

/** The examples in AWS's pages on signing for S3: headers, query, and bodies in signed chunks. */
const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
const accessKeyId = 'AKIAIOSFODNN7EXAMPLE'
const now = Date.UTC(2013, 4, 24)
const scope = '20130524/us-east-1/s3/aws4_request'
const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
const rules = { now, service: 's3', isRegion: () => true, hash: hashForMessage }

interface Example {
  readonly name: string
  readonly method?: string
  readonly path: string
  readonly query?: string
  /** Besides host, x-amz-date and x-amz-content-sha256. */
  readonly headers?: Readonly<Record<string, string>>
  readonly payload?: string
  readonly body?: string
  readonly signature: string
}

const examples: readonly Example[] = [
  {
    name: 'GET object',
    path: '/test.txt',
    headers: { range: 'bytes=0-9' },
    signature: 'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
  },
  {
    name: 'PUT object',
    method: 'PUT',
    path: '/test%24file.text',
    headers: { date: 'Fri, 24 May 2013 00:00:00 GMT', 'x-amz-storage-class': 'REDUCED_REDUNDANCY' },
    payload: '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072',
    body: 'Welcome to Amazon S3.',
    signature: '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
  },
  {
    name: 'GET bucket lifecycle',
    path: '/',
    query: 'lifecycle',
    signature: 'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
  },
  {
    name: 'GET bucket',
    path: '/',
    query: 'max-keys=2&prefix=J',
    signature: '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
  },
]

function requestOf({ method = 'GET', path, query = '', headers = {}, payload = empty, body = '', signature }: Example): HttpRequest {
  const all = { host: 'examplebucket.s3.amazonaws.com', 'x-amz-content-sha256': payload, 'x-amz-date': '20130524T000000Z', ...headers }
  const signed = Object.keys(all).sort().join(';')
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope},SignedHeaders=${signed},Signature=${signature}`
  return {
    method,
    path,
    query,
    headers: new Map(Object.entries({ ...all, authorization }).map(([name, value]) => [name, [value]])),
    body: Buffer.from(body),
  }
}

const matches = (request: HttpRequest): boolean => {
  const claim = readClaim(request, rules)
  return signatureMatches(request, claim, deriveSigningKey(secret, claim))
}

for (const example of examples) {
  test(`[item 4] AWS's example ${example.name} verifies, and not with another body than it says`, () => {
    const request = requestOf(example)
    assert.equal(matches(request), true)
    assert.equal(matches({ ...request, body: Buffer.from(`${example.body ?? ''}x`) }), false)
  })
}

test("[item 4] AWS's example of a presigned URL verifies: its body is not signed", () => {
  const query = `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${encodeURIComponent(`${accessKeyId}/${scope}`)}&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404`
  const request = {
    method: 'GET',
    path: '/test.txt',
    query,
    headers: new Map([['host', ['examplebucket.s3.amazonaws.com']]]),
    body: Buffer.from('any'),
  }
  assert.equal(matches(request), true)
  assert.equal(matches({ ...request, path: '/other.txt' }), false)
})

test('[item 4] a marker in place of a digest counts for objects only, signed and of the known ones', () => {
  const [example] = examples
  const marked = (payload: string, service = 's3'): boolean => {
    const request = requestOf({ ...example!, payload })
    const claim = { ...readClaim(request, rules), service }
    const key = deriveSigningKey(secret, claim)
    // Whatever is signed: with the right marker it is the signature over that marker which counts.
    return signatureMatches(request, { ...claim, signature: signatureFor(request, claim, payload) }, key)
  }
  assert.equal(marked('UNSIGNED-PAYLOAD'), true)
  assert.equal(marked('UNSIGNED-PAYLOAD', 'iam'), false)
  assert.equal(marked('UNSIGNED'), false)
  assert.equal(marked('constructor'), false)
  const unsignedHeader = requestOf({ ...example!, payload: 'UNSIGNED-PAYLOAD' })
  const claim = readClaim(unsignedHeader, rules)
  const without = { ...claim, signedHeaders: claim.signedHeaders.filter((name) => name !== 'x-amz-content-sha256') }
  assert.equal(
    signatureMatches(
      unsignedHeader,
      { ...without, signature: signatureFor(unsignedHeader, without, 'UNSIGNED-PAYLOAD') },
      deriveSigningKey(secret, claim),
    ),
    false,
  )
})

/** By the rules as AWS's page tells them, apart from the code under test. */
function signatureFor(request: HttpRequest, claim: Claim, payload: string): string {
  const headers = claim.signedHeaders.map((name) => `${name}:${request.headers.get(name)![0]}\n`).join('')
  const canonical = `${request.method}\n${request.path}\n${request.query}\n${headers}\n${claim.signedHeaders.join(';')}\n${payload}`
  const hashed = Buffer.from(hashForMessage(canonical), 'base64').toString('hex')
  return deriveSigningKey(secret, claim).macHex(
    `AWS4-HMAC-SHA256\n${claim.timestamp}\n${claim.date}/${claim.region}/${claim.service}/aws4_request\n${hashed}`,
  )
}

const claimOf = (signature: string): Claim => ({
  accessKeyId,
  date: '20130524',
  region: 'us-east-1',
  service: 's3',
  timestamp: '20130524T000000Z',
  signedHeaders: [],
  signature,
  presigned: false,
})

const a = (length: number): string => 'a'.repeat(length)
const chunk = (size: number, signature: string): string =>
  `${size.toString(16)};chunk-signature=${signature}\r\n${a(size)}${size > 0 ? '\r\n' : ''}`

const plain = {
  marker: 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
  seed: '4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9',
  chunks: [
    chunk(65_536, 'ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648'),
    chunk(1024, '0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497'),
    `${chunk(0, 'b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9')}\r\n`,
  ],
}
const trailing = {
  marker: 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER',
  seed: '106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e',
  chunks: [
    chunk(65_536, 'b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2'),
    chunk(1024, '1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7'),
    chunk(0, '2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992'),
    'x-amz-checksum-crc32c:sOO8/Q==\r\nx-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n\r\n',
  ],
}
const unsigned = {
  marker: 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
  seed: '00',
  chunks: [`5\r\nhello\r\n`, '0\r\n', 'x-amz-checksum-crc32:NhCmhg==\r\n\r\n'],
}

interface Body {
  readonly marker: string
  readonly seed: string
  readonly chunks: readonly string[]
}

/** The bytes that were given out and the trailers, or the failure; `pieces` of the body come one after another. */
function read({ marker, seed, chunks }: Body, decodedLength: number, pieces = chunks): string {
  const claim = claimOf(seed)
  let bytes = 0
  let trailers = ''
  try {
    const reader = new ChunkReader({ marker, claim, key: deriveSigningKey(secret, claim), decodedLength })
    for (const piece of pieces) {
      for (const { bytes: given, trailers: named } of reader.push(Buffer.from(piece, 'latin1'))) {
        bytes += given.length
        trailers += [...(named ?? [])].map(([name, value]) => `${name}=${value}`).join()
      }
    }
    reader.end()
    return `${bytes} ${trailers}`.trim()
  } catch (error) {
    assert.ok(error instanceof AuthenticationError, String(error))
    return error.failure
  }
}

test("[item 4] AWS's examples of chunked bodies are read, however they are cut", () => {
  assert.equal(read(plain, 66_560), '66560')
  assert.equal(read(trailing, 66_560), '66560 x-amz-checksum-crc32c=sOO8/Q==')
  assert.equal(read(unsigned, 5), '5 x-amz-checksum-crc32=NhCmhg==')
  for (const [body, length] of [
    [plain, 66_560],
    [trailing, 66_560],
    [unsigned, 5],
  ] as const) {
    const whole = body.chunks.join('')
    assert.equal(read(body, length, [whole]), read(body, length))
    for (const size of [1, 2, 1021]) {
      if (size < 1000 && length > 1000) continue
      const pieces = whole.match(new RegExp(`[^]{1,${size}}`, 'g'))!
      assert.equal(read(body, length, pieces), read(body, length))
    }
  }
})

test('[item 4] chunks that were changed, moved, left out, said twice or added are refused', () => {
  const [one, two, three] = plain.chunks as [string, string, string]
  const bend = (text: string): string => text.replace('aaaa', 'aaab')
  for (const chunks of [
    [bend(one), two, three],
    [one, bend(two), three],
    [two, one, three],
    [two, three],
    [one, three],
    [one, two, two, three],
  ]) {
    assert.match(read(plain, 66_560, chunks), /^(?:SignatureDoesNotMatch|IncompleteSignature)$/)
  }
  for (const chunks of [[one, two], [one], [], [one, two, three, 'x'], [one, two, `${three}${three}`]]) {
    assert.equal(read(plain, 66_560, chunks), 'IncompleteSignature')
  }
  assert.equal(read(plain, 66_559), 'IncompleteSignature')
  assert.equal(read(plain, 66_561), 'IncompleteSignature')
  assert.equal(read({ ...plain, seed: trailing.seed }, 66_560), 'SignatureDoesNotMatch')
  const [first, second, last, trailer] = trailing.chunks as [string, string, string, string]
  for (const end of [
    trailer.replace('sOO8', 'sOO9'),
    trailer.replace(/x-amz-trailer-signature.*?\r\n/, ''),
    trailer.replace('x-amz-checksum-crc32c', 'x-amz-checksum-crc32'),
    `x-more:1\r\n${trailer}`,
    '\r\n',
  ]) {
    assert.match(read(trailing, 66_560, [first, second, last, end]), /^(?:SignatureDoesNotMatch|IncompleteSignature)$/, end)
  }
})

test('[item 4] what is not aws-chunked, too large, or of another kind is refused in bounded room', () => {
  const bad = (text: string, marker = unsigned.marker): string => read({ ...unsigned, marker }, 5, [text])
  for (const text of [
    'hello',
    'g\r\n',
    '-5\r\nhello\r\n',
    '5;chunk-signature=00\r\nhello\r\n',
    '6\r\nhello!\r\n',
    '5\r\nhelloXX',
    `${'0'.repeat(2000)}`,
    'ffffffff\r\n',
    '5 \r\nhello\r\n',
  ]) {
    assert.equal(bad(text), 'IncompleteSignature', text.slice(0, 20))
  }
  assert.equal(bad('5\r\nhello\r\n', plain.marker), 'IncompleteSignature', 'a signature is missing')
  for (const marker of ['UNSIGNED-PAYLOAD', 'STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD', 'nothing', empty, '__proto__']) {
    assert.equal(bad('5\r\nhello\r\n', marker), 'IncompleteSignature', marker)
  }
})
