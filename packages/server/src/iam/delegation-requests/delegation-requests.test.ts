import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { InProcess, refused } from '../../in-process.test.support.js'

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
