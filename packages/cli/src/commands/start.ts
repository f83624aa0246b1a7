/** `bailiwick start`: settings in, a running server out, until SIGTERM. */
import { randomBytes, randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Listener, openPath, type RootCredentials, Server, trustedProxies } from '@bailiwick/server'
import { parseFlags } from '../flags.js'
import { type Banner, banner } from '../start/banner.js'
import { makeDataFolder, masterKeyFor, writeCredentials } from '../start/data-folder.js'
import { logTo } from '../start/log.js'
import { type StartSettings, startFlags, startSettings, startSettingsHelp } from '../start/settings.js'
import { UsageError } from '../usage-error.js'
import { version } from './version.js'

export const startHelp = startSettingsHelp

export async function start(args: readonly string[]): Promise<number> {
  const { values, words } = parseFlags(args, startFlags)
  if (words.length > 0) throw new UsageError(`unexpected argument \`${words[0]}\``)
  const settings = startSettings(values, process.env)
  const log = logTo(process.stdout, settings.logFormat ?? (process.stdout.isTTY ? 'pretty' : 'json'))
  makeDataFolder(settings)
  const masterKey = masterKeyFor(settings, randomBytes)
  const server = await Server.open({
    storeUrl: settings.storeUrl,
    masterKey: masterKey.key,
    ...(settings.storeUrl !== 'memory:' && { segmentFolder: join(settings.dataDir, 'audit') }),
    accountId: settings.accountId,
    ...(settings.regions && { regions: new Set(settings.regions) }),
    defaultRegion: 'us-east-1',
    root: settings.root,
    dev: settings.dev,
    auditRetention: settings.auditRetention,
    clock: Date.now,
    randomBytes: pooled(randomBytes),
    uuid: randomUUID,
    failed: (error) => log.failure(error),
  })
  try {
    return await serve(server, settings, log, masterKey.besideData)
  } finally {
    await server.close()
  }
}

/** Random bytes drawn from the system in larger pieces, each byte given out once: asking for 16 at a time costs more than all else. */
function pooled(draw: (length: number) => Buffer): (length: number) => Buffer {
  let pool: Buffer = Buffer.alloc(0)
  return (length) => {
    if (pool.length < length) pool = draw(Math.max(length, 4096))
    const given = pool.subarray(0, length)
    pool = pool.subarray(length)
    return given
  }
}

async function serve(server: Server, settings: StartSettings, log: ReturnType<typeof logTo>, keyBesideData: boolean): Promise<number> {
  let hosts: ReadonlySet<string> = new Set()
  const open = { server, version: version(), ownHosts: () => hosts }
  const listener = await Listener.open({
    host: settings.host,
    port: settings.port,
    ...(settings.tls && { tls: settings.tls }),
    trustedProxies: trustedProxies(settings.trustedProxies),
    open: (request, origin) => openPath(request, origin, open),
    answer: (request, origin) => server.answer(request, origin),
  }).catch((error: NodeJS.ErrnoException) => {
    throw new Error(
      listenFailures.get(error.code ?? '')?.(settings) ?? `cannot listen on ${settings.host}:${settings.port}: ${error.message}`,
    )
  })
  const { port } = listener
  hosts = new Set(['localhost', '127.0.0.1', '[::1]'].flatMap((host) => [host, `${host}:${port}`]))
  const endpoint = `${settings.tls ? 'https' : 'http'}://${settings.host.includes(':') ? `[${settings.host}]` : settings.host}:${port}`
  if (settings.storeUrl !== 'memory:' || settings.dataDirGiven) writeFileSync(join(settings.dataDir, 'endpoint'), `${endpoint}\n`)
  announce(server, settings, log, endpoint, keyBesideData)
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve())
  })
  await listener.close()
  return 0
}

const listenFailures: ReadonlyMap<string, (settings: StartSettings) => string> = new Map([
  ['EADDRINUSE', ({ host, port }) => `port ${port} on ${host} is in use; choose another with --port (0 takes any free one)`],
  ['EACCES', ({ host, port }) => `listening on ${host}:${port} is not allowed for this user`],
  ['EADDRNOTAVAIL', ({ host }) => `this machine has no address ${host}`],
])

function announce(server: Server, settings: StartSettings, log: ReturnType<typeof logTo>, endpoint: string, keyBesideData: boolean): void {
  const { firstStart } = server
  const credentials = firstStart === undefined ? settings.credentialsPath : keepCredentials(firstStart, settings)
  const facts: Banner = {
    version: version(),
    endpoint,
    account: server.accountId,
    console: `${settings.publicUrl ?? endpoint}/console/`,
    credentials: settings.dev && firstStart?.accessKeyId === 'test' ? 'test / test (--dev)' : credentials,
    store: server.store.description,
    warnings: keyBesideData ? ['The master key lies beside the data that it protects; --master-key-file moves it elsewhere.'] : [],
  }
  log.banner(facts, banner(facts))
  if (firstStart !== undefined && process.stdout.isTTY && process.stdout === log.stream) {
    log.once(`Root of the account, shown this once: ${firstStart.email}, password ${firstStart.password}`)
  }
  log.ready()
}

/** Generated secrets go to a file that only the owner can read; nothing is written where the operator gave them all. */
function keepCredentials(root: RootCredentials, settings: StartSettings): string {
  const given = settings.root
  if (given.accessKeyId !== undefined && given.password !== undefined) return 'as given'
  return writeCredentials(settings, root)
}
