import { asEnvironment, clientSettingsFrom } from '../clients.js'

export async function env(args: readonly string[]): Promise<number> {
  const variables = asEnvironment(clientSettingsFrom(args).settings)
  for (const [name, value] of Object.entries(variables)) process.stdout.write(`export ${name}=${quoted(value)}\n`)
  if (!('AWS_SESSION_TOKEN' in variables)) process.stdout.write('unset AWS_SESSION_TOKEN\n')
  return 0
}

/** For a POSIX shell. */
const quoted = (value: string): string => `'${value.replaceAll("'", `'\\''`)}'`
