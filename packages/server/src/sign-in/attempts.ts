/**
 * How often a browser got it wrong, so that guessing is useless and nobody locks out somebody else: wrong tries count against where they
 * come from. A browser that the owner signed in with before counts for itself, whatever else comes from its address. In memory, a process
 * for itself.
 */
import { Guesses } from '../credentials/guesses.js'

/** Wrong tries from one place at one owner, and at all owners together. */
const mostAtOne = 10
const mostAtAll = 50

export interface Attempt {
  /** The client's address. */
  readonly sourceIp: string
  /** Who is tried, as it was typed; it need not exist. */
  readonly target: string
  /** Names the browser, when the owner has signed in with it before. */
  readonly knownBrowser?: string
}

export class Attempts {
  readonly #guesses = new Guesses()

  constructor(private readonly clock: () => number) {}

  /**
   * Whether this try may be looked at. Until it may, a right password is refused like a wrong one. It counts as wrong unless it is taken
   * back: of many that come at once no more are looked at than of those that wait for each other.
   */
  begin(attempt: Attempt): boolean {
    const now = this.clock()
    const all = counters(attempt)
    if (!all.every(([of, most]) => this.#guesses.mayTry(of, now, most))) return false
    for (const [of] of all) this.#guesses.noteWrong(of, now)
    return true
  }

  /** It was right, or could not be looked at. */
  takeBack(attempt: Attempt): void {
    for (const [of] of counters(attempt)) this.#guesses.takeBack(of)
  }
}

function counters({ sourceIp, target, knownBrowser }: Attempt): readonly (readonly [of: string, most: number])[] {
  const at = target.toLowerCase().slice(0, 256)
  if (knownBrowser !== undefined) return [[`browser ${knownBrowser} ${at}`, mostAtOne]]
  const place = network(sourceIp)
  return [
    [`${place} ${at}`, mostAtOne],
    [place, mostAtAll],
  ]
}

/** Of IPv6, whoever has one address has the other 2^64 beside it too. */
const network = (address: string): string => (address.includes(':') ? wholeForm(address).slice(0, 4).join(':') : address)

function wholeForm(address: string): string[] {
  const [before = '', after] = address.split('::')
  const [head, tail] = [before, after ?? ''].map((part) => (part === '' ? [] : part.split(':')))
  return [...head!, ...Array.from({ length: after === undefined ? 0 : 8 - head!.length - tail!.length }, () => '0'), ...tail!]
}
