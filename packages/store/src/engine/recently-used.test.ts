import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { RecentlyUsed } from './recently-used.js'

test('whatever is set, used, deleted and removed, the oldest is what was not used for the longest time', () => {
  const key = fc.constantFrom('a', 'b', 'c', 'd', 'e')
  const step = fc.oneof(
    { weight: 3, arbitrary: fc.record({ act: fc.constant('set' as const), key }) },
    fc.record({ act: fc.constantFrom('use' as const, 'peek' as const, 'delete' as const), key }),
    { weight: 2, arbitrary: fc.record({ act: fc.constant('removeOldest' as const), key }) },
    { weight: 1, arbitrary: fc.record({ act: fc.constantFrom('clear' as const), key }) },
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200, size: 'max' }), (steps) => {
      const map = new RecentlyUsed<string>()
      let expected: string[] = []
      for (const { act, key: wanted } of steps) {
        const has = expected.includes(wanted) ? wanted : undefined
        const others = expected.filter((other) => other !== wanted)
        if (act === 'set') {
          map.set(wanted, wanted)
          expected = [...others, wanted]
        } else if (act === 'use') {
          assert.equal(map.use(wanted), has)
          expected = has ? [...others, wanted] : others
        } else if (act === 'peek') assert.equal(map.peek(wanted), has)
        else if (act === 'delete') {
          map.delete(wanted)
          expected = others
        } else if (act === 'removeOldest') assert.equal(map.removeOldest(), expected.shift())
        else {
          map.clear()
          expected = []
        }
        assert.equal(map.size, expected.length)
      }
    }),
  )
})
