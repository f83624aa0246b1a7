/** How many requests a process answers per CPU-second: what most rows compare. */
import { fileURLToPath } from 'node:url'
import { type Load, load } from './load.js'
import { perCpuSecond } from './our-server.js'
import { type Measured, startProcess } from './process.js'

export const CONNECTIONS = 16
export const MILLISECONDS = 2000

interface Listening {
  readonly pid: number
  readonly port: number
}

type Requests = Load['request'] | readonly Buffer[]
type How = Partial<Pick<Load, 'connections' | 'milliseconds' | 'reconnect'>>

/** Of a process that gets these requests, in turn. */
export const answering =
  ({ pid, port }: Listening, requests: Requests, how: How = {}) =>
  (): Promise<number> => {
    const request = typeof requests === 'function' ? requests : (turn: number) => requests[turn % requests.length]!
    return perCpuSecond(pid, () => load({ port, connections: CONNECTIONS, milliseconds: MILLISECONDS, request, ...how }))
  }

/** A program among the yardsticks, and where it listens. */
export async function startYardstick(name: string, ...args: readonly string[]): Promise<Measured & Listening> {
  const started = await startProcess([yardstick(name), ...args])
  return { ...started, port: Number(started.output().split('\n')[0]) }
}

export const yardstick = (name: string): string => fileURLToPath(new URL(`./yardsticks/${name}.js`, import.meta.url))
