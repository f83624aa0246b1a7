/** Asks the reference evaluator too, which is slow, about some of the questions of a world. */
import { evaluate } from '../../../packages/policy/spec/dist/index.js'
import { inForceOf, requestOf, type Sets } from './prepared.js'
import type { World } from './world.js'

/** How many of `count` questions, taken evenly, the reference answers otherwise than the world was made for. */
export function disagreements(world: World, sets: Sets, count: number): number {
  const { questions } = world
  const step = Math.floor(questions.length / count)
  let found = 0
  for (let at = 0; at < count; at++) {
    const question = questions[at * step]!
    const { verdict } = evaluate(requestOf(question, world, at), inForceOf(question, sets))
    if (verdict !== question.expected) found++
  }
  return found
}
