/** A list kept in order, in chunks, so that adding to a hundred thousand is as cheap as adding to a hundred. */
const mostPerChunk = 512

export class SortedList<T> {
  private readonly chunks: T[][] = []

  constructor(private readonly compare: (a: T, b: T) => number) {}

  add(item: T): void {
    const at = Math.max(
      0,
      this.chunkOf((first) => this.compare(first, item) <= 0),
    )
    const chunk = this.chunks[at]
    if (!chunk) {
      this.chunks.push([item])
      return
    }
    chunk.splice(
      firstNot(chunk, (other) => this.compare(other, item) <= 0),
      0,
      item,
    )
    if (chunk.length > mostPerChunk) this.chunks.splice(at + 1, 0, chunk.splice(mostPerChunk / 2))
  }

  /** In order, beginning with the first item for which `isBefore` is false; it is true for a beginning of the list. */
  *from(isBefore: (item: T) => boolean): Iterable<T> {
    let at = Math.max(0, this.chunkOf(isBefore))
    let start = firstNot(this.chunks[at] ?? [], isBefore)
    for (; at < this.chunks.length; at++) {
      const chunk = this.chunks[at]!
      for (let i = start; i < chunk.length; i++) yield chunk[i]!
      start = 0
    }
  }

  /** As above, from the last item for which `isBefore` is true, backwards. */
  *backFrom(isBefore: (item: T) => boolean): Iterable<T> {
    let at = this.chunkOf(isBefore)
    let start = firstNot(this.chunks[at] ?? [], isBefore) - 1
    for (; at >= 0; at--) {
      const chunk = this.chunks[at]!
      for (let i = Math.min(start, chunk.length - 1); i >= 0; i--) yield chunk[i]!
      start = Number.POSITIVE_INFINITY
    }
  }

  removeWhere(matches: (item: T) => boolean): void {
    const kept = this.chunks.map((chunk) => chunk.filter((item) => !matches(item))).filter((chunk) => chunk.length > 0)
    this.chunks.splice(0, this.chunks.length, ...kept)
  }

  /** The last chunk whose first item satisfies `isBefore`; -1 when none does. */
  private chunkOf(isBefore: (item: T) => boolean): number {
    return firstNot(this.chunks, (chunk) => isBefore(chunk[0]!)) - 1
  }
}

/** The index of the first item for which `isBefore` is false, when it is true for a beginning of the list. */
function firstNot<T>(items: readonly T[], isBefore: (item: T) => boolean): number {
  let low = 0
  let high = items.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (isBefore(items[middle]!)) low = middle + 1
    else high = middle
  }
  return low
}
