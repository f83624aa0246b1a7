/** What all groups of rows share: how a row is made and told of, where its data goes, and how two works are measured in turn. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Figures, Row, Unmeasured } from './rows.js'

export type MakeRows = () => Promise<readonly (Row | Unmeasured)[]>

export interface Group {
  readonly name: string
  readonly rows: MakeRows
}

export const say = (text: string): void => void process.stderr.write(`  ${text}\n`)

const folder = mkdtempSync(join(tmpdir(), 'bailiwick-bench-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))

/** A data folder that is gone when the benchmark has ended. */
export const dataFolder = (name: string): string => join(folder, name)

const ROUNDS = 5

/** Both once without counting, then in turn. */
export async function inTurn(ours: () => Promise<number>, yardstick: () => Promise<number>, rounds = ROUNDS): Promise<Figures> {
  const figures = { ours: [] as number[], yardstick: [] as number[] }
  await yardstick()
  await ours()
  for (let round = 0; round < rounds; round++) {
    figures.yardstick.push(await yardstick())
    figures.ours.push(await ours())
  }
  return figures
}
