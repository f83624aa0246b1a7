import assert from 'node:assert/strict'
import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { CreateUserCommand, ListUsersCommand } from '@aws-sdk/client-iam'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { plainRequest, refusedStart } from './cli.support.js'
import { iamClient, refusal, stsClient } from './clients.js'
import { freshFolder, removeFolder, startServer } from './running-server.js'

const folder = freshFolder()
after(() => removeFolder(folder))

/** One clear line on stderr, nothing on stdout, an exit code of its own. */
async function refusedWith(line: RegExp, code: number, flags: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<void> {
  const refused = await refusedStart(flags, environment)
  const shown = `${flags.join(' ')} ${JSON.stringify(environment)}\n${refused.stdout}${refused.stderr}`
  assert.equal(refused.code, code, shown)
  assert.match(refused.stderr, line, shown)
  assert.match(refused.stderr, /^bailiwick start: [^\n]+\n$/, `one line: ${shown}`)
  assert.equal(refused.stdout, '')
}

test('[item 9] an unknown flag or variable ends the start and names the nearest known one', async () => {
  await refusedWith(/unknown flag `--prot`; did you mean `--port`\?/, 2, ['--prot', '0'])
  await refusedWith(/unknown variable `BAILIWICK_DATADIR`; did you mean `BAILIWICK_DATA_DIR`\?/, 2, [], { BAILIWICK_DATADIR: 'x' })
  await refusedWith(/unknown flag `--zzzzzzzzzz`$/m, 2, ['--zzzzzzzzzz'])
  await refusedWith(/unexpected argument `now`/, 2, ['now'])
  await refusedWith(/--port needs a value/, 2, ['--port', '--dev'])
  await refusedWith(/--dev takes no value/, 2, ['--dev=yes'])
})

const wrongSettings: readonly (readonly [flag: string, value: string, variable: string | undefined, line: RegExp])[] = [
  ['--port', '65536', 'BAILIWICK_PORT', /--port must be a number from 0 to 65535, not `65536`/],
  ['--port', 'http', 'BAILIWICK_PORT', /--port/],
  ['--public-url', 'ftp://x', 'BAILIWICK_PUBLIC_URL', /--public-url must be an http or https URL/],
  ['--trusted-proxies', '10.0.0.0/8,proxy', 'BAILIWICK_TRUSTED_PROXIES', /--trusted-proxies: `proxy` is neither/],
  ['--database-url', 'mysql://x', 'BAILIWICK_DATABASE_URL', /--database-url must begin with postgres:\/\//],
  ['--account-id', '1234', 'BAILIWICK_ACCOUNT_ID', /--account-id must be 12 digits, not `1234`/],
  ['--audit-retention', 'forever', 'BAILIWICK_AUDIT_RETENTION', /--audit-retention must be a time such as 90d/],
  ['--log-format', 'xml', 'BAILIWICK_LOG_FORMAT', /--log-format is pretty or json/],
  ['--tls-cert', '/nowhere/cert.pem', 'BAILIWICK_TLS_CERT', /--tls-cert and --tls-key go together/],
  ['--root-email', 'nobody', 'BAILIWICK_ROOT_EMAIL', /--root-email: `nobody` is not an e-mail address/],
  ['--root-password-file', '/nowhere/password', undefined, /--root-password-file: .*no such file/],
  ['--master-key-file', '/nowhere/key', undefined, /--master-key-file: .*no such file/],
]

test('[item 9] a value that cannot be is refused the same from a flag and from its variable', async () => {
  for (const [flag, value, variable, line] of wrongSettings) {
    await refusedWith(line, 2, [flag, value])
    if (variable !== undefined) await refusedWith(line, 2, [], { [variable]: value })
  }
  await refusedWith(/BAILIWICK_DEV\) is 1 or 0/, 2, [], { BAILIWICK_DEV: 'maybe' })
  await refusedWith(/BAILIWICK_MASTER_KEY must hold 32 bytes/, 2, [], { BAILIWICK_MASTER_KEY: 'short' })
  await refusedWith(/go together/, 2, [], { BAILIWICK_ROOT_ACCESS_KEY_ID: 'AKIAEXAMPLE' })
})

test('[item 9] a flag is stronger than its variable, and the variable than the default', async () => {
  const dataDir = join(folder, 'precedence')
  const environment = {
    BAILIWICK_ACCOUNT_ID: '111111111111',
    BAILIWICK_DATA_DIR: '/nowhere/at/all',
    BAILIWICK_PORT: 'not a port',
    BAILIWICK_PUBLIC_URL: 'https://iam.example.com/',
    BAILIWICK_REGIONS: 'eu-west-1,us-east-1',
    BAILIWICK_ROOT_EMAIL: 'boss@example.com',
    BAILIWICK_ROOT_ACCESS_KEY_ID: 'AKIAGIVENBYTHEOPERAT',
    BAILIWICK_ROOT_SECRET_ACCESS_KEY: 'given-by-the-operator-of-this-server-000',
  }
  const server = await startServer({ dataDir, flags: ['--account-id=222222222222'], environment })
  try {
    assert.match(server.output(), /^ {2}Account {6}222222222222$/m)
    assert.match(server.output(), /^ {2}Console {6}https:\/\/iam\.example\.com\/console\/$/m)
    const key = { accessKeyId: 'AKIAGIVENBYTHEOPERAT', secretAccessKey: 'given-by-the-operator-of-this-server-000' }
    const identity = await stsClient(server.endpoint, key).send(new GetCallerIdentityCommand({}))
    assert.equal(identity.Arn, 'arn:aws:iam::222222222222:root')
    assert.match(readFileSync(join(dataDir, 'credentials'), 'utf8'), /boss@example\.com/)
  } finally {
    assert.equal(await server.stop(), 0)
  }
})

test('[item 9] the banner tells endpoint, account, console, credentials, enforcement and store, then the line Ready.', async () => {
  const dataDir = join(folder, 'banner')
  const server = await startServer({ dataDir })
  try {
    const { port } = new URL(server.endpoint)
    assert.equal(readFileSync(join(dataDir, 'endpoint'), 'utf8'), `http://127.0.0.1:${port}\n`)
    assert.deepEqual(server.output().split('\n'), [
      `Bailiwick ${JSON.parse(readFileSync(new URL('../../packages/cli/package.json', import.meta.url), 'utf8')).version}`,
      `  Endpoint     http://127.0.0.1:${port}`,
      '  Account      000000000000',
      `  Console      http://localhost:${port}/console/`,
      `  Credentials  ${dataDir}/credentials`,
      '  IAM:         enforcing',
      `  Store        embedded (${dataDir}/bailiwick.db)`,
      '  Warning      The master key lies beside the data that it protects; --master-key-file moves it elsewhere.',
      'Ready.',
      '',
    ])
  } finally {
    await server.stop()
  }
})

test('[item 9] with --log-format json the output is one JSON object a line, and generated secrets stand in none of them', async () => {
  const dataDir = join(folder, 'json')
  const server = await startServer({ dataDir, flags: ['--log-format', 'json'] })
  try {
    const lines = server
      .output()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    assert.deepEqual(
      lines.map(({ message }) => message),
      ['Bailiwick is starting', 'Ready.'],
    )
    assert.equal(lines[0]!.endpoint, server.endpoint)
    assert.equal(lines[0]!.iam, 'enforcing')
    for (const line of lines) assert.ok(!Number.isNaN(Date.parse(String(line.time))) && line.level === 'info')
    const text = readFileSync(join(dataDir, 'credentials'), 'utf8')
    const secrets = [
      server.rootKey.secretAccessKey,
      /password (\S+)/.exec(text)![1]!,
      readFileSync(join(dataDir, 'master.key'), 'utf8').trim(),
    ]
    for (const secret of secrets) {
      assert.ok(secret.length > 20)
      assert.ok(!server.output().includes(secret))
    }
  } finally {
    await server.stop()
  }
})

test('[item 9] files with secrets are for their owner only, also where an older file was open to all', async () => {
  const dataDir = join(folder, 'modes')
  mkdirSync(dataDir)
  writeFileSync(join(dataDir, 'credentials'), 'stale\n', { mode: 0o666 })
  chmodSync(join(dataDir, 'credentials'), 0o666)
  const server = await startServer({ dataDir })
  await server.stop()
  for (const name of ['credentials', 'master.key']) assert.equal(statSync(join(dataDir, name)).mode & 0o777, 0o600, name)
  const fresh = await startServer({ dataDir: join(folder, 'made') })
  await fresh.stop()
  assert.equal(statSync(fresh.dataDir).mode & 0o777, 0o700)
})

test('[item 9] SIGTERM lets a request under way finish, answers it and exits 0', async () => {
  const server = await startServer({ dataDir: join(folder, 'drain') })
  const calls = Array.from({ length: 8 }, (_, at) =>
    iamClient(server.endpoint, server.rootKey).send(new CreateUserCommand({ UserName: `drained-${at}` })),
  )
  await Promise.race(calls)
  const stopped = server.stop()
  const answered = (await Promise.allSettled(calls)).filter(({ status }) => status === 'fulfilled').length
  assert.equal(await stopped, 0)
  assert.doesNotMatch(server.output(), /FAILURE/)
  await assert.rejects(plainRequest(server.endpoint, 'GET', '/_bailiwick/health'), /ECONNREFUSED/)
  const again = await startServer({ dataDir: server.dataDir })
  const { Users } = await iamClient(again.endpoint, again.rootKey).send(new ListUsersCommand({}))
  assert.ok(answered >= 1 && Users!.length >= answered, `${Users!.length} users of ${answered} answered`)
  assert.equal(again.rootKey.secretAccessKey, server.rootKey.secretAccessKey)
  await again.stop()
})

test('[item 9] a port in use is one line, and the root credentials of that first start are not lost', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => other.once('listening', resolve))
  const { port } = other.address() as { port: number }
  const dataDir = join(folder, 'port-in-use')
  try {
    await refusedWith(/port \d+ on 127\.0\.0\.1 is in use; choose another with --port/, 1, ['--port', String(port), '--data-dir', dataDir])
  } finally {
    other.close()
  }
  const server = await startServer({ dataDir })
  try {
    assert.deepEqual((await iamClient(server.endpoint, server.rootKey).send(new ListUsersCommand({}))).Users, [])
  } finally {
    await server.stop()
  }
})

test('[item 9] a folder that cannot be made, a wrong or lost master key and a foreign address are one line each', async () => {
  const file = join(folder, 'a-file')
  writeFileSync(file, '')
  await refusedWith(/the data folder .* cannot be written to/, 1, ['--data-dir', join(file, 'below')])
  await refusedWith(/the data folder .* cannot be written to/, 1, ['--data-dir', '/proc/bailiwick'])
  await refusedWith(/this machine has no address 203\.0\.113\.1/, 1, ['--host', '203.0.113.1', '--port', '0'])

  const dataDir = join(folder, 'keys')
  const server = await startServer({ dataDir })
  await server.stop()
  const wrong = { BAILIWICK_MASTER_KEY: 'ab'.repeat(32) }
  await refusedWith(/was made with another master key/, 1, ['--port', '0', '--data-dir', dataDir], wrong)
  const right = { BAILIWICK_MASTER_KEY: readFileSync(join(dataDir, 'master.key'), 'utf8') }
  rmSync(join(dataDir, 'master.key'))
  await refusedWith(/its master key .* is not: name the key with --master-key-file/, 1, ['--port', '0', '--data-dir', dataDir])
  const again = await startServer({ dataDir, environment: right })
  assert.doesNotMatch(again.output(), /Warning/, 'the key is no longer beside the data')
  await again.stop()
})

test('[item 9] PostgreSQL needs a master key, and a database that cannot be reached is one line', async () => {
  const unreachable = ['--port', '0', '--database-url', 'postgres://somebody:password@127.0.0.1:1/x']
  await refusedWith(/with PostgreSQL the master key must be given/, 2, unreachable)
  const refused = await refusedStart(unreachable, { BAILIWICK_MASTER_KEY: 'ab'.repeat(32) })
  assert.equal(refused.code, 1)
  assert.match(refused.stderr, /^bailiwick start: postgres \(127\.0\.0\.1\/x\)[^\n]*ECONNREFUSED[^\n]*\n$/)
  assert.doesNotMatch(refused.stderr, /password/)
})

test('[item 9] a second server on the same data folder is refused in one line, and the first serves on', async () => {
  const server = await startServer({ dataDir: join(folder, 'twice') })
  try {
    await refusedWith(/bailiwick\.db/, 1, ['--port', '0', '--data-dir', server.dataDir])
    assert.equal((await plainRequest(server.endpoint, 'GET', '/_bailiwick/ready')).status, 200)
    assert.deepEqual((await iamClient(server.endpoint, server.rootKey).send(new ListUsersCommand({}))).Users, [])
  } finally {
    await server.stop()
  }
})

test('[item 9] any region is taken in a signature', async () => {
  const server = await startServer({ dataDir: join(folder, 'any-region') })
  try {
    for (const region of ['eu-west-1', 'local', 'mars-1']) {
      const credentials = server.rootKey
      const client = new STSClient({ endpoint: server.endpoint, region, credentials, maxAttempts: 1 })
      assert.match((await client.send(new GetCallerIdentityCommand({}))).Arn!, /:root$/, region)
    }
  } finally {
    await server.stop()
  }
})

test('[item 9] --regions names the only regions that a signature may be for', async () => {
  const server = await startServer({ dataDir: join(folder, 'regions'), flags: ['--regions', 'eu-west-1,eu-central-1'] })
  try {
    assert.match(
      await refusal(iamClient(server.endpoint, server.rootKey).send(new ListUsersCommand({}))),
      /^SignatureDoesNotMatch 403 Credential should be scoped to a valid region, not 'us-east-1'\./,
    )
  } finally {
    await server.stop()
  }
})
