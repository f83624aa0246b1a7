/**
 * How often a browser got it wrong, so that guessing is useless and nobody locks out somebody else: wrong tries count against where they
 * come from. A browser that the owner signed in with before counts for itself, whatever else comes from its address. In memory, a process
 * for itself.
 */

const windowMilliseconds = 5 * 60_000
const mostRemembered = 50_000
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
  readonly #wrong = new Map<string, { readonly since: number; times: number }>()

  constructor(private readonly clock: () => number) {}

  /** Whether this try may be looked at. Until it may, a right password is refused like a wrong one. */
  mayTry(attempt: Attempt): boolean {
    return counters(attempt).every(([id, most]) => this.#times(id) < most)
  }

  noteWrong(attempt: Attempt): void {
    for (const [id] of counters(attempt)) {
      const times = this.#times(id)
      if (times > 0) this.#wrong.get(id)!.times++
      else {
        this.#wrong.delete(id)
        this.#wrong.set(id, { since: this.clock(), times: 1 })
        if (this.#wrong.size > mostRemembered) this.#wrong.delete(this.#wrong.keys().next().value!)
      }
    }
  }

  #times(id: string): number {
    const found = this.#wrong.get(id)
    return found === undefined || this.clock() - found.since >= windowMilliseconds ? 0 : found.times
  }
}

function counters({ sourceIp, target, knownBrowser }: Attempt): readonly (readonly [id: string, most: number])[] {
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
