/** The worlds that the engine is measured in. Each follows from a seed; `small.ts` is the one to read first. */
export { hostile, STATEMENTS } from './hostile.js'
export { large } from './large.js'
export { many } from './many.js'
export { medium } from './medium.js'
export { small } from './small.js'
