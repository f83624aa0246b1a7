import { loadService, type ServiceName, serviceNames } from '@bailiwick/model'
import { Server } from '@bailiwick/server'
import { flagHelp, parseFlags } from '../flags.js'

const flags = [
  { name: '--json', help: 'As one JSON object, with the names of what is missing.' },
  { name: '--missing', help: 'Lists the operations that are not there yet.' },
]
export const coverageHelp = flagHelp(flags)

interface Row {
  readonly service: ServiceName
  readonly implemented: number
  readonly all: number
  readonly missing: readonly string[]
}

export async function coverage(args: readonly string[]): Promise<number> {
  const { values } = parseFlags(args, flags)
  const rows = await Promise.all(serviceNames.map(rowOf))
  if (values.has('--json')) {
    process.stdout.write(`${JSON.stringify(Object.fromEntries(rows.map(({ service, ...row }) => [service, row])))}\n`)
    return 0
  }
  for (const { service, implemented, all, missing } of rows) {
    process.stdout.write(`${service.padEnd(16)} ${String(implemented).padStart(4)} / ${all}\n`)
    if (values.has('--missing')) for (const name of missing) process.stdout.write(`  ${name}\n`)
  }
  return 0
}

async function rowOf(service: ServiceName): Promise<Row> {
  const { operations } = await loadService(service)
  const rows = Server.coverage().get(service)?.rows
  const missing = [...operations.keys()].filter((name) => !rows?.has(name))
  return { service, implemented: operations.size - missing.length, all: operations.size, missing }
}
