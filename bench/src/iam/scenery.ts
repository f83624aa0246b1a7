/** What the rows of the IAM API share: filled accounts, moto's server, and how a request's cost is taken. */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { load } from '../load.js'
import { ask, command, type OurServer, perCpuSecond, startOurs } from '../our-server.js'
import { startCommand } from '../process.js'
import { signedRequest } from '../requests.js'
import type { Figures, Row, Unmeasured } from '../rows.js'
import { ACCOUNT, type Plan } from './plan.js'

export type MakeRows = () => Promise<readonly (Row | Unmeasured)[]>

/** An account that was filled, on a server that runs. */
export interface Filled {
  readonly server: OurServer
  readonly users: number
}

const fillProgram = fileURLToPath(new URL('./fill.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'bailiwick-bench-iam-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))

export const say = (text: string): void => void process.stderr.write(`  ${text}\n`)
/** A data folder that is gone when the benchmark has ended. */
export const dataFolder = (name: string): string => join(folder, name)

interface Folder {
  readonly dataDir: string
  readonly seconds: number
}
const folders = new Map<string, Promise<Folder>>()

/** A data folder that holds the plan; made once in a run. */
export function filledFolder(name: string, plan: Plan): Promise<Folder> {
  const made = folders.get(name) ?? fill(dataFolder(name), plan)
  folders.set(name, made)
  return made
}

/** While no server runs on it. */
async function fill(dataDir: string, plan: Plan): Promise<Folder> {
  say(`filling an account with ${JSON.stringify(plan)} …`)
  await (await startOurs(dataDir)).stop()
  const seconds = await new Promise<number>((resolve, reject) => {
    const child = spawn(process.execPath, [fillProgram, dataDir, JSON.stringify(plan)], { stdio: ['ignore', 'pipe', 'inherit'] })
    let said = ''
    child.stdout.on('data', (text: Buffer) => {
      said += text
    })
    child.on('close', (code) => (code === 0 ? resolve(Number(said)) : reject(new Error(`filling ended with ${code}`))))
  })
  say(`filled in ${seconds.toFixed(1)} s`)
  return { dataDir, seconds }
}

/** As the operator does it. */
export function raiseQuota(name: string, quota: string, value: number): void {
  const args = [command, 'accounts', 'quota', ACCOUNT, quota, String(value), '--data-dir', dataFolder(name)]
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
}

/** Runs `work` with a server on the filled folder, which is ended whatever happens. */
export async function withFilled<T>(
  name: string,
  plan: Plan,
  work: (filled: Filled) => Promise<T>,
  environment: NodeJS.ProcessEnv = {},
): Promise<T> {
  const { dataDir } = await filledFolder(name, plan)
  const server = await startOurs(dataDir, environment)
  try {
    const summary = await ask(server, 'iam', 'GetAccountSummary')
    const counted = Number(/<key>Users<\/key>\s*<value>(\d+)</.exec(summary)?.[1])
    if (counted !== plan.users) throw new Error(`the server counts ${counted} users where ${plan.users} were filled in`)
    return await work({ server, users: plan.users })
  } finally {
    await server.stop()
  }
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })

/** Runs `work` with moto's server, which looks at no signature; says why where there is none. */
export async function withMoto(
  name: string,
  key: OurServer['key'],
  work: (moto: OurServer) => Promise<readonly Row[]>,
): Promise<readonly (Row | Unmeasured)[]> {
  const port = await freePort()
  let moto: OurServer
  try {
    moto = { ...(await startCommand('moto_server', ['-H', '127.0.0.1', '-p', String(port)], 'Running on')), port, key }
  } catch (error) {
    return [{ name, why: `moto_server does not start: ${(error as Error).message.split('\n')[0]}` }]
  }
  try {
    return await work(moto)
  } finally {
    await moto.stop()
  }
}

/** A way to ask. `turn` goes on over all rounds. */
export interface Way {
  readonly operation: string
  readonly input: (turn: number, users: number) => Record<string, string>
  readonly reconnect?: boolean
}

const MILLISECONDS = 1500
const CONNECTIONS = 16
/** Requests are signed before they are measured; so many different ones go round, where a round may ask the same twice. */
const DIFFERENT = 2000

/** CPU-seconds of one request, in rounds that follow each other. */
export function asking({ server, users }: Filled, { operation, input, reconnect = false }: Way): () => Promise<number> {
  let turn = 0
  return async () => {
    const requests = await Promise.all(
      Array.from({ length: DIFFERENT }, () => signedRequest(server.port, server.key, 'iam', operation, input(turn++, users))),
    )
    const request = (at: number) => requests[at % DIFFERENT]!
    const work = () => load({ port: server.port, connections: CONNECTIONS, milliseconds: MILLISECONDS, request, reconnect })
    return 1 / (await perCpuSecond(server.pid, work))
  }
}

const ROUNDS = 5

/** Both once without counting, then in turn. */
export async function inTurn(ours: () => Promise<number>, yardstick: () => Promise<number>): Promise<Figures> {
  const figures = { ours: [] as number[], yardstick: [] as number[] }
  await yardstick()
  await ours()
  for (let round = 0; round < ROUNDS; round++) {
    figures.yardstick.push(await yardstick())
    figures.ours.push(await ours())
  }
  return figures
}
