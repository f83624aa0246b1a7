import assert from 'node:assert/strict'
import { test } from 'node:test'
import { account, allPages, refused, trust, useServer } from './iam-scene.js'

const scene = useServer()
const AssumeRolePolicyDocument = trust(`arn:aws:iam::${account}:root`)
const always = ['Arn', 'CreateDate', 'InstanceProfileId', 'InstanceProfileName', 'Path', 'Roles']

test('[item 5] an instance profile is made, read and listed, with tags only where they belong', async () => {
  const root = scene.iam()
  const { InstanceProfile } = await root.createInstanceProfile({
    InstanceProfileName: 'Web',
    Path: '/p/',
    Tags: [{ Key: 'a', Value: 'b' }],
  })
  assert.deepEqual(Object.keys(InstanceProfile!).sort(), [...always, 'Tags'].sort())
  assert.match(InstanceProfile!.InstanceProfileId!, /^AIPA[A-Z2-7]{17}$/)
  assert.equal(InstanceProfile!.Arn, `arn:aws:iam::${account}:instance-profile/p/Web`)
  assert.deepEqual(InstanceProfile!.Roles, [])
  assert.deepEqual((await root.getInstanceProfile({ InstanceProfileName: 'Web' })).InstanceProfile, InstanceProfile)
  const { Tags: _, ...listed } = InstanceProfile!
  assert.deepEqual((await root.listInstanceProfiles({ PathPrefix: '/p/' })).InstanceProfiles, [listed])
  const bare = (await root.createInstanceProfile({ InstanceProfileName: 'Bare' })).InstanceProfile
  assert.deepEqual(Object.keys(bare!).sort(), always)
  assert.deepEqual((await root.getInstanceProfile({ InstanceProfileName: 'Bare' })).InstanceProfile, { ...bare, Tags: [] })
  assert.equal(
    await refused(root.createInstanceProfile({ InstanceProfileName: 'WEB' })),
    'EntityAlreadyExists 409 Instance Profile WEB already exists.',
  )
})

test('[item 5] every operation on a profile that is not there says so in the same words', async () => {
  const root = scene.iam()
  await root.createRole({ RoleName: 'spare', AssumeRolePolicyDocument })
  const InstanceProfileName = 'nowhere'
  const calls: Readonly<Record<string, () => Promise<unknown>>> = {
    get: () => root.getInstanceProfile({ InstanceProfileName }),
    delete: () => root.deleteInstanceProfile({ InstanceProfileName }),
    add: () => root.addRoleToInstanceProfile({ InstanceProfileName, RoleName: 'spare' }),
    remove: () => root.removeRoleFromInstanceProfile({ InstanceProfileName, RoleName: 'spare' }),
    tag: () => root.tagInstanceProfile({ InstanceProfileName, Tags: [{ Key: 'a', Value: 'b' }] }),
    untag: () => root.untagInstanceProfile({ InstanceProfileName, TagKeys: ['a'] }),
    tags: () => root.listInstanceProfileTags({ InstanceProfileName }),
  }
  for (const [name, call] of Object.entries(calls)) {
    assert.equal(await refused(call()), 'NoSuchEntity 404 Instance Profile nowhere cannot be found.', name)
  }
})

test('[item 5] a profile holds one role, shows the least of it, and is deleted when it holds none', async () => {
  const root = scene.iam()
  for (const RoleName of ['one', 'two']) await root.createRole({ RoleName, AssumeRolePolicyDocument, Description: 'Holds.' })
  await root.createInstanceProfile({ InstanceProfileName: 'holder' })
  await root.addRoleToInstanceProfile({ InstanceProfileName: 'holder', RoleName: 'one' })
  for (const RoleName of ['one', 'two']) {
    assert.equal(
      await refused(root.addRoleToInstanceProfile({ InstanceProfileName: 'holder', RoleName })),
      'LimitExceeded 409 Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1',
    )
  }
  const { Roles } = (await root.getInstanceProfile({ InstanceProfileName: 'holder' })).InstanceProfile!
  assert.deepEqual(
    Roles!.map(({ RoleName }) => RoleName),
    ['one'],
  )
  assert.equal(decodeURIComponent(Roles![0]!.AssumeRolePolicyDocument!), AssumeRolePolicyDocument)
  assert.deepEqual(Object.keys(Roles![0]!).sort(), ['Arn', 'AssumeRolePolicyDocument', 'CreateDate', 'Path', 'RoleId', 'RoleName'])
  assert.equal(
    await refused(root.deleteInstanceProfile({ InstanceProfileName: 'holder' })),
    'DeleteConflict 409 Cannot delete entity, must remove roles from instance profile first.',
  )
  assert.match(
    await refused(root.removeRoleFromInstanceProfile({ InstanceProfileName: 'holder', RoleName: 'two' })),
    /^NoSuchEntity 404 Role two in Instance Profile holder cannot be found\.$/,
  )
  await root.removeRoleFromInstanceProfile({ InstanceProfileName: 'holder', RoleName: 'one' })
  await root.addRoleToInstanceProfile({ InstanceProfileName: 'holder', RoleName: 'two' })
  await root.removeRoleFromInstanceProfile({ InstanceProfileName: 'holder', RoleName: 'two' })
  await root.deleteInstanceProfile({ InstanceProfileName: 'holder' })
  assert.equal(
    await refused(root.getInstanceProfile({ InstanceProfileName: 'holder' })),
    'NoSuchEntity 404 Instance Profile holder cannot be found.',
  )
})

test('[item 5] the profiles of a role come in pages', async () => {
  const root = scene.iam()
  await root.createRole({ RoleName: 'shared', AssumeRolePolicyDocument })
  const names = Array.from({ length: 5 }, (_, at) => `share-${at}`)
  for (const InstanceProfileName of names) {
    await root.createInstanceProfile({ InstanceProfileName })
    await root.addRoleToInstanceProfile({ InstanceProfileName, RoleName: 'shared' })
  }
  const listed = await allPages(async (Marker) => {
    const { InstanceProfiles, ...rest } = await root.listInstanceProfilesForRole({ RoleName: 'shared', MaxItems: 2, Marker })
    return { items: InstanceProfiles!.map(({ InstanceProfileName }) => InstanceProfileName!), ...rest }
  })
  assert.deepEqual(listed.sort(), names)
})

test('[item 5] tags of a profile: putting the same again and removing an unknown one both succeed', async () => {
  const root = scene.iam()
  const InstanceProfileName = 'labels'
  await root.createInstanceProfile({ InstanceProfileName })
  const Tags = [{ Key: 'a', Value: 'b' }]
  await root.tagInstanceProfile({ InstanceProfileName, Tags })
  await root.tagInstanceProfile({ InstanceProfileName, Tags })
  await root.untagInstanceProfile({ InstanceProfileName, TagKeys: ['unknown', 'A'] })
  assert.deepEqual((await root.listInstanceProfileTags({ InstanceProfileName })).Tags, Tags)
  await root.untagInstanceProfile({ InstanceProfileName, TagKeys: ['a'] })
  assert.deepEqual((await root.getInstanceProfile({ InstanceProfileName })).InstanceProfile!.Tags, [])
})
