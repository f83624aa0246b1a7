import assert from 'node:assert/strict'
import { test } from 'node:test'
import { postgresMissing } from './postgres.js'

test('without PostgreSQL its tests say why they are skipped, and fail where they are required', () => {
  const { PG_BIN, BAILIWICK_TEST_POSTGRES } = process.env
  try {
    process.env.PG_BIN = '/nowhere'
    delete process.env.BAILIWICK_TEST_POSTGRES
    assert.match(String(postgresMissing()), /no PostgreSQL binaries/)
    process.env.BAILIWICK_TEST_POSTGRES = 'required'
    assert.throws(() => postgresMissing(), /no PostgreSQL binaries/)
  } finally {
    restore('PG_BIN', PG_BIN)
    restore('BAILIWICK_TEST_POSTGRES', BAILIWICK_TEST_POSTGRES)
  }
})

function restore(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name]
  else process.env[name] = value
}
