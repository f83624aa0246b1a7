/** What the two databases share: the schema with its migrations, and the statements. Read `schema.ts` first. */
export { logScanOf, scanOf } from './scan.js'
export { dataTables, metaTable, migrations, postgresDialect, sqliteDialect } from './schema.js'
export { postgresStatements, pruneStatements, rowsPerPruneStep, type StatementName, sqlite, sqliteStatements } from './statements.js'
