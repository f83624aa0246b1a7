import { asEnvironment, clientSettingsFrom } from '../clients.js'
import { UsageError } from '../usage-error.js'

export async function env(args: readonly string[]): Promise<number> {
  const { settings, words } = clientSettingsFrom(args, [], 'folder')
  if (words.length > 0) throw new UsageError(`unexpected argument \`${words[0]}\``)
  const variables = asEnvironment(settings)
  for (const [name, value] of Object.entries(variables)) process.stdout.write(`export ${name}=${quoted(value)}\n`)
  if (!('AWS_SESSION_TOKEN' in variables)) process.stdout.write('unset AWS_SESSION_TOKEN\n')
  return 0
}

/** For a POSIX shell. */
const quoted = (value: string): string => `'${value.replaceAll("'", `'\\''`)}'`
