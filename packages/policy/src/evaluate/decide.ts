/** The rule of policy-semantics §6.16: what denies, what filters, what grants. */
import { applies, levelsFor } from './applies.js'
import { type CompiledSet, type CompiledStatement, compiledAs } from './compile.js'
import type { Decision, MatchedStatement } from './decision.js'
import { exceptionFor } from './exceptions.js'
import { grantRule, resourceKind } from './grants.js'
import type { PoliciesInForce, PolicyType } from './policies.js'
import { namingOrder, type PolicyTypeRow } from './policy-types.js'
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
  const asked = askedSets(view, inForce)
  return explicitDeny(view, asked) ?? doubt(view, asked) ?? filtered(view, asked) ?? granted(view, asked, inForce)
}

/** A set that counts for this request. */
interface AskedSet {
  readonly row: PolicyTypeRow
  readonly level: number
  readonly set: CompiledSet
}

/** The sets that count, in the order in which denials are named. */
export function askedSets(view: RequestView, inForce: PoliciesInForce): readonly AskedSet[] {
  const asked: AskedSet[] = []
  for (const row of namingOrder.explicit) {
    const sets = row.sets(inForce)
    if (sets.length === 0 || exceptionFor(row.type, view) !== undefined) continue
    for (let level = 0; level < sets.length; level++) asked.push({ row, level, set: compiledAs(sets[level]!, row.type) })
  }
  return asked
}

/** Names a statement that was found. */
export function matchedStatement({ row, level }: AskedSet, found: CompiledStatement): MatchedStatement {
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

function explicitDeny(view: RequestView, asked: readonly AskedSet[]): Decision | undefined {
  for (const each of asked) {
    const denial = each.set.denies.find((statement) => applies(statement, view))
    if (denial !== undefined) return { verdict: 'ExplicitDeny', policyType: each.row.type, statement: matchedStatement(each, denial) }
  }
  return undefined
}

/** What was not understood closes, whether it would have allowed or denied. */
function doubt(view: RequestView, asked: readonly AskedSet[]): Decision | undefined {
  for (const { row, set } of asked) {
    const statement = set.doubtful.find((candidate) => applies(candidate, view))
    if (statement?.notUnderstood !== undefined) {
      return { verdict: 'ImplicitDeny', policyType: row.type, notUnderstood: statement.notUnderstood }
    }
  }
  return undefined
}

function filtered(view: RequestView, asked: readonly AskedSet[]): Decision | undefined {
  for (const row of namingOrder.implicitFilters) {
    for (const each of asked) if (each.row === row && firstAllow(view, each) === undefined) return denied(row.type)
  }
  return undefined
}

function granted(view: RequestView, asked: readonly AskedSet[], inForce: PoliciesInForce): Decision {
  const kind = resourceKind(view, inForce)
  const rule = grantRule(view, kind)
  const opened = openings(view, asked, kind)
  const named = (levels: number) => opened.find((opening) => (opening.levels & levels) !== 0)?.statement
  const alone = named(rule.alone)
  if (alone !== undefined) return allowed(alone)
  const limited = named(rule.withLimits)
  const accompanied = named(rule.withIdentity)
  if (!rule.identityAlone && limited === undefined && accompanied === undefined) return denied(kind)
  // The root user needs no identity policy (policy-semantics §6.7).
  const needsIdentity = limited === undefined && view.request.principal.kind !== 'root'
  const own = needsIdentity ? ownAllow(view, asked) : undefined
  if (needsIdentity && own === undefined) return denied('identity')
  if (!isWithin('boundary', view, asked)) return denied('boundary')
  // A federation token without a session policy can do nothing (policy-semantics §6.7).
  const lacksSession = view.request.principal.kind === 'federatedUser' && inForce.session === undefined
  if (lacksSession || !isWithin('session', view, asked)) return denied('session')
  const [first, ...others] = [limited ?? accompanied, own].filter((statement) => statement !== undefined)
  return first === undefined ? { verdict: 'Allowed', grant: { kind: 'rootUser' } } : allowed(first, ...others)
}

/** The Allow statements of the resource's policy, each with the levels at which it names the caller. */
function openings(view: RequestView, asked: readonly AskedSet[], kind: PolicyType): { levels: number; statement: MatchedStatement }[] {
  const opened: { levels: number; statement: MatchedStatement }[] = []
  for (const each of asked) {
    if (each.row.type !== kind) continue
    for (const statement of each.set.allows) {
      if (applies(statement, view)) opened.push({ levels: levelsFor(statement, view), statement: matchedStatement(each, statement) })
    }
  }
  return opened
}

function ownAllow(view: RequestView, asked: readonly AskedSet[]): MatchedStatement | undefined {
  const identity = asked.find(({ row }) => row.type === 'identity')
  const found = identity === undefined ? undefined : firstAllow(view, identity)
  return identity === undefined || found === undefined ? undefined : matchedStatement(identity, found)
}

/** A limit that is not in use, or that spares the caller, is no limit. */
function isWithin(type: 'boundary' | 'session', view: RequestView, asked: readonly AskedSet[]): boolean {
  const limit = asked.find(({ row }) => row.type === type)
  return limit === undefined || firstAllow(view, limit) !== undefined
}

function firstAllow(view: RequestView, { set }: AskedSet): CompiledStatement | undefined {
  return set.allows.find((statement) => applies(statement, view))
}

function allowed(first: MatchedStatement, ...others: readonly MatchedStatement[]): Decision {
  return { verdict: 'Allowed', grant: { kind: 'statements', statements: [first, ...others] } }
}

function denied(type: PolicyType): Decision {
  return { verdict: 'ImplicitDeny', policyType: type }
}
