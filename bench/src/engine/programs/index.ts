/** The programs that measure the engine, each of which runs in a process of its own. `decisions.ts` is the one to read first. */
import type { Measured } from '../measured.js'
import { decisionsIn, hostileDecisions } from './decisions.js'
import { explaining } from './explaining.js'
import { growthWith } from './growth.js'
import { changing, compiling, memory } from './keeping.js'

export const programs = {
  S: decisionsIn('S'),
  M: decisionsIn('M'),
  L: decisionsIn('L'),
  XL: decisionsIn('XL'),
  H: hostileDecisions,
  statements: growthWith('statements'),
  principals: growthWith('principals'),
  compiling,
  memory,
  changing,
  explaining,
} satisfies Record<string, () => Measured>

export type ProgramName = keyof typeof programs
