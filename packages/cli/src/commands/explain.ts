/** `bailiwick explain`: asks a server why a request is allowed or denied. */
import { readFileSync } from 'node:fs'
import { call } from '../call-bailiwick.js'
import { clientFlags, clientSettingsFrom } from '../clients.js'
import { type Flag, flagHelp } from '../flags.js'
import { aligned, type Paint, paintFor } from '../terminal.js'
import { UsageError } from '../usage-error.js'

const flags: readonly Flag[] = [
  { name: '--principal', value: 'ARN', help: 'Who asks: a user, a role, a session of a role, or the root.' },
  { name: '--action', value: 'ACTION', help: 'What is asked for, such as s3:GetObject.' },
  { name: '--resource', value: 'ARN', help: 'On what; * for an action without resources.' },
  { name: '--resource-account', value: 'ID', help: 'The account that owns it, where the ARN does not say.' },
  { name: '--resource-policy', value: 'FILE', help: 'The policy of the resource, where this server does not keep it.' },
  { name: '--context', value: 'KEY=VALUE', help: 'A condition key; again for more keys, and for more values of one.', repeats: true },
  { name: '--all', help: 'Shows every statement, also those of other actions.' },
  { name: '--json', help: 'The whole answer as one JSON object.' },
]

export const explainHelp = `  bailiwick explain --principal ARN --action ACTION --resource ARN [--context KEY=VALUE]...
  bailiwick explain ID       a request of the audit trail, by its event id or request id

${flagHelp([...flags, ...clientFlags])}

The exit code is 0 for allowed, 1 for denied, and 2 when there is no answer.`

export async function explain(args: readonly string[]): Promise<number> {
  const { settings, values, words } = clientSettingsFrom(args, flags)
  const input = inputOf(words, values)
  const answer = await call(settings, 'Explain', input).catch((error: Error) => {
    // Exit code 1 says that the request is denied, which this does not.
    throw new UsageError(error.message)
  })
  const explained = answer as Explained
  const paint = paintFor(process.stdout, process.env)
  process.stdout.write(values.has('--json') ? `${JSON.stringify(answer)}\n` : told(explained, paint, values.has('--all')))
  return explained.Decision === 'allowed' ? 0 : 1
}

function inputOf(words: readonly string[], values: ReadonlyMap<string, string>): object {
  const [id, second] = words
  if (second !== undefined) throw new UsageError(`unexpected argument \`${second}\``)
  const asked = ['--principal', '--action', '--resource'].filter((name) => values.has(name))
  if (id !== undefined) {
    if (asked.length > 0) throw new UsageError(`give either an event or ${asked[0]}`)
    return { EventId: id }
  }
  const missing = ['--principal', '--action', '--resource'].find((name) => !values.has(name))
  if (missing !== undefined) throw new UsageError(asked.length === 0 ? `say what to explain\n${explainHelp}` : `${missing} is needed`)
  const file = values.get('--resource-policy')
  return {
    PrincipalArn: values.get('--principal'),
    Action: values.get('--action'),
    Resource: values.get('--resource'),
    ...(values.has('--resource-account') && { ResourceAccount: values.get('--resource-account') }),
    ...(file !== undefined && { ResourcePolicy: readFileSync(file, 'utf8') }),
    Context: contextOf(values.get('--context')),
  }
}

function contextOf(lines: string | undefined): Record<string, string[]> {
  const context = new Map<string, string[]>()
  for (const line of lines?.split('\n') ?? []) {
    const equals = line.indexOf('=')
    if (equals < 1) throw new UsageError(`--context takes KEY=VALUE, not \`${line}\``)
    const key = line.slice(0, equals)
    context.set(key, [...(context.get(key) ?? []), line.slice(equals + 1)])
  }
  return Object.fromEntries(context)
}

interface Explained {
  readonly Decision: string
  readonly Message?: string
  readonly Rule?: string
  readonly PrincipalArn: string
  readonly Action: string
  readonly Resource: string
  readonly EventId?: string
  readonly EventDecision?: string
  readonly Policies: readonly ExplainedPolicy[]
  readonly MissingContextKeys: readonly string[]
  readonly Change?: { readonly Edits: readonly ExplainedEdit[]; readonly Impossible?: string }
  readonly Notes?: readonly string[]
}

interface ExplainedPolicy {
  readonly PolicyType: string
  readonly Level?: number
  readonly PolicyName?: string
  readonly PolicyArn?: string
  readonly AttachedTo?: string
  readonly Skipped?: string
  readonly Hidden?: string
  readonly Statements?: readonly {
    readonly Index: number
    readonly Sid?: string
    readonly Effect: string
    readonly Applies: boolean
    readonly Mismatch?: { readonly Element: string; readonly Because: string; readonly Wanted: readonly string[] }
  }[]
}

interface ExplainedEdit {
  readonly Kind: string
  readonly What: string
  readonly PolicyType?: string
  readonly Level?: number
  readonly PolicyName?: string
  readonly AttachedTo?: string
  readonly StatementIndex?: number
  readonly Sid?: string
  readonly Statement?: string
  readonly Allows?: { readonly Actions: string; readonly Resources: string; readonly Conditions: readonly string[] }
}

const VERDICTS: ReadonlyMap<string, string> = new Map([
  ['allowed', 'ALLOWED'],
  ['explicitDeny', 'DENIED (explicitly)'],
  ['implicitDeny', 'DENIED (nothing allows it)'],
])

function told(answer: Explained, paint: Paint, all: boolean): string {
  const { Decision, Message, Rule, PrincipalArn, Action, Resource, EventDecision, MissingContextKeys, Notes = [] } = answer
  const verdict = VERDICTS.get(Decision) ?? Decision
  const lines = [
    (Decision === 'allowed' ? paint.good : paint.bad)(paint.strong(verdict)),
    ...aligned(
      [
        ['who', PrincipalArn],
        ['what', Action],
        ['on', Resource],
        ...(Rule === undefined ? [] : [['rule', `${Rule}, whatever policies say`]]),
        ...(EventDecision === undefined || EventDecision === Decision ? [] : [['then', VERDICTS.get(EventDecision) ?? EventDecision]]),
      ],
      '  ',
    ),
    ...(Message === undefined ? [] : ['', `  ${Message}`]),
    ...answer.Policies.flatMap((policy) => policyLines(policy, paint, all)),
    ...(MissingContextKeys.length === 0 ? [] : ['', `Not in the request: ${MissingContextKeys.join(', ')}`]),
    ...changeLines(answer.Change, paint),
    ...Notes.map((note) => `\n${paint.faint(`Note: ${note}.`)}`),
  ]
  return `${lines.join('\n')}\n`
}

function placeText({ PolicyType, Level, PolicyName, PolicyArn, AttachedTo }: Partial<ExplainedPolicy>): string {
  const level = Level === undefined ? '' : ` level ${Level}`
  const name = PolicyArn ?? PolicyName
  return `${PolicyType}${level}${name === undefined ? '' : `  ${name}`}${AttachedTo === undefined ? '' : `  of ${AttachedTo}`}`
}

function policyLines(policy: ExplainedPolicy, paint: Paint, all: boolean): string[] {
  const heading = paint.strong(placeText(policy))
  if (policy.Hidden !== undefined) return ['', heading, paint.faint(`  not shown: you need ${policy.Hidden}`)]
  const skipped = policy.Skipped === undefined ? [] : [paint.faint(`  passed over: ${policy.Skipped}`)]
  const statements = policy.Statements ?? []
  const shown = all ? statements : statements.filter(({ Mismatch }) => Mismatch?.Element !== 'Action')
  const others = statements.length - shown.length
  const rows = shown.map(({ Index, Sid, Effect, Applies, Mismatch }) => [
    String(Index),
    Effect,
    Sid ?? '',
    Applies ? 'applies' : (Mismatch?.Because ?? ''),
  ])
  const coloured = aligned(rows, '  ').map((line, at) =>
    !shown[at]!.Applies ? line : shown[at]!.Effect === 'Deny' ? paint.bad(line) : paint.good(line),
  )
  const rest = others === 0 ? [] : [paint.faint(`  ${others} for other actions`)]
  return ['', heading, ...skipped, ...coloured, ...rest]
}

function changeLines(change: Explained['Change'], paint: Paint): string[] {
  if (change === undefined) return []
  if (change.Impossible !== undefined) return ['', paint.strong('No change allows it'), `  ${change.Impossible}`]
  const { Edits } = change
  return [
    '',
    paint.strong(Edits.length === 1 ? 'Smallest change that allows it' : `Smallest change that allows it: all of these ${Edits.length}`),
    ...Edits.flatMap((edit, at) => editLines(edit, `  ${at + 1}. `)),
  ]
}

function editLines({ Kind, What, Statement, Allows, ...place }: ExplainedEdit, number: string): string[] {
  const indent = ' '.repeat(number.length)
  const { StatementIndex, Sid } = place
  const where =
    StatementIndex === undefined ? '' : `in statement ${StatementIndex}${Sid === undefined ? '' : ` (${Sid})`} of ${placeText(place)}: `
  const lines = [`${number}${where}${What}`]
  if (Statement !== undefined) lines.push(`${indent}${Statement}`)
  if (Allows === undefined) return lines
  const when = Allows.Conditions.length === 0 ? '' : `, when ${Allows.Conditions.join(' and ')}`
  const verb = Kind === 'add' ? 'allows' : 'no longer denies'
  return [...lines, `${indent}${verb}: ${Allows.Actions} on ${Allows.Resources}${when}`]
}
