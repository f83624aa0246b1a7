/**
 * Who used which service, and by which policies they may: read `accessed.ts` (what is kept of every attempt), `granted.ts` (what policies
 * give), then the reports that put the two together.
 */
export { lastAccessedRows } from './reports.js'
