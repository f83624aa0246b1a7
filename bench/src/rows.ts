/** The rows of the benchmark: each a work, its yardstick in the same run, and what the ratio must reach. */

/** Work per CPU-second, or seconds, or megabytes: the figure that a row compares. */
export interface Figures {
  readonly ours: readonly number[]
  readonly yardstick: readonly number[]
}

export interface Row {
  readonly name: string
  readonly unit: string
  /** `atLeast`: ours ÷ yardstick must not be below; `atMost`: not above. A row without is there for comparison. */
  readonly must?: { readonly atLeast: number } | { readonly atMost: number }
  readonly aim?: number
  readonly figures: Figures
  /** Compares the difference of the medians, or our figure alone, instead of the ratio. */
  readonly compare?: 'difference' | 'absolute'
}

/** A row that could not be measured here, and why. */
export interface Unmeasured {
  readonly name: string
  readonly why: string
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

export interface Result {
  readonly name: string
  readonly ours: number
  readonly yardstick: number
  readonly value: number
  readonly spread: readonly [number, number]
  readonly must: string
  readonly aim?: number
  readonly met?: boolean
}

export const isMeasured = (row: Row | Unmeasured): row is Row => !('why' in row)

export function resultOf({ name, must, aim, figures, compare }: Row): Result {
  const ours = median(figures.ours)
  const yardstick = figures.yardstick.length === 0 ? Number.NaN : median(figures.yardstick)
  const each = figures.ours.map((value, at) => compared(value, figures.yardstick[at] ?? yardstick, compare))
  const value = compare === undefined ? median(each) : compared(ours, yardstick, compare)
  const bounds = { name, ours, yardstick, value, spread: [Math.min(...each), Math.max(...each)] } as const
  if (must === undefined) return { ...bounds, must: '–' }
  const met = 'atLeast' in must ? value >= must.atLeast : value <= must.atMost
  return {
    ...bounds,
    must: 'atLeast' in must ? `≥ ${must.atLeast}` : `≤ ${must.atMost}`,
    aim,
    met,
  }
}

const compared = (ours: number, yardstick: number, compare: Row['compare']): number =>
  compare === 'absolute' ? ours : compare === 'difference' ? ours - yardstick : ours / yardstick

const short = (value: number): string => (Number.isNaN(value) ? '–' : value >= 1000 ? String(Math.round(value)) : value.toPrecision(3))

export function print(results: readonly Result[]): string {
  const head = ['row', 'ours', 'yardstick', 'value', 'spread', 'must', 'aim', '']
  const lines = results.map(({ name, ours, yardstick, value, spread, must, aim, met }) => [
    name,
    short(ours),
    short(yardstick),
    short(value),
    `${short(spread[0])}–${short(spread[1])}`,
    must,
    String(aim ?? '–'),
    met === undefined ? '' : met ? 'met' : 'NOT MET',
  ])
  const widths = head.map((title, column) => Math.max(title.length, ...lines.map((line) => line[column]!.length)))
  return [head, ...lines]
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
