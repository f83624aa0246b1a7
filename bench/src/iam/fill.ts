/** Fills an account through the store itself: `fill.js DATA_DIR PLAN`, with the plan as JSON. Prints the seconds that it took. */
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeId } from '@bailiwick/model'
import { openStore, type Transaction } from '@bailiwick/store'
import { ACCOUNT } from '../our-server.js'
import { groupName, type Plan, policyName, roleName, userName } from './plan.js'
import * as tables from './tables.js'

const allowing = (action: string, resource: string): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: resource }] })

const trust = {
  text: JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
  }),
  principalIds: {},
}

const attachedPolicy = 'arn:aws:iam::aws:policy/ReadOnlyAccess'
const AT_ONCE = 5000

const [dataDir = '', planText = '{}'] = process.argv.slice(2)
const plan = JSON.parse(planText) as Plan
const { users, roles = 0, groups = 0, policies = 0, furnished = false, credentials = false } = plan
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
    if (from % 100_000 === 0 && from > 0) process.stderr.write(`  ${from} of ${count} are filled in\n`)
  }
}

const newId = (kind: Parameters<typeof makeId>[0]): string => makeId(kind, ACCOUNT, randomBytes(20))
const entity = (kind: 'user' | 'role' | 'group' | 'policy', name: string): tables.Entity => ({
  id: newId(kind),
  name,
  path: '/',
  createdAt: Date.now(),
  tags: [],
})

const attach = (tx: Transaction, ownerKind: 'group' | 'role', ownerId: string): Promise<void> =>
  tx.put(tables.attachments, ACCOUNT, { ownerKind, ownerId, policyArn: attachedPolicy, at: Date.now() })

async function credentialsFor(tx: Transaction, ownerId: string, at: number): Promise<void> {
  const createdAt = Date.now()
  const secret = randomBytes(30).toString('base64')
  await tx.put(tables.accessKeys, '', { id: newId('accessKey'), accountId: ACCOUNT, ownerId, secret, status: 'Active', createdAt })
  if (at % 2 === 0) {
    const password = { userId: ownerId, hashes: '$argon2id$none', createdAt, changedAt: createdAt, resetRequired: false }
    await tx.put(tables.loginProfiles, ACCOUNT, password)
  }
  if (at % 4 === 0) {
    const name = userName(at)
    const id = `arn:aws:iam::${ACCOUNT}:mfa/${name}`
    const device = { id, kind: 'virtual', name, path: '/', createdAt, tags: [], ownerId, enabledAt: createdAt, seed: secret } as const
    await tx.put(tables.mfaDevices, ACCOUNT, device)
  }
}

const began = process.hrtime.bigint()
const groupIds: string[] = []
await fill(groups, async (tx, at) => {
  const group = entity('group', groupName(at))
  groupIds[at] = group.id
  await tx.put(tables.groups, ACCOUNT, group)
  if (furnished) await attach(tx, 'group', group.id)
})
await fill(users, async (tx, at) => {
  const user = entity('user', userName(at))
  await tx.put(tables.users, ACCOUNT, user)
  if (furnished) {
    await tx.put(tables.inlinePolicies, ACCOUNT, { ownerId: user.id, name: 'own', text: allowing('s3:GetObject', 'arn:aws:s3:::bucket/*') })
    await tx.put(tables.memberships, ACCOUNT, { groupId: groupIds[at % groups]!, userId: user.id })
  }
  if (credentials) await credentialsFor(tx, user.id, at)
})
await fill(roles, async (tx, at) => {
  const role = { ...entity('role', roleName(at)), trust, maxSessionSeconds: 3600 }
  await tx.put(tables.roles, ACCOUNT, role)
  if (furnished) await attach(tx, 'role', role.id)
})
await fill(policies, async (tx, at) => {
  const policy = { ...entity('policy', policyName(at)), updatedAt: Date.now(), defaultVersion: 1, nextVersion: 2 }
  await tx.put(tables.policies, ACCOUNT, policy)
  const text = allowing('sqs:SendMessage', `arn:aws:sqs:us-east-1:${ACCOUNT}:queue-${at}`)
  await tx.put(tables.policyVersions, ACCOUNT, { policyId: policy.id, version: 1, text, createdAt: Date.now() })
})
const seconds = Number(process.hrtime.bigint() - began) / 1e9
await store.close()
process.stdout.write(`${seconds}\n`)
