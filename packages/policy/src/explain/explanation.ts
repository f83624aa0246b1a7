/** A decision with everything that led to it. */
import type { Decision, MatchedStatement } from '../evaluate/decision.js'
import type { Policy, PolicyType } from '../evaluate/policies.js'

/** The element of a statement that was looked at. */
export type Element = 'Principal' | 'NotPrincipal' | 'Action' | 'NotAction' | 'Resource' | 'NotResource' | 'Condition'

/** The first element of a statement that kept it from applying. */
export interface Mismatch {
  readonly element: Element
  /** For a condition: operator and key as written. */
  readonly operator?: string
  readonly key?: string
  /** What the statement wants, as written. */
  readonly wanted: readonly string[]
  /** What the request has; empty when the key is absent. */
  readonly seen: readonly string[]
  /** A sentence for people. */
  readonly because: string
}

export interface ConsideredStatement {
  readonly statementIndex: number
  readonly sid?: string
  readonly effect: 'Allow' | 'Deny'
  readonly applies: boolean
  readonly mismatch?: Mismatch
}

export interface ConsideredPolicy {
  readonly policyType: PolicyType
  readonly level?: number
  readonly policyIndex: number
  readonly policy: Policy
  readonly statements: readonly ConsideredStatement[]
  /** Set when this kind of policy is passed over for this request, with the exception's name. */
  readonly skipped?: string
}

export interface Explanation {
  readonly decision: Decision
  /** Every statement that applied, of every kind of policy, in the order they stand. */
  readonly matched: readonly MatchedStatement[]
  readonly considered: readonly ConsideredPolicy[]
  /** Condition keys that a considered statement names and the request does not have, spelled as in the document. */
  readonly missingContextKeys: readonly string[]
  /** AWS's sentence: `User: … is not authorized to perform: …`; absent when allowed. */
  readonly message?: string
}
