import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answerOf, scenarios } from '../fixtures.test.support.js'
import { relabelled, rows } from './rows.test.support.js'

const all = scenarios()

test('no row of a table can be left out without a scenario that tells', () => {
  assert.ok(rows.length > 70, `${rows.length} rows`)
  const untold = rows.filter(({ table, name, without }) => {
    const sid = `${table}${name}`.replace(/[^A-Za-z]/g, '')
    return without(() =>
      all.every((scenario) => answerOf({ ...scenario, policies: relabelled(scenario.policies, sid) }).decision === scenario.expected),
    )
  })
  assert.deepEqual(
    untold.map(({ table, name }) => `${table}: ${name}`),
    [],
  )
})

test('with all rows back, everything is as it was', () => {
  for (const scenario of all) assert.equal(answerOf(scenario).decision, scenario.expected, scenario.id)
})
