import assert from 'node:assert/strict'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { account, allow, policy, useServer } from './iam-scene.js'
import { callOwnApi } from './own-api.js'
import { bailiwick, cleanEnvironment, type Ran, run } from './running-server.js'

const { server, iam, newUser, newAccount, restart } = useServer()

const command = (...args: string[]): Promise<Ran> => bailiwick(['workloads', ...args, '--data-dir', server().dataDir])

const trustOf = (service: string): string => policy({ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' })

interface Registered {
  readonly Workload: { readonly WorkloadId: string; readonly Endpoint: string }
  readonly Environment: Readonly<Record<string, string>>
}

let made = 0
/** A role that may list users, in a profile of its name. */
async function newRole(service: string): Promise<string> {
  const name = `workload-${++made}`
  await iam().createRole({ RoleName: name, AssumeRolePolicyDocument: trustOf(service) })
  await iam().putRolePolicy({ RoleName: name, PolicyName: 'own', PolicyDocument: policy(allow('iam:ListUsers')) })
  await iam().createInstanceProfile({ InstanceProfileName: name })
  await iam().addRoleToInstanceProfile({ InstanceProfileName: name, RoleName: name })
  return name
}

async function register(...args: string[]): Promise<Registered> {
  const { code, stdout, stderr } = await command('register', ...args, '--json')
  assert.equal(code, 0, stderr)
  return JSON.parse(stdout)
}

/** Nothing but what AWS documents: no key, no file, and where the credentials come from. */
const environment = (own: Readonly<Record<string, string>>): NodeJS.ProcessEnv => ({
  ...cleanEnvironment(),
  AWS_ENDPOINT_URL: server().endpoint,
  AWS_REGION: 'us-east-1',
  AWS_DEFAULT_REGION: 'us-east-1',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_MAX_ATTEMPTS: '1',
  AWS_METADATA_SERVICE_NUM_ATTEMPTS: '1',
  AWS_PAGER: '',
  ...own,
})

const javaScript = `
import { STS } from '@aws-sdk/client-sts'
import { IAM } from '@aws-sdk/client-iam'
try {
  const { Arn } = await new STS({}).getCallerIdentity({})
  const { Users } = await new IAM({}).listUsers({})
  const denied = await new IAM({}).listRoles({}).then(() => 'went through', (error) => error.Code ?? error.name)
  console.log(JSON.stringify({ Arn, users: Users.length >= 0, denied }))
} catch (error) {
  console.log(JSON.stringify({ error: error.name }))
}
`
const python = `
import json
import boto3
from botocore.exceptions import ClientError, BotoCoreError
try:
    arn = boto3.client('sts').get_caller_identity()['Arn']
    users = boto3.client('iam').list_users()['Users']
    try:
        boto3.client('iam').list_roles()
        denied = 'went through'
    except ClientError as error:
        denied = error.response['Error']['Code']
    print(json.dumps({'Arn': arn, 'users': len(users) >= 0, 'denied': denied}))
except BotoCoreError as error:
    print(json.dumps({'error': type(error).__name__}))
`

interface Client {
  readonly name: string
  readonly program: string
  readonly args: readonly string[]
  /** Without these arguments ending well, the client is not on this machine. */
  readonly probe: readonly string[]
}

const clients: readonly Client[] = [
  {
    name: 'the SDK for JavaScript',
    program: process.execPath,
    args: ['--input-type=module', '-e', javaScript],
    probe: ['--version'],
  },
  { name: 'boto3', program: 'python3', args: ['-c', python], probe: ['-c', 'import boto3'] },
]

async function isHere(t: TestContext, name: string, program: string, probe: readonly string[]): Promise<boolean> {
  const ran = await run(program, probe, cleanEnvironment()).catch((error: Error): Ran => ({ code: 1, stdout: '', stderr: error.message }))
  if (ran.code !== 0) t.skip(`${name} is not installed on this machine: ${ran.stderr.trim().split('\n').at(-1)}`)
  return ran.code === 0
}

async function told({ program, args }: Client, own: Readonly<Record<string, string>>): Promise<Record<string, unknown>> {
  const ran = await run(program, args, environment(own))
  assert.equal(ran.code, 0, ran.stderr)
  return JSON.parse(ran.stdout)
}

for (const client of clients) {
  test(`[item 7] ${client.name} finds an instance’s credentials by the endpoint alone, and none where the role does not trust EC2`, async (t) => {
    if (!(await isHere(t, client.name, client.program, client.probe))) return
    const role = await newRole('ec2.amazonaws.com')
    const { Workload, Environment } = await register('--instance-profile', role)
    assert.deepEqual(Object.keys(Environment), ['AWS_EC2_METADATA_SERVICE_ENDPOINT'])
    const arn = `arn:aws:sts::${account}:assumed-role/${role}/${Workload.WorkloadId}`
    assert.deepEqual(await told(client, Environment), { Arn: arn, users: true, denied: 'AccessDenied' })
    const untrusting = await newRole('lambda.amazonaws.com')
    const refused = await register('--instance-profile', untrusting)
    assert.match(String((await told(client, refused.Environment)).error), /^(?:CredentialsProviderError|NoCredentialsError)$/)
  })

  test(`[item 7] ${client.name} finds a container’s credentials with its token file, and none without it or with another’s`, async (t) => {
    if (!(await isHere(t, client.name, client.program, client.probe))) return
    const role = await newRole('ecs-tasks.amazonaws.com')
    const { Workload, Environment } = await register('--role', role)
    assert.deepEqual(Object.keys(Environment), ['AWS_CONTAINER_CREDENTIALS_FULL_URI', 'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE'])
    const arn = `arn:aws:sts::${account}:assumed-role/${role}/${Workload.WorkloadId}`
    assert.deepEqual(await told(client, Environment), { Arn: arn, users: true, denied: 'AccessDenied' })
    const AWS_CONTAINER_CREDENTIALS_FULL_URI = Environment.AWS_CONTAINER_CREDENTIALS_FULL_URI!
    const token = readFileSync(Environment.AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE!, 'utf8')
    const byValue = { AWS_CONTAINER_CREDENTIALS_FULL_URI, AWS_CONTAINER_AUTHORIZATION_TOKEN: token }
    assert.equal((await told(client, byValue)).Arn, arn)
    const other = await register('--role', role)
    const wrong: readonly Readonly<Record<string, string>>[] = [
      { AWS_CONTAINER_CREDENTIALS_FULL_URI },
      { ...other.Environment, AWS_CONTAINER_CREDENTIALS_FULL_URI },
    ]
    for (const own of wrong) {
      const { error } = await told(client, { ...own, AWS_EC2_METADATA_DISABLED: 'true' })
      assert.match(String(error), /Error$/)
    }
  })
}

test('[item 7] the AWS CLI works as an instance and as a container, with no key of its own', async (t) => {
  if (!(await isHere(t, 'the AWS CLI', 'aws', ['--version']))) return
  const instance = await newRole('ec2.amazonaws.com')
  const task = await newRole('ecs-tasks.amazonaws.com')
  for (const [role, flag] of [
    [instance, '--instance-profile'],
    [task, '--role'],
  ] as const) {
    const { Workload, Environment } = await register(flag, role)
    const aws = (...args: string[]): Promise<Ran> => run('aws', [...args, '--output', 'json'], environment(Environment))
    const who = await aws('sts', 'get-caller-identity')
    assert.equal(who.code, 0, who.stderr)
    assert.equal(JSON.parse(who.stdout).Arn, `arn:aws:sts::${account}:assumed-role/${role}/${Workload.WorkloadId}`)
    assert.match((await aws('iam', 'list-roles')).stderr, /AccessDenied/)
    await command('remove', Workload.WorkloadId)
    const gone = await aws('sts', 'get-caller-identity')
    assert.notEqual(gone.code, 0)
    assert.match(gone.stderr, /credentials/i)
  }
})

test('[item 7] a container’s token stands in one file for its owner alone, never in what the command or the server prints', async () => {
  const role = await newRole('ecs-tasks.amazonaws.com')
  const ran = await command('register', '--role', role)
  const path = /^export AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE='(.+)'$/m.exec(ran.stdout)![1]!
  assert.ok(path.startsWith(join(server().dataDir, 'workloads')))
  assert.equal(statSync(path).mode & 0o777, 0o600)
  const token = readFileSync(path, 'utf8')
  assert.match(token, /^[\w-]{43}$/)
  const listed = await command('list', '--json')
  for (const text of [ran.stdout, ran.stderr, listed.stdout, server().output()]) assert.ok(!text.includes(token))
  const before = (await command('list')).stdout
  const taken = await command('register', '--role', role, '--token-file', path)
  assert.equal(taken.code, 2)
  assert.match(taken.stderr, /is there already/)
  const nowhere = await command('register', '--role', role, '--token-file', '/dev/null/token')
  assert.equal(nowhere.code, 1)
  assert.match(nowhere.stderr, /^bailiwick workloads: the token cannot be kept in \/dev\/null\/token: /)
  assert.equal((await command('list')).stdout, before, 'a workload whose token is lost is taken back')
})

test('[item 7] the command says what it can do, and what was wrong', async () => {
  const help = await command('--help')
  assert.equal(help.code, 0)
  for (const flag of ['--instance-profile', '--role', '--http-tokens', '--token-file', '--json'])
    assert.ok(help.stdout.includes(flag), flag)
  const wrong: readonly (readonly [readonly string[], number, RegExp])[] = [
    [[], 2, /say what to do/],
    [['registr'], 2, /unknown action `registr`; did you mean `register`\?/],
    [['register'], 2, /name either --instance-profile or --role/],
    [['register', '--role', 'a', '--instance-profile', 'b'], 2, /name either/],
    [['register', '--instance-profile', 'nobody'], 1, /InvalidParameterException: Value \(nobody\)/],
    [['remove'], 2, /one workload id is needed/],
    [['remove', 'i-nobody'], 1, /WorkloadNotFoundException: There is no workload i-nobody\./],
  ]
  for (const [args, code, sentence] of wrong) {
    const ran = await command(...args)
    assert.equal(ran.code, code, ran.stderr)
    assert.match(ran.stderr, sentence)
  }
})

test('[item 7] workloads are the account’s own, and only who may registers, lists and removes them', async () => {
  const path = '/_bailiwick/v1/workloads'
  const role = await newRole('ec2.amazonaws.com')
  const { WorkloadId } = (await register('--instance-profile', role)).Workload
  const { root } = await newAccount('workloads')
  const endpoint = server().endpoint
  const foreign = (method: string, target: string, input?: object) => callOwnApi({ endpoint, key: root, method, target, input })
  assert.deepEqual((await foreign('GET', path)).body.Workloads, [])
  assert.match((await foreign('DELETE', `${path}/${WorkloadId}`)).error, /^WorkloadNotFoundException/)
  assert.match((await foreign('POST', path, { InstanceProfileName: role })).error, /^InvalidParameterException/)
  const nobody = await newUser('no-workloads', allow('iam:*'))
  const calls = [
    ['RegisterWorkload', 'POST', path, { InstanceProfileName: role }],
    ['ListWorkloads', 'GET', path, undefined],
    ['RemoveWorkload', 'DELETE', `${path}/${WorkloadId}`, undefined],
  ] as const
  for (const [action, method, target, input] of calls) {
    const { status, error } = await callOwnApi({ endpoint, key: nobody, method, target, input })
    assert.equal(status, 403)
    assert.match(
      error,
      new RegExp(`is not authorized to perform: bailiwick:${action} on resource: arn:aws:bailiwick::${account}:workload/`),
    )
  }
  const one = await newUser('one-workload', allow('bailiwick:RemoveWorkload', `arn:aws:bailiwick::${account}:workload/${WorkloadId}`))
  const other = (await register('--instance-profile', role)).Workload.WorkloadId
  assert.equal((await callOwnApi({ endpoint, key: one, method: 'DELETE', target: `${path}/${other}` })).status, 403)
  assert.equal((await callOwnApi({ endpoint, key: one, method: 'DELETE', target: `${path}/${WorkloadId}` })).status, 200)
  assert.ok(!(await command('list')).stdout.includes(WorkloadId))
  for (const query of ['?nextToken=nonsense', '?maxResults=0'])
    assert.equal((await callOwnApi({ endpoint, key: server().rootKey, method: 'GET', target: path + query })).status, 400, query)
})

/** A program of its own that has taken a port. */
const takes = (port: number): Promise<() => Promise<void>> =>
  new Promise((resolve, reject) => {
    const squatter = createServer().once('error', reject)
    squatter.listen(port, '127.0.0.1', () => resolve(() => new Promise((done) => squatter.close(() => done()))))
  })

const ask = (endpoint: string): Promise<number> =>
  fetch(`${endpoint}latest/api/token`, { method: 'PUT', headers: { 'X-aws-ec2-metadata-token-ttl-seconds': '60' } }).then(
    ({ status }) => status,
    () => 0,
  )

test('[item 7] workloads are there after a restart, at the same address and with the same token; one that was removed is not', async () => {
  const role = await newRole('ec2.amazonaws.com')
  const task = await newRole('ecs-tasks.amazonaws.com')
  const kept = await register('--instance-profile', role)
  const removed = await register('--instance-profile', role)
  const container = await register('--role', task)
  const file = container.Environment.AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE!
  await command('remove', removed.Workload.WorkloadId)
  await restart()
  assert.equal(await ask(kept.Workload.Endpoint), 200)
  assert.notEqual(await ask(removed.Workload.Endpoint), 200)
  const answered = await fetch(container.Workload.Endpoint, { headers: { authorization: readFileSync(file, 'utf8') } })
  assert.equal(answered.status, 200)
  assert.ok(existsSync(file))
  assert.match((await command('list')).stdout, new RegExp(`^${kept.Workload.WorkloadId}  instance  .*:instance-profile/${role}  http`, 'm'))
})

test('[item 7] a server whose workload’s port is taken starts all the same, and opens it when it is free', async () => {
  const { Workload } = await register('--instance-profile', await newRole('ec2.amazonaws.com'))
  const { port } = new URL(Workload.Endpoint)
  let release = async (): Promise<void> => {}
  await restart(async () => {
    release = await takes(Number(port))
  })
  assert.match(server().output(), new RegExp(`${Workload.WorkloadId} cannot listen on 127\\.0\\.0\\.1:${port}`))
  await release()
  const until = Date.now() + 60_000
  while ((await ask(Workload.Endpoint)) !== 200) assert.ok(Date.now() < until, 'the port was not opened')
})
