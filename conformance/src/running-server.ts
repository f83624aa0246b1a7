/** A real server for a test: started as a user starts it, on a free port, ended by its own process id. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const command = fileURLToPath(new URL('../../packages/cli/bin/bailiwick.js', import.meta.url))

export interface StartOptions {
  /** Kept between starts; a fresh one is made when left out. */
  readonly dataDir?: string
  readonly flags?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  /** The root's access key, where the environment gives it. */
  readonly rootKey?: RunningServer['rootKey']
}

export interface RunningServer {
  readonly endpoint: string
  readonly dataDir: string
  readonly pid: number
  readonly output: () => string
  readonly rootKey: { readonly accessKeyId: string; readonly secretAccessKey: string }
  /** SIGTERM, and the exit code. */
  readonly stop: () => Promise<number | null>
  readonly kill: () => Promise<void>
}

export const freshFolder = (): string => mkdtempSync(join(tmpdir(), 'bailiwick-'))
export const removeFolder = (folder: string): void => rmSync(folder, { recursive: true, force: true })

/** The environment without any setting of the machine's own. */
export const cleanEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_') && !name.startsWith('BAILIWICK_')))

export interface Ran {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs `bailiwick` to its end. */
export function bailiwick(args: readonly string[], environment: NodeJS.ProcessEnv = {}, input = ''): Promise<Ran> {
  return run(process.execPath, [command, ...args], { ...cleanEnvironment(), ...environment }, input)
}

export function run(program: string, args: readonly string[], environment: NodeJS.ProcessEnv, input = ''): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env: environment, stdio: ['pipe', 'pipe', 'pipe'] })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (text) => (stdout += text))
    child.stderr.on('data', (text) => (stderr += text))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, stdout, stderr }))
    child.stdin.on('error', () => {})
    child.stdin.end(input)
  })
}

export async function startServer({
  dataDir = freshFolder(),
  flags = [],
  environment = {},
  rootKey,
}: StartOptions = {}): Promise<RunningServer> {
  const child = spawn(process.execPath, [command, 'start', '--port', '0', '--data-dir', dataDir, '--log-format', 'pretty', ...flags], {
    env: { ...cleanEnvironment(), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  await new Promise<void>((resolve, reject) => {
    const read = (text: Buffer): void => {
      output += text
      if (output.includes('Ready.')) resolve()
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.on('close', (code) => reject(new Error(`the server ended with ${code} before it was ready:\n${output}`)))
  })
  return {
    endpoint: readFileSync(join(dataDir, 'endpoint'), 'utf8').trim(),
    dataDir,
    pid: child.pid!,
    output: () => output,
    rootKey: rootKey ?? (flags.includes('--dev') ? { accessKeyId: 'test', secretAccessKey: 'test' } : rootKeyIn(dataDir)),
    stop: () => ended(child, 'SIGTERM'),
    kill: async () => void (await ended(child, 'SIGKILL')),
  }
}

function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode)
  return new Promise((resolve) => {
    child.on('close', (code) => resolve(code))
    child.kill(signal)
  })
}

function rootKeyIn(dataDir: string): RunningServer['rootKey'] {
  const text = readFileSync(join(dataDir, 'credentials'), 'utf8')
  const value = (name: string): string => new RegExp(`${name} = (\\S+)`).exec(text)![1]!
  return { accessKeyId: value('aws_access_key_id'), secretAccessKey: value('aws_secret_access_key') }
}
