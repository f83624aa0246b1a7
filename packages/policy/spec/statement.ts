/** §6.16, "statement applies": action, resource, principal and every condition. */
import type { Policy, PolicyType } from '#engine/evaluate/policies.js'
import type { AuthorizationRequest } from '#engine/evaluate/request.js'
import type { Statement } from '#engine/language/document.js'
import { actionApplies } from './action.js'
import { conditionHolds } from './condition.js'
import type { Keys } from './keys.js'
import { isMeantByNotPrincipal, isUnclear, type Level, levelsOf } from './principal.js'
import { resourceApplies } from './resource.js'

/** What a statement applies with; `unclear` when something in it is not understood, and the rest of it applies. */
export interface Hit {
  readonly statement: Statement
  readonly levels: ReadonlySet<Level>
  readonly unclear: boolean
}

export interface Asked {
  readonly request: AuthorizationRequest
  readonly keys: Keys
  readonly hasBoundary: boolean
}

export function hitOf(statement: Statement, policy: Policy, type: PolicyType, { request, keys, hasBoundary }: Asked): Hit | undefined {
  const { version } = policy.document
  let unclear = statement.notUnderstood !== undefined
  if (!actionApplies(statement.action, request.action)) return undefined
  // §6.5: the resource of a trust policy is its role.
  if (type !== 'trust') {
    const resource =
      statement.resource === undefined
        ? withoutResource(type)
        : resourceApplies(statement.resource, request.resource.arn, type, version, keys)
    if (resource === false) return undefined
    unclear ||= resource === 'unknown'
  }
  const levels = namedAt(statement, policy, type, request, hasBoundary)
  if (levels !== 'unknown' && levels.size === 0) return undefined
  const conditions = statement.conditions.map((condition) => conditionHolds(condition, keys, version, statement.effect))
  if (conditions.includes(false)) return undefined
  unclear ||= levels === 'unknown' || conditions.includes('unknown')
  return { statement, levels: levels === 'unknown' ? EVERYBODY : levels, unclear }
}

/** §1.7: most services' own policies need not repeat the resource they are about; elsewhere a statement without one is none. */
function withoutResource(type: PolicyType): true | 'unknown' {
  return type === 'resource' || type === 'key' ? true : 'unknown'
}

/** §1.7: these have a principal. */
const WITH_PRINCIPAL: ReadonlySet<PolicyType> = new Set(['resource', 'trust', 'key', 'rcp', 'endpoint'])
const EVERYBODY: ReadonlySet<Level> = new Set(['direct'])
const NOBODY: ReadonlySet<Level> = new Set()

function namedAt(
  statement: Statement,
  policy: Policy,
  type: PolicyType,
  request: AuthorizationRequest,
  hasBoundary: boolean,
): ReadonlySet<Level> | 'unknown' {
  const { principal, effect } = statement
  if (!WITH_PRINCIPAL.has(type)) return principal === undefined ? EVERYBODY : 'unknown'
  // §1.7: an RCP knows nobody but everybody.
  if (principal === undefined && type === 'rcp') return EVERYBODY
  // §2.6: without one, the statement applies to nobody.
  if (principal === undefined) return NOBODY
  // A Deny must not pass over somebody it may mean.
  if (effect === 'Deny' && !principal.inverted && principal.entries.some(isUnclear)) return 'unknown'
  if (!principal.inverted) {
    // Recorded: whom a provider speaks for is let in by the provider's name, never as everybody.
    const byName = effect === 'Allow' && 'providerArn' in request.principal && type !== 'rcp' && type !== 'endpoint'
    const entries = byName ? principal.entries.filter(({ type: kind }) => kind === 'Federated') : principal.entries
    return levelsOf(entries, request.principal, policy.principalIds)
  }
  return isMeantByNotPrincipal(principal.entries, request.principal, policy.principalIds, effect, hasBoundary) ? EVERYBODY : NOBODY
}
