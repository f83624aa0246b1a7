/** Requests that failed before a caller was known: counted by reason, and the last few kept for each of a bounded number of sources. */

export interface StrangerSample {
  readonly at: number
  readonly source: string
  readonly reason: string
  readonly count: number
  readonly userAgent?: string
}

const maxSources = 1000
const maxUserAgentLength = 200

export class Strangers {
  /** By reason. */
  readonly counts = new Map<string, number>()
  readonly #samples = new Map<string, StrangerSample>()

  constructor(private readonly clock: () => number) {}

  note(source: string, reason: string, userAgent: string | undefined): void {
    this.counts.set(reason, (this.counts.get(reason) ?? 0) + 1)
    const before = this.#samples.get(source)
    this.#samples.delete(source)
    this.#samples.set(source, {
      at: this.clock(),
      source,
      reason,
      count: (before?.count ?? 0) + 1,
      ...(userAgent !== undefined && { userAgent: userAgent.slice(0, maxUserAgentLength) }),
    })
    if (this.#samples.size > maxSources) this.#samples.delete(this.#samples.keys().next().value!)
  }

  /** The newest last. */
  samples(): readonly StrangerSample[] {
    return [...this.#samples.values()]
  }
}
