/** What is asked about one action under the same identity policies, by the policies of other kinds that were in force with them. */
import type { Asked } from './asked.js'
import { isSameSets, type PoliciesInForce, type PolicySet } from './policies.js'
import type { PolicyTypeRow } from './policy-types.js'

/** An action is asked for on a few resources that have policies of their own; with more of them the oldest is found anew. */
const MOST_KEPT = 4

interface Kept {
  /** The kinds in force, of which there is one list for each combination. */
  readonly rows: readonly PolicyTypeRow[]
  readonly inForce: PoliciesInForce
  readonly resource: PolicySet | undefined
  readonly asked: Asked
}

export class KeptAsked {
  readonly #kept: Kept[] = []
  #next = 0

  /** `rows` are the kinds that are in force. Undefined when nothing is kept for what is. */
  find(rows: readonly PolicyTypeRow[], inForce: PoliciesInForce): Asked | undefined {
    const resource = inForce.resource?.policies
    for (const kept of this.#kept) if (kept.resource === resource && kept.rows === rows && isSame(kept.inForce, inForce)) return kept.asked
    return undefined
  }

  /** In the place of the oldest, when there are too many. */
  keep(rows: readonly PolicyTypeRow[], inForce: PoliciesInForce, asked: Asked): void {
    this.#kept[this.#next++ % MOST_KEPT] = { rows, inForce, resource: inForce.resource?.policies, asked }
  }
}

/** Whether all else is the same: the identity policies keep this, the resource's were compared, and with session policies nothing is kept. */
function isSame(one: PoliciesInForce, other: PoliciesInForce): boolean {
  return (
    one.boundary === other.boundary && one.endpoint === other.endpoint && isSameSets(one.scp, other.scp) && isSameSets(one.rcp, other.rcp)
  )
}
