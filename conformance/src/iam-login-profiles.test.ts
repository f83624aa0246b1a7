import assert from 'node:assert/strict'
import { test } from 'node:test'
import { account, allow, deny, policy, refused, useServer } from './iam-scene.js'

const scene = useServer()
const first = 'Correct-horse-1'
const second = 'Correct-horse-2'
const own = `arn:aws:iam::${account}:user/\${aws:username}`

test('[item 5] a login profile is made, shown without its password, changed, and deleted, through a restart', async () => {
  let root = scene.iam()
  await root.createUser({ UserName: 'ada' })
  const missing = 'NoSuchEntity 404 Login Profile for User ada cannot be found.'
  assert.equal(await refused(root.getLoginProfile({ UserName: 'ada' })), missing)
  assert.equal(await refused(root.updateLoginProfile({ UserName: 'ada', PasswordResetRequired: true })), missing)
  assert.equal(await refused(root.deleteLoginProfile({ UserName: 'ada' })), 'NoSuchEntity 404 Login Profile for User ada cannot be found.')
  const { LoginProfile } = await root.createLoginProfile({ UserName: 'ada', Password: first, PasswordResetRequired: true })
  assert.deepEqual(Object.keys(LoginProfile!).sort(), ['CreateDate', 'PasswordResetRequired', 'UserName'])
  assert.equal(
    await refused(root.createLoginProfile({ UserName: 'ada', Password: first })),
    'EntityAlreadyExists 409 Login Profile for user ada already exists.',
  )
  await scene.restart()
  root = scene.iam()
  assert.deepEqual((await root.getLoginProfile({ UserName: 'ada' })).LoginProfile, LoginProfile)
  await root.updateLoginProfile({ UserName: 'ada', Password: second, PasswordResetRequired: false })
  assert.deepEqual((await root.getLoginProfile({ UserName: 'ada' })).LoginProfile, { ...LoginProfile, PasswordResetRequired: false })

  await root.updateUser({ UserName: 'ada', NewUserName: 'lovelace' })
  assert.equal((await root.getLoginProfile({ UserName: 'lovelace' })).LoginProfile!.UserName, 'lovelace')
  assert.equal(
    await refused(root.deleteUser({ UserName: 'lovelace' })),
    'DeleteConflict 409 Cannot delete entity, must delete login profile first.',
  )
  await root.deleteLoginProfile({ UserName: 'lovelace' })
  await scene.restart()
  root = scene.iam()
  assert.match(await refused(root.getLoginProfile({ UserName: 'lovelace' })), /^NoSuchEntity 404 /)
  await root.deleteUser({ UserName: 'lovelace' })
  assert.match(await refused(root.createLoginProfile({ UserName: 'lovelace', Password: first })), /^NoSuchEntity 404 The user with name/)
})

test('[item 5] a password that is not good enough is refused, and says what it lacks', async () => {
  const root = scene.iam()
  await root.createUser({ UserName: 'weak' })
  assert.equal(
    await refused(root.createLoginProfile({ UserName: 'weak', Password: 'password' })),
    'PasswordPolicyViolation 400 Password should meet 2 more of the following requirements: Password should have at least one uppercase letter, Password should have at least one number, Password should have at least one symbol',
  )
  assert.equal(
    await refused(root.createLoginProfile({ UserName: 'weak' })),
    "ValidationError 400 1 validation error detected: Value at 'password' failed to satisfy constraint: Member must not be null",
  )
  assert.match(await refused(root.createLoginProfile({ UserName: 'weak', Password: 'x'.repeat(129) })), /^ValidationError 400 /)
  assert.match(await refused(root.getLoginProfile({ UserName: 'weak' })), /^NoSuchEntity 404 /)
  await root.createLoginProfile({ UserName: 'weak', Password: first })
  assert.match(await refused(root.updateLoginProfile({ UserName: 'weak', Password: 'password' })), /^PasswordPolicyViolation 400 /)
})

test('[item 5] a user changes its own password with the right to, and knowing the old one', async () => {
  const root = scene.iam()
  const key = await scene.newUser('own', allow('iam:ChangePassword', own))
  const other = await scene.newUser('other', allow('iam:ChangePassword', `arn:aws:iam::${account}:user/own`))
  const change = (OldPassword: string, NewPassword: string) => scene.iam(key).changePassword({ OldPassword, NewPassword })
  assert.equal(await refused(change(first, second)), 'NoSuchEntity 404 Login Profile for User own cannot be found.')
  await root.createLoginProfile({ UserName: 'own', Password: first, PasswordResetRequired: true })
  await root.createLoginProfile({ UserName: 'other', Password: first })
  assert.equal(await refused(change(second, second)), 'AccessDenied 403 The old password was incorrect.')
  assert.match(await refused(change(first, 'short')), /^PasswordPolicyViolation 400 /)
  assert.match(
    await refused(scene.iam(other).changePassword({ OldPassword: first, NewPassword: second })),
    /^AccessDenied 403 User: .*user\/other is not authorized to perform: iam:ChangePassword on resource: user other because/,
  )
  await change(first, second)
  assert.equal((await root.getLoginProfile({ UserName: 'own' })).LoginProfile!.PasswordResetRequired, false)
  assert.equal(await refused(change(first, second)), 'AccessDenied 403 The old password was incorrect.')
  await scene.restart()
  await change(second, first)
  assert.equal(
    await refused(scene.iam().changePassword({ OldPassword: first, NewPassword: second })),
    'InvalidUserType 400 Only IAM Users can change their own password.',
  )
})

test('[item 5] an account may let all its users change their passwords, save whom it denies', async () => {
  const root = scene.iam()
  const plain = await scene.newUser('plain')
  const barred = await scene.newUser('barred', deny('iam:ChangePassword'))
  const fenced = await scene.newUser('fenced')
  const boundary = (await root.createPolicy({ PolicyName: 'fence', PolicyDocument: policy(allow('s3:*')) })).Policy!.Arn!
  await root.putUserPermissionsBoundary({ UserName: 'fenced', PermissionsBoundary: boundary })
  for (const UserName of ['plain', 'barred', 'fenced']) await root.createLoginProfile({ UserName, Password: first })
  const change = (key: typeof plain) => scene.iam(key).changePassword({ OldPassword: first, NewPassword: second })
  const denied = /^AccessDenied 403 User: .* is not authorized to perform: iam:ChangePassword /
  await root.updateAccountPasswordPolicy({ MinimumPasswordLength: 8 })
  assert.match(await refused(change(plain)), denied)
  assert.match(await refused(scene.iam(plain).getAccountPasswordPolicy({})), /^AccessDenied 403 /)
  await root.updateAccountPasswordPolicy({ AllowUsersToChangePassword: true })
  assert.match(await refused(change(barred)), /with an explicit deny in an identity-based policy/)
  assert.match(await refused(change(fenced)), denied)
  await change(plain)
  await scene.iam(plain).getAccountPasswordPolicy({})
  assert.match(await refused(scene.iam(plain).updateAccountPasswordPolicy({})), /^AccessDenied 403 /)
  assert.match(await refused(scene.iam(plain).getLoginProfile({ UserName: 'plain' })), /^AccessDenied 403 /)
  await root.deleteAccountPasswordPolicy({})
  assert.match(await refused(scene.iam(plain).changePassword({ OldPassword: second, NewPassword: first })), denied)
})

test('[item 5] a password policy is set as a whole, read, and deleted, through a restart', async () => {
  const { id, root: key } = await scene.newAccount('strict')
  let root = scene.iam(key)
  const none = `NoSuchEntity 404 The Password Policy with domain name ${id} cannot be found.`
  const gone = 'NoSuchEntity 404 The account policy with name PasswordPolicy cannot be found.'
  assert.equal(await refused(root.getAccountPasswordPolicy({})), none)
  assert.equal(await refused(root.deleteAccountPasswordPolicy({})), gone)
  await root.updateAccountPasswordPolicy({
    MinimumPasswordLength: 12,
    RequireSymbols: true,
    AllowUsersToChangePassword: true,
    MaxPasswordAge: 90,
    PasswordReusePrevention: 2,
    HardExpiry: true,
  })
  const full = {
    MinimumPasswordLength: 12,
    RequireSymbols: true,
    RequireNumbers: false,
    RequireUppercaseCharacters: false,
    RequireLowercaseCharacters: false,
    AllowUsersToChangePassword: true,
    ExpirePasswords: true,
    MaxPasswordAge: 90,
    PasswordReusePrevention: 2,
    HardExpiry: true,
  }
  assert.deepEqual((await root.getAccountPasswordPolicy({})).PasswordPolicy, full)
  await scene.restart()
  root = scene.iam(key)
  assert.deepEqual((await root.getAccountPasswordPolicy({})).PasswordPolicy, full)
  for (const [input, member] of [
    [{ MinimumPasswordLength: 5 }, 'minimumPasswordLength'],
    [{ MinimumPasswordLength: 129 }, 'minimumPasswordLength'],
    [{ MaxPasswordAge: 0 }, 'maxPasswordAge'],
    [{ MaxPasswordAge: 1096 }, 'maxPasswordAge'],
    [{ PasswordReusePrevention: 0 }, 'passwordReusePrevention'],
    [{ PasswordReusePrevention: 25 }, 'passwordReusePrevention'],
  ] as const) {
    assert.match(await refused(root.updateAccountPasswordPolicy(input)), new RegExp(`^ValidationError 400 .* at '${member}' failed`))
  }
  await root.updateAccountPasswordPolicy({})
  assert.deepEqual((await root.getAccountPasswordPolicy({})).PasswordPolicy, {
    MinimumPasswordLength: 6,
    RequireSymbols: false,
    RequireNumbers: false,
    RequireUppercaseCharacters: false,
    RequireLowercaseCharacters: false,
    AllowUsersToChangePassword: false,
    ExpirePasswords: false,
  })
  await root.updateAccountPasswordPolicy({ HardExpiry: true })
  const { ExpirePasswords, HardExpiry } = (await root.getAccountPasswordPolicy({})).PasswordPolicy!
  assert.deepEqual([ExpirePasswords, HardExpiry], [false, true], 'without an age it is kept, and does nothing')
  await root.deleteAccountPasswordPolicy({})
  assert.equal(await refused(root.getAccountPasswordPolicy({})), none)
  assert.equal(await refused(scene.iam().getAccountPasswordPolicy({})), none.replace(id, account), 'a policy is one account’s')
})

test('[item 5] a policy that remembers passwords refuses those it remembers, whoever sets them', async () => {
  const { root: key } = await scene.newAccount('remembering')
  const root = scene.iam(key)
  await root.updateAccountPasswordPolicy({ MinimumPasswordLength: 8, PasswordReusePrevention: 2 })
  await root.createUser({ UserName: 'ada' })
  const set = (n: number) => root.updateLoginProfile({ UserName: 'ada', Password: `password-${n}` })
  const reused = 'PasswordPolicyViolation 400 Policy constraint violation with password reuse prevention during password change.'
  await root.createLoginProfile({ UserName: 'ada', Password: 'password-1' })
  assert.equal(await refused(set(1)), reused)
  await set(2)
  assert.equal(await refused(set(1)), reused)
  await set(3)
  assert.equal(await refused(set(2)), reused)
  await set(1)
  await root.updateAccountPasswordPolicy({ MinimumPasswordLength: 8 })
  await set(1)
})

test('[item 5] many password changes at once end as one after the other, and each that is answered counts', async () => {
  const root = scene.iam()
  await root.createUser({ UserName: 'busy' })
  await root.createLoginProfile({ UserName: 'busy', Password: first })
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, n) =>
      root.updateLoginProfile({ UserName: 'busy', Password: `Correct-horse-${n}` }).then(
        () => 'set',
        (error) => error.name as string,
      ),
    ),
  )
  assert.ok(answers.includes('set'))
  assert.deepEqual(
    answers.filter((answer) => !['set', 'EntityTemporarilyUnmodifiableException'].includes(answer)),
    [],
  )
})
