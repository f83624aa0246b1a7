/** Brings a file to the newest schema, in one transaction. */
import { metaTable, migrations, sqliteDialect } from '../sql/index.js'
import { StoreError } from '../store.js'
import type { Database } from './file.js'

/** `newest` is for tests, which make files as older versions made them. Throws `StoreTooNew`. */
export function migrate(database: Database, path: string, newest = migrations.length): void {
  database.exec('BEGIN IMMEDIATE')
  try {
    database.exec(metaTable(sqliteDialect))
    const row = database.prepare(`SELECT value FROM bailiwick_meta WHERE name = 'schemaVersion'`).get() as { value: string } | undefined
    const version = Number(row?.value ?? 0)
    if (version > newest) {
      throw new StoreError('StoreTooNew', `${path} has schema version ${version}; this Bailiwick knows versions up to ${newest}`)
    }
    for (const migration of migrations.slice(version, newest)) {
      for (const statement of migration(sqliteDialect)) database.exec(statement)
    }
    // A store that is up to date is opened without writing: that works on a full disk too.
    if (version < newest) {
      database.prepare(`INSERT OR REPLACE INTO bailiwick_meta (name, value) VALUES ('schemaVersion', ?1)`).run(String(newest))
    }
    database.exec('COMMIT')
  } catch (error) {
    if (database.inTransaction) database.exec('ROLLBACK')
    throw error
  }
}
