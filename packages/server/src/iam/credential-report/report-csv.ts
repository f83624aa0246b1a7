/** What the credential report says of each user: a column a row of the table below (iam-behaviour §9). */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { accounts, wholeServer } from '../../accounts/account.js'
import { rootPasswords } from '../../accounts/new-account.js'
import { accessKeyLastUsed, accessKeys } from '../../credentials/access-key.js'
import type { AccountReader } from '../../pipeline/account-store.js'
import { entityArn, rootArn } from '../arns.js'
import { thePasswordPolicy } from '../password-policy/password-policy.js'
import { type LoginProfileRecord, loginProfiles, mfaDevices, signingCertificates, type UserRecord, users } from '../records.js'

interface KeyFacts {
  readonly active: boolean
  readonly rotatedAt: number
  readonly used?: { readonly at: number; readonly region: string; readonly service: string }
}

interface Facts {
  readonly user: string
  readonly arn: string
  readonly createdAt: number
  /** `expiresAt` is text for a root user, whose password never does. */
  readonly password: { readonly enabled: boolean; readonly changedAt?: number; readonly expiresAt?: number | typeof notForRoot }
  readonly passwordLastUsedAt?: number
  readonly mfa: boolean
  readonly keys: readonly KeyFacts[]
  readonly certificates: readonly { readonly active: boolean; readonly rotatedAt: number }[]
}

const none = 'N/A'
const notForRoot = 'not_supported'

/** `2026-11-26T12:00:00Z`. */
const date = (at: number | undefined): string => (at === undefined ? none : `${new Date(at).toISOString().slice(0, 19)}Z`)

type Column = readonly [name: string, value: (facts: Facts) => string]

const keyColumns = (number: 1 | 2): readonly Column[] => {
  const key = ({ keys }: Facts): KeyFacts | undefined => keys[number - 1]
  return [
    [`access_key_${number}_active`, (facts) => String(key(facts)?.active ?? false)],
    [`access_key_${number}_last_rotated`, (facts) => date(key(facts)?.rotatedAt)],
    [`access_key_${number}_last_used_date`, (facts) => date(key(facts)?.used?.at)],
    [`access_key_${number}_last_used_region`, (facts) => key(facts)?.used?.region ?? none],
    [`access_key_${number}_last_used_service`, (facts) => key(facts)?.used?.service ?? none],
  ]
}

const certificateColumns = (number: 1 | 2): readonly Column[] => [
  [`cert_${number}_active`, ({ certificates }) => String(certificates[number - 1]?.active ?? false)],
  [`cert_${number}_last_rotated`, ({ certificates }) => date(certificates[number - 1]?.rotatedAt)],
]

const columns: readonly Column[] = [
  ['user', ({ user }) => user],
  ['arn', ({ arn }) => arn],
  ['user_creation_time', ({ createdAt }) => date(createdAt)],
  ['password_enabled', ({ password }) => String(password.enabled)],
  [
    'password_last_used',
    ({ password, passwordLastUsedAt }) => {
      if (!password.enabled) return none
      return passwordLastUsedAt === undefined ? 'no_information' : date(passwordLastUsedAt)
    },
  ],
  ['password_last_changed', ({ password }) => date(password.changedAt)],
  ['password_next_rotation', ({ password }) => (password.expiresAt === notForRoot ? notForRoot : date(password.expiresAt))],
  ['mfa_active', ({ mfa }) => String(mfa)],
  ...keyColumns(1),
  ...keyColumns(2),
  ...certificateColumns(1),
  ...certificateColumns(2),
]

type Credentials = Pick<Facts, 'mfa' | 'keys' | 'certificates'>

/** The orders are those of AWS's reports as recorded in 2026: of keys that of their ids, and certificates not in force first. */
const byId = <R extends { readonly id: string }>(records: readonly R[]): R[] => [...records].sort((a, b) => (a.id < b.id ? -1 : 1))
const inactiveFirst = <R extends { readonly status: string; readonly createdAt: number }>(records: readonly R[]): R[] =>
  [...records].sort((a, b) => Number(a.status === 'Active') - Number(b.status === 'Active') || a.createdAt - b.createdAt)

/** What users and root users have in common, for each of the owners. */
async function credentialsOf(tx: AccountReader, ownerIds: readonly string[]): Promise<readonly Credentials[]> {
  const server = tx.of(wholeServer)
  const owners = ownerIds.map((id) => `${tx.accountId}/${id}`)
  const [keysOf, devices, certificatesOf] = await Promise.all([
    server.allEach(accessKeys, 'owner', owners),
    tx.countEach(mfaDevices, 'owner', ownerIds),
    tx.allEach(signingCertificates, 'owner', ownerIds),
  ])
  const keyIds = keysOf.flat().map(({ id }) => id)
  const used = new Map((await server.getEach(accessKeyLastUsed, keyIds)).map((use, at) => [keyIds[at]!, use]))
  return ownerIds.map((_, at) => ({
    mfa: devices[at]! > 0,
    keys: byId(keysOf[at]!).map(({ id, status, createdAt }) => {
      const last = used.get(id)
      return { active: status === 'Active', rotatedAt: createdAt, ...(last !== undefined && { used: last }) }
    }),
    certificates: inactiveFirst(certificatesOf[at]!).map(({ status, createdAt }) => ({
      active: status === 'Active',
      rotatedAt: createdAt,
    })),
  }))
}

async function rootFacts(tx: AccountReader): Promise<Facts> {
  const { createdAt } = (await tx.of(wholeServer).get(accounts, tx.accountId))!
  const found = await tx.of(wholeServer).get(rootPasswords, tx.accountId)
  const password: Facts['password'] = {
    enabled: found !== undefined,
    ...(found !== undefined && { changedAt: found.changedAt ?? createdAt }),
    expiresAt: notForRoot,
  }
  const [credentials] = await credentialsOf(tx, [tx.accountId])
  return { user: '<root_account>', arn: rootArn('aws', tx.accountId), createdAt, password, ...credentials! }
}

const dayMilliseconds = 86_400_000

function passwordFacts(profile: Pick<LoginProfileRecord, 'changedAt'> | undefined, maxAgeDays: number): Facts['password'] {
  if (profile === undefined) return { enabled: false }
  const { changedAt } = profile
  return maxAgeDays > 0 ? { enabled: true, changedAt, expiresAt: changedAt + maxAgeDays * dayMilliseconds } : { enabled: true, changedAt }
}

async function userFacts(tx: AccountReader, found: readonly UserRecord[], maxAgeDays: number): Promise<Facts[]> {
  const ids = found.map(({ id }) => id)
  const [profiles, credentials] = [await tx.getEach(loginProfiles, ids), await credentialsOf(tx, ids)]
  return found.map(({ name, path, createdAt, passwordLastUsedAt }, at) => ({
    user: name,
    arn: entityArn('aws', tx.accountId, 'user', { path, name }),
    createdAt,
    password: passwordFacts(profiles[at], maxAgeDays),
    ...(passwordLastUsedAt !== undefined && { passwordLastUsedAt }),
    ...credentials[at]!,
  }))
}

const usersAtOnce = 400

/**
 * The lines of the report, some at a time: the head, the root user, then users in the order of their names. Lets others have their turn
 * between one lot and the next.
 */
export async function* credentialReport(tx: AccountReader): AsyncGenerator<string> {
  const { maxAgeDays = 0 } = (await thePasswordPolicy(tx)) ?? {}
  yield [columns.map(([name]) => name).join(','), line(await rootFacts(tx))].join('\n')
  for (let after: string | undefined, more = true; more; more = after !== undefined) {
    const found = await tx.list(users, 'name', { limit: usersAtOnce, ...(after !== undefined && { after }) })
    const facts = await userFacts(tx, found.items, maxAgeDays)
    if (facts.length > 0) yield `\n${facts.map(line).join('\n')}`
    await nextTurn()
    after = found.next
  }
}

const line = (facts: Facts): string => columns.map(([, value]) => cell(value(facts))).join(',')

/** Names of users may have commas. */
const cell = (text: string): string => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
