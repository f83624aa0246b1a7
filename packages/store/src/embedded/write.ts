/** Puts a group into the tables, row by row. */
import type { Group, NewLogEntry } from '../engine/index.js'
import type { Prepared } from './prepared.js'
import { own } from './statements.js'

/** All but what it logs. */
export function writeGroup(sql: Prepared, group: Group): void {
  for (const { tbl, scope, key, until } of group.leaving) {
    sql.run(own.keepFormer, tbl, scope, key, until)
    sql.run(own.leave, tbl, scope, key)
  }
  for (const { tbl, scope, key, since, until, text } of group.passed) sql.run(own.passed, tbl, scope, key, since, until, text)
  for (const { tbl, scope, key, since, text } of group.records) sql.run(own.record, tbl, scope, key, since, text)
  for (const { idx, scope, value, key, until } of group.leavingEntries) {
    sql.run(own.keepFormerEntry, idx, scope, value, key, until)
    sql.run(own.leaveEntry, idx, scope, value, key)
  }
  for (const { idx, scope, value, key, since, until } of group.passedEntries) {
    sql.run(own.passedEntry, idx, scope, value, key, since, until)
  }
  for (const { idx, scope, value, key, since } of group.entries) sql.run(own.entry, idx, scope, value, key, since)
  for (const { tbl, scope, since, count } of group.counts) sql.run(own.setCount, tbl, scope, since, count)
  for (const { revision, n, tbl, scope, key, touched } of group.changes) sql.run(own.change, revision, n, tbl, scope, key, touched)
  for (const { revision, at } of group.revisions) sql.run(own.revision, revision, at)
  const { revision, at } = group.revisions.at(-1)!
  sql.run(own.setHead, revision, at)
}

export function writeLog(sql: Prepared, entries: readonly NewLogEntry[]): void {
  for (const { log, scope, at, revision, n, id, text } of entries) sql.run(own.log, log, scope, at, revision, n, id, text)
}
