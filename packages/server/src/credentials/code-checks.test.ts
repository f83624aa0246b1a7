import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CodeChecks } from './code-checks.js'

const boundary = 180_000 * 10_000
const nine = ['1', '2', '3', '4', '5', '6', '7', '8', '9']

/** Of calls with these ids, those that may look. */
const looking = (checks: CodeChecks, ids: readonly string[], now: number, device = 'phone'): string[] =>
  ids.filter((id) => checks.mayLook(device, id, now))

test('[item 5] the codes of nine calls are looked at in three minutes, those of each device for themselves', () => {
  const checks = new CodeChecks()
  assert.deepEqual(looking(checks, [...nine, '10', '11'], boundary), nine)
  assert.deepEqual(looking(checks, ['12'], boundary + 179_999), [])
  assert.deepEqual(looking(checks, ['13'], boundary, 'spare'), ['13'])
  assert.deepEqual(looking(checks, [...nine, '10', '11'], boundary + 180_000), nine)
})

test('[item 5] the three minutes are those of UTC, whenever the first code came', () => {
  const checks = new CodeChecks()
  assert.deepEqual(looking(checks, [...nine, '10'], boundary - 8_000), nine)
  assert.deepEqual(looking(checks, ['10'], boundary - 1), [])
  assert.deepEqual(looking(checks, ['10'], boundary), ['10'])
})

test('[item 5] a call counts once, however often it looks', () => {
  const checks = new CodeChecks()
  for (const id of nine) assert.deepEqual(looking(checks, [id, id, id], boundary), [id, id, id])
  assert.deepEqual(looking(checks, ['10', ...nine], boundary), nine)
})

test('[item 5] calls that come late set nothing back, and a clock that was set does not stop them for good', () => {
  const checks = new CodeChecks()
  assert.deepEqual(looking(checks, nine.slice(0, 5), boundary), nine.slice(0, 5))
  assert.deepEqual(looking(checks, nine.slice(5), boundary - 1), nine.slice(5))
  for (const at of [boundary, boundary - 1]) assert.deepEqual(looking(checks, ['10'], at), [])
  assert.deepEqual(looking(checks, nine, boundary - 86_400_000), nine)
})
