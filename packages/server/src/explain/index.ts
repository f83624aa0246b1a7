/**
 * Why a request is allowed or denied. Read `explain.ts` (the operation), then `question.ts` (a request made up, or one that an audit
 * event tells of). The explanation and the search for the smallest change are the policy package's; here is who may see what of it.
 */

export { explainRow } from './explain.js'
