import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { InProcess } from '../../in-process.test.support.js'

let here: InProcess
before(async () => {
  here = await InProcess.start()
})
after(() => here.server.close())

test('[item 5] a credential with an age shows as expired from its last moment on', async () => {
  const root = here.iam()
  await root.createUser({ UserName: 'ada' })
  await root.createServiceSpecificCredential({ UserName: 'ada', ServiceName: 'bedrock.amazonaws.com', CredentialAgeDays: 1 })
  await root.createServiceSpecificCredential({ UserName: 'ada', ServiceName: 'bedrock.amazonaws.com' })
  const states = async () =>
    (await here.iam().listServiceSpecificCredentials({ UserName: 'ada' }))
      .ServiceSpecificCredentials!.map(({ Status, ExpirationDate }) => `${Status} ${ExpirationDate === undefined ? 'ageless' : 'aged'}`)
      .sort()
  here.pass(86_400_000 - 1)
  assert.deepEqual(await states(), ['Active aged', 'Active ageless'])
  here.pass(1)
  assert.deepEqual(await states(), ['Active ageless', 'Expired aged'])
})

test('[item 5] a user of an earlier name keeps its credential, and its successor gets another', async () => {
  const root = here.iam()
  const make = async () =>
    (await root.createServiceSpecificCredential({ UserName: 'bob', ServiceName: 'codecommit.amazonaws.com' })).ServiceSpecificCredential!
      .ServiceUserName
  await root.createUser({ UserName: 'bob' })
  assert.equal(await make(), 'bob-at-000000000000')
  await root.updateUser({ UserName: 'bob', NewUserName: 'robert' })
  await root.createUser({ UserName: 'bob' })
  assert.equal(await make(), 'bob+1-at-000000000000')
  const [kept] = (await root.listServiceSpecificCredentials({ UserName: 'robert' })).ServiceSpecificCredentials!
  assert.deepEqual([kept!.UserName, kept!.ServiceUserName], ['robert', 'bob-at-000000000000'])
})
