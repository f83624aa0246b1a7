/** What the rows of the IAM API share: filled accounts, and how a request's cost is taken. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { load } from '../load.js'
import { ask, type OurServer, perCpuSecond, startOurs } from '../our-server.js'
import { signedRequest } from '../requests.js'
import { dataFolder, say } from '../rounds.js'
import type { Plan } from './plan.js'

/** An account that was filled, on a server that runs. */
export interface Filled {
  readonly server: OurServer
  readonly users: number
}

const fillProgram = fileURLToPath(new URL('./fill.js', import.meta.url))

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
