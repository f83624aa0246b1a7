/** The rule of policy-semantics §6.16: what denies, what filters, what grants. */
import { levelsFor } from './applies.js'
import type { Asked } from './asked.js'
import { askedFor } from './asked-for.js'
import { ALLOWS, DENIES, DOUBTFUL } from './compiled-statement.js'
import { has } from './covering.js'
import type { Decision, MatchedStatement } from './decision.js'
import { grantRule, resourceKind } from './grants.js'
import type { PlacedStatement } from './placed-statement.js'
import type { PoliciesInForce, PolicyType } from './policies.js'
import { namingOrder, type PolicyTypeRow, policyType } from './policy-types.js'
import type { AuthorizationRequest } from './request.js'
import { RequestView } from './request-view.js'
import { serviceRule } from './service-rules.js'

/** Decides one request. Everything that counts must be in `inForce`; nothing is fetched and nothing is kept. */
export function decide(request: AuthorizationRequest, inForce: PoliciesInForce): Decision {
  const view = new RequestView(request, inForce.boundary !== undefined)
  const rule = serviceRule(view)
  if (rule !== undefined) {
    return rule.verdict === 'Allowed'
      ? { verdict: 'Allowed', grant: { kind: 'serviceRule', rule: rule.name } }
      : { verdict: 'ImplicitDeny', policyType: 'identity', rule: rule.name }
  }
  const asked = askedFor(view, inForce)
  return explicitDeny(view, asked) ?? doubt(view, asked) ?? filtered(view, asked) ?? granted(view, asked, inForce)
}

/** Names a statement that was found. */
export function matchedStatement({ type, levels }: PolicyTypeRow, placed: PlacedStatement): MatchedStatement {
  placed.matched ??= {
    policyType: type,
    level: levels ? placed.level : undefined,
    policyIndex: placed.policy.policyIndex,
    statementIndex: placed.statement.statementIndex,
    sid: placed.statement.statement.sid,
    policy: placed.policy.policy,
  }
  return placed.matched
}

function explicitDeny(view: RequestView, { denying }: Asked): Decision | undefined {
  for (const each of denying) {
    const found = each.first(DENIES, view)
    if (found !== undefined) {
      const { type } = each.row
      return (found.alone ??= { verdict: 'ExplicitDeny', policyType: type, statement: matchedStatement(each.row, found) })
    }
  }
  return undefined
}

/** What was not understood closes, whether it would have allowed or denied. */
function doubt(view: RequestView, { doubtful }: Asked): Decision | undefined {
  for (const each of doubtful) {
    const notUnderstood = each.first(DOUBTFUL, view)?.statement.notUnderstood
    if (notUnderstood !== undefined) return { verdict: 'ImplicitDeny', policyType: each.row.type, notUnderstood }
  }
  return undefined
}

function filtered(view: RequestView, { filtering }: Asked): Decision | undefined {
  for (const each of filtering) if (!each.allows(view)) return denied(each.row.type)
  return undefined
}

function granted(view: RequestView, asked: Asked, inForce: PoliciesInForce): Decision {
  const kind = resourceKind(view, inForce)
  const rule = grantRule(view, kind)
  const opened = openings(view, asked, kind)
  const alone = opened && named(opened, rule.alone)
  if (alone !== undefined) return allowed(alone)
  const limited = opened && named(opened, rule.withLimits)
  const accompanied = opened && named(opened, rule.withIdentity)
  if (!rule.identityAlone && limited === undefined && accompanied === undefined) return denied(kind)
  // The root user needs no identity policy (policy-semantics §6.7).
  const needsIdentity = limited === undefined && view.request.principal.kind !== 'root'
  const own = needsIdentity ? ownAllow(view, asked) : undefined
  if (needsIdentity && own === undefined) return denied('identity')
  if (!isWithin('boundary', view, asked)) return denied('boundary')
  // A federation token without a session policy can do nothing (policy-semantics §6.7).
  const lacksSession = view.request.principal.kind === 'federatedUser' && inForce.session === undefined
  if (lacksSession || !isWithin('session', view, asked)) return denied('session')
  const first = limited ?? accompanied
  if (first !== undefined) return allowed(first, own && matchedStatement(IDENTITY, own))
  return own === undefined ? ROOT_USER : allowedAlone(own)
}

/** An Allow statement of the resource's policy, and the levels at which it names the caller. */
interface Opening {
  readonly levels: number
  readonly statement: MatchedStatement
}

function openings(view: RequestView, asked: Asked, kind: PolicyType): readonly Opening[] | undefined {
  const each = asked.of(kind)
  if (each === undefined || !has(each, ALLOWS)) return undefined
  const found = each.all(ALLOWS, view)
  if (found.length === 0) return undefined
  return found.map((placed) => ({ levels: levelsFor(placed.statement, view), statement: matchedStatement(each.row, placed) }))
}

function named(opened: readonly Opening[], wanted: number): MatchedStatement | undefined {
  if (wanted !== 0) for (const { levels, statement } of opened) if ((levels & wanted) !== 0) return statement
  return undefined
}

function ownAllow(view: RequestView, asked: Asked): PlacedStatement | undefined {
  const identity = asked.of('identity')
  return identity !== undefined && has(identity, ALLOWS) ? identity.first(ALLOWS, view) : undefined
}

/** A limit that is not in use, or that spares the caller, is no limit. */
function isWithin(type: 'boundary' | 'session', view: RequestView, asked: Asked): boolean {
  const limit = asked.of(type)
  return limit === undefined || limit.allows(view)
}

function allowed(first: MatchedStatement, second?: MatchedStatement): Decision {
  return { verdict: 'Allowed', grant: { kind: 'statements', statements: second === undefined ? [first] : [first, second] } }
}

/** By a statement of the identity policies and nothing else. */
function allowedAlone(own: PlacedStatement): Decision {
  own.alone ??= allowed(matchedStatement(IDENTITY, own))
  return own.alone
}

const IDENTITY = policyType('identity')
const ROOT_USER: Decision = { verdict: 'Allowed', grant: { kind: 'rootUser' } }

function denied(policyType: PolicyType): Decision {
  return SILENCES[policyType]
}

const SILENCES = Object.fromEntries(
  namingOrder.explicit.map(({ type }) => [type, { verdict: 'ImplicitDeny', policyType: type }]),
) as Readonly<Record<PolicyType, Decision>>
