/** The store in one file, for one process: the default. Read `embedded.ts` first; `file.ts` says what is asked of SQLite. */
export { EmbeddedBackend } from './embedded.js'
