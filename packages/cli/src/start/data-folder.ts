/** The data folder: where the store, the master key and the first credentials lie, for nobody but the owner to read. */
import { accessSync, constants, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { RootCredentials } from '@bailiwick/server'
import { UsageError } from '../usage-error.js'
import { fileOf, type StartSettings } from './settings.js'

const keyBytes = 32
const ownerOnly = 0o600

const needsFolder = ({ storeUrl, dataDirGiven }: StartSettings): boolean => storeUrl !== 'memory:' || dataDirGiven

/** Throws one clear line when the folder cannot be made or written to. False when that is so and nothing needs it. */
export function makeDataFolder(settings: StartSettings): boolean {
  try {
    makeFolder(settings.dataDir)
    accessSync(settings.dataDir, constants.W_OK | constants.X_OK)
    return true
  } catch (error) {
    if (!needsFolder(settings)) return false
    throw new Error(`the data folder ${settings.dataDir} cannot be written to: ${(error as Error).message}`)
  }
}

/** With the folders above it. `recursive` never comes back in a file system that answers `ENOENT` where nothing can be made, as `/proc`. */
function makeFolder(path: string): void {
  if (existsSync(path)) return
  const above = dirname(path)
  if (above !== path) makeFolder(above)
  mkdirSync(path, { mode: 0o700 })
}

export interface MasterKey {
  readonly key: Uint8Array
  /** The key and the data that it protects lie in one folder. */
  readonly besideData: boolean
}

/** As given; else, for the embedded store, from `DATA_DIR/master.key`, which is made at the first start. */
export function masterKeyFor(settings: StartSettings, randomBytes: (length: number) => Buffer): MasterKey {
  const { masterKey, masterKeyFile, storeUrl, dataDir } = settings
  if (masterKeyFile !== undefined) {
    return {
      key: keyOf(fileOf('--master-key-file', masterKeyFile), '--master-key-file'),
      besideData: resolve(dirname(masterKeyFile)) === dataDir,
    }
  }
  if (masterKey !== undefined) return { key: keyOf(Buffer.from(masterKey), 'BAILIWICK_MASTER_KEY'), besideData: false }
  if (storeUrl === 'memory:') return { key: randomBytes(keyBytes), besideData: false }
  if (storeUrl.startsWith('postgres'))
    throw new UsageError('with PostgreSQL the master key must be given: --master-key-file or BAILIWICK_MASTER_KEY')
  const path = join(dataDir, 'master.key')
  if (!existsSync(path) && existsSync(storeUrl)) {
    throw new Error(`the store ${storeUrl} is there, but its master key ${path} is not: name the key with --master-key-file`)
  }
  if (!existsSync(path)) writeFileSync(path, `${randomBytes(keyBytes).toString('hex')}\n`, { mode: ownerOnly, flag: 'wx' })
  return { key: keyOf(readFileSync(path), path), besideData: true }
}

/** 32 bytes, raw, in hex or in base64. */
function keyOf(bytes: Buffer, where: string): Uint8Array {
  if (bytes.length === keyBytes) return bytes
  const text = bytes.toString('latin1').trim()
  if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, 'hex')
  const decoded = Buffer.from(text, 'base64')
  if (decoded.length === keyBytes && /^[A-Za-z0-9+/]+=?$/.test(text)) return decoded
  throw new UsageError(`${where} must hold 32 bytes, raw, in hex or in base64`)
}

const passing = '# Of a store in memory, for one run.\n'

/**
 * AWS's own file format, so that `AWS_SHARED_CREDENTIALS_FILE` can point at it. Answers the path; undefined when the file that is there
 * belongs to a store that lasts, which a store in memory must not overwrite: its secret stands nowhere else.
 */
export function writeCredentials({ credentialsPath, storeUrl }: StartSettings, root: RootCredentials): string | undefined {
  const inMemory = storeUrl === 'memory:'
  if (inMemory && existsSync(credentialsPath) && !readFileSync(credentialsPath, 'utf8').startsWith(passing)) return undefined
  const text = `${inMemory ? passing : ''}# Root of the first account. Sign-in: ${root.email}, password ${root.password}\n[default]\naws_access_key_id = ${root.accessKeyId}\naws_secret_access_key = ${root.secretAccessKey}\n`
  const beside = `${credentialsPath}.new`
  rmSync(beside, { force: true })
  writeFileSync(beside, text, { mode: ownerOnly, flag: 'wx' })
  renameSync(beside, credentialsPath)
  return credentialsPath
}
