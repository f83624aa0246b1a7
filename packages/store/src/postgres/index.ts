/** The store in PostgreSQL, for many nodes. Read `postgres.ts` first; `write.ts` is how a group travels. */
export { PostgresBackend } from './postgres.js'
