import assert from 'node:assert/strict'
import { test } from 'node:test'
import { account, allow, refused, trust, useServer } from './iam-scene.js'

const scene = useServer()

test('the global endpoint gives version 1 tokens until an account chooses, for itself alone', async () => {
  const { root } = await scene.newAccount('token-version')
  const version = async (iam = scene.iam(root)) => (await iam.getAccountSummary({})).SummaryMap!.GlobalEndpointTokenVersion
  assert.equal(await version(), 1)
  await scene.iam(root).setSecurityTokenServicePreferences({ GlobalEndpointTokenVersion: 'v2Token' })
  assert.equal(await version(), 2)
  assert.equal(await version(scene.iam()), 1)
  await scene.restart()
  assert.equal(await version(), 2)
  await scene.iam(root).setSecurityTokenServicePreferences({ GlobalEndpointTokenVersion: 'v1Token' })
  assert.equal(await version(), 1)
  assert.match(
    await refused(scene.iam(root).setSecurityTokenServicePreferences({ GlobalEndpointTokenVersion: 'v3Token' as 'v2Token' })),
    /^ValidationError 400 /,
  )
})

const roleManagerRole = 'AWSServiceRoleForIAMRoleManager'
const on = { Properties: { 'RoleManager/Enabled': 'true' } }
const off = { Properties: { 'RoleManager/Enabled': 'false' } }

test('Role Manager is off until it is turned on, which makes its role and is kept through a restart', async () => {
  const { root } = await scene.newAccount('properties')
  const iam = scene.iam(root)
  const read = async (from = iam) => (await from.getAccountProperties({})).Properties
  const role = async (from = iam) => (await from.getRole({ RoleName: roleManagerRole })).Role!
  assert.deepEqual(await read(), off.Properties)
  await iam.putAccountProperties(off)
  assert.match(await refused(iam.getRole({ RoleName: roleManagerRole })), /^NoSuchEntity 404 /)
  await iam.putAccountProperties(on)
  await scene.restart()
  const again = scene.iam(root)
  assert.deepEqual(await read(again), on.Properties)
  const { RoleId, Path, AssumeRolePolicyDocument } = await role(again)
  assert.equal(Path, '/aws-service-role/role-manager.iam.amazonaws.com/')
  assert.match(decodeURIComponent(AssumeRolePolicyDocument!), /"Service":"role-manager\.iam\.amazonaws\.com"/)
  assert.deepEqual((await again.listAttachedRolePolicies({ RoleName: roleManagerRole })).AttachedPolicies, [
    {
      PolicyName: 'AWSIAMRoleManagerServiceRolePolicy',
      PolicyArn: 'arn:aws:iam::aws:policy/aws-service-role/AWSIAMRoleManagerServiceRolePolicy',
    },
  ])
  await again.putAccountProperties(on)
  assert.equal((await role(again)).RoleId, RoleId)
  await again.putAccountProperties({ Properties: { 'RoleManager/Other': 'x', ...off.Properties } })
  assert.deepEqual(await read(again), off.Properties, 'what else is in the namespace is taken and not kept')
  assert.equal((await role(again)).RoleId, RoleId)
})

test('properties are refused in the sentences of AWS, and nothing is changed', async () => {
  const iam = scene.iam((await scene.newAccount('wrong-properties')).root)
  const enabled = "Enabled must be 'true' or 'false'"
  const required = 'RoleManager namespace requires Enabled property'
  for (const [Properties, sentence] of [
    [{ RoleManager: 'true' }, 'Property key must be in format Namespace/PropertyName: RoleManager'],
    [{ 'RoleManager/Enabled/Other': 'true' }, required],
    [{ 'Unknown/Enabled': 'true' }, 'Unsupported namespace: Unknown'],
    [{ 'RoleManager/Other': 'true' }, required],
    [{ 'RoleManager/Enabled': 'true', 'Unknown/Enabled': 'true' }, 'All properties must belong to the same namespace'],
    [{ 'RoleManager/Enabled': 'TRUE' }, enabled],
    [{ 'RoleManager/Enabled': 'true ' }, enabled],
    [{ 'RoleManager/Enabled': '1' }, enabled],
  ] as [Record<string, string>, string][]) {
    assert.equal(await refused(iam.putAccountProperties({ Properties })), `InvalidInput 400 ${sentence}`)
  }
  assert.equal(
    await refused(iam.putAccountProperties({ Properties: {} })),
    "ValidationError 400 1 validation error detected: Value at 'properties' failed to satisfy constraint: Member must not be null",
  )
  assert.deepEqual((await iam.getAccountProperties({})).Properties, off.Properties)
  await iam.createRole({ RoleName: roleManagerRole, AssumeRolePolicyDocument: trust(account) })
  assert.equal(
    await refused(iam.putAccountProperties(on)),
    `InvalidInput 400 Service role name ${roleManagerRole} has been taken in this account, please try a different suffix.`,
  )
  assert.deepEqual((await iam.getAccountProperties({})).Properties, off.Properties)
})

test('conditions see the namespaces of the properties', async () => {
  const actions = ['iam:PutAccountProperties', 'iam:GetAccountProperties']
  const within = (namespace: string) =>
    allow(actions, '*', { Condition: { 'ForAnyValue:StringEquals': { 'iam:AccountPropertyNamespaces': namespace } } })
  const own = scene.iam(await scene.newUser('of-role-manager', within('RoleManager')))
  await own.putAccountProperties(off)
  assert.deepEqual((await own.getAccountProperties({})).Properties, off.Properties)
  assert.match(await refused(own.putAccountProperties({ Properties: { 'Other/Enabled': 'false' } })), /^AccessDenied 403 /)
  const other = scene.iam(await scene.newUser('of-another', within('Other')))
  assert.match(await refused(other.getAccountProperties({})), /^AccessDenied 403 /)
  assert.match(await refused(other.putAccountProperties(off)), /^AccessDenied 403 /)
})

test('turning Role Manager on needs the right to make its role, whether or not the role is there; turning it off does not', async () => {
  const arn = `arn:aws:iam::${account}:role/aws-service-role/role-manager.iam.amazonaws.com/${roleManagerRole}`
  const may = (service: string) =>
    allow('iam:CreateServiceLinkedRole', arn, { Condition: { StringEquals: { 'iam:AWSServiceName': service } } })
  const without = scene.iam(await scene.newUser('switches-off', allow('iam:PutAccountProperties'), may('other.amazonaws.com')))
  const denied = `AccessDenied 403 User: arn:aws:iam::${account}:user/switches-off is not authorized to perform: iam:CreateServiceLinkedRole on resource: ${arn} because no identity-based policy allows the iam:CreateServiceLinkedRole action`
  assert.equal(await refused(without.putAccountProperties(on)), denied)
  assert.match(await refused(scene.iam().getRole({ RoleName: roleManagerRole })), /^NoSuchEntity 404 /)
  const able = scene.iam(await scene.newUser('switches-on', allow('iam:PutAccountProperties'), may('role-manager.iam.amazonaws.com')))
  await able.putAccountProperties(on)
  assert.equal(await refused(without.putAccountProperties(on)), denied)
  await without.putAccountProperties(off)
  assert.deepEqual((await scene.iam().getAccountProperties({})).Properties, off.Properties)
})
