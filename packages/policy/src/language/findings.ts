/** Collects findings and puts them in AWS's order of checks. */

import { type Fault, type FaultCode, faults } from './faults.js'
import type { Finding } from './finding.js'
import type { Api } from './grammar.js'
import type { Places } from './places.js'

export type Path = readonly (string | number)[]

const LAST_STEP = 99

export class Findings {
  readonly #found: { readonly step: number; readonly finding: Finding }[] = []

  constructor(
    private readonly api: Api,
    private readonly places: Places,
  ) {}

  add(code: FaultCode, path: Path, place: { readonly start: number; readonly end: number }, detail = ''): void {
    const fault: Fault = faults[code]
    const [step, answer] = fault.refusals[this.api] ?? [LAST_STEP]
    const span = this.places.span(place)
    this.#found.push({
      step,
      finding: {
        severity: answer === undefined ? (fault.severity ?? 'error') : 'error',
        code,
        message: fault.message(detail),
        path,
        span,
        ...(answer !== undefined && { apiMessage: typeof answer === 'string' ? answer : answer(detail, span) }),
      },
    })
  }

  /** Whether AWS refuses it in this kind of policy. */
  refuses(code: FaultCode): boolean {
    const fault: Fault = faults[code]
    return fault.refusals[this.api] !== undefined
  }

  inOrder(): Finding[] {
    return this.#found.toSorted((one, other) => one.step - other.step).map(({ finding }) => finding)
  }
}
