/** The store: what all backends have in common, on top of any one of them. */
import { setTimeout as wait } from 'node:timers/promises'
import type { Change, LogOptions, OpenOptions, Page, Reader, Scope, Store, Transaction } from '../store.js'
import { StoreError } from '../store.js'
import type { Log } from '../table.js'
import type { Backend, LogPlace } from './backend.js'
import { Committed } from './committed.js'
import { readCursor, writeCursor } from './cursor.js'
import { GroupCommit } from './group-commit.js'
import { assertLimit, Snapshot, ViewReader } from './reader.js'
import { deepFreeze, RecordText } from './record-text.js'
import { Serial } from './serial.js'
import { isStorable } from './text.js'

type EngineOptions = Omit<OpenOptions, 'url'> & {
  /** How a watcher waits before it asks a shared backend again. For tests. */
  readonly pause?: (signal: AbortSignal) => Promise<unknown>
}

/** A watcher takes this many revisions at a time. */
const revisionsPerStep = 256
/** How often watchers of a shared backend ask for the head: other nodes' changes arrive about this late. */
const watchPauseMilliseconds = 100

export class Engine implements Store {
  private readonly serial = new Serial()
  private readonly groups: GroupCommit
  private latest: Reader
  private closing: Promise<void> | undefined

  /** Takes over the backend: closes it when the master key is not the one the store was made with. */
  static async open(backend: Backend, options: EngineOptions): Promise<Engine> {
    try {
      const text = new RecordText(options.masterKey, options.randomBytes)
      if ((await backend.keep('keyCheck', text.keyCheck)) !== text.keyCheck) {
        throw new StoreError('WrongMasterKey', `${backend.description} was made with another master key`)
      }
      return new Engine(new Committed(backend, text, await backend.head()), options)
    } catch (error) {
      await backend.close()
      throw error
    }
  }

  private constructor(
    private readonly state: Committed,
    private readonly options: EngineOptions,
  ) {
    this.groups = new GroupCommit(state, this.serial, options.clock)
    this.latest = this.readerAt(state.head)
  }

  get description(): string {
    return this.state.backend.description
  }

  get revision(): number {
    return this.state.head
  }

  async readAt(revision: number | 'latest'): Promise<Reader> {
    this.assertOpen()
    if (this.state.backend.shared && (revision === 'latest' || revision > this.state.head)) await this.state.refresh()
    if (revision !== 'latest') {
      this.assertExists(revision)
      return this.readerAt(revision)
    }
    if (this.latest.revision !== this.state.head) this.latest = this.readerAt(this.state.head)
    return this.latest
  }

  async revisionAt(at: number): Promise<number> {
    this.assertOpen()
    const revision = await this.state.backend.revisionAt(at)
    if (revision !== undefined) return revision
    this.state.assertReadable(0)
    return 0
  }

  transact<T>(work: (tx: Transaction) => Promise<T>): Promise<{ readonly result: T; readonly revision: number }> {
    return this.closing ? Promise.reject(closed()) : this.groups.transact(work)
  }

  async *watch(after: number, signal: AbortSignal): AsyncIterable<readonly Change[]> {
    const { backend } = this.state
    const active = () => !signal.aborted && !this.closing
    let seen = after
    if (active() && backend.shared) await this.state.refresh()
    this.assertExists(after)
    while (active()) {
      this.state.assertReadable(seen)
      if (seen < this.state.head) {
        const until = Math.min(this.state.head, seen + revisionsPerStep)
        const changes = await this.changes(seen, until)
        // What was pruned or reset while it was read is not a change that can be told of.
        this.state.assertReadable(seen)
        seen = until
        if (changes.length > 0) yield changes
      } else {
        await this.nextChange(signal)
        if (active() && backend.shared) await this.state.refresh()
      }
    }
  }

  async readLog<E extends object>(log: Log<E>, scope: Scope, options: LogOptions): Promise<Page<E>> {
    this.assertOpen()
    const { from = Number.MIN_SAFE_INTEGER, until = Number.MAX_SAFE_INTEGER, limit, newestFirst = false } = options
    assertLimit(limit)
    const after = options.after === undefined ? undefined : readCursor(options.after, ['number', 'number', 'number'])
    if (!isStorable(scope)) return { items: [] }
    const range = { from, until, after: after as LogPlace | undefined, limit: limit + 1, newestFirst }
    const stored = await this.state.backend.readLog(log.name, scope, range)
    const items = stored.slice(0, limit).map(({ text }) => deepFreeze(log.text?.read(text) ?? (JSON.parse(text) as E)))
    if (stored.length <= limit) return { items }
    const last = stored[limit - 1]!
    return { items, next: writeCursor([last.at, last.revision, last.n]) }
  }

  async prune(before: number): Promise<void> {
    this.assertOpen()
    const oldest = Math.max((await this.state.backend.revisionAt(before)) ?? 0, this.state.oldest)
    this.state.forgetBefore(oldest)
    // In steps, so that requests have their turn in between.
    while (await this.serial.run(async () => this.state.backend.prune(oldest, before))) this.assertOpen()
  }

  async reset(): Promise<void> {
    this.assertOpen()
    if (!this.options.resettable) throw new Error('the store was not opened as resettable')
    await this.serial.run(async () => {
      const head = await this.state.backend.begin()
      const revision = head.revision + 1
      const next = { revision, oldest: revision, at: Math.max(head.at, this.options.clock()) }
      await this.state.backend.reset(next)
      this.state.restart(next)
    })
  }

  close(): Promise<void> {
    this.closing ??= this.finish()
    return this.closing
  }

  private async finish(): Promise<void> {
    this.state.ring()
    await this.groups.idle()
    await this.serial.run(async () => this.state.backend.close())
  }

  private readerAt(revision: number): Reader {
    return new ViewReader(new Snapshot(this.state, revision), this.state.memos)
  }

  private assertOpen(): void {
    if (this.closing) throw closed()
  }

  private assertExists(revision: number): void {
    if (!Number.isInteger(revision) || revision < 0 || revision > this.state.head) {
      throw new StoreError('RevisionUnknown', `there is no revision ${revision}; the newest is ${this.state.head}`)
    }
    this.state.assertReadable(revision)
  }

  private async changes(after: number, until: number): Promise<Change[]> {
    const stored = await this.state.backend.changes(after, until, true)
    return stored.map(({ revision, tbl, scope, key, text }) => {
      const change = { revision, table: tbl, scope, key }
      return text === null ? change : { ...change, value: this.state.text.read({ tbl, scope, key }, text) }
    })
  }

  /** Resolves when the head has moved, the signal or the store ends, or it is time to ask a shared backend again. */
  private async nextChange(signal: AbortSignal): Promise<void> {
    const woken = new AbortController()
    const wake = () => woken.abort()
    const cancel = this.state.onNext(wake)
    signal.addEventListener('abort', wake, { once: true })
    const pause = this.options.pause ?? ((awake) => wait(watchPauseMilliseconds, undefined, { signal: awake }))
    try {
      await Promise.race([
        new Promise((resolve) => woken.signal.addEventListener('abort', resolve, { once: true })),
        ...(this.state.backend.shared ? [pause(woken.signal).catch(() => undefined)] : []),
      ])
    } finally {
      cancel()
      signal.removeEventListener('abort', wake)
      wake()
    }
  }
}

const closed = () => new StoreError('StoreUnavailable', 'the store is closed')
