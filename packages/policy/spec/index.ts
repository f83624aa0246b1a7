/**
 * The specification, runnable: a slow and obvious evaluator that reads like the rules it states, one file for each chapter, with the
 * numbers of their sections. It shares nothing with the engine in `src` but the types of what is asked, so that the two can be
 * compared: `fuzz/` makes policies and requests that nearly match and reports any on which they differ. Begin with `evaluate.ts`.
 */
export { evaluate, type SpecDecision } from './evaluate.js'
