/** Old revisions, the times they were made, what is forgotten, and watching. */
import assert from 'node:assert/strict'
import type { Change } from '../store.js'
import { clock, code, entries, ids, increment, type Scenario, save, take, user, users } from './fixtures.js'

export function history(scenario: Scenario): void {
  scenario('every revision can be read as it was: updates, deletions, renames', async (store) => {
    await save(store, user('1', { name: 'one', groups: ['g'] }), user('2', { name: 'two', groups: ['g'] }))
    await save(store, user('1', { name: 'uno', groups: ['h'] }))
    await store.transact((tx) => tx.delete(users, 'a', '2'))
    await save(store, user('3', { name: 'TWO', groups: ['g'] }))
    await save(store, user('1', { name: 'one', groups: ['g'], n: 1 }))
    const names = [[], ['one', 'two'], ['two', 'uno'], ['uno'], ['TWO', 'uno'], ['one', 'TWO']]
    const groups = [[], ['1', '2'], ['2'], [], ['3'], ['1', '3']]
    const holders = [undefined, '2', '2', undefined, '3', '3']
    for (const [revision, expected] of names.entries()) {
      const reader = await store.readAt(revision)
      const { items } = await reader.list(users, 'name', 'a', { limit: 10 })
      assert.deepEqual(
        items.map(({ name }) => name),
        expected,
        `revision ${revision}`,
      )
      assert.deepEqual(ids(await reader.all(users, 'group', 'a', 'g')), groups[revision])
      assert.equal((await reader.find(users, 'name', 'a', 'two'))?.id, holders[revision])
      assert.equal(await reader.count(users, 'a'), expected.length)
      const paged = await reader.list(users, 'name', 'a', { prefix: 'T', limit: 1 })
      assert.equal(paged.items[0]?.id, holders[revision])
    }
  })

  scenario('a revision that is not there yet is unknown', async (store) => {
    await save(store, user('1'))
    for (const revision of [2, -1, 0.5, Number.NaN]) await assert.rejects(store.readAt(revision), code('RevisionUnknown'))
    assert.equal((await store.readAt(0)).revision, 0)
  })

  scenario('a time leads to the newest revision made by then, even if the clock went back', async (store) => {
    const start = clock.now
    for (const [i, offset] of [10, 20, 15, 30].entries()) {
      clock.now = start + offset
      await save(store, user(`${i}`))
    }
    const revisions = [9, 10, 19, 20, 25, 29, 30, 99].map((offset) => store.revisionAt(start + offset))
    assert.deepEqual(await Promise.all(revisions), [0, 1, 1, 3, 3, 3, 4, 4])
  })

  scenario(
    'of the revisions of one moment, made together or not, the last is the one of that time, and each can be read',
    async (store) => {
      const start = clock.now
      await Promise.all(['1', '2', '3'].map((id) => save(store, user(id))))
      await save(store, user('4'))
      clock.now = start + 1
      await Promise.all(['5', '6'].map((id) => save(store, user(id))))
      const revisions = [-1, 0, 1, 99].map((offset) => store.revisionAt(start + offset))
      assert.deepEqual(await Promise.all(revisions), [0, 4, 6, 6])
      for (let revision = 1; revision <= 6; revision++) assert.equal(await (await store.readAt(revision)).count(users, 'a'), revision)
    },
  )

  scenario('what is older than asked for is forgotten, and the newest version stays', async (store) => {
    const start = clock.now
    for (let i = 0; i < 5; i++) {
      clock.now = start + i * 10
      await store.transact(async (tx) => {
        await tx.put(users, 'a', user('1', { name: `v${i}`, n: i }))
        await tx.put(users, 'a', user(`only ${i}`))
        if (i > 0) await tx.delete(users, 'a', `only ${i - 1}`)
        tx.append(entries, 'a', { id: `e${i}`, at: clock.now })
      })
    }
    await store.prune(start + 25)
    await assert.rejects(store.readAt(2), code('RevisionGone'))
    await assert.rejects(store.revisionAt(start + 15), code('RevisionGone'))
    assert.equal(await store.revisionAt(start + 25), 3)
    for (const revision of [3, 4, 5]) {
      const reader = await store.readAt(revision)
      assert.equal((await reader.get(users, 'a', '1'))?.name, `v${revision - 1}`)
      assert.equal(await reader.count(users, 'a'), 2)
      assert.deepEqual(ids((await reader.list(users, 'name', 'a', { limit: 10 })).items), [`only ${revision - 1}`, '1'])
      assert.equal(await reader.find(users, 'name', 'a', 'v0'), undefined)
    }
    assert.deepEqual(ids((await store.readLog(entries, 'a', { limit: 10 })).items), ['e3', 'e4'])
    await store.prune(start + 1000)
    assert.equal((await (await store.readAt('latest')).get(users, 'a', '1'))?.name, 'v4')
    assert.equal(await (await store.readAt('latest')).count(users, 'a'), 2)
    await assert.rejects(store.readAt(4), code('RevisionGone'))
    await save(store, user('1', { name: 'v5' }))
    assert.equal((await (await store.readAt(5)).get(users, 'a', '1'))?.name, 'v4')
  })

  scenario('a reader whose revision is forgotten under its hands says so', async (store) => {
    await save(store, user('1'))
    const reader = await store.readAt('latest')
    await save(store, user('1', { n: 1 }))
    clock.now += 1
    await store.prune(clock.now)
    await assert.rejects(reader.get(users, 'a', '1'), code('RevisionGone'))
    await assert.rejects(reader.list(users, 'name', 'a', { limit: 1 }), code('RevisionGone'))
  })

  scenario('pruning in steps forgets more rows than one step holds', async (store) => {
    await store.transact(async (tx) => {
      for (let i = 0; i < 4500; i++) tx.append(entries, 'a', { id: `${i}`, at: i })
    })
    await store.prune(4400)
    assert.equal((await store.readLog(entries, 'a', { limit: 10_000 })).items.length, 100)
  })

  scenario('after a reset the store is empty, and nobody takes the new revisions for the old', async (store) => {
    await save(store, user('1'))
    await store.transact(async (tx) => tx.append(entries, 'a', { id: 'e', at: 1 }))
    const old = await store.readAt('latest')
    await store.reset()
    const reader = await store.readAt('latest')
    assert.equal(await reader.get(users, 'a', '1'), undefined)
    assert.equal(await reader.count(users, 'a'), 0)
    assert.deepEqual((await reader.list(users, 'name', 'a', { limit: 10 })).items, [])
    assert.deepEqual((await store.readLog(entries, 'a', { limit: 10 })).items, [])
    assert.ok(reader.revision > old.revision)
    await assert.rejects(old.get(users, 'a', '1'), code('RevisionGone'))
    await assert.rejects(take(store, 0, 1), code('RevisionGone'))
    await save(store, user('1', { name: 'again' }))
    assert.equal(await (await store.readAt('latest')).count(users, 'a'), 1)
  })

  scenario('a watcher is told of every change, in order, with the record as it then was', async (store) => {
    await save(store, user('1', { n: 1 }), user('2'))
    await store.transact(async (tx) => tx.append(entries, 'a', { id: 'e', at: 1 }))
    await save(store, user('1', { n: 2, password: 'secret' }))
    await store.transact((tx) => tx.delete(users, 'a', '1'))
    const changes = await take(store, 0, 4)
    const of = (revision: number, key: string, value?: object) => ({
      revision,
      table: 'test.user',
      scope: 'a',
      key,
      ...(value && { value }),
    })
    assert.deepEqual(changes, [
      of(1, '1', user('1', { n: 1 })),
      of(1, '2', user('2')),
      of(3, '1', user('1', { n: 2, password: 'secret' })),
      of(4, '1'),
    ])
    assert.deepEqual(await take(store, 3, 1), [of(4, '1')])
  })

  scenario('watchers see what many writers do at once without a gap', async (store) => {
    const writers = 8
    const each = 40
    await save(store, ...Array.from({ length: writers }, (_, i) => user(`${i}`, { n: 0 })))
    const watching = [take(store, 1, writers * each), take(store, 1, writers * each)]
    await Promise.all(
      Array.from({ length: writers }, async (_, i) => {
        for (let n = 0; n < each; n++) await store.transact(increment(`${i}`))
      }),
    )
    for (const changes of await Promise.all(watching)) {
      assert.deepEqual(
        changes.map(({ revision }) => revision),
        Array.from({ length: writers * each }, (_, i) => i + 2),
      )
      for (let i = 0; i < writers; i++) {
        const own = changes.filter(({ key }) => key === `${i}`)
        assert.deepEqual(
          own.map(({ value }) => (value as { n: number }).n),
          Array.from({ length: each }, (_, n) => n + 1),
        )
      }
    }
  })

  scenario('a watch ends with its signal and with the store', async (store) => {
    const end = new AbortController()
    const collect = async (signal: AbortSignal) => {
      const seen: Change[] = []
      for await (const changes of store.watch(0, signal)) seen.push(...changes)
      return seen.length
    }
    const first = collect(end.signal)
    const second = collect(new AbortController().signal)
    await save(store, user('1'))
    await take(store, 0, 1)
    end.abort()
    assert.equal(await first, 1)
    await store.close()
    assert.equal(await second, 1)
  })

  scenario('watching begins at a revision that is there', async (store) => {
    await assert.rejects(take(store, 1, 1), code('RevisionUnknown'))
  })
}
