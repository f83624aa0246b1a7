/** The database file: how it is opened, and what SQLite's errors mean to a caller. */
import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import Libsql from 'libsql'
import { StoreError, type StoreErrorCode } from '../store.js'

export type Database = InstanceType<typeof Libsql>

/**
 * Readable by its owner only, and held by this process only: SQLite keeps the lock of the file from the first access to the end, and
 * the system frees it however the process ends. With `synchronous = FULL` every commit waits for the disk, until whoever opened it sees
 * to that in another way; the default would not. The log is moved into the file when it has grown to 16 MB: pages that are written again
 * and again move once.
 */
export function openFile(path: string): Database {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    closeSync(openSync(path, 'a', 0o600))
    chmodSync(path, 0o600)
    const database = new Libsql(path)
    try {
      for (const pragma of [
        'locking_mode = EXCLUSIVE',
        'journal_mode = WAL',
        'synchronous = FULL',
        'journal_size_limit = 67108864',
        'wal_autocheckpoint = 4000',
      ]) {
        database.prepare(`PRAGMA ${pragma}`).all()
      }
      const { synchronous } = database.prepare('PRAGMA synchronous').get() as { synchronous: number }
      if (synchronous !== 2) throw new Error('SQLite does not wait for the disk')
      return database
    } catch (error) {
      closeFile(database)
      throw error
    }
  } catch (error) {
    throw storeError(error, path)
  }
}

/**
 * The driver lets go of a file only when the last statement has been garbage-collected, so the lock is given up by asking SQLite:
 * leaving the write-ahead log (which also moves it into the file) and exclusive locking, and reading once.
 */
export function closeFile(database: Database): void {
  try {
    for (const statement of ['PRAGMA journal_mode = DELETE', 'PRAGMA locking_mode = NORMAL', 'SELECT 1 FROM sqlite_master LIMIT 1']) {
      database.prepare(statement).all()
    }
  } catch {
    // A file that is no database, is held by another, or has no disk left to move the log to: whoever opens it next recovers it.
  }
  database.close()
}

const codes = new Map<string, StoreErrorCode>([
  ['SQLITE_BUSY', 'StoreInUse'],
  ['SQLITE_LOCKED', 'StoreInUse'],
  ['SQLITE_FULL', 'StoreFull'],
  ['ENOSPC', 'StoreFull'],
  ['EDQUOT', 'StoreFull'],
])

const messages: Partial<Record<StoreErrorCode, string>> = {
  StoreInUse: 'another process holds the store',
  StoreFull: 'the disk is full',
}

/** Passes `StoreError` through. */
export function storeError(error: unknown, where: string): StoreError {
  if (error instanceof StoreError) return error
  const { code, message } = error as { code?: string; message?: string }
  const known = codes.get(code ?? '') ?? 'StoreUnavailable'
  return new StoreError(known, `${where}: ${messages[known] ?? message}`, { cause: error })
}
