import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { InProcess, type Key, keyOf, refused } from '../in-process.test.support.js'

let world: InProcess
before(async () => {
  world = await InProcess.start()
})
after(() => world.server.close())

const policy = (Effect: string, Action: string, Resource = '*'): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: { Effect, Action, Resource } })

let users = 0
let UserName = ''
let key: Key
beforeEach(async () => {
  UserName = `user-${users++}`
  key = await newUser(UserName)
})

async function newUser(UserName: string, may = 'iam:*'): Promise<Key> {
  await world.iam().createUser({ UserName })
  await world.iam().putUserPolicy({ UserName, PolicyName: 'own', PolicyDocument: policy('Allow', may) })
  return keyOf((await world.iam().createAccessKey({ UserName })).AccessKey)
}

/** Of a write that has been proven, and maybe prepared: what happens before its transaction has its turn. */
function meanwhile<T>(write: () => Promise<T>, happens: () => Promise<unknown>): Promise<T> {
  const { store } = world.server
  const transact = store.transact.bind(store)
  store.transact = async (work) => {
    store.transact = transact
    await happens()
    return transact(work)
  }
  return write()
}

const unknown = 'InvalidClientTokenId The security token included in the request is invalid.'

test('what is taken away before a write has its turn counts for it: a policy, the key, the user', async () => {
  const writes: readonly (() => Promise<unknown>)[] = [
    () => world.iam(key).createGroup({ GroupName: `group-${users}` }),
    () => world.iam(key).createLoginProfile({ UserName, Password: 'Some-password-1' }),
  ]
  for (const write of writes) {
    const deny = { UserName, PolicyName: 'stop', PolicyDocument: policy('Deny', '*') }
    assert.match(
      await refused(meanwhile(write, () => world.iam().putUserPolicy(deny))),
      /^AccessDenied .* with an explicit deny in an identity-based policy/,
    )
    await world.iam().deleteUserPolicy({ UserName, PolicyName: 'stop' })
    const AccessKeyId = key.accessKeyId
    assert.equal(await refused(meanwhile(write, () => world.iam().updateAccessKey({ UserName, AccessKeyId, Status: 'Inactive' }))), unknown)
    await world.iam().updateAccessKey({ UserName, AccessKeyId, Status: 'Active' })
  }
  const gone = async (): Promise<void> => {
    await world.iam().deleteAccessKey({ UserName, AccessKeyId: key.accessKeyId })
    await world.iam().deleteUserPolicy({ UserName, PolicyName: 'own' })
    await world.iam().deleteUser({ UserName })
  }
  assert.equal(await refused(meanwhile(writes[0]!, gone)), unknown)
})

test('a session of a role ends for a write under way when the role does', async () => {
  const RoleName = `role-${users}`
  const { Arn } = (await world.iam().getUser({ UserName })).User!
  const trust = { Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: { AWS: Arn }, Action: 'sts:AssumeRole' } }
  const { Role } = await world.iam().createRole({ RoleName, AssumeRolePolicyDocument: JSON.stringify(trust) })
  await world.iam().putRolePolicy({ RoleName, PolicyName: 'own', PolicyDocument: policy('Allow', 'iam:*') })
  const session = keyOf((await world.sts(key).assumeRole({ RoleArn: Role!.Arn!, RoleSessionName: 'visit' })).Credentials)
  const gone = async (): Promise<void> => {
    await world.iam().deleteRolePolicy({ RoleName, PolicyName: 'own' })
    await world.iam().deleteRole({ RoleName })
  }
  const write = (): Promise<unknown> => world.iam(session).createGroup({ GroupName: `group-${users}` })
  assert.equal(await refused(meanwhile(write, gone)), 'InvalidClientTokenId The security token included in the request is invalid')
})

test('who is renamed before a write of its own has its turn gets nothing of who has the name then', async () => {
  const renamed = async (): Promise<void> => {
    await world.iam().updateUser({ UserName, NewUserName: `${UserName}-before` })
    await world.iam().createUser({ UserName })
  }
  await meanwhile(() => world.iam(key).createAccessKey({}), renamed)
  assert.deepEqual((await world.iam().listAccessKeys({ UserName })).AccessKeyMetadata, [])
  assert.equal((await world.iam().listAccessKeys({ UserName: `${UserName}-before` })).AccessKeyMetadata!.length, 2)
})

test('a password is not put on who had the name when it was hashed', async () => {
  const other = `${UserName}-other`
  await world.iam().createUser({ UserName: other })
  await world.iam().createLoginProfile({ UserName: other, Password: 'Some-password-1' })
  const { CreateDate } = (await world.iam().getLoginProfile({ UserName: other })).LoginProfile!
  const exchanged = async (): Promise<void> => {
    await world.iam().updateUser({ UserName: other, NewUserName: `${other}-admin` })
    await world.iam().createUser({ UserName: other })
  }
  const write = (): Promise<unknown> =>
    world.iam(key).updateLoginProfile({ UserName: other, Password: 'Another-password-1', PasswordResetRequired: true })
  assert.equal(await refused(meanwhile(write, exchanged)), `NoSuchEntity The user with name ${other} cannot be found.`)
  const { LoginProfile } = await world.iam().getLoginProfile({ UserName: `${other}-admin` })
  assert.deepEqual(LoginProfile, { UserName: `${other}-admin`, CreateDate, PasswordResetRequired: false })
})
