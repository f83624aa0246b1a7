import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { CreateAccessKeyCommand, CreateUserCommand, GetUserCommand, ListUsersCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam'
import { AssumeRoleCommand, GetCallerIdentityCommand, GetSessionTokenCommand } from '@aws-sdk/client-sts'
import { defineLog, openStore } from '@bailiwick/store'
import { readEvents } from './audit.support.js'
import { iamClient, type Key, keyOf, refusal, stsClient } from './clients.js'
import { freshFolder, type RunningServer, removeFolder, startServer } from './running-server.js'

/** An audit event, as far as these tests look at it. */
interface Event {
  readonly eventName: string
  readonly eventSource: string
  readonly errorCode?: string
  readonly requestID: string
  readonly eventID: string
  readonly readOnly: boolean
  readonly userIdentity: { readonly type: string; readonly arn: string }
  readonly requestParameters: Record<string, unknown> | null
  readonly responseElements: Record<string, unknown> | null
  readonly bailiwick: {
    readonly revision: number
    readonly decisions: readonly {
      readonly verdict: string
      readonly action: string
      readonly statements: readonly object[]
      readonly context: number
    }[]
    readonly contexts: readonly Record<string, unknown>[]
  }
}

const audit = defineLog<{ id: string; at: number; events: readonly Event[] }>({
  name: 'audit',
  id: ({ id }) => id,
  at: ({ at }) => at,
  text: {
    write: () => '',
    read: (lines) => ({
      id: '',
      at: 0,
      events: readEvents(lines) as Event[],
    }),
  },
})

/** Every event of the account, read from the closed store. */
async function eventsIn(dataDir: string): Promise<Event[]> {
  const masterKey = Buffer.from(readFileSync(join(dataDir, 'master.key'), 'utf8').trim(), 'hex')
  const store = await openStore({ url: join(dataDir, 'bailiwick.db'), masterKey, clock: Date.now, randomBytes })
  const { items } = await store.readLog(audit, '000000000000', { limit: 1000 })
  await store.close()
  return items.flatMap(({ events }) => events)
}

const named = (events: readonly Event[], name: string, errorCode?: string): Event[] =>
  events.filter((event) => event.eventName === name && event.errorCode === errorCode)

let dataDir: string
let server: RunningServer
let output = ''
const secrets: string[] = []
let events: Event[]

/** One life of a server: calls of every outcome, a kill right behind an answer, and the next start that must find everything. */
before(async () => {
  dataDir = freshFolder()
  server = await startServer({ dataDir })
  const root = iamClient(server.endpoint, server.rootKey)
  await root.send(new CreateUserCommand({ UserName: 'ada' }))
  const ada: Key = keyOf((await root.send(new CreateAccessKeyCommand({ UserName: 'ada' }))).AccessKey)
  const session = keyOf((await stsClient(server.endpoint, ada).send(new GetSessionTokenCommand({}))).Credentials)
  secrets.push(ada.secretAccessKey, session.secretAccessKey, session.sessionToken!)

  assert.match(await refusal(iamClient(server.endpoint, ada).send(new ListUsersCommand({}))), /^AccessDenied/)
  assert.match(await refusal(iamClient(server.endpoint, ada).send(new GetUserCommand({ UserName: 'n'.repeat(200) }))), /^ValidationError/)
  assert.match(await refusal(root.send(new CreateUserCommand({ UserName: 'ada' }))), /^EntityAlreadyExists/)
  assert.match(
    await refusal(root.send(new PutUserPolicyCommand({ UserName: 'ada', PolicyName: 'p', PolicyDocument: '{}' }))),
    /^MalformedPolicyDocument/,
  )
  const nobody = { accessKeyId: ada.accessKeyId, secretAccessKey: 'x'.repeat(40) }
  assert.match(await refusal(stsClient(server.endpoint, nobody).send(new GetCallerIdentityCommand({}))), /^SignatureDoesNotMatch/)
  await stsClient(server.endpoint, session).send(new GetCallerIdentityCommand({}))
  await refusal(
    stsClient(server.endpoint, ada).send(
      new AssumeRoleCommand({ RoleArn: 'arn:aws:iam::000000000000:role/none', RoleSessionName: 'last' }),
    ),
  )
  output += server.output()
  await server.kill()

  server = await startServer({ dataDir })
  const metrics = await (await fetch(`${server.endpoint}/_bailiwick/metrics`)).text()
  await server.stop()
  output += server.output() + metrics
  events = await eventsIn(dataDir)
})
after(() => removeFolder(dataDir))

test('[item 8] every call of a known caller leaves exactly one event, whatever came of it, and survives SIGKILL', () => {
  for (const [name, errorCode] of [
    ['CreateUser', undefined],
    ['CreateAccessKey', undefined],
    ['GetSessionToken', undefined],
    ['ListUsers', 'AccessDenied'],
    ['GetUser', 'ValidationError'],
    ['CreateUser', 'EntityAlreadyExists'],
    ['PutUserPolicy', 'MalformedPolicyDocument'],
    ['GetCallerIdentity', undefined],
    ['AssumeRole', 'AccessDenied'],
  ] as const) {
    assert.equal(named(events, name, errorCode).length, 1, `${name} ${errorCode ?? ''}`)
  }
  assert.equal(events.length, 9)
  assert.equal(new Set(events.map(({ eventID }) => eventID)).size, 9)
})

test('[item 8] an event has the decision, what decided it, the context and the revision', () => {
  const [denied] = named(events, 'ListUsers', 'AccessDenied')
  assert.equal(denied!.userIdentity.arn, 'arn:aws:iam::000000000000:user/ada')
  const [decision] = denied!.bailiwick.decisions
  assert.deepEqual([decision!.verdict, decision!.action, decision!.statements], ['ImplicitDeny', 'iam:ListUsers', []])
  const context = denied!.bailiwick.contexts[decision!.context]!
  assert.equal(context['aws:username'], 'ada')
  assert.equal(context['aws:SourceIp'], '127.0.0.1')
  assert.ok(denied!.bailiwick.revision > 0)
  const [created] = named(events, 'CreateUser')
  assert.deepEqual(created!.requestParameters, { userName: 'ada' })
  assert.equal((created!.responseElements as { user: { UserName: string } }).user.UserName, 'ada')
  assert.deepEqual([created!.readOnly, created!.eventSource, created!.userIdentity.type], [false, 'iam.amazonaws.com', 'Root'])
})

test('[item 8] what an event shows comes from the row: the answer with a secret in it shows nothing', () => {
  assert.equal(named(events, 'CreateAccessKey')[0]!.responseElements, null)
  assert.equal(named(events, 'GetSessionToken')[0]!.responseElements, null)
})

test('[bad input] no secret is found in any file, in the log, in the metrics or in an event', () => {
  const files = readdirSync(dataDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const sinks = new Map(files.map(({ parentPath, path, name }) => [name, readFileSync(join(parentPath ?? path, name)).toString('latin1')]))
  const rootSecret = /aws_secret_access_key = (\S+)/.exec(sinks.get('credentials')!)![1]!
  const password = /password (\S+)/.exec(sinks.get('credentials')!)![1]!
  sinks.delete('credentials')
  sinks.set('output and metrics', output)
  assert.ok(sinks.has('bailiwick.db') && sinks.size >= 4)
  for (const secret of [...secrets, rootSecret, password]) {
    for (const [name, text] of sinks) assert.ok(!text.includes(secret), `a secret stands in ${name}`)
  }
})

test('[item 8] what failed before a caller was known is counted and leaves no event', () => {
  assert.equal(
    events.some(({ errorCode }) => errorCode === 'SignatureDoesNotMatch'),
    false,
  )
})
