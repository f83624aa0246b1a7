/** A row of the table of operations: what an operation needs, what it is given, and where what it did is seen. */
import type { OperationName, Values } from './client.js'
import type { ThingName } from './things.js'

export interface Row {
  /** Made before, in this order. */
  readonly needs?: readonly ThingName[]
  /** Beyond what the model requires and the facts name. `$Member` is the world's value. */
  readonly input?: Values
  /** Values for the world from its answer, such as the id of what it began. */
  readonly gives?: (answer: Values) => Values
  /** Where its effect, or its answer, is seen. Without it, and without `refuses`, the call is only denied and allowed; see `shown-elsewhere.ts`. */
  readonly shows?: Shows
  /**
   * What the call answers whoever has the right to it, as `CODE STATUS MESSAGE`: where a recorded refusal is all that AWS's answer can be
   * for an account of this server. It must differ from a denial, which the same caller gets without the right.
   */
  readonly refuses?: string
  /** The caller is the world's own user, because the operation is about whoever calls it. */
  readonly self?: true
  /** In an account of its own: the operation is about the account as a whole. */
  readonly apart?: true
  /** The resource's ARN where the facts do not tell it; `$ACCOUNT` is the account. */
  readonly resource?: string
  /** What the call needs further, where the facts do not tell it. A denial calls it by its ARN unless it is said how. */
  readonly also?: readonly { readonly action: string; readonly arn: string; readonly called?: string }[]
}

/**
 * A place in an answer, and the value that is there after the call and was not before it; or the other way round when it is `gone`. A
 * refusal because nothing is there has no values. Without `value` any will do.
 */
export interface Shows {
  /** The operation that is asked; the row's own when left out, which must then be a read. */
  readonly by?: OperationName
  readonly with?: Values
  /** `User.Path`, or `Users.*.UserName` for each of a list. */
  readonly at: string
  readonly value?: unknown
  readonly gone?: true
  /** Told by this server process only: not asked again after a restart. */
  readonly passing?: true
}

export type RowTable = Readonly<Partial<Record<OperationName, Row>>>
