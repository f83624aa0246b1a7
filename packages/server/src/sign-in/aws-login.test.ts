import assert from 'node:assert/strict'
import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { after, before, test } from 'node:test'
import { auditEvents, eventsOf } from '../audit/audit-trail.js'
import { accountId, InProcess, type Key, refused } from '../in-process.test.support.js'
import { Browser, here } from './browser.test.support.js'

let world: InProcess
before(async () => {
  world = await InProcess.start()
})
after(() => world.server.close())

const good = 'A-password-for-tests-1'
const policy = (...Statement: object[]): string => JSON.stringify({ Version: '2012-10-17', Statement })
const allow = (Action: string | readonly string[], more: object = {}): object => ({ Effect: 'Allow', Action, Resource: '*', ...more })

async function newUser(UserName: string, ...statements: readonly (string | object)[]): Promise<void> {
  await world.iam().createUser({ UserName })
  await world.iam().createLoginProfile({ UserName, Password: good })
  if (statements.length === 0) return
  const PolicyDocument = policy(...statements.map((each) => (typeof each === 'string' ? allow(each) : each)))
  await world.iam().putUserPolicy({ UserName, PolicyName: 'own', PolicyDocument })
}

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
  const spent = ({ status, type, error, message }: Awaited<ReturnType<typeof token>>) =>
    assert.deepEqual(
      [status, type, error, message],
      [400, 'ValidationException', 'INVALID_REQUEST', 'The provided authorization grant is invalid, expired, revoked, or malformed'],
    )
  spent(await token(withCode(code), possession(key)))

  const refresh = (refreshToken: string, by = key) => token({ clientId, grantType: 'refresh_token', refreshToken }, possession(by))
  assert.equal((await refresh(first.refreshToken, newKey())).error, 'INVALID_REQUEST', 'somebody else’s key')
  const second = await refresh(first.refreshToken)
  assert.equal(second.status, 200)
  spent(await refresh(first.refreshToken))
  spent(await refresh('never-given'))
  world.pass(900_000)
  assert.match(await refused(world.sts(first.accessToken).getCallerIdentity({})), /^ExpiredToken /)
  await world.iam().updateLoginProfile({ UserName: 'lena', Password: 'Another-password-1' })
  assert.equal((await refresh(second.refreshToken)).error, 'USER_CREDENTIALS_CHANGED')
})

test('[item 5] aws login: a refresh token ends with the session that it is of', async () => {
  await newUser('quinn', 'signin:AuthorizeOAuth2Access', 'signin:CreateOAuth2Token')
  const browser = new Browser(world)
  await browser.signIn('quinn', good)
  const key = newKey()
  const { refreshToken } = await token(withCode(await codeFor(browser)), possession(key))
  world.pass(43_200_000)
  const { status, type, error, message } = await token({ clientId, grantType: 'refresh_token', refreshToken }, possession(key))
  assert.deepEqual([status, type, error, message], [400, 'AccessDeniedException', 'TOKEN_EXPIRED', 'The refresh token has expired.'])
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

test('[item 5] aws login: who lets a command line act, which gets credentials, and who may not, each leaves an event', async () => {
  await newUser('olive', 'signin:AuthorizeOAuth2Access')
  await newUser('oscar')
  const events = async (): Promise<readonly object[]> => {
    await world.server.audit.ship()
    const { items } = await world.server.store.readLog(auditEvents, accountId, { limit: 1000 })
    const named = items.flatMap(eventsOf).filter(({ eventName }) => eventName.includes('OAuth2'))
    return named
      .map(({ eventName, errorMessage, userIdentity }) => [
        eventName,
        (userIdentity as { readonly userName?: string }).userName,
        errorMessage,
      ])
      .filter(([, userName]) => userName === 'olive' || userName === 'oscar')
  }
  const [olive, oscar] = [new Browser(world), new Browser(world)]
  await olive.signIn('olive', good)
  await oscar.signIn('oscar', good)
  const code = await codeFor(olive)
  await token(withCode(code), possession(newKey()))
  await oscar.get(authorizeQuery())
  await oscar.submit('/v1/authorize', { asked: /name="asked" value="([^"]+)"/.exec(oscar.last!.body)![1]! })
  assert.deepEqual(await events(), [
    ['AuthorizeOAuth2Access', 'olive', undefined],
    ['CreateOAuth2Token', 'olive', 'You are not authorized to perform: signin:CreateOAuth2Token'],
    ['AuthorizeOAuth2Access', 'oscar', `arn:aws:iam::${accountId}:user/oscar is not authorized to perform: signin:AuthorizeOAuth2Access`],
  ])
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

/** What `aws login` gives to who is signed in with the browser. */
async function loggedIn(browser: Browser): Promise<{ readonly key: Key; readonly refresh: () => Promise<Key> }> {
  const clientKey = newKey()
  const first = await token(withCode(await codeFor(browser)), possession(clientKey))
  assert.equal(first.status, 200)
  let { refreshToken } = first
  const refresh = async (): Promise<Key> => {
    const next = await token({ clientId, grantType: 'refresh_token', refreshToken }, possession(clientKey))
    refreshToken = next.refreshToken
    return next.accessToken
  }
  return { key: first.accessToken, refresh }
}

const oauth = ['signin:AuthorizeOAuth2Access', 'signin:CreateOAuth2Token']

test('[item 5] a session of aws login is told from one of the console by its ARN, which stays from sign-in to refresh', async () => {
  const anySession = { StringLike: { 'aws:SignInSessionArn': `arn:aws:signin:us-east-1:${accountId}:session/????????-*` } }
  const noSession = { Null: { 'aws:SignInSessionArn': 'true' } }
  await newUser('olga', allow(oauth), allow('iam:ListUsers', { Condition: anySession }), allow('iam:ListRoles', { Condition: noSession }))
  const browser = new Browser(world)
  await browser.signIn('olga', good)
  const { key, refresh } = await loggedIn(browser)
  for (const each of [key, await refresh()]) {
    await world.iam(each).listUsers({})
    assert.match(await refused(world.iam(each).listRoles({})), /^AccessDenied /)
  }
  const atConsole = await browser.credentials()
  await world.iam(atConsole).listRoles({})
  assert.match(await refused(world.iam(atConsole).listUsers({})), /^AccessDenied /)

  const arnOf = ({ sessionToken }: Key) => world.server.signIn.surroundings.sessionTokens.open(sessionToken!)!.signInSessionArn
  assert.equal(arnOf(await refresh()), arnOf(key))
  assert.notEqual(arnOf((await loggedIn(browser)).key), arnOf(key), 'of another sign-in')
})

test('[item 5] a role that the console is switched to is told from one of aws login too', async () => {
  await newUser('pia', allow('sts:AssumeRole'))
  const AssumeRolePolicyDocument = policy({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: accountId } })
  await world.iam().createRole({ RoleName: 'remote', AssumeRolePolicyDocument })
  const Null = { 'aws:SignInSessionArn': 'false' }
  const PolicyDocument = policy(allow(oauth), allow('iam:ListUsers', { Condition: { Null } }))
  await world.iam().putRolePolicy({ RoleName: 'remote', PolicyName: 'own', PolicyDocument })
  const browser = new Browser(world)
  await browser.signIn('pia', good)
  await browser.get('/signin/switch-role')
  await browser.submit('/signin/switch-role', { account: accountId, roleName: 'remote', displayName: '' })
  const { key } = await loggedIn(browser)
  assert.equal((await world.sts(key).getCallerIdentity({})).Arn, `arn:aws:sts::${accountId}:assumed-role/remote/pia`)
  await world.iam(key).listUsers({})
  assert.match(await refused(world.iam(await browser.credentials()).listUsers({})), /^AccessDenied /)
})

test('[item 5] a command line that was let act as a role is never who switched to it, once the role is gone or over', async () => {
  await newUser('rhea', allow(['sts:AssumeRole', 'iam:*', ...oauth]))
  const AssumeRolePolicyDocument = policy({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: accountId } })
  const newRole = async (): Promise<void> => {
    await world.iam().createRole({ RoleName: 'little', AssumeRolePolicyDocument })
    await world.iam().putRolePolicy({ RoleName: 'little', PolicyName: 'own', PolicyDocument: policy(allow(oauth)) })
  }
  const deleteRole = async (): Promise<void> => {
    await world.iam().deleteRolePolicy({ RoleName: 'little', PolicyName: 'own' })
    await world.iam().deleteRole({ RoleName: 'little' })
  }
  const atRole = async (): Promise<Browser> => {
    const browser = new Browser(world)
    await browser.signIn('rhea', good)
    await browser.get('/signin/switch-role')
    await browser.submit('/signin/switch-role', { account: accountId, roleName: 'little', displayName: '' })
    return browser
  }
  await newRole()
  const clientKey = newKey()
  const browser = await atRole()
  const { refreshToken } = await token(withCode(await codeFor(browser)), possession(clientKey))
  const code = await codeFor(browser)
  await deleteRole()
  for (const input of [withCode(code), { clientId, grantType: 'refresh_token', refreshToken }])
    assert.equal((await token(input, possession(clientKey))).error, 'USER_CREDENTIALS_CHANGED')

  await newRole()
  const asking = await atRole()
  assert.match((await asking.get(authorizeQuery())).body, /assumed-role\/little\/rhea/)
  const asked = /name="asked" value="([^"]+)"/.exec(asking.last!.body)![1]!
  await deleteRole()
  assert.equal((await asking.submit('/v1/authorize', { asked })).status, 400, 'another one than the page had named')
})

test('[item 5] a federated user has IAM and STS at the console only: not by its own credentials, and not by aws login', async () => {
  await newUser('quin', allow(['sts:*', 'iam:ListUsers', ...oauth]))
  const { AccessKey } = await world.iam().createAccessKey({ UserName: 'quin' })
  const user = { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! }
  const given = (await world.sts(user).getFederationToken({ Name: 'visitor', Policy: policy(allow(['iam:ListUsers', 'sts:*', ...oauth])) }))
    .Credentials!
  const own = { accessKeyId: given.AccessKeyId!, secretAccessKey: given.SecretAccessKey!, sessionToken: given.SessionToken! }
  const Session = JSON.stringify({ sessionId: own.accessKeyId, sessionKey: own.secretAccessKey, sessionToken: own.sessionToken })
  const browser = new Browser(world)
  const { SigninToken } = JSON.parse((await browser.get(`/federation?${new URLSearchParams({ Action: 'getSigninToken', Session })}`)).body)
  await browser.get(`/federation?${new URLSearchParams({ Action: 'login', Destination: '', SigninToken })}`)
  const atConsole = await browser.credentials()
  await world.iam(atConsole).listUsers({})
  await world.sts(atConsole).getAccessKeyInfo({ AccessKeyId: user.accessKeyId })
  assert.match(await refused(world.iam(atConsole).listRoles({})), /^AccessDenied /, 'what the session policy does not allow')
  assert.equal((await browser.get('/signin/security')).location, '/signin/home', 'the devices of the user are not its own')
  assert.match(await refused(world.sts(atConsole).getSessionToken({})), /^AccessDenied /)
  const { key, refresh } = await loggedIn(browser)
  for (const each of [own, key, await refresh()]) {
    assert.match(await refused(world.iam(each).listUsers({})), /^AccessDenied /)
    assert.match(await refused(world.sts(each).getAccessKeyInfo({ AccessKeyId: user.accessKeyId })), /^AccessDenied /)
  }
})

test('[item 5] who tries codes of aws login is stopped, in the words of the model, and a code that was given passes', async () => {
  await newUser('rosa', ...oauth)
  const browser = new Browser(world)
  await browser.signIn('rosa', good)
  const code = await codeFor(browser)
  const guess = async () => {
    const { status, type } = await token(withCode('no-such-code'), possession(newKey()))
    return `${status} ${type}`
  }
  const told = []
  for (let times = 0; times < 11; times++) told.push(await guess())
  assert.equal(told.at(-1), '429 TooManyRequestsError')
  assert.equal(told.at(0), '400 ValidationException')
  assert.equal((await token(withCode(code), possession(newKey()))).status, 200)
  assert.equal((await token(withCode(code), possession(newKey()))).status, 429, 'and is none the second time')
  world.pass(5 * 60_000)
  assert.equal(await guess(), '400 ValidationException')
})
