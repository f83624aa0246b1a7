/** A policy document as parsed: every element with its place in the text. Parsing is in `parse.ts`. */

/** A place in a policy's text. `line` and `column` count from 1, in UTF-16 code units; `offset` counts from 0. */
export interface Position {
  readonly line: number
  readonly column: number
  readonly offset: number
}

/** From the first character of an element to just behind its last one. */
export interface Span {
  readonly start: Position
  readonly end: Position
}

export type Effect = 'Allow' | 'Deny'
export type Version = '2012-10-17' | '2008-10-17'

export interface PolicyDocument {
  /** The text as it was given, byte for byte. */
  readonly text: string
  /** An absent `Version` is `2008-10-17`: variables are literal text (policy-semantics §1.2). */
  readonly version: Version
  readonly id?: string
  readonly statements: readonly Statement[]
}

export interface Statement {
  readonly sid?: string
  readonly effect: Effect
  /** `Action`, or `NotAction` when `inverted`. */
  readonly action: Match
  /** `Resource` or `NotResource`; a role trust policy has none. */
  readonly resource?: Match
  /** `Principal` or `NotPrincipal`; only policies attached to a resource have one. */
  readonly principal?: PrincipalMatch
  readonly conditions: readonly Condition[]
  /**
   * What in this statement could not be understood, for people. Only stored or imported documents have such statements; a request
   * that one of them may apply to is denied, whatever its effect.
   */
  readonly notUnderstood?: string
  /** That it names no actions, or is not there at all, is all that is not understood of it: its conditions can be read all the same. */
  readonly onlyLacks?: true
  /** The statement's braces. */
  readonly span: Span
}

/** `X` (one pattern must match) or `NotX` (`inverted`: none may match). */
export interface Match {
  readonly inverted: boolean
  readonly patterns: readonly string[]
}

export type PrincipalType = 'AWS' | 'Service' | 'Federated' | 'CanonicalUser'

export interface PrincipalMatch {
  readonly inverted: boolean
  /** `"*"` alone is `{ type: 'AWS', id: '*' }`. */
  readonly entries: readonly { readonly type: PrincipalType; readonly id: string }[]
}

/** One key under one operator. All conditions of a statement must hold; of the values, one. */
export interface Condition {
  /** As written, for people: `ForAllValues:StringLikeIfExists`. */
  readonly written: string
  readonly set?: 'ForAllValues' | 'ForAnyValue'
  /** The operator's own name without set prefix and `IfExists`, such as `StringLike`. One that the engine does not know denies. */
  readonly operator: string
  readonly ifExists: boolean
  readonly key: string
  readonly values: readonly string[]
}
