import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { IAM } from '@aws-sdk/client-iam'
import { defineTable } from '@bailiwick/store'
import { type Event, eventsIn, withStore } from './audit.support.js'
import { signedRequest } from './bad-input.support.js'
import type { Key } from './clients.js'
import { bailiwick, type RunningServer, removeFolder, startServer } from './running-server.js'

const iamOf = ({ endpoint, rootKey }: RunningServer, key: Key = rootKey): IAM =>
  new IAM({ endpoint, region: 'us-east-1', credentials: key, maxAttempts: 1 })

const account = '000000000000'
const requestIdOf = (answer: { $metadata: { requestId?: string | undefined } }): string => answer.$metadata.requestId!
const once = (events: readonly Event[], requestId: string): Event => {
  const found = events.filter(({ requestID }) => requestID === requestId)
  assert.equal(found.length, 1, `${found.length} events of ${requestId}`)
  return found[0]!
}

/** A signed call by hand, for what no client sends. Answers the request id. */
async function callByHand({ endpoint, rootKey }: RunningServer, body: string, service = 'iam'): Promise<string> {
  const { headers } = await signedRequest({ key: rootKey, endpoint, body, service })
  const sent = headers.filter(([name]) => name !== 'host') as [string, string][]
  const text = await (await fetch(endpoint, { method: 'POST', headers: sent, body })).text()
  return /<RequestId>([^<]+)</.exec(text)![1]!
}

test('[item 8] an unknown action, one not carried out, a bad form and a call of our own API leave one event each, under their request id', async () => {
  const server = await startServer()
  const version = 'Version=2010-05-08'
  const { iam } = JSON.parse((await bailiwick(['coverage', '--json'])).stdout)
  const ids = new Map<string, string>()
  ids.set('InvalidAction', await callByHand(server, `Action=Nope&${version}`))
  const [missing] = iam.missing
  if (missing !== undefined) ids.set('NotImplemented', await callByHand(server, `Action=${missing}&${version}`))
  ids.set('ValidationError', await callByHand(server, `Action=GetUser&${version}&UserName=%20bad%20`))
  ids.set('MalformedQueryString', await callByHand(server, `Action=GetUser&${version}&UserName=a&UserName=b`))
  const list = await bailiwick(['accounts', 'list', '--data-dir', server.dataDir])
  assert.equal(list.code, 0)
  await server.stop()
  const events = await eventsIn(server.dataDir, account)
  for (const [code, id] of ids) {
    const event = once(events, id)
    assert.equal(event.errorCode, code)
    assert.equal(event.responseElements, null)
  }
  const [listed, ...more] = events.filter(({ eventName }) => eventName === 'ListAccounts')
  assert.deepEqual(more, [])
  assert.equal(listed!.bailiwick.decisions[0]!.verdict, 'Allowed')
  assert.equal(events.length, ids.size + 1)
  removeFolder(server.dataDir)
})

test('[item 8] many callers at once: every answered read is one event after SIGKILL right behind the answers, also when the next start dies too', async () => {
  const server = await startServer()
  const iam = iamOf(server)
  const answered = (await Promise.all(Array.from({ length: 60 }, () => iam.getUser({})))).map(requestIdOf)
  answered.push(requestIdOf(await iam.listUsers({})))
  await server.kill()
  const segment = readdirSync(join(server.dataDir, 'audit')).map((name) => readFileSync(join(server.dataDir, 'audit', name), 'utf8'))
  assert.ok(segment.join('').includes(answered.at(-1)!), 'it is on disk when the answer is out')

  const second = await startServer({ dataDir: server.dataDir })
  await second.kill()
  const third = await startServer({ dataDir: server.dataDir })
  await third.stop()
  const events = await eventsIn(server.dataDir, account)
  for (const id of answered) once(events, id)
  assert.equal(events.length, answered.length)
  assert.equal(new Set(events.map(({ eventID }) => eventID)).size, answered.length)
  assert.deepEqual(
    readdirSync(join(server.dataDir, 'audit')).filter((name) => readFileSync(join(server.dataDir, 'audit', name)).length > 0),
    [],
  )
  removeFolder(server.dataDir)
})

const users = defineTable<{ readonly id: string; readonly name: string }>()({ name: 'iam.user', key: ({ id }) => id, indexes: {} })

test('[item 8] a write and its event are one: under SIGKILL there is the event of every user and the user of every event, at its revision', async () => {
  const server = await startServer()
  const iam = iamOf(server)
  const known = (await iam.createUser({ UserName: 'known' })).User!.UserId!
  const calls = Array.from({ length: 40 }, (_, at) => iam.createUser({ UserName: `user-${at}` }))
  const some = await Promise.race(calls)
  await server.kill()
  await Promise.allSettled(calls)
  const again = await startServer({ dataDir: server.dataDir })
  const found = new Map((await iamOf(again).listUsers({ MaxItems: 1000 })).Users!.map(({ UserId, UserName }) => [UserId!, UserName!]))
  await again.stop()
  assert.ok(found.has(known) && found.has(some.User!.UserId!), 'what was answered is there')
  const created = (await eventsIn(server.dataDir, account)).filter(({ eventName }) => eventName === 'CreateUser')
  assert.deepEqual(created.map(({ requestParameters }) => requestParameters!.userName).sort(), [...found.values()].sort())
  const { revision } = once(created, requestIdOf(some)).bailiwick
  await withStore(server.dataDir, async (store) => {
    const at = (wanted: number) => store.readAt(wanted).then((reader) => reader.get(users, account, some.User!.UserId!))
    assert.equal((await at(revision!))?.name, some.User!.UserName)
    assert.equal(await at(revision! - 1), undefined)
  })
  removeFolder(server.dataDir)
})

test('[item 8] an event names the statement that decided, for and against', async () => {
  const server = await startServer()
  const root = iamOf(server)
  await root.createUser({ UserName: 'ada' })
  const document = {
    Version: '2012-10-17',
    Statement: [
      { Sid: 'Reads', Effect: 'Allow', Action: 'iam:Get*', Resource: '*' },
      { Sid: 'ButNotThese', Effect: 'Deny', Action: 'iam:GetRole', Resource: '*' },
    ],
  }
  await root.putUserPolicy({ UserName: 'ada', PolicyName: 'own', PolicyDocument: JSON.stringify(document) })
  const { AccessKey } = await root.createAccessKey({ UserName: 'ada' })
  const ada = iamOf(server, { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! })
  const allowed = requestIdOf(await ada.getUser({ UserName: 'ada' }))
  await assert.rejects(ada.getRole({ RoleName: 'none' }), /explicit deny/)
  await server.stop()
  const events = await eventsIn(server.dataDir, account)
  const decisionOf = ({ bailiwick: { decisions, contexts } }: Event) => ({ ...decisions[0]!, keys: contexts[decisions[0]!.context]! })
  const yes = decisionOf(once(events, allowed))
  const no = decisionOf(events.find(({ eventName }) => eventName === 'GetRole')!)
  const statement = { policyType: 'identity', policy: 'own', attachedTo: 'arn:aws:iam::000000000000:user/ada' }
  assert.deepEqual([yes.verdict, yes.statements], ['Allowed', [{ ...statement, statement: 0, sid: 'Reads' }]])
  assert.deepEqual([no.verdict, no.statements], ['ExplicitDeny', [{ ...statement, statement: 1, sid: 'ButNotThese' }]])
  for (const { keys } of [yes, no]) {
    assert.deepEqual([keys['aws:username'], keys['aws:PrincipalAccount'], keys['aws:SecureTransport']], ['ada', account, 'false'])
  }
  removeFolder(server.dataDir)
})
