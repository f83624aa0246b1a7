/** Writing: all or nothing, one after another, unique names. */
import assert from 'node:assert/strict'
import { code, entries, ids, increment, latestGet, type Scenario, save, user, users } from './fixtures.js'

export function transactions(scenario: Scenario): void {
  scenario('what was written is read back, frozen, as JSON would have it', async (store) => {
    const mine = { ...user('1'), groups: ['g'], n: undefined as unknown as number }
    const { revision } = await save(store, mine)
    mine.groups.push('changed afterwards')
    const read = (await latestGet(store, '1'))!
    assert.equal(revision, 1)
    assert.deepEqual(read, { id: '1', name: 'name-1', groups: ['g'] })
    assert.ok(Object.isFrozen(read) && Object.isFrozen(read.groups))
    assert.equal(await latestGet(store, 'constructor'), undefined)
  })

  scenario('a transaction that throws leaves nothing behind and passes its error on', async (store) => {
    await save(store, user('1'))
    const failure = new Error('no')
    const failing = store.transact(async (tx) => {
      await tx.put(users, 'a', user('1', { name: 'other' }))
      await tx.put(users, 'a', user('2'))
      await tx.delete(users, 'a', '1')
      tx.append(entries, 'a', { id: 'e', at: 1 })
      throw failure
    })
    await assert.rejects(failing, failure)
    const reader = await store.readAt('latest')
    assert.equal(reader.revision, 1)
    assert.deepEqual(await reader.get(users, 'a', '1'), user('1'))
    assert.equal(await reader.count(users, 'a'), 1)
    assert.deepEqual(ids((await reader.list(users, 'name', 'a', { limit: 10 })).items), ['1'])
    assert.deepEqual((await store.readLog(entries, 'a', { limit: 10 })).items, [])
    await save(store, user('2', { name: 'name-2' }))
  })

  scenario('a record that is added replaces none, of before or of the same transaction, and one that was put does', async (store) => {
    await store.transact((tx) => tx.add(users, 'a', user('1')))
    const again = store.transact((tx) => tx.add(users, 'a', user('1', { name: 'other' })))
    await assert.rejects(again, code('KeyTaken'))
    assert.deepEqual(await latestGet(store, '1'), user('1'))
    await store.transact(async (tx) => {
      await tx.add(users, 'b', user('1'))
      await assert.rejects(tx.add(users, 'b', user('1', { name: 'other' })), code('KeyTaken'))
      await tx.delete(users, 'b', '1')
      await tx.add(users, 'b', user('1', { name: 'third' }))
      await tx.put(users, 'a', user('1', { name: 'fourth' }))
    })
    assert.equal((await (await store.readAt('latest')).get(users, 'b', '1'))?.name, 'third')
    assert.equal((await latestGet(store, '1'))?.name, 'fourth')
  })

  scenario('a transaction that wrote nothing makes no revision', async (store) => {
    await save(store, user('1'))
    assert.deepEqual(await store.transact(async (tx) => (await tx.get(users, 'a', '1'))?.name), { result: 'name-1', revision: 1 })
    assert.deepEqual(await store.transact((tx) => tx.delete(users, 'a', 'nobody')), { result: false, revision: 1 })
    assert.equal(store.revision, 1)
  })

  scenario('a transaction sees what it wrote itself, in every way of reading', async (store) => {
    await save(store, user('1', { groups: ['g'] }), user('2', { groups: ['g'] }), user('3', { groups: ['h'] }))
    await store.transact(async (tx) => {
      assert.equal(tx.revision, 1)
      assert.equal(tx.nextRevision, 2)
      await tx.put(users, 'a', user('0', { name: 'Zoe', groups: ['g'] }))
      await tx.put(users, 'a', user('2', { name: 'name-2', groups: ['h'], n: 5 }))
      assert.equal(await tx.delete(users, 'a', '3'), true)
      assert.equal(await tx.delete(users, 'a', '3'), false)
      assert.equal((await tx.find(users, 'name', 'a', 'zOE'))?.id, '0')
      assert.equal(await tx.find(users, 'name', 'a', 'name-3'), undefined)
      assert.equal((await tx.find(users, 'name', 'a', 'NAME-2'))?.n, 5)
      assert.deepEqual(ids(await tx.all(users, 'group', 'a', 'g')), ['0', '1'])
      assert.deepEqual(ids(await tx.all(users, 'group', 'a', 'h')), ['2'])
      assert.equal(await tx.count(users, 'a'), 3)
      const first = await tx.list(users, 'name', 'a', { limit: 2 })
      assert.deepEqual(ids(first.items), ['1', '2'])
      assert.deepEqual(ids((await tx.list(users, 'name', 'a', { limit: 2, after: first.next! })).items), ['0'])
    })
    assert.equal(await (await store.readAt('latest')).count(users, 'a'), 3)
    assert.equal(await (await store.readAt(1)).count(users, 'a'), 3)
  })

  scenario('a hundred concurrent increments lose nothing, and each has its own revision', async (store) => {
    await save(store, user('1', { n: 0 }))
    const done = await Promise.all(Array.from({ length: 100 }, () => store.transact(increment('1'))))
    assert.equal((await latestGet(store, '1'))?.n, 100)
    assert.deepEqual(
      done.map(({ revision }) => revision),
      Array.from({ length: 100 }, (_, i) => i + 2),
    )
    for (const revision of [2, 50, 101]) assert.equal((await (await store.readAt(revision)).get(users, 'a', '1'))?.n, revision - 1)
  })

  scenario('one that fails in the middle of a group takes nobody with it', async (store) => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 30 }, (_, i) =>
        store.transact(async (tx) => {
          await tx.put(users, 'a', user(`${i}`))
          if (i % 3 === 0) throw new Error('no')
          return i
        }),
      ),
    )
    assert.deepEqual(
      outcomes.map(({ status }) => status === 'fulfilled'),
      outcomes.map((_, i) => i % 3 !== 0),
    )
    const reader = await store.readAt('latest')
    assert.equal(await reader.count(users, 'a'), 20)
    assert.equal(reader.revision, 20)
  })

  scenario('a unique name can be taken once, whatever its case, and is free again when it is given up', async (store) => {
    await save(store, user('1', { name: 'Alice' }))
    await assert.rejects(save(store, user('2', { name: 'ALICE' })), code('UniqueViolation'))
    await save(store, user('1', { name: 'alice' }))
    await save(store, user('1', { name: 'Bob' }))
    await save(store, user('2', { name: 'aLICE' }))
    await assert.rejects(save(store, user('1', { name: 'alice' })), code('UniqueViolation'))
    await store.transact((tx) => tx.delete(users, 'a', '2'))
    await save(store, user('1', { name: 'alice' }))
    await store.transact((tx) => tx.put(users, 'other scope', user('2', { name: 'alice' })))
  })

  scenario('two records can exchange a unique name through a third within one transaction', async (store) => {
    await save(store, user('1', { name: 'x' }), user('2', { name: 'y' }))
    await store.transact(async (tx) => {
      await assert.rejects(tx.put(users, 'a', user('1', { name: 'y' })), code('UniqueViolation'))
      await tx.put(users, 'a', user('1', { name: 'z' }))
      await tx.put(users, 'a', user('2', { name: 'x' }))
      await tx.put(users, 'a', user('1', { name: 'y' }))
    })
    const reader = await store.readAt('latest')
    assert.equal((await reader.find(users, 'name', 'a', 'x'))?.id, '2')
    assert.equal((await reader.find(users, 'name', 'a', 'y'))?.id, '1')
    assert.equal(await reader.find(users, 'name', 'a', 'z'), undefined)
  })

  scenario('of many who want the same name at once, one gets it', async (store) => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 40 }, (_, i) => save(store, user(`${i}`, { name: i % 2 ? 'Wanted' : 'wANTED' }))),
    )
    assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1)
    for (const outcome of outcomes) if (outcome.status === 'rejected') assert.equal(outcome.reason.code, 'UniqueViolation')
    assert.equal(await (await store.readAt('latest')).count(users, 'a'), 1)
  })

  scenario('a record that comes and goes within a group can be read at the revisions in between', async (store) => {
    await save(store, user('1', { groups: ['g'] }))
    const steps = await Promise.all([
      store.transact((tx) => tx.delete(users, 'a', '1')),
      save(store, user('1', { name: 'second', groups: ['g'] })),
      save(store, user('1', { name: 'third' })),
      store.transact((tx) => tx.delete(users, 'a', '1')),
    ])
    assert.deepEqual(
      steps.map(({ revision }) => revision),
      [2, 3, 4, 5],
    )
    const names = [undefined, 'name-1', undefined, 'second', 'third', undefined]
    for (const [revision, name] of names.entries()) {
      const reader = await store.readAt(revision)
      assert.equal((await reader.get(users, 'a', '1'))?.name, name)
      assert.equal(await reader.count(users, 'a'), name ? 1 : 0)
      assert.equal((await reader.all(users, 'group', 'a', 'g')).length, name === 'name-1' || name === 'second' ? 1 : 0)
    }
  })

  scenario('a transaction that is over can neither read nor write', async (store) => {
    const { result: late } = await store.transact(async (tx) => ({ tx }))
    await assert.rejects(late.tx.put(users, 'a', user('1')), /transaction is over/)
    await assert.rejects(late.tx.get(users, 'a', '1'), /transaction is over/)
    await assert.rejects(late.tx.find(users, 'name', 'a', 'x'), /transaction is over/)
    assert.throws(() => late.tx.memo({ name: 'late', compute: async () => 1 }, 'x'), /transaction is over/)
    assert.throws(() => late.tx.append(entries, 'a', { id: 'e', at: 1 }), /transaction is over/)
    assert.equal(store.revision, 0)
  })

  scenario('keys and values that a backend could not keep exactly are refused when written and not found when read', async (store) => {
    for (const bad of ['a\0b', '\uD800', '\u{10FFFF}', '']) await assert.rejects(save(store, user(bad)), TypeError)
    await assert.rejects(save(store, user('1', { name: 'a\0b' })), TypeError)
    await assert.rejects(save(store, user('x'.repeat(513))), RangeError)
    await assert.rejects(save(store, user('1', { groups: ['x'.repeat(1537)] })), RangeError)
    await save(store, user('1', { groups: ['x'.repeat(1536)] }))
    const reader = await store.readAt('latest')
    assert.equal(await reader.get(users, 'a', 'a\0b'), undefined)
    assert.equal(await reader.find(users, 'name', 'a', '\uD800'), undefined)
    assert.deepEqual((await reader.list(users, 'name', 'a\0', { prefix: '\uD83D', limit: 5 })).items, [])
  })

  scenario('members of a record may hold any text', async (store) => {
    const strange = 'NUL \0, lone \uD800, İ ß e\u0301 😀 \u{10FFFF} "quotes" \\ \n'
    await store.transact((tx) => tx.put(users, 'a', { ...user('1'), what: strange } as ReturnType<typeof user>))
    assert.equal(((await latestGet(store, '1')) as { what?: string }).what, strange)
  })

  scenario('nothing can be asked of a store that is closed', async (store) => {
    const reader = await store.readAt('latest')
    await save(store, user('1'))
    await store.close()
    await store.close()
    await assert.rejects(save(store, user('2')), code('StoreUnavailable'))
    await assert.rejects(store.readAt('latest'), code('StoreUnavailable'))
    if (!store.description.startsWith('memory')) await assert.rejects(reader.get(users, 'a', 'x'), code('StoreUnavailable'))
  })

  scenario('closing waits for the transactions that are under way', async (store) => {
    const under = Promise.all([save(store, user('1')), save(store, user('2'))])
    await store.close()
    assert.deepEqual(
      (await under).map(({ revision }) => revision),
      [1, 2],
    )
  })
}
