import assert from 'node:assert/strict'
import { test } from 'node:test'
import { account, allow, policy, refused, trust, useServer } from './iam-scene.js'

const scene = useServer()

test("[item 5] an alias is one account's, one at a time", async () => {
  const root = scene.iam()
  assert.deepEqual((await root.listAccountAliases({})).AccountAliases, [])
  await root.createAccountAlias({ AccountAlias: 'first-name' })
  assert.deepEqual((await root.listAccountAliases({})).AccountAliases, ['first-name'])
  const taken = (name: string) => `EntityAlreadyExists 409 The account alias ${name} already exists.`
  assert.equal(await refused(root.createAccountAlias({ AccountAlias: 'first-name' })), taken('first-name'), 'also for its owner')
  const other = scene.iam((await scene.newAccount('aliased')).root)
  assert.equal(await refused(other.createAccountAlias({ AccountAlias: 'first-name' })), taken('first-name'))
  assert.match(await refused(other.deleteAccountAlias({ AccountAlias: 'first-name' })), /^NoSuchEntity 404 /)
  await root.createAccountAlias({ AccountAlias: 'second-name' })
  assert.deepEqual((await root.listAccountAliases({})).AccountAliases, ['second-name'])
  await other.createAccountAlias({ AccountAlias: 'first-name' })
  await root.deleteAccountAlias({ AccountAlias: 'second-name' })
  assert.match(await refused(root.deleteAccountAlias({ AccountAlias: 'second-name' })), /^NoSuchEntity 404 /)
  for (const AccountAlias of ['ab', 'Upper', '-a-b', 'a--b', '123456789012', 'a_b', 'x'.repeat(64)]) {
    assert.match(await refused(root.createAccountAlias({ AccountAlias })), /^(?:ValidationError|InvalidInput) 400 /, AccountAlias)
  }
  assert.deepEqual((await root.listAccountAliases({})).AccountAliases, [])
})

test('[item 5] GetAccountSummary counts what there is and tells the quotas', async () => {
  const { root: key } = await scene.newAccount('counted')
  const root = scene.iam(key)
  const before = (await root.getAccountSummary({})).SummaryMap!
  assert.equal(Object.keys(before).length, 34)
  await root.createUser({ UserName: 'a' })
  await root.createGroup({ GroupName: 'a' })
  await root.createRole({ RoleName: 'a', AssumeRolePolicyDocument: trust(account) })
  await root.createInstanceProfile({ InstanceProfileName: 'a' })
  const { Policy } = await root.createPolicy({ PolicyName: 'a', PolicyDocument: policy(allow('iam:GetUser')) })
  await root.createPolicyVersion({ PolicyArn: Policy!.Arn!, PolicyDocument: policy(allow('iam:GetUser')) })
  const after = (await root.getAccountSummary({})).SummaryMap!
  const figures = { Users: 1, Groups: 1, Roles: 1, InstanceProfiles: 1, Policies: 1, PolicyVersionsInUse: 0, AccountAccessKeysPresent: 1 }
  const quotas = {
    UsersQuota: 5000,
    GroupsQuota: 300,
    RolesQuota: 1000,
    PoliciesQuota: 1500,
    InstanceProfilesQuota: 1000,
    ServerCertificatesQuota: 20,
    AccessKeysPerUserQuota: 2,
    SigningCertificatesPerUserQuota: 2,
    GroupsPerUserQuota: 10,
    AttachedPoliciesPerUserQuota: 10,
    AttachedPoliciesPerGroupQuota: 10,
    AttachedPoliciesPerRoleQuota: 20,
    UserPolicySizeQuota: 2048,
    GroupPolicySizeQuota: 5120,
    RolePolicySizeQuota: 10240,
    PolicySizeQuota: 6144,
    AssumeRolePolicySizeQuota: 2048,
    VersionsPerPolicyQuota: 5,
    PolicyVersionsInUseQuota: 10000,
  }
  assert.deepEqual(
    Object.keys(before).filter((key) => key.endsWith('Quota') && !Object.hasOwn(quotas, key)),
    [],
  )
  assert.deepEqual(after, { ...before, ...figures, ...quotas })
  const inUse = async () => (await root.getAccountSummary({})).SummaryMap!.PolicyVersionsInUse
  const [own, aws] = [Policy!.Arn!, 'arn:aws:iam::aws:policy/IAMReadOnlyAccess']
  await root.putUserPermissionsBoundary({ UserName: 'a', PermissionsBoundary: own })
  assert.equal(await inUse(), 1)
  await root.attachGroupPolicy({ GroupName: 'a', PolicyArn: own })
  assert.equal(await inUse(), 1, 'one that is used twice counts once')
  await root.putRolePermissionsBoundary({ RoleName: 'a', PermissionsBoundary: aws })
  await root.attachUserPolicy({ UserName: 'a', PolicyArn: aws })
  assert.equal(await inUse(), 2)
  assert.equal(before.Users, 0)
})

test('[item 5] GetAccountAuthorizationDetails shows all that counts, filtered and in pages', async () => {
  const { root: key, id } = await scene.newAccount('detailed')
  const root = scene.iam(key)
  const text = policy(allow('iam:GetUser', '*', { Sid: 'a' }))
  const PolicyArn = (await root.createPolicy({ PolicyName: 'local', PolicyDocument: text, Description: 'Reads.' })).Policy!.Arn!
  await root.createPolicyVersion({ PolicyArn, PolicyDocument: text })
  await root.createUser({ UserName: 'ada', Tags: [{ Key: 'a', Value: 'b' }], PermissionsBoundary: PolicyArn })
  await root.createUser({ UserName: 'bob' })
  await root.createGroup({ GroupName: 'staff' })
  await root.addUserToGroup({ GroupName: 'staff', UserName: 'ada' })
  await root.putUserPolicy({ UserName: 'ada', PolicyName: 'own', PolicyDocument: text })
  await root.putGroupPolicy({ GroupName: 'staff', PolicyName: 'shared', PolicyDocument: text })
  await root.attachGroupPolicy({ GroupName: 'staff', PolicyArn: 'arn:aws:iam::aws:policy/IAMReadOnlyAccess' })
  await root.createRole({ RoleName: 'machine', AssumeRolePolicyDocument: trust(id) })
  await root.attachRolePolicy({ RoleName: 'machine', PolicyArn })
  await root.createInstanceProfile({ InstanceProfileName: 'machine' })
  await root.addRoleToInstanceProfile({ InstanceProfileName: 'machine', RoleName: 'machine' })

  const all = await root.getAccountAuthorizationDetails({})
  assert.equal(all.IsTruncated, false)
  const [ada, bob] = all.UserDetailList!
  assert.deepEqual([ada!.UserName, bob!.UserName], ['ada', 'bob'])
  assert.deepEqual(ada!.GroupList, ['staff'])
  assert.deepEqual(
    ada!.UserPolicyList!.map(({ PolicyName, PolicyDocument }) => [PolicyName, decodeURIComponent(PolicyDocument!)]),
    [['own', text]],
  )
  assert.deepEqual(ada!.Tags, [{ Key: 'a', Value: 'b' }])
  assert.deepEqual(bob!.Tags, [])
  assert.equal(ada!.PermissionsBoundary!.PermissionsBoundaryArn, PolicyArn)
  assert.equal(bob!.PermissionsBoundary, undefined)
  const [staff] = all.GroupDetailList!
  assert.deepEqual(
    staff!.GroupPolicyList!.map(({ PolicyName }) => PolicyName),
    ['shared'],
  )
  assert.deepEqual(staff!.AttachedManagedPolicies, [
    { PolicyName: 'IAMReadOnlyAccess', PolicyArn: 'arn:aws:iam::aws:policy/IAMReadOnlyAccess' },
  ])
  const [machine] = all.RoleDetailList!
  assert.deepEqual(machine!.Tags, [])
  assert.deepEqual(
    machine!.InstanceProfileList!.map(({ InstanceProfileName }) => InstanceProfileName),
    ['machine'],
  )
  assert.equal(decodeURIComponent(machine!.AssumeRolePolicyDocument!), trust(`arn:aws:iam::${id}:root`))
  assert.deepEqual(machine!.AttachedManagedPolicies, [{ PolicyName: 'local', PolicyArn }])
  const [local, aws] = all.Policies!
  assert.equal(local!.Description, undefined)
  assert.deepEqual([local!.PolicyName, local!.AttachmentCount, local!.PermissionsBoundaryUsageCount], ['local', 1, 1])
  assert.deepEqual(
    local!.PolicyVersionList!.map(({ VersionId, IsDefaultVersion }) => [VersionId, IsDefaultVersion]),
    [
      ['v2', false],
      ['v1', true],
    ],
  )
  assert.equal(decodeURIComponent(local!.PolicyVersionList![1]!.Document!), text)
  assert.equal(aws!.PolicyName, 'IAMReadOnlyAccess')
  assert.deepEqual(
    aws!.PolicyVersionList!.map(({ VersionId, IsDefaultVersion, Document }) => [VersionId, IsDefaultVersion, typeof Document]),
    [
      ['v4', true, 'string'],
      ['v3', false, 'string'],
      ['v2', false, 'string'],
      ['v1', false, 'string'],
    ],
  )
  for (const shown of [local!, aws!]) assert.ok(!('Description' in shown), 'as in lists of policies')
  assert.equal(all.Policies!.length, 2, "of AWS's policies only those in use")

  const onlyRoles = await root.getAccountAuthorizationDetails({ Filter: ['Role', 'AWSManagedPolicy'] })
  const sizes = ({ UserDetailList = [], GroupDetailList = [], RoleDetailList = [], Policies = [] }: typeof all) =>
    [UserDetailList, GroupDetailList, RoleDetailList, Policies].map((list) => list.length)
  assert.deepEqual(sizes(onlyRoles), [0, 0, 1, 1])

  const seen: string[] = []
  for (let Marker: string | undefined, pages = 0; pages < 20; pages++) {
    const page: typeof all = await root.getAccountAuthorizationDetails({ MaxItems: 1, Marker })
    assert.ok(sizes(page).reduce((a, b) => a + b) <= 1)
    for (const list of [page.UserDetailList, page.GroupDetailList, page.RoleDetailList, page.Policies])
      seen.push(...(list ?? []).map(({ Arn }) => Arn!))
    if (!page.IsTruncated) break
    Marker = page.Marker
  }
  assert.equal(new Set(seen).size, 6)
  assert.equal(seen.length, 6)
  const { Marker: ofSome } = await root.getAccountAuthorizationDetails({ MaxItems: 1, Filter: ['Group', 'User'] })
  const { Marker: ofAll } = await root.getAccountAuthorizationDetails({ MaxItems: 1 })
  const everything = ['AWSManagedPolicy', 'LocalManagedPolicy', 'Role', 'Group', 'User'] as const
  const again = (Marker: string | undefined, ...Filter: ('User' | 'Group' | 'Role' | 'LocalManagedPolicy' | 'AWSManagedPolicy')[]) =>
    root.getAccountAuthorizationDetails({ Marker, MaxItems: 1, ...(Filter.length > 0 && { Filter }) })
  for (const page of [await again(ofSome, 'User', 'Group', 'User'), await again(ofAll, ...everything)])
    assert.deepEqual(
      page.UserDetailList!.map(({ UserName }) => UserName),
      ['bob'],
    )
  for (const [call, message] of [
    [again('nonsense'), 'Invalid Marker.'],
    [again('nonsense', 'User'), 'Marker and Filter do not match'],
    [again(ofSome, 'Group'), 'Marker and Filter do not match'],
    [again(ofSome), 'Invalid Marker.'],
    [again(ofAll, ...everything.slice(1)), 'Invalid Marker.'],
  ] as const) {
    assert.equal(await refused(call), `ValidationError 400 ${message}`)
  }
  const first = await root.getAccountAuthorizationDetails({ MaxItems: 1, Filter: ['Group', 'Role', 'LocalManagedPolicy'] })
  assert.deepEqual(sizes(first), [0, 0, 1, 0], 'roles before groups, groups before policies')
  assert.match(
    await refused(root.getAccountAuthorizationDetails({ Filter: ['Robot' as 'User'] })),
    /^ValidationError 400 1 validation error detected: Value at 'filter' failed/,
  )
})
