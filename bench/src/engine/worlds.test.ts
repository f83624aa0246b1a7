import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decide, type Verdict } from '@bailiwick/policy'
import { inForceOf, prepared, requestOf } from './prepared.js'
import { disagreements } from './reference.js'
import type { World } from './world.js'
import { hostile, large, many, medium, small } from './worlds/index.js'

const worlds: readonly ((questions: number) => World)[] = [
  small,
  medium,
  (questions) => large(questions, 200),
  (questions) => many(questions, 200),
  (questions) => hostile(questions / 10),
]

test('of the questions of every world 60 % are allowed, 30 % denied because nothing allows them, and 10 % denied by a statement', () => {
  for (const make of worlds) {
    const { name, questions } = make(1000)
    const share = (verdict: Verdict) => questions.filter(({ expected }) => expected === verdict).length / questions.length
    assert.deepEqual([name, share('Allowed'), share('ImplicitDeny'), share('ExplicitDeny')], [name, 0.6, 0.3, 0.1])
  }
})

test('the questions of every world have the answers that they were made for, by the engine and by the reference', () => {
  for (const make of worlds) {
    const world = make(1000)
    const sets = prepared(world)
    world.questions.forEach((question, turn) => {
      const request = requestOf(question, world, turn)
      const decision = decide(request, inForceOf(question, sets))
      assert.equal(
        decision.verdict,
        question.expected,
        JSON.stringify({ world: world.name, request, decision }, undefined, 1).slice(0, 2000),
      )
    })
    assert.equal(disagreements(world, sets, 100), 0, world.name)
  }
})

test('a world is the same each time it is made, and another with another seed', () => {
  assert.deepEqual(many(100, 50), many(100, 50))
  assert.notDeepEqual(many(100, 50), many(100, 50, 99))
  assert.deepEqual(large(100, 100).questions, large(100, 100).questions)
})

test('no two requests share an object', () => {
  const world = small(10)
  const [one, other] = [requestOf(world.questions[0]!, world, 1), requestOf(world.questions[0]!, world, 1)]
  assert.deepEqual(one, other)
  assert.notEqual(one.context, other.context)
  assert.notEqual(one.principal, other.principal)
  assert.notEqual(one.resource, other.resource)
})
