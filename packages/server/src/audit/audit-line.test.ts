import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commonContext, decideOn, sharedContext } from '../pipeline/authorize.js'
import type { Caller } from '../pipeline/caller.js'
import type { Happened } from '../pipeline/happened.js'
import type { Surroundings } from '../pipeline/surroundings.js'
import type { AuditEvent } from './audit-event.js'
import { auditLine } from './audit-line.js'
import { eventOf, type Line } from './event-text.js'

const accountId = '111122223333'
const providerArn = `arn:aws:iam::${accountId}:oidc-provider/issuer.example`
const principal = { kind: 'oidc', providerArn } as const
const second = Date.UTC(2026, 0, 1)

/** A caller that the provider speaks for; those of one provider have its principal in common. */
const federated = (subject: string): Caller => ({
  principal,
  arn: providerArn,
  accountId,
  userId: `${providerArn}:app:${subject}`,
  accessKeyId: '',
  context: { 'aws:FederatedProvider': providerArn, 'issuer.example:sub': subject },
  inForce: {},
  federation: { subject, audience: 'app', issuer: 'https://issuer.example', tags: [], transitiveTagKeys: [], lasting: {} },
})

const signed: Caller = {
  principal: { kind: 'user', arn: `arn:aws:iam::${accountId}:user/dana`, accountId, id: 'AIDA' },
  arn: `arn:aws:iam::${accountId}:user/dana`,
  accountId,
  userId: 'AIDA',
  accessKeyId: 'AKIA',
  context: { 'aws:username': 'dana', 'aws:PrincipalTag/team': 'a' },
  inForce: {},
}

interface Came {
  readonly at?: number
  readonly sourceIp?: string
  readonly region?: string
  readonly keys?: Readonly<Record<string, string>>
  readonly owner?: string
}

/** The line of a call that asked for one permission, and the context that this was decided on. */
function called(caller: Caller, came: Came = {}): Called {
  const { at = second, sourceIp = '192.0.2.1', region = 'us-east-1', keys = {}, owner = accountId } = came
  const connection = { sourceIp, secure: true, userAgent: 'test' }
  const resource = { arn: `arn:aws:iam::${owner}:role/r`, accountId: owner }
  const common = commonContext(caller, connection, region, at)
  const wanted = { action: 'sts:AssumeRole', resource, context: keys }
  const decided = decideOn(wanted, caller, common, sharedContext(caller, connection, region, at))
  return recorded({ at, caller, connection, region, decided: [decided] })
}

interface Called {
  readonly line: Line
  readonly event: AuditEvent
  readonly context: object
}

function recorded(what: Pick<Happened, 'at' | 'caller' | 'connection' | 'region' | 'decided'>): Called {
  const routed = { model: { service: 'sts' }, operation: 'AssumeRole' }
  const line = auditLine({ requestId: 'r', routed, ...what } as Happened, { uuid: () => 'e' } as Surroundings)
  return { line, event: eventOf(line), context: what.decided[0]!.request.context }
}

test('[item 8] an event has the whole context of its decision, whatever part of it other events have, too', () => {
  for (const caller of [signed, federated('one')]) {
    for (const came of [{}, { keys: { 'sts:RoleSessionName': 's' } }, { owner: '444455556666' }]) {
      const { event, context } = called(caller, came)
      assert.deepEqual(event.bailiwick.contexts, [context])
    }
  }
})

test('[item 8] callers of one provider share the text of their moment, and nothing that only one of them is', () => {
  const [one, other] = [called(federated('one')), called(federated('other'), { at: second + 999 })]
  assert.deepEqual(one.line.parts, other.line.parts)
  assert.deepEqual(one.line.contexts, other.line.contexts)
  assert.doesNotMatch(JSON.stringify([one.line.parts, one.line.contexts]), /one/)
  for (const [{ event }, subject] of [[one, 'one'] as const, [other, 'other'] as const]) {
    const [context] = event.bailiwick.contexts as Record<string, string>[]
    assert.equal(context!['issuer.example:sub'], subject)
    assert.equal((event.userIdentity as { userName: string }).userName, subject)
  }
})

test('[item 8] of another second, address or region, nothing that was kept is told', () => {
  for (const caller of [signed, federated('one')]) {
    called(caller)
    const later = called(caller, { at: second + 1000 })
    assert.equal(later.event.eventTime, '2026-01-01T00:00:01Z')
    assert.deepEqual(later.event.bailiwick.contexts, [later.context])
    assert.equal((later.context as Record<string, string>)['aws:CurrentTime'], '2026-01-01T00:00:01Z')
    const elsewhere = called(caller, { sourceIp: '198.51.100.7', region: 'eu-west-1' })
    assert.equal(elsewhere.event.sourceIPAddress, '198.51.100.7')
    assert.equal(elsewhere.event.awsRegion, 'eu-west-1')
    assert.deepEqual(elsewhere.event.bailiwick.contexts, [elsewhere.context])
    assert.equal((elsewhere.context as Record<string, string>)['aws:SourceIp'], '198.51.100.7')
    assert.equal((elsewhere.context as Record<string, string>)['aws:RequestedRegion'], 'eu-west-1')
  }
})

test('[item 8] what a decision did not see, its event does not tell', () => {
  const connection = { sourceIp: '192.0.2.1', secure: true }
  const { 'aws:SourceIp': _, ...common } = commonContext(signed, connection, 'us-east-1', second)
  const resource = { arn: `arn:aws:iam::${accountId}:role/r`, accountId }
  const decided = [decideOn({ action: 'sts:AssumeRole', resource, context: { 'sts:RoleSessionName': 's' } }, signed, common)]
  const { event, context } = recorded({ at: second, caller: signed, connection, region: 'us-east-1', decided })
  assert.deepEqual(event.bailiwick.contexts, [context])
  assert.equal('aws:SourceIp' in event.bailiwick.contexts[0]!, false)
})

test('[item 8] decisions of one call that saw the same share a context, and others have their own', () => {
  const connection = { sourceIp: '192.0.2.1', secure: true }
  const common = commonContext(signed, connection, 'us-east-1', second)
  const resource = { arn: `arn:aws:iam::${accountId}:role/r`, accountId }
  const asked: Record<string, string>[] = [{}, { 'sts:RoleSessionName': 's' }, {}]
  const decided = asked.map((context) => decideOn({ action: 'sts:AssumeRole', resource, context }, signed, common))
  const { event } = recorded({ at: second, caller: signed, connection, region: 'us-east-1', decided })
  assert.deepEqual(event.bailiwick.contexts, [common, { ...common, 'sts:RoleSessionName': 's' }])
  assert.deepEqual(
    event.bailiwick.decisions.map(({ context }) => context),
    [0, 1, 0],
  )
})
