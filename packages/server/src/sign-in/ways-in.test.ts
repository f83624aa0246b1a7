import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Credentials } from '@aws-sdk/client-sts'
import { accountId, InProcess, type Key } from '../in-process.test.support.js'
import { type Answer, Browser } from './browser.test.support.js'

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
  const atConsole = await (await follow(await ask(sessionText(role), { SessionDuration: '43200' }))).browser.credentials()
  const browser = new Browser(world)
  await browser.signIn('broker-2', good)
  await browser.get('/signin/switch-role')
  await browser.submit('/signin/switch-role', { account: accountId, roleName: 'chaining', displayName: '' })
  const switched = await browser.credentials()
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
    [atConsole, '3600'],
    [switched, '3600'],
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
  const posted = (Session: string) => new Browser(world).post('/federation', { Action: 'getSigninToken', SessionType: 'json', Session })
  assert.equal((await follow(await posted(sessionText(role)))).answer.location, '/signin/home', 'by POST too')
  assert.equal((await posted(sessionText({ ...role, secretAccessKey: 'wrong' }))).status, 400)
  assert.equal((await new Browser(world).post('/federation', { Action: 'getSession', Session: sessionText(role) })).status, 400)
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
