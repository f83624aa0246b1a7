/**
 * Why a decision is what it is. `explain.ts` goes through every statement with the matching of `evaluate`, so that an explanation can
 * never tell another story than the decision; `sentence.ts` has AWS's words for a denial.
 */
export { type AuthorizationMessage, authorizationMessage } from './authorization-message.js'
export type { AddedStatement, Edit, Place, Reach, SmallestChange } from './change.js'
export { contextKeys, type NamedKey, spelledKeys } from './context-keys.js'
export { explain, matchedStatements } from './explain.js'
export type { ConsideredPolicy, ConsideredStatement, Element, Explanation, Mismatch } from './explanation.js'
export { denialSentence, type SentenceOptions } from './sentence.js'
export { type ChangeOptions, smallestChange } from './smallest-change.js'
