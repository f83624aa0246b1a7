/** A statement, and where it stands. */
import type { CompiledDocument } from './compiled-document.js'
import type { CompiledStatement } from './compiled-statement.js'
import type { Decision, MatchedStatement } from './decision.js'
import type { Policy } from './policies.js'

export interface CompiledPolicy {
  readonly policy: Policy
  /** In its set. */
  readonly policyIndex: number
  readonly document: CompiledDocument
}

/** A statement, and the policy of the set in which it stands. */
export class PlacedStatement {
  /** As decisions name it, once it was named. */
  matched: MatchedStatement | undefined
  /** The decision that rests on it alone, once it was made. */
  alone: Decision | undefined

  constructor(
    readonly policy: CompiledPolicy,
    readonly statement: CompiledStatement,
    /** Of a hierarchy: root is 0. */
    readonly level?: number,
  ) {}
}
