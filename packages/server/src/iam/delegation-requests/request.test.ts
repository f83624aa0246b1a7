import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type DelegationRequestRecord, stateOf, steps } from './request.js'

test('a request is what it is until it expires, whatever it was before', () => {
  for (const state of ['UNASSIGNED', 'ACCEPTED', 'FINALIZED', 'REJECTED'] as const) {
    const request = { state, expiresAt: 1000 } as DelegationRequestRecord
    assert.equal(stateOf(request, 999), state)
    assert.equal(stateOf(request, 1000), 'EXPIRED')
  }
})

test('nothing leads on from an expired, a rejected or a finalized request', () => {
  const from = new Set<string>(Object.values(steps).flatMap((step) => [...step.from]))
  assert.deepEqual([...from].sort(), ['ACCEPTED', 'ASSIGNED', 'PENDING_APPROVAL', 'UNASSIGNED'])
})
