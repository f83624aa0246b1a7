/** Runs one thing at a time, in the order they came. */
export class Serial {
  private last: Promise<unknown> = Promise.resolve()

  run<T>(act: () => Promise<T>): Promise<T> {
    const result = this.last.then(act)
    this.last = result.catch(() => undefined)
    return result
  }
}
