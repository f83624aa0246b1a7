/** Work that must not take the whole machine: so many pieces at once, so many waiting, and no more. */
import { ApiError } from '../pipeline/api-error.js'

export class BoundedQueue {
  #running = 0
  /** Pieces of work begun so far. */
  started = 0
  readonly #waiting: (() => void)[] = []

  constructor(private readonly limits: { readonly atOnce: number; readonly mostWaiting: number }) {}

  /** Throws `Throttling` when too many wait already. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running < this.limits.atOnce) this.#running++
    else if (this.#waiting.length < this.limits.mostWaiting) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    else throw new ApiError('Throttling', 'Rate exceeded')
    this.started++
    try {
      return await work()
    } finally {
      // The place goes to the next in line as it is.
      const next = this.#waiting.shift()
      if (next === undefined) this.#running--
      else next()
    }
  }
}
