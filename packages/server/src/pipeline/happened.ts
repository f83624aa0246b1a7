/** What has happened to a request so far: filled in along the road, and read by the audit event at its end. */
import type { Decided } from './authorize.js'
import type { Caller } from './caller.js'
import type { Connection } from './connection.js'
import type { AnyOperation } from './operation.js'
import type { Routed } from './routing.js'

export interface Happened {
  readonly requestId: string
  /** Epoch milliseconds. */
  readonly at: number
  /** Of a write, as of the state that it was decided on. */
  caller: Caller
  readonly connection: Connection
  readonly region: string
  readonly routed: Routed
  operation?: AnyOperation
  input?: object
  output?: object
  /** The revision that was decided on; of a write, the one it made. */
  revision?: number
  decided: Decided[]
  error?: { readonly code: string; readonly message: string }
}
