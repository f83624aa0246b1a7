import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { putAccount } from '../accounts/new-account.js'
import { accountId, InProcess, type Key, refused } from '../in-process.test.support.js'
import { auditEvents, eventsOf } from './audit-trail.js'

let world: InProcess
before(async () => {
  world = await InProcess.start()
})
after(() => world.server.close())

const other = '111122223333'
const otherRoot: Key = { accessKeyId: 'AKIAROOTOFTHEOTHERXX', secretAccessKey: 'another-secret-that-is-good-for-a-test00' }

async function eventsOfRole(account: string) {
  await world.server.audit.ship()
  const { items } = await world.server.store.readLog(auditEvents, account, { limit: 1000 })
  return items.flatMap(eventsOf).filter(({ eventName }) => eventName === 'AssumeRole')
}

test('who assumes a role of another account is seen in both, and who is denied in its own', async () => {
  const named = { id: other, name: 'other', email: 'other@example.com', passwordHash: '' }
  await world.server.store.transact((tx) => putAccount(tx, { ...named, ...otherRoot }, world.now))
  const policy = (...Statement: readonly object[]): string => JSON.stringify({ Version: '2012-10-17', Statement })
  const theirs = world.iam(otherRoot)
  const { User } = await theirs.createUser({ UserName: 'guest', Tags: [{ Key: 'team', Value: 'theirs' }] })
  const PolicyDocument = policy({ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' })
  await theirs.putUserPolicy({ UserName: 'guest', PolicyName: 'own', PolicyDocument })
  const { AccessKey } = await theirs.createAccessKey({ UserName: 'guest' })
  const guest: Key = { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! }
  const newRole = async (RoleName: string, AWS: string): Promise<string> => {
    const AssumeRolePolicyDocument = policy({ Effect: 'Allow', Principal: { AWS }, Action: 'sts:AssumeRole' })
    return (await world.iam().createRole({ RoleName, AssumeRolePolicyDocument })).Role!.Arn!
  }
  const open = await newRole('open', other)
  const closed = await newRole('closed', accountId)
  await world.sts(guest).assumeRole({ RoleArn: open, RoleSessionName: 'visit' })
  assert.match(await refused(world.sts(guest).assumeRole({ RoleArn: closed, RoleSessionName: 'visit' })), /^AccessDenied /)

  const [[ours, ...more], [own, denied]] = [await eventsOfRole(accountId), await eventsOfRole(other)]
  assert.deepEqual(more, [])
  assert.deepEqual(
    [denied!.errorCode, denied!.sharedEventID, own!.errorCode, own!.requestID],
    ['AccessDenied', undefined, undefined, ours!.requestID],
  )
  assert.deepEqual(ours!.userIdentity, { type: 'AWSAccount', principalId: User!.UserId, accountId: other })
  assert.deepEqual(ours!.requestParameters, { roleArn: open, roleSessionName: 'visit' })
  assert.deepEqual([ours!.recipientAccountId, own!.recipientAccountId], [accountId, other])
  assert.ok(ours!.sharedEventID !== undefined && ours!.sharedEventID === own!.sharedEventID && ours!.eventID !== own!.eventID)
  assert.ok(!JSON.stringify(ours).includes('theirs'), 'nothing of who they are but what the owner is told')
})
