/** Asks a second time, somebody slower, about some of the questions of a world. */
import { explain } from '@bailiwick/policy'
import { inForceOf, requestOf, type Sets } from './prepared.js'
import type { World } from './world.js'

/** How many of `count` questions, taken evenly, have another answer than the world was made for. */
export function disagreements(world: World, sets: Sets, count: number): number {
  const step = Math.max(1, Math.floor(world.questions.length / count))
  let found = 0
  for (let at = 0; at < world.questions.length; at += step) {
    const question = world.questions[at]!
    const { decision } = explain(requestOf(question, world, at), inForceOf(question, sets))
    if (decision.verdict !== question.expected) found++
  }
  return found
}
