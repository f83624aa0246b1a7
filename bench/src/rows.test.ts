import assert from 'node:assert/strict'
import { test } from 'node:test'
import { median, print, resultOf } from './rows.js'
import { oneShotHashes } from './yardsticks/one-shot-hashes.js'

const row = { name: 'row', unit: '1/s', aim: 1 }

test('[item 11] a row compares the medians of its rounds with what it must reach, and says so when it does not', () => {
  const figures = { ours: [10, 20, 30], yardstick: [40, 40, 40] }
  assert.equal(resultOf({ ...row, must: { atLeast: 0.5 }, figures }).met, true)
  const missed = resultOf({ ...row, must: { atLeast: 0.51 }, figures })
  assert.deepEqual([missed.met, missed.value, missed.spread], [false, 0.5, [0.25, 0.75]])
  assert.match(print([missed]), /NOT MET/)
  assert.equal(resultOf({ ...row, must: { atMost: 21 }, figures: { ours: [20], yardstick: [] }, compare: 'absolute' }).met, true)
  assert.equal(resultOf({ ...row, must: { atMost: 1 }, figures: { ours: [3], yardstick: [1] }, compare: 'difference' }).met, false)
  assert.equal(median([3, 1, 2]), 2)
})

test('[item 11] the yardstick of signature checks runs', () => {
  assert.equal(oneShotHashes(3), undefined)
})
