/**
 * Tokens: short texts that name what an answer was read from, so that a change can find the answers it makes stale.
 * A change touches its record, its table in that scope, and every index value the record had or has.
 */
import type { Scope } from '../store.js'
import type { StoredChange } from './backend.js'

/** An index on disk and in tokens. */
export const indexName = (table: string, index: string): string => `${table}.${index}`

export const recordToken = (table: string, scope: Scope, key: string): string => `r\0${table}\0${scope}\0${key}`
export const tableToken = (table: string, scope: Scope): string => `t\0${table}\0${scope}`
export const valueToken = (idx: string, scope: Scope, value: string): string => `v\0${idx}\0${scope}\0${value}`

export function tokensOf(change: Pick<StoredChange, 'tbl' | 'scope' | 'key' | 'touched'>): string[] {
  const touched: [idx: string, value: string][] = JSON.parse(change.touched)
  return [
    recordToken(change.tbl, change.scope, change.key),
    tableToken(change.tbl, change.scope),
    ...touched.map(([idx, value]) => valueToken(idx, change.scope, value)),
  ]
}
