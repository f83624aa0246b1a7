import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import pg from 'pg'
import { code, entries, increment, openOptions, type Place, save, storeConformance, take, user, users } from '../conformance/index.js'
import { openStore, type Store } from '../index.js'
import { migrations } from '../sql/index.js'
import { postgresMissing, startPostgres, type TestPostgres } from '../testing/index.js'
import { migrate } from './migrate.js'

const missing = postgresMissing()

describe('PostgreSQL', { skip: missing }, () => {
  let server: TestPostgres
  before(async () => {
    server = await startPostgres()
  })
  after(() => server.stop())

  async function place(): Promise<Place> {
    const url = await server.database()
    return {
      lasting: true,
      open: (options) => openStore({ ...options, url }),
      atRest: () => dump(url),
      remove: async () => undefined,
    }
  }

  storeConformance('the store in PostgreSQL', place, 'small')

  /** Two nodes on one database. */
  function nodes(name: string, run: (a: Store, b: Store, url: string) => Promise<void>): void {
    test(name, async () => {
      const url = await server.database()
      // At the same time, on an empty database: both want to make the tables.
      const [a, b] = await Promise.all([openStore({ ...openOptions('a'), url }), openStore({ ...openOptions('b'), url })])
      try {
        await run(a, b, url)
      } finally {
        await Promise.all([a.close(), b.close()])
      }
    })
  }

  nodes('what one node acknowledged, the other sees at once', async (a, b) => {
    for (let n = 0; n < 50; n++) {
      const [writer, other] = n % 2 ? [a, b] : [b, a]
      const { revision } = await save(writer, user('1', { n, groups: [`g${n}`] }))
      const reader = await other.readAt('latest')
      assert.ok(reader.revision >= revision)
      assert.equal((await reader.get(users, 'a', '1'))?.n, n)
      assert.equal((await reader.all(users, 'group', 'a', `g${n}`)).length, 1)
      assert.equal((await other.readAt(revision)).revision, revision)
    }
  })

  nodes('memos and records kept by one node follow the writes of the other', async (a, b) => {
    const memo = {
      name: 'members',
      compute: async (reader: Parameters<Parameters<Store['transact']>[0]>[0] | Awaited<ReturnType<Store['readAt']>>, group: string) =>
        (await reader.all(users, 'group', 'a', group)).map(({ id, n }) => `${id}:${n}`),
    }
    const seen = async (store: Store) => (await store.readAt('latest')).memo(memo, 'g')
    assert.deepEqual(await seen(b), [])
    await save(a, user('1', { n: 1, groups: ['g'] }))
    assert.deepEqual(await seen(b), ['1:1'])
    await save(a, user('1', { n: 2, groups: ['g'] }), user('2', { groups: ['other'] }))
    assert.deepEqual(await seen(b), ['1:2'])
    await save(b, user('2', { n: 3, groups: ['g'] }))
    assert.deepEqual(await seen(a), ['1:2', '2:3'])
    await a.transact((tx) => tx.delete(users, 'a', '1'))
    assert.deepEqual(await seen(b), ['2:3'])
    assert.deepEqual((await b.transact((tx) => tx.memo(memo, 'g'))).result, ['2:3'])
  })

  nodes('a node far behind catches up without having seen each change', async (a, b) => {
    await save(a, user('1', { n: 0 }))
    assert.equal((await (await b.readAt('latest')).get(users, 'a', '1'))?.n, 0)
    await Promise.all(Array.from({ length: 1200 }, () => a.transact(increment('1'))))
    assert.equal((await (await b.readAt('latest')).get(users, 'a', '1'))?.n, 1200)
    await b.reset()
    assert.equal(await (await a.readAt('latest')).count(users, 'a'), 0)
    assert.equal(await (await a.readAt('latest')).get(users, 'a', '1'), undefined)
  })

  nodes('increments from both nodes lose nothing', async (a, b) => {
    await save(a, user('1', { n: 0 }))
    const done = await Promise.all(Array.from({ length: 100 }, (_, i) => (i % 2 ? a : b).transact(increment('1'))))
    assert.equal((await (await a.readAt('latest')).get(users, 'a', '1'))?.n, 100)
    assert.equal(new Set(done.map(({ revision }) => revision)).size, 100)
  })

  nodes('a unique name is unique across nodes', async (a, b) => {
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, (_, i) => save(i % 2 ? a : b, user(`${i}`, { name: 'Wanted' }))))
    assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1)
    for (const outcome of outcomes) if (outcome.status === 'rejected') assert.equal(outcome.reason.code, 'UniqueViolation')
  })

  nodes('a watcher on one node is told of the writes of both, without a gap', async (a, b) => {
    await save(a, user('1', { n: 0 }))
    const watching = take(b, 1, 60)
    await Promise.all(Array.from({ length: 60 }, (_, i) => (i % 3 ? a : b).transact(increment('1'))))
    const changes = await watching
    assert.deepEqual(
      changes.map(({ revision, value }) => [revision, (value as { n: number }).n]),
      Array.from({ length: 60 }, (_, i) => [i + 2, i + 1]),
    )
  })

  nodes('an entry of a log is kept once, whichever node appends it', async (a, b) => {
    const append = (store: Store) => store.transact(async (tx) => tx.append(entries, 'a', { id: 'same', at: 1 }))
    await Promise.all([append(a), append(b), append(a), append(b)])
    assert.equal((await b.readLog(entries, 'a', { limit: 10 })).items.length, 1)
  })

  nodes('a broken connection fails what was under way, and nothing of it is kept', async (a, b, url) => {
    await save(a, user('1'))
    const failing = a.transact(async (tx) => {
      await tx.put(users, 'a', user('2'))
      await execute(url, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'idle in transaction'`)
    })
    await assert.rejects(failing, code('StoreUnavailable'))
    for (const store of [a, b]) assert.equal(await (await store.readAt('latest')).count(users, 'a'), 1)
    await save(a, user('2'))
    assert.equal((await (await b.readAt('latest')).get(users, 'a', '2'))?.id, '2')
  })

  nodes('a serialization failure makes the group run again', async (a, _, url) => {
    await save(a, user('1', { n: 0 }))
    await execute(
      url,
      `CREATE SEQUENCE failures;
       CREATE FUNCTION fail_twice() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN IF nextval('failures') <= 2 THEN RAISE EXCEPTION 'in between' USING ERRCODE = '40001'; END IF; RETURN NULL; END $$;
       CREATE TRIGGER fails AFTER INSERT ON bailiwick_revision FOR EACH STATEMENT EXECUTE FUNCTION fail_twice()`,
    )
    let runs = 0
    const { revision } = await a.transact(async (tx) => {
      runs++
      await increment('1')(tx)
    })
    assert.deepEqual([runs, revision], [3, 2])
    assert.equal((await (await a.readAt('latest')).get(users, 'a', '1'))?.n, 1)
  })

  nodes('a commit waits for the disk even where the database was told not to', async (a, _, url) => {
    await execute(url, `ALTER ROLE bailiwick SET synchronous_commit = off`)
    try {
      const other = await openStore({ ...openOptions(), url })
      await execute(
        url,
        `CREATE TABLE noted (setting text);
         CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$
         BEGIN INSERT INTO noted VALUES (current_setting('synchronous_commit')); RETURN NULL; END $$;
         CREATE TRIGGER notes AFTER INSERT ON bailiwick_revision FOR EACH STATEMENT EXECUTE FUNCTION note()`,
      )
      await save(other, user('1'))
      await other.close()
      const [noted] = await execute(url, 'SELECT setting FROM noted')
      assert.deepEqual(noted, { setting: 'on' })
    } finally {
      await execute(url, `ALTER ROLE bailiwick RESET synchronous_commit`)
    }
    assert.equal(await (await a.readAt('latest')).count(users, 'a'), 1)
  })

  test('a database that is not there, or not answering, is unavailable', async () => {
    const url = await server.database()
    await assert.rejects(openStore({ ...openOptions(), url: `${url}_not` }), code('StoreUnavailable'))
    await assert.rejects(openStore({ ...openOptions(), url: 'postgres://bailiwick@127.0.0.1:1/none' }), code('StoreUnavailable'))
  })

  test('the description names host and database, and no password', async () => {
    const url = (await server.database()).replace('bailiwick@', 'bailiwick:hidden@')
    const store = await openStore({ ...openOptions(), url })
    assert.match(store.description, /^postgres \(127\.0\.0\.1\/test\d+\)$/)
    await store.close()
  })

  for (const version of migrations.keys()) {
    test(`a database of schema version ${version} is brought up to date with what it holds`, async () => {
      const url = await server.database()
      if (version > 0) {
        const pool = new pg.Pool({ connectionString: url })
        await migrate(pool, url, version)
        await pool.end()
        await execute(url, `UPDATE bailiwick_head SET revision = 7, at = 70`)
        await execute(url, `INSERT INTO bailiwick_record VALUES ('test.user', 'a', '1', 7, '${JSON.stringify(user('1'))}')`)
      }
      const store = await openStore({ ...openOptions(), url })
      assert.deepEqual(await (await store.readAt('latest')).get(users, 'a', '1'), version > 0 ? user('1') : undefined)
      await store.transact(async (tx) => tx.append(entries, 'a', { id: 'e', at: 1 }))
      await store.close()
    })
  }

  test('a database of a newer Bailiwick is left alone', async () => {
    const url = await server.database()
    await (await openStore({ ...openOptions(), url })).close()
    await execute(url, `UPDATE bailiwick_meta SET value = '99' WHERE name = 'schemaVersion'`)
    await assert.rejects(openStore({ ...openOptions(), url }), code('StoreTooNew'))
  })
})

async function execute(url: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    const { rows } = await client.query(statement)
    return rows ?? []
  } finally {
    await client.end()
  }
}

/** Every row of every table, as text. */
async function dump(url: string): Promise<string> {
  const names = (await execute(url, `SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'`)) as {
    table_name: string
  }[]
  const rows = await Promise.all(names.map(({ table_name }) => execute(url, `SELECT * FROM ${table_name}`)))
  return JSON.stringify(rows)
}
