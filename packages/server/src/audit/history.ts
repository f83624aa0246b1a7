/** The past, as an explanation asks for it: what an event said, and the state that was decided on. */
import { type Reader, type Store, StoreError } from '@bailiwick/store'
import type { AuditEvent } from './audit-event.js'
import { type AuditTrail, auditEvents, eventsOf } from './audit-trail.js'

export interface History {
  /** Undefined when so old a revision is not kept any more. */
  readAt(revision: number): Promise<Reader | undefined>
  /** By event id or request id, among the newest events of an account. */
  findEvent(accountId: string, id: string): Promise<AuditEvent | undefined>
}

const rowsAtOnce = 100
/** How far back one call looks, in rows of the log; each holds up to some 32,000 characters of events. */
const mostRows = 2_000

export function historyOf(store: Store, audit: AuditTrail): History {
  return {
    async readAt(revision) {
      try {
        return await store.readAt(revision)
      } catch (error) {
        if (error instanceof StoreError && (error.code === 'RevisionGone' || error.code === 'RevisionUnknown')) return undefined
        throw error
      }
    },
    async findEvent(accountId, id) {
      // What was answered a moment ago may still be in the local segment.
      await audit.ship()
      let after: string | undefined
      for (let rows = 0; rows < mostRows; rows += rowsAtOnce) {
        const options = { limit: rowsAtOnce, newestFirst: true, ...(after !== undefined && { after }) }
        const { items, next } = await store.readLog(auditEvents, accountId, options)
        for (const batch of items) {
          if (!batch.lines.includes(id)) continue
          const found = eventsOf(batch).find(({ eventID, requestID }) => eventID === id || requestID === id)
          if (found !== undefined) return found
        }
        after = next
        if (after === undefined) return undefined
      }
      return undefined
    },
  }
}
