import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AccessKeyLastUsed } from '@aws-sdk/client-iam'
import { keyOf } from './clients.js'
import { account, allow, refused, trust, useServer } from './iam-scene.js'

const scene = useServer()
const unknown = 'InvalidClientTokenId 403 The security token included in the request is invalid.'

test('[item 5] the secret of a key is shown once, and the id carries the account', async () => {
  const root = scene.iam()
  await root.createUser({ UserName: 'ada' })
  const { AccessKey } = await root.createAccessKey({ UserName: 'ada' })
  assert.deepEqual(Object.keys(AccessKey!).sort(), ['AccessKeyId', 'CreateDate', 'SecretAccessKey', 'Status', 'UserName'])
  assert.match(AccessKey!.AccessKeyId!, /^AKIA[A-Z2-7]{16}$/)
  assert.match(AccessKey!.SecretAccessKey!, /^[A-Za-z0-9/+]{40}$/)
  assert.equal(AccessKey!.Status, 'Active')
  const { AccessKeyMetadata, IsTruncated } = await root.listAccessKeys({ UserName: 'ada' })
  const { SecretAccessKey: _, ...shown } = AccessKey!
  assert.deepEqual(AccessKeyMetadata, [shown])
  assert.equal(IsTruncated, false)
  assert.equal((await scene.sts().getAccessKeyInfo({ AccessKeyId: AccessKey!.AccessKeyId! })).Account, account)
})

test('[item 5] a user has two keys, active or not, and they come in pages', async () => {
  const root = scene.iam()
  await root.createUser({ UserName: 'two' })
  const first = keyOf((await root.createAccessKey({ UserName: 'two' })).AccessKey)
  const second = keyOf((await root.createAccessKey({ UserName: 'two' })).AccessKey)
  const most = 'LimitExceeded 409 Cannot exceed quota for AccessKeysPerUser: 2'
  assert.equal(await refused(root.createAccessKey({ UserName: 'two' })), most)
  await root.updateAccessKey({ UserName: 'two', AccessKeyId: first.accessKeyId, Status: 'Inactive' })
  assert.equal(await refused(root.createAccessKey({ UserName: 'two' })), most)
  const page = await root.listAccessKeys({ UserName: 'two', MaxItems: 1 })
  const rest = await root.listAccessKeys({ UserName: 'two', Marker: page.Marker })
  assert.deepEqual(
    [...page.AccessKeyMetadata!, ...rest.AccessKeyMetadata!].map(({ AccessKeyId }) => AccessKeyId).sort(),
    [first.accessKeyId, second.accessKeyId].sort(),
  )
  await root.deleteAccessKey({ UserName: 'two', AccessKeyId: first.accessKeyId })
  await root.createAccessKey({ UserName: 'two' })
})

test('[item 7] a key switched off or deleted is unknown at once, and one switched on again works', async () => {
  const root = scene.iam()
  const key = await scene.newUser('switch')
  const who = () => scene.sts(key).getCallerIdentity({})
  const set = (Status: 'Active' | 'Inactive' | 'Expired') =>
    root.updateAccessKey({ UserName: 'switch', AccessKeyId: key.accessKeyId, Status })
  await set('Inactive')
  assert.match(await refused(set('Expired')), /^InvalidInput 400 /, 'nothing is made to expire')
  assert.equal(await refused(who()), unknown)
  assert.equal((await root.listAccessKeys({ UserName: 'switch' })).AccessKeyMetadata![0]!.Status, 'Inactive')
  await set('Active')
  await who()
  await root.deleteAccessKey({ UserName: 'switch', AccessKeyId: key.accessKeyId })
  assert.equal(await refused(who()), unknown)
  assert.equal(await refused(set('Active')), `NoSuchEntity 404 The Access Key with id ${key.accessKeyId} cannot be found.`)
})

test('[item 7] sessions made with a key outlive the key but not the user', async () => {
  const root = scene.iam()
  const key = await scene.newUser('maker')
  await root.createRole({ RoleName: 'made', AssumeRolePolicyDocument: trust(`arn:aws:iam::${account}:user/maker`) })
  const token = keyOf((await scene.sts(key).getSessionToken({})).Credentials)
  const role = await scene.assume(key, `arn:aws:iam::${account}:role/made`)
  await root.deleteAccessKey({ UserName: 'maker', AccessKeyId: key.accessKeyId })
  assert.equal((await scene.sts(token).getCallerIdentity({})).Arn, `arn:aws:iam::${account}:user/maker`)
  await root.deleteUser({ UserName: 'maker' })
  assert.match(await refused(scene.sts(token).getCallerIdentity({})), /^InvalidClientTokenId 403 /)
  await scene.sts(role).getCallerIdentity({})
})

test("[item 5] a key belongs to its user: nobody else's can be read, changed or deleted under the wrong name", async () => {
  const root = scene.iam()
  const key = await scene.newUser('owner')
  await root.createUser({ UserName: 'other' })
  const AccessKeyId = key.accessKeyId
  const none = `NoSuchEntity 404 The Access Key with id ${AccessKeyId} cannot be found.`
  assert.equal(await refused(root.updateAccessKey({ UserName: 'other', AccessKeyId, Status: 'Inactive' })), none)
  assert.equal(await refused(root.deleteAccessKey({ UserName: 'other', AccessKeyId })), none)
  assert.equal(await refused(root.deleteAccessKey({ AccessKeyId })), none, 'without a name it is the root user who is meant')
  await scene.sts(key).getCallerIdentity({})
  assert.match(
    await refused(root.updateAccessKey({ UserName: 'owner', AccessKeyId, Status: 'off' as 'Active' })),
    /^ValidationError 400 1 validation error detected: Value at 'status' failed to satisfy constraint: Member must satisfy enum value set: \[Active, Inactive, Expired\]$/,
  )
  const theirs = await scene.newAccount('keys')
  const foreign = scene.iam(theirs.root)
  await foreign.createUser({ UserName: 'owner' })
  assert.equal(await refused(foreign.deleteAccessKey({ UserName: 'owner', AccessKeyId })), none)
  assert.match(await refused(foreign.getAccessKeyLastUsed({ AccessKeyId })), /^AccessDenied 403 /)
})

test('[item 5] a user manages its own keys without a name, where its policies let it, and no others', async () => {
  const own = `arn:aws:iam::${account}:user/\${aws:username}`
  const key = await scene.newUser('self', allow('iam:*AccessKey*', own))
  const self = scene.iam(key)
  const fresh = (await self.createAccessKey({})).AccessKey!
  assert.equal(fresh.UserName, 'self')
  assert.equal((await self.listAccessKeys({})).AccessKeyMetadata!.length, 2)
  await self.updateAccessKey({ AccessKeyId: fresh.AccessKeyId!, Status: 'Inactive' })
  await self.deleteAccessKey({ AccessKeyId: fresh.AccessKeyId! })
  assert.match(await refused(self.createAccessKey({ UserName: 'ada' })), /^AccessDenied 403 .* on resource: user ada because/)
  await self.deleteAccessKey({ AccessKeyId: key.accessKeyId })
  assert.equal(await refused(self.listAccessKeys({})), unknown, 'it cut the branch it sat on')
})

test('[item 5] the root user has keys of its own, without a user name', async () => {
  const { root: first } = await scene.newAccount('rooted')
  const { AccessKey } = await scene.iam(first).createAccessKey({})
  const second = keyOf(AccessKey)
  assert.equal(AccessKey!.UserName, undefined)
  assert.match((await scene.sts(second).getCallerIdentity({})).Arn!, /:root$/)
  assert.equal((await scene.iam(second).listAccessKeys({})).AccessKeyMetadata!.length, 2)
  assert.equal(await refused(scene.iam(second).createAccessKey({})), 'LimitExceeded 409 Cannot exceed quota for AccessKeysPerUser: 2')
  await scene.iam(second).deleteAccessKey({ AccessKeyId: first.accessKeyId })
  assert.equal(await refused(scene.sts(first).getCallerIdentity({})), unknown)
})

test('[item 5] GetAccessKeyLastUsed says N/A until the key is used, then service, region and time', async () => {
  const root = scene.iam()
  const key = await scene.newUser('used', allow('iam:ListUsers'))
  const { accessKeyId: AccessKeyId } = key
  const never = await root.getAccessKeyLastUsed({ AccessKeyId })
  assert.equal(never.UserName, 'used')
  assert.deepEqual(never.AccessKeyLastUsed, { ServiceName: 'N/A', Region: 'N/A' })
  await scene.iam(key).listUsers({})
  // The note is written beside the call, not in it: it shows within a few requests.
  let used: AccessKeyLastUsed = never.AccessKeyLastUsed!
  for (let asked = 0; asked < 500 && used.LastUsedDate === undefined; asked++) {
    used = (await root.getAccessKeyLastUsed({ AccessKeyId })).AccessKeyLastUsed!
  }
  assert.deepEqual([used.ServiceName, used.Region], ['iam', 'us-east-1'])
  assert.ok(used.LastUsedDate instanceof Date)
  assert.equal(
    await refused(root.getAccessKeyLastUsed({ AccessKeyId: 'AKIAAAAAAAAAAAAAAAAA' })),
    `AccessDenied 403 User: arn:aws:iam::${account}:root is not authorized to perform iam:GetAccessKeyLastUsed on resource: access key AKIAAAAAAAAAAAAAAAAA`,
  )
})
