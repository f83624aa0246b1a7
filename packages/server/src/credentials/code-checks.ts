/** How often the codes of a device are looked at for calls: AWS was recorded to look at nine in each three minutes of UTC, right or wrong. */

const most = 9
const windowMilliseconds = 3 * 60_000

/** In memory, a process for itself. */
export class CodeChecks {
  #window = 0
  /** Which calls the codes of each device were looked at for; only its owner's are. */
  readonly #calls = new Map<string, Set<string>>()

  /** Whether the code that a call brings may be looked at. A call counts once, however often it asks. */
  mayLook(serialNumber: string, requestId: string, now: number): boolean {
    this.#turnTo(Math.floor(now / windowMilliseconds))
    const calls = this.#calls.get(serialNumber) ?? new Set()
    if (calls.size < most) this.#calls.set(serialNumber, calls.add(requestId))
    return calls.has(requestId)
  }

  /** A call of the window before may come late, and is counted with this one; what is older still comes from a clock that was set. */
  #turnTo(window: number): void {
    if (window === this.#window || window === this.#window - 1) return
    this.#window = window
    this.#calls.clear()
  }
}
