/** One row of a service's table, and the types every row is written with. */
import type { Context, ContextValue, PolicySet } from '@bailiwick/policy'
import type { Reader } from '@bailiwick/store'
import type { Guesses } from '../credentials/guesses.js'
import type { AccountReader, AccountTransaction } from './account-store.js'
import type { CommonErrorCode } from './api-error.js'
import type { Caller } from './caller.js'
import type { Surroundings } from './surroundings.js'

/** A shape every operation of a model has. */
export interface OperationShape {
  readonly input: object
  readonly output: object
  readonly error: string
}

export type ContextKeys = Readonly<Record<string, ContextValue>>

/** The resource that a request is about, as the policy engine sees it. */
export interface ResourceUnderRequest {
  readonly arn: string
  /** The account that owns it; another account's callers need its own policy to let them in. */
  readonly accountId: string
  /** How IAM writes it in a denial when that is not the ARN: `user NAME` (recorded fact 72). */
  readonly called?: string
  /** The tags on it, which conditions see as `aws:ResourceTag/…` and `iam:ResourceTag/…`. */
  readonly tags?: readonly { readonly Key: string; readonly Value: string }[]
  /** A policy of the resource's own. */
  readonly policy?: { readonly kind: 'resource' | 'trust' | 'key'; readonly policies: PolicySet }
  /** Further condition keys that come from the resource, such as the boundary now on a role. */
  readonly context?: ContextKeys
}

/** What a row sees while it says how it is authorized: it may look, not change. */
export interface Look {
  readonly requestId: string
  readonly caller: Caller
  /** The caller's own account; `tx.of(account)` is the only way to another one. */
  readonly tx: AccountReader
  readonly now: number
  /** The account that other accounts belong to, as resources. */
  readonly firstAccountId: string
  /** Of what could be found by trying, such as MFA codes: noted here, since a call that fails leaves nothing in the store. */
  readonly guesses: Guesses
}

/** A further permission that the same call needs, such as `iam:PassRole`. */
export interface AlsoRequired {
  readonly action: string
  readonly resource: ResourceUnderRequest
  readonly context?: ContextKeys
}

export interface Access<Input> {
  /** Defaults to `service:OperationName`; named only where AWS names the action otherwise. */
  readonly action?: string
  readonly resource: (input: Input, look: Look) => Promise<ResourceUnderRequest>
  /** Condition keys that this operation adds from its input, such as `iam:PolicyARN` or `aws:TagKeys`. */
  readonly context?: (input: Input, look: Look) => ContextKeys
  readonly alsoRequires?: (input: Input, look: Look) => Promise<readonly AlsoRequired[]>
  /** `bare`: the denial stops before the reason, as STS words it (recorded fact 60). `nameless`: it names no one either (fact 67). */
  readonly denial?: 'bare' | 'nameless'
}

/** What a proof is made with: it knows no caller yet, and no account. */
export interface Proving<Code extends string> {
  readonly store: Reader
  readonly now: number
  readonly surroundings: Surroundings
  fail(code: Code | CommonErrorCode, message: string): never
}

/** What `run` works with. `fail` ends the call with an error that the model declares for this operation. */
export interface Call<Code extends string> extends Omit<Look, 'tx' | 'firstAccountId'> {
  readonly region: string
  /** The condition keys that every request of this caller has here and now, for further questions about the caller. */
  readonly context: Context
  readonly surroundings: Surroundings
  fail(code: Code | CommonErrorCode, message: string): never
}

export interface ReadCall<Code extends string> extends Call<Code> {
  readonly tx: AccountReader
}

export interface WriteCall<Code extends string> extends Call<Code> {
  readonly tx: AccountTransaction
}

interface Row<M extends OperationShape> {
  /** There is no default: a row that does not say how it is authorized does not compile. */
  readonly access: Access<M['input']>
  /**
   * How the input proves its caller, where the model says that the call is not signed. For every other operation it is not looked at:
   * a call is signed, or it has no caller.
   */
  readonly provenBy?: (input: M['input'], proving: Proving<M['error']>) => Promise<Caller>
  /**
   * The members that an audit event may show; everything else stays out of it. A member is named once for the input and, for
   * writes, once for the output; its whole value is shown.
   */
  readonly shows: { readonly input: readonly (keyof M['input'])[]; readonly output?: readonly (keyof M['output'])[] }
}

export interface ReadOperation<M extends OperationShape> extends Row<M> {
  readonly mode: 'read'
  readonly run: (input: M['input'], call: ReadCall<M['error']>) => Promise<M['output']>
  /** What a read uses up: for inputs with it, the call is a transaction, and this runs in it before `run`. */
  readonly usesUp?: UsesUp<M['input']>
}

export interface UsesUp<Input> {
  readonly when: (input: Input) => boolean
  readonly run: (input: Input, call: WriteCall<never>) => Promise<void>
}

export interface WriteOperation<M extends OperationShape> extends Row<M> {
  readonly mode: 'write'
  readonly run: (input: M['input'], call: WriteCall<M['error']>) => Promise<M['output']>
}

/**
 * A write with slow work before it, such as hashing a password, which must not hold up everybody else's transactions. `prepare` sees a
 * snapshot on which the call was allowed, and answers what is then run in the transaction, where the call is decided again.
 */
export interface PreparedOperation<M extends OperationShape> extends Row<M> {
  readonly mode: 'write'
  readonly prepare: (input: M['input'], call: ReadCall<M['error']>) => Promise<(call: WriteCall<M['error']>) => Promise<M['output']>>
}

export type Operation<M extends OperationShape> = ReadOperation<M> | WriteOperation<M> | PreparedOperation<M>

/** Rows for some operations of a model, in one noun's file. */
export type Rows<Ops, Names extends keyof Ops = keyof Ops> = {
  readonly [Name in Names]: Ops[Name] extends OperationShape ? Operation<Ops[Name]> : never
}

/** A row as the pipeline runs it, once the compiler has seen that it fits its model. */
export type AnyOperation = Operation<{ input: never; output: object; error: string }>

export interface Service {
  readonly name: string
  readonly rows: ReadonlyMap<string, AnyOperation>
  /** Operations that the model has and this server does not yet carry out. */
  readonly notYet: ReadonlySet<string>
}

/**
 * A whole service. Every operation of the model is either a row or named in `notYet`, none is both, and none is unknown; the compiler
 * says so.
 */
export const defineService =
  <Ops>(name: string) =>
  <T extends Partial<Rows<Ops>>, const N extends readonly Exclude<keyof Ops, keyof T>[]>(
    rows: T & Record<Exclude<keyof T, keyof Ops>, never>,
    notYet: N &
      (Exclude<keyof Ops, keyof T | N[number]> extends never ? unknown : { readonly forgotten: Exclude<keyof Ops, keyof T | N[number]> }),
  ): Service => ({
    name,
    rows: new Map(Object.entries(rows) as unknown as [string, AnyOperation][]),
    notYet: new Set(notYet as unknown as readonly string[]),
  })
