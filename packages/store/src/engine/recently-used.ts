/** A map that knows which of its values has not been used for the longest time. */
export class RecentlyUsed<V> {
  private readonly values = new Map<string, V>()
  /**
   * Invariant: everything before it has been removed or used since, so the next key it yields is the oldest. A new iterator for each
   * removal would walk over the holes that removals leave at the beginning of a `Map`.
   */
  private oldest: Iterator<string> = this.values.keys()

  get size(): number {
    return this.values.size
  }

  /** Without counting as use. */
  peek(key: string): V | undefined {
    return this.values.get(key)
  }

  use(key: string): V | undefined {
    const value = this.values.get(key)
    if (value !== undefined) {
      this.values.delete(key)
      this.values.set(key, value)
    }
    return value
  }

  set(key: string, value: V): void {
    this.values.delete(key)
    this.values.set(key, value)
  }

  delete(key: string): void {
    this.values.delete(key)
  }

  removeOldest(): V | undefined {
    let next = this.oldest.next()
    if (next.done) {
      this.oldest = this.values.keys()
      next = this.oldest.next()
    }
    if (next.done) return undefined
    const value = this.values.get(next.value)
    this.values.delete(next.value)
    return value
  }

  clear(): void {
    this.values.clear()
    this.oldest = this.values.keys()
  }
}
