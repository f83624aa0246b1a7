/** The rule of policy-semantics §6.16: what denies, what filters, what grants. */
import { applies, levelsFor } from './applies.js'
import { type CompiledStatement, compiledAs } from './compile.js'
import type { Decision, MatchedStatement } from './decision.js'
import { setsInForce } from './exceptions.js'
import { grantRule, resourceKind } from './grants.js'
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
  return explicitDeny(view, inForce) ?? doubt(view, inForce) ?? filtered(view, inForce) ?? granted(view, inForce)
}

/** Names the statement that was found. */
export function matchedStatement(row: PolicyTypeRow, level: number, found: CompiledStatement): MatchedStatement {
  const { policyIndex, statementIndex, policy, statement } = found
  return {
    policyType: row.type,
    ...(row.levels && { level }),
    policyIndex,
    statementIndex,
    ...(statement.sid !== undefined && { sid: statement.sid }),
    policy,
  }
}

function explicitDeny(view: RequestView, inForce: PoliciesInForce): Decision | undefined {
  for (const row of namingOrder.explicit) {
    const sets = setsInForce(row, inForce, view)
    for (let level = 0; level < sets.length; level++) {
      const denial = compiledAs(sets[level]!, row.type).denies.find((statement) => applies(statement, view))
      if (denial !== undefined) {
        return { verdict: 'ExplicitDeny', policyType: row.type, statement: matchedStatement(row, level, denial) }
      }
    }
  }
  return undefined
}

/** What was not understood closes, whether it would have allowed or denied. */
function doubt(view: RequestView, inForce: PoliciesInForce): Decision | undefined {
  for (const row of namingOrder.explicit) {
    for (const set of setsInForce(row, inForce, view)) {
      const statement = compiledAs(set, row.type).doubtful.find((candidate) => applies(candidate, view))
      if (statement?.notUnderstood !== undefined) {
        return { verdict: 'ImplicitDeny', policyType: row.type, notUnderstood: statement.notUnderstood }
      }
    }
  }
  return undefined
}

function filtered(view: RequestView, inForce: PoliciesInForce): Decision | undefined {
  for (const row of namingOrder.implicitFilters) {
    for (const set of setsInForce(row, inForce, view)) {
      if (!compiledAs(set, row.type).allows.some((statement) => applies(statement, view))) return denied(row.type)
    }
  }
  return undefined
}

function granted(view: RequestView, inForce: PoliciesInForce): Decision {
  const kind = resourceKind(view, inForce)
  const rule = grantRule(view, kind)
  const opened = openings(view, inForce, kind)
  const named = (levels: number) => opened.find((opening) => (opening.levels & levels) !== 0)?.statement
  const alone = named(rule.alone)
  if (alone !== undefined) return allowed(alone)
  const limited = named(rule.withLimits)
  const accompanied = named(rule.withIdentity)
  if (!rule.identityAlone && limited === undefined && accompanied === undefined) return denied(kind)
  // The root user needs no identity policy (policy-semantics §6.7).
  const isRoot = view.request.principal.kind === 'root'
  const own = limited === undefined && !isRoot ? firstAllow(view, inForce, 'identity') : undefined
  if (limited === undefined && !isRoot && own === undefined) return denied('identity')
  if (inForce.boundary !== undefined && !allowsOrSpares(view, inForce, 'boundary')) return denied('boundary')
  // A federation token without a session policy can do nothing (policy-semantics §6.7).
  const needsSession = view.request.principal.kind === 'federatedUser'
  if (inForce.session === undefined ? needsSession : !allowsOrSpares(view, inForce, 'session')) return denied('session')
  const [first, ...others] = [limited ?? accompanied, own].filter((statement) => statement !== undefined)
  return first === undefined ? { verdict: 'Allowed', grant: { kind: 'rootUser' } } : allowed(first, ...others)
}

/** The Allow statements of the resource's policy, each with the levels at which it names the caller. */
function openings(view: RequestView, inForce: PoliciesInForce, kind: PolicyType): { levels: number; statement: MatchedStatement }[] {
  const row = policyType(kind)
  return setsInForce(row, inForce, view).flatMap((set, level) =>
    compiledAs(set, kind)
      .allows.filter((statement) => applies(statement, view))
      .map((statement) => ({ levels: levelsFor(statement, view), statement: matchedStatement(row, level, statement) })),
  )
}

function firstAllow(view: RequestView, inForce: PoliciesInForce, type: PolicyType): MatchedStatement | undefined {
  const row = policyType(type)
  for (const [level, set] of setsInForce(row, inForce, view).entries()) {
    const found = compiledAs(set, type).allows.find((statement) => applies(statement, view))
    if (found !== undefined) return matchedStatement(row, level, found)
  }
  return undefined
}

function allowsOrSpares(view: RequestView, inForce: PoliciesInForce, type: PolicyType): boolean {
  const sets = setsInForce(policyType(type), inForce, view)
  return sets.length === 0 || firstAllow(view, inForce, type) !== undefined
}

function allowed(first: MatchedStatement, ...others: readonly MatchedStatement[]): Decision {
  return { verdict: 'Allowed', grant: { kind: 'statements', statements: [first, ...others] } }
}

function denied(type: PolicyType): Decision {
  return { verdict: 'ImplicitDeny', policyType: type }
}
