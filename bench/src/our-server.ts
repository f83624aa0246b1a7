/** A server of ours in a process of its own, to ask and to measure. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Connection } from './load.js'
import { cpuSeconds, type Measured, startProcess } from './process.js'
import { type Key, signedRequest } from './requests.js'

/** The first account of a server that was given no other. */
export const ACCOUNT = '000000000000'

export const command = fileURLToPath(new URL('../../packages/cli/bin/bailiwick.js', import.meta.url))

/** A server of ours with its data folder, and its root's key. */
export interface OurServer extends Measured {
  readonly port: number
  readonly key: Key
}

export async function startOurs(dataDir: string, environment: NodeJS.ProcessEnv = {}): Promise<OurServer> {
  const server = await startProcess([command, 'start', '--port', '0', '--data-dir', dataDir, '--log-format', 'pretty'], environment)
  const text = readFileSync(join(dataDir, 'credentials'), 'utf8')
  const value = (name: string): string => new RegExp(`${name} = (\\S+)`).exec(text)![1]!
  const key = { accessKeyId: value('aws_access_key_id'), secretAccessKey: value('aws_secret_access_key') }
  return { ...server, port: Number(new URL(readFileSync(join(dataDir, 'endpoint'), 'utf8').trim()).port), key }
}

/** One answered call; throws on a refusal. */
export async function ask(
  server: OurServer,
  service: 'iam' | 'sts',
  action: string,
  input: Record<string, string> = {},
  key = server.key,
): Promise<string> {
  const connection = await Connection.open(server.port)
  const answer = await connection.ask(await signedRequest(server.port, key, service, action, input))
  connection.close()
  if (answer.status !== 200) throw new Error(`${action}: ${answer.text()}`)
  return answer.text()
}

/** The text of the first element of this name. */
export const element = (xml: string, name: string): string => new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)![1]!

/** As the operator does it. */
export function raiseQuota(dataDir: string, quota: string, value: number): void {
  const args = [command, 'accounts', 'quota', ACCOUNT, quota, String(value), '--data-dir', dataDir]
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
}

/** Requests answered per CPU-second of the process, over one round. */
export async function perCpuSecond(pid: number, work: () => Promise<number>): Promise<number> {
  const before = cpuSeconds(pid)
  const done = await work()
  return done / (cpuSeconds(pid) - before)
}
