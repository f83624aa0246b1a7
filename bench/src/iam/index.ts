/** The rows of the IAM API with a million users in the account, beside a server with a hundred, and of a long list beside moto's server. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { load } from '../load.js'
import { ask, element, type OurServer, perCpuSecond, startOurs } from '../our-server.js'
import { type Measured, startCommand } from '../process.js'
import { signedRequest } from '../requests.js'
import type { Figures, Row, Unmeasured } from '../rows.js'
import { roleName, userName } from './names.js'

const MANY = 1_000_000
const FEW = 100
const ROLES = 3000
const ROUNDS = 5
const MILLISECONDS = 1500
const CONNECTIONS = 16
/** Requests are signed before they are measured; so many different ones go round. */
const DIFFERENT = 2000

const fillProgram = fileURLToPath(new URL('./fill.js', import.meta.url))

interface Filled {
  readonly server: OurServer
  readonly users: number
  readonly seconds: number
}

/** A server whose account was filled while it did not run. */
async function filled(dataDir: string, users: number): Promise<Filled> {
  await (await startOurs(dataDir)).stop()
  const { status, stdout, stderr } = spawnSync(process.execPath, [fillProgram, dataDir, String(users), String(ROLES)], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`filling ended with ${status}: ${stderr}`)
  const server = await startOurs(dataDir)
  const summary = await ask(server, 'iam', 'GetAccountSummary')
  const counted = Number(/<key>Users<\/key>\s*<value>(\d+)</.exec(summary)?.[1])
  if (counted !== users) throw new Error(`the server counts ${counted} users where ${users} were filled in`)
  return { server, users, seconds: Number(stdout) }
}

/** Ways to ask, by the operation that they ask for. `turn` goes on over all rounds. */
interface Way {
  readonly operation: string
  /** What the row says of whom it asks about. */
  readonly about?: string
  readonly input: (turn: number, users: number) => Record<string, string>
  readonly reconnect?: boolean
}

/** Spread over all users, whatever their number, and seldom the same twice. */
const someone = (turn: number, users: number): string => userName((turn * 7919) % users)
const policy = (turn: number): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: `arn:aws:s3:::bucket-${turn}/*` }],
  })
const ATTACHABLE = [
  'ReadOnlyAccess',
  'SecurityAudit',
  'PowerUserAccess',
  'AmazonS3ReadOnlyAccess',
  'AmazonEC2FullAccess',
  'AmazonSQSFullAccess',
]

const ways: readonly Way[] = [
  { operation: 'GetUser', about: ' of the same hundred', input: (turn, users) => ({ UserName: userName((turn % FEW) * (users / FEW)) }) },
  { operation: 'GetUser', about: ' of all of them in turn', input: (turn, users) => ({ UserName: someone(turn, users) }) },
  {
    operation: 'PutUserPolicy',
    input: (turn, users) => ({ UserName: someone(turn, users), PolicyName: 'bench', PolicyDocument: policy(turn) }),
  },
  {
    operation: 'AttachRolePolicy',
    input: (turn) => ({
      RoleName: roleName(turn % ROLES),
      PolicyArn: `arn:aws:iam::aws:policy/${ATTACHABLE[Math.floor(turn / ROLES) % ATTACHABLE.length]!}`,
    }),
  },
]

/** CPU-seconds of one request, in rounds that follow each other. */
function asking({ server, users }: Filled, { operation, input, reconnect = false }: Way): (milliseconds?: number) => Promise<number> {
  let turn = 0
  return async (milliseconds = MILLISECONDS) => {
    const requests = await Promise.all(
      Array.from({ length: DIFFERENT }, () => signedRequest(server.port, server.key, 'iam', operation, input(turn++, users))),
    )
    const request = (at: number) => requests[at % DIFFERENT]!
    const work = () => load({ port: server.port, connections: CONNECTIONS, milliseconds, request, reconnect })
    return 1 / (await perCpuSecond(server.pid, work))
  }
}

async function inTurn(ours: () => Promise<number>, yardstick: () => Promise<number>): Promise<Figures> {
  const figures = { ours: [] as number[], yardstick: [] as number[] }
  for (let round = 0; round < ROUNDS; round++) {
    figures.yardstick.push(await yardstick())
    figures.ours.push(await ours())
  }
  return figures
}

const PAGE = 100

/** The marker behind so many users, found with long pages first. */
async function markerBehind(server: OurServer, users: number): Promise<string> {
  let marker: string | undefined
  for (let passed = 0; passed < users; ) {
    const size = users - passed >= 1000 ? 1000 : PAGE
    const xml = await ask(server, 'iam', 'ListUsers', { MaxItems: String(size), ...(marker !== undefined && { Marker: marker }) })
    marker = element(xml, 'Marker')
    passed += size
  }
  return marker!
}

/** The last of 10,000 pages beside the first, in the same account. */
async function pageRow(many: Filled): Promise<Row> {
  const last = await markerBehind(many.server, many.users - PAGE)
  const page = (marker: Record<string, string>) =>
    asking(many, { operation: 'ListUsers', input: () => ({ MaxItems: String(PAGE), ...marker }) })
  const [ours, yardstick] = [page({ Marker: last }), page({})]
  await ours()
  await yardstick()
  return {
    name: 'iam: ListUsers, page 10,000 ÷ page 1',
    unit: 's',
    must: { atMost: 1.2 },
    aim: 1.05,
    figures: await inTurn(
      () => ours(),
      () => yardstick(),
    ),
  }
}

const LISTED = 1000

async function motoServer(): Promise<(Measured & { readonly port: number }) | { readonly why: string }> {
  const port = await freePort()
  try {
    return { ...(await startCommand('moto_server', ['-H', '127.0.0.1', '-p', String(port)], 'Running on')), port }
  } catch (error) {
    return { why: `moto_server does not start: ${(error as Error).message.split('\n')[0]}` }
  }
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })

/** Users that moto is given by its API, which looks at no signature. */
async function fillMoto(server: OurServer): Promise<void> {
  for (let at = 0; at < LISTED; at++) await ask(server, 'iam', 'CreateUser', { UserName: userName(at) })
}

const listed = (xml: string): number => xml.split('<UserName>').length - 1

async function listRow(folder: string): Promise<Row | Unmeasured> {
  const name = `iam: ListUsers of ${LISTED} in one page ÷ moto_server`
  const moto = await motoServer()
  if ('why' in moto) return { name, why: moto.why }
  const ours = await filled(join(folder, 'listed'), LISTED)
  try {
    const theirs = { server: { ...moto, key: ours.server.key }, users: LISTED, seconds: 0 }
    await fillMoto(theirs.server)
    const input = { MaxItems: String(LISTED) }
    for (const { server } of [ours, theirs]) {
      const count = listed(await ask(server, 'iam', 'ListUsers', input))
      if (count !== LISTED) throw new Error(`${count} of ${LISTED} users are listed`)
    }
    const list = (of: Filled) => asking(of, { operation: 'ListUsers', input: () => input, reconnect: true })
    const [us, them] = [list(ours), list(theirs)]
    await us()
    await them()
    return {
      name,
      unit: '1/cpu s',
      must: { atLeast: 50 },
      aim: 200,
      figures: await inTurn(
        async () => 1 / (await us()),
        async () => 1 / (await them()),
      ),
    }
  } finally {
    await ours.server.stop()
    await moto.stop()
  }
}

async function rows(): Promise<(Row | Unmeasured)[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bailiwick-bench-iam-'))
  const running: Filled[] = []
  try {
    const few = await filled(join(folder, 'few'), FEW)
    running.push(few)
    const many = await filled(join(folder, 'many'), MANY)
    running.push(many)
    const found: (Row | Unmeasured)[] = [
      {
        name: 'iam: filling 1,000,000 users through the store, s',
        unit: 's',
        must: { atMost: 300 },
        aim: 100,
        figures: { ours: [many.seconds], yardstick: [] },
        compare: 'absolute',
      },
    ]
    for (const way of ways) {
      const [ours, yardstick] = [asking(many, way), asking(few, way)]
      await ours()
      await yardstick()
      found.push({
        name: `iam: ${way.operation}${way.about ?? ''} with 1,000,000 users ÷ with 100`,
        unit: 's',
        must: { atMost: 1.3 },
        aim: 1.1,
        figures: await inTurn(
          () => ours(),
          () => yardstick(),
        ),
      })
    }
    found.push(await pageRow(many))
    found.push(await listRow(folder))
    return found
  } finally {
    for (const { server } of running) await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

export const iamGroup = { name: 'iam', rows }
