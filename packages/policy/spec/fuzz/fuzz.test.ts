import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rows } from '#engine/evaluate/rows.test.support.js'
import { scenarioOf } from './compare.js'
import { fuzz, type Run } from './run.js'

const COMPARED = 60_000
const today = Math.floor(Date.now() / 86_400_000)

function assertAgree({ counts, findings }: Run): void {
  assert.deepEqual(
    findings.map(({ difference, fuzzCase }) => `${difference}: ${JSON.stringify(fuzzCase)}`),
    [],
  )
  assert.ok(counts.compared >= COMPARED)
}

for (const seed of [2012_10_17, today]) {
  test(`the engine decides as the specification does, seed ${seed}`, (context) => {
    context.diagnostic(`seed ${seed}`)
    assertAgree(fuzz(seed, ({ compared }) => compared >= COMPARED))
  })
}

test('every kind of answer is reached often enough to mean something', () => {
  const { counts } = fuzz(7, ({ compared }) => compared >= COMPARED)
  const { decisions, principals, features } = counts.report()
  const total = (prefix: string) =>
    Object.entries(decisions!).reduce((sum, [name, number]) => (name.startsWith(prefix) ? sum + number : sum), 0)
  for (const verdict of ['Allowed', 'ExplicitDeny', 'ImplicitDeny']) assert.ok(total(verdict) > COMPARED / 12, verdict)
  assert.equal(Object.keys(principals!).length, 8)
  for (const feature of ['NotAction', 'NotResource', 'NotPrincipal', 'not understood', 'Version 2008-10-17', 'variable in Resource']) {
    assert.ok(features![feature]! > 20, feature)
  }
})

test('an engine that forgot a row is found out, with a case of one statement', () => {
  const forgotten = rows.find(({ name }) => name === 'trust withLimits direct')!
  const { findings } = forgotten.without(() => fuzz(1, ({ compared }) => compared >= COMPARED))
  assert.ok(findings.length > 0)
  const [{ fuzzCase }] = findings as [(typeof findings)[number]]
  assert.deepEqual(Object.keys(fuzzCase.policies), ['trust'])
  assert.ok(JSON.stringify(fuzzCase.policies).length < 160, JSON.stringify(fuzzCase))
  assert.deepEqual(scenarioOf(fuzzCase, 'found'), { id: 'found', ...fuzzCase, expected: 'allowed' })
})
