/**
 * The audit trail: where events go. A write's event is part of its transaction. Every other event of a known caller is in the local
 * segment (a file that only grows) before the answer leaves, is synced within 50 ms, and is shipped to the store in batches, where
 * appending the same batch twice does nothing. What fails before a caller is known is counted, and sampled within bounds.
 */
import { defineLog, type Store, type Transaction } from '@bailiwick/store'
import type { Connection } from '../pipeline/authorize.js'
import type { AuditEvent } from './audit-event.js'
import type { Chunk, Line, Segment } from './segment.js'
import { Strangers } from './strangers.js'

/** Events as the store keeps them: some of one account that came one after another, one a line, each line ended by a line break. */
export type AuditBatch = Omit<Chunk, 'accountId'>

export const auditEvents = defineLog<AuditBatch>({
  name: 'audit',
  id: ({ id }) => id,
  at: ({ at }) => at,
  // The lines as they are: making JSON of JSON would cost more than making the events did.
  text: {
    write: ({ lines }) => lines,
    read: (lines) => {
      const { id, at } = readLine(lines.slice(0, lines.indexOf('\n')))
      return { id, at, lines }
    },
  },
})

/** A write's event, in the write's own transaction. */
export function appendEvent(tx: Transaction, { accountId, id, at, json }: Line): void {
  tx.append(auditEvents, accountId, { id, at, lines: `${json}\n` })
}

export const eventsOf = ({ lines }: AuditBatch): readonly AuditEvent[] =>
  lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as AuditEvent)

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
  record(line: Line): Promise<void> {
    return this.segment.append(line)
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
      const rows = rowsOf(taken.chunks)
      try {
        await this.store.transact(async (tx) => {
          for (const { accountId, id, at, lines } of rows) tx.append(auditEvents, accountId, { id, at, lines })
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

/** Characters that one row of the store is filled up to. */
const rowCharacters = 32_768

/** Chunks of one account that follow one another, put together. */
function rowsOf(chunks: readonly Chunk[]): Chunk[] {
  const rows: (Omit<Chunk, 'lines'> & { readonly parts: string[]; length: number })[] = []
  for (const { lines, ...chunk } of chunks) {
    const last = rows.at(-1)
    if (last?.accountId === chunk.accountId && last.length + lines.length < rowCharacters) {
      last.parts.push(lines)
      last.length += lines.length
    } else rows.push({ ...chunk, parts: [lines], length: lines.length })
  }
  return rows.map(({ accountId, id, at, parts }) => ({ accountId, id, at, lines: parts.join('') }))
}

/** What an event says of itself in its text. */
export function readLine(json: string): Line {
  const { recipientAccountId, eventID, bailiwick } = JSON.parse(json) as AuditEvent
  return { accountId: recipientAccountId, id: eventID, at: bailiwick.at, json }
}
