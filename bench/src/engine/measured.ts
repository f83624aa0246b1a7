/** What one program of the benchmark found: rows, and how many answers were not the right ones. */
import type { Row } from '../rows.js'

export interface Measured {
  readonly rows: readonly Row[]
  /** Answers given while measuring, and those of them that were not what the world was made for. */
  readonly asked: number
  readonly wrong: number
  /** Answers that were also asked of the reference, and those of them on which it says something else. */
  readonly checked: number
  readonly disagreed: number
}

/** Rounds in turn, so that a busy moment meets both sides; the first of each is thrown away. */
export function inTurn(ours: () => number, yardstick: () => number, rounds = 5): { ours: number[]; yardstick: number[] } {
  ours()
  yardstick()
  const figures = { ours: [] as number[], yardstick: [] as number[] }
  for (let round = 0; round < rounds; round++) {
    figures.yardstick.push(yardstick())
    figures.ours.push(ours())
  }
  return figures
}

/** A figure without a yardstick. */
export const alone = (name: string, unit: string, atMost: number, aim: number, ours: readonly number[]): Row => ({
  name,
  unit,
  must: { atMost },
  aim,
  figures: { ours, yardstick: [] },
  compare: 'absolute',
})
