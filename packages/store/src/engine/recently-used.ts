/** A map that knows which of its values has not been used for the longest time: a ring of links, oldest first, beside a `Map`. */
interface Link<V> {
  readonly key: string
  value: V
  older: Link<V>
  newer: Link<V>
}

export class RecentlyUsed<V> {
  private readonly links = new Map<string, Link<V>>()
  /** Holds the ring together: its `newer` is the oldest, its `older` the newest. It has no value. */
  private readonly ends: Pick<Link<V>, 'older' | 'newer'>

  constructor() {
    const ends = {} as Link<V>
    ends.older = ends
    ends.newer = ends
    this.ends = ends
  }

  get size(): number {
    return this.links.size
  }

  /** Without counting as use. */
  peek(key: string): V | undefined {
    return this.links.get(key)?.value
  }

  use(key: string): V | undefined {
    const link = this.links.get(key)
    if (link === undefined) return undefined
    if (this.ends.older !== link) {
      unlink(link)
      this.linkNewest(link)
    }
    return link.value
  }

  set(key: string, value: V): void {
    this.delete(key)
    const ends = this.ends as Link<V>
    const link = { key, value, older: ends, newer: ends }
    this.linkNewest(link)
    this.links.set(key, link)
  }

  delete(key: string): void {
    const link = this.links.get(key)
    if (link === undefined) return
    unlink(link)
    this.links.delete(key)
  }

  removeOldest(): V | undefined {
    if (this.links.size === 0) return undefined
    const { key, value } = this.ends.newer
    this.delete(key)
    return value
  }

  clear(): void {
    this.links.clear()
    this.ends.older = this.ends as Link<V>
    this.ends.newer = this.ends as Link<V>
  }

  private linkNewest(link: Link<V>): void {
    const ends = this.ends as Link<V>
    link.older = ends.older
    link.newer = ends
    ends.older.newer = link
    ends.older = link
  }
}

function unlink<V>(link: Link<V>): void {
  link.older.newer = link.newer
  link.newer.older = link.older
}
