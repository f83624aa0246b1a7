import assert from 'node:assert/strict'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { IAM } from '@aws-sdk/client-iam'
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { eventsIn } from './audit.support.js'
import { mfaCode } from './certificates.support.js'
import { keyOf, refusal, stsClient } from './clients.js'
import { bailiwick, freshFolder, type Ran, type RunningServer, removeFolder, startServer } from './running-server.js'

const folder = freshFolder()
const started: RunningServer[] = []
after(async () => {
  for (const { kill } of started) await kill()
  removeFolder(folder)
})

async function start(options: Parameters<typeof startServer>[0]): Promise<RunningServer> {
  const server = await startServer(options)
  started.push(server)
  return server
}

const recover = (dataDir: string, flags: readonly string[] = [], environment: NodeJS.ProcessEnv = {}): Promise<Ran> =>
  bailiwick(['recover-root', '--data-dir', dataDir, ...flags], environment)

interface Root {
  readonly email: string
  readonly password: string
}

const rootIn = (dataDir: string): Root => {
  const [, email, password] = /Sign-in: (\S+), password (\S+)\n/.exec(readFileSync(join(dataDir, 'credentials'), 'utf8'))!
  return { email: email!, password: password! }
}

/** Where the first page leads; undefined when it refuses. */
async function signedInTo({ endpoint }: RunningServer, { email, password }: Root): Promise<string | undefined> {
  const page = await fetch(`${endpoint}/signin?as=root`)
  const cookie = page.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  const csrf = /name="csrf" value="([^"]+)"/.exec(await page.text())![1]!
  const body = new URLSearchParams({ csrf, as: 'root', email, password })
  const answer = await fetch(`${endpoint}/signin`, { method: 'POST', headers: { cookie, origin: endpoint }, body, redirect: 'manual' })
  return answer.headers.get('location') ?? undefined
}

const whoIs = (server: RunningServer, key: RunningServer['rootKey']) =>
  stsClient(server.endpoint, key).send(new GetCallerIdentityCommand({}))
const stopped = async (server: RunningServer): Promise<void> => void assert.equal(await server.stop(), 0)

test('[item 9] recover-root gives the first account a new root: keys, password and MFA device from before are good for nothing', async () => {
  const dataDir = join(folder, 'lost')
  const lost = await start({ dataDir })
  const before = rootIn(dataDir)
  const iam = new IAM({ endpoint: lost.endpoint, region: 'us-east-1', credentials: lost.rootKey })
  const spare = keyOf((await iam.createAccessKey({})).AccessKey)
  const { VirtualMFADevice: device } = await iam.createVirtualMFADevice({ VirtualMFADeviceName: 'phone' })
  const seed = Buffer.from(device!.Base32StringSeed!).toString()
  await iam.createUser({ UserName: 'ada' })
  await iam.enableMFADevice({
    UserName: '000000000000',
    SerialNumber: device!.SerialNumber!,
    AuthenticationCode1: mfaCode(seed, -1),
    AuthenticationCode2: mfaCode(seed),
  })
  assert.equal(await signedInTo(lost, before), '/signin/mfa')
  const held = await recover(dataDir)
  assert.deepEqual([held.code, held.stdout], [1, ''])
  assert.match(held.stderr, /^bailiwick recover-root: [^\n]*another process holds the store\n$/)
  await stopped(lost)

  const done = await recover(dataDir)
  assert.deepEqual([done.code, done.stderr], [0, ''])
  assert.ok(done.stdout.includes(join(dataDir, 'credentials')))
  const now = rootIn(dataDir)
  assert.equal(now.email, before.email)
  assert.ok(!done.stdout.includes(now.password), 'nothing secret leaves by a pipe')
  assert.equal(statSync(join(dataDir, 'credentials')).mode & 0o777, 0o600)

  const server = await start({ dataDir })
  assert.equal((await whoIs(server, server.rootKey)).Arn, 'arn:aws:iam::000000000000:root')
  for (const key of [lost.rootKey, spare]) assert.match(await refusal(whoIs(server, key)), /^InvalidClientTokenId/)
  assert.equal(await signedInTo(server, before), undefined)
  assert.equal(await signedInTo(server, now), '/signin/home')
  const again = new IAM({ endpoint: server.endpoint, region: 'us-east-1', credentials: server.rootKey })
  assert.deepEqual((await again.listMFADevices({})).MFADevices, [])
  assert.equal((await again.listAccessKeys({})).AccessKeyMetadata!.length, 1)
  assert.equal((await again.getUser({ UserName: 'ada' })).User!.UserName, 'ada', 'all else is as it was')
  await stopped(server)
  const event = (await eventsIn(dataDir, '000000000000')).find(({ eventName }) => eventName === 'RecoverRoot')
  assert.deepEqual(event?.userIdentity, { type: 'AWSService', invokedBy: 'bailiwick.amazonaws.com' })
  assert.ok(!JSON.stringify(event).includes(now.password))
})

test('[item 9] recover-root sets what the operator gives', async () => {
  const dataDir = join(folder, 'given')
  const first = await start({ dataDir })
  await stopped(first)
  const passwordFile = join(folder, 'password')
  writeFileSync(passwordFile, 'A-new-password-1\n')
  const rootKey = { accessKeyId: 'AKIAGIVENBYTHEOPERAT', secretAccessKey: 'given-by-the-operator-of-this-server-000' }
  const environment = { BAILIWICK_ROOT_ACCESS_KEY_ID: rootKey.accessKeyId, BAILIWICK_ROOT_SECRET_ACCESS_KEY: rootKey.secretAccessKey }
  const flags = ['--root-email', 'boss@example.com', '--root-password-file', passwordFile]
  const done = await recover(dataDir, flags, { ...environment, BAILIWICK_DEV: '1', BAILIWICK_UNKNOWN: 'not of this command' })
  assert.deepEqual([done.code, done.stderr], [0, ''])
  const server = await start({ dataDir, rootKey })
  assert.equal((await whoIs(server, rootKey)).Arn, 'arn:aws:iam::000000000000:root')
  assert.equal(await signedInTo(server, { email: 'boss@example.com', password: 'A-new-password-1' }), '/signin/home')
  await stopped(server)
})

test('[item 9] recover-root refuses what is no store, another master key, and what belongs to somebody else, in one line', async () => {
  const nowhere = join(folder, 'nowhere')
  const refused = async (line: RegExp, code: number, ...asked: Parameters<typeof recover>): Promise<void> => {
    const { stdout, stderr, code: ended } = await recover(...asked)
    assert.match(stderr, line)
    assert.match(stderr, /^bailiwick recover-root: [^\n]+\n$/)
    assert.deepEqual([ended, stdout], [code, ''])
  }
  await refused(/there is no store at .*bailiwick\.db/, 1, nowhere)
  assert.ok(!existsSync(nowhere), 'and makes none')
  await refused(/a store in memory/, 2, nowhere, ['--database-url', 'memory:'])
  await refused(/unknown flag `--port`/, 2, nowhere, ['--port', '0'])
  await refused(/the master key must be given/, 2, nowhere, ['--database-url', 'postgres://localhost/x'])

  const dataDir = join(folder, 'kept')
  const server = await start({ dataDir })
  const iam = new IAM({ endpoint: server.endpoint, region: 'us-east-1', credentials: server.rootKey })
  await iam.createUser({ UserName: 'ada' })
  const ada = keyOf((await iam.createAccessKey({ UserName: 'ada' })).AccessKey)
  await stopped(server)
  const kept = readFileSync(join(dataDir, 'credentials'), 'utf8')
  await refused(/another master key/, 1, dataDir, [], { BAILIWICK_MASTER_KEY: '0'.repeat(64) })
  await refused(/belongs to somebody else/, 1, dataDir, [], {
    BAILIWICK_ROOT_ACCESS_KEY_ID: ada.accessKeyId,
    BAILIWICK_ROOT_SECRET_ACCESS_KEY: 'x'.repeat(40),
  })
  await refused(/`nobody` is not an e-mail address/, 2, dataDir, ['--root-email', 'nobody'])
  assert.equal(readFileSync(join(dataDir, 'credentials'), 'utf8'), kept)
  const again = await start({ dataDir })
  assert.equal((await whoIs(again, server.rootKey)).Account, '000000000000')
  await stopped(again)
})
