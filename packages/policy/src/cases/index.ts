/** Decision cases: one JSON object with policies and a request, as `bailiwick evaluate` reads them. See `case.ts`. */
export { answerCase } from './case.js'
