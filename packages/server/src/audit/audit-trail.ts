/**
 * The audit trail: where events go. A write's event is part of its transaction. Every other event of a known caller is in the local
 * segment (a file that only grows) before the answer leaves, is synced within 50 ms, and is shipped to the store in batches, where
 * appending the same batch twice does nothing. What fails before a caller is known is counted, and sampled within bounds.
 */
import { defineLog, type Store, type Transaction } from '@bailiwick/store'
import type { Connection } from '../pipeline/connection.js'
import type { AuditEvent } from './audit-event.js'
import { EventWriter, eventOf, joinTexts, type Line, readLines } from './event-text.js'
import type { Chunk, Segment } from './segment.js'
import { Strangers } from './strangers.js'

/** Events as the store keeps them: some of one account that came one after another, in one text. */
export interface AuditBatch extends Omit<Chunk, 'accountId'> {
  /** Of a write, which cannot come a second time as a batch that was shipped can. */
  readonly once?: boolean
}

export const auditEvents = defineLog<AuditBatch>({
  name: 'audit',
  id: ({ id }) => id,
  at: ({ at }) => at,
  // The lines as they are: making JSON of JSON would cost more than making the events did.
  text: {
    write: ({ lines }) => lines,
    read: (lines) => {
      const { id, at } = readLines(lines).next().value!
      return { id, at, lines }
    },
    join: { once: ({ once }) => once === true, texts: joinTexts },
  },
})

/** A write's event, in the write's own transaction. */
export function appendEvent(tx: Transaction, line: Line): void {
  const { accountId, id, at } = line
  tx.append(auditEvents, accountId, { id, at, lines: new EventWriter().write(line), once: true })
}

export const eventsOf = ({ lines }: AuditBatch): readonly AuditEvent[] => [...readLines(lines)].map(eventOf)

export class AuditTrail {
  readonly strangers: Strangers
  #shipping: Promise<void> | undefined
  #again: Promise<void> | undefined

  constructor(
    private readonly store: Store,
    private readonly segment: Segment,
    clock: () => number,
    private readonly failed: (error: unknown) => void,
  ) {
    this.strangers = new Strangers(clock)
  }

  /** Resolves when the event is in the local segment. Rejects when it cannot be kept: then the caller must not get an answer. */
  record(line: Line): Promise<void> {
    return this.segment.append(line)
  }

  /** A request that failed before its caller was known. */
  stranger({ sourceIp, userAgent }: Connection, reason: string): void {
    this.strangers.note(sourceIp, reason, userAgent)
  }

  /** Moves what the segment holds by now into the store. One at a time; safe to call at any moment and after a crash. */
  ship(): Promise<void> {
    if (this.#shipping !== undefined) return (this.#again ??= this.#shipAgain(this.#shipping))
    this.#shipping = this.#shipAll().finally(() => {
      this.#shipping = undefined
    })
    return this.#shipping
  }

  /** What is being shipped may have been taken before the events that are asked for now. */
  async #shipAgain(before: Promise<void>): Promise<void> {
    await before.catch(() => {})
    this.#again = undefined
    await this.ship()
  }

  /** What comes meanwhile waits for the next time: batches as small as that would cost more than all else that is done for their events. */
  async #shipAll(): Promise<void> {
    for (let taken = this.segment.take(); taken !== undefined; taken = taken.newest ? undefined : this.segment.take()) {
      try {
        await this.store.transact(async (tx) => {
          for (const { accountId, id, at, lines } of taken.chunks) tx.append(auditEvents, accountId, { id, at, lines })
        })
      } catch (error) {
        this.failed(error)
        return
      }
      taken.done()
    }
  }

  async close(): Promise<void> {
    await this.ship()
    this.segment.close()
  }
}
