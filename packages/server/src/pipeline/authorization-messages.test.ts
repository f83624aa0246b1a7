import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { compile, decide, parsePolicy } from '@bailiwick/policy'
import { accountId, InProcess, type Key, refused } from '../in-process.test.support.js'
import { AuthorizationMessages } from './authorization-messages.js'
import type { Decided } from './authorize.js'

const other = '999999999999'
const now = Date.UTC(2026, 0, 1)
const masterKey = new Uint8Array(32).fill(7)
const messages = new AuthorizationMessages(masterKey, 'store', (length) => randomBytes(length))

function denial(context: Record<string, string> = { 'aws:RequestedRegion': 'us-east-1' }): Decided {
  const text = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Sid: 'Big', Effect: 'Deny', Action: 'ec2:*', Resource: '*', Condition: { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } } },
    ],
  })
  const request = {
    principal: { kind: 'user', arn: `arn:aws:iam::${accountId}:user/dana`, accountId, id: 'AIDAEXAMPLE' },
    action: 'ec2:RunInstances',
    resource: { arn: `arn:aws:ec2:us-east-1:${accountId}:instance/*`, accountId },
    context,
  } as const
  return {
    request,
    shared: context,
    decision: decide(request, { identity: compile([{ document: parsePolicy(text, 'lenient').document }]) }),
  }
}

test('a message tells who was denied what, by which statement, in AWS’s shape', () => {
  assert.deepEqual(JSON.parse(messages.decode(messages.encode(denial(), accountId, now), accountId, now)!), {
    allowed: false,
    explicitDeny: true,
    matchedStatements: {
      items: [
        {
          statementId: 'Big',
          effect: 'DENY',
          principals: { items: [{ value: 'AIDAEXAMPLE' }] },
          principalGroups: { items: [] },
          actions: { items: [{ value: 'ec2:*' }] },
          resources: { items: [{ value: '*' }] },
          conditions: { items: [{ key: 'aws:RequestedRegion', values: { items: [{ value: 'us-east-1' }] } }] },
        },
      ],
    },
    failures: { items: [] },
    context: {
      principal: { id: 'AIDAEXAMPLE', name: 'dana', arn: `arn:aws:iam::${accountId}:user/dana` },
      action: 'ec2:RunInstances',
      resource: `arn:aws:ec2:us-east-1:${accountId}:instance/*`,
      conditions: { items: [{ key: 'aws:RequestedRegion', values: { items: [{ value: 'us-east-1' }] } }] },
    },
  })
})

test('a message is for one account and one store, for a day, and whole or not at all', () => {
  const encoded = messages.encode(denial(), accountId, now)
  assert.equal(messages.decode(encoded, other, now), undefined)
  assert.equal(new AuthorizationMessages(masterKey, 'another', randomBytes).decode(encoded, accountId, now), undefined)
  assert.notEqual(messages.decode(encoded, accountId, now + 86_400_000), undefined)
  assert.equal(messages.decode(encoded, accountId, now + 86_400_001), undefined)
  for (const changed of ['', 'A', encoded.slice(0, -1), `${encoded}A`, `${encoded}=`, encoded.replace(/.$/, '!'), 'x'.repeat(10_240)])
    assert.equal(messages.decode(changed, accountId, now), undefined, changed.slice(0, 40))
  for (let at = 0; at < encoded.length; at += 7) {
    const letter = encoded[at] === 'B' ? 'C' : 'B'
    assert.equal(messages.decode(encoded.slice(0, at) + letter + encoded.slice(at + 1), accountId, now), undefined)
  }
  assert.ok(!encoded.includes('RunInstances') && !Buffer.from(encoded, 'base64url').includes('dana'))
})

test('a message never gets longer than DecodeAuthorizationMessage takes', () => {
  const long = Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`x:key${index}`, randomBytes(60).toString('hex')]))
  const encoded = messages.encode(denial(long), accountId, now)
  assert.ok(encoded.length <= 10_240)
  assert.equal(JSON.parse(messages.decode(encoded, accountId, now)!).context.action, 'ec2:RunInstances')
})

test('only who has the right reads a message, and a stranger’s is not valid', async () => {
  const place = await InProcess.start()
  await place.iam().createUser({ UserName: 'dana' })
  const { AccessKey } = await place.iam().createAccessKey({ UserName: 'dana' })
  const key: Key = { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! }
  const EncodedMessage = messages.encode(denial(), accountId, place.now)
  assert.match(
    await refused(place.sts(key).decodeAuthorizationMessage({ EncodedMessage })),
    /^AccessDenied User: .*dana is not authorized to perform: sts:DecodeAuthorizationMessage/,
  )
  assert.equal(
    await refused(place.sts().decodeAuthorizationMessage({ EncodedMessage })),
    'InvalidAuthorizationMessageException Message is not valid',
  )
})
