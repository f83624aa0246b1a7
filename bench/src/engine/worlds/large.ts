/** L: one user with 2,000 statements, ten in a policy, and SCPs. Many share an action and differ in the resource. */
import { type Chance, chanceOf } from '../chance.js'
import { type Asked, objectKey, ownPolicy, questionsOf, type Statement, type World } from '../world.js'
import { scps } from './organization.js'
import { services } from './services.js'

const PER_POLICY = 10

/** Every tenth denies. */
const denies = (at: number): boolean => at % 10 === 9
/** Every fifth wants a tag; what it wants depends on its number. */
const hasCondition = (at: number): boolean => at % 5 === 1

const serviceOf = (at: number) => services[Math.floor(at / 10) % services.length]!
const thing = (at: number): string => `${['web', 'mail', 'shop', 'data'][at % 4]}-${at}`

function statement(at: number): Statement {
  const { name, front, reads, writes } = serviceOf(at)
  const own = `${front}${thing(at)}`
  if (denies(at)) return { Sid: `Locked${at}`, Effect: 'Deny', Action: `${name}:*`, Resource: `${front}${thing(at - 1)}/locked/*` }
  return {
    Effect: 'Allow',
    Action: [...(at % 3 === 0 ? [`${name}:Get*`, `${name}:BatchGet*`] : []), ...[...reads, ...writes].map((one) => `${name}:${one}`)],
    Resource: [own, `${own}/*`],
    ...(hasCondition(at) && { Condition: { StringEquals: { 'aws:ResourceTag/stage': `stage-${at % 7}` } } }),
  }
}

export function large(questions: number, statements = 2000, seed = 3): World {
  const numbers = Array.from({ length: statements }, (_, at) => at)
  const managed = Array.from({ length: statements / PER_POLICY }, (_, at) =>
    ownPolicy(`team-${at}`, ...numbers.slice(at * PER_POLICY, (at + 1) * PER_POLICY).map(statement)),
  )
  const allows = numbers.filter((at) => !denies(at))
  const conditional = allows.filter(hasCondition)
  const lockedThings = numbers.filter(denies).map((at) => at - 1)
  const at = (chance: Chance, which: readonly number[], below: string, context: Asked['context'] = {}): Asked => {
    const number = chance.pick(which)
    const { name, front, reads, writes } = serviceOf(number)
    return {
      action: `${name}:${chance.pick([...reads, ...writes])}`,
      resource: [`${front}${thing(number)}`, `/${below}${objectKey(chance)}`],
      context: { ...(hasCondition(number) && { 'aws:ResourceTag/stage': `stage-${number % 7}` }), ...context },
    }
  }
  return {
    name: 'L',
    managed,
    users: [{ name: 'dana', attached: managed.map((_, index) => index), inline: [], tags: { 'aws:PrincipalTag/team': 'blue' } }],
    scps,
    buckets: new Map(),
    questions: questionsOf(questions, chanceOf(seed), {
      Allowed: [(chance) => at(chance, allows, ''), (chance) => at(chance, allows, 'open/')],
      ImplicitDeny: [
        (chance) => {
          const number = chance.pick(allows)
          return { ...at(chance, [number], ''), action: `${serviceOf(number).name}:${serviceOf(number).never}` }
        },
        (chance) => at(chance, conditional, '', { 'aws:ResourceTag/stage': 'another' }),
        (chance) => {
          const asked = at(chance, allows, '')
          return { ...asked, resource: [`${asked.resource[0]}x`, asked.resource[1]] }
        },
      ],
      ExplicitDeny: [
        (chance) => at(chance, lockedThings, 'locked/'),
        (chance) => at(chance, allows, '', { 'aws:RequestedRegion': 'ap-southeast-1' }),
      ],
    }),
  }
}
