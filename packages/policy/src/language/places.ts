/** From offsets in a text to lines and columns. A line ends as AWS counts: behind LF, CR, or both together. */
import type { Position, Span } from './document.js'

export class Places {
  readonly #lineStarts: readonly number[]

  /** `origin` is where the document begins in a longer text; positions count from there. */
  constructor(
    text: string,
    private readonly origin = 0,
  ) {
    const starts = [0]
    if (text.includes('\r')) for (const { index, 0: end } of text.matchAll(/\r\n?|\n/g)) starts.push(index + end.length)
    else for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
    this.#lineStarts = starts
  }

  span(place: { readonly start: number; readonly end: number }): Span {
    return { start: this.at(place.start), end: this.at(place.end) }
  }

  at(absolute: number): Position {
    const offset = absolute - this.origin
    let low = 0
    let high = this.#lineStarts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (this.#lineStarts[middle]! <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: offset - this.#lineStarts[low]! + 1, offset }
  }
}
