/** What the two databases share: the schema with its migrations, and the statements. Read `schema.ts` first. */
export { logScanOf, scanOf } from './scan.js'
export { dataTables, metaTable, migrations, postgresDialect, sqliteDialect } from './schema.js'
export { pruneStatements, rowsPerPruneStep, type StatementName, sqlite, sqliteStatements, statements } from './statements.js'
