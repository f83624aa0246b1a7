/**
 * The audit trail: where events go. A write's event is part of its transaction. Every other event of a known caller is in the local
 * segment (a file that only grows) before the answer leaves, is synced within 50 ms, and is shipped to the store in batches, where
 * appending the same batch twice does nothing. What fails before a caller is known is counted, and sampled within bounds.
 */
import { defineLog, type Store, type Transaction } from '@bailiwick/store'
import type { Connection } from '../pipeline/authorize.js'
import type { AuditEvent } from './audit-event.js'
import type { Segment } from './segment.js'
import { Strangers } from './strangers.js'

/** Events as the store keeps them: some of one account, that came one after another. */
export interface AuditBatch {
  /** The id of the first event. */
  readonly id: string
  /** When the first one happened: epoch milliseconds. */
  readonly at: number
  /** One event a line, as JSON. */
  readonly lines: string
}

export const auditEvents = defineLog<AuditBatch>({ name: 'audit', id: ({ id }) => id, at: ({ at }) => at })

/** A write's event, in the write's own transaction. */
export function appendEvent(tx: Transaction, accountId: string, event: AuditEvent): void {
  tx.append(auditEvents, accountId, { id: event.eventID, at: event.bailiwick.at, lines: JSON.stringify(event) })
}

export const eventsOf = ({ lines }: AuditBatch): readonly AuditEvent[] => lines.split('\n').map((line) => JSON.parse(line) as AuditEvent)

/** Events that one row of the store holds. */
const mostInBatch = 200

export class AuditTrail {
  readonly strangers: Strangers
  #shipping: Promise<void> | undefined

  constructor(
    private readonly store: Store,
    private readonly segment: Segment,
    clock: () => number,
    private readonly failed: (error: unknown) => void,
  ) {
    this.strangers = new Strangers(clock)
  }

  /** Resolves when the event is in the local segment. Rejects when it cannot be kept: then the caller must not get an answer. */
  record(accountId: string, event: AuditEvent): Promise<void> {
    return this.segment.append(`${accountId} ${JSON.stringify(event)}`)
  }

  /** A request that failed before its caller was known. */
  stranger({ sourceIp, userAgent }: Connection, reason: string): void {
    this.strangers.note(sourceIp, reason, userAgent)
  }

  /** Moves what the segment holds into the store. One at a time; safe to call at any moment and after a crash. */
  ship(): Promise<void> {
    this.#shipping ??= this.#shipAll().finally(() => {
      this.#shipping = undefined
    })
    return this.#shipping
  }

  async #shipAll(): Promise<void> {
    for (let taken = this.segment.take(); taken !== undefined; taken = this.segment.take()) {
      const batches = batchesOf(taken.lines)
      try {
        await this.store.transact(async (tx) => {
          for (const { accountId, batch } of batches) tx.append(auditEvents, accountId, batch)
        })
      } catch (error) {
        this.failed(error)
        return
      }
      taken.done()
    }
  }

  async close(): Promise<void> {
    await this.#shipping
    await this.ship()
    this.segment.close()
  }
}

/** Lines `ACCOUNT EVENT`, put together by account. */
function batchesOf(lines: readonly string[]): { accountId: string; batch: AuditBatch }[] {
  const byAccount = new Map<string, string[]>()
  for (const line of lines) {
    const space = line.indexOf(' ')
    const accountId = line.slice(0, space)
    const before = byAccount.get(accountId)
    if (before === undefined) byAccount.set(accountId, [line.slice(space + 1)])
    else before.push(line.slice(space + 1))
  }
  return [...byAccount].flatMap(([accountId, events]) => {
    const batches: { accountId: string; batch: AuditBatch }[] = []
    for (let at = 0; at < events.length; at += mostInBatch) {
      const some = events.slice(at, at + mostInBatch)
      const first = JSON.parse(some[0]!) as AuditEvent
      batches.push({ accountId, batch: { id: first.eventID, at: first.bailiwick.at, lines: some.join('\n') } })
    }
    return batches
  })
}
