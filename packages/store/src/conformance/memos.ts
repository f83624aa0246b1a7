/** Memos: kept while right, never stale, never of a state that was not committed. */
import assert from 'node:assert/strict'
import type { Memo, Reader, Store } from '../store.js'
import { type Scenario, save, user, users } from './fixtures.js'

/** A memo that says how often it was computed. */
function counted<T>(name: string, compute: (reader: Reader, id: string) => Promise<T>, most?: number) {
  const memo = {
    name,
    computed: 0,
    compute(reader: Reader, id: string) {
      memo.computed++
      return compute(reader, id)
    },
    ...(most && { most }),
  }
  return memo
}

const latestMemo = async <T>(store: Store, memo: Memo<T>, id: string): Promise<T> => (await store.readAt('latest')).memo(memo, id)

/** Every way of reading, and what it reads of the same users. */
const ways: readonly (readonly [string, (reader: Reader) => Promise<unknown>])[] = [
  ['get', (reader) => reader.get(users, 'a', '1')],
  ['get of nobody', (reader) => reader.get(users, 'a', 'new')],
  ['find', (reader) => reader.find(users, 'name', 'a', 'NAME-1')],
  ['find of nobody', (reader) => reader.find(users, 'name', 'a', 'Wanted')],
  ['all', async (reader) => await reader.all(users, 'group', 'a', 'g')],
  ['get each', async (reader) => await reader.getEach(users, 'a', ['1', 'new'])],
  ['all of each', async (reader) => await reader.allEach(users, 'group', 'a', ['g', 'h'])],
  ['count of each', (reader) => reader.countEach(users, 'group', 'a', ['g', 'h'])],
  ['list of equals', async (reader) => (await reader.list(users, 'group', 'a', { equals: 'g', limit: 10 })).items],
  ['list', async (reader) => (await reader.list(users, 'name', 'a', { limit: 10 })).items],
  ['list of a prefix', async (reader) => (await reader.list(users, 'name', 'a', { prefix: 'w', limit: 10 })).items],
  ['count', (reader) => reader.count(users, 'a')],
]

export function memos(scenario: Scenario): void {
  scenario('an answer is computed once, and again after a change to what it read', async (store) => {
    await save(store, user('1', { groups: ['g'] }), user('2'))
    const memosOfWays = ways.map(([way, read]) => counted(way, read))
    const check = async (when: string) => {
      const reader = await store.readAt('latest')
      for (const [i, memo] of memosOfWays.entries()) {
        assert.deepEqual(await reader.memo(memo, 'id'), await ways[i]![1](reader), `${memo.name}, ${when}`)
      }
    }
    const computed = () => Object.fromEntries(memosOfWays.map((memo) => [memo.name, memo.computed]))
    await check('first')
    await check('again')
    assert.deepEqual(new Set(Object.values(computed())), new Set([1]))

    await save(store, user('2', { n: 1 }))
    await check('after a change elsewhere')
    const [once, twice] = [1, 2]
    assert.deepEqual(computed(), {
      get: once,
      'get of nobody': once,
      find: once,
      'find of nobody': once,
      all: once,
      'get each': once,
      'all of each': once,
      'count of each': once,
      'list of equals': once,
      list: twice,
      'list of a prefix': twice,
      count: twice,
    })
    await save(store, user('1', { groups: ['g'], n: 5 }))
    await check('after an update')
    await save(store, user('2', { groups: ['g'] }))
    await check('after another joined')
    await save(store, user('new', { name: 'wanted' }))
    await check('after a creation')
    await store.transact((tx) => tx.delete(users, 'a', '1'))
    await check('after a deletion')
    await save(store, user('2', { name: 'NAME-1' }))
    await check('after a name passed on')
    await save(store, user('2', { name: 'other' }))
    await check('after a group was left')
  })

  scenario('a memo within a memo passes on what it depends on', async (store) => {
    await save(store, user('1', { n: 1 }), user('2', { n: 1 }))
    const inner = counted('inner', async (reader, id) => (await reader.get(users, 'a', id))?.n ?? 0)
    const outer = counted('outer', async (reader) => (await reader.memo(inner, '1')) + (await reader.memo(inner, '2')))
    assert.equal(await latestMemo(store, outer, 'sum'), 2)
    await save(store, user('1', { n: 5 }))
    assert.equal(await latestMemo(store, outer, 'sum'), 6)
    assert.deepEqual([inner.computed, outer.computed], [3, 2])
    await save(store, user('2', { n: 7 }))
    assert.equal(await latestMemo(store, inner, '2'), 7)
    assert.equal(await latestMemo(store, outer, 'sum'), 12, 'the inner answer was kept already when the outer one was computed')
    await save(store, user('2', { n: 8 }))
    assert.equal(await latestMemo(store, outer, 'sum'), 13)
  })

  scenario('a transaction is served what is kept until it changes what that depends on, and keeps nothing of its own', async (store) => {
    await save(store, user('1', { n: 1 }), user('2'))
    const n = counted('n', async (reader, id) => (await reader.get(users, 'a', id))?.n)
    assert.equal(await latestMemo(store, n, '1'), 1)
    const failing = store.transact(async (tx) => {
      await tx.put(users, 'a', user('2', { n: 9 }))
      assert.equal(await tx.memo(n, '1'), 1)
      assert.equal(n.computed, 1)
      await tx.put(users, 'a', user('1', { n: 2 }))
      assert.equal(await tx.memo(n, '1'), 2)
      assert.equal(await latestMemo(store, n, '1'), 1, 'others still see what is committed')
      assert.equal(await tx.memo(n, '2'), 9)
      throw new Error('no')
    })
    await assert.rejects(failing, /no/)
    assert.equal(await latestMemo(store, n, '1'), 1)
    assert.equal(await latestMemo(store, n, '2'), undefined)
    const group = [1, 2, 3].map((i) =>
      store.transact(async (tx) => {
        const before = await tx.memo(n, '1')
        await tx.put(users, 'a', user('1', { n: before! + i }))
        return tx.memo(n, '1')
      }),
    )
    assert.deepEqual(
      (await Promise.all(group)).map(({ result }) => result),
      [2, 4, 7],
    )
    assert.equal(await latestMemo(store, n, '1'), 7)
  })

  scenario('a computation shared with a transaction is never that of the transaction', async (store) => {
    await save(store, user('1', { n: 1 }))
    const n = counted('n', async (reader, id) => (await reader.get(users, 'a', id))?.n)
    await store.transact(async (tx) => {
      await tx.put(users, 'a', user('1', { n: 2 }))
      const other = await store.readAt('latest')
      assert.deepEqual(await Promise.all([tx.memo(n, '1'), other.memo(n, '1'), tx.memo(n, '1')]), [2, 1, 2])
    })
    assert.equal(await latestMemo(store, n, '1'), 2)
  })

  scenario('a reader of an old revision gets the old answer, and leaves the new one alone', async (store) => {
    await save(store, user('1', { n: 1 }))
    const old = await store.readAt('latest')
    await save(store, user('1', { n: 2 }))
    const n = counted('n', async (reader, id) => (await reader.get(users, 'a', id))?.n)
    assert.equal(await latestMemo(store, n, '1'), 2)
    assert.equal(await old.memo(n, '1'), 1)
    assert.equal(await latestMemo(store, n, '1'), 2)
    assert.equal(n.computed, 2)
  })

  scenario('an answer whose ground changed while it was computed is not kept', async (store) => {
    await save(store, user('1', { n: 1 }))
    let change: (() => Promise<unknown>) | undefined = () => save(store, user('1', { n: 2 }))
    const slow = counted('slow', async (reader, id) => {
      const meanwhile = change
      change = undefined
      await meanwhile?.()
      return (await reader.get(users, 'a', id))?.n
    })
    assert.equal(await latestMemo(store, slow, '1'), 1)
    assert.equal(await latestMemo(store, slow, '1'), 2)
  })

  scenario('those who ask at the same time share a computation', async (store) => {
    await save(store, user('1', { n: 1 }))
    const n = counted('n', async (reader, id) => (await reader.get(users, 'a', id))?.n)
    const reader = await store.readAt('latest')
    assert.deepEqual(await Promise.all(Array.from({ length: 20 }, () => reader.memo(n, '1'))), Array(20).fill(1))
    assert.equal(n.computed, 1)
  })

  scenario('a computation that fails is tried again', async (store) => {
    let fail = true
    const memo = counted('fails', async () => {
      if (fail) throw new Error('no')
      return 'yes'
    })
    await assert.rejects(latestMemo(store, memo, 'x'), /no/)
    fail = false
    assert.equal(await latestMemo(store, memo, 'x'), 'yes')
  })

  scenario('no more answers are kept than asked for, and the least recently used goes first', async (store) => {
    const memo = counted('few', async (_, id) => id, 3)
    for (const id of ['a', 'b', 'c', 'a', 'd', 'a', 'c', 'd']) assert.equal(await latestMemo(store, memo, id), id)
    assert.equal(memo.computed, 4)
    await latestMemo(store, memo, 'b')
    assert.equal(memo.computed, 5)
  })

  scenario('what a unique index finds is found afresh when the record or its name changes, whoever declared the table', async (store) => {
    const same = () => {
      const { name } = users.indexes
      return { ...users, indexes: { name, key: { values: (found: { id: string }) => [found.id], unique: true } } } as const
    }
    const tables = [same(), same()] as const
    const found = async (value: string, index: 'name' | 'key') => {
      const reader = await store.readAt('latest')
      return Promise.all(tables.map(async (table) => (await reader.find(table, index, 'a', value))?.n))
    }
    const put = (n: number, name: string) => store.transact((tx) => tx.put(tables[0], 'a', { id: '1', name, groups: [], n }))
    assert.deepEqual(await found('x', 'name'), [undefined, undefined])
    await put(1, 'x')
    for (const value of ['x', 'X']) assert.deepEqual(await found(value, 'name'), [1, 1])
    assert.deepEqual(await found('1', 'key'), [1, 1])
    await put(2, 'x')
    assert.deepEqual(await found('x', 'name'), [2, 2])
    await put(3, 'y')
    assert.deepEqual(
      [await found('x', 'name'), await found('Y', 'name'), await found('1', 'key')],
      [
        [undefined, undefined],
        [3, 3],
        [3, 3],
      ],
    )
  })

  scenario('two memos of one name are refused', async (store) => {
    await latestMemo(store, { name: 'same', compute: async () => 1 }, 'x')
    const reader = await store.readAt('latest')
    await assert.rejects(async () => reader.memo({ name: 'same', compute: async () => 2 }, 'x'), /two memos/)
  })
}
