/** What a decision costs with more statements, and with more principals. */
import { asking, decisions } from '../asking.js'
import { inTurn, type Measured } from '../measured.js'
import { prepared } from '../prepared.js'
import type { World } from '../world.js'
import { large, many } from '../worlds/index.js'

const WARM_UP_SECONDS = 1
const QUESTIONS = 20_000

interface Growth {
  readonly name: string
  readonly big: () => World
  readonly little: () => World
  readonly atMost: number
  readonly aim: number
}

const growths = {
  statements: {
    name: 'engine: cost of 2,000 statements ÷ 100, one principal',
    big: () => large(QUESTIONS, 2000),
    little: () => large(QUESTIONS, 100),
    atMost: 4,
    aim: 2,
  },
  principals: {
    name: 'engine: cost with 40,000 principals ÷ 100',
    big: () => many(4 * QUESTIONS, 40_000),
    little: () => many(4 * QUESTIONS, 100),
    atMost: 2,
    aim: 1.5,
  },
} satisfies Record<string, Growth>

export const growthWith = (what: keyof typeof growths) => (): Measured => {
  const { name, big, little, atMost, aim } = growths[what]
  const [more, fewer] = [big(), little()].map((world) => asking(world, prepared(world))) as [
    ReturnType<typeof asking>,
    ReturnType<typeof asking>,
  ]
  if (what === 'principals') for (const each of [more, fewer]) each.all(decisions)
  more.round(decisions, WARM_UP_SECONDS)
  fewer.round(decisions, WARM_UP_SECONDS)
  const figures = inTurn(
    () => more.round(decisions),
    () => fewer.round(decisions),
  )
  return {
    rows: [{ name, unit: 's', must: { atMost }, aim, figures }],
    asked: more.asked() + fewer.asked(),
    wrong: more.wrong() + fewer.wrong(),
    checked: 0,
    disagreed: 0,
  }
}
