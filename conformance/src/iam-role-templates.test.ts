import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AcquireRoleCommandInput, IAM } from '@aws-sdk/client-iam'
import { account, allow, deny, policy, refused, useServer } from './iam-scene.js'
import { accountsPath, callOwnApi } from './own-api.js'

const scene = useServer()

const templateArn = (name: string): string => `arn:aws:iam::aws:role-template/${name}:1`
const power = templateArn('iam.amazonaws.com/PowerUserRoleTemplate')
const rotation = templateArn('secretsmanager.amazonaws.com/AWSSecretsManagerRotationRoleTemplate')
const powerUser = 'arn:aws:iam::aws:policy/PowerUserAccess'
const readOnly = 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess'
const roleArn = (pathAndName: string): string => `arn:aws:iam::${account}:role/${pathAndName}`

type Given = Record<string, string | string[]>

const values = (given: Given): AcquireRoleCommandInput['ReplacementValues'] =>
  Object.fromEntries(Object.entries(given).map(([name, value]) => [name, { Values: [value].flat() }]))
const acquire = async (iam: IAM, TemplateArn: string, given: Given, TemplateMinorVersion?: number) =>
  (await iam.acquireRole({ TemplateArn, ReplacementValues: values(given), TemplateMinorVersion })).Role!
const lambda = (RoleName: string): Given => ({ RoleName, AWSServiceName: 'lambda.amazonaws.com' })

const gone = async (name: string): Promise<void> =>
  assert.equal(
    await refused(scene.iam().getRole({ RoleName: name })),
    `NoSuchEntity 404 The role with name ${name} cannot be found.`,
    'nothing is left behind',
  )

/** Answers have policies percent-encoded. */
const read = (document: string | undefined): unknown => JSON.parse(decodeURIComponent(document!))

test('AWS’s templates are read, and what is none is not found', async () => {
  const root = scene.iam()
  const { RoleTemplateVersion } = await root.getRoleTemplateVersion({ TemplateArn: power })
  const { AssumeRolePolicyDocumentTemplate, ...rest } = RoleTemplateVersion!
  assert.deepEqual(read(AssumeRolePolicyDocumentTemplate), {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: '@{AWSServiceName}' }, Action: 'sts:AssumeRole' }],
  })
  assert.deepEqual(Object.keys(rest).sort(), [
    ...['CreateTimestamp', 'DefaultMinorVersion', 'Description', 'Enabled', 'MajorVersion', 'ManagedByType', 'ManagedByValue'],
    ...['ManagedPolicyArns', 'MaxSessionDuration', 'MinorVersion', 'ParametersDefinition', 'RoleDescriptionPattern', 'RoleNamePattern'],
    ...['TemplateArn', 'TemplateName', 'TemplateVersionId', 'UpdateTimestamp', 'VersionEnabled'],
  ])
  assert.deepEqual(rest.ParametersDefinition![1], {
    Name: 'RoleName',
    Type: 'String',
    Description: 'Customized name for the role',
    IsRequired: false,
    DefaultValue: 'PowerUserRole',
    Immutable: false,
  })
  assert.equal(rest.CreateTimestamp!.toISOString(), '2026-06-12T02:57:08.000Z')
  const { InlinePolicyTemplates } = (await root.getRoleTemplateVersion({ TemplateArn: rotation, MinorVersion: 0 })).RoleTemplateVersion!
  assert.equal((read(InlinePolicyTemplates![0]!.PolicyDocument) as { Statement: object[] }).Statement.length, 4)

  const cannot = (arn: string): string => `NoSuchEntity 404 Role Template ${arn} cannot be found.`
  const other = power.replace(':1', ':2')
  assert.equal(await refused(root.getRoleTemplateVersion({ TemplateArn: other })), cannot(other))
  assert.equal(await refused(root.getRoleTemplateVersion({ TemplateArn: power, MinorVersion: 1 })), cannot(power))
  assert.match(await refused(root.getRoleTemplateVersion({ TemplateArn: 'something' })), /^InvalidInput 400 /)
  assert.match(await refused(root.acquireRole({ TemplateArn: powerUser })), /^InvalidInput 400 /)
})

test('a role is acquired as its template says, found again, and GetRole alone tells where it is from', async () => {
  const root = scene.iam()
  const made = await acquire(root, power, lambda('made'))
  assert.deepEqual(Object.keys(made).sort(), ['Arn', 'AssumeRolePolicyDocument', 'CreateDate', 'Path', 'RoleId', 'RoleName'])
  assert.deepEqual(await acquire(root, power, lambda('made'), 0), made)
  await scene.restart()
  const again = scene.iam()
  assert.deepEqual(await acquire(again, power, lambda('made')), made)
  const { Role } = await again.getRole({ RoleName: 'made' })
  assert.deepEqual(Role, {
    ...made,
    Description: 'Power user role for lambda.amazonaws.com',
    MaxSessionDuration: 3600,
    RoleLastUsed: {},
    SourceRoleTemplate: { TemplateArn: power, TemplateMinorVersion: 0 },
  })
  const { AttachedPolicies } = await again.listAttachedRolePolicies({ RoleName: 'made' })
  assert.deepEqual(AttachedPolicies, [{ PolicyName: 'PowerUserAccess', PolicyArn: powerUser }])
  const listed = (await again.listRoles({})).Roles!.find(({ RoleName }) => RoleName === 'made')!
  assert.deepEqual(Object.keys(listed).sort(), [...Object.keys(made), 'Description', 'MaxSessionDuration'].sort())
  const byDefault = await acquire(again, power, { AWSServiceName: 'ec2.amazonaws.com' })
  assert.equal(byDefault.RoleName, 'PowerUserRole')
})

test('inline policies and lists are filled in, and statements that are switched off are not', async () => {
  const root = scene.iam()
  const keys = ['1', '2'].map((digit) => `arn:aws:kms:us-east-1:${account}:key/${digit.repeat(8)}-1111-1111-1111-111111111111`)
  const least = { accountId: account, region: 'us-east-1', resourceType: 'probe' }
  const sids = async (RoleName: string): Promise<unknown[]> => {
    const { PolicyDocument } = await root.getRolePolicy({ RoleName, PolicyName: 'SecretRotationPermissionPolicy' })
    return (read(PolicyDocument) as { Statement: { Sid: string }[] }).Statement.map(({ Sid }) => Sid)
  }
  const small = await acquire(root, rotation, { ...least, RoleName: 'small' })
  assert.equal(small.Arn, roleArn('service-role/small'))
  assert.deepEqual(await sids('small'), ['AllowRotationAccessGeneric', 'AllowPasswordGenerationAccessAdmin'])
  const more = { ...least, adminType: 'admin-probe', kmsKeyArn: keys, ADMIN_RESOURCE_ENABLED: 'true', CMK_ENABLED: 'True' }
  await acquire(root, rotation, { ...more, RoleName: 'large' })
  assert.deepEqual(await sids('large'), [...(await sids('small')), ...['AllowRotationAccess', 'KMSAccessForCustomerSecret']])
  await acquire(root, rotation, { ...more, RoleName: 'large' })
  assert.equal(
    await refused(acquire(root, rotation, { ...least, RoleName: 'lacking', CMK_ENABLED: 'True' })),
    "InvalidInput 400 Failed to render template: Parameter 'kmsKeyArn' not found.",
  )
  await gone('lacking')
})

test('what cannot be made of a template is refused in AWS’s words, and nothing is made', async () => {
  const root = scene.iam()
  const noVersion = `NoSuchEntity 404 Role template not found in repository: ${power}`
  const given = lambda('never')
  for (const [parameters, answer, minor] of [
    [{ RoleName: 'never' }, "InvalidInput 400 Failed to render template: Parameter 'AWSServiceName' not found."],
    [
      { ...given, AWSServiceName: ['lambda.amazonaws.com', 'ec2.amazonaws.com'] },
      'ValidationError 400 AWSServiceName replacement value must contain exactly one value, got 2',
    ],
    [{ ...given, Unused: 'ignored' }, 'InvalidInput 400 Failed to render template: Unrecognized parameter: Unused'],
    [{ ...given, AWSServiceName: 'not-a-service' }, 'MalformedPolicyDocument 400 Invalid principal in policy: "SERVICE":"not-a-service"'],
    [
      { ...given, RoleName: 'never/ever' },
      'ValidationError 400 The specified value for roleName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-',
    ],
    [given, noVersion, 999],
    [given, noVersion, -1],
  ] as [Given, string, number?][]) {
    assert.equal(await refused(acquire(root, power, parameters, minor)), answer)
  }
  await gone('never')
})

const modified = (name: string): string => `RoleModified 409 Role ${name} has been modified since it was created and is no longer managed.`
const otherParameters =
  'NameConflict 409 A role with this name exists but was created with different parameters. Pass a unique roleName to create a new role.'
const notFromThis =
  'NameConflict 409 A role with this name already exists in the account but was not created from this template. Choose a different role name, or remove the existing role if it is no longer needed.'
const trusting = (service: string): string => policy({ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' })

test('a role that was changed is not given again until it is changed back; its description and its sessions may change', async () => {
  const root = scene.iam()
  const RoleName = 'edited'
  const { RoleId } = await acquire(root, power, lambda(RoleName))
  const reused = async (): Promise<void> => assert.equal((await acquire(root, power, lambda(RoleName))).RoleId, RoleId)
  await root.updateRole({ RoleName, MaxSessionDuration: 7200, Description: 'mine' })
  await reused()
  const Tags = [{ Key: 'Owner', Value: 'me' }]
  const changes: [() => Promise<unknown>, () => Promise<unknown>][] = [
    [() => root.tagRole({ RoleName, Tags }), () => root.untagRole({ RoleName, TagKeys: ['Owner'] })],
    [() => root.attachRolePolicy({ RoleName, PolicyArn: readOnly }), () => root.detachRolePolicy({ RoleName, PolicyArn: readOnly })],
    [() => root.detachRolePolicy({ RoleName, PolicyArn: powerUser }), () => root.attachRolePolicy({ RoleName, PolicyArn: powerUser })],
    [
      () => root.putRolePolicy({ RoleName, PolicyName: 'own', PolicyDocument: policy(allow('s3:GetObject')) }),
      () => root.deleteRolePolicy({ RoleName, PolicyName: 'own' }),
    ],
    [
      () => root.updateAssumeRolePolicy({ RoleName, PolicyDocument: trusting('ec2.amazonaws.com') }),
      () => root.updateAssumeRolePolicy({ RoleName, PolicyDocument: trusting('lambda.amazonaws.com') }),
    ],
    [
      () => root.putRolePermissionsBoundary({ RoleName, PermissionsBoundary: readOnly }),
      () => root.deleteRolePermissionsBoundary({ RoleName }),
    ],
  ]
  for (const [change, back] of changes) {
    await change()
    assert.equal(await refused(acquire(root, power, lambda(RoleName))), modified(RoleName))
    await back()
    await reused()
  }
  const otherShape = {
    Statement: { Action: ['sts:AssumeRole'], Effect: 'Allow', Principal: { Service: ['lambda.amazonaws.com'] } },
    Version: '2012-10-17',
  }
  await root.updateAssumeRolePolicy({ RoleName, PolicyDocument: JSON.stringify(otherShape, null, 4) })
  await reused()
})

test('a name that is taken by another role, or from other parameters, is a conflict', async () => {
  const root = scene.iam()
  await acquire(root, power, lambda('taken'))
  assert.equal(await refused(acquire(root, power, { ...lambda('taken'), AWSServiceName: 'ec2.amazonaws.com' })), otherParameters)
  assert.equal(await refused(acquire(root, power, lambda('TAKEN'))), otherParameters)
  const backup = templateArn('backup.amazonaws.com/AWSBackupDefaultServiceRoleTemplate')
  assert.equal(await refused(acquire(root, backup, { RoleName: 'taken', accountId: account })), notFromThis)
  await root.createRole({ RoleName: 'ordinary', AssumeRolePolicyDocument: trusting('lambda.amazonaws.com') })
  await root.attachRolePolicy({ RoleName: 'ordinary', PolicyArn: powerUser })
  assert.equal(await refused(acquire(root, power, lambda('ordinary'))), notFromThis)
})

const onTemplate = (arn: string): object => ({ Condition: { ArnEquals: { 'iam:RoleTemplateARN': arn } } })
const mayRead = allow('iam:GetRoleTemplateVersion', power)
const denied = (user: string, action: string, called: string): string =>
  `AccessDenied 403 User: arn:aws:iam::${account}:user/${user} is not authorized to perform: ${action} on resource: ${called} because no identity-based policy allows the ${action} action`

test('every step needs its own right, and conditions see the template at those on the role', async () => {
  const root = scene.iam()
  const own = scene.iam(await scene.newUser('acquirer'))
  const may = (...statements: object[]) =>
    root.putUserPolicy({ UserName: 'acquirer', PolicyName: 'own', PolicyDocument: policy(...statements) })
  const attaching = (arn: string, more: object = {}): object =>
    allow('iam:AttachRolePolicy', roleArn('stepwise'), {
      Condition: { ArnEquals: { 'iam:RoleTemplateARN': power, 'iam:PolicyARN': arn, ...more } },
    })
  const creating = allow('iam:CreateRole', roleArn('stepwise'), onTemplate(power))
  const refusal = () => refused(acquire(own, power, lambda('stepwise')))

  await may(creating, attaching(powerUser))
  assert.equal(await refusal(), denied('acquirer', 'iam:GetRoleTemplateVersion', `role template ${power}`))
  assert.equal(
    await refused(own.getRoleTemplateVersion({ TemplateArn: power })),
    denied('acquirer', 'iam:GetRoleTemplateVersion', `role-template ${power}`),
  )
  await may(allow('iam:GetRoleTemplateVersion', power, onTemplate(power)), creating, attaching(powerUser))
  assert.equal(await refusal(), denied('acquirer', 'iam:GetRoleTemplateVersion', `role template ${power}`), 'the template is no key there')
  await may(mayRead, attaching(powerUser), allow('iam:CreateRole', roleArn('stepwise'), onTemplate(rotation)))
  assert.equal(await refusal(), denied('acquirer', 'iam:CreateRole', roleArn('stepwise')))
  for (const attach of [[], [attaching(readOnly)], [allow('iam:AttachRolePolicy', roleArn('stepwise'), onTemplate(rotation))]]) {
    await may(mayRead, creating, ...attach)
    assert.equal(await refusal(), denied('acquirer', 'iam:AttachRolePolicy', 'role/stepwise'))
    await gone('stepwise')
  }
  await may(mayRead, creating, attaching(powerUser))
  const direct = { RoleName: 'stepwise', AssumeRolePolicyDocument: trusting('lambda.amazonaws.com') }
  assert.match(await refused(own.createRole(direct)), /^AccessDenied 403 /, 'a direct call has no template')
  await acquire(own, power, lambda('stepwise'))

  assert.equal(await refusal(), denied('acquirer', 'iam:GetRole', 'role stepwise'))
  const getting = allow('iam:GetRole', roleArn('stepwise'), onTemplate(power))
  await may(mayRead, getting)
  await acquire(own, power, lambda('stepwise'))
  assert.match(await refused(own.getRole({ RoleName: 'stepwise' })), /^AccessDenied 403 /)
  await may(mayRead, getting, deny('iam:GetRole'))
  assert.match(await refusal(), /^AccessDenied 403 .* with an explicit deny in an identity-based policy/)
})

test('an inline policy is a step of its own', async () => {
  const arn = roleArn('service-role/rotates')
  const rights = [
    allow('iam:GetRoleTemplateVersion', rotation),
    allow('iam:CreateRole', arn, onTemplate(rotation)),
    allow('iam:PutRolePolicy', arn, onTemplate(rotation)),
  ]
  const given = { RoleName: 'rotates', accountId: account, region: 'us-east-1', resourceType: 'x' }
  const without = scene.iam(await scene.newUser('cannot-put', ...rights.slice(0, 2)))
  assert.equal(await refused(acquire(without, rotation, given)), denied('cannot-put', 'iam:PutRolePolicy', 'role/service-role/rotates'))
  await gone('rotates')
  await acquire(scene.iam(await scene.newUser('can-put', ...rights)), rotation, given)
})

test('conditions see an account of AWS as the owner of its templates, and the caller’s as that of the role', async () => {
  const owned = (action: string, by: string): object => allow(action, '*', { Condition: { StringEquals: { 'aws:ResourceAccount': by } } })
  const aws = '639982225848'
  const reader = scene.iam(
    await scene.newUser(
      'of-aws',
      owned('iam:GetRoleTemplateVersion', aws),
      owned('iam:CreateRole', account),
      owned('iam:AttachRolePolicy', account),
    ),
  )
  await reader.getRoleTemplateVersion({ TemplateArn: power })
  await acquire(reader, power, lambda('of-aws'))
  for (const [at, by] of ['aws', account].entries()) {
    const other = scene.iam(await scene.newUser(`not-of-aws-${at}`, owned('iam:*', by)))
    for (const TemplateArn of [power, rotation, power.replace(':1', ':2')]) {
      assert.match(await refused(other.getRoleTemplateVersion({ TemplateArn })), /^AccessDenied 403 /, 'before it is looked for')
    }
    assert.match(await refused(acquire(other, power, lambda('not-of-aws'))), /^AccessDenied 403 /)
  }
  await gone('not-of-aws')
})

test('quotas are those of the steps', async () => {
  const { id, root } = await scene.newAccount('few-roles')
  const iam = scene.iam(root)
  const wanted = { AWSServiceName: 'lambda.amazonaws.com' }
  const { endpoint, rootKey: key } = scene.server()
  const target = `${accountsPath}/${id}/quotas/RolesPerAccount`
  assert.equal((await callOwnApi({ endpoint, key, method: 'PUT', target, input: { Value: 1 } })).error, '')
  await acquire(iam, power, { ...wanted, RoleName: 'first' })
  assert.match(await refused(acquire(iam, power, { ...wanted, RoleName: 'second' })), /^LimitExceeded 409 .*RolesPerAccount: 1$/)
  const given = { RoleName: 'third', accountId: account, region: 'us-east-1', resourceType: 'x'.repeat(10_240) }
  assert.equal(
    await refused(acquire(scene.iam(), rotation, given)),
    'LimitExceeded 409 Maximum policy size of 10240 bytes exceeded for role third',
  )
  await gone('third')
})
