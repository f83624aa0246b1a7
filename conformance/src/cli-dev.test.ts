import assert from 'node:assert/strict'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { CreateAccessKeyCommand, CreateUserCommand, ListAccessKeysCommand, ListUsersCommand } from '@aws-sdk/client-iam'
import { GetCallerIdentityCommand, GetSessionTokenCommand } from '@aws-sdk/client-sts'
import { plainRequest, refusedStart } from './cli.support.js'
import { iamClient, type Key, keyOf, refusal, stsClient } from './clients.js'
import { bailiwick, freshFolder, type RunningServer, removeFolder, startServer } from './running-server.js'

let server: RunningServer
const testKey: Key = { accessKeyId: 'test', secretAccessKey: 'test' }

before(async () => {
  server = await startServer({ flags: ['--dev', '--database-url', 'memory:'] })
})
after(async () => {
  await server.stop()
  removeFolder(server.dataDir)
})

const names = async (key: Key): Promise<(string | undefined)[]> =>
  (await iamClient(server.endpoint, key).send(new ListUsersCommand({}))).Users!.map(({ UserName }) => UserName)

test('[item 9] --dev knows the root key test/test and says so', async () => {
  assert.match(server.output(), /^ {2}Credentials {2}test \/ test \(--dev\)$/m)
  assert.match(server.output(), /^ {2}IAM: {9}enforcing$/m)
  assert.match(server.output(), /^ {2}Store {8}memory$/m)
  const { Arn } = await stsClient(server.endpoint, testKey).send(new GetCallerIdentityCommand({}))
  assert.equal(Arn, 'arn:aws:iam::000000000000:root')
})

test('[item 9] --dev verifies and authorizes like any other server', async () => {
  const wrong = { accessKeyId: 'test', secretAccessKey: 'tset' }
  assert.match(await refusal(iamClient(server.endpoint, wrong).send(new ListUsersCommand({}))), /^SignatureDoesNotMatch 403 /)
  const unknown = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'test' }
  assert.match(await refusal(iamClient(server.endpoint, unknown).send(new ListUsersCommand({}))), /^InvalidClientTokenId 403 /)
  const unsigned = await plainRequest(server.endpoint, 'GET', '/?Action=ListUsers&Version=2010-05-08')
  assert.equal(unsigned.status, 403)
  assert.match(unsigned.body, /MissingAuthenticationToken/)
  const root = iamClient(server.endpoint, testKey)
  await root.send(new CreateUserCommand({ UserName: 'weak' }))
  const weak = keyOf((await root.send(new CreateAccessKeyCommand({ UserName: 'weak' }))).AccessKey)
  assert.match(await refusal(iamClient(server.endpoint, weak).send(new ListUsersCommand({}))), /^AccessDenied 403 /)
})

test('[item 9] the reset brings back the state and the root key of the first start; sessions and other keys die', async () => {
  const root = iamClient(server.endpoint, testKey)
  await root.send(new CreateUserCommand({ UserName: 'gone' }))
  const user = keyOf((await root.send(new CreateAccessKeyCommand({ UserName: 'gone' }))).AccessKey)
  const session = keyOf((await stsClient(server.endpoint, testKey).send(new GetSessionTokenCommand({}))).Credentials)
  const identity = (key: Key) => stsClient(server.endpoint, key).send(new GetCallerIdentityCommand({}))
  assert.ok((await identity(session)).Arn)
  assert.equal((await plainRequest(server.endpoint, 'POST', '/_bailiwick/reset')).status, 200)
  assert.deepEqual(await names(testKey), [])
  assert.equal((await root.send(new ListAccessKeysCommand({}))).AccessKeyMetadata!.length, 1)
  assert.match(await refusal(identity(session)), /^InvalidClientTokenId 403 /)
  assert.match(await refusal(identity(user)), /^InvalidClientTokenId 403 /)
  await root.send(new CreateUserCommand({ UserName: 'gone' }))
  assert.deepEqual(await names(testKey), ['gone'])
})

test('[item 9] no web page can reset: a foreign Host, any Origin and a forwarded request are refused, and nothing changes', async () => {
  const root = iamClient(server.endpoint, testKey)
  await root.send(new CreateUserCommand({ UserName: 'stays' }))
  const { host } = new URL(server.endpoint)
  const refused: readonly Readonly<Record<string, string>>[] = [
    { host: 'evil.example.com' },
    { host: 'localhost.evil.example.com' },
    { host: '127.0.0.1:1' },
    { host: `evil@${host}` },
    { host, origin: 'http://evil.example.com' },
    { host, origin: `http://${host}` },
    { host, origin: 'null' },
    { host, 'x-forwarded-for': '203.0.113.7' },
  ]
  for (const headers of refused) {
    const { status } = await plainRequest(server.endpoint, 'POST', '/_bailiwick/reset', headers)
    assert.equal(status, 403, JSON.stringify(headers))
  }
  for (const method of ['GET', 'PUT', 'DELETE', 'OPTIONS']) {
    const { status } = await plainRequest(server.endpoint, method, '/_bailiwick/reset')
    assert.ok(status >= 400 && status < 500, `${method} ${status}`)
  }
  assert.ok((await names(testKey)).includes('stays'))
})

test('[item 9] with --dev alone the store is in memory, and another terminal finds server and key in the default folder', async () => {
  const dataDir = freshFolder()
  const own = await startServer({ dataDir, flags: ['--dev', '--database-url', 'memory:'] })
  try {
    assert.equal(readFileSync(join(dataDir, 'endpoint'), 'utf8').trim(), own.endpoint)
    assert.equal(statSync(join(dataDir, 'credentials')).mode & 0o777, 0o600)
    const list = await bailiwick(['accounts', 'list'], { BAILIWICK_DATA_DIR: dataDir })
    assert.equal(list.code, 0, list.stderr)
    assert.match(list.stdout, /^000000000000 {2}ACTIVE/)
  } finally {
    await own.stop()
  }
  const alone = await refusedStart(['--dev', '--port', '0', '--log-format', 'pretty'])
  assert.match(alone.stdout, /^ {2}Store {8}memory$/m)
  removeFolder(dataDir)
})

test('[item 9] a store in memory does not overwrite the credentials of a store that lasts', async () => {
  const lasting = await startServer()
  await lasting.stop()
  const credentials = readFileSync(join(lasting.dataDir, 'credentials'), 'utf8')
  const dev = await startServer({ dataDir: lasting.dataDir, flags: ['--dev', '--database-url', 'memory:'] })
  await dev.stop()
  assert.equal(readFileSync(join(lasting.dataDir, 'credentials'), 'utf8'), credentials)
  const refused = await refusedStart(['--port', '0', '--database-url', 'memory:', '--data-dir', lasting.dataDir])
  assert.equal(refused.code, 1)
  assert.match(refused.stderr, /^bailiwick start: the root credentials cannot be kept in .*--data-dir\n$/)
  removeFolder(lasting.dataDir)
})

test('[item 9] --dev and other stores keep apart, and --dev stays on this machine', async () => {
  const made = await startServer({ flags: ['--dev'] })
  await made.stop()
  const without = await refusedStart(['--port', '0', '--data-dir', made.dataDir])
  assert.equal(without.code, 1)
  assert.equal(without.stderr, 'bailiwick start: this store was made with --dev and only serves with --dev\n')
  const lasting = await startServer()
  await lasting.stop()
  const dev = await refusedStart(['--dev', '--port', '0', '--data-dir', lasting.dataDir])
  assert.equal(dev.code, 1)
  assert.equal(dev.stderr, 'bailiwick start: --dev refuses a store that it did not make\n')
  for (const host of ['0.0.0.0', '::', '203.0.113.1', 'example.com']) {
    const open = await refusedStart(['--dev', '--port', '0', '--host', host])
    assert.equal(open.code, 2, host)
    assert.equal(open.stderr, `bailiwick start: --dev serves this machine only: --host ${host} is not loopback\n`)
  }
  const variable = await refusedStart(['--port', '0'], { BAILIWICK_DEV: '1', BAILIWICK_HOST: '0.0.0.0' })
  assert.equal(variable.code, 2)
  removeFolder(made.dataDir)
  removeFolder(lasting.dataDir)
})

test('[item 9] a store on disk made with --dev keeps what it was told over a restart, and a reset of it lasts', async () => {
  const first = await startServer({ flags: ['--dev'] })
  await iamClient(first.endpoint, testKey).send(new CreateUserCommand({ UserName: 'kept' }))
  await first.stop()
  const second = await startServer({ dataDir: first.dataDir, flags: ['--dev'] })
  const users = async ({ endpoint }: RunningServer) => (await iamClient(endpoint, testKey).send(new ListUsersCommand({}))).Users!.length
  assert.equal(await users(second), 1)
  assert.equal((await plainRequest(second.endpoint, 'POST', '/_bailiwick/reset')).status, 200)
  assert.equal(await users(second), 0)
  await second.stop()
  const third = await startServer({ dataDir: first.dataDir, flags: ['--dev'] })
  assert.equal(await users(third), 0)
  await third.stop()
  removeFolder(first.dataDir)
})
