import assert from 'node:assert/strict'
import { test } from 'node:test'
import { InProcess } from '../in-process.test.support.js'

const PEOPLE = 60
const names = Array.from({ length: PEOPLE }, (_, at) => `dana-${String(at).padStart(2, '0')}`)

test('a long list that was just answered shows what has changed since', async () => {
  const place = await InProcess.start()
  const iam = place.iam()
  for (const UserName of names) await iam.createUser({ UserName })
  const listed = async (more = {}) => (await iam.listUsers({ MaxItems: 1000, ...more })).Users!.map(({ UserName }) => UserName)
  assert.deepEqual([await listed(), await listed()], [names, names])

  await iam.updateUser({ UserName: 'dana-07', NewUserName: 'erin', NewPath: '/staff/' })
  const renamed = [...names.filter((name) => name !== 'dana-07'), 'erin']
  assert.deepEqual([await listed(), await listed({ PathPrefix: '/staff/' })], [renamed, ['erin']])
  await iam.deleteUser({ UserName: 'dana-08' })
  await iam.createUser({ UserName: 'dana-08', Path: '/again/' })
  const { Users = [] } = await iam.listUsers({ MaxItems: 1000 })
  assert.equal(Users.find(({ UserName }) => UserName === 'dana-08')!.Arn, 'arn:aws:iam::000000000000:user/again/dana-08')
  assert.equal(Users.length, PEOPLE)
})
