/** From the facts about an operation and its input to the resources that it is decided on, and how a denial calls them. */
import { calledInDenials } from '@bailiwick/model/operations'
import type { OperationName, Values } from './client.js'
import type { Row } from './row.js'
import { factsOf, filled, type World } from './world.js'

export interface Wanted {
  readonly action: string
  readonly arn: string
  /** As the sentence has it. */
  readonly called: string
}

interface Facts {
  readonly type?: string
  readonly from?: string
  readonly list?: boolean
  readonly create?: boolean
  readonly always?: boolean
  readonly action?: string
}

/** Everything that the call needs, its own action first. */
export function wantedBy(operation: OperationName, row: Row, world: World, input: Values, callerArn: string): readonly Wanted[] {
  const { action, resources, also = [] } = factsOf(operation)
  const told = (arn: string): string => String(filled(arn, world.values)).replace('$ACCOUNT', world.account)
  const own = row.resource === undefined ? undefined : told(row.resource)
  const first = own ?? (resources === '*' ? '*' : arnFrom((resources as readonly Facts[])[0]!, world, input, callerArn))
  const create = resources !== '*' && (resources as readonly Facts[])[0]!.create === true
  const calling = callings.get(operation) ?? (create || action.startsWith('sts:') ? byArn : called)
  return [
    { action, arn: first, called: calling(first) },
    ...(also as readonly Facts[]).flatMap((facts) => {
      if (facts.from?.includes('+') !== true && facts.always !== true) return []
      const arn = facts.from!.includes('+') ? renamedArn(facts, world, input) : arnFrom(facts, world, input, callerArn)
      return [{ action: facts.action ?? action, arn, called: facts.action === undefined ? called(arn) : arn }]
    }),
    ...(row.also ?? []).map((further) => ({ ...further, arn: told(further.arn), called: further.called ?? told(further.arn) })),
  ]
}

function arnFrom({ type, from, list, create }: Facts, { account, values }: World, input: Values, callerArn: string): string {
  const arn = (pathAndName: string): string => `arn:aws:iam::${account}:${type}${pathAndName}`
  if (list) return arn(String(input.PathPrefix ?? '/'))
  if (from === 'owner of AccessKeyId') return String(values.UserArn)
  const named = String(input[from ?? ''] ?? '')
  if (named === '') return callerArn
  if (named.startsWith('arn:')) return named
  if (named.startsWith('https://')) return arn(`/${new URL(named).host}`)
  // Providers have no path; everything else here is in the world's own, unless its creation says otherwise.
  const path = type === 'saml-provider' ? '/' : String(create ? (input.Path ?? '/') : values.Path)
  return arn(`${path}${named}`)
}

/** What is made is called by its ARN; and STS calls everything so. */
const byArn = (arn: string): string => arn

/** Those that call it otherwise. */
const callings: ReadonlyMap<OperationName, (arn: string) => string> = new Map<OperationName, (arn: string) => string>([
  ['CreatePolicy', (arn) => `policy ${arn.slice(arn.lastIndexOf('/') + 1)}`],
  ['ListPolicies', (arn) => `policy path ${arn.slice(arn.indexOf('/'))}`],
  ['GetRoleTemplateVersion', (arn) => `role-template ${arn}`],
  ['AcquireRole', (arn) => `role template ${arn}`],
  ['SimulatePrincipalPolicy', byArn],
  ['GetContextKeysForPrincipalPolicy', byArn],
])

/** `NewPath+NewUserName`: where the entity will be. */
function renamedArn({ type, from }: Facts, { account, values }: World, input: Values): string {
  const name = from!.split('+')[1]!
  return `arn:aws:iam::${account}:${type}${input.NewPath ?? values.Path}${input[name] ?? values[name.slice('New'.length)]}`
}

/** `user NAME` for what exists and has a word for it; a policy by its ARN when it exists; everything else by its ARN. */
function called(arn: string): string {
  const [, type = '', name = ''] = /^arn:aws:iam::\d+:([a-z-]+)\/(?:.*\/)?([^/]+)$/.exec(arn) ?? []
  const word = calledInDenials.get(type)
  if (word === undefined || arn.endsWith('/')) return arn
  return `${word} ${type === 'policy' ? arn : name}`
}

/** ARNs that a careless comparison would take for this one. */
export function neighbours(arn: string): readonly string[] {
  if (arn === '*') return ['arn:aws:iam::*:user/*', 'arn:aws:iam::*:role/*', 'arn:aws:iam::*:policy/*']
  const otherAccount = arn.replace(/::(?:\d+|aws):/, '::999999999999:')
  const slash = arn.lastIndexOf('/', arn.length - 2)
  if (slash < 0) return [`${arn}x`, otherAccount]
  const before = arn.slice(0, slash + 1)
  const name = arn.slice(slash + 1)
  return [`${arn}x`, arn.slice(0, -1), `${before}other/${name}`, `${before}${name.toUpperCase()}`, otherAccount]
}
