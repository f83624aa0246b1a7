import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { hashesSoFar } from '../credentials/password.js'
import { mfaDevices, users } from '../iam/records.js'
import { accountId, InProcess } from '../in-process.test.support.js'
import { type Answer, Browser } from './browser.test.support.js'

let world: InProcess
before(async () => {
  world = await InProcess.start()
})
after(() => world.server.close())

const good = 'A-password-for-tests-1'
const tooOften = 'Too many attempts failed. Wait five minutes, then try again.'

async function newUser(UserName: string): Promise<string> {
  const { User } = await world.iam().createUser({ UserName })
  await world.iam().createLoginProfile({ UserName, Password: good })
  return User!.UserId!
}

/** How many of the answers had each status. */
function statuses(answers: readonly Answer[]): Record<number, number> {
  const counts: Record<number, number> = {}
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1
  return counts
}

const atOnce = <T>(times: number, call: (turn: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: times }, (_, turn) => call(turn)))

test('[item 5] of passwords that are tried all at once ten are looked at, as of those tried one after another', async () => {
  await newUser('dana')
  const browser = new Browser(world, '198.51.100.7')
  await browser.get('/signin')
  const { csrf } = browser
  const trying = (password: string) => browser.post('/signin', { csrf, as: 'user', account: accountId, username: 'dana', password })
  const before = hashesSoFar()
  assert.deepEqual(statuses(await atOnce(30, (turn) => trying(`guess ${turn}`))), { 400: 10, 429: 20 })
  assert.equal(hashesSoFar() - before, 10)
  assert.equal((await trying(good)).problem, tooOften)
  assert.equal((await new Browser(world, '203.0.113.9').signIn('dana', good)).location, '/signin/home')
})

test('[item 5] right passwords do not count, neither one after another nor all at once', async () => {
  await newUser('erin')
  const from = '198.51.100.8'
  for (let turn = 0; turn < 12; turn++) assert.equal((await new Browser(world, from).signIn('erin', good)).location, '/signin/home')
  const answers = await atOnce(10, () => new Browser(world, from).signIn('erin', good))
  assert.deepEqual(statuses(answers), { 303: 10 })
  for (let turn = 0; turn < 10; turn++) assert.equal((await new Browser(world, from).signIn('erin', 'wrong')).status, 400)
  assert.equal((await new Browser(world, from).signIn('erin', good)).status, 429)
})

test('[item 5] of MFA codes that are tried all at once ten are looked at', async () => {
  const ownerId = await newUser('frank')
  const device = `arn:aws:iam::${accountId}:mfa/frank`
  const seed = Buffer.from('twenty bytes of a key').toString('base64')
  const record = { id: device, kind: 'virtual', name: 'frank', path: '/', tags: [], ownerId, seed } as const
  await world.transact((tx) => tx.put(mfaDevices, { ...record, createdAt: world.now, enabledAt: world.now }))
  assert.equal((await world.transact((tx) => tx.find(users, 'name', 'frank')))!.id, ownerId)
  const browser = new Browser(world, '198.51.100.9')
  assert.equal((await browser.signIn('frank', good)).location, '/signin/mfa')
  await browser.get('/signin/mfa')
  const { csrf } = browser
  const answers = await atOnce(30, (turn) => browser.post('/signin/mfa', { csrf, device, code: `not ${turn}` }))
  assert.deepEqual(statuses(answers), { 400: 10, 429: 20 })
})

test('[item 5] credentials of a broker are taken whatever was refused before them, and who goes on failing is told to wait', async () => {
  await newUser('broker')
  const { AccessKey } = await world.iam().createAccessKey({ UserName: 'broker' })
  const PolicyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Action: 'sts:GetFederationToken', Resource: '*' },
  })
  await world.iam().putUserPolicy({ UserName: 'broker', PolicyName: 'own', PolicyDocument })
  const key = { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! }
  const { AccessKeyId, SecretAccessKey, SessionToken } = (await world.sts(key).getFederationToken({ Name: 'guest' })).Credentials!
  const ask = (sessionKey: string) => {
    const Session = JSON.stringify({ sessionId: AccessKeyId, sessionKey, sessionToken: SessionToken })
    return new Browser(world, '198.51.100.10').get(`/federation?${new URLSearchParams({ Action: 'getSigninToken', Session })}`)
  }
  const answers: Answer[] = []
  for (let turn = 0; turn < 12; turn++) answers.push(await ask('wrong'))
  assert.deepEqual(statuses(answers), { 400: 10, 429: 2 })
  assert.equal((await ask(SecretAccessKey!)).status, 200)
})
