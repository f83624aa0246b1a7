import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CreateDelegationRequestCommandInput } from '@aws-sdk/client-iam'
import { eventsIn } from './audit.support.js'
import type { Key } from './clients.js'
import { account, allow, allPages, refused, useServer } from './iam-scene.js'

let partner: { readonly id: string; readonly root: Key }
const scene = useServer(async () => {
  partner = await scene.newAccount('partner')
})
const arn = (typeAndName: string): string => `arn:aws:iam::${account}:${typeAndName}`

let serial = 0
const asked = (more: Partial<CreateDelegationRequestCommandInput> = {}): CreateDelegationRequestCommandInput => ({
  Description: 'to set up the product',
  Permissions: {
    PolicyTemplateArn: 'arn:aws:iam::aws:delegation-policy/partner/setup',
    Parameters: [{ Name: 'bucket', Values: ['one'], Type: 'string' }],
  },
  RequestorWorkflowId: `workflow-${serial++}`,
  NotificationChannel: 'arn:aws:sns:us-east-1:111122223333:requests',
  SessionDuration: 3600,
  ...more,
})

/** A request of the partner's to this account. */
async function newRequest(more: Partial<CreateDelegationRequestCommandInput> = {}): Promise<{ DelegationRequestId: string }> {
  const { DelegationRequestId } = await scene.iam(partner.root).createDelegationRequest(asked({ OwnerAccountId: account, ...more }))
  return { DelegationRequestId: DelegationRequestId! }
}

const stateOf = async (id: { DelegationRequestId: string }) => (await scene.iam().getDelegationRequest(id)).DelegationRequest!.State

test('a request goes from unassigned to finalized, and each step is still so after a restart', async () => {
  const owner = await scene.newUser('owner', allow('iam:*DelegationRequest*'), allow('iam:SendDelegationToken'))
  const made = await scene.iam(partner.root).createDelegationRequest(asked({ OwnerAccountId: account, RequestMessage: 'please' }))
  assert.match(made.ConsoleDeepLink!, new RegExp(`^http.*/console/.*${made.DelegationRequestId}$`))
  const id = { DelegationRequestId: made.DelegationRequestId! }
  const own = scene.iam(owner)
  assert.equal(await stateOf(id), 'UNASSIGNED')
  const unassigned = (await own.getDelegationRequest(id)).DelegationRequest!
  assert.equal(unassigned.ExpirationTime!.getTime() - unassigned.UpdatedTime!.getTime(), 86_400_000, 'nobody took it: one day')
  assert.deepEqual((await own.listDelegationRequests({})).DelegationRequests, [], 'nobody has it yet')
  await own.associateDelegationRequest(id)
  await scene.restart()
  const again = scene.iam(owner)
  const { DelegationRequest } = await again.getDelegationRequest(id)
  const { CreateDate, UpdatedTime, ExpirationTime, ...shown } = DelegationRequest!
  assert.deepEqual(shown, {
    DelegationRequestId: id.DelegationRequestId,
    OwnerAccountId: account,
    Description: 'to set up the product',
    RequestMessage: 'please',
    Permissions: {
      PolicyTemplateArn: 'arn:aws:iam::aws:delegation-policy/partner/setup',
      Parameters: [{ Name: 'bucket', Values: ['one'], Type: 'string' }],
    },
    OwnerId: arn('user/owner'),
    State: 'ASSIGNED',
    RequestorId: partner.id,
    SessionDuration: 3600,
    OnlySendByOwner: false,
  })
  assert.ok(CreateDate! <= UpdatedTime!)
  assert.equal(ExpirationTime!.getTime() - UpdatedTime!.getTime(), 7 * 86_400_000)
  await again.updateDelegationRequest({ ...id, Notes: 'for the administrator' })
  assert.equal((await again.getDelegationRequest(id)).DelegationRequest!.Notes, 'for the administrator')
  assert.equal(await stateOf(id), 'PENDING_APPROVAL')
  await scene.iam().acceptDelegationRequest(id)
  const accepted = (await again.getDelegationRequest(id)).DelegationRequest!
  assert.deepEqual([accepted.State, accepted.ApproverId], ['ACCEPTED', arn('root')])
  await again.sendDelegationToken(id)
  await scene.restart(async () => {
    const heard = (await eventsIn(scene.server().dataDir, partner.id)).filter(
      ({ eventName }) => eventName === 'DelegationRequestNotification',
    )
    const details = heard.map((event) => (event as unknown as { serviceEventDetails: Record<string, string> }).serviceEventDetails)
    const ofThis = details.filter(
      ({ delegationRequestArn }) => delegationRequestArn === arn(`delegation-request/${id.DelegationRequestId}`),
    )
    assert.deepEqual(
      ofThis.map(({ state }) => state),
      ['PENDING_APPROVAL', 'ACCEPTED', 'FINALIZED'],
      'the partner is told of each state in its own trail',
    )
    assert.deepEqual(new Set(ofThis.map(({ notificationChannel }) => notificationChannel)), new Set([asked().NotificationChannel]))
    const own = await eventsIn(scene.server().dataDir, account)
    assert.ok(own.some(({ eventName }) => eventName === 'SendDelegationToken'))
    assert.ok(!own.some(({ eventName }) => eventName === 'DelegationRequestNotification'), 'and nobody else is')
  })
  const final = (await scene.iam().getDelegationRequest(id)).DelegationRequest!
  assert.equal(final.State, 'FINALIZED')
  assert.equal(final.ExpirationTime!.getTime() - final.UpdatedTime!.getTime(), 3_600_000, 'the time asked for has begun')
})

test('no step is taken from a state that does not lead to it', async () => {
  const root = scene.iam()
  const id = await newRequest()
  const steps = {
    update: () => root.updateDelegationRequest(id),
    accept: () => root.acceptDelegationRequest(id),
    reject: () => root.rejectDelegationRequest(id),
    send: () => root.sendDelegationToken(id),
    associate: () => root.associateDelegationRequest(id),
  }
  const refuse = async (state: string, ...names: (keyof typeof steps)[]) => {
    for (const name of names) {
      assert.match(
        await refused(steps[name]()),
        name === 'accept' ? /^ConcurrentModification 409 / : /^InvalidInput 400 /,
        `${name} in ${state}`,
      )
    }
    assert.equal(await stateOf(id), state)
  }
  await refuse('UNASSIGNED', 'update', 'accept', 'reject', 'send')
  await steps.associate()
  await refuse('ASSIGNED', 'send', 'associate')
  await steps.accept()
  await refuse('ACCEPTED', 'accept', 'update', 'associate')
  await root.rejectDelegationRequest({ ...id, Notes: 'changed our mind' })
  assert.equal((await root.getDelegationRequest(id)).DelegationRequest!.RejectionReason, 'changed our mind')
  await refuse('REJECTED', 'update', 'accept', 'reject', 'send', 'associate')
})

test('a request is the business of the account that is asked; one that asks nobody may be taken by anybody, once', async () => {
  const neighbour = await scene.newAccount('delegation-neighbour')
  const theirs = scene.iam(neighbour.root)
  const id = await newRequest()
  for (const call of [
    () => theirs.getDelegationRequest(id),
    () => theirs.associateDelegationRequest(id),
    () => theirs.acceptDelegationRequest(id),
    () => scene.iam(partner.root).acceptDelegationRequest(id),
  ]) {
    assert.match(await refused(call()), /^AccessDenied 403 /)
  }
  const { DelegationRequestId } = await scene.iam(partner.root).createDelegationRequest(asked())
  const open = { DelegationRequestId: DelegationRequestId! }
  assert.equal((await theirs.getDelegationRequest(open)).DelegationRequest!.OwnerAccountId, undefined)
  await theirs.associateDelegationRequest(open)
  assert.equal((await theirs.getDelegationRequest(open)).DelegationRequest!.OwnerAccountId, neighbour.id)
  assert.match(await refused(scene.iam().getDelegationRequest(open)), /^AccessDenied 403 /)
  assert.match(await refused(scene.iam().associateDelegationRequest(open)), /^AccessDenied 403 /)
})

test('an owner may see and update its own request without a policy, and do no more with it; nobody else may', async () => {
  const taker = scene.iam(await scene.newUser('taker', allow('iam:AssociateDelegationRequest')))
  const id = await newRequest()
  assert.match(await refused(taker.getDelegationRequest(id)), /^AccessDenied 403 /)
  await taker.associateDelegationRequest(id)
  await taker.getDelegationRequest(id)
  await taker.updateDelegationRequest({ ...id, Notes: 'mine' })
  const EntityArn = arn(`delegation-request/${id.DelegationRequestId}`)
  assert.equal((await taker.getHumanReadableSummary({ EntityArn })).SummaryState, 'AVAILABLE')
  assert.match(await refused(taker.acceptDelegationRequest(id)), /^AccessDenied 403 /)
  assert.match(await refused(taker.rejectDelegationRequest(id)), /^AccessDenied 403 /)
  assert.match(await refused(taker.sendDelegationToken(id)), /^AccessDenied 403 /)
  const other = scene.iam(await scene.newUser('bystander'))
  assert.match(await refused(other.getDelegationRequest(id)), /^AccessDenied 403 /)
  assert.match(await refused(other.updateDelegationRequest(id)), /^AccessDenied 403 /)
  const byOwner = scene.iam(
    await scene.newUser(
      'by-owner',
      allow('iam:GetDelegationRequest', '*', { Condition: { ArnEquals: { 'iam:DelegationRequestOwner': arn('user/taker') } } }),
    ),
  )
  await byOwner.getDelegationRequest(id)
  const rootOwned = await newRequest()
  await scene.iam().associateDelegationRequest(rootOwned)
  assert.match(await refused(byOwner.getDelegationRequest(rootOwned)), /^AccessDenied 403 /)
})

test('only the owner sends the token when the partner wants it so, and a root user accepts no more than four hours', async () => {
  const root = scene.iam()
  const owner = scene.iam(await scene.newUser('sender', allow('iam:*Delegation*')))
  const id = await newRequest({ OnlySendByOwner: true, SessionDuration: 4 * 3600 + 1 })
  await owner.associateDelegationRequest(id)
  assert.match(await refused(root.acceptDelegationRequest(id)), /^AccessDenied 403 /)
  await owner.acceptDelegationRequest(id)
  assert.match(await refused(root.sendDelegationToken(id)), /^AccessDenied 403 /)
  await owner.sendDelegationToken(id)
  assert.equal(await stateOf(id), 'FINALIZED')
  const short = await newRequest({ SessionDuration: 4 * 3600 })
  await root.associateDelegationRequest(short)
  await root.acceptDelegationRequest(short)
})

test('requests are listed for the account that has them, by owner and in pages', async () => {
  const lister = await scene.newUser('list-owner', allow('iam:*DelegationRequest*'))
  const own = scene.iam(lister)
  const ids: string[] = []
  for (let made = 0; made < 3; made++) {
    const id = await newRequest()
    await own.associateDelegationRequest(id)
    ids.push(id.DelegationRequestId)
  }
  const OwnerId = arn('user/list-owner')
  const listed = await allPages(async (Marker) => {
    const { DelegationRequests, isTruncated, ...rest } = await scene.iam().listDelegationRequests({ OwnerId, MaxItems: 2, Marker })
    return { items: DelegationRequests!.map(({ DelegationRequestId }) => DelegationRequestId!), IsTruncated: isTruncated, ...rest }
  })
  assert.deepEqual(listed.sort(), ids.sort())
  assert.deepEqual((await scene.iam(partner.root).listDelegationRequests({})).DelegationRequests, [])
  const limited = scene.iam(
    await scene.newUser(
      'own-only',
      allow('iam:ListDelegationRequests', '*', { Condition: { ArnEquals: { 'iam:DelegationRequestOwner': OwnerId } } }),
    ),
  )
  await limited.listDelegationRequests({ OwnerId })
  assert.match(await refused(limited.listDelegationRequests({})), /^AccessDenied 403 /)
})

test('what is asked for is checked, and a workflow is asked for once', async () => {
  const iam = scene.iam(partner.root)
  const of = (more: Partial<CreateDelegationRequestCommandInput>) => refused(iam.createDelegationRequest(asked(more)))
  const PolicyTemplateArn = 'arn:aws:iam::aws:delegation-policy/partner/setup'
  assert.match(await of({ Permissions: {} }), /^ValidationError 400 /, 'a form cannot say that a structure is empty')
  assert.match(await of({ Permissions: { Parameters: [{ Name: 'bucket', Values: ['a'] }] } }), /^InvalidInput 400 /)
  assert.match(await of({ Permissions: { PolicyTemplateArn: 'a template without an ARN' } }), /^InvalidInput 400 /)
  const Name = 'bucket'
  for (const Parameters of [
    [{ Values: ['a'] }],
    [{ Name, Values: [] }],
    [{ Name, Values: ['a', 'b'], Type: 'string' as const }],
    [
      { Name, Values: ['a'] },
      { Name, Values: ['b'] },
    ],
  ]) {
    assert.match(await of({ Permissions: { PolicyTemplateArn, Parameters } }), /^InvalidInput 400 /, JSON.stringify(Parameters))
  }
  assert.match(await of({ NotificationChannel: 'somewhere' }), /^InvalidInput 400 /)
  assert.match(await of({ SessionDuration: 299 }), /^ValidationError 400 /)
  assert.match(await of({ SessionDuration: 43_201 }), /^ValidationError 400 /)
  await iam.createDelegationRequest(asked({ RequestorWorkflowId: 'only-once' }))
  assert.match(await of({ RequestorWorkflowId: 'only-once' }), /^EntityAlreadyExists 409 /)
  await scene.iam().createDelegationRequest(asked({ RequestorWorkflowId: 'only-once' }))
  const DelegationRequestId = '00000000-0000-4000-8000-000000000000'
  assert.match(await refused(iam.getDelegationRequest({ DelegationRequestId })), /^NoSuchEntity 404 /)
  assert.match(await refused(iam.acceptDelegationRequest({ DelegationRequestId })), /^NoSuchEntity 404 /)
})

test('conditions see the template, the channel and the duration that are asked for', async () => {
  const own = scene.iam(
    await scene.newUser(
      'requestor',
      allow('iam:CreateDelegationRequest', '*', {
        Condition: {
          ArnLike: { 'iam:TemplateArn': 'arn:aws:iam::aws:delegation-policy/partner/*' },
          StringEquals: { 'iam:NotificationChannel': 'arn:aws:sns:us-east-1:111122223333:requests' },
          NumericLessThanEquals: { 'iam:DelegationDuration': '3600' },
        },
      }),
    ),
  )
  await own.createDelegationRequest(asked())
  for (const more of [
    { SessionDuration: 3601 },
    { NotificationChannel: 'arn:aws:sns:us-east-1:111122223333:others' },
    { Permissions: { PolicyTemplateArn: 'arn:aws:iam::aws:delegation-policy/another/setup' } },
  ]) {
    assert.match(await refused(own.createDelegationRequest(asked(more))), /^AccessDenied 403 /, JSON.stringify(more))
  }
})

test('a summary is a sentence in English about the request, and about nothing else', async () => {
  const root = scene.iam()
  const { DelegationRequestId } = await newRequest()
  const EntityArn = arn(`delegation-request/${DelegationRequestId}`)
  const summary = await root.getHumanReadableSummary({ EntityArn })
  assert.equal(summary.SummaryState, 'AVAILABLE')
  for (const part of [partner.id, 'delegation-policy/partner/setup', 'bucket = one', '3600', 'to set up the product']) {
    assert.ok(summary.SummaryContent!.includes(part), part)
  }
  const other = await root.getHumanReadableSummary({ EntityArn, Locale: 'fr-FR' })
  assert.deepEqual([other.SummaryState, other.Locale, other.SummaryContent ?? ''], ['NOT_SUPPORTED', 'fr-FR', ''])
  assert.match(await refused(root.getHumanReadableSummary({ EntityArn: arn('user/somebody') })), /^InvalidInput 400 /)
  const check = await root.getDelegationRequest({ DelegationRequestId, DelegationPermissionCheck: true })
  assert.deepEqual([check.PermissionCheckStatus, check.PermissionCheckResult], ['COMPLETE', 'UNSURE'])
})
