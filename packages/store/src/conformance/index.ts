/**
 * One suite that every backend must pass, and the places where it runs. Read `suite.ts` first; `model.ts` compares a store with a
 * short, obvious one on generated operations.
 */
export type { Entry, Place, User } from './fixtures.js'
export { clock, code, entries, ids, increment, latestGet, masterKey, openOptions, save, take, user, users } from './fixtures.js'
export { storeConformance } from './suite.js'
