/** The statements of an open file, each prepared once. Whatever SQLite says is thrown as `StoreError`. */
import type { StoredEntry } from '../engine/index.js'
import { StoreError } from '../store.js'
import { type Database, storeError } from './file.js'

type Value = string | number
type Statement = ReturnType<Database['prepare']>
type EntryRow = readonly [value: string, key: string, since: number, text: string, current: 0 | 1]

/** Work on the file, synchronous. Everything but `close` throws `StoreError` (`StoreFull`, `StoreUnavailable`). */
export class Prepared {
  private readonly prepared = new Map<string, Statement>()
  /** Apart from the others: a statement that was asked for all rows answers the next `get` with one of those (libsql 0.5). */
  private readonly forOne = new Map<string, Statement>()
  private readonly raw = new Map<string, Statement>()
  private closed = false

  constructor(
    private readonly database: Database,
    private readonly description: string,
  ) {}

  get isClosed(): boolean {
    return this.closed
  }

  first<T>(statement: string, ...parameters: Value[]): T | undefined {
    return this.guarded(() => this.statement(statement, this.forOne).get(parameters) as T | undefined)
  }

  every<T>(statement: string, ...parameters: Value[]): readonly T[] {
    return this.guarded(() => this.statement(statement).all(parameters) as T[])
  }

  /** Rows of `value, key, since, text, current`. Taken as arrays, a row costs a quarter less. */
  entries(statement: string, ...parameters: Value[]): readonly StoredEntry[] {
    const rows = this.guarded(() => this.statement(statement, this.raw).raw().all(parameters) as EntryRow[])
    return rows.map(([value, key, since, text, current]) => ({ value, key, since, text, current }))
  }

  /** How many rows it changed. */
  run(statement: string, ...parameters: Value[]): number {
    return this.guarded(() => this.statement(statement).run(parameters).changes)
  }

  inTransaction(act: () => void): void {
    this.run('BEGIN IMMEDIATE')
    try {
      act()
      this.run('COMMIT')
    } catch (error) {
      // SQLite has already rolled back by itself after some errors, a full disk among them.
      if (this.database.inTransaction) this.run('ROLLBACK')
      throw error
    }
  }

  /** Lets go of the statements, so that the file can be closed. Nothing is asked afterwards. */
  close(): void {
    this.closed = true
    for (const statements of [this.prepared, this.forOne, this.raw]) statements.clear()
  }

  assertOpen(): void {
    if (this.closed) throw new StoreError('StoreUnavailable', 'the store is closed')
  }

  private statement(text: string, among = this.prepared): Statement {
    let statement = among.get(text)
    if (statement === undefined) among.set(text, (statement = this.database.prepare(text)))
    return statement
  }

  private guarded<T>(act: () => T): T {
    this.assertOpen()
    try {
      return act()
    } catch (error) {
      throw storeError(error, this.description)
    }
  }
}
