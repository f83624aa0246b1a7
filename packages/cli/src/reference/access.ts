/** How an operation is authorized, in a line: action, resources, condition keys. */
import type { ServiceName } from '@bailiwick/model'
import { actionsOf } from '@bailiwick/model/actions'
import { iamResources } from '@bailiwick/model/operations'

const prefixes: Readonly<Record<ServiceName, string>> = {
  iam: 'iam',
  sts: 'sts',
  organizations: 'organizations',
  accessanalyzer: 'access-analyzer',
  bailiwick: 'bailiwick',
}

interface Facts {
  readonly type?: string
  readonly from?: string
  readonly default?: 'caller'
  readonly action?: string
}

/** Resources that the service authorization reference leaves out, as recorded in 2026. */
const recorded: ReadonlyMap<string, readonly Facts[]> = new Map([
  ['sts:GetWebIdentityToken', [{ type: 'the account itself', from: 'arn:aws:sts::ACCOUNT:self' }]],
])

export function accessOf(service: ServiceName, operation: string): string {
  const prefix = prefixes[service]
  const facts = service === 'iam' ? iamResources().get(operation) : undefined
  const action = facts?.action ?? `${prefix}:${operation}`
  const known = actionsOf(prefix)?.actions[action.slice(prefix.length + 1)]
  const resources = facts === undefined ? (recorded.get(action) ?? known?.resources ?? []) : facts.resources === '*' ? [] : facts.resources
  const on =
    service === 'bailiwick'
      ? operation.includes('Workload')
        ? 'the workload, in the caller’s own account'
        : 'the account, a resource of the first account'
      : resources.map((resource) => called(resource)).join(' or ') || '`*`'
  const also = (facts?.also ?? []).map((further) => `\`${further.action ?? action}\` on ${called(further)}`)
  if (service === 'iam' && /^(?:Create|Upload)/.test(operation) && known?.cond?.includes('aws:TagKeys'))
    also.push(`\`iam:Tag${operation.replace(/^(?:CreateVirtual|Create|Upload)/, '')}\` with tags`)
  if (operation === 'RegisterWorkload') also.push('`iam:PassRole` on the role')
  const keys = [...new Set([...(facts?.cond ?? []), ...(known?.cond ?? [])])].sort()
  return [
    `Authorized by \`${action}\` on ${on}.`,
    ...(also.length > 0 ? [`Also ${also.join(', ')}.`] : []),
    ...(keys.length > 0 ? [`Condition keys: ${keys.map((key) => `\`${key}\``).join(', ')}.`] : []),
  ].join(' ')
}

/** `user (UserName, or the caller)`. */
function called({ type = '', from, default: usual }: Facts): string {
  const named = [from?.startsWith('arn:') ? `\`${from}\`` : from, usual === 'caller' ? 'or the caller' : undefined].filter(
    (part) => part !== undefined,
  )
  return named.length > 0 ? `${type} (${named.join(', ')})` : type
}
