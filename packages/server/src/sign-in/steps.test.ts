import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { accounts, wholeServer } from '../accounts/account.js'
import { codeAt, stepAt } from '../credentials/totp.js'
import { mfaDevices } from '../iam/records.js'
import { accountId, InProcess, password as rootPassword } from '../in-process.test.support.js'
import { Browser } from './browser.test.support.js'

let world: InProcess
before(async () => {
  world = await InProcess.start()
})
after(() => world.server.close())

const day = 86_400_000
const good = 'A-password-for-tests-1'
const next = 'Another-password-1'
const incorrect = 'Your authentication information is incorrect. Please try again.'
const policy = (...Statement: object[]): string => JSON.stringify({ Version: '2012-10-17', Statement })
const allow = (Action: string): object => ({ Effect: 'Allow', Action, Resource: '*' })

async function newUser(UserName: string, PasswordResetRequired = false, ...actions: string[]): Promise<string> {
  const { User } = await world.iam().createUser({ UserName })
  await world.iam().createLoginProfile({ UserName, Password: good, PasswordResetRequired })
  if (actions.length > 0) {
    await world.iam().putUserPolicy({ UserName, PolicyName: 'own', PolicyDocument: policy(...actions.map(allow)) })
  }
  return User!.UserId!
}

/** A virtual MFA device of an owner's, and the code that it shows now. */
async function newDevice(ownerId: string, name: string): Promise<{ readonly device: string; readonly code: () => string }> {
  const seed = Buffer.from(`twenty bytes for ${name}`)
  const device = `arn:aws:iam::${accountId}:mfa/${name}`
  const record = { id: device, kind: 'virtual', name, path: '/', tags: [], ownerId, seed: seed.toString('base64') } as const
  await world.transact((tx) => tx.put(mfaDevices, { ...record, createdAt: world.now, enabledAt: world.now }))
  return { device, code: () => codeAt(seed, stepAt(world.now)) }
}

test('[item 5] the MFA code comes before the new password, and neither page is reached out of turn', async () => {
  const { device, code } = await newDevice(await newUser('dana', true, 'iam:ChangePassword'), 'dana')
  const change = { old: good, new: next, again: next }
  const early = new Browser(world)
  assert.equal((await early.get('/signin/new-password')).location, '/signin', 'before anything')
  assert.equal((await early.get('/signin/mfa')).location, '/signin', 'before anything')
  assert.equal((await early.signIn('dana', good)).location, '/signin/mfa')
  await early.get('/signin/mfa')
  assert.equal((await early.submit('/signin/new-password', change)).location, '/signin', 'before the code')

  const browser = new Browser(world)
  assert.equal((await browser.signIn('dana', good)).location, '/signin/mfa', 'the password is what it was')
  await browser.get('/signin/mfa')
  assert.equal((await browser.submit('/signin/mfa', { device, code: code() })).location, '/signin/new-password')
  assert.equal((await browser.get('/signin/home')).status, 303, 'before the new password')
  await browser.get('/signin/new-password')
  assert.equal((await browser.submit('/signin/new-password', change)).location, '/signin/home')
  assert.match((await browser.get('/signin/session')).body, /"mfa":true/)
})

test('[item 5] a sign-in that is half done is good for ten minutes, and not beyond another password', async () => {
  const { device, code } = await newDevice(await newUser('erin'), 'erin')
  const begun = async (): Promise<Browser> => {
    const browser = new Browser(world)
    assert.equal((await browser.signIn('erin', good)).location, '/signin/mfa')
    await browser.get('/signin/mfa')
    return browser
  }
  const late = await begun()
  world.pass(600_000)
  assert.equal((await late.submit('/signin/mfa', { device, code: code() })).location, '/signin')
  const changed = await begun()
  await world.iam().updateLoginProfile({ UserName: 'erin', Password: next })
  assert.equal((await changed.submit('/signin/mfa', { device, code: code() })).location, '/signin')
  assert.equal(changed.cookies.has('bailiwick-session'), false)
})

test('[item 5] a password that has expired is changed at sign-in, or locks out; only who knows it is told', async () => {
  await newUser('frank', false, 'iam:ChangePassword')
  const signIn = async (password: string) => {
    const { location, problem } = await new Browser(world).signIn('frank', password)
    return location ?? problem
  }
  await world.iam().updateAccountPasswordPolicy({ MaxPasswordAge: 2 })
  assert.equal(await signIn(good), '/signin/home')
  world.pass(2 * day)
  assert.equal(await signIn(good), '/signin/new-password')
  await world.iam().updateAccountPasswordPolicy({ MaxPasswordAge: 2, HardExpiry: true })
  assert.equal(await signIn(good), 'Your password has expired. Ask an administrator of the account to set a new one.')
  assert.equal(await signIn('wrong'), incorrect)
  await world.iam().updateLoginProfile({ UserName: 'frank', Password: next })
  assert.equal(await signIn(next), '/signin/home')
  await world.iam().deleteAccountPasswordPolicy({})
})

test('[item 5] nobody comes into an account that is closed, nor stays, and the answer is that of a wrong password', async () => {
  await newUser('gina')
  const [user, root] = [new Browser(world), new Browser(world)]
  await user.signIn('gina', good)
  await root.signInRoot('root@example.com', rootPassword)
  const change = (status: 'ACTIVE' | 'CLOSED') =>
    world.server.store.transact(async (tx) => {
      const account = (await tx.get(accounts, wholeServer, accountId))!
      await tx.put(accounts, wholeServer, { ...account, status })
    })
  const statuses = async () => [(await user.get('/signin/session')).status, (await root.get('/signin/session')).status]
  assert.deepEqual(await statuses(), [200, 200])
  await change('CLOSED')
  assert.deepEqual(await statuses(), [401, 401])
  assert.equal((await new Browser(world).signIn('gina', good)).problem, incorrect)
  assert.equal((await new Browser(world).signInRoot('root@example.com', rootPassword)).problem, incorrect)
  await change('ACTIVE')
  assert.equal((await new Browser(world).signIn('gina', good)).location, '/signin/home')
})

test('[item 5] a role that asks for MFA is switched to by who signed in with it; the root user switches to none', async () => {
  const { device, code } = await newDevice(await newUser('harry', false, 'sts:AssumeRole'), 'harry')
  const Principal = { AWS: accountId }
  const Condition = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }
  const AssumeRolePolicyDocument = policy({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal, Condition })
  await world.iam().createRole({ RoleName: 'guarded', AssumeRolePolicyDocument })
  const switching = async (browser: Browser) => {
    await browser.get('/signin/switch-role')
    const { location, problem } = await browser.submit('/signin/switch-role', { account: accountId, roleName: 'guarded' })
    return location ?? problem
  }
  const browser = new Browser(world)
  await browser.signIn('harry', good)
  await browser.get('/signin/mfa')
  await browser.submit('/signin/mfa', { device, code: code() })
  assert.equal(await switching(browser), '/signin/home')
  const arn = `arn:aws:sts::${accountId}:assumed-role/guarded/harry`
  assert.equal((await world.sts(await browser.credentials()).getCallerIdentity({})).Arn, arn)
  // Signing out ends both, whoever is acting.
  await browser.get('/signin/home')
  await browser.submit('/signin/sign-out', {})
  assert.equal((await browser.get('/signin/session')).status, 401)

  const root = new Browser(world)
  await root.signInRoot('root@example.com', rootPassword)
  assert.equal(await switching(root), 'Roles may not be assumed by root accounts.')
})
