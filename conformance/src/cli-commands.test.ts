import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { AccessAnalyzer } from '@aws-sdk/client-accessanalyzer'
import { GetUserCommand, ListUsersCommand } from '@aws-sdk/client-iam'
import { Organizations } from '@aws-sdk/client-organizations'
import { loadService, serviceNames } from '@bailiwick/model'
import { plainRequest } from './cli.support.js'
import { iamClient, refusal } from './clients.js'
import { bailiwick, cleanEnvironment, freshFolder, type RunningServer, removeFolder, run, startServer } from './running-server.js'

let server: RunningServer
const folder = freshFolder()

before(async () => {
  server = await startServer()
})
after(async () => {
  await server.stop()
  removeFolder(server.dataDir)
  removeFolder(folder)
})

const command = fileURLToPath(new URL('../../packages/cli/bin/bailiwick.js', import.meta.url))
const { version } = JSON.parse(readFileSync(new URL('../../packages/cli/package.json', import.meta.url), 'utf8'))

test('[item 9] help lists every command, each tells its flags with --help, and a wrong name gets the nearest', async () => {
  const help = await bailiwick(['help'])
  assert.equal(help.code, 0)
  for (const args of [[], ['--help'], ['-h']]) assert.deepEqual(await bailiwick(args), help)
  const names = [...help.stdout.matchAll(/^ {2}([a-z-]+) {2,}\S/gm)].map(([, name]) => name!).filter((name) => name !== 'bailiwick')
  for (const name of ['start', 'env', 'aws', 'accounts', 'evaluate', 'coverage', 'version', 'help']) assert.ok(names.includes(name), name)
  for (const name of names.filter((known) => known !== 'aws')) {
    const own = await bailiwick([name, '--help'])
    assert.deepEqual(await bailiwick(['help', name]), own)
    assert.equal(own.code, 0, name)
    assert.ok(own.stdout.length > 10 && own.stderr === '', name)
  }
  const wrong = await bailiwick(['strat'])
  assert.equal(wrong.code, 2)
  assert.equal(wrong.stderr, 'bailiwick: there is no command `strat`; did you mean `start`? (`bailiwick help` lists them)\n')
})

test('[item 9] the help of start names every flag of the contract', async () => {
  const { stdout } = await bailiwick(['start', '--help'])
  const flags = [...stdout.matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, flag]) => flag)
  assert.deepEqual(
    flags,
    'host port tls-cert tls-key public-url trusted-proxies data-dir database-url account-id regions root-email root-password-file master-key-file federation-allow audit-retention dev log-format'
      .split(' ')
      .map((name) => `--${name}`),
  )
  for (const name of ['ROOT_PASSWORD', 'ROOT_ACCESS_KEY_ID', 'ROOT_SECRET_ACCESS_KEY', 'MASTER_KEY']) {
    assert.ok(stdout.includes(`BAILIWICK_${name}`), name)
  }
})

test('[item 9] version is the version of the package and of a running server', async () => {
  for (const args of [['version'], ['--version'], ['-v']]) {
    assert.deepEqual(await bailiwick(args), { code: 0, stdout: `${version}\n`, stderr: '' })
  }
})

test('[item 9] other commands than start let variables pass that they do not know', async () => {
  const environment = { BAILIWICK_SOMETHING_NEW: '1', BAILIWICK_PORT: 'nonsense' }
  assert.equal((await bailiwick(['version'], environment)).code, 0)
  assert.equal((await bailiwick(['env', '--data-dir', server.dataDir], environment)).code, 0)
  assert.equal((await bailiwick(['accounts', 'list', '--data-dir', server.dataDir], environment)).code, 0)
})

test('[item 9] what env prints is evaluated by a shell and sets endpoint, key and region', async () => {
  const script = `eval "$('${process.execPath}' '${command}' env)" && printf '%s\\n' "$AWS_ENDPOINT_URL" "$AWS_ACCESS_KEY_ID" "$AWS_SECRET_ACCESS_KEY" "$AWS_REGION" "$AWS_DEFAULT_REGION" "\${AWS_SESSION_TOKEN-unset}"`
  // Keys for AWS itself, and the endpoint of a server that is gone, give way to what the data folder says.
  const stale = {
    AWS_ACCESS_KEY_ID: 'AKIAOFAWSITSELF00000',
    AWS_SECRET_ACCESS_KEY: 'x',
    AWS_SESSION_TOKEN: 'y',
    AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
    AWS_DEFAULT_REGION: 'eu-west-1',
  }
  const shell = await run('sh', ['-c', script], { ...cleanEnvironment(), ...stale, BAILIWICK_DATA_DIR: server.dataDir })
  assert.equal(shell.code, 0, shell.stderr)
  const { accessKeyId, secretAccessKey } = server.rootKey
  assert.deepEqual(shell.stdout.split('\n'), [server.endpoint, accessKeyId, secretAccessKey, 'us-east-1', 'us-east-1', 'unset', ''])
})

test('[item 9] env quotes what a shell would read as its own', async () => {
  const dataDir = join(folder, 'quoting')
  mkdirSync(dataDir)
  const secret = `a'b"$(false)\`\\c`
  writeFileSync(join(dataDir, 'credentials'), `[default]\naws_access_key_id = AKIA\naws_secret_access_key = ${secret}\n`)
  const script = `eval "$('${process.execPath}' '${command}' env --data-dir '${dataDir}' --region eu-west-1)" && printf '%s|%s' "$AWS_SECRET_ACCESS_KEY" "$AWS_REGION"`
  assert.equal((await run('sh', ['-c', script], cleanEnvironment())).stdout, `${secret}|eu-west-1`)
})

test('[item 9] without credentials the commands say where they looked', async () => {
  const missing = await bailiwick(['env', '--data-dir', join(folder, 'nothing')])
  assert.equal(missing.code, 2)
  assert.match(missing.stderr, /^bailiwick env: no credentials: .*nothing\/credentials\)\n$/)
  const wrong = await bailiwick(['env', '--dir', 'x'])
  assert.equal(wrong.code, 2)
  assert.match(wrong.stderr, /unknown flag `--dir`/)
  const key = { AWS_ENDPOINT_URL: 'http://127.0.0.1:1', AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 'x' }
  const gone = await bailiwick(['accounts', 'list'], key)
  assert.equal(gone.code, 1)
  assert.match(gone.stderr, /^bailiwick accounts: the server at http:\/\/127\.0\.0\.1:1 cannot be reached: [^\n]+\n$/)
})

test('[item 9] keys in the environment speak for AWS itself unless an endpoint stands beside them', async () => {
  const wrong = { AWS_ACCESS_KEY_ID: 'AKIAOFAWSITSELF00000', AWS_SECRET_ACCESS_KEY: 'x', BAILIWICK_DATA_DIR: server.dataDir }
  assert.equal((await bailiwick(['accounts', 'list'], wrong)).code, 0)
  const meant = await bailiwick(['accounts', 'list'], { ...wrong, AWS_ENDPOINT_URL: server.endpoint })
  assert.equal(meant.code, 1)
  assert.match(meant.stderr, /^bailiwick accounts: UnrecognizedClientException: The security token included in the request is invalid/)
})

test('[item 9] aws runs the program of that name with the server’s endpoint and keys, and passes its exit code on', async () => {
  const bin = join(folder, 'bin')
  mkdirSync(bin)
  const show = '#!/bin/sh\necho "$AWS_ENDPOINT_URL $AWS_ACCESS_KEY_ID ${AWS_SESSION_TOKEN-unset} $*"\nexit 7\n'
  writeFileSync(join(bin, 'aws'), show, { mode: 0o755 })
  const environment = { PATH: `${bin}:/usr/bin:/bin`, BAILIWICK_DATA_DIR: server.dataDir, AWS_SESSION_TOKEN: 'left over' }
  const ran = await bailiwick(['aws', 'iam', 'list-users', '--help'], environment)
  assert.deepEqual(ran, { code: 7, stdout: `${server.endpoint} ${server.rootKey.accessKeyId} unset iam list-users --help\n`, stderr: '' })
  const none = await bailiwick(['aws', 'help'], { ...environment, PATH: folder })
  assert.equal(none.code, 1)
  assert.match(none.stderr, /the AWS CLI is not installed/)
})

test('[item 9] coverage counts the operations of every model, and names the missing ones as JSON', async () => {
  const { stdout } = await bailiwick(['coverage', '--json'])
  interface Counted {
    readonly implemented: number
    readonly shown: number
    readonly all: number
    readonly missing: readonly string[]
    readonly notShown: readonly string[]
  }
  const counted = JSON.parse(stdout) as Record<string, Counted>
  assert.deepEqual(Object.keys(counted).sort(), [...serviceNames].sort())
  const lines = (await bailiwick(['coverage'])).stdout.trimEnd().split('\n')
  assert.match(lines.shift()!, /^ +implemented \/ +shown \/ +all$/)
  assert.equal(lines.length, serviceNames.length)
  for (const service of serviceNames) {
    const { operations } = await loadService(service)
    const { implemented, shown, all, missing, notShown } = counted[service]!
    assert.equal(all, operations.size, service)
    assert.equal(implemented + missing.length, all, service)
    assert.equal(shown + notShown.length, implemented, service)
    assert.ok(notShown.every((name) => operations.has(name) && !missing.includes(name)))
    assert.ok(missing.every((name) => operations.has(name)))
    assert.ok(
      lines.some((line) => new RegExp(`^${service} +${implemented} / +${shown} / +${all}$`).test(line)),
      service,
    )
  }
  assert.ok(counted.iam!.shown >= 84 && counted.sts!.shown >= 4 && counted.iam!.implemented >= 84 && counted.sts!.implemented >= 4, stdout)
  assert.equal(counted.bailiwick!.missing.length, 0)
  const missing = (await bailiwick(['coverage', '--missing'])).stdout
  for (const name of counted.sts!.missing) assert.match(missing, new RegExp(`^ {2}${name}$`, 'm'))
})

test('[item 9] an operation that coverage counts as missing answers NotImplemented, and one that it counts is there', async () => {
  const { stdout } = await bailiwick(['coverage', '--json'])
  const { missing } = JSON.parse(stdout).iam
  const iam = iamClient(server.endpoint, server.rootKey)
  assert.ok(!missing.includes('GetUser') && !missing.includes('ListUsers'))
  assert.ok((await iam.send(new GetUserCommand({}))).User)
  assert.ok((await iam.send(new ListUsersCommand({}))).Users)
  const sdk = (await import('@aws-sdk/client-iam')) as unknown as Record<string, new (input: object) => ListUsersCommand>
  const without = ['ListSAMLProviders', 'ListVirtualMFADevices', 'GetAccountPasswordPolicy'].filter((name) => missing.includes(name))
  for (const name of without) {
    assert.match(await refusal(iam.send(new sdk[`${name}Command`]!({}))), new RegExp(`^NotImplemented 501 iam:${name} `))
  }
})

test('[item 9] a service whose operations are all missing says so of each in its own protocol, to signed callers alone', async () => {
  const settings = { endpoint: server.endpoint, region: 'us-east-1', credentials: server.rootKey }
  const later = (name: string): RegExp =>
    new RegExp(`^NotImplementedException 501 ${name} is known but not carried out by this server yet\\.$`)
  for (let turn = 0; turn < 2; turn++) {
    const organizations = new Organizations(settings)
    assert.match(await refusal(organizations.describeOrganization({})), later('organizations:DescribeOrganization'))
    assert.match(await refusal(organizations.createAccount({ AccountName: 'a', Email: 'a@b.cc' })), later('organizations:CreateAccount'))
    assert.match(await refusal(new AccessAnalyzer(settings).listAnalyzers({})), later('accessanalyzer:ListAnalyzers'))
  }
  const wrong = { ...settings, credentials: { ...server.rootKey, secretAccessKey: 'x'.repeat(40) } }
  assert.match(await refusal(new Organizations(wrong).describeOrganization({})), /^InvalidSignatureException 400 /)
  assert.match(await refusal(new AccessAnalyzer(wrong).listAnalyzers({})), /^InvalidSignatureException 40\d /)
})

test('[item 9] health is told at three places without a signature, and only by GET', async () => {
  for (const path of ['/_bailiwick/health', '/_bailiwick/ready', '/_localstack/health']) {
    const { status, body } = await plainRequest(server.endpoint, 'GET', path)
    assert.equal(status, 200, path)
    const health = JSON.parse(body)
    assert.equal(health.version, version)
    assert.match(health.store, /^embedded/)
    assert.ok(Number.isInteger(health.revision) && health.revision >= 1)
    assert.deepEqual([health.services.iam, health.services.sts], ['running', 'running'])
    const posted = await plainRequest(server.endpoint, 'POST', path)
    assert.ok(posted.status >= 400 && posted.status < 500, `POST ${path} ${posted.status}`)
  }
})

test('[item 9] what our own API takes and answers is told without a signature, as an OpenAPI document', async () => {
  const { status, body } = await plainRequest(server.endpoint, 'GET', '/_bailiwick/openapi.json')
  assert.equal(status, 200)
  const { openapi, info, paths } = JSON.parse(body)
  assert.deepEqual([openapi, info.version], ['3.1.0', version])
  assert.equal(paths['/_bailiwick/v1/accounts'].post.operationId, 'CreateAccount')
  assert.ok(Object.keys(paths).every((path) => path.startsWith('/_bailiwick/v1/')))
})

test('[item 9] metrics are Prometheus text: every line a comment, or a bailiwick_ name with labels and a number', async () => {
  await iamClient(server.endpoint, server.rootKey).send(new ListUsersCommand({}))
  const wrongKey = { accessKeyId: 'AKIANOBODYSKEY000000', secretAccessKey: 'x' }
  await refusal(iamClient(server.endpoint, wrongKey).send(new ListUsersCommand({})))
  const { status, body } = await plainRequest(server.endpoint, 'GET', '/_bailiwick/metrics')
  assert.equal(status, 200)
  for (const line of body.trimEnd().split('\n')) {
    assert.match(line, /^(?:# (?:HELP|TYPE) bailiwick_\w+ .+|bailiwick_\w+(?:\{\w+="[^"\\]*"(?:,\w+="[^"\\]*")*\})? \d+(?:\.\d+)?)$/)
  }
  assert.match(body, /^bailiwick_requests_answered_total\{service="iam",operation="ListUsers",outcome="ok"\} [1-9]/m)
  assert.match(body, /^bailiwick_strangers_total\{reason="UnknownKey"\} [1-9]/m)
})

test('[item 9] without --dev the reset route is not there', async () => {
  const { status, body } = await plainRequest(server.endpoint, 'POST', '/_bailiwick/reset')
  assert.equal(status, 404)
  assert.doesNotMatch(body, /revision/)
  assert.ok((await iamClient(server.endpoint, server.rootKey).send(new ListUsersCommand({}))).Users)
})
