import assert from 'node:assert/strict'
import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto'
import { after, before, test } from 'node:test'
import { codeAt, stepAt } from '../credentials/totp.js'
import { mfaDevices } from '../iam/records.js'
import { accountId, InProcess, password as rootPassword } from '../in-process.test.support.js'
import { type Answer, Browser, here } from './browser.test.support.js'

let world: InProcess
before(async () => {
  world = await InProcess.start()
})
after(() => world.server.close())

const password = 'A-password-for-tests-1'

/** Of CBOR (RFC 8949) what a registration has in it. */
const text = (value: string): Buffer => Buffer.concat([Buffer.of(0x60 + value.length), Buffer.from(value)])
const bytes = (value: Buffer): Buffer => Buffer.concat([Buffer.of(0x58, value.length), value])

/** What a new security key answers to the form of a page; without attestation, so that nobody knows what it is certified for. */
function newKey(page: string): string {
  const { challenge } = JSON.parse(/data-options="([^"]+)"/.exec(page)![1]!.replaceAll('&quot;', '"'))
  const client = Buffer.from(JSON.stringify({ type: 'webauthn.create', challenge, origin: here, crossOrigin: false }))
  const { x, y } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' })
  const publicKey = Buffer.concat([
    Buffer.from('a501020326200121', 'hex'),
    bytes(Buffer.from(x!, 'base64url')),
    Buffer.of(0x22),
    bytes(Buffer.from(y!, 'base64url')),
  ])
  const credentialId = randomBytes(16)
  const authenticator = Buffer.concat([
    createHash('sha256').update('localhost').digest(),
    // user present and verified, a credential follows; no signature yet; a model that does not tell; the length of the id
    Buffer.of(0x45, 0, 0, 0, 0),
    Buffer.alloc(16),
    Buffer.of(0, credentialId.length),
    credentialId,
    publicKey,
  ])
  const attestation = [Buffer.of(0xa3), text('fmt'), text('none'), text('attStmt'), Buffer.of(0xa0), text('authData'), bytes(authenticator)]
  const id = credentialId.toString('base64url')
  const response = {
    clientDataJSON: client.toString('base64url'),
    attestationObject: Buffer.concat(attestation).toString('base64url'),
  }
  return JSON.stringify({ id, rawId: id, type: 'public-key', response, clientExtensionResults: {} })
}

const enable = (Effect: 'Allow' | 'Deny', Condition?: object) => ({
  Effect,
  Action: 'iam:EnableMFADevice',
  Resource: 'arn:aws:iam::*:user/${aws:username}',
  ...(Condition !== undefined && { Condition }),
})
const registering = (state: 'Create' | 'Activate', more: object = {}) => ({ StringEquals: { 'iam:RegisterSecurityKey': state, ...more } })

/** A new user of these rights. */
async function signedIn(UserName: string, ...Statement: object[]): Promise<Browser> {
  const root = world.iam()
  await root.createUser({ UserName })
  await root.createLoginProfile({ UserName, Password: password })
  await root.putUserPolicy({ UserName, PolicyName: 'own', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }) })
  const browser = new Browser(world)
  await browser.signIn(UserName, password)
  return browser
}

async function addKey(browser: Browser) {
  const credential = newKey((await browser.get('/signin/security')).body)
  return browser.submit('/signin/security/keys', { name: 'blue', credential })
}

/** Where a user of these rights is led that adds a security key, or what it is told instead. */
async function addsKey(UserName: string, ...Statement: object[]): Promise<string | undefined> {
  const { location, problem } = await addKey(await signedIn(UserName, ...Statement))
  const { MFADevices } = await world.iam().listMFADevices({ UserName })
  assert.equal(MFADevices!.length, location === undefined ? 0 : 1)
  return location ?? problem
}

const added = '/signin/security?added'
const denial = (name: string): string =>
  `User: arn:aws:iam::000000000000:user/${name} is not authorized to perform: iam:EnableMFADevice on resource: arn:aws:iam::000000000000:user/${name}`

test('[item 5] who registers a security key needs the right to ask for one and the right to the one that is found', async () => {
  assert.equal(await addsKey('both', enable('Allow', registering('Create')), enable('Allow', registering('Activate'))), added)
  assert.equal(await addsKey('any', enable('Allow')), added)
  assert.equal(await addsKey('create', enable('Allow', registering('Create'))), denial('create'))
  assert.equal(await addsKey('activate', enable('Allow', registering('Activate'))), denial('activate'))
  assert.equal(await addsKey('barred', enable('Allow'), enable('Deny', registering('Activate'))), denial('barred'))
})

test('[item 5] who has a device adds a key once it has signed in with MFA', async () => {
  const browser = await signedIn('more', enable('Allow'))
  assert.equal((await addKey(browser)).location, added)
  assert.equal(
    (await addKey(browser)).problem,
    'To complete this action, please ensure that you are authenticated with an MFA device that is enabled for this user.',
  )
  const { User } = await world.iam().getUser({ UserName: 'more' })
  const seed = Buffer.alloc(40, 'seed')
  const device = `arn:aws:iam::${accountId}:mfa/more`
  const record = { id: device, kind: 'virtual', name: 'more', path: '/', tags: [], seed: seed.toString('base64') } as const
  await world.transact((tx) => tx.put(mfaDevices, { ...record, createdAt: world.now, ownerId: User!.UserId!, enabledAt: world.now }))
  const proven = new Browser(world)
  await proven.signIn('more', password)
  await proven.get(`/signin/mfa?device=${encodeURIComponent(device)}`)
  await proven.submit('/signin/mfa', { device, code: codeAt(seed, stepAt(world.now)) })
  assert.equal((await addKey(proven)).location, added)
  assert.equal((await world.iam().listMFADevices({ UserName: 'more' })).MFADevices!.length, 3)
})

test('[item 5] what a session has under way when it is ended everywhere comes to nothing: no key, no recovery codes, no code for a command line', async () => {
  const { store } = world.server
  const transact = store.transact.bind(store)
  /** The answer to somebody who has the owner's session, which the owner ends before the answer's transaction has its turn. */
  const late = async (owner: Browser, send: (thief: Browser) => Promise<Answer>): Promise<string | undefined> => {
    const thief = new Browser(world)
    for (const [name, value] of owner.cookies) thief.cookies.set(name, value)
    await owner.get('/signin/home')
    store.transact = async (work) => {
      store.transact = transact
      assert.equal((await owner.submit('/signin/sign-out-everywhere', {})).location, '/signin')
      return transact(work)
    }
    return (await send(thief)).location
  }
  const rights = [enable('Allow'), { Effect: 'Allow', Action: 'signin:*', Resource: '*' }]
  const owner = await signedIn('late', ...rights)
  assert.equal(await late(owner, addKey), '/signin')
  assert.deepEqual((await world.iam().listMFADevices({ UserName: 'late' })).MFADevices, [])

  await owner.signIn('late', password)
  const query = new URLSearchParams({
    ...{ response_type: 'code', client_id: 'arn:aws:signin:::devtools/same-device', state: 'x', scope: 'openid' },
    ...{ code_challenge_method: 'SHA-256', code_challenge: 'c'.repeat(43), redirect_uri: 'http://127.0.0.1:5555/oauth/callback' },
  })
  const authorize = async (thief: Browser) => {
    const asked = /name="asked" value="([^"]+)"/.exec((await thief.get(`/v1/authorize?${query}`)).body)![1]!
    return thief.submit('/v1/authorize', { asked })
  }
  assert.equal(await late(owner, authorize), '/signin')

  const seed = Buffer.alloc(40, 'root')
  const device = `arn:aws:iam::${accountId}:mfa/root`
  const record = { id: device, kind: 'virtual', name: 'root', path: '/', tags: [], seed: seed.toString('base64') } as const
  await world.transact((tx) => tx.put(mfaDevices, { ...record, createdAt: world.now, ownerId: accountId, enabledAt: world.now }))
  const root = new Browser(world)
  await root.signInRoot('root@example.com', rootPassword)
  await root.get('/signin/mfa')
  await root.submit('/signin/mfa', { device, code: codeAt(seed, stepAt(world.now)) })
  const recover = async (thief: Browser) => {
    await thief.get('/signin/security')
    return thief.submit('/signin/security/recovery-codes', {})
  }
  assert.equal(await late(root, recover), '/signin')
})

test('[item 5] a security key of no known certification is none where a level is asked for', async () => {
  const key = 'iam:FIDO-FIPS-140-2-certification'
  assert.equal(
    await addsKey('level', enable('Allow', registering('Create')), enable('Allow', registering('Activate', { [key]: 'L2' }))),
    denial('level'),
  )
  const lower = { StringEquals: { 'iam:RegisterSecurityKey': 'Activate' }, StringNotEquals: { [key]: 'L2' } }
  assert.equal(await addsKey('lower', enable('Allow'), enable('Deny', lower)), denial('lower'))
})
