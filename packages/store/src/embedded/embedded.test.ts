import assert from 'node:assert/strict'
import fs, { chmodSync, copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { code, openOptions, save, storeConformance, user, users } from '../conformance/index.js'
import { defineLog, openStore } from '../index.js'
import { migrations } from '../sql/index.js'
import { closeFile, openFile, storeError } from './file.js'
import { migrate } from './migrate.js'

storeConformance('the embedded store', async () => placeIn(freshFolder()), 'large')

function placeIn(folder: string) {
  return {
    lasting: true,
    open: (options: ReturnType<typeof openOptions>) => openStore({ ...options, url: join(folder, 'store.db') }),
    atRest: async () =>
      readdirSync(folder)
        .map((file) => readFileSync(join(folder, file), 'latin1'))
        .join('\n'),
    remove: async () => rmSync(folder, { recursive: true }),
  }
}

function freshFolder(): string {
  return mkdtempSync(join(tmpdir(), 'bailiwick-store-'))
}

async function inFolder(act: (path: string) => Promise<void>): Promise<void> {
  const folder = freshFolder()
  try {
    await act(join(folder, 'store.db'))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test('a second opener is told that the store is in use, and the first goes on', () =>
  inFolder(async (path) => {
    const store = await openStore({ ...openOptions(), url: path })
    await assert.rejects(openStore({ ...openOptions(), url: path }), code('StoreInUse'))
    await save(store, user('1'))
    await store.close()
    const next = await openStore({ ...openOptions(), url: path })
    assert.equal(await (await next.readAt('latest')).count(users, 'a'), 1)
    await next.close()
  }))

test('the files can be read by their owner only, even where a file with wider permissions was there', () =>
  inFolder(async (path) => {
    writeFileSync(path, '')
    chmodSync(path, 0o644)
    const store = await openStore({ ...openOptions(), url: path })
    await save(store, user('1'))
    for (const file of [path, `${path}-wal`]) assert.equal(statSync(file).mode & 0o777, 0o600, file)
    await store.close()
  }))

test('every commit waits for the disk, in a write-ahead log, under a lock of this process', () =>
  inFolder(async (path) => {
    const database = openFile(path)
    const pragma = (name: string) => Object.values(database.prepare(`PRAGMA ${name}`).get() as object)[0]
    assert.deepEqual([pragma('synchronous'), pragma('journal_mode'), pragma('locking_mode')], [2, 'wal', 'exclusive'])
    closeFile(database)
  }))

/** The disk as `act` has it: each sync waits until it is ended, well or with an error. */
async function withSlowDisk(act: (syncs: ((error: Error | null) => void)[]) => Promise<void>): Promise<void> {
  const { fdatasync } = fs
  const syncs: ((error: Error | null) => void)[] = []
  const slow = (fd: number, done: (error: Error | null) => void): void =>
    void syncs.push((error) => (error ? done(error) : fdatasync(fd, done)))
  fs.fdatasync = slow as typeof fdatasync
  syncBuiltinESMExports()
  try {
    await act(syncs)
  } finally {
    fs.fdatasync = fdatasync
    syncBuiltinESMExports()
  }
}

const turns = () => new Promise((resolve) => setTimeout(resolve, 20))

test('what the disk does not have yet is neither acknowledged nor seen, and others read meanwhile', () =>
  inFolder(async (path) => {
    const store = await openStore({ ...openOptions(), url: path })
    await save(store, user('1', { n: 1 }))
    const said = defineLog<{ readonly id: string }>({ name: 'said', id: ({ id }) => id, at: () => 1 })
    await withSlowDisk(async (syncs) => {
      let acknowledged = 0
      const count = () => void acknowledged++
      const writes = [save(store, user('1', { n: 2 })).then(count)]
      await turns()
      writes.push(store.transact(async (tx) => tx.append(said, 'a', { id: 'x' })).then(count))
      await turns()
      const reader = await store.readAt('latest')
      assert.deepEqual([syncs.length, acknowledged, reader.revision], [1, 0, 1])
      assert.deepEqual(await reader.get(users, 'a', '1'), user('1', { n: 1 }))
      assert.deepEqual([await reader.count(users, 'a'), await store.revisionAt(Number.MAX_SAFE_INTEGER)], [1, 1])
      syncs.shift()!(null)
      await writes[0]
      assert.deepEqual(await (await store.readAt('latest')).get(users, 'a', '1'), user('1', { n: 2 }))
      await turns()
      assert.deepEqual([syncs.length, acknowledged, await store.revisionAt(Number.MAX_SAFE_INTEGER)], [1, 1, 2])
      const logged = store.readLog(said, 'a', { limit: 9 })
      syncs.shift()!(null)
      await Promise.all(writes)
      assert.deepEqual((await logged).items, [{ id: 'x' }])
    })
    await store.close()
  }))

test('a log is read as the disk has it, at whatever moment of a commit it is asked for', () =>
  inFolder(async (path) => {
    const store = await openStore({ ...openOptions(), url: path })
    const said = defineLog<{ readonly id: string }>({ name: 'said', id: ({ id }) => id, at: () => 1 })
    await withSlowDisk(async (syncs) => {
      let isSynced = false
      const seen: Promise<{ readonly isSynced: boolean; readonly entries: number }>[] = []
      const read = () => seen.push(store.readLog(said, 'a', { limit: 9 }).then(({ items }) => ({ isSynced, entries: items.length })))
      const write = store.transact(async (tx) => {
        tx.append(said, 'a', { id: 'x' })
        let moment = Promise.resolve()
        for (let moments = 0; moments < 40; moments++) moment = moment.then(() => void read())
      })
      await turns()
      isSynced = true
      syncs.shift()!(null)
      await write
      for (const found of await Promise.all(seen)) assert.equal(found.entries, found.isSynced ? 1 : 0)
      assert.equal(seen.length, 40)
    })
    await store.close()
  }))

test('after a sync that failed nothing is acknowledged until the store is opened again, and what was before is there', () =>
  inFolder(async (path) => {
    const store = await openStore({ ...openOptions(), url: path })
    await save(store, user('1', { n: 1 }))
    await withSlowDisk(async (syncs) => {
      const write = save(store, user('1', { n: 2 }))
      await turns()
      syncs.shift()!(new Error('EIO'))
      await assert.rejects(write, code('StoreUnavailable'))
    })
    await assert.rejects(save(store, user('2')), code('StoreUnavailable'))
    const reader = await store.readAt('latest')
    assert.deepEqual([reader.revision, await reader.get(users, 'a', '1')], [1, user('1', { n: 1 })])
    await store.close()
    const again = await openStore({ ...openOptions(), url: path })
    await save(again, user('2'))
    assert.equal(await (await again.readAt('latest')).count(users, 'a'), 2)
    await again.close()
  }))

for (const version of migrations.keys()) {
  test(`a store of schema version ${version} is brought up to date with what it holds`, () =>
    inFolder(async (path) => {
      const old = openFile(path)
      if (version > 0) {
        migrate(old, path, version)
        const text = JSON.stringify(user('1'))
        old.exec(`UPDATE bailiwick_head SET revision = 7, at = 70`)
        old.prepare(`INSERT INTO bailiwick_record VALUES ('test.user', 'a', '1', 7, ?1)`).run(text)
        old.exec(`INSERT INTO bailiwick_entry VALUES ('test.user.name', 'a', 'name-1', '1', 7)`)
        old.exec(`INSERT INTO bailiwick_count VALUES ('test.user', 'a', 7, 1)`)
      }
      closeFile(old)
      const store = await openStore({ ...openOptions(), url: path })
      const reader = await store.readAt('latest')
      assert.equal(reader.revision, version > 0 ? 7 : 0)
      assert.deepEqual(await reader.find(users, 'name', 'a', 'name-1'), version > 0 ? user('1') : undefined)
      await store.transact(async (tx) => {
        await tx.put(users, 'a', user('1', { name: 'new' }))
        tx.append({ name: 'log', id: () => 'x', at: () => 1 }, 'a', {})
      })
      assert.equal(await (await store.readAt('latest')).count(users, 'a'), 1)
      await store.close()
    }))
}

test('what was acknowledged and waits for its place in the tables is there for whoever opens the file after a crash', () =>
  inFolder(async (path) => {
    const waiting = (file: string): unknown => {
      const database = openFile(file)
      const row = database.prepare('SELECT count(*) AS groups FROM bailiwick_waiting').get()
      closeFile(database)
      return (row as { groups: number }).groups
    }
    const store = await openStore({ ...openOptions(), url: path })
    await save(store, user('1', { n: 1 }))
    await save(store, user('1', { n: 2 }))
    await save(store, user('2'))
    for (const copy of ['read', 'closed']) for (const end of ['', '-wal']) copyFileSync(path + end, `${path}.${copy}${end}`)
    assert.equal(waiting(`${path}.read`), 2, 'the first had to be in its place for the second')
    const after = await openStore({ ...openOptions(), url: `${path}.read` })
    const reader = await after.readAt('latest')
    assert.deepEqual([reader.revision, await reader.count(users, 'a')], [3, 2])
    assert.deepEqual(await reader.find(users, 'name', 'a', 'name-1'), user('1', { n: 2 }))
    assert.deepEqual(await (await after.readAt(1)).get(users, 'a', '1'), user('1', { n: 1 }))
    await save(after, user('3'))
    await after.close()
    await (await openStore({ ...openOptions(), url: `${path}.closed` })).close()
    for (const copy of ['read', 'closed']) assert.equal(waiting(`${path}.${copy}`), 0)
    const last = await openStore({ ...openOptions(), url: `${path}.read` })
    const again = await last.readAt('latest')
    assert.deepEqual([again.revision, await again.count(users, 'a')], [4, 3])
    await last.close()
    await store.close()
  }))

test('entries that may be kept as one are, when the groups that wrote them go into the tables together', () =>
  inFolder(async (path) => {
    interface Words {
      readonly id: string
      readonly words: string
    }
    const read = (text: string): Words => ({ id: text.split(' ')[0]!, words: text })
    const join = { once: () => true, texts: (texts: readonly string[]) => texts.join(' + ') }
    const said = defineLog<Words>({ name: 'words', id: ({ id }) => id, at: () => 1, text: { write: ({ words }) => words, read, join } })
    const store = await openStore({ ...openOptions(), url: path })
    const say = (id: string, words = id) =>
      store.transact(async (tx) => {
        await tx.put(users, 'a', user(id))
        tx.append(said, 'a', { id, words })
      })
    await say('1')
    await say('2')
    await say('3', `3 ${'x'.repeat(40_000)}`)
    await say('4')
    for (const end of ['', '-wal']) copyFileSync(path + end, `${path}.copy${end}`)
    const kept = async (of: typeof store) => (await of.readLog(said, 'a', { limit: 9 })).items.map(({ words }) => words.slice(0, 9))
    assert.deepEqual(await kept(store), ['1 + 2 + 3', '4'])
    await store.close()
    const after = await openStore({ ...openOptions(), url: `${path}.copy` })
    assert.deepEqual(await kept(after), ['1', '2', '3 xxxxxxx', '4'], 'after a crash nobody knows how to join them')
    await after.close()
  }))

test('a store of a newer Bailiwick is left alone', () =>
  inFolder(async (path) => {
    const database = openFile(path)
    migrate(database, path)
    database.exec(`UPDATE bailiwick_meta SET value = '99' WHERE name = 'schemaVersion'`)
    const before = database.prepare('SELECT * FROM bailiwick_meta').all()
    closeFile(database)
    await assert.rejects(openStore({ ...openOptions(), url: path }), code('StoreTooNew'))
    const again = openFile(path)
    assert.deepEqual(again.prepare('SELECT * FROM bailiwick_meta').all(), before)
    closeFile(again)
  }))

test('what is no store is said to be none, and is not changed', () =>
  inFolder(async (path) => {
    writeFileSync(path, 'this is a letter to my aunt, and it is longer than the header of a database '.repeat(20))
    const before = readFileSync(path)
    await assert.rejects(openStore({ ...openOptions(), url: path }), code('StoreUnavailable'))
    assert.deepEqual(readFileSync(path), before)
    await assert.rejects(openStore({ ...openOptions(), url: `${path}/below` }), code('StoreUnavailable'))
    await assert.rejects(openStore({ ...openOptions(), url: 'mysql://host/x' }), TypeError)
  }))

test('a full disk is told from other errors', () =>
  inFolder(async (path) => {
    const database = openFile(path)
    database.exec('CREATE TABLE filled (text text)')
    database.exec('PRAGMA max_page_count = 10')
    const fill = database.prepare('INSERT INTO filled VALUES (?1)')
    const filling = () => {
      for (let i = 0; i < 100; i++) fill.run('x'.repeat(4000))
    }
    assert.throws(() => {
      try {
        filling()
      } catch (error) {
        throw storeError(error, path)
      }
    }, code('StoreFull'))
    assert.equal(storeError(new Error('anything else'), path).code, 'StoreUnavailable')
    closeFile(database)
  }))
