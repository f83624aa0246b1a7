/**
 * A PostgreSQL server for tests: its own cluster in a fresh folder, on a free port of the loopback address, stopped by its own process
 * id. Binaries come from `PG_BIN` or `/usr/lib/postgresql/VERSION/bin`.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'

export interface TestPostgres {
  /** Makes an empty database and answers its URL. */
  database(): Promise<string>
  stop(): Promise<void>
}

/**
 * Why there can be no PostgreSQL here, for the `skip` of a test; false when there can. With `BAILIWICK_TEST_POSTGRES=required` it
 * throws instead, so that a build that must test PostgreSQL cannot forget to.
 */
export function postgresMissing(): string | false {
  if (findBinaries()) return false
  const reason = 'no PostgreSQL binaries: set PG_BIN to the folder that has `initdb` and `postgres`'
  if (process.env.BAILIWICK_TEST_POSTGRES === 'required') throw new Error(reason)
  return reason
}

export async function startPostgres(): Promise<TestPostgres> {
  const binaries = findBinaries()
  if (!binaries) throw new Error('no PostgreSQL binaries')
  const folder = mkdtempSync(join(tmpdir(), 'bailiwick-postgres-'))
  const owner = unprivileged()
  if (owner) chownSync(folder, owner.uid, owner.gid)
  chmodSync(folder, 0o700)
  try {
    const data = join(folder, 'data')
    const made = spawnSync(
      join(binaries, 'initdb'),
      ['-D', data, '-U', 'bailiwick', '--auth=trust', '--no-sync', '--encoding=UTF8', '--locale=C'],
      { ...owner, cwd: folder, encoding: 'utf8' },
    )
    if (made.status !== 0) throw new Error(`initdb: ${made.error?.message ?? made.stderr}`)
    const port = await freePort()
    const server = spawn(join(binaries, 'postgres'), ['-D', data, '-h', '127.0.0.1', '-p', String(port), '-k', folder, ...settings], {
      ...owner,
      cwd: folder,
      stdio: ['ignore', 'ignore', 'ignore'],
    })
    return await ready(server, port, folder)
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
}

/** Nothing here survives the test, so nothing needs to survive a power cut; `fsync` off saves minutes on slow disks. */
const settings = ['-c', 'fsync=off', '-c', 'max_connections=200', '-c', 'shared_buffers=64MB']

async function ready(server: ChildProcess, port: number, folder: string): Promise<TestPostgres> {
  const urlOf = (database: string) => `postgres://bailiwick@127.0.0.1:${port}/${database}`
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  // A test that dies must not leave a server behind.
  const killNow = () => server.kill('SIGKILL')
  process.once('exit', killNow)
  const stop = async () => {
    process.removeListener('exit', killNow)
    server.kill('SIGQUIT')
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
  const running = () => server.exitCode === null && server.signalCode === null
  while (running() && !(await answers(urlOf('postgres')))) await wait(20)
  if (!running()) throw new Error(`postgres ended at once (exit code ${server.exitCode})`)
  let databases = 0
  return {
    async database() {
      const name = `test${++databases}`
      await run(urlOf('postgres'), `CREATE DATABASE ${name}`)
      return urlOf(name)
    },
    stop,
  }
}

function findBinaries(): string | undefined {
  const debian = '/usr/lib/postgresql'
  const has = (folder: string) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres'))
  // Who names a folder means that one.
  if (process.env.PG_BIN) return has(process.env.PG_BIN) ? process.env.PG_BIN : undefined
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : []
  return versions.map((version) => join(debian, version, 'bin')).find(has)
}

/** PostgreSQL refuses to run as root; `nobody` is 65534 on every Linux we know. */
function unprivileged(): { uid: number; gid: number } | undefined {
  return process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : undefined
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no free port'))))
    })
  })
}

const answers = (url: string): Promise<boolean> =>
  run(url, 'SELECT 1').then(
    () => true,
    () => false,
  )

async function run(url: string, statement: string): Promise<void> {
  const client = new pg.Client(url)
  // An error outside a query also ends the query that is waiting.
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query(statement)
  } finally {
    await client.end()
  }
}
