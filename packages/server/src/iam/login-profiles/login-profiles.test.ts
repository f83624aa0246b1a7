import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, test } from 'node:test'
import { hashesSoFar } from '../../credentials/password.js'
import { InProcess, refused } from '../../in-process.test.support.js'
import { loginProfiles, users } from '../records.js'

let here: InProcess
before(async () => {
  here = await InProcess.start()
})
after(() => here.server.close())

test('[item 5] the old password cannot be found by trying: after ten wrong ones even the right one is refused for a while', async () => {
  const root = here.iam()
  await root.createUser({ UserName: 'ada' })
  await root.updateAccountPasswordPolicy({ AllowUsersToChangePassword: true })
  await root.createLoginProfile({ UserName: 'ada', Password: 'Correct-horse-1' })
  const { AccessKey } = await root.createAccessKey({ UserName: 'ada' })
  const key = { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! }
  const change = (OldPassword: string) => here.iam(key).changePassword({ OldPassword, NewPassword: 'Correct-horse-2' })
  const wrong = 'AccessDenied The old password was incorrect.'
  for (let n = 0; n < 10; n++) assert.equal(await refused(change(`Correct-horse-1${n}`)), wrong)
  assert.equal(await refused(change('Correct-horse-1')), wrong)
  here.pass(5 * 60_000)
  await change('Correct-horse-1')
})

test('[item 5] nor by trying many at once: ten are looked at', async () => {
  const root = here.iam()
  await root.createUser({ UserName: 'eva' })
  await root.updateAccountPasswordPolicy({ AllowUsersToChangePassword: true })
  await root.createLoginProfile({ UserName: 'eva', Password: 'Correct-horse-1' })
  const { AccessKey } = await root.createAccessKey({ UserName: 'eva' })
  const eva = here.iam({ accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! })
  const before = hashesSoFar()
  const tries = Array.from({ length: 20 }, (_, n) =>
    refused(eva.changePassword({ OldPassword: `guess-${n}`, NewPassword: 'Correct-horse-2' })),
  )
  for (const answer of await Promise.all(tries)) assert.equal(answer, 'AccessDenied The old password was incorrect.')
  assert.equal(hashesSoFar() - before, 10)
})

test('[item 5] whoever may not set a password waits for no hash of it', async () => {
  const root = here.iam()
  await root.createUser({ UserName: 'bob' })
  await root.createUser({ UserName: 'nobody' })
  const { AccessKey } = await root.createAccessKey({ UserName: 'nobody' })
  const nobody = here.iam({ accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! })
  // A password that the rules refuse: the refusal would come from the work that goes before the transaction.
  assert.match(
    await refused(nobody.createLoginProfile({ UserName: 'bob', Password: 'short' })),
    /^AccessDenied User: .* is not authorized to perform: iam:CreateLoginProfile on resource: user bob because/,
  )
  assert.match(await refused(root.createLoginProfile({ UserName: 'bob', Password: 'short' })), /^PasswordPolicyViolation /)
})

/** What becomes of a call that sets a password, when somebody else's password is written after the call has read what there was. */
async function meetsAnother(UserName: string, call: () => Promise<unknown>): Promise<string> {
  let outcome: Promise<string> | undefined
  try {
    await here.transact(async (tx) => {
      const { id: userId } = (await tx.find(users, 'name', UserName))!
      // A new hash begins with its salt: by then what there was is read.
      await new Promise<void>((resolve) => {
        here.randomBytes = (length) => {
          if (length === 16) resolve()
          return randomBytes(length)
        }
        outcome ??= refused(call())
      })
      await tx.put(loginProfiles, { userId, hashes: 'another', createdAt: here.now, changedAt: here.now, resetRequired: false })
    })
  } finally {
    here.randomBytes = randomBytes
  }
  return outcome!
}

test('[item 5] a password that was set meanwhile is not set over', async () => {
  const root = here.iam()
  await root.updateAccountPasswordPolicy({ AllowUsersToChangePassword: true })
  const Password = 'Correct-horse-1'
  for (const UserName of ['eve', 'fay', 'gil']) await root.createUser({ UserName })
  for (const UserName of ['eve', 'fay']) await root.createLoginProfile({ UserName, Password })
  const { AccessKey } = await root.createAccessKey({ UserName: 'fay' })
  const fay = here.iam({ accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! })
  const unmodifiable = (name: string): string =>
    `EntityTemporarilyUnmodifiable Login Profile for User ${name} cannot be modified while login profile is being created.`
  const update = () => root.updateLoginProfile({ UserName: 'eve', Password: 'Correct-horse-2' })
  const change = () => fay.changePassword({ OldPassword: Password, NewPassword: 'Correct-horse-2' })
  const create = () => root.createLoginProfile({ UserName: 'gil', Password })
  assert.equal(await meetsAnother('eve', update), unmodifiable('eve'))
  assert.equal(await meetsAnother('fay', change), unmodifiable('fay'))
  assert.equal(await meetsAnother('gil', create), 'EntityAlreadyExists Login Profile for user gil already exists.')
})
