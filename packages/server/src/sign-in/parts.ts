/** What sign-in works with: the server's own parts, and a way to call operations for who is signed in. */
import type { Reader, Store } from '@bailiwick/store'
import type { AuditTrail } from '../audit/audit-trail.js'
import type { Caller } from '../pipeline/caller.js'
import type { Connection } from '../pipeline/connection.js'
import type { Surroundings } from '../pipeline/surroundings.js'
import type { Attempts } from './attempts.js'
import type { Sealer } from './sealed.js'

export interface CallMade {
  readonly service: 'iam' | 'sts'
  readonly operation: string
  readonly input: object
  readonly connection: Connection
  /** Who is signed in, on a state of the store; left out where the input proves the caller. */
  readonly caller?: (state: Reader) => Promise<Caller>
}

export interface SignInParts {
  readonly store: Store
  readonly surroundings: Surroundings
  readonly audit: AuditTrail
  readonly sealer: Sealer
  readonly attempts: Attempts
  /** Authorized and recorded like every call. Answers the output; throws `ApiError`. */
  readonly call: (call: CallMade) => Promise<object>
}
