/** `npm run bench`: prints every row with its yardstick of the same run. `--only WORD` runs the rows whose name has the word; `--json`. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readClaim } from '@bailiwick/wire'
import { deriveSigningKey, hashForMessage, signatureMatches } from '@bailiwick/wire/node'
import { engineGroups } from './engine/index.js'
import { iamGroups } from './iam/index.js'
import { Connection, load } from './load.js'
import { ask, command, element, type OurServer, perCpuSecond, startOurs } from './our-server.js'
import { residentMegabytes, startProcess } from './process.js'
import { type Key, signedRequest } from './requests.js'
import { isMeasured, print, type Result, type Row, resultOf, type Unmeasured } from './rows.js'
import { sessionGroups } from './sessions/index.js'
import { oneShotHashes } from './yardsticks/one-shot-hashes.js'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1]! : ''
const rounds = 5
const roundMilliseconds = 2_000
const warmUpMilliseconds = 1_500
const folder = mkdtempSync(join(tmpdir(), 'bailiwick-bench-'))
const say = (text: string): void => void process.stderr.write(`${text}\n`)

async function alternating(
  ours: () => Promise<number>,
  yardstick: () => Promise<number>,
): Promise<{ ours: number[]; yardstick: number[] }> {
  const figures = { ours: [] as number[], yardstick: [] as number[] }
  for (let round = 0; round < rounds; round++) {
    figures.yardstick.push(await yardstick())
    figures.ours.push(await ours())
  }
  return figures
}

/** A user with a policy that allows what the rows do, and its key. */
async function madeUser(server: OurServer): Promise<Key> {
  await ask(server, 'iam', 'CreateUser', { UserName: 'bench' })
  const policy = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['iam:*', 'sts:*'], Resource: '*' }] })
  await ask(server, 'iam', 'PutUserPolicy', { UserName: 'bench', PolicyName: 'all', PolicyDocument: policy })
  const xml = await ask(server, 'iam', 'CreateAccessKey', { UserName: 'bench' })
  const account = element(await ask(server, 'sts', 'GetCallerIdentity'), 'Account')
  const trust = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:user/bench` }, Action: 'sts:AssumeRole' }],
  })
  await ask(server, 'iam', 'CreateRole', { RoleName: 'bench', AssumeRolePolicyDocument: trust })
  return { accessKeyId: element(xml, 'AccessKeyId'), secretAccessKey: element(xml, 'SecretAccessKey') }
}

const raisedUsers = 1_000_000

async function raiseQuota(dataDir: string): Promise<void> {
  const { status, stderr } = spawnSync(process.execPath, [
    command,
    'accounts',
    'quota',
    '000000000000',
    'UsersPerAccount',
    String(raisedUsers),
    '--data-dir',
    dataDir,
  ])
  if (status !== 0) throw new Error(String(stderr))
}

async function makeUsers(server: OurServer, from: number, to: number): Promise<void> {
  let next = from
  const one = async (): Promise<void> => {
    const connection = await Connection.open(server.port)
    while (next < to) {
      const answer = await connection.ask(
        await signedRequest(server.port, server.key, 'iam', 'CreateUser', { UserName: `user-${String(next++).padStart(7, '0')}` }),
      )
      if (answer.status !== 200) throw new Error(answer.text())
    }
    connection.close()
  }
  await Promise.all(Array.from({ length: 64 }, one))
}

type MakeRows = () => Promise<readonly (Row | Unmeasured)[]>

const sigV4: MakeRows = async () => {
  const key = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' }
  const bytes = await signedRequest(4566, key, 'iam', 'GetUser', { UserName: 'somebody' })
  const [head = '', body = ''] = bytes.toString('latin1').split('\r\n\r\n')
  const headers = new Map(
    head
      .split('\r\n')
      .slice(1)
      .map((line) => [line.slice(0, line.indexOf(':')), [line.slice(line.indexOf(':') + 2)]] as const),
  )
  const request = { method: 'POST', path: '/', query: '', headers, body: Buffer.from(body, 'latin1') }
  const rules = { now: Date.now(), isRegion: () => true, hash: hashForMessage }
  const signingKey = deriveSigningKey(key.secretAccessKey, readClaim(request, rules))
  const times = 100_000
  const timed = (work: () => void): number => {
    const { user, system } = process.cpuUsage()
    work()
    const used = process.cpuUsage({ user, system })
    return times / ((used.user + used.system) / 1e6)
  }
  const check = (): void => {
    for (let at = 0; at < times; at++)
      if (!signatureMatches(request, readClaim(request, rules), signingKey)) throw new Error('wrong signature')
  }
  timed(check)
  timed(() => oneShotHashes(times))
  const figures = await alternating(
    async () => 1 / timed(check),
    async () => 1 / timed(() => oneShotHashes(times)),
  )
  return [{ name: 'SigV4 check with a cached key ÷ its one-shot hashes', unit: 's', must: { atMost: 1.6 }, aim: 1.3, figures }]
}

const requests: MakeRows = async () => {
  const dataDir = join(folder, 'requests')
  const server = await startOurs(dataDir)
  const key = await madeUser(server)
  const account = element(await ask(server, 'sts', 'GetCallerIdentity'), 'Account')
  const idle = residentMegabytes(server.pid)
  const bare = await startProcess([here('./yardsticks/bare-http.js')])
  const barePort = Number(bare.output().split('\n')[0])
  const rows: Row[] = []
  const kinds = [
    {
      name: 'GetCallerIdentity, 16 connections ÷ bare node:http',
      service: 'sts',
      action: 'GetCallerIdentity',
      input: {},
      must: 0.38,
      aim: 0.45,
    },
    {
      name: 'AssumeRole ÷ bare node:http',
      service: 'sts',
      action: 'AssumeRole',
      input: { RoleArn: `arn:aws:iam::${account}:role/bench`, RoleSessionName: 'bench' },
      must: 0.2,
      aim: 0.3,
    },
    { name: 'GetUser ÷ bare node:http', service: 'iam', action: 'GetUser', input: { UserName: 'bench' }, must: 0.25, aim: 0.4 },
  ] as const
  for (const { name, service, action, input, must, aim } of kinds) {
    const bytes = await signedRequest(server.port, key, service, action, input)
    const run = (port: number, pid: number, milliseconds = roundMilliseconds) =>
      perCpuSecond(pid, () => load({ port, connections: 16, milliseconds, request: () => bytes }))
    await run(server.port, server.pid, warmUpMilliseconds)
    await run(barePort, bare.pid, warmUpMilliseconds)
    const figures = await alternating(
      () => run(server.port, server.pid),
      () => run(barePort, bare.pid),
    )
    rows.push({ name, unit: '1/cpu s', must: { atLeast: must }, aim, figures })
  }
  await makeUsers(server, 0, 1000)
  await load({
    port: server.port,
    connections: 16,
    milliseconds: roundMilliseconds,
    request: (turn) => signedRequest(server.port, key, 'iam', 'GetUser', { UserName: `user-${String(turn % 1000).padStart(7, '0')}` }),
  })
  const loaded = residentMegabytes(server.pid)
  await server.stop()
  await bare.stop()
  rows.push({
    name: 'resident memory idle, MB',
    unit: 'MB',
    must: { atMost: 90 },
    aim: 70,
    figures: { ours: [idle], yardstick: [] },
    compare: 'absolute',
  })
  rows.push({
    name: 'resident memory with 1,000 users under load, MB',
    unit: 'MB',
    must: { atMost: 130 },
    aim: 100,
    figures: { ours: [loaded], yardstick: [] },
    compare: 'absolute',
  })
  return rows
}

function bareDriver(writers: number): number {
  const file = join(folder, `driver-${writers}.db`)
  const { stdout } = spawnSync(process.execPath, [here('./yardsticks/bare-driver.js'), file, String(writers), String(roundMilliseconds)])
  const { rows, cpuSeconds: used } = JSON.parse(String(stdout)) as { rows: number; cpuSeconds: number }
  return rows / used
}

const writes: MakeRows = async () => {
  const dataDir = join(folder, 'writes')
  const server = await startOurs(dataDir)
  await raiseQuota(dataDir)
  const key = await madeUser(server)
  let next = 0
  const run = (connections: number, milliseconds = roundMilliseconds) =>
    perCpuSecond(server.pid, () =>
      load({
        port: server.port,
        connections,
        milliseconds,
        request: () => signedRequest(server.port, key, 'iam', 'CreateUser', { UserName: `new-${next++}` }),
      }),
    )
  await run(16, 4 * warmUpMilliseconds)
  const rows: Row[] = []
  for (const { connections, must, aim } of [
    { connections: 1, must: 0.4, aim: 0.7 },
    { connections: 16, must: 0.25, aim: 0.5 },
  ]) {
    const figures = await alternating(
      () => run(connections),
      async () => bareDriver(connections),
    )
    rows.push({
      name: `durable CreateUser, ${connections} connection${connections > 1 ? 's' : ''} ÷ bare driver`,
      unit: '1/cpu s',
      must: { atLeast: must },
      aim,
      figures,
    })
  }
  await server.stop()
  return rows
}

const starts = 20

async function startMilliseconds(dataDir: string): Promise<number> {
  const began = process.hrtime.bigint()
  const server = await startOurs(dataDir)
  await ask(server, 'sts', 'GetCallerIdentity')
  const took = Number(process.hrtime.bigint() - began) / 1e6
  await server.stop()
  return took
}

async function bareStartMilliseconds(): Promise<number> {
  const began = process.hrtime.bigint()
  const bare = await startProcess([here('./yardsticks/bare-http.js')])
  const connection = await Connection.open(Number(bare.output().split('\n')[0]))
  await connection.ask(Buffer.from('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n'))
  connection.close()
  const took = Number(process.hrtime.bigint() - began) / 1e6
  await bare.stop()
  return took
}

const startingUp: MakeRows = async () => {
  const small = join(folder, 'small')
  await startMilliseconds(small)
  const figures = { ours: [] as number[], yardstick: [] as number[] }
  for (let at = 0; at < starts; at++) {
    figures.yardstick.push(await bareStartMilliseconds())
    figures.ours.push(await startMilliseconds(small))
  }
  return [{ name: 'start to first signed call ÷ bare node:http', unit: 'ms', must: { atMost: 2 }, aim: 1.4, figures }]
}

const size: MakeRows = async () => {
  const few = join(folder, 'few')
  const many = join(folder, 'many')
  for (const [dataDir, users] of [
    [few, 100],
    [many, 100_000],
  ] as const) {
    const server = await startOurs(dataDir)
    await raiseQuota(dataDir)
    say(`  making ${users} users …`)
    await makeUsers(server, 0, users)
    await server.stop()
  }
  const started = { ours: [] as number[], yardstick: [] as number[] }
  for (let at = 0; at < rounds; at++) {
    started.yardstick.push((await startMilliseconds(few)) / 1000)
    started.ours.push((await startMilliseconds(many)) / 1000)
  }
  const a = await startOurs(many)
  const b = await startOurs(few)
  const run = async (server: OurServer, milliseconds = roundMilliseconds): Promise<number> => {
    const bytes = await signedRequest(server.port, server.key, 'iam', 'GetUser', { UserName: 'user-0000050' })
    return 1 / (await perCpuSecond(server.pid, () => load({ port: server.port, connections: 16, milliseconds, request: () => bytes })))
  }
  await run(a, warmUpMilliseconds)
  await run(b, warmUpMilliseconds)
  const figures = await alternating(
    () => run(a),
    () => run(b),
  )
  await a.stop()
  await b.stop()
  return [
    {
      name: 'start, extra seconds with 100,000 users',
      unit: 's',
      must: { atMost: 0.5 },
      aim: 0.2,
      figures: started,
      compare: 'difference',
    },
    { name: 'GetUser with 100,000 users ÷ with 100', unit: 's', must: { atMost: 1.2 }, aim: 1.05, figures },
  ]
}

const groups: readonly { readonly name: string; readonly rows: MakeRows }[] = [
  { name: 'sigv4', rows: sigV4 },
  { name: 'requests', rows: requests },
  { name: 'writes', rows: writes },
  { name: 'start', rows: startingUp },
  { name: 'size', rows: size },
  ...engineGroups,
  ...iamGroups,
  ...sessionGroups,
]

const results: Result[] = []
const unmeasured: Unmeasured[] = []
try {
  for (const { name, rows } of groups.filter((group) => group.name.includes(only))) {
    say(`${name} …`)
    const found = await rows()
    results.push(...found.filter(isMeasured).map(resultOf))
    unmeasured.push(...found.filter((row): row is Unmeasured => !isMeasured(row)))
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
const text = [print(results), ...unmeasured.map(({ name, why }) => `not measured: ${name}: ${why}`)].join('\n')
process.stdout.write(`${process.argv.includes('--json') ? JSON.stringify([...results, ...unmeasured]) : text}\n`)
process.exitCode = results.every(({ met }) => met) ? 0 : 1
