/** One run of the fuzzer: worlds from a seed, each compared, each disagreement made small. */
import { type Compared, compareCase, compareWorld } from './compare.js'
import { Counts } from './counts.js'
import { type FuzzCase, makeWorld } from './generate.js'
import { minimise } from './minimise.js'
import { Random } from './random.js'

const REQUESTS_PER_WORLD = 40
/** A broken engine disagrees with everything; this many are enough to start with. */
const MOST_FINDINGS = 10

export interface Finding {
  readonly seed: number
  readonly difference: string
  /** As small as it gets. */
  readonly fuzzCase: FuzzCase
}

export interface Run {
  readonly counts: Counts
  readonly findings: readonly Finding[]
}

/** Goes on until `isEnough`, which is asked after every world. */
export function fuzz(seed: number, isEnough: (counts: Counts) => boolean): Run {
  const random = new Random(seed)
  const counts = new Counts()
  const findings: Finding[] = []
  while (findings.length < MOST_FINDINGS && !isEnough(counts)) {
    const world = makeWorld(random, REQUESTS_PER_WORLD)
    let index = 0
    for (const compared of compareWorld(world)) {
      if (index === 0) counts.addPolicies(compared.question.inForce)
      counts.add(compared)
      if (compared.difference !== undefined) {
        findings.push(found(seed, { policies: world.policies, ...world.requests[index]! }, compared))
        // One for each world: its other requests mostly show the same.
        break
      }
      index++
    }
  }
  return { counts, findings }
}

function found(seed: number, whole: FuzzCase, { difference }: Compared): Finding {
  // What goes wrong only after the world's other requests is kept as it is.
  if (compareCase(whole).difference === undefined) return { seed, difference: `${difference} (not alone)`, fuzzCase: whole }
  const fuzzCase = minimise(whole, (smaller) => compareCase(smaller).difference !== undefined)
  return { seed, difference: compareCase(fuzzCase).difference!, fuzzCase }
}
