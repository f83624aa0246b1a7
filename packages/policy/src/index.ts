/**
 * The AWS policy language and the engine that decides. Values in, values out: it reads no store, no clock and no network,
 * and imports nothing of ours, so that the server, a guard and a browser decide with the same code.
 *
 * Read `language/document.ts` (what a policy is), `evaluate/policies.ts` and `evaluate/request.ts` (what is asked),
 * then `evaluate/decide.ts` (the rule).
 */

export type { Decision, Grant, MatchedStatement, Verdict } from './evaluate/decision.js'
export type { PoliciesInForce, Policy, PolicySet, PolicyType } from './evaluate/policies.js'
export type { AuthorizationRequest, Context, ContextValue, Principal, Resource } from './evaluate/request.js'
export type { ConsideredPolicy, ConsideredStatement, Element, Explanation, Mismatch } from './explain/explanation.js'
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
} from './language/document.js'
export type { Finding } from './language/finding.js'
