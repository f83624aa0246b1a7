/** The store in memory: the reference that the durable backends must agree with, and what `--dev` uses. Read `memory.ts`. */
export { MemoryBackend } from './memory.js'
