/**
 * The PostgreSQL backend: many nodes on one database. Whoever writes locks the row of the head first, so that the groups of all nodes
 * follow one another, revisions commit in order, and a watcher that has seen revision N has seen everything before it.
 */
import pg from 'pg'
import type {
  Backend,
  Group,
  Head,
  Range,
  StoredChange,
  StoredEntry,
  StoredLogEntry,
  StoredLogRange,
  StoredVersion,
} from '../engine/index.js'
import { Conflict } from '../engine/index.js'
import { dataTables, logScanOf, postgresStatements, pruneStatements, rowsPerPruneStep, type StatementName, scanOf } from '../sql/index.js'
import { StoreError } from '../store.js'
import { migrate } from './migrate.js'
import { cells, insert, insertMembers, insertMembersWithPassed, insertWithPassed, supersede, supersedeMembers } from './write.js'

type Parameters = readonly (string | number | readonly (string | number)[])[]
type Queryable = Pick<pg.Pool, 'query'>

const get = `
  SELECT since, text, true AS current FROM bailiwick_record WHERE tbl = $1 AND scope = $2 AND key = $3 AND since <= $4
  UNION ALL
  SELECT since, text, false FROM bailiwick_record_history WHERE tbl = $1 AND scope = $2 AND key = $3 AND since <= $4 AND until > $4`

/**
 * One round trip. A node that hangs in the middle of a group must not keep the others from writing for ever, and a database whose
 * administrator turned waiting for the disk off must wait for ours.
 */
const lock = `
  BEGIN;
  SET LOCAL idle_in_transaction_session_timeout = '30s';
  SELECT set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') = 'off';
  SELECT revision, oldest, at FROM bailiwick_head FOR UPDATE`

/** Revisions and times are far below 2^53; only our own connections read them as numbers. */
const types = {
  getTypeParser: ((oid: number, format?: 'text') =>
    oid === 20 ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
}

export class PostgresBackend implements Backend {
  readonly shared = true
  /** Holds the lock of the head between `begin` and its end. */
  private writer: pg.PoolClient | undefined

  /** Makes the tables when there are none. Throws `StoreTooNew`, `StoreUnavailable`. */
  static async open(url: string): Promise<PostgresBackend> {
    const pool = new pg.Pool({ connectionString: url, types, max: 10, connectionTimeoutMillis: 10_000, application_name: 'bailiwick' })
    // A connection that breaks, idle or held, tells whoever uses it next; as an event it would end the process.
    pool.on('error', () => undefined)
    pool.on('connect', (client) => client.on('error', () => undefined))
    const { host, database } = new pg.Client(url)
    const description = `postgres (${host}/${database ?? ''})`
    try {
      await migrate(pool, description)
      return new PostgresBackend(pool, description)
    } catch (error) {
      await pool.end()
      throw storeError(error, description)
    }
  }

  private constructor(
    private readonly pool: pg.Pool,
    readonly description: string,
  ) {}

  async keep(name: string, value: string): Promise<string> {
    await this.read('keep', [name, value])
    const [row] = await this.read<{ value: string }>('kept', [name])
    return row!.value
  }

  async head(): Promise<Head> {
    const [head] = await this.read<Head>('head', [])
    return head!
  }

  async get(tbl: string, scope: string, key: string, at: number): Promise<StoredVersion | undefined> {
    const [version] = await this.query<StoredVersion>(this.pool, 'get', get, [tbl, scope, key, at])
    return version
  }

  scan(idx: string, tbl: string, scope: string, range: Range, limit: number, at: number): Promise<readonly StoredEntry[]> {
    const { kind, parameters } = scanOf(idx, tbl, scope, range, limit)
    return this.read(`scan${kind}At`, [...parameters, at])
  }

  async count(tbl: string, scope: string, at: number): Promise<number> {
    const [row] = await this.read<{ count: number }>('count', [tbl, scope, at])
    return row?.count ?? 0
  }

  changes(after: number, until: number, withTexts: boolean): Promise<readonly StoredChange[]> {
    return this.read(withTexts ? 'changesWithTexts' : 'changes', [after, until])
  }

  async revisionAt(at: number): Promise<number | undefined> {
    const [row] = await this.read<{ revision: number }>('revisionAt', [at])
    return row?.revision
  }

  readLog(log: string, scope: string, range: StoredLogRange): Promise<readonly StoredLogEntry[]> {
    const { name, parameters } = logScanOf(log, scope, range)
    return this.read(name, parameters)
  }

  async begin(): Promise<Head> {
    await this.abandon()
    const writer = await this.reached(this.pool.connect())
    this.writer = writer
    try {
      const results = (await writer.query(lock)) as unknown as pg.QueryResult<Head>[]
      return results.at(-1)!.rows[0]!
    } catch (error) {
      return this.giveUp(error)
    }
  }

  async commit(group: Group): Promise<void> {
    const writer = this.holder()
    try {
      if (group.leaving.length + group.leavingEntries.length > 0) {
        await this.query(writer, 'supersede', supersede, cells(group, supersedeMembers))
      }
      const { revision, at } = group.revisions.at(-1)!
      const hasPassed = group.passed.length + group.passedEntries.length > 0
      const [name, statement, members] = hasPassed
        ? (['insert with passed', insertWithPassed, insertMembersWithPassed] as const)
        : (['insert', insert, insertMembers] as const)
      await this.query(writer, name, statement, [...cells(group, members), revision, at])
    } catch (error) {
      return this.giveUp(error)
    }
    await this.end(writer)
  }

  async abandon(): Promise<void> {
    const { writer } = this
    this.writer = undefined
    await writer?.query('ROLLBACK').then(
      () => writer.release(),
      (error: Error) => writer.release(error),
    )
  }

  async prune(oldest: number, before: number): Promise<boolean> {
    await this.begin()
    const writer = this.holder()
    let more = false
    try {
      await writer.query(postgresStatements.oldest, [oldest])
      for (const { by, statement } of pruneStatements) {
        const { rowCount } = await writer.query(statement, [by === 'oldest' ? oldest : before])
        if (rowCount === rowsPerPruneStep) more = true
      }
    } catch (error) {
      return this.giveUp(error)
    }
    await this.end(writer)
    return more
  }

  async reset(next: Head): Promise<void> {
    const writer = this.holder()
    try {
      for (const table of dataTables) await writer.query(`DELETE FROM ${table}`)
      await writer.query(postgresStatements.resetHead, [next.revision, next.oldest, next.at])
      await writer.query(postgresStatements.resetRevision, [next.revision, next.at])
    } catch (error) {
      return this.giveUp(error)
    }
    await this.end(writer)
  }

  async close(): Promise<void> {
    await this.abandon()
    await this.pool.end()
  }

  private holder(): pg.PoolClient {
    if (!this.writer) throw new Error('a group is written without having begun')
    return this.writer
  }

  private async end(writer: pg.PoolClient): Promise<void> {
    this.writer = undefined
    try {
      await writer.query('COMMIT')
      writer.release()
    } catch (error) {
      writer.release(error as Error)
      const known = storeError(error, this.description)
      if (isAnswer(error)) throw known
      throw new StoreError(
        'StoreUnavailable',
        `${this.description}: the connection broke while committing; it is not known whether that succeeded`,
        {
          cause: error,
        },
      )
    }
  }

  private async giveUp(error: unknown): Promise<never> {
    await this.abandon()
    throw storeError(error, this.description)
  }

  private async reached<T>(connecting: Promise<T>): Promise<T> {
    try {
      return await connecting
    } catch (error) {
      throw storeError(error, this.description)
    }
  }

  /** Outside any group: a conflict here is no reason to run one again. */
  private async read<T>(name: StatementName, parameters: Parameters): Promise<readonly T[]> {
    try {
      return await this.query<T>(this.pool, name, postgresStatements[name], parameters)
    } catch (error) {
      throw error instanceof Conflict ? new StoreError('StoreUnavailable', error.message, { cause: error }) : error
    }
  }

  private async query<T>(on: Queryable, name: string, text: string, values: Parameters): Promise<readonly T[]> {
    try {
      const { rows } = await on.query<T & pg.QueryResultRow>({ name: `bailiwick ${name}`, text, values: [...values] })
      return rows
    } catch (error) {
      throw storeError(error, this.description)
    }
  }
}

/** Whether the database itself said what was wrong. */
const isAnswer = (error: unknown): boolean => error instanceof pg.DatabaseError && !String(error.code).startsWith('57')

/** Passes `StoreError` and `Conflict` through. SQLSTATE 40001 serialization failure, 40P01 deadlock, 53100 disk full. */
function storeError(error: unknown, where: string): Error {
  if (error instanceof StoreError || error instanceof Conflict) return error
  const { code, message } = error as { code?: string; message?: string }
  if (code === '40001' || code === '40P01') return new Conflict(message, { cause: error })
  if (code === '53100') return new StoreError('StoreFull', `${where}: the disk of the database is full`, { cause: error })
  return new StoreError('StoreUnavailable', `${where}: ${message}`, { cause: error })
}
