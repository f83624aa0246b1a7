/** `bailiwick accounts …`: our own signed API, from the shell. */
import { call } from '../call-bailiwick.js'
import { type ClientSettings, clientFlags, clientSettingsFrom } from '../clients.js'
import { type Flag, flagHelp, unknown } from '../flags.js'
import { UsageError } from '../usage-error.js'

const flags: readonly Flag[] = [
  { name: '--name', value: 'NAME', help: 'create: what the account is called.' },
  { name: '--email', value: 'EMAIL', help: 'create: the e-mail address of its root.' },
  { name: '--account-id', value: 'ID', help: 'create: the number to give it; drawn when left out.' },
  { name: '--json', help: 'Prints the whole answer as JSON.' },
]

export const accountsHelp = `  bailiwick accounts create --name NAME --email EMAIL   prints the root's credentials, once
  bailiwick accounts list
  bailiwick accounts close ID
  bailiwick accounts quota ID                           lists the quotas
  bailiwick accounts quota ID NAME VALUE                sets one

${flagHelp([...flags, ...clientFlags])}`

interface Action {
  readonly operation: (words: readonly string[]) => string
  readonly input: (words: readonly string[], values: ReadonlyMap<string, string>) => object
  readonly print: (output: Record<string, never>) => string
}

interface Shown {
  readonly AccountId: string
  readonly AccountName: string
  readonly Email: string
  readonly Status: string
}

const line = ({ AccountId, Status, AccountName, Email }: Shown): string => `${AccountId}  ${Status.padEnd(6)}  ${AccountName}  <${Email}>\n`

const needed = (value: string | undefined, what: string): string => {
  if (value === undefined) throw new UsageError(`${what} is needed`)
  return value
}

const actions: ReadonlyMap<string, Action> = new Map<string, Action>([
  [
    'create',
    {
      operation: () => 'CreateAccount',
      input: (_, values) => ({
        AccountName: needed(values.get('--name'), '--name'),
        Email: needed(values.get('--email'), '--email'),
        ...(values.has('--account-id') && { AccountId: values.get('--account-id') }),
      }),
      print: ({ Account, RootCredentials: root }: { Account: Shown; RootCredentials: Record<string, string> }) =>
        `${line(Account)}\nThe root of this account, shown this once:\n  access key id      ${root.AccessKeyId}\n  secret access key  ${root.SecretAccessKey}\n  e-mail             ${root.Email}\n  password           ${root.Password}\n`,
    },
  ],
  [
    'list',
    { operation: () => 'ListAccounts', input: () => ({}), print: ({ Accounts }: { Accounts: Shown[] }) => Accounts.map(line).join('') },
  ],
  [
    'close',
    {
      operation: () => 'CloseAccount',
      input: ([id]) => ({ AccountId: needed(id, 'an account id') }),
      print: ({ Account }: { Account: Shown }) => line(Account),
    },
  ],
  [
    'quota',
    {
      operation: (words) => (words.length > 1 ? 'PutAccountQuota' : 'ListAccountQuotas'),
      input: ([id, name, value]) => ({
        AccountId: needed(id, 'an account id'),
        ...(name !== undefined && { QuotaName: name, Value: wholeNumber(needed(value, 'a value')) }),
      }),
      print: ({ Quota, Quotas }: { Quota?: QuotaShown; Quotas?: QuotaShown[] }) => (Quotas ?? [Quota!]).map(quotaLine).join(''),
    },
  ],
] as [string, Action][])

interface QuotaShown {
  readonly QuotaName: string
  readonly Value: number
  readonly Default: number
  readonly Adjustable: boolean
}

const quotaLine = ({ QuotaName, Value, Default, Adjustable }: QuotaShown): string =>
  `${QuotaName.padEnd(40)} ${String(Value).padStart(8)}${Value === Default ? '' : `  (default ${Default})`}${Adjustable ? '' : '  fixed'}\n`

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new UsageError(`\`${text}\` is not a whole number`)
  return Number(text)
}

export async function accounts(args: readonly string[]): Promise<number> {
  const { settings, values, words } = clientSettingsFrom(args, flags)
  const [name = '', ...rest] = words
  const action = actions.get(name)
  if (action === undefined)
    throw new UsageError(name === '' ? `say what to do\n${accountsHelp}` : unknown('action', name, [...actions.keys()]))
  const input = action.input(rest, values)
  if (name === 'list') return printAll(settings, values, action)
  const output = await call(settings, action.operation(rest), input)
  process.stdout.write(values.has('--json') ? `${JSON.stringify(output)}\n` : action.print(output as Record<string, never>))
  return 0
}

async function printAll(settings: ClientSettings, values: ReadonlyMap<string, string>, { print }: Action): Promise<number> {
  for (let nextToken: string | undefined; ; ) {
    const output = (await call(settings, 'ListAccounts', { ...(nextToken !== undefined && { nextToken }) })) as { nextToken?: string }
    process.stdout.write(values.has('--json') ? `${JSON.stringify(output)}\n` : print(output as Record<string, never>))
    nextToken = output.nextToken
    if (nextToken === undefined) return 0
  }
}
