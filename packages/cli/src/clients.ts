/** How the other commands find a running server and the credentials for it. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Flag, parseFlags } from './flags.js'
import { UsageError } from './usage-error.js'

export const clientFlags: readonly Flag[] = [
  { name: '--data-dir', value: 'DIR', help: 'Data folder of the server. Default: BAILIWICK_DATA_DIR, or ./.bailiwick' },
  {
    name: '--endpoint',
    value: 'URL',
    help: 'Where the server is. Default: AWS_ENDPOINT_URL, or what the server wrote into its data folder.',
  },
  { name: '--region', value: 'REGION', help: 'Default: AWS_REGION, or us-east-1.' },
]

export interface ClientSettings {
  readonly endpoint: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
  readonly region: string
}

const defaultEndpoint = 'http://127.0.0.1:4566'

/** Flags first, then the environment, then the data folder. Throws `UsageError` when there are no credentials. */
export function clientSettings(values: ReadonlyMap<string, string>, environment: NodeJS.ProcessEnv): ClientSettings {
  const folder = values.get('--data-dir') ?? environment.BAILIWICK_DATA_DIR ?? './.bailiwick'
  const region = values.get('--region') ?? environment.AWS_REGION ?? 'us-east-1'
  const endpoint = values.get('--endpoint') ?? environment.AWS_ENDPOINT_URL ?? read(join(folder, 'endpoint'))?.trim() ?? defaultEndpoint
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken } = environment
  if (!values.has('--data-dir') && accessKeyId && secretAccessKey) {
    return { endpoint, region, accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) }
  }
  return { endpoint, region, ...fromFile(join(folder, 'credentials')) }
}

const read = (path: string): string | undefined => (existsSync(path) ? readFileSync(path, 'utf8') : undefined)

function fromFile(path: string): { accessKeyId: string; secretAccessKey: string } {
  const text = read(path)
  const value = (name: string): string | undefined => new RegExp(`^${name}\\s*=\\s*(\\S+)`, 'm').exec(text ?? '')?.[1]
  const accessKeyId = value('aws_access_key_id')
  const secretAccessKey = value('aws_secret_access_key')
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    throw new UsageError(
      `no credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name the server's data folder with --data-dir (looked in ${path})`,
    )
  }
  return { accessKeyId, secretAccessKey }
}

export const clientSettingsFrom = (
  args: readonly string[],
  more: readonly Flag[] = [],
): { settings: ClientSettings; values: ReadonlyMap<string, string>; words: readonly string[] } => {
  const { values, words } = parseFlags(args, [...clientFlags, ...more])
  return { settings: clientSettings(values, process.env), values, words }
}

/** For a child process or a shell. */
export const asEnvironment = ({
  endpoint,
  accessKeyId,
  secretAccessKey,
  sessionToken,
  region,
}: ClientSettings): Record<string, string> => ({
  AWS_ENDPOINT_URL: endpoint,
  AWS_ACCESS_KEY_ID: accessKeyId,
  AWS_SECRET_ACCESS_KEY: secretAccessKey,
  ...(sessionToken !== undefined && { AWS_SESSION_TOKEN: sessionToken }),
  AWS_REGION: region,
})
