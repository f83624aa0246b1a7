/** Stories that every administrator knows, from their beginning to their end. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mfaCode } from '../certificates.support.js'
import { keyOf } from '../clients.js'
import { account, allow, deny, policy, refused, useServer } from '../iam-scene.js'
import { furnish, inputOf, newWorld, type OperationName, senderTo, type Values } from '../operations/index.js'
import { type ThingName, things } from '../operations/things.js'
import { bailiwick } from '../running-server.js'

const arn = (typeAndName: string): string => `arn:aws:iam::${account}:${typeAndName}`
let missing: ReadonlySet<string>

const scene = useServer(async () => {
  missing = new Set(JSON.parse((await bailiwick(['coverage', '--json'])).stdout).iam.missing)
})

test('[item 7] a key is rotated by its user: a second one, no third, the first switched off, tried, and deleted', async () => {
  const mine = arn('user/${aws:username}')
  const first = await scene.newUser('rotating', allow(['iam:*AccessKey*', 'iam:GetUser'], mine))
  const second = keyOf((await scene.iam(first).createAccessKey({})).AccessKey)
  assert.equal((await scene.iam(second).getUser({})).User!.UserName, 'rotating')
  assert.equal(await refused(scene.iam(first).createAccessKey({})), 'LimitExceeded 409 Cannot exceed quota for AccessKeysPerUser: 2')
  const session = await scene.sts(first).getSessionToken({})
  const own = scene.iam(second)
  assert.equal((await own.getAccessKeyLastUsed({ AccessKeyId: second.accessKeyId })).AccessKeyLastUsed!.ServiceName, 'iam')
  await own.updateAccessKey({ AccessKeyId: first.accessKeyId, Status: 'Inactive' })
  const unknown = 'InvalidClientTokenId 403 The security token included in the request is invalid.'
  assert.equal(await refused(scene.iam(first).getUser({})), unknown)
  await own.updateAccessKey({ AccessKeyId: first.accessKeyId, Status: 'Active' })
  await scene.iam(first).getUser({})
  await own.updateAccessKey({ AccessKeyId: first.accessKeyId, Status: 'Inactive' })
  await own.deleteAccessKey({ AccessKeyId: first.accessKeyId })
  assert.equal(await refused(scene.iam(first).getUser({})), unknown)
  assert.match(await refused(own.updateAccessKey({ AccessKeyId: first.accessKeyId, Status: 'Active' })), /^NoSuchEntity 404 /)
  assert.ok((await scene.sts(keyOf(session.Credentials)).getCallerIdentity({})).Arn, 'a session that was made with it goes on')
  await scene.restart()
  assert.equal(await refused(scene.iam(first).getUser({})), unknown)
  const third = keyOf((await scene.iam(second).createAccessKey({})).AccessKey)
  await scene.iam(third).getUser({})
})

test('[item 7] who may do nothing without MFA but enrol a device enrols one, and then does everything in a session with its code', async () => {
  const withoutMfa = { Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } } }
  const enrolment = ['iam:CreateVirtualMFADevice', 'iam:EnableMFADevice', 'iam:ListMFADevices', 'iam:GetUser', 'sts:GetSessionToken']
  const key = await scene.newUser('careful', allow('*'), { ...deny('*', '*', withoutMfa), Action: undefined, NotAction: enrolment })
  const bare = scene.iam(key)
  const denied = /^AccessDenied 403 .* with an explicit deny in an identity-based policy/
  assert.match(await refused(bare.listUsers({})), denied)
  assert.match(await refused(bare.createUser({ UserName: 'other' })), denied)
  const { VirtualMFADevice } = await bare.createVirtualMFADevice({ VirtualMFADeviceName: 'careful' })
  const SerialNumber = VirtualMFADevice!.SerialNumber!
  const seed = Buffer.from(VirtualMFADevice!.Base32StringSeed!).toString('latin1')
  await bare.enableMFADevice({
    UserName: 'careful',
    SerialNumber,
    AuthenticationCode1: mfaCode(seed, -2),
    AuthenticationCode2: mfaCode(seed, -1),
  })
  assert.match(await refused(bare.listUsers({})), denied, 'a device that is not used counts for nothing')
  const without = keyOf((await scene.sts(key).getSessionToken({})).Credentials)
  assert.match(await refused(scene.iam(without).listUsers({})), /^(?:InvalidClientTokenId|AccessDenied) 403 /)
  const wrong = String((Number(mfaCode(seed)) + 1) % 1_000_000).padStart(6, '0')
  assert.equal(
    await refused(scene.sts(key).getSessionToken({ SerialNumber, TokenCode: wrong })),
    'AccessDenied 403 MultiFactorAuthentication failed with invalid MFA one time pass code.',
  )
  const given = await scene.sts(key).getSessionToken({ SerialNumber, TokenCode: mfaCode(seed) })
  const present = scene.iam(keyOf(given.Credentials))
  await present.listUsers({})
  await present.createUser({ UserName: 'other' })
  await present.deleteUser({ UserName: 'other' })
  assert.match(await refused(bare.listUsers({})), denied, 'the key itself is what it was')
})

test('[item 7] a policy of six versions: five at a time, what is in force changes at once, and no number comes again', async () => {
  const root = scene.iam()
  const own = scene.iam(await scene.newUser('versioned'))
  const PolicyArn = (await root.createPolicy({ PolicyName: 'six', PolicyDocument: policy(allow('iam:ListUsers')) })).Policy!.Arn!
  await root.attachUserPolicy({ UserName: 'versioned', PolicyArn })
  const put = (action: string, SetAsDefault = false) =>
    root.createPolicyVersion({ PolicyArn, PolicyDocument: policy(allow(action)), SetAsDefault })
  await own.listUsers({})
  for (const action of ['iam:ListRoles', 'iam:ListGroups', 'iam:ListPolicies']) await put(action)
  assert.equal((await put('iam:ListInstanceProfiles', true)).PolicyVersion!.VersionId, 'v5')
  assert.match(await refused(own.listUsers({})), /^AccessDenied/)
  await own.listInstanceProfiles({})
  assert.equal(
    await refused(put('iam:GetUser')),
    'LimitExceeded 409 A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.',
  )
  assert.equal(
    await refused(root.deletePolicyVersion({ PolicyArn, VersionId: 'v5' })),
    'DeleteConflict 409 Cannot delete the default version of a policy.',
  )
  await root.deletePolicyVersion({ PolicyArn, VersionId: 'v1' })
  assert.equal((await put('iam:GetAccountSummary')).PolicyVersion!.VersionId, 'v6')
  await own.listInstanceProfiles({})
  assert.match(await refused(own.getAccountSummary({})), /^AccessDenied/)
  await root.setDefaultPolicyVersion({ PolicyArn, VersionId: 'v6' })
  await own.getAccountSummary({})
  assert.match(await refused(own.listInstanceProfiles({})), /^AccessDenied/)
  assert.match(await refused(root.setDefaultPolicyVersion({ PolicyArn, VersionId: 'v1' })), /^NoSuchEntity 404 /)
  await root.deletePolicyVersion({ PolicyArn, VersionId: 'v5' })
  assert.equal((await put('iam:ListUsers')).PolicyVersion!.VersionId, 'v7')
  const listed = (await root.listPolicyVersions({ PolicyArn })).Versions!.map(({ VersionId }) => VersionId).sort()
  assert.deepEqual(listed, ['v2', 'v3', 'v4', 'v6', 'v7'])
})

interface Hindrance {
  readonly thing: ThingName
  readonly also?: readonly ThingName[]
  readonly must: string
  readonly undo: OperationName
  readonly input?: Values
}

/** What hangs on a user, in the order in which AWS's guide takes it away. */
const hindrances: readonly Hindrance[] = [
  { thing: 'loginProfile', must: 'delete login profile', undo: 'DeleteLoginProfile' },
  { thing: 'accessKey', must: 'delete access keys', undo: 'DeleteAccessKey' },
  { thing: 'signingCertificate', must: 'delete certificates', undo: 'DeleteSigningCertificate', input: { UserName: '$UserName' } },
  { thing: 'sshKey', must: 'remove referenced objects', undo: 'DeleteSSHPublicKey' },
  {
    thing: 'serviceCredential',
    must: 'remove referenced objects',
    undo: 'DeleteServiceSpecificCredential',
    input: { UserName: '$UserName' },
  },
  { thing: 'enabledMfa', also: ['mfaDevice'], must: 'delete MFA device', undo: 'DeactivateMFADevice', input: { UserName: '$UserName' } },
  { thing: 'userInline', must: 'delete policies', undo: 'DeleteUserPolicy' },
  { thing: 'userAttachment', also: ['policy'], must: 'detach all policies', undo: 'DetachUserPolicy' },
  { thing: 'member', also: ['group'], must: 'remove users from group', undo: 'RemoveUserFromGroup' },
]

test('[item 7] a user with everything is deleted when all of it is gone, and whoever comes next by that name has nothing of it', async () => {
  const root = senderTo(scene.server().endpoint, scene.server().rootKey)
  const world = newWorld('leaving', account, root)
  const there = hindrances.filter(({ thing }) => !missing.has(things[thing].call))
  await furnish(world, ['user', ...there.flatMap(({ thing, also = [] }) => [...also, thing])])
  const UserName = world.values.UserName as string
  const id = ((await root('GetUser', { UserName })).User as { UserId: string }).UserId
  const left = [...there]
  while (left.length > 0) {
    const answer = await refused(root('DeleteUser', { UserName }))
    const named = left.map(({ must }) => `DeleteConflict 409 Cannot delete entity, must ${must} first.`)
    assert.ok(named.includes(answer), `${answer} with ${left.map(({ thing }) => thing)} left`)
    const { undo, input } = left.shift()!
    await root(undo, inputOf(undo, world, input))
  }
  await root('DeleteUser', { UserName })
  assert.match(await refused(root('GetUser', { UserName })), /^NoSuchEntity 404 /)
  await root('CreateUser', { UserName })
  const again = (await root('GetUser', { UserName })).User as { UserId: string }
  assert.notEqual(again.UserId, id)
  for (const [list, member] of [
    ['ListAccessKeys', 'AccessKeyMetadata'],
    ['ListUserPolicies', 'PolicyNames'],
    ['ListAttachedUserPolicies', 'AttachedPolicies'],
    ['ListGroupsForUser', 'Groups'],
    ['ListMFADevices', 'MFADevices'],
    ['ListSigningCertificates', 'Certificates'],
    ['ListSSHPublicKeys', 'SSHPublicKeys'],
    ['ListServiceSpecificCredentials', 'ServiceSpecificCredentials'],
  ] as const) {
    if (!missing.has(list)) assert.deepEqual((await root(list, { UserName }))[member], [], list)
  }
})
