/** Rounds of decisions on fresh requests, and of the look-ups that they are compared with. */
import { type AuthorizationRequest, decide, type PoliciesInForce, type Verdict } from '@bailiwick/policy'
import { inForceOf, requestOf, type Sets } from './prepared.js'
import { flat, type World } from './world.js'

/** Few at a time: whoever asks has just made the request, and it is still near the processor. */
const BATCH = 200
const ROUND_SECONDS = 0.25

/** Requests made beforehand, so that making them does not count. */
export interface Batch {
  readonly requests: readonly AuthorizationRequest[]
  readonly inForce: readonly PoliciesInForce[]
  readonly expected: readonly Verdict[]
}

/** Work on one batch; answers how many of its answers were wrong. */
export type Work = (batch: Batch) => number

export interface Asking {
  /** Batches until `seconds` of CPU time have gone by; CPU-seconds for one request. */
  readonly round: (work: Work, seconds?: number) => number
  /** Every question once, so that nothing is left to be made ready. */
  readonly all: (work: Work) => void
  readonly batch: (size: number) => Batch
  /** Of all rounds together. */
  readonly wrong: () => number
  readonly asked: () => number
}

export function asking(world: World, sets: Sets): Asking {
  const { questions } = world
  let turn = 0
  let wrong = 0
  let asked = 0
  const batch = (size: number): Batch => {
    const some = Array.from({ length: size }, () => questions[turn++ % questions.length]!)
    return {
      requests: some.map((question, at) => requestOf(question, world, turn + at)),
      inForce: some.map((question) => inForceOf(question, sets)),
      expected: some.map(({ expected }) => expected),
    }
  }
  return {
    batch,
    wrong: () => wrong,
    asked: () => asked,
    all(work) {
      for (let done = 0; done < questions.length; done += BATCH) wrong += work(batch(BATCH))
      asked += questions.length
    },
    round(work, seconds = ROUND_SECONDS) {
      let used = 0
      let done = 0
      while (used < seconds) {
        const made = batch(BATCH)
        const before = process.cpuUsage()
        wrong += work(made)
        const { user, system } = process.cpuUsage(before)
        used += (user + system) / 1e6
        done += BATCH
      }
      asked += done
      return used / done
    },
  }
}

/** Decides, and looks whether the answer is the one expected. */
export const decisions: Work = ({ requests, inForce, expected }) => {
  let wrong = 0
  for (let at = 0; at < requests.length; at++) if (decide(requests[at]!, inForce[at]!).verdict !== expected[at]) wrong++
  return wrong
}

/**
 * The yardstick: answers looked up by a composed key of principal, action and resource, in a map of all questions; some million a second.
 * It says less than a decision and is wrong after any change. It is given its three parts as flat texts made beforehand: were it asked
 * with the requests themselves it would pay for what a request costs, take twice as long, and be no measure of a look-up.
 * CPU-seconds for one.
 */
export function lookUps(world: World): () => number {
  const answers = new Map<string, Verdict>()
  const parts = world.questions.map((question, at) => {
    const { principal, action, resource } = requestOf(question, world, 0)
    const part = [flat('arn' in principal ? principal.arn : ''), flat(action), flat(resource.arn)] as const
    // Small worlds ask about some things often; a number behind those keeps the map as large in every world.
    const own = answers.has(keyOf(part)) ? ([part[0], part[1], flat(`${part[2]}#${at}`)] as const) : part
    answers.set(flat(keyOf(own)), question.expected)
    return own
  })
  return () => {
    let used = 0
    let done = 0
    while (used < ROUND_SECONDS) {
      const before = process.cpuUsage()
      for (const part of parts) if (answers.get(keyOf(part)) === undefined) throw new Error('an answer is missing')
      const { user, system } = process.cpuUsage(before)
      used += (user + system) / 1e6
      done += parts.length
    }
    return used / done
  }
}

const keyOf = ([principal, action, resource]: readonly [string, string, string]): string => `${principal} ${action} ${resource}`

/**
 * Wall-clock microseconds that 99 of 100 decisions do not exceed, each on a request that was just made. What reading the clock takes by
 * itself, half of the time, is taken off.
 */
export function ninetyNinth({ batch }: Asking, decided: number): number {
  const took = new Float64Array(decided)
  const clock = new Float64Array(decided)
  for (let done = 0; done < decided; done += BATCH) {
    const { requests, inForce } = batch(BATCH)
    for (let at = 0; at < BATCH; at++) {
      const began = performance.now()
      decide(requests[at]!, inForce[at]!)
      const ended = performance.now()
      took[done + at] = ended - began
      clock[done + at] = performance.now() - ended
    }
  }
  return (took.sort()[Math.floor(decided * 0.99)]! - clock.sort()[decided >> 1]!) * 1000
}
