/** Secrets, and opening a store again. */
import assert from 'node:assert/strict'
import { code, entries, latestGet, openOptions, type Scenario, save, take, user, users } from './fixtures.js'

export function secrets(scenario: Scenario): void {
  scenario('no secret is kept as it is, neither in what is current nor in what was', async (store, place) => {
    const passwords = ['wJalrXUtnFEMI/first', 'wJalrXUtnFEMI/second', 'wJalrXUtnFEMI/😀 \uD800 third']
    for (const password of passwords) await save(store, user('1', { name: 'in plain sight', password }))
    assert.equal((await latestGet(store, '1'))?.password, passwords[2])
    assert.equal((await (await store.readAt(1)).get(users, 'a', '1'))?.password, passwords[0])
    assert.equal((await take(store, 1, 1))[0]?.value && (await latestGet(store, '1'))?.name, 'in plain sight')
    if (!place.atRest) return
    await store.close()
    const kept = await place.atRest()
    assert.ok(kept.includes('in plain sight'), 'the search would find what is kept as it is')
    for (const form of ['wJalrXUtnFEMI', Buffer.from('wJalrXUtnFEMI').toString('base64url').slice(0, -2)]) assert.ok(!kept.includes(form))
  })

  scenario('a secret that is not a string is refused', async (store) => {
    await assert.rejects(save(store, user('1', { password: 5 as unknown as string })), TypeError)
    assert.equal(await latestGet(store, '1'), undefined)
  })

  scenario('a store that is opened again is as it was left', async (store, place) => {
    if (!place.lasting) return
    await save(store, user('1', { groups: ['g'], password: 'p' }), user('2'))
    await save(store, user('2', { name: 'other' }))
    await store.transact(async (tx) => tx.append(entries, 'a', { id: 'e', at: 1 }))
    await store.close()
    const again = await place.open(openOptions('again'))
    try {
      assert.equal(again.revision, 3)
      const reader = await again.readAt('latest')
      assert.deepEqual(await reader.get(users, 'a', '1'), user('1', { groups: ['g'], password: 'p' }))
      assert.equal((await reader.find(users, 'name', 'a', 'other'))?.id, '2')
      assert.equal(await reader.count(users, 'a'), 2)
      assert.equal((await (await again.readAt(1)).get(users, 'a', '2'))?.name, 'name-2')
      assert.deepEqual((await again.readLog(entries, 'a', { limit: 5 })).items, [{ id: 'e', at: 1 }])
      await assert.rejects(save(again, user('3', { name: 'OTHER' })), code('UniqueViolation'))
      assert.equal((await save(again, user('3'))).revision, 4)
    } finally {
      await again.close()
    }
  })

  scenario('another master key does not open the store, and does no harm', async (store, place) => {
    if (!place.lasting) return
    await save(store, user('1', { password: 'p' }))
    await store.close()
    await assert.rejects(place.open({ ...openOptions(), masterKey: Buffer.alloc(32, 8) }), code('WrongMasterKey'))
    await assert.rejects(place.open({ ...openOptions(), masterKey: Buffer.alloc(16, 7) }), RangeError)
    const again = await place.open(openOptions())
    assert.equal((await latestGet(again, '1'))?.password, 'p')
    await again.close()
  })

  scenario('only a store opened as resettable can be reset', async (store, place) => {
    if (!place.lasting) return
    await save(store, user('1'))
    await store.close()
    const again = await place.open({ ...openOptions(), resettable: false })
    await assert.rejects(again.reset(), /resettable/)
    assert.equal(await (await again.readAt('latest')).count(users, 'a'), 1)
    await again.close()
  })
}
