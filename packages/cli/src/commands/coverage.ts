import { loadService, type ServiceName, serviceNames } from '@bailiwick/model'
import { Server } from '@bailiwick/server'
import { flagHelp, parseFlags } from '../flags.js'
import { shownOperations } from '../generated/shown-operations.js'

const flags = [
  { name: '--json', help: 'As one JSON object, with the names of what is missing.' },
  { name: '--missing', help: 'Lists the operations that are not there yet.' },
]
export const coverageHelp = `  implemented  the server carries it out
  shown        a test shows who may call it, and what it changes or answers; where AWS can only refuse,
               such as in an account outside an organization, the refusal beside the denial
  all          what the API has

${flagHelp(flags)}`

interface Row {
  readonly service: ServiceName
  readonly implemented: number
  readonly shown: number
  readonly all: number
  readonly missing: readonly string[]
  readonly notShown: readonly string[]
}

export async function coverage(args: readonly string[]): Promise<number> {
  const { values } = parseFlags(args, flags)
  const rows = await Promise.all(serviceNames.map(rowOf))
  if (values.has('--json')) {
    process.stdout.write(`${JSON.stringify(Object.fromEntries(rows.map(({ service, ...row }) => [service, row])))}\n`)
    return 0
  }
  process.stdout.write(line('', 'implemented', 'shown', 'all'))
  for (const { service, implemented, shown, all, missing } of rows) {
    process.stdout.write(line(service, implemented, shown, all))
    if (values.has('--missing')) for (const name of missing) process.stdout.write(`  ${name}\n`)
  }
  return 0
}

const line = (service: string, ...[implemented, shown, all]: readonly (string | number)[]): string =>
  `${service.padEnd(16)} ${String(implemented).padStart(11)} / ${String(shown).padStart(5)} / ${String(all).padStart(3)}\n`

async function rowOf(service: ServiceName): Promise<Row> {
  const { operations } = await loadService(service)
  const rows = Server.coverage().get(service)?.rows
  const names = [...operations.keys()]
  const missing = names.filter((name) => !rows?.has(name))
  const notShown = names.filter((name) => rows?.has(name) && !shownOperations.has(`${service}:${name}`))
  const implemented = names.length - missing.length
  return { service, implemented, shown: implemented - notShown.length, all: names.length, missing, notShown }
}
