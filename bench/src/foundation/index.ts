/** The rows of the foundation: signatures, single calls, durable writes, starting, and what a large account costs. Start in `scenery.ts`. */
import type { Group } from '../rounds.js'
import { calls } from './calls.js'
import { sigV4 } from './sigv4.js'
import { size } from './size.js'
import { start } from './start.js'
import { writes } from './writes.js'

export const foundationGroups: readonly Group[] = [
  { name: 'sigv4', rows: sigV4 },
  { name: 'requests', rows: calls },
  { name: 'writes', rows: writes },
  { name: 'start', rows: start },
  { name: 'size', rows: size },
]
