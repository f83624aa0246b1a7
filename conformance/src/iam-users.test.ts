import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keyOf } from './clients.js'
import { account, allow, allPages, deny, policy, refused, trust, useServer } from './iam-scene.js'

const scene = useServer()
const arn = (pathAndName: string): string => `arn:aws:iam::${account}:user/${pathAndName}`

test('[item 5] CreateUser and GetUser show what was given and nothing else', async () => {
  const root = scene.iam()
  const { User } = await root.createUser({ UserName: 'ada' })
  assert.deepEqual(Object.keys(User!).sort(), ['Arn', 'CreateDate', 'Path', 'UserId', 'UserName'])
  assert.match(User!.UserId!, /^AIDA[A-Z2-7]{17}$/)
  assert.equal(User!.Arn, arn('ada'))
  assert.equal(User!.Path, '/')
  assert.equal(User!.CreateDate!.getTime() % 1000, 0, 'whole seconds')
  assert.deepEqual((await root.getUser({ UserName: 'ada' })).User, User)

  const { Policy } = await root.createPolicy({ PolicyName: 'edge', PolicyDocument: policy(allow('iam:*')) })
  const whole = await root.createUser({
    UserName: 'Grace.H+=,@_-1',
    Path: '/team/a/',
    PermissionsBoundary: Policy!.Arn!,
    Tags: [{ Key: 'Team', Value: '' }],
  })
  assert.equal(whole.User!.Arn, arn('team/a/Grace.H+=,@_-1'))
  assert.deepEqual(whole.User!.Tags, [{ Key: 'Team', Value: '' }])
  assert.deepEqual(whole.User!.PermissionsBoundary, { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: Policy!.Arn })
  assert.deepEqual((await root.getUser({ UserName: 'Grace.H+=,@_-1' })).User, whole.User)
})

test('[item 5] ListUsers never shows tags or boundaries', async () => {
  const { Users, IsTruncated } = await scene.iam().listUsers({})
  assert.equal(IsTruncated, false)
  assert.ok(Users!.length > 0)
  for (const user of Users!) assert.deepEqual(Object.keys(user).sort(), ['Arn', 'CreateDate', 'Path', 'UserId', 'UserName'])
})

test('[item 5] user names are unique whatever their letter case, and keep the case they were given', async () => {
  const root = scene.iam()
  await root.createUser({ UserName: 'MixedCase' })
  for (const UserName of ['MixedCase', 'mixedcase', 'MIXEDCASE']) {
    assert.equal(await refused(root.createUser({ UserName })), `EntityAlreadyExists 409 User with name ${UserName} already exists.`)
  }
  assert.equal((await root.getUser({ UserName: 'MixedCase' })).User!.Arn, arn('MixedCase'))
})

test('[item 5] what a user cannot be called is refused, and never exists afterwards', async () => {
  const root = scene.iam()
  const named =
    'ValidationError 400 The specified value for userName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-'
  for (const UserName of ['a b', 'a/b', 'a:b', 'ü', 'a\n', '*']) assert.equal(await refused(root.createUser({ UserName })), named)
  const path =
    'ValidationError 400 The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.'
  for (const Path of ['a', '/a', 'a/', '/a b/']) assert.equal(await refused(root.createUser({ UserName: 'never', Path })), path)
  const one = "ValidationError 400 1 validation error detected: Value at 'userName' failed to satisfy constraint: Member must "
  assert.equal(await refused(root.createUser({ UserName: 'x'.repeat(65) })), `${one}have length less than or equal to 64`)
  assert.equal(await refused(root.createUser({} as never)), `${one}not be null`)
  assert.equal(await refused(root.getUser({ UserName: 'never' })), 'NoSuchEntity 404 The user with name never cannot be found.')
})

test('[item 5] every operation on a user that is not there says so in the same words', async () => {
  const root = scene.iam()
  const UserName = 'nobody'
  const PolicyArn = 'arn:aws:iam::aws:policy/ReadOnlyAccess'
  const document = policy(allow('iam:GetUser'))
  const calls: Readonly<Record<string, () => Promise<unknown>>> = {
    getUser: () => root.getUser({ UserName }),
    updateUser: () => root.updateUser({ UserName, NewPath: '/a/' }),
    deleteUser: () => root.deleteUser({ UserName }),
    tagUser: () => root.tagUser({ UserName, Tags: [{ Key: 'a', Value: 'b' }] }),
    untagUser: () => root.untagUser({ UserName, TagKeys: ['a'] }),
    listUserTags: () => root.listUserTags({ UserName }),
    putUserPolicy: () => root.putUserPolicy({ UserName, PolicyName: 'p', PolicyDocument: document }),
    getUserPolicy: () => root.getUserPolicy({ UserName, PolicyName: 'p' }),
    deleteUserPolicy: () => root.deleteUserPolicy({ UserName, PolicyName: 'p' }),
    listUserPolicies: () => root.listUserPolicies({ UserName }),
    attachUserPolicy: () => root.attachUserPolicy({ UserName, PolicyArn }),
    detachUserPolicy: () => root.detachUserPolicy({ UserName, PolicyArn }),
    listAttachedUserPolicies: () => root.listAttachedUserPolicies({ UserName }),
    putUserPermissionsBoundary: () => root.putUserPermissionsBoundary({ UserName, PermissionsBoundary: PolicyArn }),
    deleteUserPermissionsBoundary: () => root.deleteUserPermissionsBoundary({ UserName }),
    listGroupsForUser: () => root.listGroupsForUser({ UserName }),
    createAccessKey: () => root.createAccessKey({ UserName }),
    listAccessKeys: () => root.listAccessKeys({ UserName }),
    updateAccessKey: () => root.updateAccessKey({ UserName, AccessKeyId: 'AKIAAAAAAAAAAAAAAAAA', Status: 'Active' }),
    deleteAccessKey: () => root.deleteAccessKey({ UserName, AccessKeyId: 'AKIAAAAAAAAAAAAAAAAA' }),
  }
  for (const [name, call] of Object.entries(calls)) {
    assert.equal(await refused(call()), 'NoSuchEntity 404 The user with name nobody cannot be found.', name)
  }
})

test('[item 5] GetUser without a name is the caller, and a role session must say whom it means', async () => {
  const root = scene.iam()
  const own = (await root.getUser({})).User!
  assert.equal(own.UserId, account)
  assert.equal(own.Arn, `arn:aws:iam::${account}:root`)
  const key = await scene.newUser('self', allow('iam:GetUser', arn('self')))
  assert.equal((await scene.iam(key).getUser({})).User!.UserName, 'self')

  const { Role } = await root.createRole({
    RoleName: 'sessions',
    AssumeRolePolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: arn('self') }, Action: 'sts:AssumeRole' }],
    }),
  })
  await root.putRolePolicy({ RoleName: 'sessions', PolicyName: 'all', PolicyDocument: policy(allow('iam:*')) })
  const session = scene.iam(await scene.assume(key, Role!.Arn!))
  assert.equal(await refused(session.getUser({})), 'ValidationError 400 Must specify userName when calling with non-User credentials')
  assert.equal((await session.getUser({ UserName: 'self' })).User!.UserName, 'self')
})

test('[item 5] a renamed user keeps its id, memberships, policies, tags and keys', async () => {
  const root = scene.iam()
  const key = await scene.newUser('before', allow('sts:GetCallerIdentity'))
  const { User } = await root.getUser({ UserName: 'before' })
  await root.createGroup({ GroupName: 'renaming' })
  await root.addUserToGroup({ GroupName: 'renaming', UserName: 'before' })
  await root.attachUserPolicy({ UserName: 'before', PolicyArn: 'arn:aws:iam::aws:policy/IAMReadOnlyAccess' })
  await root.tagUser({ UserName: 'before', Tags: [{ Key: 'k', Value: 'v' }] })
  await root.updateUser({ UserName: 'before', NewUserName: 'after', NewPath: '/moved/' })

  const renamed = (await root.getUser({ UserName: 'after' })).User!
  assert.equal(renamed.UserId, User!.UserId)
  assert.equal(renamed.Arn, arn('moved/after'))
  assert.deepEqual(renamed.CreateDate, User!.CreateDate)
  assert.equal(await refused(root.getUser({ UserName: 'before' })), 'NoSuchEntity 404 The user with name before cannot be found.')
  assert.deepEqual(
    (await root.listGroupsForUser({ UserName: 'after' })).Groups!.map(({ GroupName }) => GroupName),
    ['renaming'],
  )
  assert.deepEqual((await root.listUserPolicies({ UserName: 'after' })).PolicyNames, ['own'])
  assert.deepEqual((await root.listAttachedUserPolicies({ UserName: 'after' })).AttachedPolicies!.length, 1)
  assert.deepEqual((await root.listUserTags({ UserName: 'after' })).Tags, [{ Key: 'k', Value: 'v' }])
  assert.equal((await scene.sts(key).getCallerIdentity({})).Arn, arn('moved/after'), 'the key speaks for the new name at once')
  await root.createUser({ UserName: 'before' })
})

test("[item 5] a user may change the case of its own name but not take another's", async () => {
  const root = scene.iam()
  await root.createUser({ UserName: 'casing' })
  await root.createUser({ UserName: 'taken' })
  await root.updateUser({ UserName: 'casing', NewUserName: 'CASING' })
  assert.equal((await root.getUser({ UserName: 'CASING' })).User!.UserName, 'CASING')
  assert.equal(
    await refused(root.updateUser({ UserName: 'CASING', NewUserName: 'TAKEN' })),
    'EntityAlreadyExists 409 User with name TAKEN already exists.',
  )
  await root.updateUser({ UserName: 'CASING' })
})

test('[item 5] a user is deleted when nothing hangs on it any more; each hindrance is named in turn', async () => {
  const root = scene.iam()
  const UserName = 'held'
  const { accessKeyId } = await scene.newUser(UserName, allow('iam:GetUser'))
  await root.attachUserPolicy({ UserName, PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' })
  await root.createGroup({ GroupName: 'holders' })
  await root.addUserToGroup({ GroupName: 'holders', UserName })
  await root.putUserPermissionsBoundary({ UserName, PermissionsBoundary: 'arn:aws:iam::aws:policy/ReadOnlyAccess' })
  const steps: readonly (readonly [must: string, undo: () => Promise<unknown>])[] = [
    ['delete access keys', () => root.deleteAccessKey({ UserName, AccessKeyId: accessKeyId })],
    ['delete policies', () => root.deleteUserPolicy({ UserName, PolicyName: 'own' })],
    ['detach all policies', () => root.detachUserPolicy({ UserName, PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' })],
    ['remove users from group', () => root.removeUserFromGroup({ GroupName: 'holders', UserName })],
  ]
  for (const [must, undo] of steps) {
    assert.equal(await refused(root.deleteUser({ UserName })), `DeleteConflict 409 Cannot delete entity, must ${must} first.`)
    await undo()
  }
  await root.deleteUser({ UserName })
  assert.equal(await refused(root.deleteUser({ UserName })), 'NoSuchEntity 404 The user with name held cannot be found.')
})

test('[item 5] a user made again under the old name is somebody else', async () => {
  const root = scene.iam()
  const first = (await root.createUser({ UserName: 'again', Tags: [{ Key: 'a', Value: 'b' }] })).User!
  await root.deleteUser({ UserName: 'again' })
  const second = (await root.createUser({ UserName: 'again' })).User!
  assert.notEqual(second.UserId, first.UserId)
  assert.deepEqual((await root.listUserTags({ UserName: 'again' })).Tags, [])
})

test("[item 5] tags: no key twice in any case, none of AWS's, fifty at most, replaced and removed without regard to case", async () => {
  const root = scene.iam()
  const UserName = 'tagged'
  await root.createUser({ UserName })
  const twice = 'InvalidInput 400 Duplicate tag keys found. Please note that Tag keys are case insensitive.'
  const Tags = [
    { Key: 'team', Value: 'a' },
    { Key: 'Team', Value: 'b' },
  ]
  assert.equal(await refused(root.tagUser({ UserName, Tags })), twice)
  assert.equal(await refused(root.createUser({ UserName: 'other', Tags })), twice)
  for (const Key of ['aws:x', 'AWS:x']) {
    const reserved = 'InvalidInput 400 Tag keys beginning with aws: are reserved for system use.'
    assert.equal(await refused(root.tagUser({ UserName, Tags: [{ Key, Value: '' }] })), reserved)
  }
  const message = await refused(root.tagUser({ UserName, Tags: [] }))
  assert.equal(message, 'InvalidInput 400 Error occurred while validating input. ')
  await root.untagUser({ UserName, TagKeys: [] })
  assert.match(
    await refused(root.tagUser({ UserName, Tags: [{ Key: 'a!b', Value: '' }] })),
    /^ValidationError 400 1 validation error detected: Value at 'tags\.1\.member\.key' failed to satisfy constraint: Member must satisfy regular expression pattern: /,
  )
  assert.equal(await refused(root.tagUser({ UserName: 'nobody', Tags })), twice, 'a malformed tag is told before the missing user')
  await root.tagUser({ UserName, Tags: [{ Key: 'team', Value: 'a' }] })
  await root.tagUser({ UserName, Tags: [{ Key: 'team', Value: 'a' }] })
  await root.tagUser({ UserName, Tags: [{ Key: 'Team', Value: 'b' }] })
  assert.deepEqual((await root.listUserTags({ UserName })).Tags, [{ Key: 'Team', Value: 'b' }])
  await root.untagUser({ UserName, TagKeys: ['TEAM', 'unknown'] })
  assert.deepEqual((await root.listUserTags({ UserName })).Tags, [])
  assert.equal((await root.getUser({ UserName })).User!.Tags, undefined)

  const many = Array.from({ length: 51 }, (_, at) => ({ Key: `key-${at}`, Value: 'x' }))
  assert.equal(
    await refused(root.tagUser({ UserName, Tags: many })),
    "ValidationError 400 1 validation error detected: Value at 'tags' failed to satisfy constraint: Member must have length less than or equal to 50",
  )
  await root.tagUser({ UserName, Tags: many.slice(0, 50) })
  assert.match(await refused(root.tagUser({ UserName, Tags: many.slice(50) })), /^LimitExceeded 409 /)
  await root.tagUser({ UserName, Tags: many.slice(0, 50).map(({ Key }) => ({ Key, Value: 'y' })) })
  const read = await allPages(async (Marker) => {
    const { Tags: items, ...rest } = await root.listUserTags({ UserName, MaxItems: 7, Marker })
    return { items, ...rest }
  })
  assert.equal(new Set(read.map(({ Key }) => Key)).size, 50)
  assert.ok(read.every(({ Value }) => Value === 'y'))
})

test('[item 5] a boundary can be set, replaced and removed, and does not keep the user or then the policy from being deleted', async () => {
  const root = scene.iam()
  const UserName = 'bounded'
  await root.createUser({ UserName })
  const { Policy } = await root.createPolicy({ PolicyName: 'fence', PolicyDocument: policy(allow('iam:GetUser')) })
  const PermissionsBoundary = Policy!.Arn!
  assert.equal(
    await refused(root.putUserPermissionsBoundary({ UserName, PermissionsBoundary: `${PermissionsBoundary}x` })),
    `NoSuchEntity 404 Scope ARN: ${PermissionsBoundary}x does not exist or is not attachable.`,
  )
  assert.equal(
    await refused(root.createUser({ UserName: 'never-made', PermissionsBoundary: `${PermissionsBoundary}x` })),
    `NoSuchEntity 404 Scope ARN: ${PermissionsBoundary}x does not exist or is not attachable.`,
  )
  assert.equal(
    await refused(root.putUserPermissionsBoundary({ UserName, PermissionsBoundary: 'fence-of-no-arn-at-all' })),
    'ValidationError 400 ARN fence-of-no-arn-at-all is not valid.',
  )
  await root.putUserPermissionsBoundary({ UserName, PermissionsBoundary })
  await root.putUserPermissionsBoundary({ UserName, PermissionsBoundary })
  assert.equal((await root.getPolicy({ PolicyArn: PermissionsBoundary })).Policy!.PermissionsBoundaryUsageCount, 1)
  assert.equal(
    await refused(root.deletePolicy({ PolicyArn: PermissionsBoundary })),
    'DeleteConflict 409 Cannot delete a policy attached to entities.',
  )
  await root.deleteUserPermissionsBoundary({ UserName })
  assert.equal('PermissionsBoundary' in (await root.getUser({ UserName })).User!, false)
  assert.match(await refused(root.deleteUserPermissionsBoundary({ UserName })), /^NoSuchEntity 404 /)
  await root.putUserPermissionsBoundary({ UserName, PermissionsBoundary })
  await root.deleteUser({ UserName })
  await root.deletePolicy({ PolicyArn: PermissionsBoundary })
})

test('[item 5] lists come in pages of the size asked for, under the path asked for, and miss nobody while others write', async () => {
  const root = scene.iam()
  const names = Array.from({ length: 23 }, (_, at) => `paged-${String(at).padStart(2, '0')}`)
  await Promise.all(names.map((UserName, at) => root.createUser({ UserName, Path: at % 2 === 0 ? '/even/' : '/odd/' })))
  const pages = (PathPrefix: string | undefined, between?: (pages: number) => Promise<unknown>) =>
    allPages(async (Marker) => {
      const { Users, ...rest } = await root.listUsers({ MaxItems: 4, Marker, ...(PathPrefix !== undefined && { PathPrefix }) })
      assert.ok(Users!.length <= 4)
      return { items: Users!.map(({ UserName }) => UserName!), ...rest }
    }, between)
  assert.deepEqual(
    (await pages('/even/')).sort(),
    names.filter((_, at) => at % 2 === 0),
  )
  assert.deepEqual(await pages('/ev'), await pages('/even/'))
  assert.deepEqual(await pages('/nowhere/'), [])
  const during = await pages(undefined, (page) =>
    Promise.all([
      root.createUser({ UserName: `aaa-${page}` }),
      root.createUser({ UserName: `paged-zz-${page}` }),
      root.deleteUser({ UserName: `paged-${page + 12}` }),
    ]).catch(() => undefined),
  )
  assert.equal(new Set(during).size, during.length, 'nobody is listed twice')
  for (const name of names.slice(0, 13)) assert.ok(during.includes(name), `${name} was there all the time`)
})

test('[item 5] markers and page sizes that cannot be are refused', async () => {
  const root = scene.iam()
  assert.equal(await refused(root.listUsers({ Marker: 'nonsense' })), 'ValidationError 400 Invalid Marker.')
  const constraint =
    "ValidationError 400 1 validation error detected: Value at 'maxItems' failed to satisfy constraint: Member must have value"
  assert.equal(await refused(root.listUsers({ MaxItems: 0 })), `${constraint} greater than or equal to 1`)
  assert.equal(await refused(root.listUsers({ MaxItems: 1001 })), `${constraint} less than or equal to 1000`)
  assert.match(
    await refused(root.listUsers({ PathPrefix: 'a' })),
    /^ValidationError 400 The specified value for pathPrefix is invalid\. It must begin with the \/ character/,
  )
})

test('[item 5] inline policies are kept byte for byte, overwritten, listed and deleted', async () => {
  const root = scene.iam()
  const UserName = 'inline'
  await root.createUser({ UserName })
  const text = `{ "Version":"2012-10-17",\n"Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/%20 ü+*"}]}\t`
  await root.putUserPolicy({ UserName, PolicyName: 'a', PolicyDocument: text })
  const got = await root.getUserPolicy({ UserName, PolicyName: 'a' })
  assert.equal(decodeURIComponent(got.PolicyDocument!), text)
  assert.equal(got.UserName, UserName)
  assert.equal(got.PolicyName, 'a')
  const other = policy(allow('iam:GetUser'))
  await root.putUserPolicy({ UserName, PolicyName: 'a', PolicyDocument: other })
  assert.equal(decodeURIComponent((await root.getUserPolicy({ UserName, PolicyName: 'a' })).PolicyDocument!), other)
  const gone = 'NoSuchEntity 404 The user policy with name none cannot be found.'
  assert.equal(await refused(root.getUserPolicy({ UserName, PolicyName: 'none' })), gone)
  assert.equal(await refused(root.deleteUserPolicy({ UserName, PolicyName: 'none' })), gone)
  assert.equal(
    await refused(root.putUserPolicy({ UserName, PolicyName: 'bad', PolicyDocument: '{"Version":"2012-10-17"' })),
    'MalformedPolicyDocument 400 Syntax errors in policy.',
  )
  const long = policy(...Array.from({ length: 20 }, (_, at) => allow('iam:GetUser', arn(`${'x'.repeat(100)}${at}`))))
  assert.equal(
    await refused(root.putUserPolicy({ UserName, PolicyName: 'long', PolicyDocument: long })),
    'LimitExceeded 409 Maximum policy size of 2048 bytes exceeded for user inline',
  )
  await root.deleteUserPolicy({ UserName, PolicyName: 'a' })
  assert.deepEqual((await root.listUserPolicies({ UserName })).PolicyNames, [])
})

test('[item 5] names of inline policies are the same in any letter case', async () => {
  const root = scene.iam()
  const key = await scene.newUser('cased', allow('iam:ListUsers'))
  await root.putUserPolicy({ UserName: 'cased', PolicyName: 'MixedName', PolicyDocument: policy(allow('iam:ListRoles')) })
  const replacement = policy(deny('iam:ListRoles'), allow('iam:ListGroups'))
  await root.putUserPolicy({ UserName: 'cased', PolicyName: 'mixedname', PolicyDocument: replacement })
  assert.ok((await root.listUserPolicies({ UserName: 'cased' })).PolicyNames!.includes('MixedName'), 'the first spelling stays')
  assert.ok(!(await root.listUserPolicies({ UserName: 'cased' })).PolicyNames!.includes('mixedname'))
  const got = await root.getUserPolicy({ UserName: 'cased', PolicyName: 'MIXEDNAME' })
  assert.deepEqual([got.PolicyName, decodeURIComponent(got.PolicyDocument!)], ['MIXEDNAME', replacement], 'said as it was asked for')
  const own = scene.iam(key)
  await own.listGroups({})
  assert.match(await refused(own.listRoles({})), /^AccessDenied 403 .* explicit deny/)
  await root.deleteUserPolicy({ UserName: 'cased', PolicyName: 'mIXEDnAME' })
  assert.match(await refused(own.listGroups({})), /^AccessDenied 403 /)
  assert.match(await refused(root.getUserPolicy({ UserName: 'cased', PolicyName: 'MixedName' })), /^NoSuchEntity 404 /)
})

test('the policy of a service-linked role can be attached to nobody', async () => {
  const root = scene.iam()
  const PolicyArn = 'arn:aws:iam::aws:policy/aws-service-role/AmazonECSServiceRolePolicy'
  await root.createUser({ UserName: 'served' })
  await root.createGroup({ GroupName: 'served' })
  await root.createRole({ RoleName: 'served', AssumeRolePolicyDocument: trust(account) })
  const refusal = 'PolicyNotAttachable 400 Cannot attach a Service Role Policy to'
  assert.equal(await refused(root.attachUserPolicy({ UserName: 'served', PolicyArn })), `${refusal} an IAM user.`)
  assert.equal(await refused(root.attachGroupPolicy({ GroupName: 'served', PolicyArn })), `${refusal} an IAM group.`)
  assert.equal(await refused(root.attachRolePolicy({ RoleName: 'served', PolicyArn })), `${refusal} a Customer Role.`)
  assert.deepEqual((await root.listAttachedRolePolicies({ RoleName: 'served' })).AttachedPolicies, [])
})

test('[item 5] managed policies: attached twice is attached once, ten at most, and detached once', async () => {
  const root = scene.iam()
  const UserName = 'attached'
  await root.createUser({ UserName })
  const arns = await Promise.all(
    Array.from(
      { length: 11 },
      async (_, at) =>
        (await root.createPolicy({ PolicyName: `many-${at}`, Path: at < 3 ? '/few/' : '/', PolicyDocument: policy(allow('iam:GetUser')) }))
          .Policy!.Arn!,
    ),
  )
  for (const PolicyArn of arns.slice(0, 10)) await root.attachUserPolicy({ UserName, PolicyArn })
  await root.attachUserPolicy({ UserName, PolicyArn: arns[0]! })
  assert.equal((await root.getPolicy({ PolicyArn: arns[0]! })).Policy!.AttachmentCount, 1)
  assert.equal(
    await refused(root.attachUserPolicy({ UserName, PolicyArn: arns[10]! })),
    'LimitExceeded 409 Cannot exceed quota for PoliciesPerUser: 10',
  )
  const few = await root.listAttachedUserPolicies({ UserName, PathPrefix: '/few/' })
  assert.deepEqual(few.AttachedPolicies!.map(({ PolicyName }) => PolicyName).sort(), ['many-0', 'many-1', 'many-2'])
  await root.detachUserPolicy({ UserName, PolicyArn: arns[0]! })
  const gone = `NoSuchEntity 404 Policy ${arns[0]} was not found.`
  assert.equal(await refused(root.detachUserPolicy({ UserName, PolicyArn: arns[0]! })), gone)
  assert.equal(
    await refused(root.attachUserPolicy({ UserName, PolicyArn: 'many-1-is-only-a-name' })),
    'ValidationError 400 ARN many-1-is-only-a-name is not valid.',
  )
  const none = `arn:aws:iam::${account}:policy/none`
  assert.equal(
    await refused(root.attachUserPolicy({ UserName, PolicyArn: none })),
    `NoSuchEntity 404 Policy ${none} does not exist or is not attachable.`,
  )
})

test('[item 5] of many callers who make the same user at once, one succeeds', async () => {
  const root = scene.iam()
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, at) =>
      root.createUser({ UserName: at % 2 === 0 ? 'racer' : 'RACER' }).then(
        () => 'made',
        () => 'refused',
      ),
    ),
  )
  assert.equal(answers.filter((answer) => answer === 'made').length, 1)
})

test('[item 7] a user loses access at once: policy detached, key inactive, key deleted', async () => {
  const root = scene.iam()
  await root.createUser({ UserName: 'fleeting' })
  const PolicyArn = 'arn:aws:iam::aws:policy/IAMReadOnlyAccess'
  await root.attachUserPolicy({ UserName: 'fleeting', PolicyArn })
  const key = keyOf((await root.createAccessKey({ UserName: 'fleeting' })).AccessKey)
  const own = scene.iam(key)
  await own.listUsers({})
  await root.detachUserPolicy({ UserName: 'fleeting', PolicyArn })
  assert.match(await refused(own.listUsers({})), /^AccessDenied 403 /)
  await root.attachUserPolicy({ UserName: 'fleeting', PolicyArn })
  await own.listUsers({})

  const unknown = 'InvalidClientTokenId 403 The security token included in the request is invalid.'
  await root.updateAccessKey({ UserName: 'fleeting', AccessKeyId: key.accessKeyId, Status: 'Inactive' })
  assert.equal(await refused(own.listUsers({})), unknown)
  await root.updateAccessKey({ UserName: 'fleeting', AccessKeyId: key.accessKeyId, Status: 'Active' })
  await own.listUsers({})
  await root.deleteAccessKey({ UserName: 'fleeting', AccessKeyId: key.accessKeyId })
  assert.equal(await refused(own.listUsers({})), unknown)
})
