/** Reading: order, pages, case, and a state that holds still. */
import assert from 'node:assert/strict'
import type { Reader } from '../store.js'
import { code, ids, type Scenario, save, type User, user, users } from './fixtures.js'

/** As it is read together with many others. */
const told = ({ password: _, ...record }: User): User => record

export function reading(scenario: Scenario): void {
  scenario('a reader sees one revision for as long as it is held, whatever others write meanwhile', async (store) => {
    await save(store, user('1', { groups: ['g'] }), user('2', { groups: ['g'] }))
    const reader = await store.readAt('latest')
    await save(store, user('1', { name: 'renamed', n: 1 }), user('3', { groups: ['g'] }))
    await store.transact((tx) => tx.delete(users, 'a', '2'))
    assert.equal(reader.revision, 1)
    assert.deepEqual(await reader.get(users, 'a', '1'), user('1', { groups: ['g'] }))
    assert.equal((await reader.find(users, 'name', 'a', 'name-2'))?.id, '2')
    assert.equal(await reader.find(users, 'name', 'a', 'renamed'), undefined)
    assert.deepEqual(ids(await reader.all(users, 'group', 'a', 'g')), ['1', '2'])
    assert.deepEqual(ids((await reader.list(users, 'name', 'a', { limit: 10 })).items), ['1', '2'])
    assert.equal(await reader.count(users, 'a'), 2)
    const now = await store.readAt('latest')
    assert.deepEqual(ids((await now.list(users, 'name', 'a', { limit: 10 })).items), ['3', '1'])
  })

  scenario('uncommitted changes are seen by nobody else', async (store) => {
    await save(store, user('1'))
    await store.transact(async (tx) => {
      await tx.put(users, 'a', user('1', { n: 1 }))
      const other = await store.readAt('latest')
      assert.equal(other.revision, 1)
      assert.equal((await other.get(users, 'a', '1'))?.n, undefined)
    })
  })

  scenario('scopes do not see each other', async (store) => {
    await save(store, user('1'))
    const reader = await store.readAt('latest')
    assert.equal(await reader.get(users, 'b', '1'), undefined)
    assert.equal(await reader.find(users, 'name', 'b', 'name-1'), undefined)
    assert.equal(await reader.count(users, 'b'), 0)
    assert.deepEqual((await reader.list(users, 'name', '', { limit: 10 })).items, [])
  })

  scenario('names are ordered by code point and only A to Z lose their case', async (store) => {
    const names = ['b', 'A', 'a-', 'é', 'e\u0301', 'İ', 'i', 'ı', 'ß', 'ẞ', '\uFFFD', '😀', '\u{1F9D1}\u200D\u{1F680}', '中', 'Z', 'z!']
    await save(store, ...names.map((name, i) => user(`${i}`, { name })))
    const reader = await store.readAt('latest')
    const { items } = await reader.list(users, 'name', 'a', { limit: 100 })
    const folded = (name: string) => Buffer.from(name.replace(/[A-Z]/g, (letter) => letter.toLowerCase()))
    assert.deepEqual(
      items.map(({ name }) => name),
      [...names].sort((a, b) => Buffer.compare(folded(a), folded(b))),
    )
    for (const [i, name] of names.entries()) assert.equal((await reader.find(users, 'name', 'a', name))?.id, `${i}`)
    for (const other of ['É', 'SS', 'ss', 'i\u0307', '\u00E9\u0301']) assert.equal(await reader.find(users, 'name', 'a', other), undefined)
    for (const prefix of ['a', 'A', 'e', '😀', 'i', '\uFFFD', '']) {
      const found = (await reader.list(users, 'name', 'a', { prefix, limit: 100 })).items.map(({ name }) => name)
      const expected = items.map(({ name }) => name).filter((name) => `${folded(name)}`.startsWith(`${folded(prefix)}`))
      assert.deepEqual(found, expected, `prefix ${prefix}`)
    }
  })

  scenario('records under one value come in key order, page by page', async (store) => {
    await save(store, ...['d', 'b', 'e', 'a', 'c'].map((id) => user(id, { groups: ['g', id] })))
    const reader = await store.readAt('latest')
    assert.deepEqual(ids(await reader.all(users, 'group', 'a', 'g')), ['a', 'b', 'c', 'd', 'e'])
    const first = await reader.list(users, 'group', 'a', { equals: 'g', limit: 2 })
    const second = await reader.list(users, 'group', 'a', { equals: 'g', limit: 2, after: first.next! })
    const third = await reader.list(users, 'group', 'a', { equals: 'g', limit: 2, after: second.next! })
    assert.deepEqual(
      [first, second, third].map(({ items }) => ids(items)),
      [['a', 'b'], ['c', 'd'], ['e']],
    )
    assert.equal(third.next, undefined)
    assert.equal((await reader.list(users, 'group', 'a', { equals: 'g', limit: 5 })).next, undefined)
    assert.deepEqual(await reader.all(users, 'group', 'a', 'G'), [], 'this index minds case')
  })

  scenario('many are read at once as one by one, in the order they are asked for, at every revision', async (store) => {
    await save(store, user('1', { groups: ['g', 'h'] }), user('2', { groups: ['g'], password: 'sealed' }), user('3', { groups: ['h'] }))
    const before = await store.readAt('latest')
    await save(store, user('1', { groups: ['h'], n: 1 }), user('4', { groups: ['g'] }))
    await store.transact((tx) => tx.delete(users, 'a', '2'))
    const keys = ['4', '2', '1', 'nobody', '1', 'not\0storable']
    const groups = ['h', 'g', 'nobody', 'g', 'not\0storable']
    const check = async (reader: Reader, scope = 'a'): Promise<void> => {
      const records = await Promise.all(keys.map((key) => reader.get(users, scope, key)))
      assert.deepEqual(
        await reader.getEach(users, scope, keys),
        records.map((record) => record && told(record)),
      )
      const lists = await Promise.all(groups.map((group) => reader.all(users, 'group', scope, group)))
      assert.deepEqual(
        await reader.allEach(users, 'group', scope, groups),
        lists.map((list) => list.map(told)),
      )
      assert.deepEqual(
        await reader.countEach(users, 'group', scope, groups),
        (await reader.allEach(users, 'group', scope, groups)).map(({ length }) => length),
      )
    }
    await check(before)
    assert.deepEqual((await before.allEach(users, 'group', 'a', groups)).map(ids), [['1', '3'], ['1', '2'], [], ['1', '2'], []])
    assert.deepEqual(await before.getEach(users, 'a', ['2']), [user('2', { groups: ['g'] })], 'secrets are left out')
    const now = await store.readAt('latest')
    await check(now)
    await check(now, 'b')
    assert.deepEqual((await now.allEach(users, 'group', 'a', groups)).map(ids), [['1', '3'], ['4'], [], ['4'], []])
    await store.transact(async (tx) => {
      await tx.put(users, 'a', user('5', { groups: ['g', 'h'] }))
      await tx.delete(users, 'a', '3')
      await check(tx)
      assert.deepEqual((await tx.allEach(users, 'group', 'a', groups)).map(ids), [['1', '5'], ['4', '5'], [], ['4', '5'], []])
    })
    assert.deepEqual(await now.allEach(users, 'name', 'a', ['NAME-1', 'name-1']), [
      [user('1', { groups: ['h'], n: 1 })],
      [user('1', { groups: ['h'], n: 1 })],
    ])
    assert.deepEqual([await now.getEach(users, 'a', []), await now.allEach(users, 'group', 'a', [])], [[], []])
    const many = Array.from({ length: 10_001 }, (_, key) => `${key}`)
    await assert.rejects(now.getEach(users, 'a', many), RangeError)
    await assert.rejects(now.allEach(users, 'group', 'a', many), RangeError)
    await assert.rejects(now.countEach(users, 'group', 'a', many), RangeError)
  })

  scenario('paging while others write neither repeats nor skips what stays', async (store) => {
    const staying = Array.from({ length: 60 }, (_, i) => user(`s${i}`, { name: `n${String(i * 10).padStart(4, '0')}` }))
    await save(store, ...staying)
    const seen: string[] = []
    let after: string | undefined
    for (let page = 0; ; page++) {
      const reader = await store.readAt('latest')
      const { items, next } = await reader.list(users, 'name', 'a', { limit: 7, ...(after && { after }) })
      seen.push(...ids(items))
      if (!next) break
      after = next
      await save(store, user(`w${page}`, { name: `n${String(page * 37).padStart(4, '0')}x` }))
      if (page > 0) await store.transact((tx) => tx.delete(users, 'a', `w${page - 1}`))
    }
    assert.equal(new Set(seen).size, seen.length)
    assert.deepEqual(
      seen.filter((id) => id.startsWith('s')),
      ids(staying),
    )
  })

  scenario('a page can hold ten thousand records, and no more', async (store) => {
    const count = 10_050
    // A thousand at a time: on a slow machine a database may give up on a transaction that asks it ten thousand things one by one.
    for (let from = 0; from < count; from += 1000) {
      await store.transact(async (tx) => {
        for (let i = from; i < Math.min(from + 1000, count); i++) {
          await tx.put(users, 'a', user(`${i}`, { name: `n${String(i).padStart(6, '0')}`, groups: ['g'] }))
        }
      })
    }
    const reader = await store.readAt('latest')
    const first = await reader.list(users, 'name', 'a', { limit: 10_000 })
    const second = await reader.list(users, 'name', 'a', { limit: 10_000, after: first.next! })
    assert.deepEqual(
      ids([...first.items, ...second.items]),
      Array.from({ length: count }, (_, i) => `${i}`),
    )
    assert.equal(second.next, undefined)
    assert.equal(await reader.count(users, 'a'), count)
    await assert.rejects(reader.all(users, 'group', 'a', 'g'), RangeError)
    await assert.rejects(reader.allEach(users, 'group', 'a', ['none', 'g']), RangeError)
    assert.deepEqual(await reader.countEach(users, 'group', 'a', ['none', 'g']), [0, count])
    for (const limit of [0, 10_001, 1.5, Number.NaN]) await assert.rejects(reader.list(users, 'name', 'a', { limit }), RangeError)
  })

  scenario('what is no cursor is refused', async (store) => {
    await save(store, user('1'), user('2'))
    const reader = await store.readAt('latest')
    const { next } = await reader.list(users, 'name', 'a', { limit: 1 })
    const bad = ['', 'x', 'bnVsbA', Buffer.from('["a",1]').toString('base64url'), `${next}${next}`]
    for (const after of bad) await assert.rejects(reader.list(users, 'name', 'a', { limit: 1, after }), code('InvalidCursor'), after)
    await assert.rejects(reader.list(users, 'name', 'a', { limit: 1, equals: 'name-1', after: next! }), code('InvalidCursor'))
  })

  scenario('only an index there is can be asked, and `find` needs a unique one', async (store) => {
    const reader = await store.readAt('latest')
    await assert.rejects(reader.list(users, 'constructor' as 'name', 'a', { limit: 1 }), TypeError)
    await assert.rejects(reader.find(users, 'group', 'a', 'g'), TypeError)
    await assert.rejects(reader.list(users, 'name', 'a', { prefix: 'x', equals: 'y', limit: 1 }), TypeError)
  })
}
