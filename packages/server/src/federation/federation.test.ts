import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { createServer as createHttp, type RequestListener, type Server } from 'node:http'
import { createServer as createHttps } from 'node:https'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import { isPublicAddress } from './addresses.js'
import { FederationAllow } from './allow.js'
import { FetchError, fetchDocument } from './fetch-document.js'
import { IssuerKeys } from './issuer-keys.js'
import { loopbackCertificate } from './loopback-certificate.test.support.js'

test('[item 2] what is not the public internet is private, in every spelling', () => {
  for (const address of ['1.1.1.1', '8.8.8.8', '172.15.0.1', '172.32.0.1', '100.63.0.1', '2606:4700::1111', '2a00:1450:4001::1']) {
    assert.equal(isPublicAddress(address), true, address)
  }
  for (const address of [
    '0.0.0.0',
    '10.1.2.3',
    '127.0.0.1',
    '127.255.255.255',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.0.1',
    '100.64.0.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::ffff:8.8.8.8',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::1',
    '2002:7f00:1::',
    '2001:0:7f00:1::',
    '2001:db8::1',
    'fe80::1',
    'fe80::1%eth0',
    '2606:4700::1111%eth0',
    'fc00::1',
    'fd00:ec2::254',
    'ff02::1',
    'fec0::1',
    '100::1',
    'localhost',
    '',
    '127.1',
    '0x7f.0.0.1',
    '2130706433',
  ]) {
    assert.equal(isPublicAddress(address), false, address)
  }
})

test('[item 2] the operator opens addresses, blocks and origins, and what is neither is refused by name', () => {
  const allow = new FederationAllow(['10.0.0.0/8', '::1', 'http://localhost:8080', 'https://idp.internal'])
  for (const [address, opened] of [
    ['10.9.9.9', true],
    ['11.0.0.1', false],
    ['::1', true],
    ['::2', false],
    ['::ffff:10.0.0.1', true],
    ['localhost', false],
  ] as const)
    assert.equal(allow.opensAddress(address), opened, address)
  for (const [url, opened] of [
    ['http://localhost:8080/realms/x', true],
    ['http://localhost:8081/', false],
    ['https://localhost:8080/', false],
    ['https://idp.internal/', true],
    ['http://idp.internal/', false],
    ['http://localhost:8080.evil.example.com/', false],
    ['http://localhost:8080@evil.example.com/', false],
  ] as const)
    assert.equal(allow.opensIssuer(url), opened, url)
  for (const wrong of [
    'localhost',
    '10.0.0.0/33',
    '10.0.0.0/x',
    '10.0.0/8',
    '::/129',
    'http://x/path',
    'ftp://x',
    'http://a:b@x',
    '1.1.1.1/1/1',
    '',
  ]) {
    assert.throws(() => new FederationAllow([wrong]), new RegExp(`\`${wrong.replace(/[/.[\]]/g, '\\$&')}\``), wrong)
  }
})

const servers: Server[] = []
after(() => {
  for (const server of servers) {
    server.closeAllConnections()
    server.close()
  }
})

async function serve(handle: RequestListener, tls?: object): Promise<string> {
  const server = (tls === undefined ? createHttp(handle) : createHttps(tls, handle)) as Server
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `${tls === undefined ? 'http' : 'https'}://localhost:${(server.address() as AddressInfo).port}`
}

const loopback = async (): Promise<readonly string[]> => ['127.0.0.1']
const now = Date.UTC(2027, 0, 1)

async function outcome(url: string, allowed: readonly string[], more: object = {}): Promise<string> {
  try {
    return await fetchDocument(url, { allow: new FederationAllow(allowed), thumbprints: [], now, resolve: loopback, ...more })
  } catch (error) {
    assert.ok(error instanceof FetchError, String(error))
    return error.reason
  }
}

test('[item 2] a document is fetched from where the operator lets it, and from nowhere else inside', async () => {
  let calls = 0
  const origin = await serve((_, response) => {
    calls++
    response.end('here')
  })
  assert.equal(await outcome(`${origin}/x`, [origin]), 'here')
  calls = 0
  assert.equal(await outcome(`${origin}/x`, []), 'forbidden')
  assert.equal(await outcome(`${origin}/x`, ['127.0.0.1']), 'forbidden', 'an address does not open http')
  const port = new URL(origin).port
  for (const host of [
    '127.0.0.1',
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    '127.1',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '0',
  ]) {
    assert.equal(await outcome(`http://${host}:${port}/`, []), 'forbidden', host)
    assert.equal(await outcome(`https://${host}:${port}/`, []), 'forbidden', host)
  }
  assert.equal(await outcome(`http://user:secret@localhost:${port}/`, [origin]), 'forbidden')
  assert.equal(await outcome('file:///etc/passwd', [origin]), 'forbidden')
  assert.equal(calls, 0, 'nobody was asked')
})

test('[item 2] a name is resolved once, and connected to as it was resolved', async () => {
  const origin = await serve((_, response) => response.end('here'))
  const elsewhere = `http://idp.example.com:${new URL(origin).port}`
  let asked = 0
  const resolve = async (): Promise<readonly string[]> => (asked++ === 0 ? ['127.0.0.1'] : ['10.0.0.1'])
  assert.equal(await outcome(`${elsewhere}/`, [elsewhere], { resolve }), 'here')
  assert.equal(asked, 1)
  assert.equal(await outcome('https://idp.example.com/', [], { resolve: async () => ['10.0.0.1', '::1', 'fd00::1'] }), 'forbidden')
  assert.equal(await outcome('https://idp.example.com/', [], { resolve: async () => [] }), 'unreachable')
})

test('[item 2] a redirect is looked at like the first address, and too many end', async () => {
  const inside = await serve((_, response) => response.end('inside'))
  const origin = await serve((request, response) => {
    const to = request.url === '/inside' ? inside : request.url === '/loop' ? '/loop' : request.url === '/good' ? '/here' : undefined
    response.writeHead(to === undefined ? 200 : 302, to === undefined ? {} : { location: to }).end('here')
  })
  assert.equal(await outcome(`${origin}/good`, [origin]), 'here')
  assert.equal(await outcome(`${origin}/inside`, [origin]), 'forbidden')
  assert.equal(await outcome(`${origin}/inside`, [origin, inside]), 'inside')
  assert.equal(await outcome(`${origin}/loop`, [origin]), 'wrong')
})

test('[item 2] large documents, refusals and broken connections are told apart', async () => {
  const origin = await serve((request, response) => {
    if (request.url === '/large') return void response.end('x'.repeat(300_000))
    if (request.url === '/broken') {
      response.writeHead(200, { 'content-length': '10' }).write('abc')
      return void setImmediate(() => response.destroy())
    }
    response.writeHead(Number(request.url!.slice(1))).end()
  })
  assert.equal(await outcome(`${origin}/large`, [origin]), 'wrong')
  assert.equal(await outcome(`${origin}/broken`, [origin]), 'unreachable')
  assert.equal(await outcome(`${origin}/404`, [origin]), 'wrong')
  assert.equal(await outcome(`${origin}/500`, [origin]), 'unreachable')
  assert.equal(await outcome(`${origin}/429`, [origin]), 'unreachable')
  assert.equal(await outcome('http://localhost:1/', ['http://localhost:1']), 'unreachable')
})

test('[item 2] a certificate that nobody vouches for counts with its thumbprint, and for its own name and time only', async () => {
  const origin = await serve((_, response) => response.end('here'), loopbackCertificate)
  const thumbprint = new X509Certificate(loopbackCertificate.cert).fingerprint.replaceAll(':', '').toLowerCase()
  const address = ['127.0.0.1']
  assert.equal(await outcome(`${origin}/`, address, { thumbprints: [thumbprint] }), 'here')
  assert.equal(await outcome(`${origin}/`, address), 'unreachable', 'without a thumbprint the certificate is checked as usual')
  assert.equal(await outcome(`${origin}/`, address, { thumbprints: ['0'.repeat(40)] }), 'certificate')
  assert.equal(await outcome(`${origin}/`, [], { thumbprints: [thumbprint] }), 'forbidden')
  const port = new URL(origin).port
  assert.equal(await outcome(`https://other.example.com:${port}/`, address, { thumbprints: [thumbprint] }), 'certificate')
  assert.equal(await outcome(`${origin}/`, address, { thumbprints: [thumbprint], now: Date.UTC(2020, 0, 1) }), 'certificate')
})

const issuer = 'https://issuer.example.com'
const documents = (kid: string): Readonly<Record<string, string>> => ({
  [`${issuer}/.well-known/openid-configuration`]: JSON.stringify({ issuer, jwks_uri: `${issuer}/jwks` }),
  [`${issuer}/jwks`]: JSON.stringify({ keys: [{ kty: 'RSA', kid, n: Buffer.alloc(256, 0xff).toString('base64url'), e: 'AQAB' }] }),
})

function issuerKeys() {
  const state = { now: 0, kid: 'one', asked: 0, failing: false, change: {} as Readonly<Record<string, string>> }
  const keys = new IssuerKeys(
    async (url) => {
      state.asked++
      if (state.failing) throw new FetchError('unreachable', 'down')
      return { ...documents(state.kid), ...state.change }[url] ?? ''
    },
    () => state.now,
  )
  const kids = async (unknownKey = false, thumbprints: readonly string[] = []): Promise<string> => {
    try {
      return (await keys.keysOf(issuer, thumbprints, unknownKey)).keys.map(({ kid }) => kid).join()
    } catch (error) {
      return error instanceof FetchError ? error.reason : String(error)
    }
  }
  return { state, kids }
}

test('[item 2] keys are kept for an hour, shared by who asks together, and fetched again for an unknown one once a minute', async () => {
  const { state, kids } = issuerKeys()
  assert.deepEqual(await Promise.all([kids(), kids(), kids()]), ['one', 'one', 'one'])
  assert.equal(state.asked, 2, 'discovery and keys, once')
  state.kid = 'two'
  state.now = 59_999
  assert.equal(await kids(true), 'one')
  state.now = 60_000
  assert.equal(await kids(), 'one')
  assert.equal(await kids(true), 'two')
  state.kid = 'three'
  assert.equal(await kids(true), 'two', 'not again within the minute')
  state.now = 60_000 + 3_599_999
  assert.equal(await kids(), 'two')
  state.now++
  assert.equal(await kids(), 'three')
  assert.equal(state.asked, 6)
  await kids(false, ['AB'])
  assert.equal(state.asked, 8, 'other thumbprints trust another server')
})

test('[item 2] a token with an unknown key takes nobody’s keys away: those that are known stay while newer ones cannot be had', async () => {
  const { state, kids } = issuerKeys()
  assert.equal(await kids(), 'one')
  state.kid = 'two'
  state.failing = true
  state.now = 60_000
  const looking = kids(true)
  assert.equal(await kids(), 'one', 'meanwhile')
  assert.equal(await looking, 'one')
  assert.equal(await kids(), 'one')
  state.failing = false
  assert.equal(await kids(true), 'one', 'not again within the minute')
  state.now = 120_000
  assert.equal(await kids(true), 'two')
  state.failing = true
  state.now = 120_000 + 3_600_000
  assert.equal(await kids(), 'unreachable', 'an hour is the most')
})

test('[item 2] an issuer that fails is asked again after ten seconds, and a document of another issuer gives no keys', async () => {
  const { state, kids } = issuerKeys()
  state.failing = true
  assert.equal(await kids(), 'unreachable')
  state.failing = false
  state.now = 9_999
  assert.equal(await kids(true), 'unreachable')
  state.now = 10_000
  assert.equal(await kids(), 'one')
  const path = `${issuer}/.well-known/openid-configuration`
  for (const bent of [{ issuer: 'https://evil.example.com', jwks_uri: `${issuer}/jwks` }, { issuer }, { issuer, jwks_uri: 7 }, []]) {
    state.now += 4_000_000
    state.change = { [path]: JSON.stringify(bent) }
    assert.equal(await kids(), 'wrong')
  }
})
