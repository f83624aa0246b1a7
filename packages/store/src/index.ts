/**
 * Records with revisions: one interface, three backends (memory, embedded, PostgreSQL), one conformance suite.
 * It knows nothing of IAM. Read `store.ts` (what a caller sees) and `table.ts` (how a slice declares what it keeps), then `engine/`.
 */

export { openStore } from './open-store.js'
export type {
  Change,
  ListOptions,
  LogOptions,
  Memo,
  OpenOptions,
  Page,
  Reader,
  Scope,
  Store,
  StoreErrorCode,
  Transaction,
} from './store.js'
export { StoreError } from './store.js'
export type { Index, Kept, Log, Table, TableWithSecrets } from './table.js'
export { defineLog, defineTable } from './table.js'
