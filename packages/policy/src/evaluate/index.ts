/**
 * Deciding. Read `decide.ts` first; it follows the reference algorithm from top to bottom and takes its special cases from tables:
 * `policy-types.ts` (kinds of policy), `service-rules.ts` and `exceptions.ts` (who is answered or spared without policies),
 * `grants.ts` (which combination allows), `derived-keys.ts` (condition keys that follow from the principal).
 *
 * What makes it fast stands apart from the rule: `compile.ts` makes each document ready once, `compiled-set.ts` finds the statements
 * that cover an action, `candidates.ts` those of them that may cover the resource, and `asked-for.ts` puts together what all kinds of policy
 * have to say. `applies.ts` asks one statement, element by element.
 */
export { ACTION, APPLIES, CONDITIONS, mismatch, PRINCIPAL, RESOURCE } from './applies.js'
export { askedSets } from './asked-for.js'
export { compile, compiledAs } from './compile.js'
export type { CompiledStatement } from './compiled-statement.js'
export { decide, matchedStatement } from './decide.js'
export type { Decision, Grant, MatchedStatement, Verdict } from './decision.js'
export { isKey } from './grants.js'
export { type CompiledPolicy, PlacedStatement } from './placed-statement.js'
export type { PoliciesInForce, Policy, PolicySet, PolicyType } from './policies.js'
export { exceptionFor, namingOrder, type PolicyTypeRow, policyType, setsOf } from './policy-types.js'
export type { AuthorizationRequest, Context, ContextValue, Principal, Resource } from './request.js'
export { contextKey, RequestView } from './request-view.js'
export { serviceRule, serviceRules } from './service-rules.js'
