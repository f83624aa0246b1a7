import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isFresh } from './credential-report.js'

test('a report is good for four hours, and not a millisecond longer', () => {
  const generatedAt = 1_000_000
  const fourHours = 4 * 3_600_000
  assert.equal(isFresh({ generatedAt }, generatedAt), true)
  assert.equal(isFresh({ generatedAt }, generatedAt + fourHours - 1), true)
  assert.equal(isFresh({ generatedAt }, generatedAt + fourHours), false)
})
