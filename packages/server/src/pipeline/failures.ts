/**
 * Slows down whoever fails to prove who it is: by source and by the key it names, and by failures only. A request with a valid signature
 * is answered whatever failed before it, so nobody can lock anybody out.
 */

const windowMilliseconds = 60_000
const mostInWindow = 1_000
const mostRemembered = 20_000

export class Failures {
  readonly #counted = new Map<string, { readonly since: number; times: number }>()

  constructor(private readonly clock: () => number) {}

  /** Notes one, and tells whether there are too many: then the caller learns nothing but that. */
  tooMany(sourceIp: string, claimedKey: string): boolean {
    const id = `${sourceIp} ${claimedKey.slice(0, 128)}`
    const now = this.clock()
    const before = this.#counted.get(id)
    if (before !== undefined && now - before.since < windowMilliseconds) return ++before.times > mostInWindow
    this.#counted.delete(id)
    this.#counted.set(id, { since: now, times: 1 })
    if (this.#counted.size > mostRemembered) this.#counted.delete(this.#counted.keys().next().value!)
    return false
  }
}
