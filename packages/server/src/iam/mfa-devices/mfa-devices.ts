/** MFA devices: made, given to a user with two codes, set right, taken away, deleted (iam-behaviour §11). */
import type { IamOperations, iam } from '@bailiwick/model'
import { accounts, wholeServer } from '../../accounts/account.js'
import { base32 } from '../../credentials/base32.js'
import { afterPair, stepOfPair } from '../../credentials/totp.js'
import type { AccountReader } from '../../pipeline/account-store.js'
import type { Caller } from '../../pipeline/caller.js'
import type { Access, Operation, Rows } from '../../pipeline/operation.js'
import { entityArn, rootArn } from '../arns.js'
import { named, type Owner, ownerOf } from '../credential-owner.js'
import { tagging } from '../families/tagging.js'
import { existing, requestTags, taggingToo } from '../noun.js'
import { page, pageOf } from '../paging.js'
import { checkQuota } from '../quota.js'
import { type MfaDeviceRecord, mfaDevices, users } from '../records.js'
import { newTags, shownTags } from '../tags.js'
import { listedUser, shownRoot, theUserOrCaller, userNoun } from '../users/users.js'
import { codeDevice } from './mfa-code.js'
import { refuseWithoutMfa } from './own-devices.js'
import { qrPng } from './qr-png.js'

type Op<Name extends keyof IamOperations> = Operation<IamOperations[Name]>
type Fail<Code extends string> = (code: Code, message: string) => never

const seedBytes = 40

const missing = (serial: string): string => `MFA Device with serial number ${serial} does not exist.`
const notTheirs = 'MFA Device invalid for user.'
const wrongCodes = 'Authentication code for device is not valid.'

/** The device named. What is no ARN of this server's is no device, but still something to be denied on. */
const theDevice: Access<{ readonly SerialNumber: string }> = {
  async resource({ SerialNumber }, { tx }) {
    const accountId = /^arn:[^:]+:iam::(\d{12}):./.exec(SerialNumber)?.[1]
    if (accountId === undefined)
      return { arn: entityArn('aws', tx.accountId, 'mfa', { path: '/', name: SerialNumber }), accountId: tx.accountId }
    const found = await tx.get(mfaDevices, SerialNumber)
    return { arn: SerialNumber, accountId, ...(found && { tags: found.tags }) }
  },
}

async function virtualDevice(tx: AccountReader, serial: string, fail: Fail<'NoSuchEntity'>): Promise<MfaDeviceRecord> {
  const found = await tx.get(mfaDevices, serial)
  return found?.kind === 'virtual' ? found : fail('NoSuchEntity', missing(serial))
}

/** The user whose device is enabled. The root user, which has no name, calls itself by its account's id. */
const theOwner: Access<{ readonly UserName: string }> = {
  resource: async ({ UserName }, look) =>
    (await isRoot(look.tx, look.caller, UserName))
      ? { arn: rootArn('aws', look.tx.accountId), accountId: look.tx.accountId }
      : existing(userNoun, UserName, look),
}

const isRoot = async (tx: AccountReader, caller: Caller, UserName: string): Promise<boolean> =>
  caller.principal.kind === 'root' && UserName === tx.accountId && (await tx.find(users, 'name', UserName)) === undefined

async function ownerNamed(
  tx: AccountReader,
  caller: Caller,
  UserName: string,
  fail: Fail<'NoSuchEntity' | 'ValidationError'>,
): Promise<Owner> {
  return ownerOf(tx, caller, (await isRoot(tx, caller, UserName)) ? undefined : UserName, fail)
}

/** What every operation on a device takes; the device is called by its ARN. */
const longestSerialNumber = 256

const createVirtualMfaDevice: Op<'CreateVirtualMFADevice'> = {
  mode: 'write',
  access: taggingToo('MFADevice', {
    resource: async ({ Path: path = '/', VirtualMFADeviceName: name }, { tx }) => ({
      arn: entityArn('aws', tx.accountId, 'mfa', { path, name }),
      accountId: tx.accountId,
    }),
    context: ({ Tags }) => requestTags(Tags),
  }),
  // The answer holds the seed: none of it is shown.
  shows: { input: ['VirtualMFADeviceName', 'Path', 'Tags'] },
  async run({ Path: path = '/', VirtualMFADeviceName: name, Tags }, { tx, now, fail, surroundings }) {
    const tags = await newTags(tx, Tags, fail)
    const id = entityArn('aws', tx.accountId, 'mfa', { path, name })
    if (id.length > longestSerialNumber)
      fail('InvalidInput', `The serial number of the device would be longer than ${longestSerialNumber} characters.`)
    if (await tx.find(mfaDevices, 'name', path + name)) {
      fail('EntityAlreadyExists', 'MFA device already exists.')
    }
    await checkQuota(tx, 'VirtualMFADevicesPerAccount', await tx.count(mfaDevices), fail)
    const seed = surroundings.randomBytes(seedBytes)
    await tx.put(mfaDevices, { id, kind: 'virtual', name, path, createdAt: now, tags, seed: Buffer.from(seed).toString('base64') })
    const { alias } = (await tx.of(wholeServer).get(accounts, tx.accountId))!
    const uri = `otpauth://totp/${encodeURIComponent(name)}@${alias ?? tx.accountId}?secret=${base32(seed)}`
    return {
      VirtualMFADevice: { SerialNumber: id, Base32StringSeed: Buffer.from(base32(seed)), QRCodePNG: qrPng(uri), ...shownTags(tags) },
    }
  },
}

const enableMfaDevice: Op<'EnableMFADevice'> = {
  mode: 'write',
  access: theOwner,
  shows: { input: ['UserName', 'SerialNumber'] },
  async run({ UserName, SerialNumber, AuthenticationCode1, AuthenticationCode2 }, { tx, caller, now, fail }) {
    const owner = await ownerNamed(tx, caller, UserName, fail)
    await refuseWithoutMfa(tx, caller, owner, fail)
    const device = await virtualDevice(tx, SerialNumber, fail)
    if (device.ownerId === owner.id) fail('EntityAlreadyExists', `MFA Device for user ${UserName} already exists.`)
    if (device.ownerId !== undefined) fail('EntityAlreadyExists', 'MFA Device is already in use.')
    await checkQuota(tx, 'MFADevicesPerUser', (await tx.all(mfaDevices, 'owner', owner.id)).length, fail)
    const step =
      stepOfPair(codeDevice(device)!, [AuthenticationCode1, AuthenticationCode2], now) ?? fail('InvalidAuthenticationCode', wrongCodes)
    await tx.put(mfaDevices, { ...device, ownerId: owner.id, enabledAt: now, ...afterPair(step, now) })
    return {}
  },
}

const resyncMfaDevice: Op<'ResyncMFADevice'> = {
  mode: 'write',
  access: theOwner,
  shows: { input: ['UserName', 'SerialNumber'] },
  async run({ UserName, SerialNumber, AuthenticationCode1, AuthenticationCode2 }, { tx, caller, now, fail }) {
    const owner = await ownerNamed(tx, caller, UserName, fail)
    const device = await virtualDevice(tx, SerialNumber, fail)
    if (device.ownerId !== owner.id) fail('NoSuchEntity', notTheirs)
    const step =
      stepOfPair(codeDevice(device)!, [AuthenticationCode1, AuthenticationCode2], now) ?? fail('InvalidAuthenticationCode', wrongCodes)
    await tx.put(mfaDevices, { ...device, ...afterPair(step, now) })
    return {}
  },
}

/** A virtual device is free again, a security key is forgotten. */
const deactivateMfaDevice: Op<'DeactivateMFADevice'> = {
  mode: 'write',
  access: theUserOrCaller,
  shows: { input: ['UserName', 'SerialNumber'] },
  async run({ UserName, SerialNumber }, { tx, caller, fail }) {
    const owner = await ownerOf(tx, caller, UserName, fail)
    await refuseWithoutMfa(tx, caller, owner, fail)
    const device = (await tx.get(mfaDevices, SerialNumber)) ?? fail('NoSuchEntity', missing(SerialNumber))
    const { ownerId, enabledAt: _, ...free } = device
    if (ownerId !== owner.id) fail('NoSuchEntity', notTheirs)
    if (device.kind === 'virtual') await tx.put(mfaDevices, free)
    else await tx.delete(mfaDevices, SerialNumber)
    return {}
  },
}

const deleteVirtualMfaDevice: Op<'DeleteVirtualMFADevice'> = {
  mode: 'write',
  access: theDevice,
  shows: { input: ['SerialNumber'] },
  async run({ SerialNumber }, { tx, fail }) {
    const { ownerId } = await virtualDevice(tx, SerialNumber, fail)
    if (ownerId !== undefined) fail('DeleteConflict', 'MFA VirtualDevice in use. Must deactivate first.')
    await tx.delete(mfaDevices, SerialNumber)
    return {}
  },
}

const isAsked = {
  Any: undefined,
  Assigned: ({ ownerId }: MfaDeviceRecord) => ownerId !== undefined,
  Unassigned: ({ ownerId }: MfaDeviceRecord) => ownerId === undefined,
} as const

const listVirtualMfaDevices: Op<'ListVirtualMFADevices'> = {
  mode: 'read',
  access: { resource: async (_, { tx }) => ({ arn: `arn:aws:iam::${tx.accountId}:mfa/`, accountId: tx.accountId }) },
  shows: { input: ['AssignmentStatus', 'Marker', 'MaxItems'] },
  async run(input, { tx, fail }) {
    const { items, answer } = await page(tx, mfaDevices, 'name', input, fail, { keep: isAsked[input.AssignmentStatus ?? 'Any'] })
    return { VirtualMFADevices: await Promise.all(items.map((device) => listedDevice(tx, device))), ...answer }
  },
}

/** Without tags, which lists leave out; the root user as recorded fact 40 has it. */
async function listedDevice(tx: AccountReader, { id, ownerId, enabledAt }: MfaDeviceRecord): Promise<iam.VirtualMFADevice> {
  if (ownerId === undefined) return { SerialNumber: id }
  const user = await tx.get(users, ownerId)
  return { SerialNumber: id, User: user === undefined ? await shownRoot(tx) : listedUser(tx, user), EnableDate: new Date(enabledAt!) }
}

const listMfaDevices: Op<'ListMFADevices'> = {
  mode: 'read',
  access: theUserOrCaller,
  shows: { input: ['UserName', 'Marker', 'MaxItems'] },
  async run(input, { tx, caller, fail }) {
    const owner = await ownerOf(tx, caller, input.UserName, fail)
    const { items, answer } = pageOf(await tx.all(mfaDevices, 'owner', owner.id), ({ id }) => id, input, fail)
    const shown = items.map(({ id, enabledAt }) => ({ ...named(owner), SerialNumber: id, EnableDate: new Date(enabledAt!) }))
    return { MFADevices: shown, ...answer }
  },
}

/** The only devices that GetMFADevice knows. */
const isSecurityKey = (serial: string): boolean => /^arn:[^:]+:iam::\d{12}:u2f\//.test(serial)
const noSecurityKey =
  'The MFA device serial number sent in the request is invalid or not supported by this API. Currently, only hardware FIDO security keys are supported. Please use the compatible device or API.'

const getMfaDevice: Op<'GetMFADevice'> = {
  mode: 'read',
  access: theUserOrCaller,
  shows: { input: ['UserName', 'SerialNumber'] },
  async run({ UserName, SerialNumber }, { tx, caller, fail }) {
    const owner = await ownerOf(tx, caller, UserName, fail)
    if (!isSecurityKey(SerialNumber)) fail('ValidationError', noSecurityKey)
    const device = await tx.get(mfaDevices, SerialNumber)
    if (device?.webAuthn === undefined) return fail('NoSuchEntity', missing(SerialNumber))
    if (device.ownerId !== owner.id) fail('NoSuchEntity', notTheirs)
    return { ...named(owner), SerialNumber, EnableDate: new Date(device.enabledAt!), Certifications: device.webAuthn.certifications }
  },
}

export const mfaDeviceRows = {
  CreateVirtualMFADevice: createVirtualMfaDevice,
  EnableMFADevice: enableMfaDevice,
  ResyncMFADevice: resyncMfaDevice,
  DeactivateMFADevice: deactivateMfaDevice,
  DeleteVirtualMFADevice: deleteVirtualMfaDevice,
  ListVirtualMFADevices: listVirtualMfaDevices,
  ListMFADevices: listMfaDevices,
  GetMFADevice: getMfaDevice,
  ...tagging({ noun: 'MFADevice', table: mfaDevices }, 'SerialNumber', theDevice, ({ SerialNumber }, tx, fail) =>
    virtualDevice(tx, SerialNumber, fail),
  ),
} satisfies Partial<Rows<IamOperations>>
