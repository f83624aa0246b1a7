import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { codeAt, stepAt } from '../../credentials/totp.js'
import { accountId, InProcess, type Key, keyOf, refused } from '../../in-process.test.support.js'
import { mfaDevices } from '../records.js'

let here: InProcess
before(async () => {
  here = await InProcess.start()
})
after(() => here.server.close())

const withoutMfa =
  'AccessDenied To complete this action, please ensure that you are authenticated with an MFA device that is enabled for this user.'

interface Device {
  readonly SerialNumber: string
  readonly code: (off: number) => string
}

/** Nobody's yet. */
async function newDevice(name: string): Promise<Device> {
  const seed = Buffer.alloc(40, name)
  const id = `arn:aws:iam::${accountId}:mfa/${name}`
  const record = { id, kind: 'virtual', name, path: '/', createdAt: here.now, tags: [], seed: seed.toString('base64') } as const
  await here.transact((tx) => tx.put(mfaDevices, record))
  return { SerialNumber: id, code: (off) => codeAt(seed, stepAt(here.now) + off) }
}

const managing = ['iam:EnableMFADevice', 'iam:DeactivateMFADevice', 'iam:ResyncMFADevice']

async function newUser(UserName: string, actions = managing): Promise<Key> {
  const root = here.iam()
  await root.createUser({ UserName })
  const Statement = { Effect: 'Allow', Action: actions, Resource: '*' }
  await root.putUserPolicy({ UserName, PolicyName: 'own', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }) })
  return keyOf((await root.createAccessKey({ UserName })).AccessKey)
}

const pair = ({ SerialNumber, code }: Device, second = 0) => ({
  SerialNumber,
  AuthenticationCode1: code(second - 1),
  AuthenticationCode2: code(second),
})

/** A session that the device has opened. */
async function opened(key: Key, { SerialNumber, code }: Device, off = 0) {
  return here.iam(keyOf((await here.sts(key).getSessionToken({ SerialNumber, TokenCode: code(off) })).Credentials))
}

test('[item 5] who has a device adds and takes away its own only with MFA, whatever its policies say', async () => {
  const key = await newUser('self')
  const [first, second] = [await newDevice('self-1'), await newDevice('self-2')]
  const missing = { SerialNumber: `arn:aws:iam::${accountId}:mfa/missing` }
  const UserName = 'self'
  const own = here.iam(key)
  await own.enableMFADevice({ UserName, ...pair(first) })
  for (const call of [
    () => own.enableMFADevice({ UserName, ...pair(second) }),
    () => own.enableMFADevice({ UserName, ...pair(first, 4) }),
    () => own.enableMFADevice({ UserName, ...pair(first), ...missing }),
    () => own.deactivateMFADevice({ UserName, SerialNumber: first.SerialNumber }),
    () => own.deactivateMFADevice({ SerialNumber: first.SerialNumber }),
    () => own.deactivateMFADevice({ UserName, ...missing }),
  ])
    assert.equal(await refused(call()), withoutMfa)
  await own.resyncMFADevice({ UserName, ...pair(first, 4) })
  const session = await opened(key, first, 5)
  await session.enableMFADevice({ UserName, ...pair(second) })
  assert.equal(
    await refused(session.enableMFADevice({ UserName, ...pair(second) })),
    'EntityAlreadyExists MFA Device for user self already exists.',
  )
  assert.match(await refused(session.deactivateMFADevice({ UserName, ...missing })), /^NoSuchEntity /)
  await session.deactivateMFADevice({ UserName, SerialNumber: first.SerialNumber })
  assert.equal(await refused(own.deactivateMFADevice({ UserName, SerialNumber: second.SerialNumber })), withoutMfa, 'one is left')
  await session.deactivateMFADevice({ UserName, SerialNumber: second.SerialNumber })
  await own.enableMFADevice({ UserName, ...pair(first, 8) })
})

test('[item 5] the right comes before MFA, and MFA is not asked of who manages others, nor of the root user', async () => {
  const key = await newUser('manager')
  const without = await newUser('powerless', ['iam:GetUser'])
  const [own, bobs, more] = [await newDevice('manager-1'), await newDevice('bob-1'), await newDevice('bob-2')]
  await here.iam().createUser({ UserName: 'bob' })
  const manager = here.iam(key)
  await manager.enableMFADevice({ UserName: 'manager', ...pair(own) })
  for (const device of [bobs, more]) await manager.enableMFADevice({ UserName: 'bob', ...pair(device) })
  await manager.deactivateMFADevice({ UserName: 'bob', SerialNumber: bobs.SerialNumber })
  await here.iam().enableMFADevice({ UserName: 'powerless', ...pair(bobs, 2) })
  assert.match(
    await refused(here.iam(without).deactivateMFADevice({ SerialNumber: bobs.SerialNumber })),
    /^AccessDenied User: .* is not authorized to perform: iam:DeactivateMFADevice /,
  )
  const roots = [await newDevice('root-1'), await newDevice('root-2')]
  for (const device of roots) await here.iam().enableMFADevice({ UserName: accountId, ...pair(device) })
  for (const { SerialNumber } of roots) await here.iam().deactivateMFADevice({ SerialNumber })
})

test('[item 5] who has taken the name of a user with a device is not taken for it', async () => {
  await newUser('again')
  const [first, second] = [await newDevice('again-1'), await newDevice('again-2')]
  const root = here.iam()
  await root.enableMFADevice({ UserName: 'again', ...pair(first) })
  await root.updateUser({ UserName: 'again', NewUserName: 'before' })
  await here.iam(await newUser('again')).enableMFADevice({ UserName: 'again', ...pair(second) })
})
