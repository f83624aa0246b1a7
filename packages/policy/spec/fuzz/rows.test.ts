import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decide } from '#engine/evaluate/decide.js'
import { relabelled, rows } from '#engine/evaluate/rows.test.support.js'
import { questionsOf } from './compare.js'
import { makeWorld, type World } from './generate.js'
import { Random } from './random.js'

const SEED = 7
const MOST_WORLDS = 12_000

test('generated cases reach every row of the tables: without it, one of them is decided differently', () => {
  const random = new Random(SEED)
  let unreached = rows
  for (let made = 0; made < MOST_WORLDS && unreached.length > 0; made++) {
    const world = makeWorld(random, 2, 0.6)
    const before = decisionsOf(world, 'before')
    unreached = unreached.filter(({ without }, index) => without(() => decisionsOf(world, `without${index}`)) === before)
  }
  assert.deepEqual(
    unreached.map(({ table, name }) => `${table}: ${name}`),
    [],
  )
})

function decisionsOf(world: World, sid: string): string {
  const policies = relabelled(world.policies, sid) as World['policies']
  return [...questionsOf({ ...world, policies })].map(({ request, inForce }) => decide(request, inForce).verdict).join()
}
