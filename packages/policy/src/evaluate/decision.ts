/** The answer: allowed by what, or denied by what. */
import type { Policy, PolicyType } from './policies.js'

export type Verdict = 'Allowed' | 'ExplicitDeny' | 'ImplicitDeny'

/** A statement that applied to the request, and where it stands. */
export interface MatchedStatement {
  readonly policyType: PolicyType
  /** For SCPs and RCPs: the level of the hierarchy, root is 0. */
  readonly level?: number | undefined
  /** Index into that set's `policies`, and into the document's `statements`. */
  readonly policyIndex: number
  readonly statementIndex: number
  readonly sid?: string | undefined
  readonly policy: Policy
}

/** Why a request is allowed. There is no Allow without one of these. */
export type Grant =
  | { readonly kind: 'statements'; readonly statements: readonly [MatchedStatement, ...MatchedStatement[]] }
  /** The account's root user needs no identity policy (policy-semantics §6.7). */
  | { readonly kind: 'rootUser' }
  /** One of the few actions that AWS answers without asking any policy; `rule` names the row of the table. */
  | { readonly kind: 'serviceRule'; readonly rule: string }

export type Decision =
  | { readonly verdict: 'Allowed'; readonly grant: Grant }
  | { readonly verdict: 'ExplicitDeny'; readonly policyType: PolicyType; readonly statement: MatchedStatement }
  | {
      readonly verdict: 'ImplicitDeny'
      /** The first kind of policy, in the order AWS names them, that does not allow. */
      readonly policyType: PolicyType
      /** Set when a rule on the credentials denied before any policy was asked, such as IAM calls with a federation token. */
      readonly rule?: string
      /** Set when the engine could not understand something and closed: what, for people. */
      readonly notUnderstood?: string
    }
