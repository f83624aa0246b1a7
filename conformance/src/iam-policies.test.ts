import assert from 'node:assert/strict'
import { test } from 'node:test'
import { account, allow, allPages, policy, refused, trust, useServer } from './iam-scene.js'

const scene = useServer()
const arn = (pathAndName: string): string => `arn:aws:iam::${account}:policy/${pathAndName}`
const text = policy(allow('iam:GetUser'))
const always = [
  'Arn',
  'AttachmentCount',
  'CreateDate',
  'DefaultVersionId',
  'IsAttachable',
  'Path',
  'PermissionsBoundaryUsageCount',
  'PolicyId',
  'PolicyName',
  'UpdateDate',
]

test('[item 5] CreatePolicy, GetPolicy and ListPolicies each show their own members', async () => {
  const root = scene.iam()
  const { Policy } = await root.createPolicy({ PolicyName: 'plain', PolicyDocument: text, Description: 'Reads.' })
  assert.deepEqual(Object.keys(Policy!).sort(), always)
  assert.match(Policy!.PolicyId!, /^ANPA[A-Z2-7]{17}$/)
  const { AttachmentCount, PermissionsBoundaryUsageCount, IsAttachable, DefaultVersionId, Path, Arn } = Policy!
  assert.deepEqual(
    { AttachmentCount, PermissionsBoundaryUsageCount, IsAttachable, DefaultVersionId, Path, Arn },
    { AttachmentCount: 0, PermissionsBoundaryUsageCount: 0, IsAttachable: true, DefaultVersionId: 'v1', Path: '/', Arn: arn('plain') },
  )
  assert.deepEqual((await root.getPolicy({ PolicyArn: Arn! })).Policy, { ...Policy, Description: 'Reads.', Tags: [] })
  const tagged = await root.createPolicy({ PolicyName: 'tagged', Path: '/a/b/', PolicyDocument: text, Tags: [{ Key: 'a', Value: 'b' }] })
  assert.deepEqual(Object.keys(tagged.Policy!).sort(), [...always, 'Tags'].sort())
  assert.equal(tagged.Policy!.Arn, arn('a/b/tagged'))
  for (const listed of (await root.listPolicies({ Scope: 'Local' })).Policies!) assert.deepEqual(Object.keys(listed).sort(), always)
  const aws = (await root.getPolicy({ PolicyArn: 'arn:aws:iam::aws:policy/job-function/Billing' })).Policy!
  assert.deepEqual(Object.keys(aws).sort(), [...always, 'Description', 'Tags'].sort())
  assert.match(aws.Description!, /^Grants permissions for billing and cost management\./)
  for (const listed of (await root.listPolicies({ Scope: 'AWS' })).Policies!) assert.deepEqual(Object.keys(listed).sort(), always)
})

test('[item 5] a document that cannot be is refused in the words of IAM, for a policy and for a version of one', async () => {
  const root = scene.iam()
  const { Policy } = await root.createPolicy({ PolicyName: 'strict', PolicyDocument: text })
  const statement = { Effect: 'Allow', Action: 'iam:GetUser', Resource: '*' }
  const rows: readonly (readonly [document: string, message: string])[] = [
    ['no json', 'Syntax errors in policy.'],
    ['{}', 'Syntax errors in policy.'],
    [policy({ ...statement, Effect: 'allow' }), 'The policy failed legacy parsing'],
    [policy({ ...statement, NotAction: 'iam:GetRole' }), 'Syntax errors in policy.'],
    [policy({ Effect: 'Allow', Resource: '*' }), 'Policy statement must contain actions.'],
    [policy({ Effect: 'Allow', Action: 'iam:GetUser' }), 'Policy statement must contain resources.'],
    [policy({ ...statement, Action: 'GetUser' }), 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.'],
    [policy({ ...statement, Action: 'iam:Get:User' }), 'Actions/Condition can contain only one colon.'],
    [policy({ ...statement, Resource: 'user/x' }), 'Resource user/x must be in ARN format or "*".'],
    [policy({ ...statement, Principal: '*' }), 'Policy document should not specify a principal.'],
    [policy({ ...statement, Sid: 'a' }, { ...statement, Sid: 'a' }), 'Statement IDs (SID) in a single policy must be unique.'],
    [policy({ ...statement, Resource: 'arn:nowhere:s3:::b' }), 'Partition "nowhere" is not valid for resource "arn:nowhere:s3:::b".'],
    [JSON.stringify({ Version: '2008-10-17', Statement: [statement] }), 'Policy document must be version 2012-10-17 or greater.'],
  ]
  for (const [document, message] of rows) {
    const expected = `MalformedPolicyDocument 400 ${message}`
    assert.equal(await refused(root.createPolicy({ PolicyName: 'malformed', PolicyDocument: document })), expected, document)
    assert.equal(await refused(root.createPolicyVersion({ PolicyArn: Policy!.Arn!, PolicyDocument: document })), expected, document)
  }
  const long = policy(allow(Array.from({ length: 75 }, (_, at) => `iam:${'x'.repeat(80)}${at}`)))
  assert.equal(
    await refused(root.createPolicy({ PolicyName: 'long', PolicyDocument: long })),
    'LimitExceeded 409 Cannot exceed quota for PolicySize: 6144',
  )
  await root.createPolicy({ PolicyName: 'blanks', PolicyDocument: text.replace('[', `[${' '.repeat(7000)}`) })
  assert.equal((await root.getPolicy({ PolicyArn: Policy!.Arn! })).Policy!.DefaultVersionId, 'v1')
})

test('[item 5] names of policies are unique whatever their letter case and path', async () => {
  const root = scene.iam()
  await root.createPolicy({ PolicyName: 'Unique', PolicyDocument: text })
  for (const Path of ['/', '/elsewhere/']) {
    assert.equal(
      await refused(root.createPolicy({ PolicyName: 'UNIQUE', Path, PolicyDocument: text })),
      'EntityAlreadyExists 409 A policy called UNIQUE already exists. Duplicate names are not allowed.',
    )
  }
  assert.match(
    await refused(root.createPolicy({ PolicyName: 'a b', PolicyDocument: text })),
    /^ValidationError 400 The specified value for policyName is invalid\. /,
  )
})

test('[item 5] every operation on a policy that is not there says so, and text that is no ARN is told apart', async () => {
  const root = scene.iam()
  await root.createPolicy({ PolicyName: 'Cased', PolicyDocument: text })
  const calls: Readonly<Record<string, (PolicyArn: string) => Promise<unknown>>> = {
    getPolicy: (PolicyArn) => root.getPolicy({ PolicyArn }),
    deletePolicy: (PolicyArn) => root.deletePolicy({ PolicyArn }),
    getPolicyVersion: (PolicyArn) => root.getPolicyVersion({ PolicyArn, VersionId: 'v1' }),
    listPolicyVersions: (PolicyArn) => root.listPolicyVersions({ PolicyArn }),
    createPolicyVersion: (PolicyArn) => root.createPolicyVersion({ PolicyArn, PolicyDocument: text }),
    setDefaultPolicyVersion: (PolicyArn) => root.setDefaultPolicyVersion({ PolicyArn, VersionId: 'v1' }),
    deletePolicyVersion: (PolicyArn) => root.deletePolicyVersion({ PolicyArn, VersionId: 'v1' }),
    listEntitiesForPolicy: (PolicyArn) => root.listEntitiesForPolicy({ PolicyArn }),
    tagPolicy: (PolicyArn) => root.tagPolicy({ PolicyArn, Tags: [{ Key: 'a', Value: 'b' }] }),
    untagPolicy: (PolicyArn) => root.untagPolicy({ PolicyArn, TagKeys: ['a'] }),
    listPolicyTags: (PolicyArn) => root.listPolicyTags({ PolicyArn }),
  }
  const notAttachable = 'does not exist or is not attachable.'
  const sentences: Readonly<Record<string, string>> = {
    getPolicyVersion: `version v1 ${notAttachable}`,
    setDefaultPolicyVersion: `version v1 ${notAttachable}`,
    listEntitiesForPolicy: notAttachable,
  }
  for (const [name, call] of Object.entries(calls)) {
    for (const none of [arn('none'), arn('cased'), arn('path/Cased')]) {
      assert.equal(await refused(call(none)), `NoSuchEntity 404 Policy ${none} ${sentences[name] ?? 'was not found.'}`, name)
    }
  }
  for (const name of ['getPolicy', 'deletePolicy', 'getPolicyVersion', 'listEntitiesForPolicy'] as const) {
    const onlyItsName = 'Cased-is-its-name-only'
    assert.equal(await refused(calls[name]!(onlyItsName)), `ValidationError 400 ARN ${onlyItsName} is not valid.`, name)
  }
})

test('[item 5] versions count up, are never used again, and five is the most', async () => {
  const root = scene.iam()
  const PolicyArn = (await root.createPolicy({ PolicyName: 'versions', PolicyDocument: text })).Policy!.Arn!
  const add = async (SetAsDefault: boolean) =>
    (await root.createPolicyVersion({ PolicyArn, PolicyDocument: policy(allow('iam:ListUsers')), SetAsDefault })).PolicyVersion!
  const second = await add(false)
  assert.deepEqual([second.VersionId, second.IsDefaultVersion, second.Document], ['v2', false, undefined])
  const third = await add(true)
  assert.deepEqual([third.VersionId, third.IsDefaultVersion], ['v3', true])
  assert.equal((await root.getPolicy({ PolicyArn })).Policy!.DefaultVersionId, 'v3')
  assert.equal(
    await refused(root.deletePolicyVersion({ PolicyArn, VersionId: 'v3' })),
    'DeleteConflict 409 Cannot delete the default version of a policy.',
  )
  await root.deletePolicyVersion({ PolicyArn, VersionId: 'v2' })
  for (const expected of ['v4', 'v5', 'v6']) assert.equal((await add(false)).VersionId, expected)
  assert.equal(
    await refused(add(false)),
    'LimitExceeded 409 A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.',
  )
  await root.deletePolicyVersion({ PolicyArn, VersionId: 'v6' })
  assert.equal((await add(false)).VersionId, 'v7', 'v6 was the newest and is not used again')

  const listed = await allPages(async (Marker) => {
    const { Versions: items, ...rest } = await root.listPolicyVersions({ PolicyArn, MaxItems: 2, Marker })
    return { items, ...rest }
  })
  assert.deepEqual(
    listed.map(({ VersionId }) => VersionId),
    ['v7', 'v5', 'v4', 'v3', 'v1'],
  )
  assert.deepEqual(
    listed.filter(({ IsDefaultVersion }) => IsDefaultVersion).map(({ VersionId }) => VersionId),
    ['v3'],
  )
  assert.ok(listed.every((version) => !('Document' in version)))
  const got = (await root.getPolicyVersion({ PolicyArn, VersionId: 'v1' })).PolicyVersion!
  assert.deepEqual([decodeURIComponent(got.Document!), got.IsDefaultVersion], [text, false])

  const gone = `NoSuchEntity 404 Policy ${PolicyArn} version v2 does not exist or is not attachable.`
  assert.equal(await refused(root.getPolicyVersion({ PolicyArn, VersionId: 'v2' })), gone)
  assert.equal(await refused(root.setDefaultPolicyVersion({ PolicyArn, VersionId: 'v2' })), gone)
  assert.equal(await refused(root.deletePolicyVersion({ PolicyArn, VersionId: 'v2' })), gone)
  for (const VersionId of ['1', 'v0', 'latest'])
    assert.match(await refused(root.getPolicyVersion({ PolicyArn, VersionId })), /^ValidationError 400 .*'versionId'/)
})

test('[item 5] the default version is the one in force, at once', async () => {
  const root = scene.iam()
  const own = scene.iam(await scene.newUser('follower'))
  const PolicyArn = (await root.createPolicy({ PolicyName: 'force', PolicyDocument: policy(allow('iam:ListUsers')) })).Policy!.Arn!
  await root.attachUserPolicy({ UserName: 'follower', PolicyArn })
  await root.createPolicyVersion({ PolicyArn, PolicyDocument: policy(allow('iam:ListRoles')) })
  await own.listUsers({})
  assert.match(await refused(own.listRoles({})), /^AccessDenied/)
  await root.setDefaultPolicyVersion({ PolicyArn, VersionId: 'v2' })
  await own.listRoles({})
  assert.match(await refused(own.listUsers({})), /^AccessDenied/)
  await root.setDefaultPolicyVersion({ PolicyArn, VersionId: 'v1' })
  await own.listUsers({})
})

test('[item 5] a policy is deleted when nothing uses it any more; each hindrance is named in turn', async () => {
  const root = scene.iam()
  const PolicyArn = (await root.createPolicy({ PolicyName: 'held', PolicyDocument: text })).Policy!.Arn!
  await root.createUser({ UserName: 'holder' })
  await root.createGroup({ GroupName: 'holders' })
  await root.createRole({ RoleName: 'holder', AssumeRolePolicyDocument: trust(account), PermissionsBoundary: PolicyArn })
  await root.attachUserPolicy({ UserName: 'holder', PolicyArn })
  await root.attachGroupPolicy({ GroupName: 'holders', PolicyArn })
  await root.attachRolePolicy({ RoleName: 'holder', PolicyArn })
  await root.createPolicyVersion({ PolicyArn, PolicyDocument: text })
  const counts = async () => {
    const { AttachmentCount, PermissionsBoundaryUsageCount } = (await root.getPolicy({ PolicyArn })).Policy!
    return [AttachmentCount, PermissionsBoundaryUsageCount]
  }
  assert.deepEqual(await counts(), [3, 1])
  const attached = 'DeleteConflict 409 Cannot delete a policy attached to entities.'
  for (const undo of [
    () => root.detachUserPolicy({ UserName: 'holder', PolicyArn }),
    () => root.detachGroupPolicy({ GroupName: 'holders', PolicyArn }),
    () => root.detachRolePolicy({ RoleName: 'holder', PolicyArn }),
    () => root.deleteRolePermissionsBoundary({ RoleName: 'holder' }),
  ]) {
    assert.equal(await refused(root.deletePolicy({ PolicyArn })), attached)
    await undo()
  }
  assert.deepEqual(await counts(), [0, 0])
  assert.equal(
    await refused(root.deletePolicy({ PolicyArn })),
    "DeleteConflict 409 This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
  )
  await root.deletePolicyVersion({ PolicyArn, VersionId: 'v2' })
  await root.deletePolicy({ PolicyArn })
  assert.equal(await refused(root.getPolicy({ PolicyArn })), `NoSuchEntity 404 Policy ${PolicyArn} was not found.`)
  const again = (await root.createPolicy({ PolicyName: 'held', PolicyDocument: text })).Policy!
  assert.equal(again.DefaultVersionId, 'v1')
})

test('[item 5] ListEntitiesForPolicy names users, groups and roles, by kind, path and use, in pages', async () => {
  const root = scene.iam()
  const PolicyArn = (await root.createPolicy({ PolicyName: 'entities', PolicyDocument: text })).Policy!.Arn!
  const { User } = await root.createUser({ UserName: 'one', Path: '/in/' })
  const { Group } = await root.createGroup({ GroupName: 'two' })
  const { Role } = await root.createRole({ RoleName: 'three', Path: '/in/', AssumeRolePolicyDocument: trust(account) })
  await root.createUser({ UserName: 'four', PermissionsBoundary: PolicyArn })
  await root.attachUserPolicy({ UserName: 'one', PolicyArn })
  await root.attachGroupPolicy({ GroupName: 'two', PolicyArn })
  await root.attachRolePolicy({ RoleName: 'three', PolicyArn })
  const names = async (more: object) => {
    const { PolicyUsers, PolicyGroups, PolicyRoles } = await root.listEntitiesForPolicy({ PolicyArn, ...more })
    return [
      ...PolicyUsers!.map(({ UserName }) => UserName),
      ...PolicyGroups!.map(({ GroupName }) => GroupName),
      ...PolicyRoles!.map(({ RoleName }) => RoleName),
    ].sort()
  }
  assert.deepEqual(await names({}), ['four', 'one', 'three', 'two'])
  assert.deepEqual(await names({ EntityFilter: 'User' }), ['four', 'one'])
  assert.deepEqual(await names({ EntityFilter: 'Group' }), ['two'])
  assert.deepEqual(await names({ EntityFilter: 'Role' }), ['three'])
  for (const EntityFilter of ['LocalManagedPolicy', 'AWSManagedPolicy']) assert.deepEqual(await names({ EntityFilter }), [])
  assert.deepEqual(await names({ PathPrefix: '/in/' }), ['one', 'three'])
  assert.deepEqual(await names({ PolicyUsageFilter: 'PermissionsBoundary' }), ['four'])
  assert.deepEqual(await names({ PolicyUsageFilter: 'PermissionsPolicy' }), ['one', 'three', 'two'])
  const whole = await root.listEntitiesForPolicy({ PolicyArn, PolicyUsageFilter: 'PermissionsPolicy' })
  assert.deepEqual(whole.PolicyUsers, [{ UserName: 'one', UserId: User!.UserId }])
  assert.deepEqual(whole.PolicyGroups, [{ GroupName: 'two', GroupId: Group!.GroupId }])
  assert.deepEqual(whole.PolicyRoles, [{ RoleName: 'three', RoleId: Role!.RoleId }])
  const paged = await allPages(async (Marker) => {
    const page = await root.listEntitiesForPolicy({ PolicyArn, MaxItems: 1, Marker })
    return {
      items: [...page.PolicyUsers!, ...page.PolicyGroups!, ...page.PolicyRoles!],
      IsTruncated: page.IsTruncated,
      Marker: page.Marker,
    }
  })
  assert.equal(paged.length, 4)
})

test("[item 5] ListPolicies knows scope, path, use and attachment, and pages through AWS's policies", async () => {
  const root = scene.iam()
  const PolicyArn = (await root.createPolicy({ PolicyName: 'listed', Path: '/listed/', PolicyDocument: text })).Policy!.Arn!
  await root.createPolicy({ PolicyName: 'idle', Path: '/listed/', PolicyDocument: text })
  await root.createUser({ UserName: 'lister' })
  await root.attachUserPolicy({ UserName: 'lister', PolicyArn })
  await root.attachUserPolicy({ UserName: 'lister', PolicyArn: 'arn:aws:iam::aws:policy/job-function/ViewOnlyAccess' })
  const names = async (more: object) => (await root.listPolicies({ MaxItems: 1000, ...more })).Policies!.map(({ PolicyName }) => PolicyName)
  assert.deepEqual(await names({ Scope: 'Local', PathPrefix: '/listed/' }), ['idle', 'listed'])
  assert.deepEqual(await names({ PathPrefix: '/listed/', OnlyAttached: true }), ['listed'])
  assert.deepEqual(await names({ Scope: 'AWS', OnlyAttached: true }), ['ViewOnlyAccess'])
  await root.putUserPermissionsBoundary({ UserName: 'lister', PermissionsBoundary: PolicyArn.replace('listed/listed', 'listed/idle') })
  const used = (more: object) => names({ PathPrefix: '/listed/', ...more })
  assert.deepEqual(await used({ OnlyAttached: true }), ['idle', 'listed'], 'a boundary counts as attached')
  for (const [PolicyUsageFilter, found] of [
    ['PermissionsPolicy', ['listed']],
    ['PermissionsBoundary', ['idle']],
  ] as const) {
    assert.deepEqual(await used({ PolicyUsageFilter, OnlyAttached: true }), found)
    assert.deepEqual(await used({ PolicyUsageFilter }), ['idle', 'listed'], 'the filter counts for attached policies alone')
    assert.deepEqual(await used({ PolicyUsageFilter, OnlyAttached: false }), ['idle', 'listed'])
  }
  const all = await allPages(async (Marker) => {
    const { Policies: items, ...rest } = await root.listPolicies({ Scope: 'AWS', MaxItems: 300, Marker })
    return { items, ...rest }
  })
  assert.ok(all.length > 1000)
  assert.equal(new Set(all.map(({ Arn }) => Arn)).size, all.length)
  assert.deepEqual(
    all.slice(0, 5).map(({ PolicyName }) => PolicyName),
    ['AdministratorAccess', 'PowerUserAccess', 'ReadOnlyAccess', 'AWSCloudFormationReadOnlyAccess', 'CloudFrontFullAccess'],
  )
  assert.equal((await names({ MaxItems: 100 })).includes('listed'), true, 'its own policies come first')
})

test("[item 5] AWS's own policies can be read and not changed", async () => {
  const root = scene.iam()
  const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess'
  const { Policy } = await root.getPolicy({ PolicyArn })
  assert.equal(Policy!.PolicyName, 'AdministratorAccess')
  const { PolicyVersion } = await root.getPolicyVersion({ PolicyArn, VersionId: Policy!.DefaultVersionId! })
  assert.match(decodeURIComponent(PolicyVersion!.Document!), /"Action"\s*:\s*"\*"/)
  const earlier = { PolicyArn: 'arn:aws:iam::aws:policy/AmazonGuardDutyReadOnlyAccess' }
  const listed = await allPages(async (Marker) => {
    const { Versions: items, ...rest } = await root.listPolicyVersions({ ...earlier, MaxItems: 3, Marker })
    return { items, ...rest }
  })
  assert.deepEqual(
    listed.map(({ VersionId, IsDefaultVersion, CreateDate }) => [VersionId, IsDefaultVersion, CreateDate?.toISOString()]),
    [
      ['v4', true, '2023-11-16T23:07:06.000Z'],
      ['v3', false, '2021-02-16T23:37:57.000Z'],
      ['v2', false, '2018-04-25T21:07:17.000Z'],
      ['v1', false, '2017-11-28T22:29:40.000Z'],
    ],
  )
  assert.ok(listed.every((version) => !('Document' in version)))
  const first = (await root.getPolicyVersion({ ...earlier, VersionId: 'v1' })).PolicyVersion!
  assert.deepEqual([first.VersionId, first.IsDefaultVersion], ['v1', false])
  assert.match(decodeURIComponent(first.Document!), /"guardduty:GetDetector"/)
  assert.equal(
    await refused(root.getPolicyVersion({ ...earlier, VersionId: 'v99' })),
    `NoSuchEntity 404 Policy ${earlier.PolicyArn} version v99 does not exist or is not attachable.`,
  )
  for (const call of [
    () => root.deletePolicy({ PolicyArn }),
    () => root.createPolicyVersion({ PolicyArn, PolicyDocument: text }),
    () => root.setDefaultPolicyVersion({ PolicyArn, VersionId: 'v1' }),
    () => root.deletePolicyVersion({ PolicyArn, VersionId: 'v1' }),
    () => root.tagPolicy({ PolicyArn, Tags: [{ Key: 'a', Value: 'b' }] }),
  ]) {
    assert.match(await refused(call()), /^AccessDenied 403 /)
  }
})

test('[item 5] tags of a policy are put, replaced, listed and removed', async () => {
  const root = scene.iam()
  const PolicyArn = (await root.createPolicy({ PolicyName: 'labels', PolicyDocument: text })).Policy!.Arn!
  await root.tagPolicy({
    PolicyArn,
    Tags: [
      { Key: 'a', Value: '1' },
      { Key: 'b', Value: '2' },
    ],
  })
  await root.tagPolicy({ PolicyArn, Tags: [{ Key: 'a', Value: '3' }] })
  assert.deepEqual((await root.listPolicyTags({ PolicyArn })).Tags, [
    { Key: 'a', Value: '3' },
    { Key: 'b', Value: '2' },
  ])
  await root.untagPolicy({ PolicyArn, TagKeys: ['a', 'none'] })
  assert.deepEqual((await root.getPolicy({ PolicyArn })).Policy!.Tags, [{ Key: 'b', Value: '2' }])
})

test('[item 5] keys of tags on a policy that differ in letter case are two, and the shorter keys are listed first', async () => {
  const root = scene.iam()
  const tags = (...keys: string[]) => keys.map((Key) => ({ Key, Value: `of ${Key}` }))
  const Tags = tags('abc', 'b', 'z', 'a', 'A')
  const { Policy } = await root.createPolicy({ PolicyName: 'cases', PolicyDocument: text, Tags })
  assert.deepEqual(Policy!.Tags, Tags)
  const PolicyArn = Policy!.Arn!
  assert.deepEqual((await root.listPolicyTags({ PolicyArn })).Tags, tags('A', 'a', 'b', 'z', 'abc'))
  const paged = await allPages(async (Marker) => {
    const { Tags: items, ...rest } = await root.listPolicyTags({ PolicyArn, MaxItems: 2, Marker })
    return { items, ...rest }
  })
  assert.deepEqual(paged, tags('A', 'a', 'b', 'z', 'abc'))
  await root.untagPolicy({ PolicyArn, TagKeys: ['a', 'Z', 'ABC'] })
  assert.deepEqual((await root.listPolicyTags({ PolicyArn })).Tags, tags('A', 'b', 'z', 'abc'))
  const twice = 'InvalidInput 400 Duplicate tag keys found.'
  assert.equal(await refused(root.tagPolicy({ PolicyArn, Tags: tags('a', 'a') })), twice)
  assert.equal(await refused(root.createPolicy({ PolicyName: 'twice', PolicyDocument: text, Tags: tags('a', 'a') })), twice)
})
