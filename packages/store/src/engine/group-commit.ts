/**
 * Group commit: transactions that are waiting run one after another on one pending state and become durable together, in one step of
 * the backend. While that step is under way the next group gathers. No timer: a group waits for as long as each turn of the event loop
 * brings more to share its sync.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Transaction } from '../store.js'
import { Conflict } from './backend.js'
import type { Committed } from './committed.js'
import { Pending } from './pending.js'
import type { Serial } from './serial.js'
import { PendingTransaction } from './transaction.js'

interface Job {
  readonly run: (tx: Transaction) => Promise<unknown>
  readonly resolve: (done: { result: unknown; revision: number }) => void
  readonly reject: (error: unknown) => void
  /** Set once it has run; tells its caller when the group is durable. */
  settle: () => void
  conflicts: number
}

const mostPerGroup = 512
const mostConflicts = 20

export class GroupCommit {
  private queue: Job[] = []
  private running: Promise<void> | undefined

  constructor(
    private readonly state: Committed,
    private readonly serial: Serial,
    private readonly clock: () => number,
  ) {}

  transact<T>(work: (tx: Transaction) => Promise<T>): Promise<{ readonly result: T; readonly revision: number }> {
    return new Promise((resolve, reject) => {
      const settle = (): never => {
        throw new Error('a transaction was settled before it had run')
      }
      this.queue.push({ run: work, resolve: resolve as Job['resolve'], reject, settle, conflicts: 0 })
      this.running ??= this.runGroups()
    })
  }

  /** Resolves when nothing is waiting or under way. */
  async idle(): Promise<void> {
    while (this.running) await this.running
  }

  private async runGroups(): Promise<void> {
    while (this.queue.length > 0) {
      await this.gather()
      await this.serial.run(() => this.runGroup())
    }
    this.running = undefined
  }

  private async gather(): Promise<void> {
    for (let before = 0; before < this.queue.length && before < mostPerGroup; ) {
      before = this.queue.length
      await nextTurn()
    }
  }

  private async runGroup(): Promise<void> {
    const group: Job[] = []
    try {
      const pending = await this.begin()
      // A job stays in the queue until it is in the group, so that none is lost when something fails.
      while (this.queue.length > 0 && group.length < mostPerGroup) {
        group.push(this.queue.shift()!)
        await this.runJob(group.at(-1)!, pending)
      }
      if (pending.isEmpty) await this.state.backend.abandon()
      else {
        const touched = pending.touchedByRevision()
        await this.state.backend.commit(pending.toGroup(), touched)
        this.state.advance(touched, pending.newHead)
      }
    } catch (error) {
      this.fail(group.length > 0 ? group : this.queue.splice(0), error)
      return
    }
    for (const job of group) job.settle()
  }

  private async begin(): Promise<Pending> {
    const head = await this.state.backend.begin()
    try {
      await this.state.follow(head)
    } catch (error) {
      await this.state.backend.abandon()
      throw error
    }
    return new Pending(this.state, head)
  }

  private async runJob(job: Job, pending: Pending): Promise<void> {
    const tx = new PendingTransaction(pending, this.state.memos, this.state.text)
    try {
      const result = await job.run(tx)
      pending.finish(this.clock())
      const { revision } = pending
      job.settle = () => job.resolve({ result, revision })
    } catch (error) {
      pending.cancel()
      job.settle = () => job.reject(error)
    } finally {
      tx.close()
    }
  }

  private fail(group: readonly Job[], error: unknown): void {
    const again = error instanceof Conflict ? group.filter((job) => job.conflicts++ < mostConflicts) : []
    for (const job of group) if (!again.includes(job)) job.reject(error)
    this.queue.unshift(...again)
  }
}
