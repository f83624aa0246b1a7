/** `bailiwick workloads …`: instances and containers, and the environment that leads their SDKs to their credentials. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { call } from '../call-bailiwick.js'
import { type ClientSettings, clientFlags, clientSettingsFrom } from '../clients.js'
import { type Flag, flagHelp, unknown } from '../flags.js'
import { UsageError } from '../usage-error.js'

const flags: readonly Flag[] = [
  { name: '--instance-profile', value: 'NAME', help: 'register: an instance with this profile.' },
  { name: '--role', value: 'NAME', help: 'register: a container with this role.' },
  { name: '--http-tokens', value: 'required|optional', help: 'register: optional lets an instance ask without a session token (IMDSv1).' },
  { name: '--vpc-id', value: 'ID', help: 'register: the VPC that an instance’s requests are to name.' },
  { name: '--private-ip', value: 'ADDRESS', help: 'register: the private address that they are to name.' },
  {
    name: '--token-file',
    value: 'FILE',
    help: 'register: where to write a container’s authorization token. Default: workloads/ID.token in the data folder.',
  },
  { name: '--json', help: 'Prints JSON: of register, the workload and its environment; of list, an object a page.' },
]

export const workloadsHelp = `  bailiwick workloads register --instance-profile NAME   prints what the instance's environment needs, for eval
  bailiwick workloads register --role NAME               the same for a container
  bailiwick workloads list
  bailiwick workloads remove ID

An instance gets what the EC2 metadata service gives, a container what the ECS agent gives: credentials of the role, made anew before they
end. Both come from 127.0.0.1 of the machine that the server runs on: every program there can ask as an instance, and only who has the token as a container.

${flagHelp([...flags, ...clientFlags])}`

interface Workload {
  readonly WorkloadId: string
  readonly WorkloadType: 'instance' | 'container'
  readonly Endpoint: string
  readonly InstanceProfileArn?: string
  readonly RoleArn?: string
}

interface Called {
  readonly settings: ClientSettings
  readonly values: ReadonlyMap<string, string>
  readonly words: readonly string[]
}

const actions: ReadonlyMap<string, (called: Called) => Promise<void>> = new Map([
  ['register', register],
  ['list', list],
  ['remove', remove],
])

export async function workloads(args: readonly string[]): Promise<number> {
  const { settings, values, words } = clientSettingsFrom(args, flags)
  const [name = '', ...rest] = words
  const action = actions.get(name)
  if (action === undefined)
    throw new UsageError(name === '' ? `say what to do\n${workloadsHelp}` : unknown('action', name, [...actions.keys()]))
  await action({ settings, values, words: rest })
  return 0
}

/** Flags of `register` and the members that they give. */
const members = [
  ['--instance-profile', 'InstanceProfileName'],
  ['--role', 'RoleName'],
  ['--http-tokens', 'HttpTokens'],
  ['--vpc-id', 'VpcId'],
  ['--private-ip', 'PrivateIpAddress'],
] as const

async function register({ settings, values, words }: Called): Promise<void> {
  if (words.length > 0) throw new UsageError(`unexpected argument \`${words[0]}\``)
  if (values.has('--instance-profile') === values.has('--role')) throw new UsageError('name either --instance-profile or --role')
  const file = values.get('--token-file')
  if (file !== undefined && existsSync(file)) throw new UsageError(`--token-file: ${file} is there already`)
  const input = Object.fromEntries(members.flatMap(([flag, member]) => (values.has(flag) ? [[member, values.get(flag)]] : [])))
  const output = (await call(settings, 'RegisterWorkload', input)) as { Workload: Workload; AuthorizationToken?: string }
  const { Workload, AuthorizationToken } = output
  const environment: Record<string, string> =
    AuthorizationToken === undefined
      ? { AWS_EC2_METADATA_SERVICE_ENDPOINT: Workload.Endpoint }
      : {
          AWS_CONTAINER_CREDENTIALS_FULL_URI: Workload.Endpoint,
          AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: await keepToken(
            resolve(file ?? join(dataFolder(values), 'workloads', `${Workload.WorkloadId}.token`)),
            AuthorizationToken,
            { settings, id: Workload.WorkloadId },
          ),
        }
  const lines = Object.entries(environment).map(([name, value]) => `export ${name}='${value.replaceAll("'", `'\\''`)}'\n`)
  process.stdout.write(
    values.has('--json') ? `${JSON.stringify({ Workload, Environment: environment })}\n` : `# ${line(Workload)}${lines.join('')}`,
  )
}

const dataFolder = (values: ReadonlyMap<string, string>): string =>
  values.get('--data-dir') ?? (process.env.BAILIWICK_DATA_DIR || './.bailiwick')

/** For nobody but the owner to read. A workload whose token cannot be kept is taken back: nobody could ever use it. */
async function keepToken(path: string, token: string, { settings, id }: { settings: ClientSettings; id: string }): Promise<string> {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    writeFileSync(path, token, { mode: 0o600, flag: 'wx' })
    return path
  } catch (error) {
    await call(settings, 'RemoveWorkload', { WorkloadId: id })
    throw new Error(`the token cannot be kept in ${path}: ${(error as Error).message}`)
  }
}

async function list({ settings, values }: Called): Promise<void> {
  for (let nextToken: string | undefined; ; ) {
    const output = await call(settings, 'ListWorkloads', { ...(nextToken !== undefined && { nextToken }) })
    const { Workloads, nextToken: next } = output as { Workloads: readonly Workload[]; nextToken?: string }
    process.stdout.write(values.has('--json') ? `${JSON.stringify(output)}\n` : Workloads.map(line).join(''))
    if (next === undefined) return
    nextToken = next
  }
}

async function remove({ settings, values, words }: Called): Promise<void> {
  const [id, ...more] = words
  if (id === undefined || more.length > 0) throw new UsageError('one workload id is needed')
  const output = (await call(settings, 'RemoveWorkload', { WorkloadId: id })) as { Workload: Workload }
  process.stdout.write(values.has('--json') ? `${JSON.stringify(output)}\n` : line(output.Workload))
}

const line = ({ WorkloadId, WorkloadType, Endpoint, InstanceProfileArn, RoleArn }: Workload): string =>
  `${WorkloadId}  ${WorkloadType}  ${InstanceProfileArn ?? RoleArn}  ${Endpoint}\n`
