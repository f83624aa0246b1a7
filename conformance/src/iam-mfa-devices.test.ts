import assert from 'node:assert/strict'
import { test } from 'node:test'
import jsQR from 'jsqr'
import { PNG } from 'pngjs'
import { mfaCode } from './certificates.support.js'
import { keyOf } from './clients.js'
import { account, allow, refused, trust, useServer } from './iam-scene.js'

const scene = useServer()
const arn = (typeAndName: string): string => `arn:aws:iam::${account}:${typeAndName}`
const anyTwo = { AuthenticationCode1: '123456', AuthenticationCode2: '654321' }

/** What an authenticator app does with the picture. The codes count from now on, whatever time it becomes. */
function codesOf(png: Uint8Array): (off: number) => string {
  const { data, width, height } = PNG.sync.read(Buffer.from(png))
  const secret = new URL(jsQR.default(new Uint8ClampedArray(data), width, height)!.data).searchParams.get('secret')!
  const at = Date.now()
  return (off) => mfaCode(secret, off, at)
}

/** A device of the user, enabled with codes of a while ago, so that the present ones are unused. */
async function enabled(UserName: string, VirtualMFADeviceName: string) {
  const root = scene.iam()
  const { VirtualMFADevice } = await root.createVirtualMFADevice({ VirtualMFADeviceName })
  const SerialNumber = VirtualMFADevice!.SerialNumber!
  const code = codesOf(VirtualMFADevice!.QRCodePNG!)
  await root.enableMFADevice({ UserName, SerialNumber, AuthenticationCode1: code(-2), AuthenticationCode2: code(-1) })
  return { SerialNumber, code }
}

test('[item 5] a virtual device is made, enabled, listed, taken away and deleted, through a restart', async () => {
  let root = scene.iam()
  await root.createUser({ UserName: 'ada' })
  const made = (await root.createVirtualMFADevice({ VirtualMFADeviceName: 'phone', Path: '/team/', Tags: [{ Key: 'a', Value: 'b' }] }))
    .VirtualMFADevice!
  const SerialNumber = arn('mfa/team/phone')
  assert.deepEqual(Object.keys(made).sort(), ['Base32StringSeed', 'QRCodePNG', 'SerialNumber', 'Tags'])
  assert.equal(made.SerialNumber, SerialNumber)
  assert.equal(
    await refused(root.createVirtualMFADevice({ VirtualMFADeviceName: 'PHONE', Path: '/team/' })),
    'EntityAlreadyExists 409 MFA device already exists.',
  )
  await root.createVirtualMFADevice({ VirtualMFADeviceName: 'phone' })
  for (const VirtualMFADeviceName of ['x'.repeat(227), 'x'.repeat(2000), 'a b'])
    assert.match(await refused(root.createVirtualMFADevice({ VirtualMFADeviceName })), /^(?:ValidationError|InvalidInput) 400 /)
  const longest = (await root.createVirtualMFADevice({ VirtualMFADeviceName: 'x'.repeat(226) })).VirtualMFADevice!.SerialNumber!
  await root.deleteVirtualMFADevice({ SerialNumber: longest })
  const code = codesOf(made.QRCodePNG!)
  const enable = (first: string, second: string) =>
    root.enableMFADevice({ UserName: 'ada', SerialNumber, AuthenticationCode1: first, AuthenticationCode2: second })
  const invalid = 'InvalidAuthenticationCode 403 Authentication code for device is not valid.'
  assert.equal(await refused(enable(code(0), code(0))), invalid)
  assert.equal(await refused(enable(code(0), code(-1))), invalid)
  assert.match(await refused(enable('12345', code(0))), /^ValidationError 400 .* at 'authenticationCode1' failed/)
  await scene.restart()
  root = scene.iam()
  await enable(code(-1), code(0))
  assert.equal(await refused(enable(code(-1), code(0))), 'EntityAlreadyExists 409 MFA Device for user ada already exists.')
  await scene.restart()
  root = scene.iam()
  const [listed] = (await root.listMFADevices({ UserName: 'ada' })).MFADevices!
  assert.deepEqual([listed!.UserName, listed!.SerialNumber], ['ada', SerialNumber])
  const assigned = (await root.listVirtualMFADevices({ AssignmentStatus: 'Assigned' })).VirtualMFADevices!
  assert.deepEqual(
    assigned.map(({ SerialNumber, User, EnableDate }) => [SerialNumber, User!.UserName, EnableDate]),
    [[SerialNumber, 'ada', listed!.EnableDate]],
  )
  assert.deepEqual((await root.listVirtualMFADevices({ AssignmentStatus: 'Unassigned' })).VirtualMFADevices, [
    { SerialNumber: arn('mfa/phone') },
  ])
  assert.equal((await root.listVirtualMFADevices({})).VirtualMFADevices!.length, 2)
  const summary = (await root.getAccountSummary({})).SummaryMap!
  assert.deepEqual([summary.MFADevices, summary.MFADevicesInUse, summary.AccountMFAEnabled], [2, 1, 0])

  await root.updateUser({ UserName: 'ada', NewUserName: 'lovelace' })
  assert.equal((await root.listMFADevices({ UserName: 'lovelace' })).MFADevices![0]!.SerialNumber, SerialNumber)
  assert.equal(
    await refused(root.deleteVirtualMFADevice({ SerialNumber })),
    'DeleteConflict 409 MFA VirtualDevice in use. Must deactivate first.',
  )
  assert.equal(
    await refused(root.deleteUser({ UserName: 'lovelace' })),
    'DeleteConflict 409 Cannot delete entity, must remove tokens from principal first.',
  )
  await root.createUser({ UserName: 'bob' })
  assert.equal(
    await refused(root.enableMFADevice({ UserName: 'bob', SerialNumber, ...anyTwo })),
    'EntityAlreadyExists 409 MFA Device is already in use.',
  )
  assert.equal(
    await refused(root.getMFADevice({ UserName: 'lovelace', SerialNumber })),
    'ValidationError 400 The MFA device serial number sent in the request is invalid or not supported by this API. Currently, only hardware FIDO security keys are supported. Please use the compatible device or API.',
  )
  assert.equal(await refused(root.deactivateMFADevice({ UserName: 'bob', SerialNumber })), 'NoSuchEntity 404 MFA Device invalid for user.')
  await root.deactivateMFADevice({ UserName: 'lovelace', SerialNumber })
  assert.deepEqual((await root.listMFADevices({ UserName: 'lovelace' })).MFADevices, [])
  await root.deleteUser({ UserName: 'lovelace' })
  assert.equal(
    await refused(root.enableMFADevice({ UserName: 'bob', SerialNumber, AuthenticationCode1: code(-1), AuthenticationCode2: code(0) })),
    invalid,
    'those two were used',
  )
  await root.deleteVirtualMFADevice({ SerialNumber })
  await scene.restart()
  root = scene.iam()
  const gone = `NoSuchEntity 404 MFA Device with serial number ${SerialNumber} does not exist.`
  assert.equal(await refused(root.deleteVirtualMFADevice({ SerialNumber })), gone)
  assert.equal(await refused(root.enableMFADevice({ UserName: 'bob', SerialNumber, ...anyTwo })), gone)
  assert.equal(await refused(root.deactivateMFADevice({ UserName: 'bob', SerialNumber })), gone)
})

test('[item 5] a code makes a session that may call IAM, once, and the role that asks for a code opens', async () => {
  const key = await scene.newUser('coded', allow(['iam:GetUser', 'sts:AssumeRole']))
  const { SerialNumber, code } = await enabled('coded', 'coded')
  const spare = await enabled('coded', 'spare')
  const given = { SerialNumber, TokenCode: code(0) }
  const opened = keyOf((await scene.sts(key).getSessionToken(given)).Credentials)
  assert.equal((await scene.iam(opened).getUser({})).User!.UserName, 'coded')
  const wrong = 'AccessDenied 403 MultiFactorAuthentication failed with invalid MFA one time pass code. '
  assert.equal(await refused(scene.sts(key).getSessionToken(given)), wrong)
  await scene.restart()
  assert.equal(await refused(scene.sts(key).getSessionToken(given)), wrong, 'a code stays used through a restart')
  const mfa = { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }
  await scene.iam().createRole({ RoleName: 'guarded', AssumeRolePolicyDocument: trust(account, 'sts:AssumeRole', mfa) })
  const assume = (more: object) => scene.sts(key).assumeRole({ RoleArn: arn('role/guarded'), RoleSessionName: 'visit', ...more })
  assert.match(await refused(assume({})), /^AccessDenied 403 User: /)
  assert.equal(await refused(assume(given)), wrong)
  await assume({ SerialNumber: spare.SerialNumber, TokenCode: spare.code(0) })
  assert.match(
    await refused(assume({ SerialNumber: arn('mfa/absent'), TokenCode: '123456' })),
    /^AccessDenied 403 MultiFactorAuthentication failed, unable to validate MFA code\. {2}Please verify/,
  )
})

test('[item 5] eight calls with one code: one session', async () => {
  const key = await scene.newUser('racing')
  const { SerialNumber, code } = await enabled('racing', 'racing')
  const TokenCode = code(0)
  const answers = await Promise.all(
    Array.from({ length: 8 }, () =>
      scene
        .sts(key)
        .getSessionToken({ SerialNumber, TokenCode })
        .then(
          () => 'session',
          () => 'refused',
        ),
    ),
  )
  assert.equal(answers.filter((answer) => answer === 'session').length, 1)
})

test('[item 5] a user has eight devices at most', async () => {
  const root = scene.iam()
  await root.createUser({ UserName: 'many' })
  for (let n = 1; n <= 8; n++) await enabled('many', `many-${n}`)
  assert.equal(await refused(enabled('many', 'many-9')), 'LimitExceeded 409 Cannot exceed quota for MFADevicesPerUser: 8')
  const page = await root.listMFADevices({ UserName: 'many', MaxItems: 5 })
  const rest = await root.listMFADevices({ UserName: 'many', Marker: page.Marker })
  assert.equal(page.IsTruncated, true)
  assert.equal(rest.IsTruncated, false)
  assert.equal(new Set([...page.MFADevices!, ...rest.MFADevices!].map(({ SerialNumber }) => SerialNumber)).size, 8)
})

test('[item 5] devices are set right with two codes, by whoever may', async () => {
  const root = scene.iam()
  const key = await scene.newUser('late')
  await root.createUser({ UserName: 'later' })
  const { SerialNumber, code } = await enabled('late', 'late')
  const resync = (UserName: string, first: number) =>
    root.resyncMFADevice({ UserName, SerialNumber, AuthenticationCode1: code(first), AuthenticationCode2: code(first + 1) })
  assert.equal(await refused(resync('later', 60)), 'NoSuchEntity 404 MFA Device invalid for user.')
  assert.equal(await refused(resync('late', -2)), 'InvalidAuthenticationCode 403 Authentication code for device is not valid.')
  const session = (off: number) => scene.sts(key).getSessionToken({ SerialNumber, TokenCode: code(off) })
  assert.match(await refused(session(62)), /^AccessDenied 403 MultiFactorAuthentication failed with invalid/)
  await resync('late', 60)
  assert.equal(await refused(resync('late', 60)), 'InvalidAuthenticationCode 403 Authentication code for device is not valid.')
  await scene.restart()
  assert.match(await refused(session(0)), /^AccessDenied 403 MultiFactorAuthentication failed with invalid/)
  await session(62)
})

test('[item 5] devices are tagged, and conditions see the tags', async () => {
  const root = scene.iam()
  await root.createVirtualMFADevice({ VirtualMFADeviceName: 'tagged', Tags: [{ Key: 'Team', Value: 'red' }] })
  await root.createVirtualMFADevice({ VirtualMFADeviceName: 'untagged' })
  const SerialNumber = arn('mfa/tagged')
  await root.tagMFADevice({ SerialNumber, Tags: [{ Key: 'Cost', Value: '1' }] })
  await scene.restart()
  const again = scene.iam()
  const tags = [
    { Key: 'Cost', Value: '1' },
    { Key: 'Team', Value: 'red' },
  ]
  assert.deepEqual((await again.listMFADeviceTags({ SerialNumber })).Tags, tags)
  await again.untagMFADevice({ SerialNumber, TagKeys: ['cost'] })
  assert.deepEqual((await again.listMFADeviceTags({ SerialNumber })).Tags, tags)
  await again.untagMFADevice({ SerialNumber, TagKeys: ['Cost'] })
  assert.deepEqual((await again.listMFADeviceTags({ SerialNumber })).Tags, tags.slice(1))
  assert.match(await refused(again.tagMFADevice({ SerialNumber: arn('mfa/absent'), Tags: tags })), /^NoSuchEntity 404 /)
  const red = { Condition: { StringEquals: { 'aws:ResourceTag/Team': 'red' } } }
  const own = scene.iam(await scene.newUser('red-only', allow('iam:DeleteVirtualMFADevice', '*', red)))
  assert.match(await refused(own.deleteVirtualMFADevice({ SerialNumber: arn('mfa/untagged') })), /^AccessDenied 403 /)
  await own.deleteVirtualMFADevice({ SerialNumber })
})

test('[item 5] a user manages its own devices and nobody else’s, where its policy says so', async () => {
  const root = scene.iam()
  const key = await scene.newUser(
    'self',
    allow('iam:*VirtualMFADevice', arn('mfa/${aws:username}')),
    allow(['iam:EnableMFADevice', 'iam:DeactivateMFADevice', 'iam:ListMFADevices', 'iam:ResyncMFADevice'], arn('user/${aws:username}')),
  )
  await root.createUser({ UserName: 'else' })
  const self = scene.iam(key)
  assert.match(
    await refused(self.createVirtualMFADevice({ VirtualMFADeviceName: 'other' })),
    /on resource: arn:aws:iam::000000000000:mfa\/other because/,
  )
  const { VirtualMFADevice } = await self.createVirtualMFADevice({ VirtualMFADeviceName: 'self' })
  const SerialNumber = VirtualMFADevice!.SerialNumber!
  const code = codesOf(VirtualMFADevice!.QRCodePNG!)
  const codes = { AuthenticationCode1: code(-1), AuthenticationCode2: code(0) }
  assert.match(await refused(self.enableMFADevice({ UserName: 'else', SerialNumber, ...codes })), /on resource: user else because/)
  await self.enableMFADevice({ UserName: 'self', SerialNumber, ...codes })
  assert.equal((await self.listMFADevices({})).MFADevices!.length, 1)
  assert.match(await refused(self.listMFADevices({ UserName: 'else' })), /^AccessDenied 403 /)
  assert.match(await refused(self.resyncMFADevice({ UserName: 'else', SerialNumber, ...anyTwo })), /^AccessDenied 403 /)
  const withoutMfa =
    'AccessDenied 403 To complete this action, please ensure that you are authenticated with an MFA device that is enabled for this user.'
  assert.equal(await refused(self.deactivateMFADevice({ SerialNumber })), withoutMfa)
  const proven = scene.iam(keyOf((await scene.sts(key).getSessionToken({ SerialNumber, TokenCode: code(1) })).Credentials))
  await proven.deactivateMFADevice({ SerialNumber })
  await self.deleteVirtualMFADevice({ SerialNumber })
  const theirs = await scene.newAccount('mfa-neighbour')
  const other = scene.iam(theirs.root)
  await root.createVirtualMFADevice({ VirtualMFADeviceName: 'ours' })
  assert.match(await refused(other.deleteVirtualMFADevice({ SerialNumber: arn('mfa/ours') })), /^AccessDenied 403 /)
  assert.match(await refused(other.listMFADeviceTags({ SerialNumber: arn('mfa/ours') })), /^AccessDenied 403 /)
  assert.deepEqual((await other.listVirtualMFADevices({})).VirtualMFADevices, [])
})
