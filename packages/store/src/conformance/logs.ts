/** Logs: appending is idempotent, reading is by time. */
import assert from 'node:assert/strict'
import { defineLog } from '../table.js'
import { code, type Entry, entries, ids, type Scenario } from './fixtures.js'

export function logs(scenario: Scenario): void {
  scenario('appending an entry again does nothing', async (store) => {
    const append = (...batch: Entry[]) =>
      store.transact(async (tx) => {
        for (const entry of batch) tx.append(entries, 'a', entry)
      })
    await append({ id: '1', at: 10, what: 'first' }, { id: '1', at: 11, what: 'repeated at once' })
    await append({ id: '1', at: 12, what: 'repeated' }, { id: '2', at: 12 })
    await Promise.all([append({ id: '3', at: 13 }), append({ id: '3', at: 14 }), append({ id: '2', at: 15 })])
    assert.deepEqual((await store.readLog(entries, 'a', { limit: 10 })).items, [
      { id: '1', at: 10, what: 'first' },
      { id: '2', at: 12 },
      { id: '3', at: 13 },
    ])
    await store.transact(async (tx) => tx.append(entries, 'b', { id: '1', at: 5 }))
    assert.deepEqual(ids((await store.readLog(entries, 'b', { limit: 10 })).items), ['1'])
  })

  scenario('a log is read by time, forwards and backwards, page by page', async (store) => {
    const times = [50, 10, 30, 30, 20, 30, 40, 60, 30, 10]
    await store.transact(async (tx) => {
      for (const [i, at] of times.entries()) tx.append(entries, 'a', { id: `${i}`, at })
    })
    const inOrder = times.map((at, i) => ({ id: `${i}`, at })).sort((a, b) => a.at - b.at || Number(a.id) - Number(b.id))
    const ranges = [
      {},
      { from: 30 },
      { until: 30 },
      { from: 20, until: 41 },
      { from: 30, until: 31 },
      { from: 70 },
      { from: 30, until: 30 },
    ]
    for (const range of ranges) {
      for (const newestFirst of [false, true]) {
        for (const limit of [1, 3, 10]) {
          const read: Entry[] = []
          for (let after: string | undefined, more = true; more; ) {
            const page = await store.readLog(entries, 'a', { ...range, newestFirst, limit, ...(after && { after }) })
            read.push(...page.items)
            after = page.next
            more = after !== undefined
          }
          const { from = 0, until = 1000 } = range as { from?: number; until?: number }
          const expected = inOrder.filter(({ at }) => at >= from && at < until)
          assert.deepEqual(read, newestFirst ? expected.toReversed() : expected, JSON.stringify({ range, newestFirst, limit }))
        }
      }
    }
  })

  scenario('an entry that is text already is kept as that text, if every backend can keep it', async (store) => {
    const lines = defineLog<{ readonly id: string; readonly at: number; readonly line: string }>({
      name: 'test.line',
      id: ({ id }) => id,
      at: ({ at }) => at,
      text: {
        write: ({ id, at, line }) => `${id} ${at} ${line}`,
        read: (text) => {
          const [id = '', at, ...line] = text.split(' ')
          return { id, at: Number(at), line: line.join(' ') }
        },
      },
    })
    const kept = { id: '1', at: 5, line: 'İ 😀 \u{10FFFF} "as it is"\n' }
    await store.transact(async (tx) => {
      for (const line of ['a\0b', '\uD800']) assert.throws(() => tx.append(lines, 'a', { id: 'x', at: 1, line }), TypeError)
      tx.append(lines, 'a', kept)
    })
    const { items } = await store.readLog(lines, 'a', { limit: 5 })
    assert.deepEqual(items, [kept])
    assert.ok(Object.isFrozen(items[0]))
  })

  scenario('entries that are appended once and become durable together are kept as one, others are not', async (store) => {
    interface Words {
      readonly id: string
      readonly at: number
      readonly words: string
      readonly once?: boolean
    }
    const said = defineLog<Words>({
      name: 'test.words',
      id: ({ id }) => id,
      at: ({ at }) => at,
      text: {
        write: ({ id, at, words }) => `${id} ${at} ${words}`,
        read: (text) => {
          const [id = '', at, ...words] = text.split(' ')
          return { id, at: Number(at), words: words.join(' ') }
        },
        join: { once: ({ once }) => once === true, texts: (texts) => texts.join(' + ') },
      },
    })
    const say = (scope: string, entry: Words, fails = false) =>
      store.transact(async (tx) => {
        tx.append(said, scope, entry)
        if (fails) throw new Error('as it should')
      })
    await Promise.all([
      say('a', { id: '1', at: 1, words: 'one', once: true }),
      assert.rejects(say('a', { id: '2', at: 2, words: 'two', once: true }, true)),
      say('b', { id: '3', at: 3, words: 'three', once: true }),
      say('a', { id: '4', at: 4, words: 'four' }),
      say('a', { id: '5', at: 5, words: 'five', once: true }),
    ])
    await say('a', { id: '6', at: 6, words: 'six', once: true })
    const read = async (scope: string) => (await store.readLog(said, scope, { limit: 10 })).items
    assert.deepEqual(await read('a'), [
      { id: '1', at: 1, words: 'one + 5 5 five' },
      { id: '4', at: 4, words: 'four' },
      { id: '6', at: 6, words: 'six' },
    ])
    assert.deepEqual(await read('b'), [{ id: '3', at: 3, words: 'three' }])
  })

  scenario('an entry is frozen, and must have a whole number for its time', async (store) => {
    await store.transact(async (tx) => {
      assert.throws(() => tx.append(entries, 'a', { id: '1', at: 1.5 }), TypeError)
      assert.throws(() => tx.append(entries, 'a', { id: 'a\0', at: 1 }), TypeError)
      tx.append(entries, 'a', { id: '1', at: 1 })
    })
    const { items } = await store.readLog(entries, 'a', { limit: 1 })
    assert.ok(Object.isFrozen(items[0]))
    await assert.rejects(store.readLog(entries, 'a', { limit: 1, after: 'x' }), code('InvalidCursor'))
    await assert.rejects(store.readLog(entries, 'a', { limit: 0 }), RangeError)
  })
}
