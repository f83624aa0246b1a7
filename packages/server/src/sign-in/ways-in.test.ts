import assert from 'node:assert/strict'
import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { Credentials } from '@aws-sdk/client-sts'
import { accountId, InProcess, type Key, refused } from '../in-process.test.support.js'
import { type Answer, Browser, here } from './browser.test.support.js'

let world: InProcess
before(async () => {
  world = await InProcess.start()
})
after(() => world.server.close())

const good = 'A-password-for-tests-1'
const policy = (...Statement: object[]): string => JSON.stringify({ Version: '2012-10-17', Statement })
const allow = (Action: string, Resource = '*'): object => ({ Effect: 'Allow', Action, Resource })

async function newUser(UserName: string, ...actions: string[]): Promise<Key> {
  await world.iam().createUser({ UserName })
  await world.iam().createLoginProfile({ UserName, Password: good })
  if (actions.length > 0) {
    await world.iam().putUserPolicy({ UserName, PolicyName: 'own', PolicyDocument: policy(...actions.map((action) => allow(action))) })
  }
  const { AccessKey } = await world.iam().createAccessKey({ UserName })
  return { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! }
}

async function newRole(RoleName: string, Condition: object = {}, MaxSessionDuration = 3600): Promise<string> {
  const trust = policy({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: accountId }, Condition })
  const { Role } = await world.iam().createRole({ RoleName, AssumeRolePolicyDocument: trust, MaxSessionDuration })
  return Role!.Arn!
}

const keyOf = (from: Credentials | undefined): Key => ({
  accessKeyId: from!.AccessKeyId!,
  secretAccessKey: from!.SecretAccessKey!,
  sessionToken: from!.SessionToken!,
})

const arnOf = async (browser: Browser): Promise<string> => (await world.sts(await browser.credentials()).getCallerIdentity({})).Arn!

test('[item 5] the console switches to a role and back, with what the user may do and no more', async () => {
  await newUser('dana', 'sts:AssumeRole')
  await newUser('erin')
  await newRole('nightly')
  await newRole('guarded', { Bool: { 'aws:MultiFactorAuthPresent': 'true' } })
  const browser = new Browser(world)
  await browser.signIn('dana', good)
  const switchTo = async (fields: Record<string, string>): Promise<Answer> => {
    await browser.get('/signin/switch-role')
    return browser.submit('/signin/switch-role', { account: accountId, displayName: '', ...fields })
  }
  assert.equal((await switchTo({ roleName: 'nightly', displayName: 'Work' })).location, '/signin/home')
  assert.equal(await arnOf(browser), `arn:aws:sts::${accountId}:assumed-role/nightly/dana`)
  assert.match((await browser.get('/signin/home')).body, /Switch back from Work/)
  assert.match((await switchTo({ roleName: 'guarded' })).problem!, /not authorized to perform: sts:AssumeRole/)
  assert.match((await switchTo({ roleName: 'not-there' })).problem!, /not authorized to perform: sts:AssumeRole/)
  await browser.get('/signin/home')
  await browser.submit('/signin/switch-back', {})
  assert.equal(await arnOf(browser), `arn:aws:iam::${accountId}:user/dana`)
  await switchTo({ roleName: 'nightly' })
  world.pass(3_600_000)
  assert.equal(await arnOf(browser), `arn:aws:iam::${accountId}:user/dana`, 'the role ends, the user does not')
  // As long as the role lets sessions last, and never longer than the user's own of twelve hours.
  await world.iam().updateRole({ RoleName: 'nightly', MaxSessionDuration: 43_200 })
  await switchTo({ roleName: 'nightly' })
  world.pass(10 * 3_600_000)
  assert.equal(await arnOf(browser), `arn:aws:sts::${accountId}:assumed-role/nightly/dana`)
  world.pass(3_600_000)
  assert.equal((await browser.get('/signin/session')).status, 401)

  const other = new Browser(world)
  await other.signIn('erin', good)
  const link = `/signin/switch-role?account=${accountId}&roleName=nightly`
  assert.match((await other.get(link)).body, /name="roleName"[^>]* value="nightly"/)
  assert.match((await other.submit('/signin/switch-role', { account: accountId, roleName: 'nightly' })).problem!, /not authorized/)
  assert.equal((await new Browser(world).get(link)).location, `/signin?${new URLSearchParams({ destination: link })}`)
})

const sessionText = ({ accessKeyId, secretAccessKey, sessionToken = '' }: Key): string =>
  JSON.stringify({ sessionId: accessKeyId, sessionKey: secretAccessKey, sessionToken })

const ask = (Session: string, more: Record<string, string> = {}): Promise<Answer> =>
  new Browser(world).get(`/federation?${new URLSearchParams({ Action: 'getSigninToken', Session, ...more })}`)

async function follow(answer: Answer, more: Record<string, string> = {}): Promise<{ readonly browser: Browser; readonly answer: Answer }> {
  const { SigninToken } = JSON.parse(answer.body)
  const browser = new Browser(world)
  const given = {
    Action: 'login',
    Issuer: 'https://broker.example.com',
    Destination: 'https://console.aws.amazon.com/',
    SigninToken,
    ...more,
  }
  return { browser, answer: await browser.get(`/federation?${new URLSearchParams(given)}`) }
}

test('[item 5] a broker trades a session for a sign-in token, and the token for a session of the console', async () => {
  const user = await newUser('broker', 'sts:AssumeRole', 'sts:GetFederationToken')
  const RoleArn = await newRole('brokered', {}, 43_200)
  const session = keyOf((await world.sts(user).assumeRole({ RoleArn, RoleSessionName: 'guest' })).Credentials)
  const { browser, answer } = await follow(await ask(sessionText(session), { SessionDuration: '43200' }))
  assert.deepEqual([answer.status, answer.location], [303, '/signin/home'])
  assert.equal(await arnOf(browser), `arn:aws:sts::${accountId}:assumed-role/brokered/guest`)
  world.pass(43_200_000 - 1000)
  assert.equal(await arnOf(browser), `arn:aws:sts::${accountId}:assumed-role/brokered/guest`)
  world.pass(1000)
  assert.equal((await browser.get('/signin/session')).status, 401)

  const Policy = policy(allow('s3:*'))
  const federated = keyOf((await world.sts(user).getFederationToken({ Name: 'visitor', Policy, DurationSeconds: 900 })).Credentials)
  const visitor = await follow(await ask(sessionText(federated)))
  assert.equal(await arnOf(visitor.browser), `arn:aws:sts::${accountId}:federated-user/visitor`)
  world.pass(900_000)
  assert.equal((await visitor.browser.get('/signin/session')).status, 401, 'it ends with the credentials')
})

test('[item 5] what the broker may not trade, and where it may not lead', async () => {
  const user = await newUser('broker-2', 'sts:AssumeRole', 'sts:GetFederationToken')
  const RoleArn = await newRole('chaining', {}, 43_200)
  await world.iam().putRolePolicy({ RoleName: 'chaining', PolicyName: 'on', PolicyDocument: policy(allow('sts:AssumeRole')) })
  const role = keyOf((await world.sts(user).assumeRole({ RoleArn, RoleSessionName: 'guest' })).Credentials)
  const chained = keyOf((await world.sts(role).assumeRole({ RoleArn, RoleSessionName: 'again' })).Credentials)
  const federated = keyOf((await world.sts(user).getFederationToken({ Name: 'visitor' })).Credentials)
  const own = keyOf((await world.sts(user).getSessionToken({})).Credentials)
  const refusals: readonly (readonly [Key | undefined, string | undefined])[] = [
    [undefined, undefined],
    [user, undefined],
    [own, undefined],
    [{ ...role, secretAccessKey: user.secretAccessKey }, undefined],
    [{ ...role, accessKeyId: chained.accessKeyId }, undefined],
    [role, '899'],
    [role, '43201'],
    [role, '1e4'],
    [chained, '3600'],
    [federated, '3600'],
  ]
  for (const [key, SessionDuration] of refusals) {
    const answer = await ask(
      key === undefined ? '{"sessionId":1' : sessionText(key),
      SessionDuration === undefined ? {} : { SessionDuration },
    )
    assert.equal(answer.status, 400, JSON.stringify([key, SessionDuration]))
  }
  assert.equal((await ask(sessionText(chained))).status, 200)
  const token = await ask(sessionText(role))
  for (const Destination of ['https://evil.example.com/', 'https://console.aws.amazon.com.evil.example.com/', '//evil.example.com']) {
    const { answer, browser } = await follow(token, { Destination })
    assert.deepEqual([answer.status, browser.cookies.has('bailiwick-session')], [400, false])
  }
  assert.equal((await follow(token, { SigninToken: 'AAAA' })).answer.status, 400)
  world.pass(15 * 60_000)
  assert.equal((await follow(token)).answer.status, 400, 'fifteen minutes')
  world.pass(3_600_000)
  assert.equal((await ask(sessionText(role))).status, 400, 'expired credentials')
})

const verifier = 'v'.repeat(64)
const clientId = 'arn:aws:signin:::devtools/same-device'
const redirectUri = 'http://127.0.0.1:5555/oauth/callback'
const authorizeQuery = (more: Record<string, string> = {}): string =>
  `/v1/authorize?${new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    state: 'the-state',
    code_challenge_method: 'SHA-256',
    scope: 'openid',
    redirect_uri: redirectUri,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    ...more,
  })}`

interface ClientKey {
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
}
const newKey = (): ClientKey => generateKeyPairSync('ec', { namedCurve: 'P-256' })

function possession({ privateKey, publicKey }: ClientKey, claims: object = {}): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const header = part({ typ: 'dpop+jwt', alg: 'ES256', jwk: publicKey.export({ format: 'jwk' }) })
  const own = { jti: 'once', htm: 'POST', htu: `${here}/v1/token`, iat: Math.floor(world.now / 1000), ...claims }
  const signed = `${header}.${part(own)}`
  return `${signed}.${sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`
}

async function token(input: object, dpop: string | undefined) {
  const headers = { 'content-type': 'application/json', ...(dpop !== undefined && { dpop }) }
  const answer = await new Browser(world).send('POST', '/v1/token', JSON.stringify(input), headers)
  return { status: answer.status, type: answer.headers['x-amzn-errortype'], ...JSON.parse(answer.body) }
}

const withCode = (code: string, more: object = {}): object => ({
  clientId,
  grantType: 'authorization_code',
  code,
  redirectUri,
  codeVerifier: verifier,
  ...more,
})

async function codeFor(browser: Browser, query = authorizeQuery()): Promise<string> {
  await browser.get(query)
  const asked = /name="asked" value="([^"]+)"/.exec(browser.last!.body)![1]!
  const { location } = await browser.submit('/v1/authorize', { asked })
  const to = new URL(location!)
  assert.deepEqual([to.origin + to.pathname, to.searchParams.get('state')], [redirectUri, 'the-state'])
  return to.searchParams.get('code')!
}

test('[item 5] aws login: a code, credentials for it, and credentials again; each code and token once', async () => {
  await newUser('lena', 'signin:AuthorizeOAuth2Access', 'signin:CreateOAuth2Token')
  const browser = new Browser(world)
  await browser.signIn('lena', good)
  const page = await browser.get(authorizeQuery())
  assert.match(page.headers['content-security-policy']!, /form-action 'self' http:\/\/127\.0\.0\.1:5555;/)
  const code = await codeFor(browser)
  const key = newKey()
  const wrong = [
    withCode(code, { codeVerifier: 'w'.repeat(64) }),
    withCode(code, { redirectUri: 'http://127.0.0.1:1/oauth/callback' }),
    withCode(code, { clientId: 'arn:aws:signin:::devtools/cross-device' }),
  ]
  for (const input of wrong) assert.equal((await token(input, possession(key))).error, 'INVALID_REQUEST')
  for (const dpop of [
    undefined,
    'a.b.c',
    possession(key, { htu: 'https://evil.example.com/v1/token' }),
    possession(key, { iat: 1 }),
    possession(key, { htm: 'GET' }),
  ]) {
    assert.deepEqual((await token(withCode(code), dpop)).type, 'ValidationException')
  }
  const first = await token(withCode(code), possession(key))
  assert.deepEqual([first.status, first.tokenType, first.expiresIn], [200, 'aws_sigv4', 900])
  assert.equal(JSON.parse(Buffer.from(first.idToken.split('.')[1], 'base64url').toString()).sub, `arn:aws:iam::${accountId}:user/lena`)
  assert.equal((await world.sts(first.accessToken).getCallerIdentity({})).Arn, `arn:aws:iam::${accountId}:user/lena`)
  assert.equal((await token(withCode(code), possession(key))).error, 'AUTHCODE_EXPIRED')

  const refresh = (refreshToken: string, by = key) => token({ clientId, grantType: 'refresh_token', refreshToken }, possession(by))
  assert.equal((await refresh(first.refreshToken, newKey())).error, 'INVALID_REQUEST', 'somebody else’s key')
  const second = await refresh(first.refreshToken)
  assert.equal(second.status, 200)
  assert.equal((await refresh(first.refreshToken)).error, 'TOKEN_EXPIRED')
  world.pass(900_000)
  assert.match(await refused(world.sts(first.accessToken).getCallerIdentity({})), /^ExpiredToken /)
  await world.iam().updateLoginProfile({ UserName: 'lena', Password: 'Another-password-1' })
  assert.equal((await refresh(second.refreshToken)).error, 'USER_CREDENTIALS_CHANGED')
})

test('[item 5] aws login: nobody who may not, and to no place that is not the client’s', async () => {
  await newUser('mike', 'signin:AuthorizeOAuth2Access')
  await newUser('nina')
  const browser = new Browser(world)
  await browser.signIn('mike', good)
  for (const more of [
    { redirect_uri: 'https://evil.example.com/oauth/callback' },
    { redirect_uri: 'http://127.0.0.1.evil.example.com:80/oauth/callback' },
    { client_id: 'arn:aws:signin:::devtools/other' },
    { code_challenge_method: 'plain' },
    { code_challenge: 'short' },
    { state: '' },
  ]) {
    const { status, location } = await browser.get(authorizeQuery(more as never))
    assert.deepEqual([status, location], [400, undefined])
  }
  assert.equal((await token(withCode(await codeFor(browser)), possession(newKey()))).error, 'INSUFFICIENT_PERMISSIONS')
  const late = await codeFor(browser)
  world.pass(600_000)
  assert.equal((await token(withCode(late), possession(newKey()))).error, 'AUTHCODE_EXPIRED')

  const other = new Browser(world)
  await other.signIn('nina', good)
  await other.get(authorizeQuery())
  const asked = /name="asked" value="([^"]+)"/.exec(other.last!.body)![1]!
  assert.equal((await other.submit('/v1/authorize', { asked })).status, 403)
  await browser.get(authorizeQuery())
  assert.equal((await browser.submit('/v1/authorize', { asked })).status, 400, 'what another session was asked')
  assert.match((await new Browser(world).get(authorizeQuery())).location!, /^\/signin\?destination=%2Fv1%2Fauthorize/)
})

test('[item 5] aws login from another machine: the code is shown, and typed there', async () => {
  const browser = new Browser(world)
  await browser.signInRoot('root@example.com', 'Root-password-1')
  const remote = { client_id: 'arn:aws:signin:::devtools/cross-device', redirect_uri: `${here}/v1/sessions/confirmation` }
  await browser.get(authorizeQuery(remote))
  const asked = /name="asked" value="([^"]+)"/.exec(browser.last!.body)![1]!
  const shown = /class="code">([A-Za-z0-9+/=]+)</.exec((await browser.submit('/v1/authorize', { asked })).body)![1]!
  const given = new URLSearchParams(Buffer.from(shown, 'base64').toString())
  assert.equal(given.get('state'), 'the-state')
  const answer = await token(
    withCode(given.get('code')!, { clientId: remote.client_id, redirectUri: remote.redirect_uri }),
    possession(newKey()),
  )
  assert.equal((await world.sts(answer.accessToken).getCallerIdentity({})).Arn, `arn:aws:iam::${accountId}:root`)
})
