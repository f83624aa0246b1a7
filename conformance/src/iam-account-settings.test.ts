import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allow, refused, useServer } from './iam-scene.js'

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

test('properties of an account are put by namespace and kept through a restart', async () => {
  const { root } = await scene.newAccount('properties')
  const iam = scene.iam(root)
  assert.deepEqual((await iam.getAccountProperties({})).Properties ?? {}, {})
  await iam.putAccountProperties({ Properties: { 'One/a': '1', 'One/b': '2' } })
  await iam.putAccountProperties({ Properties: { 'Two/a': 'x' } })
  await iam.putAccountProperties({ Properties: { 'One/b': '3' } })
  await scene.restart()
  const again = scene.iam(root)
  const all = { 'One/a': '1', 'One/b': '3', 'Two/a': 'x' }
  assert.deepEqual((await again.getAccountProperties({})).Properties, all)
  for (const Properties of [
    { 'One/a': '1', 'Two/a': '2' },
    { none: '1' },
    { '/a': '1' },
    { 'One/': '1' },
    { 'One/a/b': '1' },
    { 'One/a': 'x'.repeat(1025) },
    Object.fromEntries(Array.from({ length: 101 }, (_, at) => [`One/${at}`, ''])),
  ] as Record<string, string>[]) {
    assert.match(await refused(again.putAccountProperties({ Properties })), /^InvalidInput 400 /, JSON.stringify(Properties).slice(0, 60))
  }
  assert.match(
    await refused(again.putAccountProperties({ Properties: {} })),
    /^ValidationError 400 /,
    'a form cannot say that a map is empty',
  )
  assert.deepEqual((await again.getAccountProperties({})).Properties, all)
})

test('conditions see the namespaces of the properties', async () => {
  const Condition = { 'ForAllValues:StringEquals': { 'iam:AccountPropertyNamespaces': ['Mine'] } }
  const own = scene.iam(await scene.newUser('of-one', allow(['iam:PutAccountProperties', 'iam:GetAccountProperties'], '*', { Condition })))
  await own.putAccountProperties({ Properties: { 'Mine/a': '1' } })
  assert.deepEqual((await own.getAccountProperties({})).Properties, { 'Mine/a': '1' })
  assert.match(await refused(own.putAccountProperties({ Properties: { 'Theirs/a': '1' } })), /^AccessDenied 403 /)
  await scene.iam().putAccountProperties({ Properties: { 'Theirs/a': '1' } })
  assert.match(await refused(own.getAccountProperties({})), /^AccessDenied 403 /)
})

test('there is no role template, and what is none is not taken for one', async () => {
  const root = scene.iam()
  const TemplateArn = 'arn:aws:iam::aws:role-template/something'
  assert.match(await refused(root.getRoleTemplateVersion({ TemplateArn })), /^NoSuchEntity 404 /)
  assert.match(await refused(root.acquireRole({ TemplateArn })), /^NoSuchEntity 404 /)
  assert.match(await refused(root.getRoleTemplateVersion({ TemplateArn: 'something' })), /^InvalidInput 400 /)
  assert.match(await refused(root.acquireRole({ TemplateArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' })), /^InvalidInput 400 /)
})
