import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { InProcess, refused } from '../../in-process.test.support.js'

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
