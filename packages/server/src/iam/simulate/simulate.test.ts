import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import type { ContextEntry, EvaluationResult, IAM, SimulateCustomPolicyCommandInput } from '@aws-sdk/client-iam'
import { accountId, InProcess, type Key, refused } from '../../in-process.test.support.js'

const document = (...statements: readonly object[]): string => JSON.stringify({ Version: '2012-10-17', Statement: statements })
const allow = (Action: string | readonly string[], Resource: string | readonly string[] = '*', more: object = {}): object => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
})
const deny = (Action: string, Resource = '*', more: object = {}): object => ({ ...allow(Action, Resource, more), Effect: 'Deny' })
const bucket = 'arn:aws:s3:::depot'
const dana = `arn:aws:iam::${accountId}:user/staff/dana`

let place: InProcess
let iam: IAM

before(async () => {
  place = await InProcess.start()
  iam = place.iam()
  await iam.createUser({ UserName: 'dana', Path: '/staff/', Tags: [{ Key: 'team', Value: 'red' }] })
  await iam.createGroup({ GroupName: 'readers' })
  await iam.addUserToGroup({ UserName: 'dana', GroupName: 'readers' })
  await iam.putGroupPolicy({ GroupName: 'readers', PolicyName: 'reading', PolicyDocument: document(allow('s3:GetObject')) })
  await iam.putUserPolicy({ UserName: 'dana', PolicyName: 'listing', PolicyDocument: document(allow('s3:ListBucket', bucket)) })
  await iam.createPolicy({ PolicyName: 'writing', PolicyDocument: document(allow('s3:PutObject')) })
  await iam.attachUserPolicy({ UserName: 'dana', PolicyArn: `arn:aws:iam::${accountId}:policy/writing` })
  const trust = { Effect: 'Allow', Principal: { AWS: accountId }, Action: 'sts:AssumeRole' }
  await iam.createRole({ RoleName: 'deploy', AssumeRolePolicyDocument: document(trust) })
})

const custom = async (
  PolicyInputList: string[],
  more: Partial<SimulateCustomPolicyCommandInput> = {},
  action = 's3:GetObject',
): Promise<EvaluationResult> => (await iam.simulateCustomPolicy({ PolicyInputList, ActionNames: [action], ...more })).EvaluationResults![0]!

test('a resource that is named is told of on its own, with the columns in front of the statement and behind it', async () => {
  const text = '{"Version": "2012-10-17","Statement": [{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}'
  const found = await custom([text], { ResourceArns: [`${bucket}/k`] })
  const statement = {
    SourcePolicyId: 'PolicyInputList.1',
    SourcePolicyType: 'IAM Policy',
    StartPosition: { Line: 1, Column: text.indexOf('{', 1) + 1 },
    EndPosition: { Line: 1, Column: text.indexOf('}') + 2 },
  }
  assert.deepEqual(found, {
    EvalActionName: 's3:GetObject',
    EvalResourceName: `${bucket}/k`,
    EvalDecision: 'allowed',
    MatchedStatements: [statement],
    MissingContextValues: [],
    EvalDecisionDetails: {},
    ResourceSpecificResults: [{ EvalResourceName: `${bucket}/k`, EvalResourceDecision: 'allowed', MatchedStatements: [statement] }],
  })
  assert.equal(statement.StartPosition.Column, 40)
})

test('without resources there are neither details nor results of their own, and missing keys are told here', async () => {
  const conditional = document(allow('s3:GetObject', '*', { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'red' } } }))
  assert.deepEqual(await custom([conditional]), {
    EvalActionName: 's3:GetObject',
    EvalResourceName: '*',
    EvalDecision: 'implicitDeny',
    MatchedStatements: [],
    MissingContextValues: ['aws:PrincipalTag/team'],
  })
  const named = await custom([conditional], { ResourceArns: [`${bucket}/k`] })
  assert.deepEqual(named.MissingContextValues, ['aws:PrincipalTag/team'])
  assert.deepEqual(named.ResourceSpecificResults![0]!.MissingContextValues, ['aws:PrincipalTag/team'])
})

test('missing are the keys of every policy and of variables, sorted, and none where the answer is allowed', async () => {
  const texts = [
    document(allow('s3:PutObject', 'arn:aws:s3:::b/${aws:username}')),
    document(allow('s3:GetObject', "arn:aws:s3:::b/${x:team, 'none'}", { Condition: { Bool: { 'aws:SecureTransport': 'true' } } })),
  ]
  assert.deepEqual((await custom(texts)).MissingContextValues, ['aws:SecureTransport', 'aws:username', 'x:team'])
  assert.deepEqual((await custom([...texts, document(allow('*'))])).MissingContextValues, [])
})

test('of several resources the strictest verdict is the answer, and each has its own', async () => {
  const texts = [document(allow('s3:GetObject', `${bucket}/a`), deny('s3:GetObject', `${bucket}/c`))]
  const of = async (...keys: string[]) => custom(texts, { ResourceArns: keys.map((key) => `${bucket}/${key}`) })
  assert.equal((await of('a', 'b')).EvalDecision, 'implicitDeny')
  const all = await of('a', 'b', 'c')
  assert.equal(all.EvalDecision, 'explicitDeny')
  assert.equal(all.MatchedStatements!.length, 1)
  assert.deepEqual(
    all.ResourceSpecificResults!.map(({ EvalResourceDecision }) => EvalResourceDecision),
    ['allowed', 'implicitDeny', 'explicitDeny'],
  )
})

test('of a denial only the statements that deny are shown', async () => {
  const found = await custom([document(allow('*')), document(deny('s3:GetObject'))])
  assert.equal(found.EvalDecision, 'explicitDeny')
  assert.deepEqual(
    found.MatchedStatements!.map(({ SourcePolicyId }) => SourcePolicyId),
    ['PolicyInputList.2'],
  )
})

test('a boundary that is passed limits, and says so', async () => {
  const within = await custom([document(allow('*'))], { PermissionsBoundaryPolicyInputList: [document(allow('s3:*'))] })
  assert.equal(within.EvalDecision, 'allowed')
  assert.deepEqual(within.PermissionsBoundaryDecisionDetail, { AllowedByPermissionsBoundary: true })
  const beyond = await custom([document(allow('*'))], { PermissionsBoundaryPolicyInputList: [document(allow('ec2:*'))] })
  assert.equal(beyond.EvalDecision, 'implicitDeny')
  assert.deepEqual(beyond.PermissionsBoundaryDecisionDetail, { AllowedByPermissionsBoundary: false })
  const denied = await custom([document(allow('*'))], { PermissionsBoundaryPolicyInputList: [document(allow('*'), deny('s3:*'))] })
  assert.equal(denied.MatchedStatements![0]!.SourcePolicyType, 'Permissions Boundary Policy')
  assert.equal(denied.MatchedStatements![0]!.SourcePolicyId, 'PermissionsBoundaryPolicyInputList.1')
})

test('an organization is asked level by level first; where it denies nothing else is simulated', async () => {
  const levels = (...texts: string[][]) => ({
    OrderedOrganizationPolicyInputList: texts.map((ServiceControlPolicyInputList) => ({ ServiceControlPolicyInputList })),
  })
  const full = document(allow('*'))
  const open = await custom([full], levels([full], [document(allow('s3:*'))]))
  assert.equal(open.EvalDecision, 'allowed')
  assert.deepEqual(open.OrganizationsDecisionDetail, { AllowedByOrganizations: true })
  const silent = await custom([document(deny('s3:GetObject'))], {
    ...levels([full], [document(allow('ec2:*'))]),
    ResourceArns: [`${bucket}/k`],
  })
  assert.equal(silent.EvalDecision, 'implicitDeny')
  assert.deepEqual(silent.OrganizationsDecisionDetail, { AllowedByOrganizations: false })
  assert.deepEqual(silent.EvalDecisionDetails, {})
  const denied = await custom([full], levels([full, document(deny('s3:*'))]))
  assert.equal(denied.EvalDecision, 'explicitDeny')
  assert.deepEqual(denied.MatchedStatements, [])
  assert.match(
    await refused(custom([full], levels([]))),
    /^InvalidInput Organization policy at index 1 must contain at least one service control policy$/,
  )
})

test('a resource policy needs a caller; across accounts both sides must allow, and each is told', async () => {
  const open = document({ Effect: 'Allow', Principal: { AWS: dana }, Action: 's3:GetObject', Resource: `${bucket}/*` })
  const asked = { ResourcePolicy: open, CallerArn: dana, ResourceArns: [`${bucket}/k`] }
  const same = await custom([], asked)
  assert.equal(same.EvalDecision, 'allowed')
  assert.deepEqual(
    same.MatchedStatements!.map(({ SourcePolicyId, SourcePolicyType }) => [SourcePolicyId, SourcePolicyType]),
    [['ResourcePolicy', 'Resource Policy']],
  )
  assert.deepEqual(same.EvalDecisionDetails, {})
  const across = { ...asked, ResourceOwner: 'arn:aws:iam::999999999999:root' }
  const half = await custom([], across)
  assert.equal(half.EvalDecision, 'implicitDeny')
  assert.deepEqual(half.EvalDecisionDetails, { 'IAM Policy': 'implicitDeny', 'Resource Policy': 'allowed' })
  const both = await custom([document(allow('s3:*'))], across)
  assert.equal(both.EvalDecision, 'allowed')
  assert.deepEqual(both.ResourceSpecificResults![0]!.EvalDecisionDetails, { 'IAM Policy': 'allowed', 'Resource Policy': 'allowed' })
  assert.equal((await custom([], { ...asked, CallerArn: dana.replace('dana', 'erin') })).EvalDecision, 'implicitDeny')
  const wrong: readonly (readonly [Partial<SimulateCustomPolicyCommandInput>, string])[] = [
    [{ ...asked, CallerArn: undefined }, 'Invalid caller - Caller cannot be null or empty.'],
    [
      { ...asked, CallerArn: `arn:aws:iam::${accountId}:root` },
      'Invalid caller - Caller must be an IAM user, role or group in this context.',
    ],
    [{ ...asked, ResourceArns: undefined }, 'Invalid Entity Arn: * does not clearly define entity type and name.'],
    [{ ...asked, ResourceOwner: accountId }, `'${accountId}' is not a valid as a Resource Owner.`],
    [{ ...asked, ResourcePolicy: '{}' }, 'Resource policy has invalid content'],
  ]
  for (const [input, message] of wrong) assert.equal(await refused(custom([], input)), `InvalidInput ${message}`)
})

test('context entries have types; a list is a set even with one value', async () => {
  const entry = (ContextKeyType: ContextEntry['ContextKeyType'], ...ContextKeyValues: string[]): ContextEntry => ({
    ContextKeyName: 'x:test',
    ContextKeyType,
    ContextKeyValues,
  })
  const asks = (operator: string, value: unknown) => [
    document(allow('s3:GetObject', '*', { Condition: { [operator]: { 'x:test': value } } })),
  ]
  const decided = async (texts: string[], ...ContextEntries: ContextEntry[]) => (await custom(texts, { ContextEntries })).EvalDecision
  assert.equal(await decided(asks('NumericLessThan', 10), entry('numeric', '9')), 'allowed')
  assert.equal(await decided(asks('NumericLessThan', 10), entry('numeric', '11')), 'implicitDeny')
  assert.equal(await decided(asks('IpAddress', '203.0.113.0/24'), entry('ip', '203.0.113.7')), 'allowed')
  assert.equal(await decided(asks('DateLessThan', '2030-01-01'), entry('date', '2029-05-01T00:00:00Z')), 'allowed')
  assert.equal(await decided(asks('Bool', true), entry('boolean', 'TRUE')), 'allowed')
  assert.equal(await decided(asks('BinaryEquals', 'YQ=='), entry('binary', 'YQ==')), 'allowed')
  assert.equal(await decided(asks('StringEquals', 'a'), entry('stringList', 'a')), 'implicitDeny')
  assert.equal(await decided(asks('ForAnyValue:StringEquals', 'a'), entry('stringList', 'b', 'a')), 'allowed')
  const wrong: readonly (readonly [ContextEntry[], string])[] = [
    [[entry('numeric', 'abc')], 'Invalid context value for key x:test: expected numeric format.'],
    [[entry('dateList', '2029', 'tomorrow')], 'Invalid context value for key x:test: expected DateTime format.'],
    [[entry('ip', '999.0.0.1')], 'Invalid context value for key x:test: expected IP address.'],
    [[entry('binary', '!')], 'Invalid context value for key x:test: expected base-64 encoded binary format.'],
    [[entry('string', 'a', 'b')], 'Context key string expected a single value, but received 2.'],
    [[entry('string')], 'Context values for context key x:test cannot be null or empty.'],
    [[entry(undefined, 'a')], 'Context key x:test has invalid type null.'],
    [[entry('string', 'a'), { ...entry('string', 'b'), ContextKeyName: 'X:Test' }], 'Duplicate context key: X:Test.'],
    [[{ ...entry('string', 'a'), ContextKeyName: undefined }], 'ContextKeyName cannot be null or empty.'],
  ]
  for (const [ContextEntries, message] of wrong)
    assert.equal(await refused(custom(asks('StringEquals', 'a'), { ContextEntries })), `InvalidInput ${message}`)
})

test('what follows from nobody is absent; of a named caller ARN, name and account are there until entries say otherwise', async () => {
  const asks = (operator: string, key: string, value: string) => [
    document(allow('s3:GetObject', '*', { Condition: { [operator]: { [key]: value } } })),
  ]
  for (const key of ['aws:username', 'aws:PrincipalArn']) {
    assert.equal((await custom(asks('Null', key, 'true'))).EvalDecision, 'allowed', key)
    assert.equal((await custom(asks('Null', key, 'true'), { CallerArn: dana })).EvalDecision, 'implicitDeny', key)
  }
  assert.equal((await custom(asks('StringEquals', 'aws:username', 'dana'), { CallerArn: dana })).EvalDecision, 'allowed')
  assert.equal((await custom(asks('ArnEquals', 'aws:PrincipalArn', dana), { CallerArn: dana })).EvalDecision, 'allowed')
  assert.equal((await custom(asks('StringEquals', 'aws:PrincipalAccount', accountId))).EvalDecision, 'allowed')
  const ContextEntries: ContextEntry[] = [{ ContextKeyName: 'aws:username', ContextKeyType: 'string', ContextKeyValues: ['other'] }]
  assert.equal((await custom(asks('StringEquals', 'aws:username', 'other'), { CallerArn: dana, ContextEntries })).EvalDecision, 'allowed')
})

test('a principal is simulated with what is attached to it and its groups, inline policies by whose they are, and with what is passed besides', async () => {
  const asked = { PolicySourceArn: dana, ActionNames: ['s3:GetObject', 's3:PutObject', 's3:ListBucket', 's3:DeleteObject'] }
  const found = await iam.simulatePrincipalPolicy({ ...asked, ResourceArns: [bucket] })
  assert.deepEqual(
    found.EvaluationResults!.map(({ EvalDecision, MatchedStatements }) => [EvalDecision, MatchedStatements![0]?.SourcePolicyId]),
    [
      ['allowed', 'group_readers_reading'],
      ['allowed', 'writing'],
      ['allowed', 'user_dana_listing'],
      ['implicitDeny', undefined],
    ],
  )
  assert.equal(found.IsTruncated, false)
  const more = await iam.simulatePrincipalPolicy({ ...asked, PolicyInputList: [document(allow('s3:DeleteObject'))] })
  assert.deepEqual(more.EvaluationResults![3]!.MatchedStatements![0]!.SourcePolicyId, 'PolicyInputList.1')
  const group = await iam.simulatePrincipalPolicy({ ...asked, PolicySourceArn: `arn:aws:iam::${accountId}:group/readers` })
  assert.deepEqual(
    group.EvaluationResults!.map(({ EvalDecision }) => EvalDecision),
    ['allowed', 'implicitDeny', 'implicitDeny', 'implicitDeny'],
  )
})

test('policies can be left out of a simulation, by type, by ARN, and by the name of an inline one', async () => {
  const without = async (...PolicyExclusionList: NonNullable<Parameters<IAM['simulatePrincipalPolicy']>[0]['PolicyExclusionList']>) =>
    (
      await iam.simulatePrincipalPolicy({
        PolicySourceArn: dana,
        ActionNames: ['s3:GetObject', 's3:PutObject', 's3:ListBucket'],
        ResourceArns: [bucket],
        PolicyExclusionList,
      })
    ).EvaluationResults!.map(({ EvalDecision }) => EvalDecision === 'allowed')
  assert.deepEqual(await without({ PolicyType: 'inline' }), [false, true, false])
  assert.deepEqual(await without({ PolicyType: 'user-managed' }), [true, false, true])
  assert.deepEqual(await without({ PolicyType: 'aws-managed' }, { PolicyType: 'rcp' }), [true, true, true])
  assert.deepEqual(await without({ PolicyArn: `arn:aws:iam::${accountId}:policy/wri*` }), [true, false, true])
  const inline = { PolicyName: 'reading', AttachmentType: 'group', AttachmentName: 'read*' } as const
  assert.deepEqual(await without({ InlinePolicyIdentifier: inline }), [false, true, true])
  assert.deepEqual(await without({ InlinePolicyIdentifier: { ...inline, AttachmentType: 'user' } }), [true, true, true])
  await iam.createPolicy({ PolicyName: 'deep', Path: '/a/', PolicyDocument: document(allow('s3:PutObject')) })
  await iam.attachUserPolicy({ UserName: 'dana', PolicyArn: `arn:aws:iam::${accountId}:policy/a/deep` })
  const writing = { PolicyArn: `arn:aws:iam::${accountId}:policy/writing` }
  const byArn = async (path: string) => (await without(writing, { PolicyArn: `arn:aws:iam::${accountId}:policy/${path}` }))[1]
  assert.deepEqual([await byArn('a/deep'), await byArn('deep')], [true, false], 'by an ARN without the path, as AWS was recorded')
  await iam.detachUserPolicy({ UserName: 'dana', PolicyArn: `arn:aws:iam::${accountId}:policy/a/deep` })
  const unclear = 'InvalidInput Invalid inline policy exclusion: policyName, attachmentType, and attachmentName are required'
  for (const wrong of [{ PolicyName: 'read*' }, { PolicyName: 'readin?' }, { AttachmentName: 'r*d*' }])
    assert.equal(await refused(without({ InlinePolicyIdentifier: { ...inline, ...wrong } })), unclear)
  const constraint = (value: string, member: string, rule: string) =>
    `ValidationError 1 validation error detected: Value '${value}' at 'policyExclusionList.1.member.${member}' failed to satisfy constraint: Member must satisfy ${rule}`
  assert.equal(
    await refused(without({ PolicyType: 'bogus' as never })),
    constraint('bogus', 'policyType', 'enum value set: [scp, permission-boundary, aws-managed, inline, user-managed, rcp]'),
  )
  assert.equal(
    await refused(without({ InlinePolicyIdentifier: { ...inline, PolicyName: '*' } })),
    constraint('*', 'inlinePolicyIdentifier.policyName', 'regular expression pattern: .*[\\w+=,.@-]+.*'),
  )
  assert.match(await refused(without({ PolicyArn: 'arn:*:*' })), /^InvalidInput /)
})

test('only a user, a group or a role of the account has policies to simulate', async () => {
  const of = (PolicySourceArn: string) => iam.simulatePrincipalPolicy({ PolicySourceArn, ActionNames: ['s3:GetObject'] })
  const missing = 'NoSuchEntity Unable to retrieve specified IAM entity.'
  assert.equal(await refused(of(`arn:aws:iam::${accountId}:user/nobody`)), missing)
  for (const arn of [dana.replace('staff/', ''), dana.replace('staff/', 'elsewhere/')])
    assert.deepEqual((await of(arn)).EvaluationResults, (await of(dana)).EvaluationResults, 'the name counts, whatever the path')
  const session = `arn:aws:sts::${accountId}:assumed-role/deploy/visit`
  assert.equal(await refused(of(session)), `InvalidInput Invalid ARN provided in the request: ${session}`)
  assert.equal(
    await refused(of('arn:aws:iam::999999999999:user/dana')),
    `InvalidInput Invalid Policy Source Arn: caller's account ${accountId} does not have access to policies in account 999999999999.`,
  )
})

test('a user without the right is denied before anything is told, of another account, too', async () => {
  await iam.createUser({ UserName: 'erin' })
  const { AccessKey } = await iam.createAccessKey({ UserName: 'erin' })
  const key: Key = { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! }
  const asked = { PolicySourceArn: dana, ActionNames: ['s3:GetObject'] }
  assert.match(
    await refused(place.iam(key).simulatePrincipalPolicy(asked)),
    /^AccessDenied User: .*\/erin is not authorized to perform: iam:SimulatePrincipalPolicy on resource: arn:aws:iam::\d{12}:user\/staff\/dana because /,
  )
  const otherPath = dana.replace('staff/', 'own/')
  const ownPath = document(allow('iam:SimulatePrincipalPolicy', otherPath))
  await iam.putUserPolicy({ UserName: 'erin', PolicyName: 'own', PolicyDocument: ownPath })
  const byOtherPath = place.iam(key).simulatePrincipalPolicy({ ...asked, PolicySourceArn: otherPath })
  assert.match(await refused(byOtherPath), /user\/staff\/dana because /, 'what counts is who it is, not what it is called')
  const elsewhere = 'arn:aws:iam::999999999999:user/dana'
  assert.match(await refused(place.iam(key).simulatePrincipalPolicy({ ...asked, PolicySourceArn: elsewhere })), /^AccessDenied /)
  await iam.putUserPolicy({ UserName: 'erin', PolicyName: 'own', PolicyDocument: document(allow('iam:SimulatePrincipalPolicy', dana)) })
  assert.equal((await place.iam(key).simulatePrincipalPolicy(asked)).EvaluationResults!.length, 1)
  assert.match(
    await refused(place.iam(key).simulateCustomPolicy({ PolicyInputList: [document(allow('*'))], ActionNames: ['s3:GetObject'] })),
    /^AccessDenied /,
  )
})

test('inputs that cannot be simulated are refused with the place', async () => {
  const any = [document(allow('*'))]
  const wrong: readonly (readonly [string[], Partial<SimulateCustomPolicyCommandInput>, string])[] = [
    [any, { ActionNames: ['GetObject'] }, 'The action is invalid since it is missing names'],
    [any, { ResourceArns: ['not-an-arn'] }, 'ResourceNames are not in a valid ARN format: not-an-arn.'],
    [any, { ResourceArns: [bucket, '*'] }, 'ResourceNames are not in a valid ARN format: *.'],
    [['{'], {}, 'Policy input list item 1 has invalid content'],
    [[...any, '{"Version":"2099-01-01","Statement":[]}'], {}, 'Policy input list item 2 has invalid content'],
    [any, { PermissionsBoundaryPolicyInputList: [any[0]!, any[0]!] }, 'The list of Permissions Boundary policies cannot exceed 1 items.'],
    [
      any,
      { ResourceArns: [bucket], ResourceHandlingOption: 'EC2-VPC-EBS' },
      'Invalid input resource handling options. Action does not support resource handling options: s3:GetObject. Please refer to the documentation for more details: https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html',
    ],
  ]
  for (const [texts, input, message] of wrong) assert.equal(await refused(custom(texts, input)), `InvalidInput ${message}`)
  const instance = `arn:aws:ec2:us-east-1:${accountId}:instance/i-1`
  const option = { ResourceArns: [instance], ResourceHandlingOption: 'EC2-VPC-InstanceStore' }
  assert.equal((await custom(any, option, 'ec2:RunInstances')).EvalDecision, 'allowed')
})

test('a page is of actions, and ends before a call costs too much', async () => {
  const ActionNames = Array.from({ length: 20 }, (_, index) => `s3:Action${index}`)
  const asked = { PolicyInputList: [document(allow('*'))], ActionNames }
  const first = await iam.simulateCustomPolicy({ ...asked, MaxItems: 8 })
  assert.equal(first.IsTruncated, true)
  const second = await iam.simulateCustomPolicy({ ...asked, MaxItems: 8, Marker: first.Marker })
  const third = await iam.simulateCustomPolicy({ ...asked, MaxItems: 8, Marker: second.Marker })
  const names = [first, second, third].flatMap(({ EvaluationResults }) => EvaluationResults!.map(({ EvalActionName }) => EvalActionName))
  assert.deepEqual(names, ActionNames)
  assert.equal(third.IsTruncated, false)
  const ResourceArns = Array.from({ length: 1000 }, (_, index) => `${bucket}/${index}`)
  const large = await iam.simulateCustomPolicy({ ...asked, ResourceArns })
  assert.equal(large.EvaluationResults!.length, 10)
  assert.equal(large.IsTruncated, true)
})

test('context keys are those of conditions and variables, each spelling once a document, as they are written', async () => {
  const texts = [
    document(
      allow('s3:*', 'arn:aws:s3:::b/${aws:username}', { Condition: { StringLike: { 'aws:PrincipalTag/Team': "${aws:userid, 'x'}" } } }),
    ),
    document({ ...deny('s3:*', '*', { Condition: { Bool: { 'AWS:USERNAME': 'x', 'aws:SecureTransport': 'false' } } }), Principal: '*' }),
    JSON.stringify({ Statement: [allow('s3:*', 'arn:aws:s3:::b/${aws:SourceIp}')] }),
  ]
  const found = await iam.getContextKeysForCustomPolicy({ PolicyInputList: texts })
  assert.deepEqual(found.ContextKeyNames, ['aws:username', 'aws:userid', 'aws:PrincipalTag/Team', 'AWS:USERNAME', 'aws:SecureTransport'])
  const of = async (...PolicyInputList: string[]) => (await iam.getContextKeysForCustomPolicy({ PolicyInputList })).ContextKeyNames
  assert.deepEqual(await of(texts[1]!, texts[1]!), ['AWS:USERNAME', 'aws:SecureTransport', 'AWS:USERNAME', 'aws:SecureTransport'])
  const escapes = document(allow('s3:*', "arn:aws:s3:::b/${aws:username, 'x'}/${AWS:username}/${*}/${?}/${$}"))
  assert.deepEqual(await of(escapes), ['aws:username', 'AWS:username', '*', '?', '$'])
  const condition = { Condition: { StringEquals: { 'aws:username': 'a', '${aws:userid}': 'b' } } }
  for (const [unfinished, keys] of [
    [{ Statement: { Effect: 'Allow', Resource: '*', ...condition } }, ['aws:username', '${aws:userid}']],
    [{ Statement: { Effect: 'Allow', Condition: {} } }, []],
    [{ Statement: { Effect: 'Allow', Action: [], Resource: [] } }, []],
    [{ Statement: [] }, []],
    [{ Version: '2012-10-17' }, []],
  ] as const) {
    assert.deepEqual(await of(JSON.stringify(unfinished)), keys, JSON.stringify(unfinished))
  }
  for (const refusedText of [
    { Statement: { Action: '*', ...condition } },
    { Statement: allow('*'), Foo: 'x' },
    { Statement: { Effect: 'Allow', Condition: { MadeUp: { 'aws:username': 'a' } } } },
    { Statement: { Effect: 'Allow', Condition: { Bool: [] } } },
  ]) {
    assert.equal(await refused(of(JSON.stringify(refusedText))), 'InvalidInput Policy input list item 1 has invalid content')
  }
  const unknown = document(allow('s3:*', '*', { Condition: { MadeUp: { 'aws:username': 'a' } } }))
  assert.equal(await refused(of(unknown)), 'InvalidInput Policy input list item 1 has invalid content')
  assert.equal(
    await refused(iam.getContextKeysForCustomPolicy({ PolicyInputList: [texts[0]!, '[]'] })),
    'InvalidInput Policy input list item 2 has invalid content',
  )
  await iam.putGroupPolicy({
    GroupName: 'readers',
    PolicyName: 'conditional',
    PolicyDocument: document(allow('s3:Nothing', '*', { Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } })),
  })
  const shared = await iam.createPolicy({
    PolicyName: 'conditional-shared',
    PolicyDocument: document(allow('s3:Nothing', '*', { Condition: { Bool: { 'aws:ViaAWSService': 'true' } } })),
  })
  const PolicyArn = shared.Policy!.Arn!
  await iam.attachGroupPolicy({ GroupName: 'readers', PolicyArn })
  await iam.attachUserPolicy({ UserName: 'dana', PolicyArn })
  const own = await iam.getContextKeysForPrincipalPolicy({ PolicySourceArn: dana, PolicyInputList: [texts[0]!] })
  assert.deepEqual([...own.ContextKeyNames!].sort(), [
    'aws:PrincipalTag/Team',
    'aws:SourceIp',
    'aws:ViaAWSService',
    'aws:userid',
    'aws:username',
  ])
  await iam.detachGroupPolicy({ GroupName: 'readers', PolicyArn })
  await iam.detachUserPolicy({ UserName: 'dana', PolicyArn })
})
