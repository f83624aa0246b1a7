/** H: one user with 2,000 statements of `Action: "*"`, infix wildcards and conditions, where no index helps. */
import { type Chance, chanceOf } from '../chance.js'
import { type Asked, ownPolicy, questionsOf, type Statement, type World } from '../world.js'

export const STATEMENTS = 2000
const PER_POLICY = 20
const denies = (at: number): boolean => at % 10 === 9

const statement = (at: number): Statement => ({
  Effect: denies(at) ? 'Deny' : 'Allow',
  Action: '*',
  Resource: `arn:aws:s3:::*-data-${at}-*/*.json`,
  Condition: {
    StringLike: { 'aws:RequestTag/path': `*/stage-${at % 7}/*` },
    IpAddress: { 'aws:SourceIp': '10.0.0.0/8' },
  },
})

const ask = (chance: Chance, at: number, stage: number, ending = 'json'): Asked => ({
  action: `s3:${chance.pick(['GetObject', 'PutObject', 'DeleteObject'])}`,
  resource: [`arn:aws:s3:::x${chance.below(1000)}-data-${at}-y/`, `2026/${chance.below(10_000)}.${ending}`],
  context: { 'aws:RequestTag/path': `/a/stage-${stage}/b` },
})

export function hostile(questions: number, seed = 5): World {
  const numbers = Array.from({ length: STATEMENTS }, (_, at) => at)
  const managed = Array.from({ length: STATEMENTS / PER_POLICY }, (_, at) =>
    ownPolicy(`hostile-${at}`, ...numbers.slice(at * PER_POLICY, (at + 1) * PER_POLICY).map(statement)),
  )
  // What allows stands at the end, so that it is not found early.
  const allows = numbers.slice(-100).filter((at) => !denies(at))
  const denying = numbers.filter(denies)
  const own = (from: readonly number[]) => (chance: Chance) => {
    const at = chance.pick(from)
    return ask(chance, at, at % 7)
  }
  return {
    name: 'H',
    managed,
    users: [{ name: 'dana', attached: managed.map((_, index) => index), inline: [], tags: {} }],
    scps: [],
    buckets: new Map(),
    questions: questionsOf(questions, chanceOf(seed), {
      Allowed: [own(allows)],
      ImplicitDeny: [
        (chance) => ask(chance, chance.pick(allows), 9),
        (chance) => ask(chance, STATEMENTS + chance.below(1000), chance.below(7)),
        (chance) => ask(chance, chance.pick(denying), chance.below(7), 'xml'),
      ],
      ExplicitDeny: [own(denying)],
    }),
  }
}
