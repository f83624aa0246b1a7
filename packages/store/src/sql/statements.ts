/** Statements that both databases understand, with numbered parameters (`$1`, and `?1` for SQLite: see `sqlite`). */

/** The same statement with SQLite's spelling of parameters. */
export const sqlite = (statement: string): string => statement.replaceAll(/\$(\d+)/g, '?$1')

const entryRange = {
  /** $3 is the value, $4 the key after which to begin. */
  equals: 'value = $3 AND key > $4',
  /** $3 and $4 are the value and key after which to begin, $5 is where to end. */
  between: '(value, key) > ($3, $4) AND value < $5',
} as const

type Lookup = (table: string, alias: string, where: string) => string

const plainLookup: Lookup = (table, alias, where) => `LEFT JOIN ${table} ${alias} ON ${where}`

/**
 * For PostgreSQL, which otherwise plans by statistics that a young database does not have: it took a scope for one row, and read all
 * of it for each entry. The limit keeps the lookup from being merged into the query around it.
 */
const lateralLookup: Lookup = (table, alias, where) =>
  `LEFT JOIN LATERAL (SELECT since, text FROM ${table} ${alias} WHERE ${where} LIMIT 1) ${alias} ON true`

/** Parameters: idx, scope, those of the range, then tbl, limit, at. Each half of the union is limited, so that neither is read whole. */
const scanAt = (lookup: Lookup, range: string, tbl: string, limit: string, at: string): string => `
  SELECT e.value, e.key, coalesce(r.since, h.since) AS since, coalesce(r.text, h.text) AS text, r.since IS NOT NULL AS current
  FROM (
    SELECT value, key FROM (
      SELECT value, key FROM bailiwick_entry WHERE idx = $1 AND scope = $2 AND ${range} AND since <= ${at}
      ORDER BY value, key LIMIT ${limit}
    ) entered
    UNION ALL
    SELECT value, key FROM (
      SELECT value, key FROM bailiwick_entry_history WHERE idx = $1 AND scope = $2 AND ${range} AND since <= ${at} AND until > ${at}
      ORDER BY value, key LIMIT ${limit}
    ) former
    ORDER BY value, key LIMIT ${limit}
  ) e
  ${lookup('bailiwick_record', 'r', `r.tbl = ${tbl} AND r.scope = $2 AND r.key = e.key AND r.since <= ${at}`)}
  ${lookup('bailiwick_record_history', 'h', `h.tbl = ${tbl} AND h.scope = $2 AND h.key = e.key AND h.since <= ${at} AND h.until > ${at}`)}
  ORDER BY e.value, e.key`

/** Parameters: the revisions after which and up to which. */
const changesWithTexts = (lookup: Lookup): string => `
  SELECT c.revision, c.tbl, c.scope, c.key, c.touched, coalesce(r.text, h.text) AS text FROM bailiwick_change c
  ${lookup('bailiwick_record', 'r', 'r.tbl = c.tbl AND r.scope = c.scope AND r.key = c.key AND r.since = c.revision')}
  ${lookup('bailiwick_record_history', 'h', 'h.tbl = c.tbl AND h.scope = c.scope AND h.key = c.key AND h.since = c.revision')}
  WHERE c.revision > $1 AND c.revision <= $2 ORDER BY c.revision, c.n`

/** The same at the head, where nothing has to be looked up in history. */
const scanHead = (range: string, tbl: string, limit: string): string => `
  SELECT e.value, e.key, r.since, r.text, 1 AS current
  FROM (SELECT scope, value, key FROM bailiwick_entry WHERE idx = $1 AND scope = $2 AND ${range} ORDER BY value, key LIMIT ${limit}) e
  JOIN bailiwick_record r ON r.tbl = ${tbl} AND r.scope = e.scope AND r.key = e.key
  ORDER BY e.value, e.key`

const logRange = 'log = $1 AND scope = $2 AND at >= $3 AND at < $4'

const statements = {
  head: 'SELECT revision, oldest, at FROM bailiwick_head',
  keep: 'INSERT INTO bailiwick_meta (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING',
  kept: 'SELECT value FROM bailiwick_meta WHERE name = $1',
  scanEqualAt: scanAt(plainLookup, entryRange.equals, '$5', '$6', '$7'),
  scanBetweenAt: scanAt(plainLookup, entryRange.between, '$6', '$7', '$8'),
  scanEqualHead: scanHead(entryRange.equals, '$5', '$6'),
  scanBetweenHead: scanHead(entryRange.between, '$6', '$7'),
  count: 'SELECT count FROM bailiwick_count WHERE tbl = $1 AND scope = $2 AND since <= $3 ORDER BY since DESC LIMIT 1',
  changes: `SELECT revision, tbl, scope, key, touched, NULL AS text FROM bailiwick_change WHERE revision > $1 AND revision <= $2
    ORDER BY revision, n`,
  changesWithTexts: changesWithTexts(plainLookup),
  revisionAt: 'SELECT revision FROM bailiwick_revision WHERE at <= $1 ORDER BY at DESC, revision DESC LIMIT 1',
  logForwards: `SELECT * FROM bailiwick_log WHERE ${logRange} AND (at, revision, n) > ($5, $6, $7) ORDER BY at, revision, n LIMIT $8`,
  logBackwards: `SELECT * FROM bailiwick_log WHERE ${logRange} AND (at, revision, n) < ($5, $6, $7)
    ORDER BY at DESC, revision DESC, n DESC LIMIT $8`,
  oldest: 'UPDATE bailiwick_head SET oldest = $1 WHERE oldest < $1',
  resetHead: 'UPDATE bailiwick_head SET revision = $1, oldest = $2, at = $3',
  resetRevision: 'INSERT INTO bailiwick_revision (revision, at) VALUES ($1, $2)',
} as const

export type StatementName = keyof typeof statements

export const postgresStatements: Readonly<Record<StatementName, string>> = {
  ...statements,
  scanEqualAt: scanAt(lateralLookup, entryRange.equals, '$5', '$6', '$7'),
  scanBetweenAt: scanAt(lateralLookup, entryRange.between, '$6', '$7', '$8'),
  changesWithTexts: changesWithTexts(lateralLookup),
}

export const sqliteStatements = Object.fromEntries(
  Object.entries(statements).map(([name, statement]) => [name, sqlite(statement)]),
) as Readonly<Record<StatementName, string>>

/** At most this many rows of each table in one step. */
export const rowsPerPruneStep = 2000

const pruneRows = (table: string, key: string, where: string) =>
  `DELETE FROM ${table} WHERE (${key}) IN (SELECT ${key} FROM ${table} c WHERE ${where} LIMIT ${rowsPerPruneStep})`

/** $1 is the oldest revision to keep, or the time before which log entries go. */
export const pruneStatements: readonly { readonly by: 'oldest' | 'before'; readonly statement: string }[] = [
  { by: 'oldest', statement: pruneRows('bailiwick_record_history', 'tbl, scope, key, since', 'until <= $1') },
  { by: 'oldest', statement: pruneRows('bailiwick_entry_history', 'idx, scope, value, key, since', 'until <= $1') },
  {
    by: 'oldest',
    statement: pruneRows(
      'bailiwick_count',
      'tbl, scope, since',
      'EXISTS (SELECT 1 FROM bailiwick_count d WHERE d.tbl = c.tbl AND d.scope = c.scope AND d.since > c.since AND d.since <= $1)',
    ),
  },
  { by: 'oldest', statement: pruneRows('bailiwick_change', 'revision, n', 'revision <= $1') },
  { by: 'oldest', statement: pruneRows('bailiwick_revision', 'revision', 'revision < $1') },
  { by: 'before', statement: pruneRows('bailiwick_log', 'log, scope, at, revision, n', 'at < $1') },
]
