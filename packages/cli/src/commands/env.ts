import { asCredentialProcess, asEnvironment, type ClientSettings, clientFlags, clientSettingsFrom } from '../clients.js'
import type { Flag } from '../flags.js'
import { UsageError } from '../usage-error.js'

const own: readonly Flag[] = [
  { name: '--credential-process', help: 'Print the credentials alone, as `credential_process` of an AWS configuration file takes them.' },
]

export const envFlags: readonly Flag[] = [...clientFlags, ...own]

export async function env(args: readonly string[]): Promise<number> {
  const { settings, values, words } = clientSettingsFrom(args, own, 'folder')
  if (words.length > 0) throw new UsageError(`unexpected argument \`${words[0]}\``)
  if (values.has('--credential-process')) process.stdout.write(`${JSON.stringify(asCredentialProcess(settings))}\n`)
  else printForShell(settings)
  return 0
}

function printForShell(settings: ClientSettings): void {
  const variables = asEnvironment(settings)
  for (const [name, value] of Object.entries(variables)) process.stdout.write(`export ${name}=${quoted(value)}\n`)
  if (!('AWS_SESSION_TOKEN' in variables)) process.stdout.write('unset AWS_SESSION_TOKEN\n')
}

/** For a POSIX shell. */
const quoted = (value: string): string => `'${value.replaceAll("'", `'\\''`)}'`
