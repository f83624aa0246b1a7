/** What operations take from the world: the passing of time, chance, and how this server is set up. Tests pass their own. */
import type { Guesses } from '../credentials/guesses.js'
import type { SessionTokens } from '../credentials/session-token.js'
import type { AuthorizationMessages } from '../explain/authorization-messages.js'
import type { History } from '../explain/history.js'
import type { Federation } from '../federation/index.js'
import type { WorkloadListeners } from '../workloads/index.js'

export interface Surroundings {
  /** Epoch milliseconds. */
  readonly clock: () => number
  readonly randomBytes: (length: number) => Uint8Array
  /** A version 4 UUID. */
  readonly uuid: () => string
  /** The account that owns the other accounts as resources. */
  readonly firstAccountId: string
  readonly defaultRegion: string
  /** The only regions to accept in a signature; undefined accepts every well-formed one. */
  readonly regions?: ReadonlySet<string>
  readonly sessionTokens: SessionTokens
  readonly authorizationMessages: AuthorizationMessages
  readonly history: History
  /** Wrong MFA codes and passwords. */
  readonly guesses: Guesses
  readonly federation: Federation
  /** Where workloads get their credentials. */
  readonly workloads: Pick<WorkloadListeners, 'openFor'>
}
