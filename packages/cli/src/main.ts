/** The `bailiwick` command: finds the subcommand, loads only that, and turns what goes wrong into one line. */
import { commands } from './commands/index.js'
import { nearest } from './nearest.js'
import { UsageError } from './usage-error.js'

/** Resolves with the exit code: 0 done, 1 the command failed, 2 it was called wrongly. */
export async function main(args: readonly string[]): Promise<number> {
  // `help NAME` asks for the same as `NAME --help`.
  const [name = 'help', ...rest] = args[0] === 'help' && args[1] !== undefined ? [args[1], '--help'] : args
  const command = commands.get(aliases.get(name) ?? name)
  if (command === undefined) {
    const close = nearest(name, [...commands.keys()])
    process.stderr.write(
      `bailiwick: there is no command \`${name}\`${close === undefined ? '' : `; did you mean \`${close}\`?`} (\`bailiwick help\` lists them)\n`,
    )
    return 2
  }
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    if (!command.outlivesReader) process.exit(0)
  })
  try {
    if (command.flags !== 'passed on' && rest.some((arg) => arg === '--help' || arg === '-h')) {
      process.stdout.write(`${command.summary}\n\n${await command.help()}\n`)
      return 0
    }
    return await (await command.load())(rest)
  } catch (error) {
    process.stderr.write(`bailiwick ${name}: ${error instanceof Error ? error.message : String(error)}\n`)
    return error instanceof UsageError ? 2 : 1
  }
}

const aliases: ReadonlyMap<string, string> = new Map([
  ['--help', 'help'],
  ['-h', 'help'],
  ['--version', 'version'],
  ['-v', 'version'],
])
