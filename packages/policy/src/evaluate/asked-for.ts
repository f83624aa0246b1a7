/** Which policies in force are asked about a request, and what in them covers its action. */
import { Asked } from './asked.js'
import { compiledAs } from './compile.js'
import type { CompiledSet } from './compiled-set.js'
import type { Covering } from './covering.js'
import { coveringLevels } from './levels.js'
import type { PoliciesInForce } from './policies.js'
import { exceptionFor, type PolicyTypeRow, policyType, rowsInForce, setsOf } from './policy-types.js'
import type { RequestView } from './request-view.js'

const IDENTITY = policyType('identity')

/**
 * What is asked about a request. Where the identity policies are asked often, it is what was found for a request before. Session policies
 * go with their sessions, so that nothing is kept that would hold them.
 */
export function askedFor(view: RequestView, inForce: PoliciesInForce): Asked {
  const rows = rowsInForce(inForce)
  for (const row of rows) if (exceptionFor(row, view) !== undefined) return found(view, unspared(rows, view), inForce)
  const { identity, session } = inForce
  const kept = identity === undefined || session !== undefined ? undefined : compiledAs(identity, IDENTITY).kept(view.asked)
  const before = kept?.find(rows, inForce)
  if (before !== undefined) return before
  const asked = found(view, rows, inForce)
  if (asked.isLasting) kept?.keep(rows, inForce, asked)
  return asked
}

function unspared(rows: readonly PolicyTypeRow[], view: RequestView): readonly PolicyTypeRow[] {
  return rows.filter((row) => exceptionFor(row, view) === undefined)
}

function found({ asked }: RequestView, rows: readonly PolicyTypeRow[], inForce: PoliciesInForce): Asked {
  const each: Covering[] = []
  for (const row of rows) {
    const sets = row.sets(inForce)!
    if ('policies' in sets) each.push(compiledAs(sets, row).covering(asked))
    else if (sets.length > 0) each.push(coveringLevels(sets, row, asked))
  }
  return new Asked(each)
}

/** A set that counts for a request. */
interface AskedSet {
  readonly row: PolicyTypeRow
  readonly level: number
  readonly set: CompiledSet
}

/** The same as sets, one by one, for who looks at every statement. */
export function askedSets(view: RequestView, inForce: PoliciesInForce): readonly AskedSet[] {
  return unspared(rowsInForce(inForce), view).flatMap((row) =>
    setsOf(row, inForce).map((set, level) => ({ row, level, set: compiledAs(set, row) })),
  )
}
