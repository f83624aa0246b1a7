import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as sdk from '@aws-sdk/client-iam'
import * as stsSdk from '@aws-sdk/client-sts'
import { certificateOf, privateKey } from './certificates.support.js'
import { type Key, keyOf } from './clients.js'
import { account, allow, deny, policy, refused, trust, useServer } from './iam-scene.js'
import { bailiwick } from './running-server.js'
import { metadata } from './saml-identity-provider.js'

const target = 'target'
const arn = (typeAndName: string): string => `arn:aws:iam::${account}:${typeAndName}`

let missing: ReadonlySet<string>
let stsMissing: readonly string[]

const scene = useServer(async () => {
  const { iam, sts } = JSON.parse((await bailiwick(['coverage', '--json'])).stdout)
  missing = new Set(iam.missing)
  stsMissing = sts.missing
  const root = scene.iam()
  await scene.newUser(target)
  await root.createGroup({ GroupName: target })
  await root.createRole({ RoleName: target, AssumeRolePolicyDocument: trust(account) })
  await root.createInstanceProfile({ InstanceProfileName: target })
  await root.createPolicy({ PolicyName: target, PolicyDocument: policy(allow('iam:GetUser')) })
  await scene.newUser('outsider')
})

type Command = Parameters<sdk.IAMClient['send']>[0]
const commands = sdk as unknown as Readonly<Record<string, (new (input: object) => Command) | undefined>>

const stsCommands = stsSdk as unknown as Readonly<Record<string, (new (input: object) => StsCommand) | undefined>>
type StsCommand = Parameters<stsSdk.STSClient['send']>[0]

/** Sends an operation by its name; one that the SDK does not know cannot be asked for. */
const send = (key: Key, operation: string, input: object): Promise<unknown> =>
  scene.iam(key).send(new commands[`${operation}Command`]!(input))

test('[item 5] what this server does not do yet is answered with 501 by name, whoever asks, and never pretended', async () => {
  const nobody = await scene.newUser('asker')
  const asked = [...missing].filter((name) => commands[`${name}Command`] !== undefined)
  assert.ok(asked.length >= missing.size - 4, 'nearly all of them are known to the SDK')
  for (const operation of asked) {
    const expected = `NotImplemented 501 iam:${operation} is known but not carried out by this server yet.`
    assert.equal(await refused(send(nobody, operation, {})), expected)
    assert.equal(await refused(send(scene.server().rootKey, operation, {})), expected)
  }
  // Those that nobody signs are not asked for with credentials.
  const signed = stsMissing.filter((name) => !name.startsWith('AssumeRoleWith') && stsCommands[`${name}Command`] !== undefined)
  for (const operation of signed) {
    const sent = scene.sts().send(new stsCommands[`${operation}Command`]!({}))
    assert.equal(await refused(sent), `NotImplemented 501 sts:${operation} is known but not carried out by this server yet.`)
  }
})

test('[item 5] a denial tells nothing about whether the entity is there', async () => {
  const own = scene.iam(await scene.newUser('curious'))
  const sentence = (kind: string) =>
    `AccessDenied 403 User: ${arn('user/curious')} is not authorized to perform: iam:Get${kind} on resource: ${kind.toLowerCase()} absent because no identity-based policy allows the iam:Get${kind} action`
  assert.equal(await refused(own.getUser({ UserName: 'absent' })), sentence('User'))
  assert.equal(await refused(own.getRole({ RoleName: 'absent' })), sentence('Role'))
  assert.equal(await refused(own.getGroup({ GroupName: 'absent' })), sentence('Group'))
})

test('[item 5] lists are decided on the type and the path asked for', async () => {
  const own = scene.iam(await scene.newUser('lister', allow('iam:ListUsers', arn('user/team/*')), allow('iam:ListRoles', arn('role/*'))))
  assert.deepEqual((await own.listUsers({ PathPrefix: '/team/' })).Users, [])
  assert.match(await refused(own.listUsers({ PathPrefix: '/' })), /on resource: arn:aws:iam::000000000000:user\/ because no identity-based/)
  assert.match(
    await refused(own.listUsers({ PathPrefix: '/tea' })),
    /on resource: arn:aws:iam::000000000000:user\/tea because no identity-based/,
  )
  await own.listRoles({})
  for (const PathPrefix of [undefined, '/team/']) {
    const told = `iam:ListPolicies on resource: policy path ${PathPrefix ?? '/'} because no identity-based policy`
    assert.ok((await refused(own.listPolicies({ ...(PathPrefix !== undefined && { PathPrefix }) }))).includes(told), PathPrefix)
  }
})

test('a provider of identities is made by who may on its host, whatever its path', async () => {
  const Url = 'https://oidc.example.org/id/1'
  const byPath = scene.iam(
    await scene.newUser('by-path', allow('iam:CreateOpenIDConnectProvider', arn('oidc-provider/oidc.example.org/id/*'))),
  )
  assert.match(
    await refused(byPath.createOpenIDConnectProvider({ Url })),
    /iam:CreateOpenIDConnectProvider on resource: arn:aws:iam::000000000000:oidc-provider\/oidc\.example\.org because/,
  )
  const byHost = scene.iam(await scene.newUser('by-host', allow('iam:CreateOpenIDConnectProvider', arn('oidc-provider/oidc.example.org'))))
  assert.equal((await byHost.createOpenIDConnectProvider({ Url })).OpenIDConnectProviderArn, arn('oidc-provider/oidc.example.org/id/1'))
})

test('[item 5] a group gives its policies to those who are in it, inline and attached, until they leave', async () => {
  const root = scene.iam()
  const own = scene.iam(await scene.newUser('member'))
  await root.createGroup({ GroupName: 'readers' })
  await root.putGroupPolicy({ GroupName: 'readers', PolicyName: 'list', PolicyDocument: policy(allow('iam:ListUsers')) })
  await root.attachGroupPolicy({ GroupName: 'readers', PolicyArn: 'arn:aws:iam::aws:policy/IAMReadOnlyAccess' })
  assert.match(await refused(own.listUsers({})), /^AccessDenied/)
  await root.addUserToGroup({ GroupName: 'readers', UserName: 'member' })
  await own.listUsers({})
  await own.listGroups({})
  await root.detachGroupPolicy({ GroupName: 'readers', PolicyArn: 'arn:aws:iam::aws:policy/IAMReadOnlyAccess' })
  await own.listUsers({})
  assert.match(await refused(own.listGroups({})), /^AccessDenied/)
  await root.removeUserFromGroup({ GroupName: 'readers', UserName: 'member' })
  assert.match(await refused(own.listUsers({})), /^AccessDenied/)
})

test('[item 5] an explicit deny wins over everything, and the sentence says what kind of policy it was', async () => {
  const root = scene.iam()
  const own = scene.iam(await scene.newUser('denied', allow('*'), deny('iam:ListUsers')))
  assert.match(
    await refused(own.listUsers({})),
    /^AccessDenied 403 User: arn:aws:iam::000000000000:user\/denied is not authorized to perform: iam:ListUsers on resource: arn:aws:iam::000000000000:user\/ with an explicit deny in an identity-based policy/,
  )
  await own.listRoles({})
  await root.createGroup({ GroupName: 'forbidden' })
  const { Policy } = await root.createPolicy({ PolicyName: 'no-roles', PolicyDocument: policy(deny('iam:ListRoles')) })
  await root.attachGroupPolicy({ GroupName: 'forbidden', PolicyArn: Policy!.Arn! })
  await root.addUserToGroup({ GroupName: 'forbidden', UserName: 'denied' })
  assert.match(
    await refused(own.listRoles({})),
    /with an explicit deny in an identity-based policy: arn:aws:iam::000000000000:policy\/no-roles$/,
  )
})

test('[item 5] a boundary limits what policies give and gives nothing itself', async () => {
  const root = scene.iam()
  const own = scene.iam(await scene.newUser('fenced', allow('iam:List*')))
  const { Policy } = await root.createPolicy({ PolicyName: 'fence', PolicyDocument: policy(allow(['iam:ListUsers', 'iam:GetUser'])) })
  await root.putUserPermissionsBoundary({ UserName: 'fenced', PermissionsBoundary: Policy!.Arn! })
  await own.listUsers({})
  assert.equal(
    await refused(own.listRoles({})),
    `AccessDenied 403 User: ${arn('user/fenced')} is not authorized to perform: iam:ListRoles on resource: ${arn('role/')} because no permissions boundary allows the iam:ListRoles action`,
  )
  assert.match(await refused(own.getUser({ UserName: target })), /because no identity-based policy allows the iam:GetUser action$/)
  await root.createPolicyVersion({
    PolicyArn: Policy!.Arn!,
    PolicyDocument: policy(allow('iam:*'), deny('iam:ListUsers')),
    SetAsDefault: true,
  })
  await own.listRoles({})
  assert.match(await refused(own.listUsers({})), /with an explicit deny in a permissions boundary/)
  await root.deleteUserPermissionsBoundary({ UserName: 'fenced' })
  await own.listUsers({})
})

test('[item 5] a session policy limits the session and gives nothing itself', async () => {
  const root = scene.iam()
  const key = await scene.newUser('visitor')
  const { Role } = await root.createRole({ RoleName: 'limited', AssumeRolePolicyDocument: trust(arn('user/visitor')) })
  await root.putRolePolicy({ RoleName: 'limited', PolicyName: 'own', PolicyDocument: policy(allow('iam:List*')) })
  const session = scene.iam(await scene.assume(key, Role!.Arn!, { Policy: policy(allow(['iam:ListUsers', 'iam:GetUser'])) }))
  await session.listUsers({})
  const user = `arn:aws:sts::${account}:assumed-role/limited/visit`
  assert.equal(
    await refused(session.listRoles({})),
    `AccessDenied 403 User: ${user} is not authorized to perform: iam:ListRoles on resource: ${arn('role/')} because no session policy allows the iam:ListRoles action`,
  )
  assert.match(await refused(session.getUser({ UserName: target })), /because no identity-based policy allows the iam:GetUser action$/)
  const byArn = scene.iam(
    await scene.assume(key, Role!.Arn!, { PolicyArns: [{ arn: 'arn:aws:iam::aws:policy/AWSAccountManagementReadOnlyAccess' }] }),
  )
  assert.match(await refused(byArn.listUsers({})), /because no session policy allows the iam:ListUsers action$/)
  const refusing = scene.iam(await scene.assume(key, Role!.Arn!, { Policy: policy(allow('*'), deny('iam:ListUsers')) }))
  await refusing.listRoles({})
  assert.match(await refused(refusing.listUsers({})), /with an explicit deny in a session policy$/)
})

test('[item 5] conditions see the tags of the resource, of the request and of the principal', async () => {
  const root = scene.iam()
  const own = scene.iam(
    await scene.newUser(
      'conditional',
      allow('iam:GetUser', '*', { Condition: { StringEquals: { 'aws:ResourceTag/Team': 'red' } } }),
      allow('iam:ListUserTags', '*', { Condition: { StringEquals: { 'iam:ResourceTag/team': '${aws:PrincipalTag/team}' } } }),
      allow(['iam:CreateUser', 'iam:TagUser'], '*', {
        Condition: { StringEquals: { 'aws:RequestTag/Team': 'red' }, 'ForAllValues:StringEquals': { 'aws:TagKeys': ['Team', 'Cost'] } },
      }),
      allow('iam:UntagUser', '*', { Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['Cost'] } } }),
    ),
  )
  await root.tagUser({ UserName: 'conditional', Tags: [{ Key: 'Team', Value: 'red' }] })
  const red = { Key: 'Team', Value: 'red' }
  await root.createUser({ UserName: 'red', Tags: [red] })
  await root.createUser({ UserName: 'blue', Tags: [{ Key: 'Team', Value: 'blue' }] })
  await root.createUser({ UserName: 'plain' })
  await own.getUser({ UserName: 'red' })
  await own.listUserTags({ UserName: 'red' })
  for (const UserName of ['blue', 'plain', 'absent']) {
    assert.match(await refused(own.getUser({ UserName })), /^AccessDenied/, UserName)
    assert.match(await refused(own.listUserTags({ UserName })), /^AccessDenied/, UserName)
  }
  await own.createUser({ UserName: 'made', Tags: [red, { Key: 'Cost', Value: '1' }] })
  for (const Tags of [undefined, [{ Key: 'Team', Value: 'blue' }], [red, { Key: 'Other', Value: '1' }]]) {
    assert.match(await refused(own.createUser({ UserName: 'unmade', ...(Tags && { Tags }) })), /^AccessDenied/)
  }
  assert.match(await refused(own.tagUser({ UserName: 'plain', Tags: [{ Key: 'Cost', Value: '1' }] })), /^AccessDenied/)
  await own.tagUser({ UserName: 'plain', Tags: [red] })
  await own.untagUser({ UserName: 'plain', TagKeys: ['Cost'] })
  assert.match(await refused(own.untagUser({ UserName: 'plain', TagKeys: ['Cost', 'Team'] })), /^AccessDenied/)
})

test('[item 5] who may create but not tag creates nothing with tags, and is told the right that is missing', async () => {
  const key = await scene.newUser('untagger', allow('iam:Create*'), allow('iam:Upload*'))
  const own = scene.iam(key)
  const tagger = scene.iam(await scene.newUser('all-tagger', allow('iam:Create*'), allow('iam:Upload*'), allow('iam:Tag*', arn('*'))))
  const Tags = [{ Key: 'Team', Value: 'red' }]
  const PrivateKey = privateKey()
  type Iam = typeof own
  const cases: readonly (readonly [action: string, resource: string, create: (iam: Iam, more: object) => Promise<unknown>])[] = [
    ['TagUser', arn('user/bare'), (iam, more) => iam.createUser({ UserName: 'bare', ...more })],
    ['TagRole', arn('role/bare'), (iam, more) => iam.createRole({ RoleName: 'bare', AssumeRolePolicyDocument: trust(account), ...more })],
    [
      'TagPolicy',
      'policy bare',
      (iam, more) => iam.createPolicy({ PolicyName: 'bare', PolicyDocument: policy(allow('iam:GetUser')), ...more }),
    ],
    [
      'TagInstanceProfile',
      arn('instance-profile/bare'),
      (iam, more) => iam.createInstanceProfile({ InstanceProfileName: 'bare', ...more }),
    ],
    [
      'TagOpenIDConnectProvider',
      arn('oidc-provider/bare.example.com'),
      (iam, more) => iam.createOpenIDConnectProvider({ Url: 'https://bare.example.com', ...more }),
    ],
    [
      'TagSAMLProvider',
      arn('saml-provider/bare'),
      (iam, more) => iam.createSAMLProvider({ Name: 'bare', SAMLMetadataDocument: metadata(), ...more }),
    ],
    ['TagMFADevice', arn('mfa/bare'), (iam, more) => iam.createVirtualMFADevice({ VirtualMFADeviceName: 'bare', ...more })],
    [
      'TagServerCertificate',
      arn('server-certificate/bare'),
      (iam, more) =>
        iam.uploadServerCertificate({
          ServerCertificateName: 'bare',
          CertificateBody: certificateOf('bare', 1),
          PrivateKey,
          ...more,
        }),
    ],
  ]
  for (const [action, resource, create] of cases) {
    assert.equal(
      await refused(create(own, { Tags })),
      `AccessDenied 403 User: ${arn('user/untagger')} is not authorized to perform: iam:${action} on resource: ${resource} because no identity-based policy allows the iam:${action} action`,
    )
    await create(own, {})
    assert.match(await refused(create(tagger, { Tags })), /^EntityAlreadyExists 409 /, `${action}: it was created without tags`)
  }
  await tagger.createUser({ UserName: 'tagged', Tags })
  const narrow = scene.iam(
    await scene.newUser(
      'narrow-tagger',
      allow('iam:CreateUser'),
      allow('iam:TagUser', '*', { Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['Team'] } } }),
    ),
  )
  await narrow.createUser({ UserName: 'narrow', Tags })
  assert.match(
    await refused(narrow.createUser({ UserName: 'wide', Tags: [...Tags, { Key: 'Cost', Value: '1' }] })),
    /^AccessDenied 403 .* iam:TagUser on resource: /,
  )
})

test('[item 5] who may attach only some policies, or create only bounded users, gets no further', async () => {
  const root = scene.iam()
  const boundary = (await root.createPolicy({ PolicyName: 'delegated', PolicyDocument: policy(allow('iam:GetUser')) })).Policy!.Arn!
  const open = 'arn:aws:iam::aws:policy/IAMReadOnlyAccess'
  const own = scene.iam(
    await scene.newUser(
      'delegate',
      allow(['iam:AttachUserPolicy', 'iam:DetachUserPolicy'], '*', { Condition: { ArnEquals: { 'iam:PolicyARN': open } } }),
      allow(['iam:CreateUser', 'iam:PutUserPermissionsBoundary'], '*', {
        Condition: { StringEquals: { 'iam:PermissionsBoundary': boundary } },
      }),
      allow('iam:PutUserPolicy', '*', { Condition: { StringEquals: { 'iam:PermissionsBoundary': boundary } } }),
    ),
  )
  await own.createUser({ UserName: 'ward', PermissionsBoundary: boundary })
  assert.match(await refused(own.createUser({ UserName: 'stray' })), /^AccessDenied/)
  assert.match(await refused(own.createUser({ UserName: 'stray', PermissionsBoundary: open })), /^AccessDenied/)
  await own.attachUserPolicy({ UserName: 'ward', PolicyArn: open })
  assert.match(
    await refused(own.attachUserPolicy({ UserName: 'ward', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' })),
    /^AccessDenied/,
  )
  await own.detachUserPolicy({ UserName: 'ward', PolicyArn: open })
  await own.putUserPolicy({ UserName: 'ward', PolicyName: 'p', PolicyDocument: policy(allow('*')) })
  assert.match(
    await refused(own.putUserPolicy({ UserName: 'outsider', PolicyName: 'p', PolicyDocument: policy(allow('*')) })),
    /^AccessDenied/,
  )
  assert.match(await refused(own.putUserPermissionsBoundary({ UserName: 'ward', PermissionsBoundary: open })), /^AccessDenied/)
  assert.match(await refused(own.deleteUserPermissionsBoundary({ UserName: 'ward' })), /^AccessDenied/)
})

test('[item 5] a boundary is a condition of the actions that AWS lists for it, and of no others; a tag of IAM’s own key is of users and roles', async () => {
  const root = scene.iam()
  const boundary = (await root.createPolicy({ PolicyName: 'listed', PolicyDocument: policy(allow('iam:GetUser')) })).Policy!.Arn!
  const bounded = { Condition: { StringEquals: { 'iam:PermissionsBoundary': boundary } } }
  const own = scene.iam(await scene.newUser('bounder', allow('iam:*', '*', bounded)))
  const [UserName, RoleName, PolicyName] = ['bounded', 'bounded', 'p']
  const [PolicyArn, PolicyDocument] = ['arn:aws:iam::aws:policy/IAMReadOnlyAccess', policy(allow('*'))]
  await own.createUser({ UserName, PermissionsBoundary: boundary })
  await own.createRole({ RoleName, AssumeRolePolicyDocument: trust(account), PermissionsBoundary: boundary })
  const refusals: readonly (() => Promise<unknown>)[] = [
    () => own.getUser({ UserName }),
    () => own.updateUser({ UserName, NewPath: '/x/' }),
    () => own.tagUser({ UserName, Tags: [{ Key: 'a', Value: 'b' }] }),
    () => own.untagUser({ UserName, TagKeys: ['a'] }),
    () => own.listUserPolicies({ UserName }),
    () => own.listAttachedUserPolicies({ UserName }),
    () => own.getUserPolicy({ UserName, PolicyName }),
    () => own.createAccessKey({ UserName }),
    () => own.createLoginProfile({ UserName, Password: 'Correct-horse-7-battery' }),
    () => own.deleteUser({ UserName }),
    () => own.tagRole({ RoleName, Tags: [{ Key: 'a', Value: 'b' }] }),
    () => own.listRoleTags({ RoleName }),
    () => own.getRolePolicy({ RoleName, PolicyName }),
    () => own.listInstanceProfilesForRole({ RoleName }),
  ]
  for (const call of refusals) assert.match(await refused(call()), /^AccessDenied 403 .* because no identity-based policy allows /)
  await own.putUserPolicy({ UserName, PolicyName, PolicyDocument })
  await own.deleteUserPolicy({ UserName, PolicyName })
  await own.attachUserPolicy({ UserName, PolicyArn })
  await own.detachUserPolicy({ UserName, PolicyArn })
  await own.putUserPermissionsBoundary({ UserName, PermissionsBoundary: boundary })
  await own.deleteUserPermissionsBoundary({ UserName })
  await own.getRole({ RoleName })
  await own.updateRole({ RoleName })
  await own.updateRoleDescription({ RoleName, Description: 'x' })
  await own.updateAssumeRolePolicy({ RoleName, PolicyDocument: trust(account) })
  await own.putRolePolicy({ RoleName, PolicyName, PolicyDocument })
  await own.deleteRolePolicy({ RoleName, PolicyName })
  await own.attachRolePolicy({ RoleName, PolicyArn })
  await own.detachRolePolicy({ RoleName, PolicyArn })
  await own.putRolePermissionsBoundary({ RoleName, PermissionsBoundary: boundary })
  await own.deleteRole({ RoleName })

  const Tags = [{ Key: 'team', Value: 'red' }]
  await root.createUser({ UserName: 'crimson', Tags })
  const tagged = (await root.createPolicy({ PolicyName: 'crimson', PolicyDocument, Tags })).Policy!.Arn!
  const where = (key: string) => ({ Condition: { StringEquals: { [`${key}:ResourceTag/team`]: 'red' } } })
  const byOwnKey = scene.iam(await scene.newUser('by-own-key', allow('iam:*', '*', where('iam'))))
  const byCommonKey = scene.iam(await scene.newUser('by-common-key', allow('iam:*', '*', where('aws'))))
  for (const client of [byOwnKey, byCommonKey]) await client.getUser({ UserName: 'crimson' })
  await byCommonKey.getPolicy({ PolicyArn: tagged })
  assert.match(await refused(byOwnKey.getPolicy({ PolicyArn: tagged })), /^AccessDenied 403 .* iam:GetPolicy /)
})

test('[item 5] renaming needs the right on the old ARN and on the new one', async () => {
  const root = scene.iam()
  await root.createUser({ UserName: 'old' })
  await root.createGroup({ GroupName: 'old' })
  const own = scene.iam(
    await scene.newUser('renamer', allow('iam:UpdateUser', [arn('user/old'), arn('user/new')]), allow('iam:UpdateGroup', arn('group/old'))),
  )
  assert.equal(
    await refused(own.updateUser({ UserName: 'old', NewPath: '/elsewhere/' })),
    `AccessDenied 403 User: ${arn('user/renamer')} is not authorized to perform: iam:UpdateUser on resource: user old because no identity-based policy allows the iam:UpdateUser action`,
  )
  assert.match(
    await refused(own.updateGroup({ GroupName: 'old', NewGroupName: 'new' })),
    /on resource: group new because no identity-based policy/,
  )
  await own.updateUser({ UserName: 'old', NewUserName: 'new' })
  assert.match(
    await refused(own.updateUser({ UserName: 'new', NewUserName: 'newer' })),
    /on resource: user newer because no identity-based policy/,
  )
})

test('[item 5] passing a role on needs iam:PassRole on that role, for the service that gets it', async () => {
  const root = scene.iam()
  for (const RoleName of ['machine', 'admin']) {
    await root.createRole({ RoleName, Path: '/work/', AssumeRolePolicyDocument: trust(account) })
    await root.createInstanceProfile({ InstanceProfileName: RoleName })
  }
  const add = 'iam:AddRoleToInstanceProfile'
  const roleArn = arn('role/work/machine')
  const none = scene.iam(await scene.newUser('no-pass', allow(add)))
  const sentence = (user: string) =>
    `AccessDenied 403 User: ${arn(`user/${user}`)} is not authorized to perform: iam:PassRole on resource: ${roleArn} because no identity-based policy allows the iam:PassRole action`
  assert.equal(await refused(none.addRoleToInstanceProfile({ InstanceProfileName: 'machine', RoleName: 'machine' })), sentence('no-pass'))
  const lambda = { Condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } } }
  const elsewhere = scene.iam(await scene.newUser('pass-lambda', allow(add), allow('iam:PassRole', roleArn, lambda)))
  assert.equal(
    await refused(elsewhere.addRoleToInstanceProfile({ InstanceProfileName: 'machine', RoleName: 'machine' })),
    sentence('pass-lambda'),
  )
  const ec2 = { Condition: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } } }
  const passer = scene.iam(await scene.newUser('pass', allow(add), allow('iam:PassRole', roleArn, ec2)))
  assert.match(
    await refused(passer.addRoleToInstanceProfile({ InstanceProfileName: 'admin', RoleName: 'admin' })),
    /iam:PassRole on resource: arn:aws:iam::000000000000:role\/work\/admin because/,
  )
  await passer.addRoleToInstanceProfile({ InstanceProfileName: 'machine', RoleName: 'machine' })
})

test('[item 5] an administrator cannot change what belongs to AWS, nor see into another account', async () => {
  const admin = scene.iam(await scene.newUser('admin', allow('*')))
  const PolicyArn = 'arn:aws:iam::aws:policy/ReadOnlyAccess'
  await admin.getPolicy({ PolicyArn })
  assert.match(await refused(admin.deletePolicy({ PolicyArn })), /^AccessDenied 403 /)
  assert.match(await refused(admin.tagPolicy({ PolicyArn, Tags: [{ Key: 'a', Value: 'b' }] })), /^AccessDenied 403 /)
  assert.match(await refused(admin.createPolicyVersion({ PolicyArn, PolicyDocument: policy(allow('*')) })), /^AccessDenied 403 /)
  assert.match(await refused(scene.iam().deletePolicy({ PolicyArn })), /^AccessDenied 403 /, 'not even the root user')

  const other = await scene.newAccount('neighbour')
  const theirs = scene.iam(other.root)
  const foreign = (await theirs.createPolicy({ PolicyName: 'theirs', PolicyDocument: policy(allow('iam:GetUser')) })).Policy!.Arn!
  await theirs.createUser({ UserName: 'alien' })
  const alien = keyOf((await theirs.createAccessKey({ UserName: 'alien' })).AccessKey)
  for (const caller of [admin, scene.iam()]) {
    assert.match(await refused(caller.getPolicy({ PolicyArn: foreign })), /^AccessDenied 403 /)
    assert.match(await refused(caller.deletePolicy({ PolicyArn: foreign })), /^AccessDenied 403 /)
    assert.match(await refused(caller.getUser({ UserName: 'alien' })), /^NoSuchEntity 404 /)
    assert.match(await refused(caller.getAccessKeyLastUsed({ AccessKeyId: alien.accessKeyId })), /^AccessDenied 403 /)
    assert.match(await refused(caller.attachUserPolicy({ UserName: target, PolicyArn: foreign })), /^NoSuchEntity 404 /)
  }
})
