/** What operations take from the world: the passing of time, chance, and how this server is set up. Tests pass their own. */

import type { History } from '../audit/history.js'
import type { Guesses } from '../credentials/guesses.js'
import type { SessionTokens } from '../credentials/session-token.js'
import type { Federation } from '../federation/index.js'
import type { AuthorizationMessages } from './authorization-messages.js'

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
  readonly workloads: WorkloadPorts
}

/** Where workloads get their credentials. */
export interface WorkloadPorts {
  /** Listens for a workload that is about to be registered, on a free port, which is the answer. */
  openFor(id: string): Promise<number>
}
