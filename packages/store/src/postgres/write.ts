/**
 * How a group is written in few round trips: rows travel as arrays, one for each column, and `unnest` makes them rows again.
 */
import type { Group } from '../engine/index.js'

type Cell = string | number
type Row = Readonly<Record<string, Cell>>

/** The columns of each set of rows, and their types. */
const columns = {
  leaving: { tbl: 'text', scope: 'text', key: 'text', until: 'bigint' },
  passed: { tbl: 'text', scope: 'text', key: 'text', since: 'bigint', until: 'bigint', text: 'text' },
  leavingEntries: { idx: 'text', scope: 'text', value: 'text', key: 'text', until: 'bigint' },
  passedEntries: { idx: 'text', scope: 'text', value: 'text', key: 'text', since: 'bigint', until: 'bigint' },
  records: { tbl: 'text', scope: 'text', key: 'text', since: 'bigint', text: 'text' },
  entries: { idx: 'text', scope: 'text', value: 'text', key: 'text', since: 'bigint' },
  counts: { tbl: 'text', scope: 'text', since: 'bigint', count: 'bigint' },
  changes: { revision: 'bigint', n: 'integer', tbl: 'text', scope: 'text', key: 'text', touched: 'text' },
  logged: { log: 'text', scope: 'text', at: 'bigint', revision: 'bigint', n: 'integer', id: 'text', text: 'text' },
  revisions: { revision: 'bigint', at: 'bigint' },
} as const satisfies Record<keyof Group, Readonly<Record<string, string>>>

const tables = {
  records: 'bailiwick_record',
  entries: 'bailiwick_entry',
  passed: 'bailiwick_record_history',
  passedEntries: 'bailiwick_entry_history',
  counts: 'bailiwick_count',
  changes: 'bailiwick_change',
  logged: 'bailiwick_log',
  revisions: 'bailiwick_revision',
} as const satisfies Partial<Record<keyof Group, string>>

type Inserted = keyof typeof tables

/** The parameters of a statement that takes these members of a group, in this order. */
export const cells = (group: Group, members: readonly (keyof Group)[]): Cell[][] =>
  members.flatMap((member) =>
    Object.keys(columns[member]).map((column) => (group[member] as readonly unknown[] as readonly Row[]).map((row) => row[column]!)),
  )

/** First: what is superseded goes to history, with what came and went within the group. */
export const supersedeMembers = ['leaving', 'leavingEntries'] as const
export const supersede = `
  WITH former AS (
    DELETE FROM bailiwick_record r USING ${unnest('leaving', 1)} WHERE r.tbl = leaving.tbl AND r.scope = leaving.scope AND r.key = leaving.key
    RETURNING r.tbl, r.scope, r.key, r.since, leaving.until, r.text
  ), kept AS (
    INSERT INTO bailiwick_record_history (tbl, scope, key, since, until, text) SELECT * FROM former
  ), former_entry AS (
    DELETE FROM bailiwick_entry e USING ${unnest('leavingEntries', 5)}
    WHERE e.idx = "leavingEntries".idx AND e.scope = "leavingEntries".scope AND e.value = "leavingEntries".value AND e.key = "leavingEntries".key
    RETURNING e.idx, e.scope, e.value, e.key, e.since, "leavingEntries".until
  )
  INSERT INTO bailiwick_entry_history (idx, scope, value, key, since, until) SELECT * FROM former_entry`

/** Then: all that is new, and the head. The last two parameters are its revision and time. */
export const insertMembers = ['records', 'entries', 'counts', 'changes', 'logged', 'revisions'] as const
export const insert = inserts(insertMembers)

/** The same for a group in which something came and went. */
export const insertMembersWithPassed = [...insertMembers, 'passed', 'passedEntries'] as const
export const insertWithPassed = inserts(insertMembersWithPassed)

function inserts(members: readonly Inserted[]): string {
  let parameter = 1
  const parts = members.map((member) => {
    const part = `${member}_row AS (
      INSERT INTO ${tables[member]} (${Object.keys(columns[member]).join(', ')}) SELECT * FROM ${unnest(member, parameter)}
      ${member === 'logged' ? 'ON CONFLICT (log, scope, id) DO NOTHING' : ''})`
    parameter += Object.keys(columns[member]).length
    return part
  })
  return `WITH ${parts.join(', ')} UPDATE bailiwick_head SET revision = $${parameter}, at = $${parameter + 1}`
}

function unnest(member: keyof Group, parameter: number): string {
  const arrays = Object.values(columns[member]).map((type, i) => `$${parameter + i}::${type}[]`)
  return `unnest(${arrays.join(', ')}) AS "${member}"(${Object.keys(columns[member]).join(', ')})`
}
