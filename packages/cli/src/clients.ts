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

/** One place where endpoint and credentials may stand; either may be missing there. */
interface Source {
  readonly endpoint: string | undefined
  readonly key: Pick<ClientSettings, 'accessKeyId' | 'secretAccessKey' | 'sessionToken'> | undefined
}

/**
 * Flags first. Then the environment, but only where it names an endpoint: without one, the keys in it are for AWS itself. Then the data
 * folder. `folder` asks the folder before the environment. Throws `UsageError` when there are no credentials.
 */
export function clientSettings(
  values: ReadonlyMap<string, string>,
  environment: NodeJS.ProcessEnv,
  first: 'environment' | 'folder' = 'environment',
): ClientSettings {
  const folder = values.get('--data-dir') ?? (environment.BAILIWICK_DATA_DIR || './.bailiwick')
  const inFolder: Source = { endpoint: read(join(folder, 'endpoint'))?.trim(), key: keyInFile(join(folder, 'credentials')) }
  const inEnvironment: Source = { endpoint: environment.AWS_ENDPOINT_URL || undefined, key: keyInEnvironment(environment) }
  const sources = values.has('--data-dir')
    ? [inFolder]
    : first === 'environment' && inEnvironment.endpoint !== undefined
      ? [inEnvironment, inFolder]
      : [inFolder, inEnvironment]
  const endpoint = values.get('--endpoint') ?? sources.find((source) => source.endpoint !== undefined)?.endpoint ?? defaultEndpoint
  if (!URL.canParse(endpoint)) throw new UsageError(`the endpoint \`${endpoint}\` is not a URL`)
  const key = sources.find((source) => source.key !== undefined)?.key
  if (key === undefined) {
    throw new UsageError(
      `no credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name the server's data folder with --data-dir (looked in ${join(folder, 'credentials')})`,
    )
  }
  return { endpoint, region: values.get('--region') ?? (environment.AWS_REGION || 'us-east-1'), ...key }
}

const read = (path: string): string | undefined => (existsSync(path) ? readFileSync(path, 'utf8') : undefined)

function keyInFile(path: string): Source['key'] {
  const text = read(path) ?? ''
  const value = (name: string): string | undefined => new RegExp(`^${name}\\s*=\\s*(\\S+)`, 'm').exec(text)?.[1]
  const accessKeyId = value('aws_access_key_id')
  const secretAccessKey = value('aws_secret_access_key')
  return accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey } : undefined
}

function keyInEnvironment(environment: NodeJS.ProcessEnv): Source['key'] {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken } = environment
  return accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) } : undefined
}

export const clientSettingsFrom = (
  args: readonly string[],
  more: readonly Flag[] = [],
  first: 'environment' | 'folder' = 'environment',
): { settings: ClientSettings; values: ReadonlyMap<string, string>; words: readonly string[] } => {
  const { values, words } = parseFlags(args, [...clientFlags, ...more])
  return { settings: clientSettings(values, process.env, first), values, words }
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
  // The AWS CLI and boto3 read only this one.
  AWS_DEFAULT_REGION: region,
})

/** What SDKs and the AWS CLI read from the program that `credential_process` names (AWS SDKs and Tools Reference Guide, process credential provider). */
export const asCredentialProcess = ({ accessKeyId, secretAccessKey, sessionToken }: ClientSettings): object => ({
  Version: 1,
  AccessKeyId: accessKeyId,
  SecretAccessKey: secretAccessKey,
  SessionToken: sessionToken,
})
