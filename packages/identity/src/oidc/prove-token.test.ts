import assert from 'node:assert/strict'
import { createHmac, createPublicKey } from 'node:crypto'
import { before, test } from 'node:test'
import { CompactSign, exportJWK, generateKeyPair, importPKCS8, type JWK } from 'jose'
import { idp, rogue, type TestKey } from '../saml/provider.test.support.js'
import { issueToken, newIssuingKey, publicKeyOf } from './issue-token.js'
import { readKeySet } from './key-set.js'
import { proveToken } from './prove-token.js'
import { readToken } from './read-token.js'

const now = Date.UTC(2026, 10, 26, 12)
const seconds = now / 1000
const issuer = 'https://issuer.example.com'
const audiences = ['app', 'other-app']
const algs = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'] as const

const privateKeys = new Map<string, CryptoKey>()
const publicJwks: JWK[] = []

before(async () => {
  for (const alg of [...algs, 'rogue' as const]) {
    const { privateKey, publicKey } = await generateKeyPair(alg === 'rogue' ? 'RS256' : alg, { extractable: true })
    privateKeys.set(alg, privateKey)
    if (alg !== 'rogue') publicJwks.push({ ...(await exportJWK(publicKey)), kid: alg, use: 'sig' })
  }
})

const claims = { iss: issuer, aud: 'app', sub: 'dana', iat: seconds - 10, exp: seconds + 600 }
const base64url = (value: string | object): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')

const signed = (payload: object | string, header: object = {}, key: string = 'RS256'): Promise<string> => {
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload)
  const alg = key === 'rogue' || key === 'idp' ? 'RS256' : key
  return new CompactSign(new TextEncoder().encode(text))
    .setProtectedHeader({ alg, kid: key, ...header } as never)
    .sign(privateKeys.get(key)!, {
      crit: { [Object.keys(header)[0] ?? '']: true },
    })
}

/** `proven`, or the reason why not. */
async function outcome(token: string, keys: readonly object[] = publicJwks, at = now): Promise<string> {
  const read = readToken(token)
  if (read.refused) return `${read.refused.reason}: ${read.refused.detail}`
  const set = readKeySet(JSON.stringify({ keys }))
  if (set.refused) return `${set.refused.reason}: ${set.refused.detail}`
  const { proven, refused } = await proveToken(read.proven, { keys: set.proven, issuer, audiences, now: at })
  return proven === undefined ? `${refused!.reason}: ${refused!.detail}` : `proven ${proven.subject} for ${proven.audience}`
}

for (const alg of algs) {
  test(`[item 1] a token signed with ${alg} is proven, and with a bit of its signature changed it is not`, async () => {
    const token = await signed(claims, {}, alg)
    assert.equal(await outcome(token), 'proven dana for app')
    const [head, body, signature] = token.split('.') as [string, string, string]
    const bytes = Buffer.from(signature, 'base64url')
    bytes[5]! ^= 1
    assert.match(await outcome(`${head}.${body}.${bytes.toString('base64url')}`), /^signature: /)
  })
}

test('[item 1] a token of no signature, or of a secret that is public, proves nothing', async () => {
  const body = base64url(claims)
  const none = `${base64url({ alg: 'none' })}.${body}.`
  assert.match(await outcome(none), /^malformed: /)
  assert.match(await outcome(`${base64url({ alg: 'none' })}.${body}.AA`), /^signature: the token is signed with no accepted algorithm$/)
  for (const alg of ['NONE', 'nOnE', 'HS256', 'constructor', '__proto__', 'RSA1_5', 'RS1']) {
    assert.match(await outcome(`${base64url({ alg })}.${body}.AA`), /^signature: the token is signed with no accepted algorithm$/)
  }
  // The public key as an HMAC's secret, which a verifier takes that lets the token choose.
  const head = base64url({ alg: 'HS256', kid: 'RS256' })
  const mac = createHmac('sha256', JSON.stringify(publicJwks[0])).update(`${head}.${body}`).digest('base64url')
  assert.match(await outcome(`${head}.${body}.${mac}`), /^signature: /)
})

test('[item 1] a key is taken for algorithms of its own kind only', async () => {
  const token = await signed(claims, { kid: 'RS256' }, 'ES256')
  assert.match(await outcome(token), /^unknownKey: /)
  const bound = (alg: string) => publicJwks.map((jwk) => (jwk.kid === 'RS256' ? { ...jwk, alg } : jwk))
  for (const alg of ['PS256', 'HS256', 'RSA-OAEP', '']) assert.match(await outcome(await signed(claims), bound(alg)), /^unknownKey: /, alg)
  assert.match(await outcome(await signed(claims, { kid: 'ES256' }, 'ES384')), /^unknownKey: /)
})

test('[item 1] key ids are names and nothing else', async () => {
  for (const kid of ['../../etc/passwd', "' or 1=1 --", '', 'http://evil.example.com/key', '__proto__', 'constructor']) {
    assert.match(await outcome(await signed(claims, { kid })), /^unknownKey: /, kid)
  }
  assert.match(await outcome(await signed(claims, { kid: 7 })), /^malformed: /)
  assert.match(await outcome(await signed(claims, { kid: ['RS256'] })), /^malformed: /)
})

test('[item 1] a token without a key id means the only key of a set, and of several none; a key without an id is none', async () => {
  const token = await signed(claims, { kid: undefined })
  const own = publicJwks.filter(({ kid }) => kid === 'RS256')
  assert.equal(await outcome(token, own), 'proven dana for app')
  assert.match(await outcome(token), /^unknownKey: /)
  const others = publicJwks.filter(({ kid }) => kid === 'RS256' || kid === 'ES256')
  assert.match(await outcome(token, others), /^unknownKey: /, 'although only one of them fits')
  const { kid: _, ...nameless } = own[0]!
  assert.match(await outcome(token, [nameless]), /^unknownKey: /)
})

test('[item 1] which of the published keys AWS verifies with, as recorded on the wire in 2026', async () => {
  privateKeys.set('idp', await importPKCS8(idp.privateKey, 'RS256'))
  const jwkOf = ({ certificate }: TestKey) => ({ ...createPublicKey(certificate).export({ format: 'jwk' }), kid: 'idp', use: 'sig' })
  const x5c = ({ certificate }: TestKey) => ({ x5c: [certificate.replace(/-----[A-Z ]+-----|\n/g, '')] })
  const [rsa, wrong, own, foreign] = [jwkOf(idp), jwkOf(rogue), x5c(idp), x5c(rogue)]
  const point = publicJwks.find(({ kid }) => kid === 'ES256')!
  const crowd = [rsa, ...Array.from({ length: 100 }, (_, index) => ({ ...rsa, kid: `extra${index}` })), point]
  const rows: (readonly [row: string, keys: readonly object[], expected: RegExp, signer?: string])[] = [
    ['labelled with another hash', [{ ...rsa, alg: 'RS512' }], /^proven/],
    ['for a use and for signing', [{ ...rsa, key_ops: ['sign'] }], /^signature: /],
    ['for a use and for verifying', [{ ...rsa, key_ops: ['verify'] }], /^signature: /],
    ['twice the same', [rsa, rsa], /^proven/],
    ['two of one id, the last right', [wrong, rsa], /^proven/],
    ['two of one id, the last wrong', [rsa, wrong], /^signature: /],
    ['with its certificate', [{ ...rsa, ...own }], /^proven/],
    ['a certificate alone', [{ kty: 'RSA', kid: 'idp', ...own }], /^unknownKey: /],
    ["with another key's certificate", [{ ...rsa, ...foreign }], /^unknownKey: /],
    ['more than a hundred of its type', crowd, /^unknownKey: /],
    ['more than a hundred of another type', crowd, /^proven/, 'ES256'],
    ['a hundred of its type', crowd.slice(1), /^unknownKey: /],
    ['a hundred of its type, one its own', crowd.slice(0, 100), /^proven/],
  ]
  for (const [row, keys, expected, signer] of rows)
    assert.match(await outcome(await signed(claims, {}, signer ?? 'idp'), keys), expected, row)
  const useless = { ...rsa, use: undefined }
  const notRecorded: typeof rows = [
    ['for verifying alone', [{ ...useless, key_ops: ['verify'] }], /^proven/],
    ['for signing alone', [{ ...useless, key_ops: ['sign'] }], /^unknownKey: /],
    ['with no certificate in the list', [{ ...rsa, x5c: [] }], /^proven/],
    ['with what is no certificate', [{ ...rsa, x5c: ['AAAA'] }], /^unknownKey: /],
  ]
  for (const [row, keys, expected] of notRecorded) assert.match(await outcome(await signed(claims, {}, 'idp'), keys), expected, row)
})

test('[item 1] a token cannot bring its own key, nor change how it is read', async () => {
  const rogue = { kty: 'RSA', n: 'AQAB', e: 'AQAB' }
  for (const header of [
    { jwk: rogue },
    { jku: 'https://evil.example.com/jwks' },
    { x5u: 'https://evil.example.com/cert' },
    { x5c: ['AAAA'] },
    { crit: ['exp'] },
    { b64: false },
    { zip: 'DEF' },
  ]) {
    const head = base64url({ alg: 'RS256', kid: 'RS256', ...header })
    assert.match(await outcome(`${head}.${base64url(claims)}.AAAA`), /^malformed: the token's header has `/, JSON.stringify(header))
  }
  assert.match(await outcome(await signed(claims, { kid: 'RS256' }, 'rogue')), /^signature: /)
})

test('[item 1] names said twice, odd encodings and huge tokens are refused before any key is looked at', async () => {
  const twice = '{"iss":"https://issuer.example.com","aud":"app","sub":"dana","\\u0073ub":"root","iat":0,"exp":99999999999}'
  assert.equal(await outcome(await signed(twice)), "malformed: the token's payload says a name twice")
  const head = base64url('{"alg":"RS256","alg":"none"}')
  assert.equal(await outcome(`${head}.${base64url(claims)}.AA`), "malformed: the token's header says a name twice")
  const good = await signed(claims)
  for (const bent of [
    `${good}=`,
    `${good}.`,
    ` ${good}`,
    `${good}\n`,
    good.replace('.', '..'),
    good.split('.').slice(0, 2).join('.'),
    '',
  ]) {
    assert.match(await outcome(bent), /^malformed: /, JSON.stringify(bent))
  }
  assert.match(await outcome(await signed('[1]')), /^malformed: .*not a JSON object/)
  assert.match(await outcome(await signed({ ...claims, iss: 1 })), /^claim: the token has no issuer/)
  assert.match(await outcome(await signed(`{"a":${'['.repeat(5000)}${']'.repeat(5000)}}`)), /^malformed: .*nested too deeply/)
  assert.match(await outcome(await signed({ ...claims, more: 'x'.repeat(20_000) })), /^malformed: the token is longer than 20000/)
  // The last character of base64url may hold bits that say nothing; only their one spelling is taken.
  const [first, body, signature] = good.split('.') as [string, string, string]
  const last = body.at(-1)!
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const other = alphabet[alphabet.indexOf(last) ^ 1]!
  assert.notEqual(await outcome(`${first}.${body.slice(0, -1)}${other}.${signature}`), 'proven dana for app')
})

test('[item 1] times are kept, with five minutes for clocks that differ', async () => {
  const at = (change: object, shift = 0): Promise<string> =>
    signed({ ...claims, ...change }).then((token) => outcome(token, publicJwks, now + shift * 1000))
  assert.equal(await at({ exp: seconds - 299 }), 'proven dana for app')
  for (const exp of [seconds - 300, seconds - 7200]) {
    assert.equal(await at({ exp }), `expired: current date/time ${seconds - 300} must be before the expiration date/time ${exp}`)
  }
  assert.equal(await at({ nbf: seconds + 300 }), 'proven dana for app')
  assert.equal(
    await at({ nbf: seconds + 301 }),
    `notYet: current date/time ${seconds + 300} must be after or equal to the not-before date/time ${seconds + 301}`,
  )
  assert.equal(await at({ iat: seconds + 300 }), 'proven dana for app')
  assert.equal(await at({ iat: seconds + 301 }), `issuedLater: ${seconds + 301}`)
  for (const [name, time] of Object.entries({ exp: seconds + 9, iat: seconds, nbf: seconds })) {
    assert.equal(await at({ [name]: String(time) }), 'proven dana for app', `${name} in digits`)
    assert.match(await at({ [name]: time + 0.5 }), /^timestamp: /, `a fraction of ${name}`)
  }
  for (const change of [{ exp: undefined }, { iat: undefined }]) assert.match(await at(change), /^missingClaim: (?:exp|iat)$/)
  for (const change of [
    { exp: '999999999999' },
    { exp: 1e300 },
    { nbf: 'soon' },
    { exp: null },
    { iat: null },
    { iat: '-1' },
    { nbf: null },
  ]) {
    assert.match(await at(change), /^timestamp: /, JSON.stringify(change))
  }
})

test('[item 1] issuer, audience and subject must be there and be the right ones', async () => {
  const with_ = async (change: object): Promise<string> => outcome(await signed({ ...claims, ...change }))
  for (const iss of [
    'https://issuer.example.com/',
    'http://issuer.example.com',
    'https://ISSUER.example.com',
    'https://issuer.example.com.evil.org',
  ]) {
    assert.match(await with_({ iss }), /^issuer: /, iss)
  }
  assert.match(await with_({ aud: 'App' }), /^audience: /)
  assert.match(await with_({ aud: '' }), /^audience: /)
  assert.equal(await with_({ aud: [] }), 'emptyClaim: aud')
  assert.equal(await with_({ aud: ['app'] }), 'proven dana for app')
  assert.equal(await with_({ aud: undefined }), 'missingClaim: aud')
  assert.match(await with_({ aud: ['app', 7] }), /^claim: /)
  assert.equal(await with_({ sub: undefined }), 'missingClaim: sub')
  assert.match(await with_({ sub: ['dana'] }), /^claim: /)
  assert.match(await with_({ sub: null }), /^claim: /)
  assert.equal(await with_({ sub: '' }), 'proven  for app')
  assert.equal(await with_({ sub: 123 }), 'proven 123 for app')
  for (const aud of [
    ['app', 'nobody'],
    ['nobody', 'app'],
    ['other-app', 'app'],
  ])
    assert.match(await with_({ aud }), /^severalAudiences: /, String(aud))
  // Whom the token was issued to counts, where it says so.
  assert.equal(await with_({ aud: ['nobody', 'app'], azp: 'other-app' }), 'proven dana for other-app')
  assert.match(await with_({ azp: '' }), /^audience: /)
  assert.equal(await with_({ aud: 'nobody', azp: 'app' }), 'proven dana for app')
  assert.match(await with_({ aud: 'app', azp: 'nobody' }), /^audience: /)
})

test('[item 1] a key set passes over keys for other uses, and private ones', async () => {
  const token = await signed(claims)
  const own = publicJwks.find(({ kid }) => kid === 'RS256')!
  for (const change of [{ use: 'enc' }, { use: undefined, key_ops: ['encrypt'] }, { d: 'AA' }, { k: 'AA' }, { kty: 'oct' }, { kid: 7 }]) {
    assert.match(await outcome(token, [{ ...own, ...change }]), /^unknownKey: /, JSON.stringify(change))
  }
  const modulus = (bits: number) => ({ n: Buffer.alloc(bits / 8, 0xff).toString('base64url') })
  const sized = (bits: number) => outcome(token, [{ ...own, ...modulus(bits) }])
  for (const bits of [512, 1024, 2040, 8200, 16384]) assert.match(await sized(bits), /^unknownKey: /, `${bits} bits`)
  for (const bits of [2048, 8192]) assert.match(await sized(bits), /^signature: the token's signature/, `${bits} bits`)
  const point = publicJwks.find(({ kid }) => kid === 'ES256')!
  const elsewhere = { ...point, y: point.x! }
  assert.match(await outcome(await signed(claims, {}, 'ES256'), [elsewhere]), /^unknownKey: /, 'a point that is not on the curve')
  assert.match(readKeySet('{"keys":{}}').refused!.detail, /no list of keys/)
  assert.equal(await outcome(token, ['nonsense' as never, null as never, own]), 'proven dana for app')
})

test('[item 1] tags and source identity come from claims of their own names, nested or flat', async () => {
  const proof = async (more: object) => {
    const read = readToken(await signed({ ...claims, ...more })).proven!
    return proveToken(read, { keys: readKeySet(JSON.stringify({ keys: publicJwks })).proven!, issuer, audiences, now })
  }
  const nested = await proof({
    'https://aws.amazon.com/tags': { principal_tags: { team: ['blue'], level: ['3'] }, transitive_tag_keys: ['team'] },
    'https://aws.amazon.com/source_identity': 'dana',
  })
  const tags = [
    { Key: 'team', Value: 'blue' },
    { Key: 'level', Value: '3' },
  ]
  assert.deepEqual([nested.proven!.tags, nested.proven!.transitiveTagKeys, nested.proven!.sourceIdentity], [tags, ['team'], 'dana'])
  const flat = await proof({
    'https://aws.amazon.com/tags/principal_tags/team': 'blue',
    'https://aws.amazon.com/tags/transitive_tag_keys': ['team'],
  })
  assert.deepEqual([flat.proven!.tags, flat.proven!.transitiveTagKeys], [tags.slice(0, 1), ['team']])
  for (const [wrong, reason] of [
    [{ principal_tags: { team: ['a', 'b'] } }, 'tags'],
    [{ principal_tags: { team: 'blue' } }, 'tags'],
    [{ principal_tags: { team: [] } }, 'tags'],
    [{ principal_tags: [] }, 'tags'],
    [{ principal_tags: { team: 7 } }, 'tags'],
    [{ transitive_tag_keys: 'team' }, 'claim'],
    ['x', 'claim'],
  ] as const) {
    assert.equal((await proof({ 'https://aws.amazon.com/tags': wrong })).refused?.reason, reason, JSON.stringify(wrong))
  }
})

test('[item 1] a token names the roles that it is good for in a list, or in text that semicolons part', async () => {
  const roles = async (claim: unknown) => {
    const read = readToken(await signed({ ...claims, 'https://aws.amazon.com/roles': claim })).proven!
    const { proven, refused } = proveToken(read, {
      keys: readKeySet(JSON.stringify({ keys: publicJwks })).proven!,
      issuer,
      audiences,
      now,
    })
    return proven === undefined ? refused!.reason : proven.roles
  }
  for (const claim of [undefined, null]) assert.equal(await roles(claim), undefined)
  assert.deepEqual(await roles('one'), ['one'])
  assert.deepEqual(await roles('one; two'), ['one', 'two'])
  assert.deepEqual(await roles([' one ', 7, ['two'], 'three']), ['one', 'three'])
  assert.deepEqual(await roles([]), [])
  for (const wrong of [true, 7, { role: 'one' }]) assert.equal(await roles(wrong), 'roles')
})

test('[item 1] tokens of our own are proven by the public half that we show, which has nothing private', async () => {
  for (const alg of ['RS256', 'ES384'] as const) {
    const key = await newIssuingKey(alg)
    const shown = publicKeyOf(key)
    assert.deepEqual(
      Object.keys(shown).sort(),
      (alg === 'RS256' ? ['alg', 'e', 'kid', 'kty', 'n', 'use'] : ['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']).sort(),
    )
    assert.equal(await outcome(await issueToken(claims, key), [shown]), 'proven dana for app')
  }
})
