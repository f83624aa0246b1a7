/**
 * The embedded backend: one SQLite file through libsql, which works synchronously in the event loop. Every commit is synced to disk
 * before it is acknowledged, and others have their turn while the disk works; one process at a time has the file.
 */
import { closeSync, fdatasync } from 'node:fs'
import {
  type Backend,
  type Group,
  type Head,
  type NewLogEntry,
  PendingLog,
  type Range,
  type StoredChange,
  type StoredCount,
  type StoredEntry,
  type StoredLogEntry,
  type StoredLogRange,
  type StoredVersion,
  type Touched,
  tokensOf,
} from '../engine/index.js'
import {
  dataTables,
  logScanOf,
  pruneStatements,
  rowsPerPruneStep,
  type StatementName,
  scanOf,
  sqlite,
  sqliteStatements,
} from '../sql/index.js'
import { StoreError } from '../store.js'
import { closeFile, type Database, openFile, openLog, storeError } from './file.js'
import { migrate } from './migrate.js'
import { Waiting } from './waiting.js'

type Value = string | number
type Statement = ReturnType<Database['prepare']>
type EntryRow = readonly [value: string, key: string, since: number, text: string, current: 0 | 1]

/** So that on a full disk little is left that can only be read when there is room again. */
const settledWithinMilliseconds = 250

/** What only SQLite says this way; one row at a time, since a call costs little. */
const own = {
  get: 'SELECT since, text FROM bailiwick_record WHERE tbl = ?1 AND scope = ?2 AND key = ?3',
  getFormer: `SELECT since, text FROM bailiwick_record_history WHERE tbl = ?1 AND scope = ?2 AND key = ?3 AND since <= ?4 AND until > ?4`,
  getEach: `SELECT r.key, r.since, r.text, 1 AS current FROM json_each(?3) asked
    CROSS JOIN bailiwick_record r ON r.tbl = ?1 AND r.scope = ?2 AND r.key = asked.value`,
  getEachAt: `SELECT r.key, r.since, r.text, 1 AS current FROM json_each(?3) asked
    CROSS JOIN bailiwick_record r ON r.tbl = ?1 AND r.scope = ?2 AND r.key = asked.value AND r.since <= ?4
    UNION ALL SELECT h.key, h.since, h.text, 0 FROM json_each(?3) asked
    CROSS JOIN bailiwick_record_history h ON h.tbl = ?1 AND h.scope = ?2 AND h.key = asked.value AND h.since <= ?4 AND h.until > ?4`,
  scanEach: `SELECT e.value, e.key, r.since, r.text, 1 AS current FROM json_each(?3) asked
    CROSS JOIN bailiwick_entry e ON e.idx = ?1 AND e.scope = ?2 AND e.value = asked.value
    CROSS JOIN bailiwick_record r ON r.tbl = ?4 AND r.scope = ?2 AND r.key = e.key LIMIT ?5`,
  scanEachAt: `SELECT e.value, e.key, coalesce(r.since, h.since) AS since, coalesce(r.text, h.text) AS text, r.since IS NOT NULL AS current
    FROM (
      SELECT e.value, e.key FROM json_each(?3) asked
      CROSS JOIN bailiwick_entry e ON e.idx = ?1 AND e.scope = ?2 AND e.value = asked.value AND e.since <= ?6
      UNION ALL
      SELECT e.value, e.key FROM json_each(?3) asked
      CROSS JOIN bailiwick_entry_history e ON e.idx = ?1 AND e.scope = ?2 AND e.value = asked.value AND e.since <= ?6 AND e.until > ?6
    ) e
    LEFT JOIN bailiwick_record r ON r.tbl = ?4 AND r.scope = ?2 AND r.key = e.key AND r.since <= ?6
    LEFT JOIN bailiwick_record_history h ON h.tbl = ?4 AND h.scope = ?2 AND h.key = e.key AND h.since <= ?6 AND h.until > ?6 LIMIT ?5`,
  countEach: `SELECT e.value, count(*) AS count FROM json_each(?3) asked
    CROSS JOIN bailiwick_entry e ON e.idx = ?1 AND e.scope = ?2 AND e.value = asked.value GROUP BY e.value`,
  countEachAt: `SELECT value, count(*) AS count FROM (
      SELECT e.value FROM json_each(?3) asked
      CROSS JOIN bailiwick_entry e ON e.idx = ?1 AND e.scope = ?2 AND e.value = asked.value AND e.since <= ?4
      UNION ALL
      SELECT e.value FROM json_each(?3) asked
      CROSS JOIN bailiwick_entry_history e ON e.idx = ?1 AND e.scope = ?2 AND e.value = asked.value AND e.since <= ?4 AND e.until > ?4
    ) GROUP BY value`,
  keepFormer: `INSERT INTO bailiwick_record_history (tbl, scope, key, since, until, text)
    SELECT tbl, scope, key, since, ?4, text FROM bailiwick_record WHERE tbl = ?1 AND scope = ?2 AND key = ?3`,
  leave: 'DELETE FROM bailiwick_record WHERE tbl = ?1 AND scope = ?2 AND key = ?3',
  passed: 'INSERT INTO bailiwick_record_history (tbl, scope, key, since, until, text) VALUES (?1, ?2, ?3, ?4, ?5, ?6)',
  record: 'INSERT INTO bailiwick_record (tbl, scope, key, since, text) VALUES (?1, ?2, ?3, ?4, ?5)',
  keepFormerEntry: `INSERT INTO bailiwick_entry_history (idx, scope, value, key, since, until)
    SELECT idx, scope, value, key, since, ?5 FROM bailiwick_entry WHERE idx = ?1 AND scope = ?2 AND value = ?3 AND key = ?4`,
  leaveEntry: 'DELETE FROM bailiwick_entry WHERE idx = ?1 AND scope = ?2 AND value = ?3 AND key = ?4',
  passedEntry: 'INSERT INTO bailiwick_entry_history (idx, scope, value, key, since, until) VALUES (?1, ?2, ?3, ?4, ?5, ?6)',
  entry: 'INSERT INTO bailiwick_entry (idx, scope, value, key, since) VALUES (?1, ?2, ?3, ?4, ?5)',
  setCount: 'INSERT INTO bailiwick_count (tbl, scope, since, count) VALUES (?1, ?2, ?3, ?4)',
  change: 'INSERT INTO bailiwick_change (revision, n, tbl, scope, key, touched) VALUES (?1, ?2, ?3, ?4, ?5, ?6)',
  log: `INSERT INTO bailiwick_log (log, scope, at, revision, n, id, text) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
    ON CONFLICT (log, scope, id) DO NOTHING`,
  revision: 'INSERT INTO bailiwick_revision (revision, at) VALUES (?1, ?2)',
  setHead: 'UPDATE bailiwick_head SET revision = ?1, at = ?2',
  wait: 'INSERT INTO bailiwick_waiting (revision, text) VALUES (?1, ?2)',
  waiting: 'SELECT text FROM bailiwick_waiting ORDER BY revision',
  noLongerWaiting: 'DELETE FROM bailiwick_waiting WHERE revision <= ?1',
} as const

export class EmbeddedBackend implements Backend {
  readonly shared = false
  private readonly prepared = new Map<string, Statement>()
  /** Apart from the others: a statement that was asked for all rows answers the next `get` with one of those (libsql 0.5). */
  private readonly preparedForOne = new Map<string, Statement>()
  private readonly preparedRaw = new Map<string, Statement>()
  private readonly waiting = new Waiting()
  private settling: NodeJS.Timeout | undefined
  private newest: Head
  /** What is under way; rejects when it fails. */
  private syncing: Promise<void> | undefined
  /** After a sync that failed nothing more is written. */
  private failed: StoreError | undefined
  private closed = false

  /** Makes the file when there is none. Throws `StoreInUse`, `StoreTooNew`, `StoreUnavailable`. */
  static open(path: string): EmbeddedBackend {
    const database = openFile(path)
    try {
      migrate(database, path)
      const log = openLog(path)
      database.exec('PRAGMA synchronous = NORMAL')
      return new EmbeddedBackend(database, log, `embedded (${path})`)
    } catch (error) {
      closeFile(database)
      throw storeError(error, path)
    }
  }

  private constructor(
    private readonly database: Database,
    /** The write-ahead log, to be synced: SQLite itself would hold up the event loop for so long. */
    private readonly log: number,
    readonly description: string,
  ) {
    this.newest = this.row<Head>('head')!
    for (const { text } of this.statement(own.waiting).all([]) as { text: string }[]) {
      const group: Group = JSON.parse(text)
      this.takeIn(group, group.changes.flatMap(tokensOf), text.length)
    }
  }

  async keep(name: string, value: string): Promise<string> {
    const kept = this.row<{ value: string }>('kept', name)
    if (kept) return kept.value
    this.inTransaction(() => this.run(sqliteStatements.keep, name, value))
    await this.sync()
    return value
  }

  head(): Head {
    return this.newest
  }

  get(tbl: string, scope: string, key: string, at: number): StoredVersion | undefined {
    if (this.waiting.hasRecord(tbl, scope, key)) this.settle()
    const current = this.first<{ since: number; text: string }>(own.get, tbl, scope, key)
    if (current && current.since <= at) return { since: current.since, text: current.text, current: true }
    if (at >= this.newest.revision) return undefined
    const former = this.first<{ since: number; text: string }>(own.getFormer, tbl, scope, key, at)
    return former && { since: former.since, text: former.text, current: false }
  }

  scan(idx: string, tbl: string, scope: string, range: Range, limit: number, at: number): readonly StoredEntry[] {
    const touched = 'equals' in range ? this.waiting.hasValue(idx, scope, range.equals) : this.waiting.hasTable(tbl, scope)
    if (touched) this.settle()
    const { kind, parameters } = scanOf(idx, tbl, scope, range, limit)
    if (at < this.newest.revision) return this.entries(sqliteStatements[`scan${kind}At`], ...parameters, at)
    if (limit > 1) return this.entries(sqliteStatements[`scan${kind}Head`], ...parameters)
    const found = this.row<StoredEntry>(`scan${kind}Head`, ...parameters)
    return found === undefined ? [] : [found]
  }

  getEach(tbl: string, scope: string, keys: readonly string[], at: number): readonly (StoredVersion & { key: string })[] {
    if (keys.some((key) => this.waiting.hasRecord(tbl, scope, key))) this.settle()
    const asked = JSON.stringify(keys)
    return at < this.newest.revision ? this.every(own.getEachAt, tbl, scope, asked, at) : this.every(own.getEach, tbl, scope, asked)
  }

  scanEach(idx: string, tbl: string, scope: string, values: readonly string[], limit: number, at: number): readonly StoredEntry[] {
    if (values.some((value) => this.waiting.hasValue(idx, scope, value))) this.settle()
    const asked = [idx, scope, JSON.stringify(values), tbl, limit] as const
    return at < this.newest.revision ? this.entries(own.scanEachAt, ...asked, at) : this.entries(own.scanEach, ...asked)
  }

  countEach(idx: string, scope: string, values: readonly string[], at: number): readonly StoredCount[] {
    if (values.some((value) => this.waiting.hasValue(idx, scope, value))) this.settle()
    const asked = JSON.stringify(values)
    return at < this.newest.revision ? this.every(own.countEachAt, idx, scope, asked, at) : this.every(own.countEach, idx, scope, asked)
  }

  count(tbl: string, scope: string, at: number): number {
    const waiting = this.waiting.count(tbl, scope)
    if (waiting !== undefined && at >= this.newest.revision) return waiting
    if (waiting !== undefined) this.settle()
    return this.row<{ count: number }>('count', tbl, scope, at)?.count ?? 0
  }

  changes(after: number, until: number, withTexts: boolean): readonly StoredChange[] {
    this.settle()
    return this.rows(withTexts ? 'changesWithTexts' : 'changes', after, until)
  }

  revisionAt(at: number): number | undefined {
    this.settle()
    const found = this.row<{ revision: number }>('revisionAt', at)
    // The newest may still be waiting for the disk.
    return found && Math.min(found.revision, this.newest.revision)
  }

  async readLog(log: string, scope: string, range: StoredLogRange): Promise<readonly StoredLogEntry[]> {
    while (this.syncing) await this.syncing
    this.settle()
    const { name, parameters } = logScanOf(log, scope, range)
    return this.rows(name, ...parameters)
  }

  begin(): Head {
    this.assertOpen()
    if (this.failed) throw this.failed
    return this.newest
  }

  commit(group: Group, touched: readonly Touched[]): Promise<void> {
    if (this.waiting.isFull) this.settle()
    return group.changes.length > 0 ? this.wait(group, touched) : this.writeAtOnce(group)
  }

  abandon(): void {}

  prune(oldest: number, before: number): boolean {
    this.settle()
    let more = false
    this.inTransaction(() => {
      this.run(sqliteStatements.oldest, oldest)
      for (const { by, statement } of pruneStatements) {
        if (this.run(sqlite(statement), by === 'oldest' ? oldest : before) === rowsPerPruneStep) more = true
      }
    })
    this.newest = { ...this.newest, oldest: Math.max(oldest, this.newest.oldest) }
    return more
  }

  async reset(next: Head): Promise<void> {
    this.settle()
    this.inTransaction(() => {
      for (const table of dataTables) this.run(`DELETE FROM ${table}`)
      this.run(sqliteStatements.resetHead, next.revision, next.oldest, next.at)
      this.run(sqliteStatements.resetRevision, next.revision, next.at)
    })
    await this.sync()
    this.newest = next
  }

  close(): void {
    if (this.closed) return
    clearTimeout(this.settling)
    this.settleInTime()
    this.closed = true
    this.prepared.clear()
    this.preparedForOne.clear()
    this.preparedRaw.clear()
    closeSync(this.log)
    closeFile(this.database)
  }

  /** What is only logged is few rows of much text: writing that twice would cost more. */
  private async writeAtOnce(group: Group): Promise<void> {
    this.settle()
    this.inTransaction(() => {
      this.write(group)
      this.writeLog(group.logged)
    })
    await this.sync()
    this.newest = { ...this.newest, ...group.revisions.at(-1) }
  }

  private async wait(group: Group, touched: readonly Touched[]): Promise<void> {
    const text = JSON.stringify(group)
    this.guarded(() => this.run(own.wait, group.revisions.at(-1)!.revision, text))
    await this.sync()
    this.takeIn(
      group,
      touched.flatMap(({ tokens }) => tokens),
      text.length,
    )
    this.settling ??= setTimeout(() => this.settleInTime(), settledWithinMilliseconds).unref()
  }

  /** Waits until all that was written is on the disk. */
  private sync(): Promise<void> {
    this.syncing = new Promise((resolve, reject) => {
      fdatasync(this.log, (error) => {
        this.syncing = undefined
        if (!error) return resolve()
        // The system may forget what it could not write, and say so only once.
        const problem = `the disk failed (${error.message}); what was kept of the last writes is known when the store is opened again`
        this.failed = new StoreError('StoreUnavailable', `${this.description}: ${problem}`, { cause: error })
        reject(this.failed)
      })
    })
    return this.syncing
  }

  private takeIn(group: Group, touched: readonly string[], text: number): void {
    this.waiting.add(group, touched, text)
    this.newest = { ...this.newest, ...group.revisions.at(-1) }
  }

  private settleInTime(): void {
    this.settling = undefined
    try {
      this.settle()
    } catch {
      // What waits is durable as it is; whoever asks for it, or writes, is told.
    }
  }

  /**
   * Puts what waits into the tables. Need not wait for the disk: a power cut before the next sync leaves the groups waiting, as they were.
   */
  private settle(): void {
    if (this.waiting.isEmpty) return
    this.inTransaction(() => {
      const logged = new PendingLog()
      for (const group of this.waiting.groups) {
        this.write(group)
        for (const entry of group.logged) logged.add(entry)
      }
      this.writeLog(logged.rows())
      this.run(own.noLongerWaiting, this.newest.revision)
    })
    this.waiting.clear()
  }

  private write(group: Group): void {
    for (const { tbl, scope, key, until } of group.leaving) {
      this.run(own.keepFormer, tbl, scope, key, until)
      this.run(own.leave, tbl, scope, key)
    }
    for (const { tbl, scope, key, since, until, text } of group.passed) this.run(own.passed, tbl, scope, key, since, until, text)
    for (const { tbl, scope, key, since, text } of group.records) this.run(own.record, tbl, scope, key, since, text)
    for (const { idx, scope, value, key, until } of group.leavingEntries) {
      this.run(own.keepFormerEntry, idx, scope, value, key, until)
      this.run(own.leaveEntry, idx, scope, value, key)
    }
    for (const { idx, scope, value, key, since, until } of group.passedEntries) {
      this.run(own.passedEntry, idx, scope, value, key, since, until)
    }
    for (const { idx, scope, value, key, since } of group.entries) this.run(own.entry, idx, scope, value, key, since)
    for (const { tbl, scope, since, count } of group.counts) this.run(own.setCount, tbl, scope, since, count)
    for (const { revision, n, tbl, scope, key, touched } of group.changes) this.run(own.change, revision, n, tbl, scope, key, touched)
    for (const { revision, at } of group.revisions) this.run(own.revision, revision, at)
    const { revision, at } = group.revisions.at(-1)!
    this.run(own.setHead, revision, at)
  }

  private writeLog(entries: readonly NewLogEntry[]): void {
    for (const { log, scope, at, revision, n, id, text } of entries) this.run(own.log, log, scope, at, revision, n, id, text)
  }

  private inTransaction(act: () => void): void {
    this.assertOpen()
    try {
      this.run('BEGIN IMMEDIATE')
      act()
      this.run('COMMIT')
    } catch (error) {
      // SQLite has already rolled back by itself after some errors, a full disk among them.
      if (this.database.inTransaction) this.run('ROLLBACK')
      throw storeError(error, this.description)
    }
  }

  private row<T>(name: StatementName, ...parameters: Value[]): T | undefined {
    return this.first(sqliteStatements[name], ...parameters)
  }

  private first<T>(statement: string, ...parameters: Value[]): T | undefined {
    return this.guarded(() => this.statement(statement, this.preparedForOne).get(parameters) as T | undefined)
  }

  private rows<T>(name: StatementName, ...parameters: Value[]): readonly T[] {
    return this.every(sqliteStatements[name], ...parameters)
  }

  /** Rows of `value, key, since, text, current`. Taken as arrays, a row costs a quarter less. */
  private entries(statement: string, ...parameters: Value[]): readonly StoredEntry[] {
    const rows = this.guarded(() => this.statement(statement, this.preparedRaw).raw().all(parameters) as EntryRow[])
    return rows.map(([value, key, since, text, current]) => ({ value, key, since, text, current }))
  }

  private every<T>(statement: string, ...parameters: Value[]): readonly T[] {
    return this.guarded(() => this.statement(statement).all(parameters) as T[])
  }

  private run(statement: string, ...parameters: Value[]): number {
    return this.statement(statement).run(parameters).changes
  }

  private guarded<T>(read: () => T): T {
    this.assertOpen()
    try {
      return read()
    } catch (error) {
      throw storeError(error, this.description)
    }
  }

  private statement(text: string, among = this.prepared): Statement {
    let statement = among.get(text)
    if (statement === undefined) among.set(text, (statement = this.database.prepare(text)))
    return statement
  }

  private assertOpen(): void {
    if (this.closed) throw new StoreError('StoreUnavailable', 'the store is closed')
  }
}
