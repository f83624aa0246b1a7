/**
 * The store as the rest of Bailiwick sees it: records with revisions.
 *
 * A *revision* is a number that grows by one with every committed transaction; a reader sees exactly the state at one revision.
 * A *scope* is what a record belongs to: an account id, or `''` for what belongs to the whole server. A reader or transaction
 * names the scope in every call, so that data of one account cannot be met by accident in another.
 */
import type { Log, Table, TableWithSecrets } from './table.js'

export type Scope = string

export interface Page<R> {
  readonly items: readonly R[]
  /** Where the next page begins; absent on the last one. Opaque; stays valid while others write (keyset, not offset). */
  readonly next?: string
}

export interface ListOptions {
  /** Only records whose (folded) index value begins with this. */
  readonly prefix?: string
  /** Only records with exactly this index value (folded where the index ignores case). */
  readonly equals?: string
  /** `next` of the page before. */
  readonly after?: string
  /** At most this many, 1 to 10,000. */
  readonly limit: number
}

export interface Reader {
  /** The revision this reader sees. In a transaction: the one it was begun on. */
  readonly revision: number
  get<R extends object>(table: Table<R>, scope: Scope, key: string): Promise<R | undefined>
  /**
   * `get` for up to 10,000 keys at once, answered in their order; in the committed state it costs little more than a page. Secrets are
   * left out: what is read many at a time is told of, not used.
   */
  getEach<R extends object, S extends keyof R & string = never>(
    table: TableWithSecrets<R, S>,
    scope: Scope,
    keys: readonly string[],
  ): Promise<readonly (Omit<R, S> | undefined)[]>
  /** The record under a unique index. */
  find<R extends object, I extends string>(
    table: Table<R> & { indexes: Record<I, unknown> },
    index: I,
    scope: Scope,
    value: string,
  ): Promise<R | undefined>
  /** A page of records in index order. */
  list<R extends object, I extends string>(
    table: Table<R> & { indexes: Record<I, unknown> },
    index: I,
    scope: Scope,
    options: ListOptions,
  ): Promise<Page<R>>
  /** Every record with this index value, in key order. For sets that a quota bounds, such as the keys of a user; more than 10,000 is an error. */
  all<R extends object, I extends string>(
    table: Table<R> & { indexes: Record<I, unknown> },
    index: I,
    scope: Scope,
    equals: string,
  ): Promise<readonly R[]>
  /** `all` for up to 10,000 values at once, answered in their order, likewise. */
  allEach<R extends object, I extends string, S extends keyof R & string = never>(
    table: TableWithSecrets<R, S> & { indexes: Record<I, unknown> },
    index: I,
    scope: Scope,
    values: readonly string[],
  ): Promise<readonly (readonly Omit<R, S>[])[]>
  /** How many records are under each of up to 10,000 values, of however many; in the committed state none of them is read for it. */
  countEach<R extends object, I extends string>(
    table: Table<R> & { indexes: Record<I, unknown> },
    index: I,
    scope: Scope,
    values: readonly string[],
  ): Promise<readonly number[]>
  /** How many records the table has in this scope: kept by the store, costs the same for five and for five million. */
  count(table: Table<never>, scope: Scope): Promise<number>
  /**
   * The answer of `compute`, kept until a record or an index value that it read changes. `compute` must depend on nothing but
   * `id` and what it reads through the reader it is given. The kept answer is shared: it must not be changed.
   * Readers as of an old revision, and transactions that have changed something it depends on, compute it afresh.
   */
  memo<T>(memo: Memo<T>, id: string): Promise<T>
}

export interface Memo<T> {
  readonly name: string
  readonly compute: (reader: Reader, id: string) => Promise<T>
  /** At most this many answers are kept; the least recently used one goes first. Default 10,000. */
  readonly most?: number
}

export interface Transaction extends Reader {
  /** Creates: one whose key was drawn at random replaces none. Throws `KeyTaken` where there is a record with this key; `UniqueViolation`. */
  add<R extends object>(table: Table<R>, scope: Scope, record: NoInfer<R>): Promise<void>
  /** Creates or replaces. Throws `UniqueViolation`. */
  put<R extends object>(table: Table<R>, scope: Scope, record: NoInfer<R>): Promise<void>
  /** True when there was one. */
  delete<R extends object>(table: Table<R>, scope: Scope, key: string): Promise<boolean>
  append<E extends object>(log: Log<E>, scope: Scope, entry: NoInfer<E>): void
  /** The revision that this transaction will have once it is committed. */
  readonly nextRevision: number
}

/** One record that changed. `value` is the new record, absent when it was deleted. */
export interface Change {
  readonly revision: number
  readonly table: string
  readonly scope: Scope
  readonly key: string
  readonly value?: object
}

export interface LogOptions {
  /** Epoch milliseconds, inclusive. */
  readonly from?: number
  /** Epoch milliseconds, exclusive. */
  readonly until?: number
  readonly after?: string
  readonly limit: number
  readonly newestFirst?: boolean
}

export interface Store {
  /** What `bailiwick start` prints: `memory`, `embedded (FILE)`, `postgres (HOST/DATABASE)`. */
  readonly description: string
  /** The newest revision this node knows to be committed. */
  readonly revision: number
  /**
   * A reader at one revision; `latest` sees everything that any node has acknowledged before the call.
   * A revision older than what is kept throws `RevisionGone`, one that does not exist yet `RevisionUnknown`.
   */
  readAt(revision: number | 'latest'): Promise<Reader>
  /** The newest revision committed at or before a time (epoch milliseconds), for "as of". */
  revisionAt(at: number): Promise<number>
  /**
   * Runs `work`; commits what it wrote, all or nothing; resolves when that is durable. `work` may be run again when another node was
   * faster, so it must have no effect but through the transaction. When it throws, nothing is kept and the error passes through.
   * A transaction that wrote nothing makes no revision. Concurrent transactions are serial: each sees what the one before wrote.
   */
  transact<T>(work: (tx: Transaction) => Promise<T>): Promise<{ readonly result: T; readonly revision: number }>
  /** Every change after a revision, in order, without gaps, until `signal` ends it; also those of other nodes. */
  watch(after: number, signal: AbortSignal): AsyncIterable<readonly Change[]>
  readLog<E extends object>(log: Log<E>, scope: Scope, options: LogOptions): Promise<Page<E>>
  /** Forgets log entries and superseded record versions older than `before` (epoch milliseconds). The newest version of a record always stays. */
  prune(before: number): Promise<void>
  /** Back to empty. Only for a store that was opened with `resettable`. */
  reset(): Promise<void>
  /** Waits for what is under way, then closes. Idempotent. */
  close(): Promise<void>
}

export interface OpenOptions {
  /** `memory:`, `postgres://…`, or a path of the embedded store's file. */
  readonly url: string
  /** Encrypts secrets. 32 bytes. A check value in the store refuses another key with `WrongMasterKey`. */
  readonly masterKey: Uint8Array
  readonly clock: () => number
  readonly randomBytes: (length: number) => Uint8Array
  readonly resettable?: boolean
}

export type StoreErrorCode =
  | 'UniqueViolation'
  | 'KeyTaken'
  | 'RevisionGone'
  | 'RevisionUnknown'
  /** `after` is not what `next` of such a page was. */
  | 'InvalidCursor'
  | 'WrongMasterKey'
  /** Another process holds the embedded store. */
  | 'StoreInUse'
  /** The database cannot be reached or opened. */
  | 'StoreUnavailable'
  /** The disk is full: nothing was written, reading goes on. */
  | 'StoreFull'
  /** The store was written by a newer Bailiwick. */
  | 'StoreTooNew'

export class StoreError extends Error {
  override readonly name = 'StoreError'
  constructor(
    readonly code: StoreErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}
