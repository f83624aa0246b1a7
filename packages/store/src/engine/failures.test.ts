import assert from 'node:assert/strict'
import { test } from 'node:test'
import { entries, increment, openOptions, save, user, users } from '../conformance/index.js'
import { MemoryBackend } from '../memory/index.js'
import { StoreError } from '../store.js'
import { Conflict, Engine, type Group } from './index.js'
import { RecentChanges } from './recent-changes.js'
import { RecordCache } from './record-cache.js'
import { RecordText } from './record-text.js'

/** Fails its next commits with these, one each. */
class FailingBackend extends MemoryBackend {
  readonly failures: Error[] = []
  commits = 0

  override commit(group: Group): void {
    this.commits++
    const failure = this.failures.shift()
    if (failure) throw failure
    super.commit(group)
  }
}

async function opened() {
  const backend = new FailingBackend()
  return { backend, store: await Engine.open(backend, openOptions()) }
}

test('when a group cannot be written all its transactions fail, nothing of it is seen, and the store goes on', async () => {
  const { backend, store } = await opened()
  await save(store, user('1', { n: 0 }))
  const n = {
    name: 'n',
    compute: async (reader: Parameters<Parameters<typeof store.transact>[0]>[0] | Awaited<ReturnType<typeof store.readAt>>) =>
      (await reader.get(users, 'a', '1'))?.n,
  }
  assert.equal(await (await store.readAt('latest')).memo(n, ''), 0)
  backend.failures.push(new StoreError('StoreFull', 'no room'))
  const group = [
    store.transact(increment('1')),
    store.transact(async (tx) => {
      await increment('1')(tx)
      return tx.memo(n, '')
    }),
    save(store, user('2')),
    store.transact(async (tx) => tx.append(entries, 'a', { id: 'e', at: 1 })),
  ]
  for (const outcome of await Promise.allSettled(group)) assert.equal(outcome.status === 'rejected' && outcome.reason.code, 'StoreFull')
  const reader = await store.readAt('latest')
  assert.equal(reader.revision, 1)
  assert.equal((await reader.get(users, 'a', '1'))?.n, 0)
  assert.equal(await reader.memo(n, ''), 0)
  assert.equal(await reader.count(users, 'a'), 1)
  assert.deepEqual((await store.readLog(entries, 'a', { limit: 5 })).items, [])
  assert.equal((await store.transact(increment('1'))).revision, 2)
  assert.equal(await (await store.readAt('latest')).memo(n, ''), 1)
})

test('transactions that arrive together become durable in one step, and those that arrive meanwhile in the next', async () => {
  const { backend, store } = await opened()
  await Promise.all(Array.from({ length: 50 }, (_, i) => save(store, user(`${i}`))))
  assert.equal(backend.commits, 1)
  await store.transact(async (tx) => tx.get(users, 'a', '1'))
  assert.equal(backend.commits, 1, 'a transaction that wrote nothing needs no commit')
})

test('a group that met a conflict runs again, and again only so often', async () => {
  const { backend, store } = await opened()
  await save(store, user('1', { n: 0 }))
  backend.failures.push(new Conflict('first'), new Conflict('second'))
  await Promise.all([store.transact(increment('1')), store.transact(increment('1'))])
  assert.equal((await (await store.readAt('latest')).get(users, 'a', '1'))?.n, 2)
  backend.failures.push(...Array.from({ length: 100 }, () => new Conflict('always')))
  await assert.rejects(store.transact(increment('1')), Conflict)
  backend.failures.length = 0
  await store.transact(increment('1'))
  assert.equal((await (await store.readAt('latest')).get(users, 'a', '1'))?.n, 3)
})

test('a sealed value opens only in its own place and with its own key', () => {
  const text = new RecordText(Buffer.alloc(32, 1), (length) => Buffer.alloc(length, 9))
  const record = user('1', { password: 'p' })
  const sealed = text.write(users, 'a', '1', record, JSON.stringify(record))
  const name = { tbl: 'test.user', scope: 'a', key: '1' }
  assert.deepEqual(text.read(name, sealed), user('1', { password: 'p' }))
  for (const elsewhere of [{ key: '2' }, { scope: 'b' }, { tbl: 'other' }])
    assert.throws(() => text.read({ ...name, ...elsewhere }, sealed))
  const [keyId, secrets, rest] = JSON.parse(sealed)
  const flipped = Buffer.from(secrets.password, 'base64url')
  flipped[13]! ^= 1
  assert.throws(() => text.read(name, JSON.stringify([keyId, { password: flipped.toString('base64url') }, rest])))
  assert.throws(() => text.read(name, JSON.stringify([keyId, { other: secrets.password }, rest])))
  const other = new RecordText(Buffer.alloc(32, 2), (length) => Buffer.alloc(length, 9))
  assert.throws(() => other.read(name, sealed), /sealed with the key/)
  assert.notEqual(other.keyCheck, text.keyCheck)
})

test('the cache of records stays within its bounds', () => {
  const cache = new RecordCache(3, 100)
  const put = (token: string, size: number) => cache.set(token, { since: 1, record: {}, size })
  for (const token of ['a', 'b', 'c']) put(token, 10)
  cache.get('a')
  put('d', 10)
  assert.deepEqual(
    ['a', 'b', 'c', 'd'].map((token) => cache.get(token) !== undefined),
    [true, false, true, true],
  )
  put('e', 85)
  assert.deepEqual(
    ['a', 'c', 'd', 'e'].map((token) => cache.get(token) !== undefined),
    [false, false, true, true],
  )
  put('f', 101)
  assert.deepEqual(
    ['d', 'e', 'f'].map((token) => cache.get(token) !== undefined),
    [false, false, false],
  )
})

test('what is no longer known about recent changes counts as changed', () => {
  const recent = new RecentChanges(5, 6)
  for (let revision = 6; revision <= 9; revision++) recent.add(revision, [`t${revision}`])
  const touched = (after: number, token: string) => recent.touched(after, (changed) => changed === token)
  assert.deepEqual(
    [touched(8, 't9'), touched(9, 't9'), touched(8, 't8'), touched(6, 't8'), touched(6, 'x')],
    [true, false, false, true, false],
  )
  assert.equal(touched(5, 'x'), true)
  recent.restart(20)
  assert.deepEqual([touched(19, 'x'), touched(20, 'x')], [true, false])
})
