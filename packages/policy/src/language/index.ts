/**
 * The policy language: reading a document, and everything that can be wrong with it. `parse.ts` is the way in; `document.ts` is what
 * comes out. Checks for saving are in `check.ts` and its neighbours, with the messages in `faults.ts`; deciding reads documents with
 * `read.ts`, which refuses nothing and marks what it does not understand.
 */
export type { KeyFacts, KnownKeys } from './advise-condition.js'
export type {
  Condition,
  Effect,
  Match,
  PolicyDocument,
  Position,
  PrincipalMatch,
  PrincipalType,
  Span,
  Statement,
  Version,
} from './document.js'
export type { FaultCode } from './faults.js'
export type { Finding } from './finding.js'
export { type GrammarName, grammars, type PolicyGrammar } from './grammar.js'
export { type JsonArray, type JsonNode, type JsonObject, type JsonString, member, readJson } from './json.js'
export { firstApiMessage, type Parsed, type ParseOptions, parsePolicy } from './parse.js'
export { readDocument, unreadableDocument } from './read.js'
export { MOST_CHARACTERS, policySize } from './size.js'
