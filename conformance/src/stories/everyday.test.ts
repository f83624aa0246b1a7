/** Stories that every administrator knows, from their beginning to their end. */
import assert from 'node:assert/strict'
import { mfaCode } from '../certificates.support.js'
import { type Key, keyOf } from '../clients.js'
import { account, allow, deny, policy, refused } from '../iam-scene.js'
import { furnish, inputOf, newWorld, type OperationName, type Values } from '../operations/index.js'
import type { ThingName } from '../operations/things.js'
import { throughEachClient } from './story-clients.js'

const arn = (typeAndName: string): string => `arn:aws:iam::${account}:${typeAndName}`
const member = (answer: Values, name: string): Values => answer[name] as Values
const keyIn = (answer: Values): Key => keyOf((answer.AccessKey ?? answer.Credentials) as object)

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
  {
    thing: 'enabledMfa',
    also: ['mfaDevice'],
    must: 'remove tokens from principal',
    undo: 'DeactivateMFADevice',
    input: { UserName: '$UserName' },
  },
  { thing: 'userInline', must: 'delete policies', undo: 'DeleteUserPolicy' },
  { thing: 'userAttachment', also: ['policy'], must: 'detach all policies', undo: 'DetachUserPolicy' },
  { thing: 'member', also: ['group'], must: 'remove users from group', undo: 'RemoveUserFromGroup' },
]

throughEachClient(({ as, story, restart }) => {
  /** A user with a key, and with an inline policy when statements are given. */
  const newUser = async (UserName: string, ...statements: readonly object[]): Promise<Key> => {
    const root = as()
    await root('CreateUser', { UserName })
    if (statements.length > 0) await root('PutUserPolicy', { UserName, PolicyName: 'own', PolicyDocument: policy(...statements) })
    return keyIn(await root('CreateAccessKey', { UserName }))
  }

  story('[item 7] a key is rotated by its user: a second one, no third, the first switched off, tried, and deleted', async () => {
    const mine = arn('user/${aws:username}')
    const first = await newUser('rotating', allow(['iam:*AccessKey*', 'iam:GetUser'], mine))
    const second = keyIn(await as(first)('CreateAccessKey'))
    assert.equal(member(await as(second)('GetUser'), 'User').UserName, 'rotating')
    assert.equal(await refused(as(first)('CreateAccessKey')), 'LimitExceeded 409 Cannot exceed quota for AccessKeysPerUser: 2')
    const session = keyIn(await as(first)('GetSessionToken'))
    const own = as(second)
    const used = member(await own('GetAccessKeyLastUsed', { AccessKeyId: second.accessKeyId }), 'AccessKeyLastUsed')
    assert.equal(used.ServiceName, 'iam')
    await own('UpdateAccessKey', { AccessKeyId: first.accessKeyId, Status: 'Inactive' })
    const unknown = 'InvalidClientTokenId 403 The security token included in the request is invalid.'
    assert.equal(await refused(as(first)('GetUser')), unknown)
    await own('UpdateAccessKey', { AccessKeyId: first.accessKeyId, Status: 'Active' })
    await as(first)('GetUser')
    await own('UpdateAccessKey', { AccessKeyId: first.accessKeyId, Status: 'Inactive' })
    await own('DeleteAccessKey', { AccessKeyId: first.accessKeyId })
    assert.equal(await refused(as(first)('GetUser')), unknown)
    assert.equal(
      await refused(own('UpdateAccessKey', { AccessKeyId: first.accessKeyId, Status: 'Active' })),
      `NoSuchEntity 404 The Access Key with id ${first.accessKeyId} cannot be found.`,
    )
    assert.ok((await as(session)('GetCallerIdentity')).Arn, 'a session that was made with it goes on')
    await restart()
    assert.equal(await refused(as(first)('GetUser')), unknown)
    const third = keyIn(await as(second)('CreateAccessKey'))
    await as(third)('GetUser')
  })

  story(
    '[item 7] who may do nothing without MFA but enrol a device enrols one, and then does everything in a session with its code',
    async () => {
      const withoutMfa = { Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } } }
      const enrolment = ['iam:CreateVirtualMFADevice', 'iam:EnableMFADevice', 'iam:ListMFADevices', 'iam:GetUser', 'sts:GetSessionToken']
      const key = await newUser('careful', allow('*'), { ...deny('*', '*', withoutMfa), Action: undefined, NotAction: enrolment })
      const bare = as(key)
      const denied = /^AccessDenied 403 .* with an explicit deny in an identity-based policy/
      assert.match(await refused(bare('ListUsers')), denied)
      assert.match(await refused(bare('CreateUser', { UserName: 'other' })), denied)
      const device = member(await bare('CreateVirtualMFADevice', { VirtualMFADeviceName: 'careful' }), 'VirtualMFADevice')
      const { SerialNumber } = device
      const seed = Buffer.from(device.Base32StringSeed as Uint8Array).toString('latin1')
      await bare('EnableMFADevice', {
        UserName: 'careful',
        SerialNumber,
        AuthenticationCode1: mfaCode(seed, -2),
        AuthenticationCode2: mfaCode(seed, -1),
      })
      assert.match(await refused(bare('ListUsers')), denied, 'a device that is not used counts for nothing')
      const without = as(keyIn(await bare('GetSessionToken')))
      assert.match(await refused(without('ListUsers')), /^(?:InvalidClientTokenId|AccessDenied) 403 /)
      const wrong = String((Number(mfaCode(seed)) + 1) % 1_000_000).padStart(6, '0')
      assert.equal(
        await refused(bare('GetSessionToken', { SerialNumber, TokenCode: wrong })),
        'AccessDenied 403 MultiFactorAuthentication failed with invalid MFA one time pass code. ',
      )
      const present = as(keyIn(await bare('GetSessionToken', { SerialNumber, TokenCode: mfaCode(seed) })))
      await present('ListUsers')
      await present('CreateUser', { UserName: 'other' })
      await present('DeleteUser', { UserName: 'other' })
      assert.match(await refused(bare('ListUsers')), denied, 'the key itself is what it was')
    },
  )

  story('[item 7] a policy of six versions: five at a time, what is in force changes at once, and no number comes again', async () => {
    const root = as()
    const own = as(await newUser('versioned'))
    const created = await root('CreatePolicy', { PolicyName: 'six', PolicyDocument: policy(allow('iam:ListUsers')) })
    const PolicyArn = member(created, 'Policy').Arn
    await root('AttachUserPolicy', { UserName: 'versioned', PolicyArn })
    const put = async (action: string, SetAsDefault = false) => {
      const made = await root('CreatePolicyVersion', { PolicyArn, PolicyDocument: policy(allow(action)), SetAsDefault })
      return member(made, 'PolicyVersion').VersionId
    }
    await own('ListUsers')
    for (const action of ['iam:ListRoles', 'iam:ListGroups', 'iam:ListPolicies']) await put(action)
    assert.equal(await put('iam:ListInstanceProfiles', true), 'v5')
    assert.match(await refused(own('ListUsers')), /^AccessDenied/)
    await own('ListInstanceProfiles')
    assert.equal(
      await refused(put('iam:GetUser')),
      'LimitExceeded 409 A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.',
    )
    assert.equal(
      await refused(root('DeletePolicyVersion', { PolicyArn, VersionId: 'v5' })),
      'DeleteConflict 409 Cannot delete the default version of a policy.',
    )
    await root('DeletePolicyVersion', { PolicyArn, VersionId: 'v1' })
    assert.equal(await put('iam:GetAccountSummary'), 'v6')
    await own('ListInstanceProfiles')
    assert.match(await refused(own('GetAccountSummary')), /^AccessDenied/)
    await root('SetDefaultPolicyVersion', { PolicyArn, VersionId: 'v6' })
    await own('GetAccountSummary')
    assert.match(await refused(own('ListInstanceProfiles')), /^AccessDenied/)
    assert.match(await refused(root('SetDefaultPolicyVersion', { PolicyArn, VersionId: 'v1' })), /^NoSuchEntity 404 /)
    await root('DeletePolicyVersion', { PolicyArn, VersionId: 'v5' })
    assert.equal(await put('iam:ListUsers'), 'v7')
    const versions = (await root('ListPolicyVersions', { PolicyArn })).Versions as Values[]
    assert.deepEqual(versions.map(({ VersionId }) => VersionId).sort(), ['v2', 'v3', 'v4', 'v6', 'v7'])
  })

  story(
    '[item 7] a user with everything is deleted when all of it is gone, and whoever comes next by that name has nothing of it',
    async () => {
      const root = as()
      const world = newWorld('leaving', account, root)
      await furnish(world, ['user', ...hindrances.flatMap(({ thing, also = [] }) => [...also, thing])])
      const UserName = world.values.UserName as string
      const id = member(await root('GetUser', { UserName }), 'User').UserId
      const left = [...hindrances]
      while (left.length > 0) {
        const answer = await refused(root('DeleteUser', { UserName }))
        const named = left.map(({ must }) => `DeleteConflict 409 Cannot delete entity, must ${must} first.`)
        assert.ok(named.includes(answer), `${answer} with ${left.map(({ thing }) => thing)} left`)
        const { undo, input } = left.shift()!
        await root(undo, inputOf(undo, world, input))
      }
      await root('DeleteUser', { UserName })
      assert.equal(await refused(root('GetUser', { UserName })), `NoSuchEntity 404 The user with name ${UserName} cannot be found.`)
      await root('CreateUser', { UserName })
      assert.notEqual(member(await root('GetUser', { UserName }), 'User').UserId, id)
      for (const [list, at] of [
        ['ListAccessKeys', 'AccessKeyMetadata'],
        ['ListUserPolicies', 'PolicyNames'],
        ['ListAttachedUserPolicies', 'AttachedPolicies'],
        ['ListGroupsForUser', 'Groups'],
        ['ListMFADevices', 'MFADevices'],
        ['ListSigningCertificates', 'Certificates'],
        ['ListSSHPublicKeys', 'SSHPublicKeys'],
        ['ListServiceSpecificCredentials', 'ServiceSpecificCredentials'],
      ] as const) {
        assert.deepEqual((await root(list, { UserName }))[at], [], list)
      }
      assert.match(await refused(root('GetLoginProfile', { UserName })), /^NoSuchEntity 404 /)
    },
  )
})
