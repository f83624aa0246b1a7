import assert from 'node:assert/strict'
import { test } from 'node:test'
import { account, allow, policy, refused, trust, useServer } from './iam-scene.js'

const scene = useServer()
const arn = (pathAndName: string): string => `arn:aws:iam::${account}:role/${pathAndName}`
const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess'
const always = ['Arn', 'AssumeRolePolicyDocument', 'CreateDate', 'Path', 'RoleId', 'RoleName']

test('[item 5] CreateRole, GetRole and ListRoles each show their own members', async () => {
  const root = scene.iam()
  const AssumeRolePolicyDocument = trust(account)
  const { Role } = await root.createRole({ RoleName: 'plain', AssumeRolePolicyDocument })
  assert.deepEqual(Object.keys(Role!).sort(), always)
  assert.match(Role!.RoleId!, /^AROA[A-Z2-7]{17}$/)
  assert.equal(Role!.Arn, arn('plain'))
  assert.equal(decodeURIComponent(Role!.AssumeRolePolicyDocument!), AssumeRolePolicyDocument, 'a bare account id comes back bare')
  const got = (await root.getRole({ RoleName: 'plain' })).Role!
  assert.deepEqual(Object.keys(got).sort(), [...always, 'MaxSessionDuration', 'RoleLastUsed'].sort())
  assert.equal(got.MaxSessionDuration, 3600)
  assert.deepEqual(got.RoleLastUsed, {})
  const read = trust(`arn:aws:iam::${account}:root`)
  assert.equal(decodeURIComponent(got.AssumeRolePolicyDocument!), read, 'and is read as the ARN of the account')
  const inList = (await root.listRoles({})).Roles!.find(({ RoleName }) => RoleName === 'plain')
  assert.equal(decodeURIComponent(inList!.AssumeRolePolicyDocument!), read)

  const boundary = (await root.createPolicy({ PolicyName: 'edge', PolicyDocument: policy(allow('iam:*')) })).Policy!.Arn!
  const whole = await root.createRole({
    RoleName: 'whole',
    Path: '/svc/a/',
    AssumeRolePolicyDocument: read,
    Description: 'Does all.',
    MaxSessionDuration: 7200,
    PermissionsBoundary: boundary,
    Tags: [{ Key: 'a', Value: 'b' }],
  })
  assert.deepEqual(Object.keys(whole.Role!).sort(), [...always, 'PermissionsBoundary', 'Tags'].sort())
  assert.deepEqual(whole.Role!.PermissionsBoundary, { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: boundary })
  assert.equal(whole.Role!.Arn, arn('svc/a/whole'))
  const wholeGot = (await root.getRole({ RoleName: 'whole' })).Role!
  assert.deepEqual(wholeGot, { ...whole.Role, Description: 'Does all.', MaxSessionDuration: 7200, RoleLastUsed: {} })
  const [listed] = (await root.listRoles({ PathPrefix: '/svc/' })).Roles!
  assert.deepEqual(Object.keys(listed!).sort(), [...always, 'Description', 'MaxSessionDuration'].sort())
})

test('[item 5] percent escapes inside a trust policy survive', async () => {
  const root = scene.iam()
  const text = trust(`arn:aws:iam::${account}:root`, 'sts:AssumeRole', {
    Condition: { StringEquals: { 'sts:ExternalId': 'a%20b+c%2Bd ü' } },
  })
  await root.createRole({ RoleName: 'escapes', AssumeRolePolicyDocument: text })
  assert.equal(decodeURIComponent((await root.getRole({ RoleName: 'escapes' })).Role!.AssumeRolePolicyDocument!), text)
  const listed = (await root.listRoles({})).Roles!.find(({ RoleName }) => RoleName === 'escapes')
  assert.equal(decodeURIComponent(listed!.AssumeRolePolicyDocument!), text)
})

test('[item 5] what a role cannot be is refused', async () => {
  const root = scene.iam()
  const AssumeRolePolicyDocument = trust(account)
  await root.createRole({ RoleName: 'Once', AssumeRolePolicyDocument })
  assert.equal(
    await refused(root.createRole({ RoleName: 'ONCE', AssumeRolePolicyDocument })),
    'EntityAlreadyExists 409 Role with name ONCE already exists.',
  )
  assert.equal(
    await refused(root.createRole({ RoleName: 'a/b', AssumeRolePolicyDocument })),
    'ValidationError 400 The specified value for roleName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-',
  )
  const duration =
    "ValidationError 400 1 validation error detected: Value at 'maxSessionDuration' failed to satisfy constraint: Member must have value"
  const lasting = (MaxSessionDuration: number) => root.createRole({ RoleName: 'lasting', AssumeRolePolicyDocument, MaxSessionDuration })
  assert.equal(await refused(lasting(3599)), `${duration} greater than or equal to 3600`)
  assert.equal(await refused(lasting(43_201)), `${duration} less than or equal to 43200`)
  assert.match(
    await refused(root.createRole({ RoleName: 'long', AssumeRolePolicyDocument, Description: 'x'.repeat(1001) })),
    /^ValidationError 400 .*'description'.* length less than or equal to 1000$/,
  )
  for (const [Path, answer] of [
    ['/aws-service-role/', /^InvalidInput 400 Paths beginning with '\/aws-service-role' are reserved for AWS Service Linked Roles$/],
    ['/aws-service-role/ec2.amazonaws.com/', /^InvalidInput 400 Paths beginning with '\/aws-service-role' are reserved for/],
    ['/aws-reserved/sso.amazonaws.com/', /^AccessDenied 403 /],
  ] as const) {
    assert.match(await refused(root.createRole({ RoleName: 'reserved', Path, AssumeRolePolicyDocument })), answer)
  }
  await root.createRole({ RoleName: 'console-made', Path: '/service-role/', AssumeRolePolicyDocument })
  const none = `arn:aws:iam::${account}:policy/none`
  const noScope = `NoSuchEntity 404 Scope ARN: ${none} does not exist or is not attachable.`
  assert.equal(await refused(root.createRole({ RoleName: 'free', AssumeRolePolicyDocument, PermissionsBoundary: none })), noScope)
  assert.equal(await refused(root.putRolePermissionsBoundary({ RoleName: 'console-made', PermissionsBoundary: none })), noScope)
  const elsewhere = 'arn:aws-cn:iam::aws:policy/ReadOnlyAccess'
  const ofNoPartition = 'ValidationError 400 Invalid ARN partition'
  assert.equal(
    await refused(root.createRole({ RoleName: 'free', AssumeRolePolicyDocument, PermissionsBoundary: elsewhere })),
    ofNoPartition,
  )
  assert.equal(await refused(root.attachRolePolicy({ RoleName: 'console-made', PolicyArn: elsewhere })), ofNoPartition)
  for (const PermissionsBoundary of [`arn:aws:iam::${account}:not_a_policy/none`, `arn:aws:iam::${account}:role/console-made`]) {
    const noPolicy = `InvalidInput 400 ARN ${PermissionsBoundary} is not valid.`
    assert.equal(await refused(root.createRole({ RoleName: 'free', AssumeRolePolicyDocument, PermissionsBoundary })), noPolicy)
    assert.equal(await refused(root.putRolePermissionsBoundary({ RoleName: 'console-made', PermissionsBoundary })), noPolicy)
  }
  assert.equal(await refused(root.getRole({ RoleName: 'reserved' })), 'NoSuchEntity 404 The role with name reserved cannot be found.')
})

test('[item 5] a trust policy that cannot be is refused in the words of IAM, when a role is made and when it is changed', async () => {
  const root = scene.iam()
  const before = trust(`arn:aws:iam::${account}:root`)
  await root.createRole({ RoleName: 'trusting', AssumeRolePolicyDocument: before })
  const session = `arn:aws:sts::${account}:assumed-role/trusting/session`
  await root.createRole({ RoleName: 'trusting-a-session', AssumeRolePolicyDocument: trust(session) })
  const statement = { Effect: 'Allow', Principal: { AWS: account }, Action: 'sts:AssumeRole' }
  const { Effect: _, ...noEffect } = statement
  const { Principal: __, ...noPrincipal } = statement
  const { Action: ___, ...noAction } = statement
  const nobody = `arn:aws:iam::${account}:user/nobody`
  const rows: readonly (readonly [text: string, message: string])[] = [
    ['no json', 'This policy contains invalid Json'],
    [policy(noEffect), 'Missing required field Effect'],
    [policy({ ...statement, Effect: 'allow' }), 'Invalid effect: allow'],
    [policy(noPrincipal), 'Missing required field Principal'],
    [policy(noAction), 'Missing required field Action'],
    [policy({ ...statement, Action: 's3:GetObject' }), 'AssumeRole policy may only specify STS AssumeRole actions.'],
    [policy({ ...statement, Action: 'sts:InvalidAction' }), 'AssumeRole policy may only specify STS AssumeRole actions.'],
    [policy({ ...statement, Resource: '*' }), 'Has prohibited field Resource'],
    [policy({ ...statement, NotResource: '*' }), 'AssumeRole policy must not contain resources.'],
    [policy({ ...statement, Principal: '*' }), 'AssumeRolepolicy contained an invalid principal: "STAR":"*".'],
    [policy(), 'Could not parse the policy: Statement is empty!'],
    [policy({ ...statement, Sid: 'a' }, { ...statement, Sid: 'a' }), 'The Statement Ids in the policy are not unique'],
    [JSON.stringify({ Version: '2011-01-01', Statement: [statement] }), 'The policy must contain a valid version string'],
    [trust(nobody), `Invalid principal in policy: "AWS":"${nobody}"`],
    [trust(arn('nobody')), `Invalid principal in policy: "AWS":"${arn('nobody')}"`],
    ...[
      'arn:aws:iam::999999999999:root',
      `arn:aws-cn:iam::${account}:root`,
      `arn:aws:sts::${account}:assumed-role/nobody/session`,
      `arn:aws:sts::${account}:assumed-role/Trusting/session`,
      'arn:aws:sts::999999999999:assumed-role/trusting/session',
    ].map((id) => [trust(id), `Invalid principal in policy: "AWS":"${id}"`] as const),
    [policy({ ...statement, Principal: { Service: 'lambda.example.com' } }), 'Invalid principal in policy: "SERVICE":"lambda.example.com"'],
  ]
  for (const [text, message] of rows) {
    const expected = `MalformedPolicyDocument 400 ${message}`
    assert.equal(await refused(root.createRole({ RoleName: 'distrusted', AssumeRolePolicyDocument: text })), expected)
    assert.equal(await refused(root.updateAssumeRolePolicy({ RoleName: 'trusting', PolicyDocument: text })), expected)
  }
  const long = trust(account, 'sts:AssumeRole', { Condition: { StringEquals: { 'sts:ExternalId': 'x'.repeat(2048) } } })
  assert.equal(
    await refused(root.createRole({ RoleName: 'distrusted', AssumeRolePolicyDocument: long })),
    'LimitExceeded 409 Cannot exceed quota for ACLSizePerRole: 2048',
  )
  assert.equal(decodeURIComponent((await root.getRole({ RoleName: 'trusting' })).Role!.AssumeRolePolicyDocument!), before)
})

test('[item 5] every operation on a role that is not there says so in the same words', async () => {
  const root = scene.iam()
  const RoleName = 'nowhere'
  await root.createInstanceProfile({ InstanceProfileName: 'profile' })
  const calls: Readonly<Record<string, () => Promise<unknown>>> = {
    getRole: () => root.getRole({ RoleName }),
    updateRole: () => root.updateRole({ RoleName, Description: 'x' }),
    updateRoleDescription: () => root.updateRoleDescription({ RoleName, Description: 'x' }),
    updateAssumeRolePolicy: () => root.updateAssumeRolePolicy({ RoleName, PolicyDocument: trust(account) }),
    deleteRole: () => root.deleteRole({ RoleName }),
    tagRole: () => root.tagRole({ RoleName, Tags: [{ Key: 'a', Value: 'b' }] }),
    untagRole: () => root.untagRole({ RoleName, TagKeys: ['a'] }),
    listRoleTags: () => root.listRoleTags({ RoleName }),
    putRolePolicy: () => root.putRolePolicy({ RoleName, PolicyName: 'p', PolicyDocument: policy(allow('iam:GetUser')) }),
    getRolePolicy: () => root.getRolePolicy({ RoleName, PolicyName: 'p' }),
    deleteRolePolicy: () => root.deleteRolePolicy({ RoleName, PolicyName: 'p' }),
    listRolePolicies: () => root.listRolePolicies({ RoleName }),
    attachRolePolicy: () => root.attachRolePolicy({ RoleName, PolicyArn: readOnly }),
    detachRolePolicy: () => root.detachRolePolicy({ RoleName, PolicyArn: readOnly }),
    listAttachedRolePolicies: () => root.listAttachedRolePolicies({ RoleName }),
    putRolePermissionsBoundary: () => root.putRolePermissionsBoundary({ RoleName, PermissionsBoundary: readOnly }),
    deleteRolePermissionsBoundary: () => root.deleteRolePermissionsBoundary({ RoleName }),
    listInstanceProfilesForRole: () => root.listInstanceProfilesForRole({ RoleName }),
    addRoleToInstanceProfile: () => root.addRoleToInstanceProfile({ RoleName, InstanceProfileName: 'profile' }),
    removeRoleFromInstanceProfile: () => root.removeRoleFromInstanceProfile({ RoleName, InstanceProfileName: 'profile' }),
  }
  for (const [name, call] of Object.entries(calls)) {
    assert.equal(await refused(call()), 'NoSuchEntity 404 The role with name nowhere cannot be found.', name)
  }
})

test('[item 5] a role changes its description, longest session, trust policy, tags and boundary', async () => {
  const root = scene.iam()
  const RoleName = 'changing'
  await root.createRole({ RoleName, AssumeRolePolicyDocument: trust(account), Description: 'before' })
  await root.updateRole({ RoleName, MaxSessionDuration: 43_200 })
  let { Role } = await root.getRole({ RoleName })
  assert.deepEqual([Role!.Description, Role!.MaxSessionDuration], ['before', 43_200], 'what is left out stays')
  await root.updateRole({ RoleName, Description: '' })
  Role = (await root.updateRoleDescription({ RoleName, Description: 'after' })).Role
  assert.deepEqual(Object.keys(Role!).sort(), [...always, 'Description'].sort())
  assert.equal(Role!.Description, 'after')
  const onlyRoot = trust(`arn:aws:iam::${account}:root`)
  await root.updateAssumeRolePolicy({ RoleName, PolicyDocument: onlyRoot })
  await root.tagRole({
    RoleName,
    Tags: [
      { Key: 'a', Value: '1' },
      { Key: 'b', Value: '2' },
    ],
  })
  await root.untagRole({ RoleName, TagKeys: ['A', 'c'] })
  await root.putRolePermissionsBoundary({ RoleName, PermissionsBoundary: readOnly })
  Role = (await root.getRole({ RoleName })).Role
  assert.equal(decodeURIComponent(Role!.AssumeRolePolicyDocument!), onlyRoot)
  assert.deepEqual(Role!.Tags, [{ Key: 'b', Value: '2' }])
  assert.deepEqual((await root.listRoleTags({ RoleName })).Tags, Role!.Tags)
  assert.equal(Role!.PermissionsBoundary!.PermissionsBoundaryArn, readOnly)
  await root.deleteRolePermissionsBoundary({ RoleName })
  assert.equal('PermissionsBoundary' in (await root.getRole({ RoleName })).Role!, false)
})

test('[item 5] a role is deleted when nothing hangs on it any more; each hindrance is named in turn', async () => {
  const root = scene.iam()
  const RoleName = 'held'
  await root.createRole({ RoleName, AssumeRolePolicyDocument: trust(account), PermissionsBoundary: readOnly })
  await root.createInstanceProfile({ InstanceProfileName: 'holder' })
  await root.addRoleToInstanceProfile({ InstanceProfileName: 'holder', RoleName })
  await root.putRolePolicy({ RoleName, PolicyName: 'p', PolicyDocument: policy(allow('iam:GetUser')) })
  await root.attachRolePolicy({ RoleName, PolicyArn: readOnly })
  const steps: readonly (readonly [must: string, undo: () => Promise<unknown>])[] = [
    ['remove roles from instance profile', () => root.removeRoleFromInstanceProfile({ InstanceProfileName: 'holder', RoleName })],
    ['delete policies', () => root.deleteRolePolicy({ RoleName, PolicyName: 'p' })],
    ['detach all policies', () => root.detachRolePolicy({ RoleName, PolicyArn: readOnly })],
  ]
  for (const [must, undo] of steps) {
    assert.equal(await refused(root.deleteRole({ RoleName })), `DeleteConflict 409 Cannot delete entity, must ${must} first.`)
    await undo()
  }
  await root.deleteRole({ RoleName })
  assert.equal(await refused(root.getRole({ RoleName })), 'NoSuchEntity 404 The role with name held cannot be found.')
})

test('[item 5] policies of a role: inline ones to 10240 characters together, twenty attached ones', async () => {
  const root = scene.iam()
  const RoleName = 'papers'
  await root.createRole({ RoleName, AssumeRolePolicyDocument: trust(account) })
  const half = policy(allow(Array.from({ length: 60 }, (_, at) => `iam:${'x'.repeat(80)}${at}`)))
  await root.putRolePolicy({ RoleName, PolicyName: 'one', PolicyDocument: half })
  assert.equal(
    await refused(root.putRolePolicy({ RoleName, PolicyName: 'two', PolicyDocument: half })),
    'LimitExceeded 409 Maximum policy size of 10240 bytes exceeded for role papers',
  )
  await root.putRolePolicy({ RoleName, PolicyName: 'one', PolicyDocument: half })
  assert.deepEqual((await root.listRolePolicies({ RoleName })).PolicyNames, ['one'])
  assert.equal(decodeURIComponent((await root.getRolePolicy({ RoleName, PolicyName: 'one' })).PolicyDocument!), half)
  assert.equal(
    await refused(root.getRolePolicy({ RoleName, PolicyName: 'two' })),
    'NoSuchEntity 404 The role policy with name two cannot be found.',
  )
  for (let at = 0; at < 20; at++) {
    const { Policy } = await root.createPolicy({ PolicyName: `paper-${at}`, PolicyDocument: policy(allow('iam:GetUser')) })
    await root.attachRolePolicy({ RoleName, PolicyArn: Policy!.Arn! })
  }
  assert.equal(
    await refused(root.attachRolePolicy({ RoleName, PolicyArn: readOnly })),
    'LimitExceeded 409 Cannot exceed quota for PoliciesPerRole: 20',
  )
  assert.equal((await root.listAttachedRolePolicies({ RoleName, MaxItems: 4 })).IsTruncated, true)
})

test('[item 7] a role made again under the old name inherits nothing: its sessions, and what trusted it, are dead', async () => {
  const root = scene.iam()
  const ann = await scene.newUser('ann')
  const first = (await root.createRole({ RoleName: 'phoenix', AssumeRolePolicyDocument: trust(`arn:aws:iam::${account}:user/ann`) })).Role!
  await root.putRolePolicy({ RoleName: 'phoenix', PolicyName: 'p', PolicyDocument: policy(allow('*')) })
  await root.createRole({ RoleName: 'treasure', AssumeRolePolicyDocument: trust(first.Arn!) })
  const session = await scene.assume(ann, first.Arn!)
  const old = scene.iam(session)
  await old.listUsers({})
  await scene.assume(session, arn('treasure'))

  await root.deleteRolePolicy({ RoleName: 'phoenix', PolicyName: 'p' })
  assert.match(await refused(old.listUsers({})), /^AccessDenied 403 .* because no identity-based policy allows the iam:ListUsers action$/)
  await root.deleteRole({ RoleName: 'phoenix' })
  assert.match(await refused(old.listUsers({})), /^InvalidClientTokenId 403 /)
  const second = (await root.createRole({ RoleName: 'phoenix', AssumeRolePolicyDocument: trust(`arn:aws:iam::${account}:user/ann`) })).Role!
  await root.putRolePolicy({ RoleName: 'phoenix', PolicyName: 'p', PolicyDocument: policy(allow('*')) })
  assert.notEqual(second.RoleId, first.RoleId)
  assert.match(await refused(old.listUsers({})), /^InvalidClientTokenId 403 /)
  const fresh = await scene.assume(ann, second.Arn!)
  await scene.iam(fresh).listUsers({})
  assert.match(
    await refused(scene.assume(fresh, arn('treasure'))),
    /^AccessDenied 403 .* not authorized to perform: sts:AssumeRole on resource: /,
  )
})

test('[item 7] a trust policy means the user it was written about, not the next of that name', async () => {
  const root = scene.iam()
  const userArn = `arn:aws:iam::${account}:user/eve`
  const eve = await scene.newUser('eve')
  await root.createRole({ RoleName: 'vault', AssumeRolePolicyDocument: trust(userArn) })
  await scene.assume(eve, arn('vault'))
  await root.deleteAccessKey({ UserName: 'eve', AccessKeyId: eve.accessKeyId })
  await root.deleteUser({ UserName: 'eve' })
  await root.updateRole({ RoleName: 'vault', Description: 'still dead' })
  const namesake = await scene.newUser('eve', allow('iam:GetRole'))
  assert.equal(
    await refused(scene.assume(namesake, arn('vault'))),
    `AccessDenied 403 User: ${userArn} is not authorized to perform: sts:AssumeRole on resource: ${arn('vault')}`,
  )
  await root.updateAssumeRolePolicy({ RoleName: 'vault', PolicyDocument: trust(userArn) })
  await scene.assume(namesake, arn('vault'))
})

test('[item 7] a trust policy follows the user it was written about through a rename', async () => {
  const root = scene.iam()
  const mover = await scene.newUser('mover')
  const text = trust([`arn:aws:iam::${account}:user/mover`, account])
  await root.createRole({ RoleName: 'loyal', AssumeRolePolicyDocument: text })
  await root.updateUser({ UserName: 'mover', NewUserName: 'moved', NewPath: '/away/' })
  await scene.assume(mover, arn('loyal'))
  const shown = decodeURIComponent((await root.getRole({ RoleName: 'loyal' })).Role!.AssumeRolePolicyDocument!)
  assert.equal(shown, trust([`arn:aws:iam::${account}:user/away/moved`, `arn:aws:iam::${account}:root`]))
  const squatter = await scene.newUser('mover')
  assert.match(await refused(scene.assume(squatter, arn('loyal'))), /^AccessDenied 403 /)
})
