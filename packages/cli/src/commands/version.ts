import { readFileSync } from 'node:fs'

export const version = (): string =>
  (JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }).version

export async function printVersion(): Promise<number> {
  process.stdout.write(`${version()}\n`)
  return 0
}
