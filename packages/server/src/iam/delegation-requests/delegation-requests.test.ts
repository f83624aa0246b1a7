import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { InProcess, type Key, keyOf, refused } from '../../in-process.test.support.js'

let here: InProcess
before(async () => {
  here = await InProcess.start()
})
after(() => here.server.close())

const day = 86_400_000
let made = 0

async function newRequest(): Promise<{ readonly DelegationRequestId: string }> {
  const { DelegationRequestId } = await here.iam().createDelegationRequest({
    Description: 'to set up the product',
    Permissions: { PolicyTemplateArn: 'arn:aws:iam::aws:delegation-policy/partner/setup' },
    RequestorWorkflowId: `workflow-${made++}`,
    NotificationChannel: 'arn:aws:sns:us-east-1:111122223333:requests',
    SessionDuration: 3600,
  })
  return { DelegationRequestId: DelegationRequestId! }
}

const steps = ['associateDelegationRequest', 'acceptDelegationRequest', 'rejectDelegationRequest', 'sendDelegationToken'] as const
type Step = (typeof steps)[number]

/** How long each state lasts when nobody does anything, and the steps that lead to it. */
const lasting: readonly (readonly [state: string, milliseconds: number, ...steps: Step[]])[] = [
  ['UNASSIGNED', day],
  ['ASSIGNED', 7 * day, 'associateDelegationRequest'],
  ['ACCEPTED', 7 * day, 'associateDelegationRequest', 'acceptDelegationRequest'],
  ['REJECTED', 7 * day, 'associateDelegationRequest', 'rejectDelegationRequest'],
  ['FINALIZED', 3_600_000, 'associateDelegationRequest', 'acceptDelegationRequest', 'sendDelegationToken'],
]

for (const [state, milliseconds, ...taken] of lasting) {
  test(`a request that is ${state} expires after ${milliseconds / 3_600_000} hours, and then no step is taken`, async () => {
    const id = await newRequest()
    for (const step of taken) await here.iam()[step](id)
    const stateNow = async () => (await here.iam().getDelegationRequest(id)).DelegationRequest!.State
    here.pass(milliseconds - 1)
    assert.equal(await stateNow(), state)
    here.pass(1)
    assert.equal(await stateNow(), 'EXPIRED')
    for (const step of steps) {
      const code = step === 'acceptDelegationRequest' ? 'ConcurrentModification' : 'InvalidInput'
      const sentence = `${code} The delegation request ${id.DelegationRequestId} is in the state EXPIRED.`
      assert.equal(await refused(here.iam()[step](id)), sentence)
    }
    assert.equal(await stateNow(), 'EXPIRED')
  })
}

test('who has the name of a request’s owner is not its owner', async () => {
  const id = await newRequest()
  const UserName = 'keeper'
  const newUser = async (...actions: readonly string[]): Promise<Key> => {
    await here.iam().createUser({ UserName })
    const Statement = { Effect: 'Allow', Action: ['iam:ListUsers', ...actions], Resource: '*' }
    await here.iam().putUserPolicy({ UserName, PolicyName: 'own', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }) })
    return keyOf((await here.iam().createAccessKey({ UserName })).AccessKey)
  }
  const owner = await newUser('iam:AssociateDelegationRequest')
  await here.iam(owner).associateDelegationRequest(id)
  await here.iam(owner).getDelegationRequest(id)
  await here.iam().deleteAccessKey({ UserName, AccessKeyId: owner.accessKeyId })
  await here.iam().deleteUserPolicy({ UserName, PolicyName: 'own' })
  await here.iam().deleteUser({ UserName })
  const namesake = await newUser()
  assert.match(await refused(here.iam(namesake).getDelegationRequest(id)), /^AccessDenied .* because no identity-based policy allows /)
})
