/**
 * What all backends share: readers pinned to a revision, transactions and their group commit, uniqueness, secrets, memos, watching.
 * Read `engine.ts` first, then `group-commit.ts` and `pending.ts` for writing, `committed.ts` and `memos.ts` for reading;
 * `backend.ts` says what a backend has to do.
 */
export type {
  Backend,
  EntryName,
  Group,
  Head,
  NewLogEntry,
  Range,
  RecordName,
  Since,
  StoredChange,
  StoredCount,
  StoredEntry,
  StoredLogEntry,
  StoredLogRange,
  StoredVersion,
  Touched,
  Until,
} from './backend.js'
export { Conflict } from './backend.js'
export { Engine } from './engine.js'
export { PendingLog } from './pending-log.js'
export { compareText } from './text.js'
export { recordToken, tableToken, tokensOf, valueToken } from './tokens.js'
