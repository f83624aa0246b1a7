/**
 * The embedded backend: one SQLite file through libsql, which works synchronously in the event loop. Every commit is synced to disk
 * before it is acknowledged, and others have their turn while the disk works; one process at a time has the file.
 */
import {
  type Backend,
  type Group,
  type Head,
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
import { dataTables, logScanOf, pruneStatements, rowsPerPruneStep, scanOf, sqlite, sqliteStatements } from '../sql/index.js'
import { closeFile, type Database, openFile, storeError } from './file.js'
import { migrate } from './migrate.js'
import { Prepared } from './prepared.js'
import { own } from './statements.js'
import { SyncedLog } from './synced-log.js'
import { Waiting } from './waiting.js'
import { writeGroup, writeLog } from './write.js'

/** So that on a full disk little is left that can only be read when there is room again. */
const settledWithinMilliseconds = 250

export class EmbeddedBackend implements Backend {
  readonly shared = false
  private readonly sql: Prepared
  private readonly waiting = new Waiting()
  private settling: NodeJS.Timeout | undefined
  private newest: Head

  /** Makes the file when there is none. Throws `StoreInUse`, `StoreTooNew`, `StoreUnavailable`. */
  static open(path: string): EmbeddedBackend {
    const database = openFile(path)
    try {
      migrate(database, path)
      const description = `embedded (${path})`
      const log = SyncedLog.open(path, description)
      database.exec('PRAGMA synchronous = NORMAL')
      return new EmbeddedBackend(database, log, description)
    } catch (error) {
      closeFile(database)
      throw storeError(error, path)
    }
  }

  private constructor(
    private readonly database: Database,
    private readonly log: SyncedLog,
    readonly description: string,
  ) {
    this.sql = new Prepared(database, description)
    this.newest = this.sql.first<Head>(sqliteStatements.head)!
    for (const { text } of this.sql.every<{ text: string }>(own.waiting)) {
      const group: Group = JSON.parse(text)
      this.takeIn(group, group.changes.flatMap(tokensOf), text.length)
    }
  }

  async keep(name: string, value: string): Promise<string> {
    const kept = this.sql.first<{ value: string }>(sqliteStatements.kept, name)
    if (kept) return kept.value
    this.sql.inTransaction(() => this.sql.run(sqliteStatements.keep, name, value))
    await this.log.sync()
    return value
  }

  head(): Head {
    return this.newest
  }

  get(tbl: string, scope: string, key: string, at: number): StoredVersion | undefined {
    if (this.waiting.hasRecord(tbl, scope, key)) this.settle()
    const current = this.sql.first<{ since: number; text: string }>(own.get, tbl, scope, key)
    if (current && current.since <= at) return { since: current.since, text: current.text, current: true }
    if (at >= this.newest.revision) return undefined
    const former = this.sql.first<{ since: number; text: string }>(own.getFormer, tbl, scope, key, at)
    return former && { since: former.since, text: former.text, current: false }
  }

  scan(idx: string, tbl: string, scope: string, range: Range, limit: number, at: number): readonly StoredEntry[] {
    const touched = 'equals' in range ? this.waiting.hasValue(idx, scope, range.equals) : this.waiting.hasTable(tbl, scope)
    if (touched) this.settle()
    const { kind, parameters } = scanOf(idx, tbl, scope, range, limit)
    if (at < this.newest.revision) return this.sql.entries(sqliteStatements[`scan${kind}At`], ...parameters, at)
    if (limit > 1) return this.sql.entries(sqliteStatements[`scan${kind}Head`], ...parameters)
    const found = this.sql.first<StoredEntry>(sqliteStatements[`scan${kind}Head`], ...parameters)
    return found === undefined ? [] : [found]
  }

  getEach(tbl: string, scope: string, keys: readonly string[], at: number): readonly (StoredVersion & { key: string })[] {
    if (keys.some((key) => this.waiting.hasRecord(tbl, scope, key))) this.settle()
    const asked = JSON.stringify(keys)
    return at < this.newest.revision ? this.sql.every(own.getEachAt, tbl, scope, asked, at) : this.sql.every(own.getEach, tbl, scope, asked)
  }

  scanEach(idx: string, tbl: string, scope: string, values: readonly string[], limit: number, at: number): readonly StoredEntry[] {
    if (values.some((value) => this.waiting.hasValue(idx, scope, value))) this.settle()
    const asked = [idx, scope, JSON.stringify(values), tbl, limit] as const
    return at < this.newest.revision ? this.sql.entries(own.scanEachAt, ...asked, at) : this.sql.entries(own.scanEach, ...asked)
  }

  countEach(idx: string, scope: string, values: readonly string[], at: number): readonly StoredCount[] {
    if (values.some((value) => this.waiting.hasValue(idx, scope, value))) this.settle()
    const asked = JSON.stringify(values)
    return at < this.newest.revision
      ? this.sql.every(own.countEachAt, idx, scope, asked, at)
      : this.sql.every(own.countEach, idx, scope, asked)
  }

  count(tbl: string, scope: string, at: number): number {
    const waiting = this.waiting.count(tbl, scope)
    if (waiting !== undefined && at >= this.newest.revision) return waiting
    if (waiting !== undefined) this.settle()
    return this.sql.first<{ count: number }>(sqliteStatements.count, tbl, scope, at)?.count ?? 0
  }

  changes(after: number, until: number, withTexts: boolean): readonly StoredChange[] {
    this.settle()
    return this.sql.every(withTexts ? sqliteStatements.changesWithTexts : sqliteStatements.changes, after, until)
  }

  revisionAt(at: number): number | undefined {
    this.settle()
    const found = this.sql.first<{ revision: number }>(sqliteStatements.revisionAt, at)
    // The newest may still be waiting for the disk.
    return found && Math.min(found.revision, this.newest.revision)
  }

  async readLog(log: string, scope: string, range: StoredLogRange): Promise<readonly StoredLogEntry[]> {
    while (this.log.underWay) await this.log.underWay
    this.settle()
    const { name, parameters } = logScanOf(log, scope, range)
    return this.sql.every(sqliteStatements[name], ...parameters)
  }

  begin(): Head {
    this.sql.assertOpen()
    this.log.assertSound()
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
    this.sql.inTransaction(() => {
      this.sql.run(sqliteStatements.oldest, oldest)
      for (const { by, statement } of pruneStatements) {
        if (this.sql.run(sqlite(statement), by === 'oldest' ? oldest : before) === rowsPerPruneStep) more = true
      }
    })
    this.newest = { ...this.newest, oldest: Math.max(oldest, this.newest.oldest) }
    return more
  }

  async reset(next: Head): Promise<void> {
    this.settle()
    this.sql.inTransaction(() => {
      for (const table of dataTables) this.sql.run(`DELETE FROM ${table}`)
      this.sql.run(sqliteStatements.resetHead, next.revision, next.oldest, next.at)
      this.sql.run(sqliteStatements.resetRevision, next.revision, next.at)
    })
    await this.log.sync()
    this.newest = next
  }

  close(): void {
    if (this.sql.isClosed) return
    clearTimeout(this.settling)
    this.settleInTime()
    this.sql.close()
    this.log.close()
    closeFile(this.database)
  }

  /** What is only logged is few rows of much text: writing that twice would cost more. */
  private async writeAtOnce(group: Group): Promise<void> {
    this.settle()
    this.sql.inTransaction(() => {
      writeGroup(this.sql, group)
      writeLog(this.sql, group.logged)
    })
    await this.log.sync()
    this.newest = { ...this.newest, ...group.revisions.at(-1) }
  }

  private async wait(group: Group, touched: readonly Touched[]): Promise<void> {
    const text = JSON.stringify(group)
    this.sql.run(own.wait, group.revisions.at(-1)!.revision, text)
    await this.log.sync()
    this.takeIn(
      group,
      touched.flatMap(({ tokens }) => tokens),
      text.length,
    )
    this.settling ??= setTimeout(() => this.settleInTime(), settledWithinMilliseconds).unref()
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
    this.sql.inTransaction(() => {
      const logged = new PendingLog()
      for (const group of this.waiting.groups) {
        writeGroup(this.sql, group)
        for (const entry of group.logged) logged.add(entry)
      }
      writeLog(this.sql, logged.rows())
      this.sql.run(own.noLongerWaiting, this.newest.revision)
    })
    this.waiting.clear()
  }
}
