import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import jsQR from 'jsqr'
import { PNG } from 'pngjs'
import { codeAt, stepAt } from '../../credentials/totp.js'
import { accountId, InProcess, type Key, refused } from '../../in-process.test.support.js'
import { fail } from '../../pipeline/api-error.js'
import { enrolSecurityKey } from './security-keys.js'

let here: InProcess
before(async () => {
  here = await InProcess.start()
})
after(() => here.server.close())

const role = `arn:aws:iam::${accountId}:role/guarded`
const wrong = 'AccessDenied MultiFactorAuthentication failed with invalid MFA one time pass code. '
const noDevice =
  'AccessDenied MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.'

interface Device {
  readonly serial: string
  /** The code of so many steps from now. */
  readonly code: (off?: number) => string
}

async function newDevice(name: string): Promise<Device> {
  const { VirtualMFADevice } = await here.iam().createVirtualMFADevice({ VirtualMFADeviceName: name })
  const { data, width, height } = PNG.sync.read(Buffer.from(VirtualMFADevice!.QRCodePNG!))
  const uri = jsQR.default(new Uint8ClampedArray(data), width, height)!.data
  const seed = fromBase32(/secret=([A-Z2-7]+)/.exec(uri)![1]!)
  return { serial: VirtualMFADevice!.SerialNumber!, code: (off = 0) => codeAt(seed, stepAt(here.now) + off) }
}

function fromBase32(text: string): Buffer {
  const bits = [...text].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from(bits.match(/.{8}/g)!.map((byte) => Number.parseInt(byte, 2)))
}

/** A code that the device does not show these minutes. */
const wrongCode = ({ code }: Device): string =>
  ['111111', '222222', '333333', '444444', '555555', '666666'].find((text) => [-2, -1, 0, 1, 2].every((off) => code(off) !== text))!

const enable = ({ serial, code }: Device, UserName: string) =>
  here.iam().enableMFADevice({ UserName, SerialNumber: serial, AuthenticationCode1: code(-1), AuthenticationCode2: code(0) })

async function newUser(UserName: string, ...actions: string[]): Promise<Key> {
  const root = here.iam()
  await root.createUser({ UserName })
  const Statement = actions.map((Action) => ({ Effect: 'Allow', Action, Resource: '*' }))
  if (actions.length > 0)
    await root.putUserPolicy({ UserName, PolicyName: 'own', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }) })
  const { AccessKey } = await root.createAccessKey({ UserName })
  return { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! }
}

async function session(key: Key, more: object = {}): Promise<Key> {
  const { Credentials } = await here.sts(key).getSessionToken(more)
  return {
    accessKeyId: Credentials!.AccessKeyId!,
    secretAccessKey: Credentials!.SecretAccessKey!,
    sessionToken: Credentials!.SessionToken!,
  }
}

test('[item 5] the picture scans to the seed, which is told once', async () => {
  const { VirtualMFADevice } = await here.iam().createVirtualMFADevice({ VirtualMFADeviceName: 'phone+1', Path: '/a/' })
  assert.equal(VirtualMFADevice!.SerialNumber, `arn:aws:iam::${accountId}:mfa/a/phone+1`)
  const { data, width, height } = PNG.sync.read(Buffer.from(VirtualMFADevice!.QRCodePNG!))
  const uri = jsQR.default(new Uint8ClampedArray(data), width, height)!.data
  const text = Buffer.from(VirtualMFADevice!.Base32StringSeed!).toString()
  assert.match(text, /^[A-Z2-7]{64}$/)
  assert.equal(uri, `otpauth://totp/phone%2B1@${accountId}?secret=${text}`)
  assert.deepEqual((await here.iam().listVirtualMFADevices({})).VirtualMFADevices, [{ SerialNumber: VirtualMFADevice!.SerialNumber }])
})

test('[item 5] GetSessionToken with a code opens IAM, and a code is good once', async () => {
  const key = await newUser('ada', 'iam:GetUser')
  const device = await newDevice('ada')
  const given = (off: number) => ({ SerialNumber: device.serial, TokenCode: device.code(off) })
  assert.equal(await refused(session(key, given(0))), noDevice, 'it is nobody’s yet')
  await enable(device, 'ada')
  await session(key, given(-1))
  const opened = await session(key, given(0))
  assert.equal((await here.iam(opened).getUser({})).User!.UserName, 'ada')
  for (const off of [0, -1]) assert.equal(await refused(session(key, given(off))), wrong, 'used')
  assert.equal(await refused(session(key, given(3))), wrong, 'not yet')
  assert.match(await refused(here.iam(await session(key)).getUser({})), /^InvalidClientTokenId /)
  const half = 'AccessDenied MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.'
  assert.equal(await refused(session(key, { SerialNumber: device.serial })), half)
  assert.equal(await refused(session(key, { TokenCode: device.code(1) })), half)
  const other = await newUser('bob', 'iam:GetUser')
  assert.equal(await refused(session(other, given(1))), noDevice, 'another’s device')
  await session(key, given(2))
  await session(key, given(1))
})

test('[item 5] conditions see that there was a code, and how long ago', async () => {
  const key = await newUser('timed')
  const device = await newDevice('timed')
  await enable(device, 'timed')
  const Statement = [
    { Effect: 'Allow', Action: 'iam:GetUser', Resource: '*', Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } },
    { Effect: 'Allow', Action: 'iam:ListUsers', Resource: '*', Condition: { NumericLessThanEquals: { 'aws:MultiFactorAuthAge': '60' } } },
  ]
  await here.iam().putUserPolicy({
    UserName: 'timed',
    PolicyName: 'own',
    PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }),
  })
  assert.match(await refused(here.iam(key).getUser({})), /^AccessDenied /)
  assert.match(await refused(here.iam(key).listUsers({})), /^AccessDenied /, 'a long-term key has no age')
  here.pass(30_000)
  const opened = await session(key, { SerialNumber: device.serial, TokenCode: device.code() })
  await here.iam(opened).getUser({})
  await here.iam(opened).listUsers({})
  here.pass(60_999)
  await here.iam(opened).listUsers({})
  here.pass(1)
  assert.match(await refused(here.iam(opened).listUsers({})), /^AccessDenied /)
  await here.iam(opened).getUser({})
})

test('[item 5] a trust policy that asks for a code gets it from the call itself, and from a session that had one', async () => {
  const key = await newUser('assumer', 'sts:AssumeRole')
  const device = await newDevice('assumer')
  await enable(device, 'assumer')
  const Statement = {
    Effect: 'Allow',
    Principal: { AWS: accountId },
    Action: 'sts:AssumeRole',
    Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' }, NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' } },
  }
  await here
    .iam()
    .createRole({ RoleName: 'guarded', AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [Statement] }) })
  await here.iam().putRolePolicy({
    RoleName: 'guarded',
    PolicyName: 'own',
    PolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: 'iam:ListRoles', Resource: '*' },
        { Effect: 'Allow', Action: 'iam:ListUsers', Resource: '*', Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } },
      ],
    }),
  })
  const assume = (by: Key, more: object = {}) => here.sts(by).assumeRole({ RoleArn: role, RoleSessionName: 'visit', ...more })
  assert.match(await refused(assume(key)), /^AccessDenied User: .* is not authorized to perform: sts:AssumeRole /)
  here.pass(30_000)
  const given = { SerialNumber: device.serial, TokenCode: device.code() }
  assert.equal(await refused(assume(key, { ...given, TokenCode: '000000' === given.TokenCode ? '111111' : '000000' })), wrong)
  const { Credentials } = await assume(key, given)
  assert.equal(await refused(assume(key, given)), wrong)
  const visit = {
    accessKeyId: Credentials!.AccessKeyId!,
    secretAccessKey: Credentials!.SecretAccessKey!,
    sessionToken: Credentials!.SessionToken!,
  }
  await here.iam(visit).listRoles({})
  assert.match(await refused(here.iam(visit).listUsers({})), /^AccessDenied /, 'the role’s session tells nothing of the code')
  here.pass(30_000)
  const opened = await session(key, { SerialNumber: device.serial, TokenCode: device.code() })
  await assume(opened)
  here.pass(3_600_000)
  assert.match(await refused(assume(opened)), /^AccessDenied User: /, 'the code is too long ago')
  assert.match(await refused(assume(await session(key))), /^AccessDenied User: /)
})

test('[item 5] a device with a wrong clock is set right with two codes, and keeps the time it was given', async () => {
  const key = await newUser('drifting')
  const device = await newDevice('drifting')
  await enable(device, 'drifting')
  const off = 300
  const token = (extra: number) => session(key, { SerialNumber: device.serial, TokenCode: device.code(off + extra) })
  assert.equal(await refused(token(0)), wrong)
  const resync = (first: number, second: number) =>
    here.iam().resyncMFADevice({
      UserName: 'drifting',
      SerialNumber: device.serial,
      AuthenticationCode1: device.code(first),
      AuthenticationCode2: device.code(second),
    })
  const invalid = 'InvalidAuthenticationCode Authentication code for device is not valid.'
  assert.equal(await refused(resync(off, off + 2)), invalid)
  assert.equal(await refused(resync(1000, 1001)), invalid, 'too far off')
  assert.equal(await refused(resync(-1, 0)), invalid, 'used to enable the device')
  await token(-off + 2)
  await resync(off - 1, off)
  await token(1)
  for (const extra of [0, -1]) await token(extra)
  assert.equal(await refused(token(0)), wrong, 'used')
  assert.equal(await refused(session(key, { SerialNumber: device.serial, TokenCode: device.code(1) })), wrong)
  assert.equal(await refused(resync(off, off + 1)), invalid, 'one of the two is of the last pair')
  await resync(off + 1, off + 2)
  await resync(off + 1000, off + 1001)
  await here.iam().deactivateMFADevice({ UserName: 'drifting', SerialNumber: device.serial })
  const again = (second: number) =>
    here.iam().enableMFADevice({
      UserName: 'drifting',
      SerialNumber: device.serial,
      AuthenticationCode1: device.code(second - 1),
      AuthenticationCode2: device.code(second),
    })
  assert.equal(await refused(again(off + 1001)), invalid, 'the last pair')
  assert.equal(await refused(again(0)), invalid, 'our own time is not the device’s')
  await again(off + 2000)
})

test('[item 5] nine codes of a device are looked at in three minutes of UTC, right, wrong and used ones; then it is as if there were none', async () => {
  const key = await newUser('guessed')
  const [device, spare] = [await newDevice('guessed'), await newDevice('guessed-spare')]
  await enable(device, 'guessed')
  await enable(spare, 'guessed')
  const window = 180_000
  here.pass(window - (here.now % window) + 60_000)
  const given = (off: number, of = device) => ({ SerialNumber: of.serial, TokenCode: of.code(off) })
  await session(key, given(-1))
  assert.equal(await refused(session(key, given(-1))), wrong)
  for (let n = 0; n < 6; n++) assert.equal(await refused(session(key, { ...given(0), TokenCode: wrongCode(device) })), wrong)
  await session(key, given(0))
  assert.equal(await refused(session(key, given(1))), noDevice)
  await session(key, given(1, spare))
  here.pass(119_999)
  assert.equal(await refused(session(key, given(0))), noDevice)
  await here.iam().deactivateMFADevice({ UserName: 'guessed', SerialNumber: device.serial })
  await here.iam().deleteVirtualMFADevice({ SerialNumber: device.serial })
  const again = await newDevice('guessed')
  await enable(again, 'guessed')
  assert.equal(await refused(session(key, given(0, again))), noDevice, 'what was spent stays spent for a device of that name')
  here.pass(1)
  await session(key, given(0, again))
})

test('[item 5] nobody else uses up the codes of a device, and a code that is asked for by a role’s trust is looked at once', async () => {
  const key = await newUser('measured', 'sts:AssumeRole', 'sts:TagSession')
  const device = await newDevice('measured')
  await enable(device, 'measured')
  const window = 180_000
  here.pass(window - (here.now % window) + 60_000)
  const given = (off: number) => ({ SerialNumber: device.serial, TokenCode: device.code(off) })
  const stranger = await newUser('stranger')
  const tried = { SerialNumber: device.serial, TokenCode: wrongCode(device) }
  for (let n = 0; n < 12; n++) assert.equal(await refused(session(stranger, tried)), noDevice)
  const Tags = [{ Key: 'a', Value: 'b' }]
  await here.iam().createRole({
    RoleName: 'measuring',
    AssumeRolePolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: accountId }, Action: ['sts:AssumeRole', 'sts:TagSession'] }],
    }),
  })
  const RoleArn = `arn:aws:iam::${accountId}:role/measuring`
  for (let off = -2; off <= 2; off++) await here.sts(key).assumeRole({ RoleArn, RoleSessionName: 'visit', Tags, ...given(off) })
  for (let n = 0; n < 4; n++) assert.equal(await refused(session(key, tried)), wrong)
  assert.equal(await refused(session(key, tried)), noDevice)
})

test('[item 5] the root user has devices of its own, and its sessions tell of their code', async () => {
  const device = await newDevice('root-account-mfa-device')
  const root = here.iam()
  assert.equal((await root.getAccountSummary({})).SummaryMap!.AccountMFAEnabled, 0)
  const user = await newUser('000000000001', 'iam:*')
  const asUser = here.iam(user).enableMFADevice({
    UserName: accountId,
    SerialNumber: device.serial,
    AuthenticationCode1: device.code(-1),
    AuthenticationCode2: device.code(0),
  })
  assert.match(await refused(asUser), /^NoSuchEntity The user with name/, 'nobody else may give the root user a device')
  await enable(device, accountId)
  assert.equal((await root.getAccountSummary({})).SummaryMap!.AccountMFAEnabled, 1)
  const [own] = (await root.listMFADevices({})).MFADevices!
  assert.equal(own!.SerialNumber, device.serial)
  assert.equal(own!.UserName, undefined)
  const listed = (await root.listVirtualMFADevices({ AssignmentStatus: 'Assigned' })).VirtualMFADevices!
  const { User } = listed.find(({ SerialNumber }) => SerialNumber === device.serial)!
  assert.deepEqual(
    [User!.UserId, User!.Arn, User!.UserName, User!.Path],
    [accountId, `arn:aws:iam::${accountId}:root`, undefined, undefined],
  )
  here.pass(30_000)
  const opened = await session(
    { accessKeyId: 'AKIAROOTKEYOFTHETEST', secretAccessKey: 'a-secret-that-is-good-enough-for-a-test0' },
    {
      SerialNumber: device.serial,
      TokenCode: device.code(),
    },
  )
  await here.iam(opened).listMFADevices({})
  await here.iam(opened).deactivateMFADevice({ SerialNumber: device.serial })
  assert.deepEqual((await here.iam().listMFADevices({})).MFADevices, [])
})

test('[item 5] a security key is listed with the other devices, shows its certificates, makes no codes, and is forgotten', async () => {
  const key = await newUser('keyed')
  const userId = (await here.iam().getUser({ UserName: 'keyed' })).User!.UserId!
  const webAuthn = { credentialId: 'AQ', publicKey: 'Ag', signCount: 0, certifications: { FIDO: 'L1' } }
  const surroundings = { randomBytes: (length: number) => new Uint8Array(length).fill(1) }
  const serial = await here.transact((tx) =>
    enrolSecurityKey(tx, { id: userId, UserName: 'keyed' }, { name: 'yellow', webAuthn }, { now: here.now, fail, surroundings }),
  )
  assert.match(serial, /^arn:aws:iam::\d{12}:u2f\/user\/keyed\/yellow-[0-9A-F]{32}$/)
  const root = here.iam()
  assert.deepEqual(
    (await root.listMFADevices({ UserName: 'keyed' })).MFADevices!.map(({ SerialNumber }) => SerialNumber),
    [serial],
  )
  const got = await root.getMFADevice({ SerialNumber: serial, UserName: 'keyed' })
  assert.deepEqual([got.UserName, got.Certifications], ['keyed', { FIDO: 'L1' }])
  assert.match(
    await refused(root.getMFADevice({ SerialNumber: serial })),
    /^NoSuchEntity MFA Device invalid for user\.$/,
    'the root user’s it is not',
  )
  const listed = (await root.listVirtualMFADevices({})).VirtualMFADevices!
  assert.ok(listed.length > 0 && listed.every(({ SerialNumber }) => SerialNumber !== serial))
  assert.match(
    await refused(session(key, { SerialNumber: serial, TokenCode: '123456' })),
    /^AccessDenied MultiFactorAuthentication failed, unable/,
  )
  const tokens = 'DeleteConflict Cannot delete entity, must remove tokens from principal first.'
  assert.equal(await refused(root.deleteUser({ UserName: 'keyed' })), tokens, 'before its access key')
  await root.deleteAccessKey({ UserName: 'keyed', AccessKeyId: key.accessKeyId })
  assert.equal(await refused(root.deleteUser({ UserName: 'keyed' })), tokens)
  await root.deactivateMFADevice({ UserName: 'keyed', SerialNumber: serial })
  assert.match(await refused(root.getMFADevice({ SerialNumber: serial, UserName: 'keyed' })), /^NoSuchEntity /)
  await root.deleteUser({ UserName: 'keyed' })
})
