/** Child processes to measure, and what the operating system says they used. */
import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'

export interface Measured {
  readonly pid: number
  readonly output: () => string
  /** SIGTERM, and wait. */
  readonly stop: () => Promise<void>
}

/** The flags that a program's first line gives Node, which starting it by its path would honour. */
const flagsOf = (program: string): string[] => /^#!.*node (.+)/.exec(readFileSync(program, 'utf8').split('\n')[0]!)?.[1]?.split(' ') ?? []

/** A program of Node's. Resolves when it has printed `Ready.`. */
export const startProcess = (args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Measured> =>
  startCommand(process.execPath, [...flagsOf(args[0]!), ...args], 'Ready.', environment)

/** Any program. Resolves when it has printed `ready`. */
export function startCommand(
  program: string,
  args: readonly string[],
  ready: string,
  environment: NodeJS.ProcessEnv = {},
): Promise<Measured> {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(AWS|BAILIWICK)_/.test(name)))
  const child: ChildProcess = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...inherited, ...environment } })
  let output = ''
  return new Promise((resolve, reject) => {
    const read = (text: Buffer): void => {
      output += text
      if (output.includes(ready)) {
        resolve({
          pid: child.pid!,
          output: () => output,
          stop: () =>
            new Promise((done) => {
              if (child.exitCode !== null) return done()
              child.on('close', () => done())
              child.kill('SIGTERM')
            }),
        })
      }
    }
    child.stdout!.on('data', read)
    child.stderr!.on('data', read)
    child.on('error', reject)
    child.on('close', (code) => reject(new Error(`${args.join(' ')} ended with ${code}: ${output}`)))
  })
}

const ticksPerSecond = 100

/** User and system time of the process, its threads and its ended children, in seconds (proc(5), fields 14–17). */
export function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1]!.split(' ')
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / ticksPerSecond
}

export function residentMegabytes(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))![1]) / 1024
}
