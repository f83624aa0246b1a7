import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { accountId, InProcess, refused } from '../in-process.test.support.js'

const document = (statement: object): string => JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] })

test('an id that is drawn a second time replaces nothing: the call fails, and the next one draws another', async () => {
  const place = await InProcess.start()
  const iam = place.iam()
  const AssumeRolePolicyDocument = document({ Principal: { AWS: accountId }, Action: 'sts:AssumeRole' })
  const PolicyDocument = document({ Action: '*', Resource: '*' })
  await iam.createUser({ UserName: 'owner' })
  const makers: Readonly<Record<string, (name: string) => Promise<unknown>>> = {
    'iam.user': (UserName) => iam.createUser({ UserName }),
    'iam.group': (GroupName) => iam.createGroup({ GroupName }),
    'iam.role': (RoleName) => iam.createRole({ RoleName, AssumeRolePolicyDocument }),
    'iam.policy': (PolicyName) => iam.createPolicy({ PolicyName, PolicyDocument }),
    'iam.instance-profile': (InstanceProfileName) => iam.createInstanceProfile({ InstanceProfileName }),
    'access-key': () => iam.createAccessKey({ UserName: 'owner' }),
  }
  for (const [table, make] of Object.entries(makers)) {
    place.randomBytes = (length) => new Uint8Array(length).fill(5)
    await make('first')
    assert.match(await refused(make('second')), new RegExp(`\`${table}\` has a record with this key`))
    place.randomBytes = randomBytes
    await make('third')
  }
  const { Users = [] } = await iam.listUsers({})
  assert.deepEqual(
    Users.map(({ UserName }) => UserName),
    ['first', 'owner', 'third'],
  )
  assert.equal((await iam.listAccessKeys({ UserName: 'owner' })).AccessKeyMetadata!.length, 2)
})
