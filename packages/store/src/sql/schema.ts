/**
 * The tables of both databases, as numbered migrations. A migration that has been released is never edited; a new one is added.
 * Columns of text compare by bytes, which is by code point; numbers are revisions or epoch milliseconds.
 */

interface Dialect {
  readonly text: string
  /** What follows a table that is nothing but its primary key. */
  readonly keyOnly: string
  /** Whether groups wait before their rows go into the tables: see `embedded/waiting.ts`. */
  readonly waiting: boolean
}

export const postgresDialect: Dialect = { text: 'text COLLATE "C"', keyOnly: '', waiting: false }
export const sqliteDialect: Dialect = { text: 'text', keyOnly: ' WITHOUT ROWID', waiting: true }

/** Number n (counted from 1) leads from schema version n-1 to n. */
export const migrations: readonly ((dialect: Dialect) => readonly string[])[] = [
  // 1: records, their history, and what changed when.
  ({ text, keyOnly }) => [
    `CREATE TABLE bailiwick_head (id integer PRIMARY KEY CHECK (id = 1), revision bigint NOT NULL, oldest bigint NOT NULL, at bigint NOT NULL)`,
    `INSERT INTO bailiwick_head VALUES (1, 0, 0, 0)`,
    `CREATE TABLE bailiwick_record (tbl ${text} NOT NULL, scope ${text} NOT NULL, key ${text} NOT NULL, since bigint NOT NULL,
      text ${text} NOT NULL, PRIMARY KEY (tbl, scope, key))`,
    `CREATE TABLE bailiwick_record_history (tbl ${text} NOT NULL, scope ${text} NOT NULL, key ${text} NOT NULL, since bigint NOT NULL,
      until bigint NOT NULL, text ${text} NOT NULL, PRIMARY KEY (tbl, scope, key, since))`,
    `CREATE INDEX bailiwick_record_history_until ON bailiwick_record_history (until)`,
    `CREATE TABLE bailiwick_entry (idx ${text} NOT NULL, scope ${text} NOT NULL, value ${text} NOT NULL, key ${text} NOT NULL,
      since bigint NOT NULL, PRIMARY KEY (idx, scope, value, key))${keyOnly}`,
    `CREATE TABLE bailiwick_entry_history (idx ${text} NOT NULL, scope ${text} NOT NULL, value ${text} NOT NULL, key ${text} NOT NULL,
      since bigint NOT NULL, until bigint NOT NULL, PRIMARY KEY (idx, scope, value, key, since))${keyOnly}`,
    `CREATE INDEX bailiwick_entry_history_until ON bailiwick_entry_history (until)`,
    `CREATE TABLE bailiwick_count (tbl ${text} NOT NULL, scope ${text} NOT NULL, since bigint NOT NULL, count bigint NOT NULL,
      PRIMARY KEY (tbl, scope, since))${keyOnly}`,
    `CREATE TABLE bailiwick_change (revision bigint NOT NULL, n integer NOT NULL, tbl ${text} NOT NULL, scope ${text} NOT NULL,
      key ${text} NOT NULL, touched ${text} NOT NULL, PRIMARY KEY (revision, n))${keyOnly}`,
    `CREATE TABLE bailiwick_revision (revision bigint PRIMARY KEY, at bigint NOT NULL)`,
    `CREATE INDEX bailiwick_revision_at ON bailiwick_revision (at, revision)`,
  ],
  // 2: logs.
  ({ text }) => [
    `CREATE TABLE bailiwick_log (log ${text} NOT NULL, scope ${text} NOT NULL, at bigint NOT NULL, revision bigint NOT NULL,
      n integer NOT NULL, id ${text} NOT NULL, text ${text} NOT NULL, PRIMARY KEY (log, scope, at, revision, n), UNIQUE (log, scope, id))`,
    `CREATE INDEX bailiwick_log_at ON bailiwick_log (at)`,
  ],
  // 3: groups whose rows are not yet in the tables, under their last revision.
  ({ text, waiting }) => (waiting ? [`CREATE TABLE bailiwick_waiting (revision integer PRIMARY KEY, text ${text} NOT NULL)`] : []),
]

/** Holds the schema's version and what `Backend.keep` keeps. It is not itself migrated. */
export const metaTable = ({ text }: Dialect): string =>
  `CREATE TABLE IF NOT EXISTS bailiwick_meta (name ${text} PRIMARY KEY, value ${text} NOT NULL)`

/** All that `reset` empties. */
export const dataTables = [
  'bailiwick_record',
  'bailiwick_record_history',
  'bailiwick_entry',
  'bailiwick_entry_history',
  'bailiwick_count',
  'bailiwick_change',
  'bailiwick_revision',
  'bailiwick_log',
] as const
