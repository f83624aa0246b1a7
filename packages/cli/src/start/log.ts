/** What the server prints: lines for people, or one JSON object a line. */
import type { Writable } from 'node:stream'
import type { Banner } from './banner.js'

export interface Log {
  readonly stream: Writable
  banner(facts: Banner, text: string): void
  ready(): void
  /** To a terminal only: never to a file or a pipe. */
  once(text: string): void
  failure(error: unknown): void
}

export function logTo(stream: Writable, format: 'pretty' | 'json'): Log {
  const write = (text: string): void => void stream.write(text)
  const line = (level: string, message: string, more: object = {}): void =>
    write(`${JSON.stringify({ time: new Date().toISOString(), level, message, ...more })}\n`)
  const describe = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error))
  return format === 'json'
    ? {
        stream,
        banner: (facts) => line('info', 'Bailiwick is starting', { ...facts, iam: 'enforcing' }),
        ready: () => line('info', 'Ready.'),
        once: () => {},
        failure: (error) => line('error', 'A request or a task failed', { error: describe(error) }),
      }
    : {
        stream,
        banner: (_, text) => write(text),
        ready: () => write('Ready.\n'),
        once: (text) => write(`${text}\n`),
        failure: (error) => write(`FAILURE ${describe(error)}\n`),
      }
}
