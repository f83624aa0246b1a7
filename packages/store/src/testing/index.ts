/** For tests of this and other packages; nothing of it runs in production. Read `postgres.ts` first. */
export { postgresMissing, startPostgres, type TestPostgres } from './postgres.js'
