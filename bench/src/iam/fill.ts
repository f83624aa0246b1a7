/** Fills an account with users and roles through the store itself: `fill.js DATA_DIR USERS ROLES`. Prints the seconds that it took. */
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeId } from '@bailiwick/model'
import { defineTable, openStore, type Transaction } from '@bailiwick/store'
import { ACCOUNT, roleName, userName } from './names.js'

interface Entity {
  readonly id: string
  readonly name: string
  readonly path: string
  readonly createdAt: number
  readonly tags: readonly object[]
}

/** As the server keeps them; the rows look whether it finds what is filled in here. */
const indexes = { name: { values: ({ name }: Entity) => [name], unique: true, ignoreCase: true }, boundary: { values: () => [] } }
const users = defineTable<Entity>()({ name: 'iam.user', key: ({ id }) => id, indexes })
const roles = defineTable<Entity>()({ name: 'iam.role', key: ({ id }) => id, indexes })

const trust = {
  text: JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
  }),
  principalIds: {},
}

const AT_ONCE = 5000

const [dataDir = '', userCount = '0', roleCount = '0'] = process.argv.slice(2)
const store = await openStore({
  url: join(dataDir, 'bailiwick.db'),
  masterKey: Buffer.from(readFileSync(join(dataDir, 'master.key'), 'latin1').trim(), 'hex'),
  clock: Date.now,
  randomBytes,
})

async function fill(count: number, put: (tx: Transaction, at: number) => Promise<void>): Promise<void> {
  for (let from = 0; from < count; from += AT_ONCE) {
    await store.transact(async (tx) => {
      for (let at = from; at < Math.min(count, from + AT_ONCE); at++) await put(tx, at)
    })
  }
}

const entity = (kind: 'user' | 'role', name: string): Entity => ({
  id: makeId(kind, ACCOUNT, randomBytes(20)),
  name,
  path: '/',
  createdAt: Date.now(),
  tags: [],
})

const began = process.hrtime.bigint()
await fill(Number(userCount), (tx, at) => tx.put(users, ACCOUNT, entity('user', userName(at))))
await fill(Number(roleCount), (tx, at) => {
  const role = { ...entity('role', roleName(at)), trust, maxSessionSeconds: 3600 }
  return tx.put(roles, ACCOUNT, role)
})
const seconds = Number(process.hrtime.bigint() - began) / 1e9
await store.close()
process.stdout.write(`${seconds}\n`)
