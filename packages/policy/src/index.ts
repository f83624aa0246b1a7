/**
 * The AWS policy language and the engine that decides. Values in, values out: it reads no store, no clock and no network,
 * and imports nothing of ours, so that the server, a guard and a browser decide with the same code.
 *
 * Read `language/document.ts` (what a policy is), `evaluate/policies.ts` and `evaluate/request.ts` (what is asked),
 * then `evaluate/decide.ts` (the rule).
 */

export { answerCase } from './cases/index.js'
export { type ConditionKeyType, operatorNames, readOperator, readsAs, type WrittenOperator } from './conditions/index.js'
export {
  type AuthorizationRequest,
  type Context,
  type ContextValue,
  compile,
  contextKey,
  type Decision,
  decide,
  type Grant,
  type MatchedStatement,
  type PoliciesInForce,
  type Policy,
  type PolicySet,
  type PolicyType,
  type PolicyTypeRow,
  type Principal,
  policyType,
  type Resource,
  type Verdict,
} from './evaluate/index.js'
export {
  type AddedStatement,
  type AuthorizationMessage,
  authorizationMessage,
  type ConsideredPolicy,
  type ConsideredStatement,
  contextKeys,
  denialSentence,
  type Edit,
  type Element,
  type Explanation,
  explain,
  type Mismatch,
  matchedStatements,
  type NamedKey,
  type Place,
  type Reach,
  type SentenceOptions,
  type SmallestChange,
  smallestChange,
  spelledKeys,
} from './explain/index.js'
export {
  type Condition,
  type Effect,
  type FaultCode,
  type Finding,
  firstApiMessage,
  type GrammarName,
  grammars,
  type KeyFacts,
  type KnownKeys,
  type Match,
  MOST_CHARACTERS,
  type Parsed,
  type ParseOptions,
  type PolicyDocument,
  type PolicyGrammar,
  type Position,
  type PrincipalMatch,
  type PrincipalType,
  parsePolicy,
  policySize,
  type Span,
  type Statement,
  type Version,
} from './language/index.js'
export { matchesArn, matchesPattern } from './patterns/index.js'
