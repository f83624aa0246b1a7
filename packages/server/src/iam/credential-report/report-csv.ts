/** What the credential report says of each user: a column a row of the table below (iam-behaviour §9). */
import { accounts, wholeServer } from '../../accounts/account.js'
import { accessKeyLastUsed, accessKeys } from '../../credentials/access-key.js'
import type { AccountReader } from '../../pipeline/account-store.js'
import { entityArn, rootArn } from '../arns.js'
import { thePasswordPolicy } from '../password-policy/password-policy.js'
import { loginProfiles, mfaDevices, signingCertificates, type UserRecord, users } from '../records.js'

interface KeyFacts {
  readonly active: boolean
  readonly rotatedAt: number
  readonly used?: { readonly at: number; readonly region: string; readonly service: string }
}

interface Facts {
  readonly user: string
  readonly arn: string
  readonly createdAt: number
  /** Absent for a root user, of whose password the report says nothing but when it was used. */
  readonly password?: { readonly enabled: boolean; readonly changedAt?: number; readonly expiresAt?: number }
  readonly passwordLastUsedAt?: number
  readonly mfa: boolean
  readonly keys: readonly KeyFacts[]
  readonly certificates: readonly { readonly active: boolean; readonly rotatedAt: number }[]
}

const none = 'N/A'
const notForRoot = 'not_supported'

/** `2026-11-26T12:00:00+00:00`. */
const date = (at: number | undefined): string => (at === undefined ? none : `${new Date(at).toISOString().slice(0, 19)}+00:00`)

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
  ['password_enabled', ({ password }) => (password === undefined ? notForRoot : String(password.enabled))],
  [
    'password_last_used',
    ({ password, passwordLastUsedAt }) => {
      if (password?.enabled === false) return none
      return passwordLastUsedAt === undefined ? 'no_information' : date(passwordLastUsedAt)
    },
  ],
  ['password_last_changed', ({ password }) => (password === undefined ? notForRoot : date(password.changedAt))],
  ['password_next_rotation', ({ password }) => (password === undefined ? notForRoot : date(password.expiresAt))],
  ['mfa_active', ({ mfa }) => String(mfa)],
  ...keyColumns(1),
  ...keyColumns(2),
  ...certificateColumns(1),
  ...certificateColumns(2),
]

/** What users and root users have in common. */
async function credentialsOf(tx: AccountReader, ownerId: string): Promise<Pick<Facts, 'mfa' | 'keys' | 'certificates'>> {
  const server = tx.of(wholeServer)
  const byAge = <R extends { readonly createdAt: number }>(records: readonly R[]): R[] =>
    [...records].sort((a, b) => a.createdAt - b.createdAt)
  const keys = byAge(await server.all(accessKeys, 'owner', `${tx.accountId}/${ownerId}`)).map(async ({ id, status, createdAt }) => {
    const used = await server.get(accessKeyLastUsed, id)
    return { active: status === 'Active', rotatedAt: createdAt, ...(used !== undefined && { used }) }
  })
  return {
    mfa: (await tx.all(mfaDevices, 'owner', ownerId)).length > 0,
    keys: await Promise.all(keys),
    certificates: byAge(await tx.all(signingCertificates, 'owner', ownerId)).map(({ status, createdAt }) => ({
      active: status === 'Active',
      rotatedAt: createdAt,
    })),
  }
}

async function rootFacts(tx: AccountReader): Promise<Facts> {
  const { createdAt } = (await tx.of(wholeServer).get(accounts, tx.accountId))!
  return { user: '<root_account>', arn: rootArn('aws', tx.accountId), createdAt, ...(await credentialsOf(tx, tx.accountId)) }
}

const dayMilliseconds = 86_400_000

async function userFacts(
  tx: AccountReader,
  { id, name, path, createdAt, passwordLastUsedAt }: UserRecord,
  maxAgeDays: number,
): Promise<Facts> {
  const profile = await tx.get(loginProfiles, id)
  return {
    user: name,
    arn: entityArn('aws', tx.accountId, 'user', { path, name }),
    createdAt,
    password:
      profile === undefined
        ? { enabled: false }
        : {
            enabled: true,
            changedAt: profile.changedAt,
            ...(maxAgeDays > 0 && { expiresAt: profile.changedAt + maxAgeDays * dayMilliseconds }),
          },
    ...(passwordLastUsedAt !== undefined && { passwordLastUsedAt }),
    ...(await credentialsOf(tx, id)),
  }
}

const usersAtOnce = 100

/** The root user first, then users in the order of their names. */
export async function credentialReport(tx: AccountReader): Promise<string> {
  const { maxAgeDays = 0 } = (await thePasswordPolicy(tx)) ?? {}
  const rows: Facts[] = [await rootFacts(tx)]
  for (let after: string | undefined, more = true; more; more = after !== undefined) {
    const found = await tx.list(users, 'name', { limit: usersAtOnce, ...(after !== undefined && { after }) })
    rows.push(...(await Promise.all(found.items.map((user) => userFacts(tx, user, maxAgeDays)))))
    after = found.next
  }
  // Names of users may have commas.
  return [columns.map(([name]) => name), ...rows.map((facts) => columns.map(([, value]) => cell(value(facts))))]
    .map((cells) => cells.join(','))
    .join('\n')
}

const cell = (text: string): string => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
