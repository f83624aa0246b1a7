import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openStore } from '@bailiwick/store'
import { AuditTrail, auditEvents, eventsOf } from './audit-trail.js'
import type { Line } from './event-text.js'
import { MemorySegment } from './segment.js'

const accountId = '111122223333'
const line = (id: string): Line => ({
  accountId,
  id,
  at: 1,
  json: JSON.stringify({ recipientAccountId: accountId, eventID: id, bailiwick: { at: 1, decisions: [], contexts: [] } }),
})

async function started() {
  const store = await openStore({
    url: 'memory:',
    masterKey: new Uint8Array(32),
    clock: () => 1,
    randomBytes: (length) => new Uint8Array(length),
  })
  const trail = new AuditTrail(
    store,
    new MemorySegment(),
    () => 1,
    (error) => {
      throw error
    },
  )
  const batches = async (): Promise<readonly (readonly string[])[]> => {
    const { items } = await store.readLog(auditEvents, accountId, { limit: 100 })
    return items.map((batch) => eventsOf(batch).map(({ eventID }) => eventID))
  }
  return { trail, batches }
}

test('[item 8] events that come while others are shipped wait for the next time, together', async () => {
  const { trail, batches } = await started()
  await trail.record(line('a'))
  const shipping = trail.ship()
  for (const id of ['b', 'c']) await trail.record(line(id))
  await shipping
  assert.deepEqual(await batches(), [['a']])
  await trail.ship()
  assert.deepEqual(await batches(), [['a'], ['b', 'c']])
})

test('[item 8] who asks for shipping while there is some under way gets what came before the asking shipped, too', async () => {
  const { trail, batches } = await started()
  await trail.record(line('a'))
  const shipping = trail.ship()
  await trail.record(line('b'))
  await Promise.all([trail.ship(), trail.ship()])
  assert.deepEqual((await batches()).flat(), ['a', 'b'])
  await shipping
  await trail.record(line('c'))
  await trail.close()
  assert.deepEqual((await batches()).flat(), ['a', 'b', 'c'])
})
