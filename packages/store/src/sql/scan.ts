/** Which statement reads a range, and with which parameters. */
import type { Range, StoredLogRange } from '../engine/index.js'
import type { StatementName } from './statements.js'

type Parameters = readonly (string | number)[]

export function scanOf(
  idx: string,
  tbl: string,
  scope: string,
  range: Range,
  limit: number,
): { readonly kind: 'Equal' | 'Between'; readonly parameters: Parameters } {
  return 'equals' in range
    ? { kind: 'Equal', parameters: [idx, scope, range.equals, range.afterKey, tbl, limit] }
    : { kind: 'Between', parameters: [idx, scope, ...range.after, range.below, tbl, limit] }
}

export function logScanOf(
  log: string,
  scope: string,
  range: StoredLogRange,
): { readonly name: StatementName; readonly parameters: Parameters } {
  const { from, until, after, limit, newestFirst } = range
  const start = after ?? (newestFirst ? [until, 0, 0] : [from, -1, 0])
  return { name: newestFirst ? 'logBackwards' : 'logForwards', parameters: [log, scope, from, until, ...start, limit] }
}
