/** How often something short was guessed wrong, so that nobody can try all there is: in memory, a process for itself. */
import { CodeChecks } from './code-checks.js'

const mostWrong = 10
const forgottenAfterMilliseconds = 5 * 60_000
const mostRemembered = 50_000

export class Guesses {
  /** Calls that bring MFA codes have a measure of their own, which only the device's owner can use up. */
  readonly codeChecks = new CodeChecks()
  readonly #wrong = new Map<string, { readonly since: number; times: number }>()

  /** Whether another guess may be looked at. `of` names what is guessed at; times are epoch milliseconds. */
  mayTry(of: string, now: number, most = mostWrong): boolean {
    return (this.#recent(of, now)?.times ?? 0) < most
  }

  noteWrong(of: string, now: number): void {
    const before = this.#recent(of, now)
    if (before !== undefined) before.times++
    else {
      this.#wrong.delete(of)
      this.#wrong.set(of, { since: now, times: 1 })
      if (this.#wrong.size > mostRemembered) this.#wrong.delete(this.#wrong.keys().next().value!)
    }
  }

  /** For a guess that was noted before it was looked at, and was none. */
  takeBack(of: string): void {
    const noted = this.#wrong.get(of)
    if (noted !== undefined && --noted.times <= 0) this.#wrong.delete(of)
  }

  /**
   * Whether the guess is right; undefined when it may not be looked at. It counts as wrong until it has been: of many that come at once no
   * more are looked at than of those that wait for each other. What cannot be looked at, since `isRight` throws, does not count.
   */
  async look(of: string, now: number, isRight: () => Promise<boolean>): Promise<boolean | undefined> {
    if (!this.mayTry(of, now)) return undefined
    this.noteWrong(of, now)
    let wrong = false
    try {
      const right = await isRight()
      wrong = !right
      return right
    } finally {
      if (!wrong) this.takeBack(of)
    }
  }

  #recent(of: string, now: number): { readonly since: number; times: number } | undefined {
    const found = this.#wrong.get(of)
    return found === undefined || now - found.since >= forgottenAfterMilliseconds ? undefined : found
  }
}
