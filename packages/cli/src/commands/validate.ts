/** `bailiwick validate`: what is wrong with policies, and what AWS would answer to them. No server is needed. */
import { readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { conditionKey } from '@bailiwick/model/condition-keys'
import { type Finding, type GrammarName, grammars, parsePolicy } from '@bailiwick/policy'
import { type Flag, flagHelp, parseFlags, unknown } from '../flags.js'
import { aligned, type Paint, paintFor } from '../terminal.js'
import { UsageError } from '../usage-error.js'

const types = Object.keys(grammars)
const flags: readonly Flag[] = [
  { name: '--type', value: 'TYPE', help: `What the files are: ${types.join(', ')}. Default: identity.` },
  { name: '--json', help: 'The findings as JSON, one object a file.' },
]

export const validateHelp = `  bailiwick validate FILE... [--type TYPE]     - is the standard input

${flagHelp(flags)}

The exit code is 1 when one of the findings is an error, and 2 when a file cannot be read.`

export async function validate(args: readonly string[]): Promise<number> {
  const { values, words } = parseFlags(args, flags)
  const type = values.get('--type') ?? 'identity'
  if (!Object.hasOwn(grammars, type)) throw new UsageError(unknown('type', type, types))
  if (words.length === 0) throw new UsageError(`name a file, or - for the standard input\n${validateHelp}`)
  const paint = paintFor(process.stdout, process.env)
  let hasErrors = false
  for (const file of words) {
    const { findings } = parsePolicy(await read(file), type as GrammarName, { knownKeys: conditionKey })
    hasErrors ||= findings.some(({ severity }) => severity === 'error')
    process.stdout.write(values.has('--json') ? `${JSON.stringify({ file, type, findings })}\n` : told(file, findings, paint))
  }
  return hasErrors ? 1 : 0
}

async function read(file: string): Promise<string> {
  try {
    return file === '-' ? await text(process.stdin) : readFileSync(file, 'utf8')
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}

/** In the order of the file. */
function told(file: string, findings: readonly Finding[], paint: Paint): string {
  const name = file === '-' ? 'standard input' : file
  if (findings.length === 0) return `${name}: ${paint.good('nothing is wrong')}\n`
  const sorted = findings.toSorted((one, other) => one.span.start.offset - other.span.start.offset)
  const rows = sorted.map(({ span: { start }, severity, code, message }) => [
    `${name}:${start.line}:${start.column}`,
    severity,
    code,
    message,
  ])
  const lines = aligned(rows, '').flatMap((line, at) => {
    const { severity, apiMessage, path } = sorted[at]!
    const place = path.length === 0 ? [] : [paint.faint(`    at ${pathText(path)}`)]
    const answer = apiMessage === undefined ? [] : [paint.faint(`    AWS: ${apiMessage}`)]
    return [severity === 'error' ? paint.bad(line) : line, ...place, ...answer]
  })
  return `${lines.join('\n')}\n`
}

/** `Statement[0].Effect`. */
function pathText(path: Finding['path']): string {
  return path.reduce<string>((text, part) => (typeof part === 'number' ? `${text}[${part}]` : text === '' ? part : `${text}.${part}`), '')
}
