import assert from 'node:assert/strict'
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { after, before, test } from 'node:test'
import { auditEvents, eventsOf } from '../audit/audit-trail.js'
import { hashesSoFar } from '../credentials/password.js'
import { codeAt, stepAt } from '../credentials/totp.js'
import { mfaDevices, users } from '../iam/records.js'
import { accountId, InProcess, keyOf, password, refused } from '../in-process.test.support.js'
import { type Answer, Browser, here } from './browser.test.support.js'

let world: InProcess
before(async () => {
  world = await InProcess.start()
})
after(() => world.server.close())

const good = 'A-password-for-tests-1'
const incorrect = 'Your authentication information is incorrect. Please try again.'
const tooOften = 'Too many attempts failed. Wait five minutes, then try again.'

async function newUser(UserName: string, more: { readonly reset?: boolean; readonly actions?: readonly string[] } = {}): Promise<void> {
  const root = world.iam()
  await root.createUser({ UserName })
  await root.createLoginProfile({ UserName, Password: good, PasswordResetRequired: more.reset ?? false })
  const Statement = (more.actions ?? []).map((Action) => ({ Effect: 'Allow', Action, Resource: '*' }))
  if (Statement.length > 0) {
    await root.putUserPolicy({ UserName, PolicyName: 'own', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }) })
  }
}

interface Device {
  readonly serial: string
  readonly code: (off?: number) => string
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

async function withDevice(UserName: string, name: string): Promise<Device> {
  const { VirtualMFADevice } = await world.iam().createVirtualMFADevice({ VirtualMFADeviceName: name })
  const text = Buffer.from(VirtualMFADevice!.Base32StringSeed!).toString()
  const bits = [...text].map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const seed = Buffer.from(bits.match(/.{8}/g)!.map((byte) => Number.parseInt(byte, 2)))
  const device = { serial: VirtualMFADevice!.SerialNumber!, code: (off = 0) => codeAt(seed, stepAt(world.now) + off) }
  await world.iam().enableMFADevice({
    UserName,
    SerialNumber: device.serial,
    AuthenticationCode1: device.code(-1),
    AuthenticationCode2: device.code(0),
  })
  world.pass(60_000)
  return device
}

async function eventNamed(name: string) {
  await world.server.audit.ship()
  const batches = await world.server.store.readLog(auditEvents, accountId, { limit: 1000 })
  return batches.items.flatMap(eventsOf).filter(({ eventName }) => eventName === name)
}

test('[item 5] a user comes in by account id or alias, name and password; the session gives credentials, and they are the user’s', async () => {
  await newUser('dana', { actions: ['iam:GetUser'] })
  await world.iam().createAccountAlias({ AccountAlias: 'tests' })
  for (const account of [accountId, '0000-0000-0000', 'tests']) {
    const browser = new Browser(world)
    const answer = await browser.signIn('dana', good, account)
    assert.deepEqual([answer.status, answer.location], [303, '/signin/home'])
    assert.match((await browser.get('/signin/home')).body, /arn:aws:iam::000000000000:user\/dana/)
    const key = await browser.credentials()
    assert.equal((await world.sts(key).getCallerIdentity({})).Arn, `arn:aws:iam::${accountId}:user/dana`)
    assert.equal((await world.iam(key).getUser({})).User!.UserName, 'dana', 'IAM is open to the console without MFA')
    assert.match(await refused(world.iam(key).listUsers({})), /^AccessDenied /)
    assert.match(await refused(world.sts(key).getSessionToken({})), /^AccessDenied /)
  }
})

test('[item 5] root comes in by e-mail, and by nothing of a user’s', async () => {
  const browser = new Browser(world)
  assert.equal((await browser.signInRoot('ROOT@example.com', password)).location, '/signin/home')
  assert.equal((await world.sts(await browser.credentials()).getCallerIdentity({})).Arn, `arn:aws:iam::${accountId}:root`)
  assert.equal((await new Browser(world).signIn('root@example.com', password)).problem, incorrect)
  assert.equal((await new Browser(world).signInRoot('root@example.com', good)).problem, incorrect)
})

test('[item 5] a wrong password, no password and no such user, account or e-mail get one answer', async () => {
  await newUser('erin')
  await world.iam().createUser({ UserName: 'keyonly' })
  const browser = (): Browser => new Browser(world)
  const tries = [
    () => browser().signIn('erin', 'wrong'),
    () => browser().signIn('keyonly', good),
    () => browser().signIn('nobody', good),
    () => browser().signIn('erin', good, '999999999999'),
    () => browser().signIn('erin', good, 'no-such-alias'),
    () => browser().signInRoot('nobody@example.com', good),
  ]
  const answers: Answer[] = []
  await browser().signIn('nobody', good)
  for (const attempt of tries) {
    const before = hashesSoFar()
    answers.push(await attempt())
    assert.equal(hashesSoFar() - before, 1, 'one hash each')
  }
  for (const { status, problem, cookies } of answers) {
    assert.deepEqual([status, problem, cookies.length], [400, incorrect, 0])
  }
  const same = (html: string): string => html.replace(/ value="[^"]*"/g, '')
  assert.equal(new Set(answers.slice(0, 5).map(({ body }) => same(body))).size, 1)
})

test('[item 5] a code of the MFA device comes after the password, and is good once', async () => {
  await newUser('frank')
  const device = await withDevice('frank', 'frank')
  const browser = new Browser(world)
  assert.equal((await browser.signIn('frank', good)).location, '/signin/mfa')
  assert.equal((await browser.get('/signin/home')).location, '/signin?destination=%2Fsignin%2Fhome', 'half-way is not in')
  await browser.get('/signin/mfa')
  assert.equal(
    (await browser.submit('/signin/mfa', { device: device.serial, code: '000000' })).problem,
    'Your authentication code is incorrect. Please try again.',
  )
  const code = device.code()
  assert.equal((await browser.submit('/signin/mfa', { device: device.serial, code })).location, '/signin/home')
  const other = new Browser(world)
  await other.signIn('frank', good)
  await other.get('/signin/mfa')
  assert.equal((await other.submit('/signin/mfa', { device: device.serial, code })).status, 400, 'a code that was used')
  assert.match((await browser.get('/signin/session')).body, /"mfa":true/)
})

test('[item 5] another user’s device does not count, and of several the user chooses', async () => {
  await newUser('gina')
  const own = await withDevice('gina', 'gina-1')
  const second = await withDevice('gina', 'gina-2')
  await newUser('harry')
  const foreign = await withDevice('harry', 'harry')
  const browser = new Browser(world)
  await browser.signIn('gina', good)
  const choice = await browser.get('/signin/mfa')
  assert.match(choice.body, /gina-1[\s\S]*gina-2/)
  await browser.get(`/signin/mfa?device=${encodeURIComponent(second.serial)}`)
  assert.equal((await browser.submit('/signin/mfa', { device: foreign.serial, code: foreign.code() })).location, undefined)
  await browser.get(`/signin/mfa?device=${encodeURIComponent(second.serial)}`)
  assert.equal((await browser.submit('/signin/mfa', { device: own.serial, code: second.code() })).status, 400)
  assert.equal((await browser.submit('/signin/mfa', { device: second.serial, code: second.code() })).location, '/signin/home')
})

test('[item 5] a password for one use has to be changed first, by the user’s own right to', async () => {
  await newUser('ivan', { reset: true, actions: ['iam:ChangePassword'] })
  const browser = new Browser(world)
  assert.equal((await browser.signIn('ivan', good)).location, '/signin/new-password')
  const send = async (fields: Record<string, string>) => {
    await browser.get('/signin/new-password')
    return browser.submit('/signin/new-password', fields)
  }
  assert.equal((await send({ old: good, new: 'x', again: 'y' })).problem, 'The new passwords are not the same.')
  assert.equal((await send({ old: good, new: good, again: good })).problem, 'The new password must differ from the old one.')
  assert.match((await send({ old: good, new: 'short', again: 'short' })).problem!, /[Pp]assword/)
  assert.equal(
    (await send({ old: 'wrong', new: 'Another-password-1', again: 'Another-password-1' })).problem,
    'The old password was incorrect.',
  )
  assert.equal((await send({ old: good, new: 'Another-password-1', again: 'Another-password-1' })).location, '/signin/home')
  assert.equal((await new Browser(world).signIn('ivan', good)).problem, incorrect)
  assert.equal((await new Browser(world).signIn('ivan', 'Another-password-1')).location, '/signin/home')

  await newUser('judy', { reset: true })
  const denied = new Browser(world)
  await denied.signIn('judy', good)
  await denied.get('/signin/new-password')
  const answer = await denied.submit('/signin/new-password', { old: good, new: 'Another-password-1', again: 'Another-password-1' })
  assert.match(answer.problem!, /is not authorized to perform: iam:ChangePassword/)
})

test('[item 5] who guesses is stopped, a right password then too, and nobody else is', async () => {
  await newUser('kate')
  const owner = new Browser(world, '198.51.100.7')
  assert.equal((await owner.signIn('kate', good)).location, '/signin/home')
  const guesser = new Browser(world, '198.51.100.7')
  for (let turn = 0; turn < 10; turn++) assert.equal((await guesser.signIn('kate', `guess ${turn}`)).problem, incorrect)
  const stopped = await guesser.signIn('kate', good)
  assert.deepEqual([stopped.status, stopped.problem], [429, tooOften])
  assert.equal((await guesser.signIn('KATE', good)).status, 429, 'names are one in any letter case')
  assert.equal((await guesser.signIn('kate', good, 'tests')).status, 429, 'and so are id and alias')
  assert.equal((await owner.signIn('kate', good)).location, '/signin/home', 'a browser of hers, at the same address')
  assert.equal((await new Browser(world, '203.0.113.9').signIn('kate', good)).location, '/signin/home', 'from elsewhere')
  world.pass(5 * 60_000)
  assert.equal((await guesser.signIn('kate', good)).location, '/signin/home')
  const nobody = new Browser(world, '198.51.100.8')
  for (let turn = 0; turn < 10; turn++) await nobody.signIn('not-there', `guess ${turn}`)
  assert.equal((await nobody.signIn('not-there', good)).problem, tooOften, 'one who is not there is stopped alike')
})

test('[item 5] browsers that were gathered with a password are no help against the next one, nor against MFA that came later', async () => {
  const UserName = 'nell'
  await newUser(UserName)
  const gathered = Array.from({ length: 2 }, () => new Browser(world, '198.51.100.30'))
  for (const browser of gathered) assert.equal((await browser.signIn(UserName, good)).location, '/signin/home')
  const { serial, code } = await withDevice(UserName, UserName)
  const [first, second] = gathered as [Browser, Browser]
  for (const browser of gathered) assert.equal((await browser.signIn(UserName, good)).location, '/signin/mfa')
  await first.get('/signin/mfa')
  const shown = [-2, -1, 0, 1, 2].map(code)
  const wrong = ['111111', '222222', '333333', '444444', '555555', '666666'].find((each) => !shown.includes(each))!
  for (let turn = 0; turn < 10; turn++) await first.submit('/signin/mfa', { device: serial, code: wrong })
  await second.get('/signin/mfa')
  assert.equal((await second.submit('/signin/mfa', { device: serial, code: code() })).status, 429)

  await world.iam().updateLoginProfile({ UserName, Password: 'Another-password-1' })
  for (let turn = 0; turn < 10; turn++) assert.equal((await first.signIn(UserName, `guess ${turn}`)).problem, incorrect)
  assert.equal((await second.signIn(UserName, 'Another-password-1')).status, 429)
})

test('[item 5] MFA codes are not found by trying', async () => {
  await newUser('liam')
  const device = await withDevice('liam', 'liam')
  const browser = new Browser(world, '198.51.100.20')
  await browser.signIn('liam', good)
  await browser.get('/signin/mfa')
  for (let turn = 0; turn < 10; turn++) await browser.submit('/signin/mfa', { device: device.serial, code: String(100_000 + turn) })
  assert.equal((await browser.submit('/signin/mfa', { device: device.serial, code: device.code() })).status, 429)
})

test('[item 5] MFA codes that were tried with calls count at sign-in', async () => {
  await newUser('lisa')
  const device = await withDevice('lisa', 'lisa')
  const key = keyOf((await world.iam().createAccessKey({ UserName: 'lisa' })).AccessKey)
  const shown = [-2, -1, 0, 1, 2].map(device.code)
  const TokenCode = ['111111', '222222', '333333', '444444', '555555', '666666'].find((code) => !shown.includes(code))!
  const sts = world.sts(key)
  for (let turn = 0; turn < 9; turn++)
    assert.match(await refused(sts.getSessionToken({ SerialNumber: device.serial, TokenCode })), /^AccessDenied /)
  const browser = new Browser(world, '198.51.100.21')
  await browser.signIn('lisa', good)
  await browser.get('/signin/mfa')
  assert.equal((await browser.submit('/signin/mfa', { device: device.serial, code: TokenCode })).status, 400)
  assert.equal((await browser.submit('/signin/mfa', { device: device.serial, code: device.code() })).status, 429)
})

test('[item 5] a form without its mark, with another browser’s, or from another site does nothing', async () => {
  await newUser('mona')
  const fields = { as: 'user', account: accountId, username: 'mona', password: good }
  const browser = new Browser(world)
  const other = new Browser(world)
  await other.get('/signin')
  await browser.get('/signin')
  const { csrf } = browser
  const tries = [
    await new Browser(world).post('/signin', { ...fields, csrf }),
    await browser.post('/signin', fields),
    await browser.post('/signin', { ...fields, csrf: other.csrf }),
    await browser.post('/signin', { ...fields, csrf }, { origin: 'https://evil.example.com' }),
    await browser.post('/signin', { ...fields, csrf }, { origin: 'null' }),
    await browser.post('/signin', { ...fields, csrf }, { 'sec-fetch-site': 'cross-site' }),
  ]
  for (const answer of tries) assert.deepEqual([answer.status, browser.cookies.has('bailiwick-session')], [403, false])
  assert.equal((await browser.post('/signin', { ...fields, csrf }, { origin: 'http://localhost:4566' })).status, 303)
  assert.equal((await browser.post('/signin/sign-out', { csrf })).status, 403, 'the mark from before is not the session’s')
  assert.equal((await browser.post('/signin/credentials', {})).status, 403)
  assert.equal((await new Browser(world).get('/signin/session')).status, 401)
})

test('[item 5] cookies are for this server and no script; behind TLS for nothing else; a session is never one that was there before', async () => {
  await newUser('nora')
  const plain = await new Browser(world).signIn('nora', good)
  const secure = await new Browser(world, '192.0.2.1', true).signIn('nora', good)
  const flags = '; HttpOnly; SameSite=Lax'
  for (const [answer, prefix, end] of [
    [plain, '', ''],
    [secure, '__Host-', '; Secure'],
  ] as const) {
    const session = answer.cookies.find((line) => line.startsWith(`${prefix}bailiwick-session=`))!
    assert.match(session, new RegExp(`^${prefix}bailiwick-session=[\\w-]{43}; Path=/; Max-Age=43200${flags}${end}$`))
  }
  const victim = new Browser(world)
  victim.cookies.set('bailiwick-session', 'planted')
  await victim.signIn('nora', good)
  assert.notEqual(victim.cookies.get('bailiwick-session'), 'planted')
})

test('[item 5] nobody is led away from here', async () => {
  await newUser('owen')
  const leading = async (destination: string) => (await new Browser(world).signIn('owen', good, accountId, { destination })).location
  for (const away of [
    'https://evil.example.com/',
    '//evil.example.com',
    '/\\evil.example.com',
    'javascript:alert(1)',
    'http://localhost:4566@evil.example.com',
    '/ /evil',
  ]) {
    assert.equal(await leading(away), '/signin/home', away)
  }
  assert.equal(await leading('/signin/security?a=b'), '/signin/security?a=b')
  assert.equal(await leading('http://localhost:4566/console/#/users'), '/console/#/users')
})

test('[item 5] every place of the console leads to the page of who is signed in', async () => {
  for (const place of ['/console', '/console/', '/console/iam/delegation-requests/x']) {
    const { status, location } = await new Browser(world).get(place)
    assert.deepEqual([status, location], [303, '/signin/home'], place)
  }
  await assert.rejects(new Browser(world).get('/consoles'), /no path of sign-in/)
  await assert.rejects(new Browser(world).post('/console/', {}), /no path of sign-in/)
})

test('[item 5] no page is framed, kept or scripted; what was typed comes back as text', async () => {
  const { headers } = await new Browser(world).get('/signin')
  assert.match(headers['content-security-policy']!, /default-src 'none'.*script-src 'none'.*form-action 'self'.*frame-ancestors 'none'/)
  assert.deepEqual([headers['x-frame-options'], headers['cache-control']], ['DENY', 'no-store'])
  const { body } = await new Browser(world).signIn('"><script>alert(1)</script>', 'x', "'><img src=x>")
  assert.ok(!body.includes('<script') && !body.includes('<img'))
  assert.ok(body.includes('&quot;&gt;&lt;script&gt;'))
})

test('[item 5] signing out ends the session, everywhere ends all of them, and so does another password', async () => {
  await newUser('pia')
  const [one, two, three] = [new Browser(world), new Browser(world), new Browser(world)]
  for (const browser of [one, two, three]) await browser.signIn('pia', good)
  const isIn = async (browser: Browser): Promise<boolean> => (await browser.get('/signin/home')).status === 200
  const cookie = one.cookies.get('bailiwick-session')!
  await isIn(one)
  await one.submit('/signin/sign-out', {})
  one.cookies.set('bailiwick-session', cookie)
  assert.deepEqual([await isIn(one), await isIn(three), await isIn(two)], [false, true, true])
  await two.submit('/signin/sign-out-everywhere', {})
  assert.equal(await isIn(three), false)

  await three.signIn('pia', good)
  await world.iam().updateLoginProfile({ UserName: 'pia', Password: 'Changed-by-somebody-1' })
  assert.equal(await isIn(three), false)
  await three.signIn('pia', 'Changed-by-somebody-1')
  world.pass(12 * 3_600_000 - 1)
  assert.equal(await isIn(three), true)
  world.pass(1)
  assert.equal(await isIn(three), false)
})

test('[item 5] events tell who came in and who did not, and never a name that may be a password', async () => {
  await newUser('quin')
  await new Browser(world).signIn('quin', good)
  await new Browser(world).signIn('quin', 'wrong')
  await new Browser(world).signIn('my-secret-passphrase', 'x')
  const events = (await eventNamed('ConsoleLogin')).slice(-3)
  assert.deepEqual(
    events.map(({ eventType, eventSource, errorMessage, responseElements, userIdentity }) => [
      eventType,
      eventSource,
      errorMessage,
      (responseElements as { readonly ConsoleLogin: string }).ConsoleLogin,
      (userIdentity as { readonly userName: string }).userName,
    ]),
    [
      ['AwsConsoleSignIn', 'signin.amazonaws.com', undefined, 'Success', 'quin'],
      ['AwsConsoleSignIn', 'signin.amazonaws.com', 'Failed authentication', 'Failure', 'quin'],
      ['AwsConsoleSignIn', 'signin.amazonaws.com', 'No username found in supplied account', 'Failure', 'HIDDEN_DUE_TO_SECURITY_REASONS'],
    ],
  )
  assert.ok((await eventNamed('CheckMfa')).length > 0)
})

test('[item 5] recovery codes: for root only, made with MFA only, each good once', async () => {
  const seed = Buffer.from('twenty bytes of a key')
  const serial = `arn:aws:iam::${accountId}:mfa/root-device`
  const record = { id: serial, kind: 'virtual', name: 'root-device', path: '/', createdAt: world.now, tags: [] } as const
  await world.transact((tx) => tx.put(mfaDevices, { ...record, ownerId: accountId, enabledAt: world.now, seed: seed.toString('base64') }))
  const device = { serial, code: () => codeAt(seed, stepAt(world.now)) }
  const withCode = async (browser: Browser, code: string): Promise<Answer> => {
    await browser.signInRoot('root@example.com', password)
    await browser.get('/signin/recovery-code')
    return browser.submit('/signin/recovery-code', { code })
  }
  const incorrectCode = 'Your recovery code is incorrect. Please try again.'
  assert.equal((await withCode(new Browser(world), 'AAAA-AAAA-AAAA-AAAA')).problem, incorrectCode, 'before there are any')

  const root = new Browser(world)
  await root.signInRoot('root@example.com', password)
  await root.get('/signin/mfa')
  assert.equal((await root.submit('/signin/mfa', { device: device.serial, code: device.code() })).location, '/signin/home')
  await root.get('/signin/security')
  const shown = (await root.submit('/signin/security/recovery-codes', {})).body
  const codes = [...shown.matchAll(/<li>([A-Z2-7-]{19})<\/li>/g)].map(([, code]) => code!)
  assert.equal(new Set(codes).size, 10)

  const lost = new Browser(world)
  assert.equal((await withCode(lost, codes[0]!.toLowerCase().replaceAll('-', ' '))).location, '/signin/home')
  assert.match((await lost.get('/signin/session')).body, /"mfa":false/)
  assert.equal((await withCode(new Browser(world), codes[0]!)).problem, incorrectCode, 'once')
  await lost.get('/signin/home')
  assert.equal((await lost.submit('/signin/security/recovery-codes', {})).location, '/signin/security', 'none without MFA')
  await root.get('/signin/security')
  await root.submit('/signin/security/recovery-codes', {})
  assert.equal((await withCode(new Browser(world), codes[1]!)).problem, incorrectCode, 'new ones end those from before')

  await newUser('rita')
  await withDevice('rita', 'rita')
  const rita = new Browser(world)
  await rita.signIn('rita', good)
  assert.equal((await rita.get('/signin/recovery-code')).location, '/signin')
  await rita.signIn('rita', good)
  await rita.get('/signin/mfa')
  assert.equal((await rita.submit('/signin/recovery-code', { code: codes[2]! })).location, '/signin')
})

/** A security key in software: it counts its signatures, or as passkeys do says 0 for ever. */
async function withSecurityKey(UserName: string, counts: boolean): Promise<(page: string) => string> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x, y } = publicKey.export({ format: 'jwk' })
  const cose = Buffer.concat([
    Buffer.from('a5010203262001215820', 'hex'),
    Buffer.from(x!, 'base64url'),
    Buffer.from('225820', 'hex'),
    Buffer.from(y!, 'base64url'),
  ])
  const credentialId = randomBytes(16).toString('base64url')
  await world.transact(async (tx) => {
    const { id: ownerId } = (await tx.find(users, 'name', UserName))!
    const webAuthn = { credentialId, publicKey: cose.toString('base64url'), signCount: 0, certifications: {} }
    const name = `${UserName}-key`
    const device = { id: `key-of-${UserName}`, name, path: '/', kind: 'securityKey', ownerId, webAuthn, tags: [] } as const
    await tx.put(mfaDevices, { ...device, createdAt: world.now, enabledAt: world.now })
  })
  let signatures = 0
  return (page) => {
    const { challenge } = JSON.parse(/data-options="([^"]+)"/.exec(page)![1]!.replaceAll('&quot;', '"'))
    const client = Buffer.from(JSON.stringify({ type: 'webauthn.get', challenge, origin: here, crossOrigin: false }))
    const count = Buffer.alloc(4)
    count.writeUInt32BE(counts ? ++signatures : 0)
    const authenticator = Buffer.concat([hash('sha256', Buffer.from('localhost')), Buffer.of(0x05), count])
    const signature = sign('sha256', Buffer.concat([authenticator, hash('sha256', client)]), privateKey)
    const response = {
      clientDataJSON: client.toString('base64url'),
      authenticatorData: authenticator.toString('base64url'),
      signature: signature.toString('base64url'),
    }
    return JSON.stringify({ id: credentialId, rawId: credentialId, type: 'public-key', response, clientExtensionResults: {} })
  }
}

const hash = (algorithm: string, bytes: Uint8Array): Buffer => createHash(algorithm).update(bytes).digest()

for (const counts of [true, false]) {
  test(`[item 5] the answer of a security key that ${counts ? 'counts' : 'does not count'} is good once: replayed, even with all its cookies, it proves nothing`, async () => {
    const name = counts ? 'counting' : 'passkey'
    await newUser(name)
    const answerOf = await withSecurityKey(name, counts)
    const device = `key-of-${name}`
    const browser = new Browser(world)
    await browser.signIn(name, good)
    const credential = answerOf((await browser.get('/signin/mfa')).body)
    const { csrf } = browser
    const thief = new Browser(world)
    for (const [cookie, value] of browser.cookies) thief.cookies.set(cookie, value)
    const post = (by: Browser, own: string): Promise<Answer> => by.post('/signin/mfa', { csrf: own, device, credential })
    assert.equal((await post(browser, csrf)).location, '/signin/home')
    assert.equal((await post(thief, csrf)).problem, 'The key could not be verified. Please try again.')
    // The same answer to a later question.
    const later = new Browser(world)
    await later.signIn(name, good)
    world.pass(1000)
    const asked = answerOf((await later.get('/signin/mfa')).body)
    assert.equal((await post(later, later.csrf)).problem, 'The key could not be verified. Please try again.')
    const again = answerOf(later.last!.body)
    assert.notEqual(again, asked)
    assert.equal((await later.submit('/signin/mfa', { device, credential: again })).location, '/signin/home')
  })
}
