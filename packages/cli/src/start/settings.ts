/** The settings of `bailiwick start`: one row a setting, from flag or environment. Other programs rely on these names. */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Flag, flagHelp, unknown } from '../flags.js'
import { UsageError } from '../usage-error.js'

interface Setting extends Flag {
  readonly variable?: string
}

export const settings: readonly Setting[] = [
  { name: '--host', value: 'HOST', variable: 'BAILIWICK_HOST', help: 'Address to listen on. Default 127.0.0.1' },
  { name: '--port', value: 'PORT', variable: 'BAILIWICK_PORT', help: 'Default 4566; 0 takes any free port.' },
  { name: '--tls-cert', value: 'FILE', variable: 'BAILIWICK_TLS_CERT', help: 'Certificate chain (PEM); with --tls-key serves HTTPS.' },
  { name: '--tls-key', value: 'FILE', variable: 'BAILIWICK_TLS_KEY', help: 'Private key (PEM).' },
  {
    name: '--public-url',
    value: 'URL',
    variable: 'BAILIWICK_PUBLIC_URL',
    help: 'Origin that browsers and identity providers use. Default http://localhost:PORT',
  },
  {
    name: '--trusted-proxies',
    value: 'LIST',
    variable: 'BAILIWICK_TRUSTED_PROXIES',
    help: 'Addresses or CIDR blocks whose X-Forwarded-* headers count. Default none.',
  },
  { name: '--data-dir', value: 'DIR', variable: 'BAILIWICK_DATA_DIR', help: 'Default ./.bailiwick' },
  {
    name: '--database-url',
    value: 'URL',
    variable: 'BAILIWICK_DATABASE_URL',
    help: 'postgres://… or memory: — default is the embedded store in the data folder.',
  },
  { name: '--account-id', value: 'ID', variable: 'BAILIWICK_ACCOUNT_ID', help: 'Number of the first account. Default 000000000000' },
  { name: '--regions', value: 'LIST', variable: 'BAILIWICK_REGIONS', help: 'The only regions to accept in a signature. Default any.' },
  {
    name: '--root-email',
    value: 'EMAIL',
    variable: 'BAILIWICK_ROOT_EMAIL',
    help: "First account's root, at the first start. Generated when left out.",
  },
  { name: '--root-password-file', value: 'FILE', help: 'Its password, from a file (or BAILIWICK_ROOT_PASSWORD). Generated when left out.' },
  {
    name: '--master-key-file',
    value: 'FILE',
    help: 'Key that encrypts secrets at rest: 32 bytes, raw, hex or base64 (or BAILIWICK_MASTER_KEY). Must be given with PostgreSQL.',
  },
  {
    name: '--federation-allow',
    value: 'LIST',
    variable: 'BAILIWICK_FEDERATION_ALLOW',
    help: 'What identity providers may be fetched from beside https and public addresses: addresses, CIDR blocks, origins (http://localhost:8080).',
  },
  {
    name: '--audit-retention',
    value: 'TIME',
    variable: 'BAILIWICK_AUDIT_RETENTION',
    help: 'How long audit events are kept: 90d, 12h, 30m. Default 90d',
  },
  {
    name: '--dev',
    variable: 'BAILIWICK_DEV',
    help: 'For development: store in memory, root key test/test, reset route. Still verifies and authorizes every request.',
  },
  { name: '--log-format', value: 'pretty|json', variable: 'BAILIWICK_LOG_FORMAT', help: 'Default pretty on a terminal, else json.' },
]

/** Settings that are secrets have no flag, since flags can be seen by everybody on the machine. */
const secretVariables = [
  'BAILIWICK_ROOT_PASSWORD',
  'BAILIWICK_ROOT_ACCESS_KEY_ID',
  'BAILIWICK_ROOT_SECRET_ACCESS_KEY',
  'BAILIWICK_MASTER_KEY',
] as const

/** Read by the tests and tools of this project, never by the server. */
const foreignPrefix = 'BAILIWICK_TEST_'

export const startFlags: readonly Flag[] = settings

export const startSettingsHelp = async (): Promise<string> =>
  `${flagHelp(settings)}\n\nEach flag has a variable of its name: --data-dir is BAILIWICK_DATA_DIR.\nSecrets come from ${secretVariables.join(', ')}.`

export interface StartSettings {
  readonly host: string
  readonly port: number
  readonly tls?: { readonly cert: Buffer; readonly key: Buffer }
  readonly publicUrl?: string
  readonly trustedProxies: readonly string[]
  readonly dataDir: string
  readonly dataDirGiven: boolean
  readonly storeUrl: string
  readonly accountId: string
  readonly regions?: readonly string[]
  readonly root: { email?: string; password?: string; accessKeyId?: string; secretAccessKey?: string }
  readonly masterKey?: string
  readonly masterKeyFile?: string
  readonly federationAllow: readonly string[]
  readonly auditRetention: number
  readonly dev: boolean
  readonly logFormat?: 'pretty' | 'json'
  readonly credentialsPath: string
}

/** Throws `UsageError` that names the setting, and the nearest known one for an unknown variable. */
export function startSettings(flags: ReadonlyMap<string, string>, environment: NodeJS.ProcessEnv): StartSettings {
  refuseUnknown(environment)
  return settingsFrom(flags, environment)
}

/** For commands that pass over variables they do not know. Throws `UsageError` that names the setting. */
export function settingsFrom(flags: ReadonlyMap<string, string>, environment: NodeJS.ProcessEnv): StartSettings {
  const get = (name: string): string | undefined => {
    const { variable } = settings.find((setting) => setting.name === name)!
    return flags.get(name) ?? (variable === undefined ? undefined : environment[variable] || undefined)
  }
  const dev = isOn(get('--dev'))
  const dataDir = resolve(get('--data-dir') ?? './.bailiwick')
  const database = get('--database-url') ?? (dev && get('--data-dir') === undefined ? 'memory:' : undefined)
  const host = get('--host') ?? '127.0.0.1'
  if (dev && !['127.0.0.1', '::1', 'localhost'].includes(host))
    throw new UsageError(`--dev serves this machine only: --host ${host} is not loopback`)
  const logFormat = get('--log-format')
  if (logFormat !== undefined && logFormat !== 'pretty' && logFormat !== 'json') throw new UsageError('--log-format is pretty or json')
  const tls = tlsOf(get('--tls-cert'), get('--tls-key'))
  const regions = listOf(get('--regions'))
  const masterKeyFile = flags.get('--master-key-file')
  const publicUrl = get('--public-url')
  return {
    host,
    port: portOf(get('--port') ?? '4566'),
    trustedProxies: listOf(get('--trusted-proxies')),
    dataDir,
    dataDirGiven: get('--data-dir') !== undefined,
    storeUrl: storeUrlOf(database, dataDir),
    accountId: accountOf(get('--account-id') ?? '000000000000'),
    root: rootOf(get('--root-email'), flags.get('--root-password-file'), environment, dev),
    federationAllow: listOf(get('--federation-allow')),
    auditRetention: durationOf(get('--audit-retention') ?? '90d'),
    dev,
    credentialsPath: join(dataDir, 'credentials'),
    ...(tls && { tls }),
    ...(publicUrl !== undefined && { publicUrl: urlOf(publicUrl) }),
    ...(regions.length > 0 && { regions }),
    ...(environment.BAILIWICK_MASTER_KEY && { masterKey: environment.BAILIWICK_MASTER_KEY }),
    ...(masterKeyFile !== undefined && { masterKeyFile }),
    ...(logFormat !== undefined && { logFormat }),
  }
}

function refuseUnknown(environment: NodeJS.ProcessEnv): void {
  const known = [...settings.flatMap(({ variable }) => variable ?? []), ...secretVariables]
  for (const name of Object.keys(environment)) {
    if (name.startsWith('BAILIWICK_') && !name.startsWith(foreignPrefix) && !known.includes(name))
      throw new UsageError(unknown('variable', name, known))
  }
}

const listOf = (text = ''): string[] => text.split(',').flatMap((part) => part.trim() || [])

function isOn(text: string | undefined): boolean {
  if (text === undefined || text === '0' || text === 'false') return false
  if (text === '1' || text === 'true') return true
  throw new UsageError('--dev (BAILIWICK_DEV) is 1 or 0')
}

function portOf(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (!(port <= 65_535)) throw new UsageError(`--port must be a number from 0 to 65535, not \`${text}\``)
  return port
}

function accountOf(text: string): string {
  if (!/^\d{12}$/.test(text)) throw new UsageError(`--account-id must be 12 digits, not \`${text}\``)
  return text
}

function urlOf(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw new UsageError(`--public-url must be an http or https URL, not \`${text}\``)
  return new URL(text).origin
}

function storeUrlOf(database: string | undefined, dataDir: string): string {
  if (database === undefined) return join(dataDir, 'bailiwick.db')
  if (database === 'memory:' || /^postgres(?:ql)?:\/\//.test(database)) return database
  throw new UsageError('--database-url must begin with postgres://, or be memory:')
}

const units: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

function durationOf(text: string): number {
  const [, count, unit = ''] = /^(\d{1,6})([smhd])$/.exec(text) ?? []
  if (count === undefined || Number(count) === 0)
    throw new UsageError(`--audit-retention must be a time such as 90d or 12h, not \`${text}\``)
  return Number(count) * units[unit]!
}

function tlsOf(cert: string | undefined, key: string | undefined): StartSettings['tls'] {
  if (cert === undefined && key === undefined) return undefined
  if (cert === undefined || key === undefined) throw new UsageError('--tls-cert and --tls-key go together')
  return { cert: fileOf('--tls-cert', cert), key: fileOf('--tls-key', key) }
}

export function fileOf(flag: string, path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    throw new UsageError(`${flag}: ${(error as Error).message}`)
  }
}

/** As the model has it for the accounts that are made later. */
const isEmail = /^(?=.{6,64}$)[^\s@]+@[^\s@]+\.[^\s@]+$/

function rootOf(
  email: string | undefined,
  passwordFile: string | undefined,
  environment: NodeJS.ProcessEnv,
  dev: boolean,
): StartSettings['root'] {
  const {
    BAILIWICK_ROOT_PASSWORD,
    BAILIWICK_ROOT_ACCESS_KEY_ID: accessKeyId,
    BAILIWICK_ROOT_SECRET_ACCESS_KEY: secretAccessKey,
  } = environment
  if ((accessKeyId ? 1 : 0) !== (secretAccessKey ? 1 : 0)) {
    throw new UsageError('BAILIWICK_ROOT_ACCESS_KEY_ID and BAILIWICK_ROOT_SECRET_ACCESS_KEY go together')
  }
  const password =
    passwordFile === undefined
      ? BAILIWICK_ROOT_PASSWORD || undefined
      : fileOf('--root-password-file', passwordFile).toString('utf8').trimEnd()
  if (email !== undefined && !isEmail.test(email)) throw new UsageError(`--root-email: \`${email}\` is not an e-mail address`)
  const key =
    accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey } : dev ? { accessKeyId: 'test', secretAccessKey: 'test' } : {}
  return { ...key, ...(email !== undefined && { email }), ...(password !== undefined && { password }) }
}
