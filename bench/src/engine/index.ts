/**
 * The rows of the engine: what a decision costs in five worlds, and what it costs to keep them ready. A world follows from a seed, is
 * asked with fresh requests only, and knows the answer to each. `world.ts` says what a world is, `programs/decisions.ts` how it is asked.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Row } from '../rows.js'
import type { Measured } from './measured.js'
import { peerGroup } from './peers/index.js'
import type { ProgramName } from './programs/index.js'

const program = fileURLToPath(new URL('./measure.js', import.meta.url))

/** A process for each, so that none runs in code that another has shaped. */
function measured(name: ProgramName): Measured {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, name], { maxBuffer: 2 ** 26 })
  if (status !== 0) throw new Error(`the program ${name} ended with ${status}: ${stderr}`)
  return JSON.parse(String(stdout)) as Measured
}

/** Rows of the programs, and one for what was wrong in any of them. */
function rowsOf(group: string, names: readonly ProgramName[]): Row[] {
  const all = names.map(measured)
  const sum = (count: (found: Measured) => number): number => all.reduce((total, found) => total + count(found), 0)
  const asked = sum((found) => found.asked)
  const checked = sum((found) => found.checked)
  return [
    ...all.flatMap(({ rows }) => rows),
    {
      name: `${group}: wrong answers of ${asked}, and of ${checked} asked of the reference too`,
      unit: '',
      must: { atMost: 0 },
      aim: 0,
      figures: { ours: [sum((found) => found.wrong + found.disagreed)], yardstick: [] },
      compare: 'absolute',
    },
  ]
}

const groups: Readonly<Record<string, readonly ProgramName[]>> = {
  'engine-decisions': ['S', 'M', 'L', 'XL', 'H'],
  'engine-costs': ['statements', 'principals', 'explaining', 'changing', 'compiling', 'memory'],
}

export const engineGroups = [...Object.entries(groups).map(([name, names]) => ({ name, rows: async () => rowsOf(name, names) })), peerGroup]
