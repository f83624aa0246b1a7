import assert from 'node:assert/strict'
import { request } from 'node:http'
import { after, before, test } from 'node:test'
import { loadService } from '@bailiwick/model'
import { type HttpRequest, protocolOf, sign } from '@bailiwick/wire'
import { nodeHashes } from '@bailiwick/wire/node'
import { auditEvents, eventsOf } from '../audit/audit-trail.js'
import { accountId, InProcess, type Key, refused, rootKey } from '../in-process.test.support.js'
import { workloads } from './workload.js'

const hour = 3_600_000
let server: InProcess
before(async () => {
  server = await InProcess.start()
})
after(() => server.server.close())

const trustOf = (service: string, more: object = {}): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole', ...more }],
  })
const allow = (action: string | string[], more: object = {}): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: '*', ...more }] })

/** A call of our own API, as the command makes it. Rejects with code and message. */
async function own(operation: string, input: object, credentials: Key = rootKey): Promise<Record<string, never>> {
  const model = await loadService('bailiwick')
  const protocol = protocolOf(model)
  const { method, path, query, headers, body } = protocol.encodeInput(model, operation, input)
  const all = new Map(Object.entries({ ...headers, host: 'localhost' }).map(([name, value]) => [name, [value]]))
  const unsigned: HttpRequest = { method, path, query, headers: all, body: Buffer.from(body) }
  const rules = { credentials, region: 'eu-west-1', service: 'bailiwick', at: server.now, hashes: nodeHashes }
  for (const [name, value] of Object.entries(await sign(unsigned, rules))) all.set(name.toLowerCase(), [value])
  const { status, headers: answered, body: bytes } = await server.server.answer(unsigned, { sourceIp: '127.0.0.1', secure: false })
  const answer = { status, headers: answered, body: Buffer.from(bytes as Uint8Array).toString() }
  if (status < 300) return protocol.decodeOutput(model, operation, answer) as Record<string, never>
  const { code, message } = protocol.decodeError(answer)
  throw Object.assign(new Error(message), { name: code })
}

interface Registered {
  readonly WorkloadId: string
  readonly Endpoint: string
  readonly Arn: string
}

let made = 0
/** An instance whose profile holds a role of its own. */
async function instance(trust = trustOf('ec2.amazonaws.com'), more: object = {}): Promise<Registered & { readonly name: string }> {
  const name = `instance-${++made}`
  const iam = server.iam()
  await iam.createRole({ RoleName: name, Path: '/machines/', AssumeRolePolicyDocument: trust })
  await iam.createInstanceProfile({ InstanceProfileName: name })
  await iam.addRoleToInstanceProfile({ InstanceProfileName: name, RoleName: name })
  const { Workload } = await own('RegisterWorkload', { InstanceProfileName: name, ...more })
  return { ...(Workload as unknown as Registered), name }
}

interface Answered {
  readonly status: number
  readonly text: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
}

function ask(endpoint: string, method: string, path: string, headers: Record<string, string> = {}): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const sent = request(new URL(path, endpoint), { method, headers, agent: false }, (response) => {
      let text = ''
      response.on('data', (part) => (text += part))
      response.on('end', () => resolve({ status: response.statusCode!, text, headers: response.headers }))
    })
    sent.on('error', reject).end()
  })
}

const ttl = 'X-aws-ec2-metadata-token-ttl-seconds'
const tokenOf = async ({ Endpoint }: Registered, seconds = 21_600): Promise<string> =>
  (await ask(Endpoint, 'PUT', '/latest/api/token', { [ttl]: String(seconds) })).text

async function read(workload: Registered, path: string): Promise<Answered> {
  return ask(workload.Endpoint, 'GET', `/latest/${path}`, { 'X-aws-ec2-metadata-token': await tokenOf(workload) })
}

interface Document {
  readonly Code: string
  readonly Message?: string
  readonly AccessKeyId: string
  readonly SecretAccessKey: string
  readonly Token: string
  readonly Expiration: string
  readonly LastUpdated: string
}

const credentialsOf = async (workload: Registered, role: string): Promise<Document> =>
  JSON.parse((await read(workload, `meta-data/iam/security-credentials/${role}`)).text)

const keyOf = ({ AccessKeyId, SecretAccessKey, Token }: Document): Key => ({
  accessKeyId: AccessKeyId,
  secretAccessKey: SecretAccessKey,
  sessionToken: Token,
})

test('a session token is good for the seconds asked for, 1 to 21600, for its instance, and to the second', async () => {
  const one = await instance()
  const other = await instance()
  for (const wrong of ['0', '21601', '-1', '1.5', 'x', '', '9'.repeat(40)]) {
    assert.equal((await ask(one.Endpoint, 'PUT', '/latest/api/token', { [ttl]: wrong })).status, 400, wrong)
  }
  assert.equal((await ask(one.Endpoint, 'PUT', '/latest/api/token')).status, 400)
  const shortest = await ask(one.Endpoint, 'PUT', '/latest/api/token', { [ttl]: '1' })
  assert.equal(shortest.status, 200)
  assert.equal(shortest.headers[ttl.toLowerCase()], '1')
  assert.match(shortest.text, /^AQAE[\w+/]{50}==$/)
  const token = await tokenOf(one, 21_600)
  const get = (endpoint: string, given: string): Promise<Answered> =>
    ask(endpoint, 'GET', '/latest/meta-data/instance-id', { 'X-aws-ec2-metadata-token': given })
  assert.equal((await get(one.Endpoint, token)).text, one.WorkloadId)
  assert.equal((await get(other.Endpoint, token)).status, 401)
  const bytes = Buffer.from(token, 'base64')
  for (let at = 0; at < bytes.length; at++) {
    const changed = Buffer.from(bytes)
    changed[at]! ^= 1
    assert.equal((await get(one.Endpoint, changed.toString('base64'))).status, 401, `byte ${at}`)
  }
  server.pass(21_599_000)
  assert.equal((await get(one.Endpoint, token)).status, 200)
  server.pass(1_000)
  assert.equal((await get(one.Endpoint, token)).status, 401)
})

test('without a token the answer is 401 in AWS’s words, unless the instance was registered for version 1; a wrong token never passes', async () => {
  const strict = await instance()
  const path = '/latest/meta-data/instance-id'
  const refusal = await ask(strict.Endpoint, 'GET', path)
  assert.equal(refusal.status, 401)
  assert.match(refusal.text, /<title>401 - Unauthorized<\/title>/)
  const lenient = await instance(trustOf('ec2.amazonaws.com'), { HttpTokens: 'optional' })
  assert.equal((await ask(lenient.Endpoint, 'GET', path)).text, lenient.WorkloadId)
  assert.equal((await ask(lenient.Endpoint, 'GET', path, { 'X-aws-ec2-metadata-token': 'AQAE' })).status, 401)
})

test('a token is not given to a request that a proxy passed on, under another name, or at another path', async () => {
  const { Endpoint } = await instance()
  const asked = { [ttl]: '60' }
  assert.equal((await ask(Endpoint, 'PUT', '/latest/api/token', asked)).status, 200)
  assert.equal((await ask(Endpoint, 'PUT', '/latest/api/token', { ...asked, 'X-Forwarded-For': '10.0.0.9' })).status, 403)
  assert.equal((await ask(Endpoint, 'PUT', '/latest/api/token', { ...asked, Host: 'rebound.example.com' })).status, 403)
  assert.equal((await ask(Endpoint, 'PUT', '/2021-07-15/api/token', asked)).status, 403)
  assert.equal((await ask(Endpoint, 'POST', '/latest/api/token', asked)).status, 405)
  assert.equal((await ask(Endpoint, 'GET', '/latest/api/token', asked)).status, 405)
})

test('the metadata is listed step by step, and what is not there is 404', async () => {
  const own = await instance(trustOf('ec2.amazonaws.com'), { PrivateIpAddress: '10.1.2.3' })
  assert.equal((await read(own, '')).text, 'dynamic/\nmeta-data/')
  assert.equal((await read(own, 'meta-data/')).text, 'iam/\ninstance-id\nlocal-ipv4\nplacement/\nservices/')
  assert.equal((await read(own, 'meta-data/iam/')).text, 'info\nsecurity-credentials/')
  assert.equal((await read(own, 'meta-data/iam/security-credentials/')).text, own.name)
  assert.equal((await read(own, 'meta-data/placement/availability-zone/')).text, 'eu-west-1a')
  assert.equal((await read(own, 'meta-data/local-ipv4')).text, '10.1.2.3')
  const document = JSON.parse((await read(own, 'dynamic/instance-identity/document')).text)
  assert.deepEqual(
    [document.accountId, document.instanceId, document.region, document.privateIp],
    [accountId, own.WorkloadId, 'eu-west-1', '10.1.2.3'],
  )
  const info = JSON.parse((await read(own, 'meta-data/iam/info')).text)
  assert.equal(info.Code, 'Success')
  assert.equal(info.InstanceProfileArn, `arn:aws:iam::${accountId}:instance-profile/${own.name}`)
  assert.match(info.InstanceProfileId, /^AIPA/)
  for (const path of ['meta-data/public-ipv4', 'user-data', 'meta-data/iam/security-credentials/other', 'meta-data/__proto__', '../x']) {
    assert.equal((await read(own, path)).status, 404, path)
  }
})

test('the credentials are a session of the role by the instance’s name, and the audit trail has who made them', async () => {
  const own = await instance()
  const document = await credentialsOf(own, own.name)
  assert.equal(document.Code, 'Success')
  const who = await server.sts(keyOf(document)).getCallerIdentity({})
  assert.equal(who.Arn, `arn:aws:sts::${accountId}:assumed-role/${own.name}/${own.WorkloadId}`)
  assert.equal(Date.parse(document.Expiration) - server.now, 6 * hour)
  const [event] = await auditOf(own.WorkloadId)
  assert.deepEqual(event!.userIdentity, { type: 'AWSService', invokedBy: 'ec2.amazonaws.com' })
  assert.equal(event!.errorCode, undefined)
  assert.equal(event!.bailiwick.decisions[0]!.verdict, 'Allowed')
})

test('a role whose trust policy does not name EC2 gives AssumeRoleUnauthorizedAccess, audited, until the policy does', async () => {
  const own = await instance(trustOf('lambda.amazonaws.com'))
  assert.equal((await read(own, 'meta-data/iam/security-credentials/')).text, own.name)
  const refusal = await credentialsOf(own, own.name)
  assert.equal(refusal.Code, 'AssumeRoleUnauthorizedAccess')
  assert.match(refusal.Message!, new RegExp(`^EC2 cannot assume the role ${own.name}\\.`))
  assert.ok(!('AccessKeyId' in refusal))
  const [event] = await auditOf(own.WorkloadId)
  assert.equal(event!.errorCode, 'AccessDenied')
  assert.equal(event!.bailiwick.decisions[0]!.verdict, 'ImplicitDeny')
  await server.iam().updateAssumeRolePolicy({ RoleName: own.name, PolicyDocument: trustOf('ec2.amazonaws.com') })
  assert.equal((await credentialsOf(own, own.name)).Code, 'Success')
})

test('a trust policy sees the name of the session, and no address that a service’s call could come from', async () => {
  const named = await instance(trustOf('ec2.amazonaws.com', { Condition: { StringLike: { 'sts:RoleSessionName': 'i-*' } } }))
  assert.equal((await credentialsOf(named, named.name)).Code, 'Success')
  const fromHere = await instance(trustOf('ec2.amazonaws.com', { Condition: { IpAddress: { 'aws:SourceIp': '127.0.0.0/8' } } }))
  assert.equal((await credentialsOf(fromHere, fromHere.name)).Code, 'AssumeRoleUnauthorizedAccess')
})

test('the session’s requests tell the instance, the version that gave it out, its VPC and its address', async () => {
  const more = { HttpTokens: 'optional', VpcId: 'vpc-0a1b2c3d', PrivateIpAddress: '10.0.0.5' }
  const own = await instance(trustOf('ec2.amazonaws.com'), more)
  const arn = `arn:aws:ec2:eu-west-1:${accountId}:instance/${own.WorkloadId}`
  const conditions = (role: string): object => ({
    ArnEquals: { 'ec2:SourceInstanceARN': arn },
    NumericEquals: { 'ec2:RoleDelivery': role },
    StringEquals: { 'aws:Ec2InstanceSourceVpc': 'vpc-0a1b2c3d' },
    IpAddress: { 'aws:Ec2InstanceSourcePrivateIPv4': '10.0.0.5' },
  })
  const put = (version: string): Promise<unknown> =>
    server
      .iam()
      .putRolePolicy({ RoleName: own.name, PolicyName: 'own', PolicyDocument: allow('iam:ListUsers', { Condition: conditions(version) }) })
  const second = keyOf(await credentialsOf(own, own.name))
  const plain = await ask(own.Endpoint, 'GET', `/latest/meta-data/iam/security-credentials/${own.name}`)
  const first = keyOf(JSON.parse(plain.text))
  assert.notEqual(first.accessKeyId, second.accessKeyId)
  await put('2.0')
  assert.ok((await server.iam(second).listUsers({})).Users)
  assert.match(await refused(server.iam(first).listUsers({})), /^AccessDenied /)
  await put('1.0')
  assert.ok((await server.iam(first).listUsers({})).Users)
  assert.match(await refused(server.iam(second).listUsers({})), /^AccessDenied /)
})

test('credentials are the same until five minutes before they end, then new ones are there while the old ones still work', async () => {
  const own = await instance()
  const before = await credentialsOf(own, own.name)
  server.pass(6 * hour - 300_000 - 1_000)
  assert.deepEqual(await credentialsOf(own, own.name), before)
  server.pass(1_000)
  const next = await credentialsOf(own, own.name)
  assert.notEqual(next.AccessKeyId, before.AccessKeyId)
  assert.equal(Date.parse(next.Expiration) - Date.parse(before.Expiration), 6 * hour - 300_000)
  for (const document of [before, next]) assert.ok((await server.sts(keyOf(document)).getCallerIdentity({})).Arn)
  server.pass(300_000)
  assert.match(await refused(server.sts(keyOf(before)).getCallerIdentity({})), /^ExpiredToken/)
  assert.ok((await server.sts(keyOf(next)).getCallerIdentity({})).Arn)
})

test('requests that come at once share one session', async () => {
  const own = await instance()
  const all = await Promise.all(Array.from({ length: 5 }, () => credentialsOf(own, own.name)))
  assert.equal(new Set(all.map(({ AccessKeyId }) => AccessKeyId)).size, 1)
  assert.equal((await auditOf(own.WorkloadId)).length, 1)
})

test('a role that is taken out of the profile is gone at the next refresh, and info says so at once', async () => {
  const own = await instance()
  const before = await credentialsOf(own, own.name)
  await server.iam().removeRoleFromInstanceProfile({ InstanceProfileName: own.name, RoleName: own.name })
  const info = JSON.parse((await read(own, 'meta-data/iam/info')).text)
  assert.equal(info.Code, 'Success')
  assert.match(info.Message, /^Instance Profile does not contain a role/)
  assert.equal((await credentialsOf(own, own.name)).AccessKeyId, before.AccessKeyId)
  server.pass(6 * hour - 300_000)
  assert.equal((await read(own, 'meta-data/iam/security-credentials/')).status, 404)
  assert.equal((await read(own, `meta-data/iam/security-credentials/${own.name}`)).status, 404)
  await server.iam().deleteInstanceProfile({ InstanceProfileName: own.name })
  await server.iam().createInstanceProfile({ InstanceProfileName: own.name })
  await server.iam().addRoleToInstanceProfile({ InstanceProfileName: own.name, RoleName: own.name })
  assert.equal(JSON.parse((await read(own, 'meta-data/iam/info')).text).Code, 'InstanceProfileNotFound')
  assert.equal((await read(own, 'meta-data/iam/security-credentials/')).status, 404, 'a namesake gives nothing')
})

test('a role that is deleted ends its sessions, and the kept credentials with them', async () => {
  const own = await instance()
  const before = await credentialsOf(own, own.name)
  await server.iam().removeRoleFromInstanceProfile({ InstanceProfileName: own.name, RoleName: own.name })
  await server.iam().deleteRole({ RoleName: own.name })
  assert.equal((await read(own, `meta-data/iam/security-credentials/${own.name}`)).status, 404)
  assert.match(await refused(server.sts(keyOf(before)).getCallerIdentity({})), /^InvalidClientTokenId/)
})

test('a container gets credentials with its own token only, by ecs-tasks, whose account and task the trust policy may ask for', async () => {
  const ownAccount = { StringEquals: { 'aws:SourceAccount': accountId }, ArnLike: { 'aws:SourceArn': `arn:aws:ecs:*:${accountId}:*` } }
  await server
    .iam()
    .createRole({ RoleName: 'task', AssumeRolePolicyDocument: trustOf('ecs-tasks.amazonaws.com', { Condition: ownAccount }) })
  const one = await own('RegisterWorkload', { RoleName: 'task' })
  const other = await own('RegisterWorkload', { RoleName: 'task' })
  const { Endpoint, WorkloadId } = one.Workload as unknown as Registered
  const get = (authorization?: string, path = Endpoint): Promise<Answered> =>
    ask(Endpoint, 'GET', path, authorization === undefined ? {} : { Authorization: authorization })
  const token = one.AuthorizationToken as unknown as string
  assert.ok(token.length >= 43)
  const kept = await (await server.server.store.readAt('latest')).get(workloads, '', WorkloadId)
  assert.ok(kept!.tokenHash && !JSON.stringify([kept, await events()]).includes(token), 'nothing keeps the token')
  const answered = await get(token)
  assert.equal(answered.status, 200)
  const document = JSON.parse(answered.text)
  assert.equal(document.RoleArn, `arn:aws:iam::${accountId}:role/task`)
  const who = await server.sts(keyOf(document)).getCallerIdentity({})
  assert.equal(who.Arn, `arn:aws:sts::${accountId}:assumed-role/task/${WorkloadId}`)
  for (const wrong of [undefined, '', `${token}x`, `Bearer ${token}`, other.AuthorizationToken as unknown as string]) {
    assert.equal((await get(wrong)).status, 401, String(wrong))
  }
  assert.equal((await get(token, '/v2/credentials/other')).status, 404)
  assert.equal((await get(token, '/latest/meta-data/instance-id')).status, 404)
  server.pass(6 * hour - 300_000 - 1_000)
  assert.equal(JSON.parse((await get(token)).text).AccessKeyId, document.AccessKeyId)
  server.pass(1_000)
  assert.notEqual(JSON.parse((await get(token)).text).AccessKeyId, document.AccessKeyId)
})

test('a container whose role does not trust ecs-tasks is refused with ECS’s words', async () => {
  await server.iam().createRole({ RoleName: 'no-task', AssumeRolePolicyDocument: trustOf('ec2.amazonaws.com') })
  const { Workload, AuthorizationToken } = await own('RegisterWorkload', { RoleName: 'no-task' })
  const { Endpoint } = Workload as unknown as Registered
  const { status, text } = await ask(Endpoint, 'GET', Endpoint, { Authorization: AuthorizationToken as unknown as string })
  assert.equal(status, 403)
  assert.match(JSON.parse(text).message, /^ECS was unable to assume the role 'arn:aws:iam::\d+:role\/no-task'/)
})

test('registering needs the right to do so and to pass the role to the service', async () => {
  const iam = server.iam()
  const { name, WorkloadId } = await instance()
  await iam.createUser({ UserName: 'operator' })
  const { AccessKey } = await iam.createAccessKey({ UserName: 'operator' })
  const key = { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! }
  const can = (document: string): Promise<unknown> =>
    iam.putUserPolicy({ UserName: 'operator', PolicyName: 'own', PolicyDocument: document })
  const register = (): Promise<object> => own('RegisterWorkload', { InstanceProfileName: name }, key)
  await can(allow('iam:PassRole'))
  assert.match(await refused(register()), /^AccessDeniedException .* bailiwick:RegisterWorkload on resource/)
  await can(allow('bailiwick:*'))
  assert.match(await refused(register()), /^AccessDeniedException .* iam:PassRole on resource: arn:aws:iam::\d+:role\/machines\//)
  const passed = (service: string): object => ({ Condition: { StringEquals: { 'iam:PassedToService': service } } })
  const both = (service: string): string => {
    const statements = [allow('bailiwick:*'), allow('iam:PassRole', passed(service))].map((text) => JSON.parse(text).Statement[0])
    return JSON.stringify({ Version: '2012-10-17', Statement: statements })
  }
  await can(both('ecs-tasks.amazonaws.com'))
  assert.match(await refused(register()), /^AccessDeniedException .* iam:PassRole/)
  await can(both('ec2.amazonaws.com'))
  assert.ok(await register())
  await can(allow(['bailiwick:RegisterWorkload', 'bailiwick:ListWorkloads']))
  assert.match(await refused(own('RemoveWorkload', { WorkloadId }, key)), /^AccessDeniedException/)
})

test('what makes no sense is refused with the reason', async () => {
  await server.iam().createInstanceProfile({ InstanceProfileName: 'empty' })
  const { name } = await instance()
  const wrong: readonly (readonly [object, RegExp])[] = [
    [{}, /Name an instance profile/],
    [{ InstanceProfileName: name, RoleName: name }, /Name an instance profile/],
    [{ InstanceProfileName: 'nobody' }, /Invalid IAM Instance Profile name/],
    [{ InstanceProfileName: 'empty' }, /has no associated IAM Roles/],
    [{ RoleName: 'nobody' }, /The role with name nobody cannot be found/],
    [{ RoleName: name, HttpTokens: 'optional' }, /are for instances/],
    [{ InstanceProfileName: name, PrivateIpAddress: '10.0.0.300' }, /is not an IPv4 address/],
  ]
  for (const [input, sentence] of wrong) {
    const said = await refused(own('RegisterWorkload', input))
    assert.match(said, /^InvalidParameterException/)
    assert.match(said, sentence)
  }
  assert.match(await refused(own('RegisterWorkload', { InstanceProfileName: name, HttpTokens: 'maybe' })), /^ValidationException/)
})

test('workloads are the account’s own: another account does not see them, and removes none', async () => {
  const mine = await instance()
  const created = await own('CreateAccount', { AccountName: 'other', Email: 'other@example.com' })
  const { AccessKeyId, SecretAccessKey } = created.RootCredentials as unknown as { AccessKeyId: string; SecretAccessKey: string }
  const other = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey }
  assert.deepEqual((await own('ListWorkloads', {}, other)).Workloads, [])
  assert.match(await refused(own('RemoveWorkload', { WorkloadId: mine.WorkloadId }, other)), /^WorkloadNotFoundException/)
  assert.match(await refused(own('RegisterWorkload', { InstanceProfileName: mine.name }, other)), /^InvalidParameterException/)
  const seen: string[] = []
  let nextToken: string | undefined
  do {
    const page = await own('ListWorkloads', { maxResults: 2, ...(nextToken !== undefined && { nextToken }) })
    seen.push(...(page.Workloads as unknown as Registered[]).map(({ WorkloadId }) => WorkloadId))
    nextToken = page.nextToken as unknown as string | undefined
  } while (nextToken !== undefined)
  assert.ok(seen.includes(mine.WorkloadId))
  assert.equal(new Set(seen).size, seen.length)
  await own('RemoveWorkload', { WorkloadId: mine.WorkloadId })
  assert.match(await refused(own('RemoveWorkload', { WorkloadId: mine.WorkloadId })), /^WorkloadNotFoundException/)
  assert.equal((await ask(mine.Endpoint, 'PUT', '/latest/api/token', { [ttl]: '60' })).status, 404)
})

interface Event {
  readonly eventName: string
  readonly userIdentity: object
  readonly errorCode?: string
  readonly requestParameters: { readonly roleSessionName?: string } | null
  readonly bailiwick: { readonly decisions: readonly { readonly verdict: string }[] }
}

async function events(): Promise<readonly Event[]> {
  await server.server.audit.ship()
  const { items } = await server.server.store.readLog(auditEvents, accountId, { limit: 10_000 })
  return items.flatMap(eventsOf) as unknown as Event[]
}

/** Events of AssumeRole for a session of that name. */
const auditOf = async (sessionName: string): Promise<readonly Event[]> =>
  (await events()).filter(
    ({ eventName, requestParameters }) => eventName === 'AssumeRole' && requestParameters?.roleSessionName === sessionName,
  )
