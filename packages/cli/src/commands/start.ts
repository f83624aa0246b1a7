/** `bailiwick start`: settings in, a running server out, until SIGTERM. */
import { randomBytes, randomUUID } from 'node:crypto'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { FederationAllow, Listener, openPath, type RootCredentials, Server, trustedProxies } from '@bailiwick/server'
import { parseFlags } from '../flags.js'
import { type Banner, banner } from '../start/banner.js'
import { makeDataFolder, masterKeyFor, writeCredentials } from '../start/data-folder.js'
import { type Log, logTo } from '../start/log.js'
import { type StartSettings, startFlags, startSettings, startSettingsHelp } from '../start/settings.js'
import { UsageError } from '../usage-error.js'
import { version } from './version.js'

export const startHelp = startSettingsHelp

export async function start(args: readonly string[]): Promise<number> {
  const { values, words } = parseFlags(args, startFlags)
  if (words.length > 0) throw new UsageError(`unexpected argument \`${words[0]}\``)
  const settings = startSettings(values, process.env)
  const log = logTo(process.stdout, settings.logFormat ?? (process.stdout.isTTY ? 'pretty' : 'json'))
  const proxies = proxiesOf(settings)
  const federationAllow = federationAllowOf(settings)
  const hasFolder = makeDataFolder(settings)
  const masterKey = masterKeyFor(settings, randomBytes)
  let publicUrl = settings.publicUrl ?? ''
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
    federationAllow,
    publicUrl: () => publicUrl,
    clock: Date.now,
    randomBytes: pooled(randomBytes),
    uuid: randomUUID,
    failed: (error) => log.failure(error),
  })
  try {
    // Before anything else can fail: what was generated stands nowhere else, and a second start does not make it again.
    const credentials = keepCredentials(server.firstStart, settings, hasFolder)
    const listener = await listen(server, settings, proxies)
    publicUrl = publicUrlOf(settings, listener.port)
    const stopped = stopSignal()
    const endpoint = endpointOf(settings, listener.port)
    if (hasFolder) writeFileSync(join(settings.dataDir, 'endpoint'), `${endpoint}\n`)
    announce(server, settings, log, { endpoint, port: listener.port, credentials, keyBesideData: masterKey.besideData })
    await stopped
    await listener.close()
    return 0
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

type TrustedProxies = ReturnType<typeof trustedProxies>

function proxiesOf({ trustedProxies: list }: StartSettings): TrustedProxies {
  try {
    return trustedProxies(list)
  } catch (error) {
    throw new UsageError(`--trusted-proxies: ${(error as Error).message}`)
  }
}

function federationAllowOf({ federationAllow: list }: StartSettings): FederationAllow {
  try {
    return new FederationAllow(list)
  } catch (error) {
    throw new UsageError(`--federation-allow: ${(error as Error).message}`)
  }
}

const publicUrlOf = ({ publicUrl, tls }: StartSettings, port: number): string =>
  publicUrl ?? `${tls ? 'https' : 'http'}://localhost:${port}`

async function listen(server: Server, settings: StartSettings, proxies: TrustedProxies): Promise<Listener> {
  let hosts: ReadonlySet<string> = new Set()
  const open = { server, version: version(), ownHosts: () => hosts }
  const listener = await Listener.open({
    host: settings.host,
    port: settings.port,
    ...(settings.tls && { tls: settings.tls }),
    trustedProxies: proxies,
    open: (request, origin) => openPath(request, origin, open),
    answer: (request, origin) => server.answer(request, origin),
    models: server.serviceModels,
  }).catch((error: NodeJS.ErrnoException) => {
    throw new Error(
      listenFailures.get(error.code ?? '')?.(settings) ?? `cannot listen on ${settings.host}:${settings.port}: ${error.message}`,
    )
  })
  hosts = new Set(['localhost', '127.0.0.1', '[::1]'].flatMap((host) => [host, `${host}:${listener.port}`]))
  return listener
}

const stopSignal = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve())
  })

/** Where a client on this machine finds the server: a wildcard address is no place to connect to. */
function endpointOf({ tls, host }: StartSettings, port: number): string {
  const reachable = wildcards.get(host) ?? host
  return `${tls ? 'https' : 'http'}://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`
}

const wildcards: ReadonlyMap<string, string> = new Map([
  ['0.0.0.0', '127.0.0.1'],
  ['::', '::1'],
])

const listenFailures: ReadonlyMap<string, (settings: StartSettings) => string> = new Map([
  ['EADDRINUSE', ({ host, port }) => `port ${port} on ${host} is in use; choose another with --port (0 takes any free one)`],
  ['EACCES', ({ host, port }) => `listening on ${host}:${port} is not allowed for this user`],
  ['EADDRNOTAVAIL', ({ host }) => `this machine has no address ${host}`],
])

interface Announced {
  readonly endpoint: string
  readonly port: number
  readonly credentials: string
  readonly keyBesideData: boolean
}

function announce(server: Server, settings: StartSettings, log: Log, { endpoint, port, credentials, keyBesideData }: Announced): void {
  const { firstStart } = server
  const facts: Banner = {
    version: version(),
    endpoint,
    account: server.accountId,
    console: `${publicUrlOf(settings, port)}/console/`,
    credentials,
    store: server.store.description,
    warnings: keyBesideData ? ['The master key lies beside the data that it protects; --master-key-file moves it elsewhere.'] : [],
  }
  log.banner(facts, banner(facts))
  if (firstStart !== undefined && process.stdout.isTTY && process.stdout === log.stream) {
    log.once(`Root of the account, shown this once: ${firstStart.email}, password ${firstStart.password}`)
  }
  log.ready()
}

/**
 * Generated secrets go to a file that only the owner can read; nothing is written where the operator gave them all. Answers what to say of
 * it. Throws when there is no place for what was generated.
 */
function keepCredentials(root: RootCredentials | undefined, settings: StartSettings, hasFolder: boolean): string {
  const { root: given, credentialsPath, dev } = settings
  if (root === undefined) return hasFolder && existsSync(credentialsPath) ? credentialsPath : 'as given'
  if (given.accessKeyId !== undefined && given.password !== undefined) return 'as given'
  const written = hasFolder ? writeCredentials(settings, root) : undefined
  if (given.accessKeyId === undefined && written === undefined) {
    throw new Error(`the root credentials cannot be kept in ${credentialsPath}: name another folder with --data-dir`)
  }
  return dev && root.accessKeyId === 'test' ? 'test / test (--dev)' : (written ?? 'as given')
}
