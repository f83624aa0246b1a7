/** What would have to be different for a denied request to be allowed. */
import type { PolicyType } from '../evaluate/index.js'

/** A statement to be added, as JSON has it. */
export interface AddedStatement {
  readonly Effect: 'Allow'
  readonly Principal?: '*' | Readonly<Record<string, string>>
  readonly Action: string
  readonly Resource?: string
}

/** A policy of those that were decided on. */
export interface Place {
  readonly policyType: PolicyType
  /** Of SCPs and RCPs: the level of the hierarchy, root is 0. */
  readonly level?: number
  readonly policyIndex: number
  readonly statementIndex: number
  readonly sid?: string
  /** ARN of a managed policy, name of an inline one. */
  readonly policy?: string
  readonly attachedTo?: string
}

/** What a statement reaches, as it is written: everything that an edit lets through is within it. */
export interface Reach {
  readonly actions: string
  readonly resources: string
  /** Each as `OPERATOR KEY VALUES`; all must hold. */
  readonly conditions: readonly string[]
}

interface EditOf<Kind extends string> {
  readonly kind: Kind
  /** For people: what to do. */
  readonly what: string
}

export type Edit =
  /** Nothing is written: the request itself carries something else. */
  | (EditOf<'supply'> & { readonly key: string; readonly values: readonly string[] })
  | (EditOf<'add'> & {
      readonly policyType: PolicyType
      readonly level?: number
      readonly statement: AddedStatement
      readonly allows: Reach
    })
  /** A statement loses what it says of this request, and keeps the rest. */
  | (EditOf<'narrow'> & { readonly place: Place; readonly allows: Reach })
  /** The statement, or the policy where it is not the account's to write, goes. */
  | (EditOf<'remove'> & { readonly place: Place; readonly allows: Reach })

export type SmallestChange =
  /** Every edit is needed, and with all of them the request is allowed: it was decided again. */
  | { readonly kind: 'change'; readonly edits: readonly [Edit, ...Edit[]] }
  /** No change of a policy helps. */
  | { readonly kind: 'impossible'; readonly because: string }
