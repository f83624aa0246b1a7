/** Decisions in each world, beside look-ups of a composed key in the same run, and how long the slowest of a hundred takes. */
import type { Row } from '../../rows.js'
import { asking, decisions, lookUps, ninetyNinth } from '../asking.js'
import { alone, inTurn, type Measured } from '../measured.js'
import { prepared } from '../prepared.js'
import { disagreements } from '../reference.js'
import type { World } from '../world.js'
import { hostile, large, many, medium, STATEMENTS, small } from '../worlds/index.js'

/** Different questions in a world; each is asked again and again in other contexts. */
const QUESTIONS = 100_000
const WARM_UP_SECONDS = 1.5
const LATENCY_ROUNDS = 7
const LATENCY_REQUESTS = 4000

interface Measurement {
  readonly world: () => World
  readonly toReference: number
  readonly atLeast: number
  readonly aim: number
  readonly microseconds: number
}

const measurements = {
  S: { world: () => small(QUESTIONS), toReference: 2000, atLeast: 1.3, aim: 2.8, microseconds: 2 },
  M: { world: () => medium(QUESTIONS), toReference: 300, atLeast: 0.4, aim: 0.8, microseconds: 5 },
  L: { world: () => large(QUESTIONS), toReference: 60, atLeast: 0.2, aim: 0.35, microseconds: 15 },
  XL: { world: () => many(QUESTIONS), toReference: 1000, atLeast: 0.12, aim: 0.25, microseconds: 20 },
} satisfies Record<string, Measurement>

export const decisionsIn = (name: keyof typeof measurements) => (): Measured => {
  const { world: make, toReference, atLeast, aim, microseconds } = measurements[name]
  const world = make()
  const sets = prepared(world)
  const asks = asking(world, sets)
  const look = lookUps(world)
  if (world.users.length > 1) asks.all(decisions)
  asks.round(decisions, WARM_UP_SECONDS)
  look()
  const figures = inTurn(
    () => 1 / asks.round(decisions),
    () => 1 / look(),
  )
  const slowest = Array.from({ length: LATENCY_ROUNDS }, () => ninetyNinth(asks, LATENCY_REQUESTS))
  const rows: Row[] = [
    { name: `engine ${name}: decisions ÷ look-ups of a composed key`, unit: '1/cpu s', must: { atLeast }, aim, figures },
    alone(`engine ${name}: p99 of one decision, µs`, 'µs', microseconds, microseconds / 2, slowest),
  ]
  return { rows, asked: asks.asked(), wrong: asks.wrong(), checked: toReference, disagreed: disagreements(world, sets, toReference) }
}

export function hostileDecisions(): Measured {
  const world = hostile(2000)
  const sets = prepared(world)
  const asks = asking(world, sets)
  asks.round(decisions, WARM_UP_SECONDS)
  const rounds = Array.from({ length: 5 }, () => (asks.round(decisions, 0.5) / STATEMENTS) * 1e9)
  const checked = 20
  return {
    rows: [alone('engine H: time per statement, ns', 'ns', 150, 60, rounds)],
    asked: asks.asked(),
    wrong: asks.wrong(),
    checked,
    disagreed: disagreements(world, sets, checked),
  }
}
