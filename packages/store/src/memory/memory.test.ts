import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { storeConformance } from '../conformance/index.js'
import { openStore } from '../index.js'
import { SortedList } from './sorted-list.js'

storeConformance(
  'the store in memory',
  async () => ({ lasting: false, open: (options) => openStore({ ...options, url: 'memory:' }), remove: async () => undefined }),
  'large',
)

test('a sorted list holds and yields what a sorted array does', () => {
  const numbers = fc.array(fc.nat({ max: 5000 }), { maxLength: 3000, size: 'max' })
  fc.assert(
    fc.property(numbers, fc.nat({ max: 5000 }), (added, bound) => {
      const list = new SortedList<number>((a, b) => a - b)
      for (const number of added) list.add(number)
      const sorted = [...added].sort((a, b) => a - b)
      const isBefore = (number: number) => number < bound
      assert.deepEqual(
        [...list.from(isBefore)],
        sorted.filter((number) => !isBefore(number)),
      )
      assert.deepEqual([...list.backFrom(isBefore)], sorted.filter(isBefore).reverse())
      list.removeWhere((number) => number % 2 === 0)
      assert.deepEqual(
        [...list.from(() => false)],
        sorted.filter((number) => number % 2 === 1),
      )
    }),
    { numRuns: 50 },
  )
})
