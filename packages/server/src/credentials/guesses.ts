/** How often something short was guessed wrong, so that nobody can try all there is: in memory, a process for itself. */

const mostWrong = 10
const forgottenAfterMilliseconds = 5 * 60_000
const mostRemembered = 50_000

export class Guesses {
  readonly #wrong = new Map<string, { readonly since: number; times: number }>()

  /** Whether another guess may be looked at. `of` names what is guessed at; times are epoch milliseconds. */
  mayTry(of: string, now: number): boolean {
    const wrong = this.#wrong.get(of)
    return wrong === undefined || wrong.times < mostWrong || now - wrong.since >= forgottenAfterMilliseconds
  }

  noteWrong(of: string, now: number): void {
    const before = this.#wrong.get(of)
    if (before !== undefined && now - before.since < forgottenAfterMilliseconds) before.times++
    else {
      this.#wrong.delete(of)
      this.#wrong.set(of, { since: now, times: 1 })
      if (this.#wrong.size > mostRemembered) this.#wrong.delete(this.#wrong.keys().next().value!)
    }
  }
}
