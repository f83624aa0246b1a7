/** Brings a database to the newest schema, in one transaction; nodes that start at the same time do it one after another. */
import type pg from 'pg'
import { metaTable, migrations, postgresDialect } from '../sql/index.js'
import { StoreError } from '../store.js'

/** Two nodes made the same thing at the same time (unique violation in the catalogue, duplicate table, conflict): try again. */
const retried = new Set(['23505', '42P07', '42710', '40001', '40P01', 'XX000'])
const mostTries = 10

/** `newest` is for tests, which make databases as older versions made them. Throws `StoreTooNew`. */
export async function migrate(pool: pg.Pool, where: string, newest = migrations.length): Promise<void> {
  for (let tries = 1; ; tries++) {
    const client = await pool.connect()
    try {
      await client.query('BEGIN')
      await steps(client, where, newest)
      await client.query('COMMIT')
      client.release()
      return
    } catch (error) {
      await client.query('ROLLBACK').then(
        () => client.release(),
        (broken: Error) => client.release(broken),
      )
      if (tries === mostTries || !retried.has((error as { code?: string }).code ?? '')) throw error
    }
  }
}

async function steps(client: pg.PoolClient, where: string, newest: number): Promise<void> {
  await client.query(metaTable(postgresDialect))
  await client.query(`INSERT INTO bailiwick_meta (name, value) VALUES ('schemaVersion', '0') ON CONFLICT (name) DO NOTHING`)
  const { rows } = await client.query<{ value: string }>(`SELECT value FROM bailiwick_meta WHERE name = 'schemaVersion' FOR UPDATE`)
  const version = Number(rows[0]!.value)
  if (version > newest) {
    throw new StoreError('StoreTooNew', `${where} has schema version ${version}; this Bailiwick knows versions up to ${newest}`)
  }
  for (const migration of migrations.slice(version, newest)) {
    for (const statement of migration(postgresDialect)) await client.query(statement)
  }
  if (version < newest) await client.query(`UPDATE bailiwick_meta SET value = $1 WHERE name = 'schemaVersion'`, [String(newest)])
}
