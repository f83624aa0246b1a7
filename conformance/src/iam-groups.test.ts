import assert from 'node:assert/strict'
import { test } from 'node:test'
import { account, allow, allPages, policy, refused, useServer } from './iam-scene.js'

const scene = useServer()
const arn = (pathAndName: string): string => `arn:aws:iam::${account}:group/${pathAndName}`
const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess'

test('[item 5] CreateGroup, GetGroup and ListGroups show a group alike', async () => {
  const root = scene.iam()
  const { Group } = await root.createGroup({ GroupName: 'Staff', Path: '/a/' })
  assert.deepEqual(Object.keys(Group!).sort(), ['Arn', 'CreateDate', 'GroupId', 'GroupName', 'Path'])
  assert.match(Group!.GroupId!, /^AGPA[A-Z2-7]{17}$/)
  assert.equal(Group!.Arn, arn('a/Staff'))
  const got = await root.getGroup({ GroupName: 'Staff' })
  assert.deepEqual(got.Group, Group)
  assert.deepEqual(got.Users, [])
  assert.equal(got.IsTruncated, false)
  assert.deepEqual((await root.listGroups({ PathPrefix: '/a/' })).Groups, [Group])
  assert.deepEqual((await root.listGroups({ PathPrefix: '/b/' })).Groups, [])
  assert.equal(await refused(root.createGroup({ GroupName: 'STAFF' })), 'EntityAlreadyExists 409 Group with name STAFF already exists.')
  assert.match(
    await refused(root.createGroup({ GroupName: 'a b' })),
    /^ValidationError 400 The specified value for groupName is invalid\. /,
  )
})

test('[item 5] every operation on a group that is not there says so in the same words', async () => {
  const root = scene.iam()
  await root.createUser({ UserName: 'somebody' })
  const GroupName = 'nowhere'
  const calls: Readonly<Record<string, () => Promise<unknown>>> = {
    getGroup: () => root.getGroup({ GroupName }),
    updateGroup: () => root.updateGroup({ GroupName, NewPath: '/a/' }),
    deleteGroup: () => root.deleteGroup({ GroupName }),
    addUserToGroup: () => root.addUserToGroup({ GroupName, UserName: 'somebody' }),
    removeUserFromGroup: () => root.removeUserFromGroup({ GroupName, UserName: 'somebody' }),
    putGroupPolicy: () => root.putGroupPolicy({ GroupName, PolicyName: 'p', PolicyDocument: policy(allow('iam:GetUser')) }),
    getGroupPolicy: () => root.getGroupPolicy({ GroupName, PolicyName: 'p' }),
    deleteGroupPolicy: () => root.deleteGroupPolicy({ GroupName, PolicyName: 'p' }),
    listGroupPolicies: () => root.listGroupPolicies({ GroupName }),
    attachGroupPolicy: () => root.attachGroupPolicy({ GroupName, PolicyArn: readOnly }),
    detachGroupPolicy: () => root.detachGroupPolicy({ GroupName, PolicyArn: readOnly }),
    listAttachedGroupPolicies: () => root.listAttachedGroupPolicies({ GroupName }),
  }
  for (const [name, call] of Object.entries(calls)) {
    assert.equal(await refused(call()), 'NoSuchEntity 404 The group with name nowhere cannot be found.', name)
  }
  await root.createGroup({ GroupName: 'somewhere' })
  for (const call of [
    () => root.addUserToGroup({ GroupName: 'somewhere', UserName: 'x' }),
    () => root.removeUserFromGroup({ GroupName: 'somewhere', UserName: 'x' }),
  ]) {
    assert.equal(await refused(call()), 'NoSuchEntity 404 The user with name x cannot be found.')
  }
  assert.equal(
    await refused(root.removeUserFromGroup({ GroupName: 'nowhere', UserName: 'x' })),
    'NoSuchEntity 404 The user with name x cannot be found.',
    'of the two it is the user that is missed',
  )
})

test('[item 5] a user is in a group once, in ten groups at most, and is listed from both sides', async () => {
  const root = scene.iam()
  await root.createUser({ UserName: 'joiner', Tags: [{ Key: 'a', Value: 'b' }] })
  const names = Array.from({ length: 11 }, (_, at) => `club-${at}`)
  for (const GroupName of names) await root.createGroup({ GroupName })
  for (const GroupName of names.slice(0, 10)) await root.addUserToGroup({ GroupName, UserName: 'joiner' })
  await root.addUserToGroup({ GroupName: 'club-0', UserName: 'joiner' })
  const { Users } = await root.getGroup({ GroupName: 'club-0' })
  assert.deepEqual(
    Users!.map((user) => Object.keys(user).sort()),
    [['Arn', 'CreateDate', 'Path', 'UserId', 'UserName']],
  )
  assert.equal(
    await refused(root.addUserToGroup({ GroupName: 'club-10', UserName: 'joiner' })),
    'LimitExceeded 409 Cannot exceed quota for GroupsPerUser: 10',
  )
  const listed = await allPages(async (Marker) => {
    const { Groups, ...rest } = await root.listGroupsForUser({ UserName: 'joiner', MaxItems: 3, Marker })
    return { items: Groups!.map(({ GroupName }) => GroupName!), ...rest }
  })
  assert.deepEqual(listed.sort(), names.slice(0, 10).sort())
  await root.removeUserFromGroup({ GroupName: 'club-0', UserName: 'joiner' })
  await root.addUserToGroup({ GroupName: 'club-10', UserName: 'joiner' })
  assert.deepEqual((await root.getGroup({ GroupName: 'club-0' })).Users, [])
})

test('[item 5] the members of a group come in pages', async () => {
  const root = scene.iam()
  await root.createGroup({ GroupName: 'crowd' })
  const names = Array.from({ length: 9 }, (_, at) => `face-${at}`)
  for (const UserName of names) {
    await root.createUser({ UserName })
    await root.addUserToGroup({ GroupName: 'crowd', UserName })
  }
  const listed = await allPages(async (Marker) => {
    const { Users, ...rest } = await root.getGroup({ GroupName: 'crowd', MaxItems: 4, Marker })
    return { items: Users!.map(({ UserName }) => UserName!), ...rest }
  })
  assert.deepEqual(listed.sort(), names)
})

test('[item 5] a renamed group keeps its id, members and policies', async () => {
  const root = scene.iam()
  const { Group } = await root.createGroup({ GroupName: 'previous' })
  await root.createUser({ UserName: 'constant' })
  await root.addUserToGroup({ GroupName: 'previous', UserName: 'constant' })
  await root.putGroupPolicy({ GroupName: 'previous', PolicyName: 'p', PolicyDocument: policy(allow('iam:GetUser')) })
  await root.createGroup({ GroupName: 'occupied' })
  assert.equal(
    await refused(root.updateGroup({ GroupName: 'previous', NewGroupName: 'Occupied' })),
    'EntityAlreadyExists 409 Group with name Occupied already exists.',
  )
  await root.updateGroup({ GroupName: 'previous', NewGroupName: 'Previous', NewPath: '/b/' })
  const got = await root.getGroup({ GroupName: 'Previous' })
  assert.equal(got.Group!.GroupId, Group!.GroupId)
  assert.equal(got.Group!.Arn, arn('b/Previous'))
  assert.deepEqual(
    got.Users!.map(({ UserName }) => UserName),
    ['constant'],
  )
  assert.deepEqual((await root.listGroupPolicies({ GroupName: 'Previous' })).PolicyNames, ['p'])
})

test('[item 5] a group is deleted when it is empty; each hindrance is named in turn', async () => {
  const root = scene.iam()
  const GroupName = 'held'
  await root.createGroup({ GroupName })
  await root.createUser({ UserName: 'last' })
  await root.addUserToGroup({ GroupName, UserName: 'last' })
  await root.putGroupPolicy({ GroupName, PolicyName: 'p', PolicyDocument: policy(allow('iam:GetUser')) })
  await root.attachGroupPolicy({ GroupName, PolicyArn: readOnly })
  const steps: readonly (readonly [must: string, undo: () => Promise<unknown>])[] = [
    ['remove users from group', () => root.removeUserFromGroup({ GroupName, UserName: 'last' })],
    ['delete policies', () => root.deleteGroupPolicy({ GroupName, PolicyName: 'p' })],
    ['detach all policies', () => root.detachGroupPolicy({ GroupName, PolicyArn: readOnly })],
  ]
  for (const [must, undo] of steps) {
    assert.equal(await refused(root.deleteGroup({ GroupName })), `DeleteConflict 409 Cannot delete entity, must ${must} first.`)
    await undo()
  }
  await root.deleteGroup({ GroupName })
  assert.equal(await refused(root.getGroup({ GroupName })), 'NoSuchEntity 404 The group with name held cannot be found.')
})

test('[item 5] policies of a group: inline ones to 5120 characters, ten attached ones', async () => {
  const root = scene.iam()
  const GroupName = 'papers'
  await root.createGroup({ GroupName })
  const text = policy(allow('iam:GetUser'))
  await root.putGroupPolicy({ GroupName, PolicyName: 'p', PolicyDocument: text })
  const got = await root.getGroupPolicy({ GroupName, PolicyName: 'p' })
  assert.deepEqual([got.GroupName, got.PolicyName, decodeURIComponent(got.PolicyDocument!)], [GroupName, 'p', text])
  const padded = `{"Version":"2012-10-17",${' '.repeat(6000)}"Statement":[{"Effect":"Allow","Action":"iam:GetUser","Resource":"*"}]}`
  await root.putGroupPolicy({ GroupName, PolicyName: 'blanks', PolicyDocument: padded })
  const long = policy(allow(Array.from({ length: 60 }, (_, at) => `iam:${'x'.repeat(80)}${at}`)))
  assert.equal(
    await refused(root.putGroupPolicy({ GroupName, PolicyName: 'long', PolicyDocument: long })),
    'LimitExceeded 409 Maximum policy size of 5120 bytes exceeded for group papers',
  )
  const none = 'NoSuchEntity 404 The group policy with name none cannot be found.'
  assert.equal(await refused(root.getGroupPolicy({ GroupName, PolicyName: 'none' })), none)
  assert.equal(await refused(root.deleteGroupPolicy({ GroupName, PolicyName: 'none' })), none)
  assert.equal(
    await refused(
      root.putGroupPolicy({ GroupName, PolicyName: 'bad', PolicyDocument: policy({ Effect: 'Allow', Action: 'iam:GetUser' }) }),
    ),
    'MalformedPolicyDocument 400 Policy statement must contain resources.',
  )
  for (let at = 0; at < 10; at++) {
    const { Policy } = await root.createPolicy({ PolicyName: `paper-${at}`, PolicyDocument: text })
    await root.attachGroupPolicy({ GroupName, PolicyArn: Policy!.Arn! })
  }
  assert.equal(
    await refused(root.attachGroupPolicy({ GroupName, PolicyArn: readOnly })),
    'LimitExceeded 409 Cannot exceed quota for PoliciesPerGroup: 10',
  )
  assert.equal(
    await refused(root.detachGroupPolicy({ GroupName, PolicyArn: readOnly })),
    `NoSuchEntity 404 Policy ${readOnly} was not found.`,
  )
  assert.equal((await root.listAttachedGroupPolicies({ GroupName })).AttachedPolicies!.length, 10)
})

test('[item 5] an account has three hundred groups, and pages through them miss none while others write', async () => {
  const { root: key } = await scene.newAccount('many')
  const root = scene.iam(key)
  const names = Array.from({ length: 300 }, (_, at) => `group-${String(at).padStart(3, '0')}`)
  await Promise.all(names.map((GroupName) => root.createGroup({ GroupName })))
  assert.equal(
    await refused(root.createGroup({ GroupName: 'one-more' })),
    'LimitExceeded 409 Cannot exceed quota for GroupsPerAccount: 300',
  )
  assert.equal((await root.listGroups({})).Groups!.length, 100)
  const listed = await allPages(
    async (Marker) => {
      const { Groups, ...rest } = await root.listGroups({ MaxItems: 60, Marker })
      return { items: Groups!.map(({ GroupName }) => GroupName!), ...rest }
    },
    async (page) => {
      await root.deleteGroup({ GroupName: `group-${String(page * 60 - 1).padStart(3, '0')}` })
      await root.createGroup({ GroupName: `group-000-${page}` })
    },
  )
  assert.deepEqual(listed, names, 'the last of a page went, and an earlier one came: the next page goes on behind the place')
})
