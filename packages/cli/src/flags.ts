/** Flags as a table: name, what follows, what it is for. */
import { nearest } from './nearest.js'
import { UsageError } from './usage-error.js'

export interface Flag {
  readonly name: string
  /** What the value is called in the help; absent for a switch. */
  readonly value?: string
  readonly help: string
  /** May be given more than once: the values come with a line break between them. */
  readonly repeats?: true
}

export interface Parsed {
  readonly values: ReadonlyMap<string, string>
  readonly words: readonly string[]
}

/** `--flag value`, `--flag=value`, switches, and words. Throws `UsageError` that names the nearest known flag. */
export function parseFlags(args: readonly string[], flags: readonly Flag[]): Parsed {
  const values = new Map<string, string>()
  const words: string[] = []
  for (let at = 0; at < args.length; at++) {
    const arg = args[at]!
    if (!arg.startsWith('--')) {
      words.push(arg)
      continue
    }
    const equals = arg.indexOf('=')
    const name = equals < 0 ? arg : arg.slice(0, equals)
    const flag = flags.find((known) => known.name === name)
    if (flag === undefined)
      throw new UsageError(
        unknown(
          'flag',
          name,
          flags.map((known) => known.name),
        ),
      )
    if (flag.value === undefined) {
      if (equals >= 0) throw new UsageError(`${name} takes no value`)
      values.set(name, 'true')
      continue
    }
    const value = equals >= 0 ? arg.slice(equals + 1) : args[++at]
    if (value === undefined || (equals < 0 && value.startsWith('--'))) throw new UsageError(`${name} needs a value: ${flag.value}`)
    const before = flag.repeats ? values.get(name) : undefined
    values.set(name, before === undefined ? value : `${before}\n${value}`)
  }
  return { values, words }
}

export function unknown(kind: string, name: string, known: readonly string[]): string {
  const close = nearest(name, known)
  return `unknown ${kind} \`${name}\`${close === undefined ? '' : `; did you mean \`${close}\`?`}`
}

export function flagHelp(flags: readonly Flag[]): string {
  const left = flags.map(({ name, value }) => (value === undefined ? name : `${name} ${value}`))
  const width = Math.max(...left.map(({ length }) => length))
  return flags.map(({ help }, at) => `  ${left[at]!.padEnd(width)}  ${help}`).join('\n')
}
