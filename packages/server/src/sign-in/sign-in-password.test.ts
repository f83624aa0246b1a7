import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { InProcess, refused, password as rootPassword } from '../in-process.test.support.js'
import { checkRootPassword, checkUserPassword, notePasswordUsed } from './sign-in-password.js'

const day = 86_400_000
let here: InProcess
before(async () => {
  here = await InProcess.start()
})
after(() => here.server.close())

const outcome = async (userName: string, password: string): Promise<string> =>
  (await checkUserPassword(await here.reader(), userName, password, here.now)).outcome

test('[item 5] a password is good for its user alone, and what is wrong is not told', async () => {
  const root = here.iam()
  await root.createUser({ UserName: 'ada' })
  await root.createUser({ UserName: 'bob' })
  await root.createLoginProfile({ UserName: 'ada', Password: 'Correct-horse-1' })
  assert.equal(await outcome('ada', 'Correct-horse-1'), 'accepted')
  assert.equal(await outcome('ADA', 'Correct-horse-1'), 'accepted', 'names are the same in any letter case')
  for (const [name, password] of [
    ['ada', 'correct-horse-1'],
    ['ada', ''],
    ['bob', 'Correct-horse-1'],
    ['bob', ''],
    ['nobody', 'Correct-horse-1'],
    ['nobody', ''],
  ] as const) {
    assert.deepEqual(await checkUserPassword(await here.reader(), name, password, here.now), { outcome: 'refused' }, `${name} ${password}`)
  }
  await root.deleteLoginProfile({ UserName: 'ada' })
  assert.equal(await outcome('ada', 'Correct-horse-1'), 'refused')
})

test('[item 5] a password given for one use has to be changed, and then does not', async () => {
  const root = here.iam()
  await root.createUser({ UserName: 'new' })
  await root.createLoginProfile({ UserName: 'new', Password: 'Correct-horse-1', PasswordResetRequired: true })
  assert.equal(await outcome('new', 'Correct-horse-1'), 'mustChange')
  await root.updateLoginProfile({ UserName: 'new', PasswordResetRequired: false })
  assert.equal(await outcome('new', 'Correct-horse-1'), 'accepted')
  await root.updateLoginProfile({ UserName: 'new', Password: 'Correct-horse-2', PasswordResetRequired: true })
  assert.equal(await outcome('new', 'Correct-horse-1'), 'refused')
  assert.equal(await outcome('new', 'Correct-horse-2'), 'mustChange')
})

test('[item 5] a password expires after as many days as the policy says, and hard expiry locks its user out', async () => {
  const root = here.iam()
  await root.createUser({ UserName: 'old' })
  await root.createLoginProfile({ UserName: 'old', Password: 'Correct-horse-1' })
  here.pass(400 * day)
  assert.equal(await outcome('old', 'Correct-horse-1'), 'accepted', 'without a policy it never does')
  const later = here.iam()
  await later.updateLoginProfile({ UserName: 'old', Password: 'Correct-horse-2' })
  await later.updateAccountPasswordPolicy({ MaxPasswordAge: 2 })
  here.pass(2 * day - 1)
  assert.equal(await outcome('old', 'Correct-horse-2'), 'accepted')
  here.pass(1)
  assert.equal(await outcome('old', 'Correct-horse-2'), 'mustChange')
  assert.equal(await outcome('old', 'Correct-horse-1'), 'refused')
  const last = here.iam()
  await last.updateAccountPasswordPolicy({ MaxPasswordAge: 2, HardExpiry: true })
  assert.equal(await outcome('old', 'Correct-horse-2'), 'locked')
  await last.updateLoginProfile({ UserName: 'old', Password: 'Correct-horse-3' })
  assert.equal(await outcome('old', 'Correct-horse-3'), 'accepted')
  await last.deleteAccountPasswordPolicy({})
})

test("[item 5] the root user's password is its own, and can be taken away and given again", async () => {
  const check = async (password: string) => (await checkRootPassword(await here.reader(), password)).outcome
  assert.equal(await check(rootPassword), 'accepted')
  assert.equal(await check('something else'), 'refused')
  const root = here.iam()
  assert.match(await refused(root.createLoginProfile({ Password: 'Other-password-1' })), /^EntityAlreadyExists /)
  assert.equal((await root.getAccountSummary({})).SummaryMap!.AccountPasswordPresent, 1)
  await root.deleteLoginProfile({})
  assert.equal(await check(rootPassword), 'refused')
  assert.equal((await root.getAccountSummary({})).SummaryMap!.AccountPasswordPresent, 0)
  assert.match(await refused(root.getLoginProfile({})), /^NoSuchEntity /)
  await root.createLoginProfile({ Password: 'Other-password-1' })
  assert.equal(await check('Other-password-1'), 'accepted')
})

test('[item 5] the use of a password shows on its user, at most once in five minutes', async () => {
  const root = here.iam()
  const { User } = await root.createUser({ UserName: 'seen' })
  const note = () => here.transact((tx) => notePasswordUsed(tx, User!.UserId!, here.now))
  const shown = async () => (await here.iam().getUser({ UserName: 'seen' })).User!.PasswordLastUsed?.getTime()
  assert.equal(await shown(), undefined)
  const first = here.now
  await note()
  here.pass(5 * 60_000 - 1)
  await note()
  assert.equal(await shown(), first)
  here.pass(1)
  await note()
  assert.equal(await shown(), here.now)
  await here.iam().updateUser({ UserName: 'seen', NewUserName: 'renamed' })
  assert.equal((await here.iam().getUser({ UserName: 'renamed' })).User!.PasswordLastUsed?.getTime(), here.now)
  assert.equal(
    (await here.iam().listUsers({})).Users!.find(({ UserName }) => UserName === 'renamed')!.PasswordLastUsed?.getTime(),
    here.now,
  )
})
