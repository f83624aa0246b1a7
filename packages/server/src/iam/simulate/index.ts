/**
 * The policy simulator: what would be decided, without doing it. Read `simulate.ts` (the two operations and their input), then
 * `simulation.ts` (one decision in the simulator's words). It decides with the engine that decides requests; it never makes up context.
 */
export { contextKeyRows } from './context-key-rows.js'
export { simulateRows } from './simulate.js'
