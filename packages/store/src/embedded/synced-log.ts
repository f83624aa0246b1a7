/** The write-ahead log of an open file, to be synced: SQLite itself would hold up the event loop for so long. */
import { closeSync, fdatasync, openSync, realpathSync } from 'node:fs'
import { StoreError } from '../store.js'

/** Syncs in Node's pool, one at a time. */
export class SyncedLog {
  private syncing: Promise<void> | undefined
  private failed: StoreError | undefined

  /** It stays the same file until the database is closed. */
  static open(path: string, description: string): SyncedLog {
    return new SyncedLog(openSync(`${realpathSync(path)}-wal`, 'r+'), description)
  }

  private constructor(
    private readonly file: number,
    private readonly description: string,
  ) {}

  /** Waits until all that was written is on the disk. */
  sync(): Promise<void> {
    this.syncing = new Promise((resolve, reject) => {
      fdatasync(this.file, (error) => {
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

  /** The sync that is under way; rejects when it fails. Behind it the next may begin at once, so whoever waits asks again. */
  get underWay(): Promise<void> | undefined {
    return this.syncing
  }

  /** After a sync that failed nothing more is written. */
  assertSound(): void {
    if (this.failed) throw this.failed
  }

  close(): void {
    closeSync(this.file)
  }
}
