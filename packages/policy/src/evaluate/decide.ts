/** The rule of policy-semantics §6.16: what denies, what filters, what grants. */
import { levelsFor } from './applies.js'
import type { PlacedStatement } from './candidates.js'
import { compiledAs } from './compile.js'
import type { CompiledSet, Covering } from './compiled-set.js'
import { ALLOWS, ALLOWS_ALWAYS, DENIES, DOUBTFUL, type Role } from './compiled-statement.js'
import type { Decision, MatchedStatement } from './decision.js'
import { exceptionFor } from './exceptions.js'
import { grantRule, resourceKind } from './grants.js'
import type { PoliciesInForce, PolicySet, PolicyType } from './policies.js'
import { namingOrder, type PolicyTypeRow, rowsInForce } from './policy-types.js'
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
  let roles = 0
  for (const { covering } of asked) roles |= covering.roles
  // Most requests meet nothing that denies or is doubtful.
  const closed = (roles & CLOSING) === 0 ? undefined : (explicitDeny(view, asked) ?? doubt(view, asked))
  return closed ?? filtered(view, asked) ?? granted(view, asked, inForce)
}

const CLOSING = (1 << DENIES) | (1 << DOUBTFUL)

/** A set that counts for this request, and what in it covers the action. */
interface AskedSet {
  readonly row: PolicyTypeRow
  readonly level: number
  readonly set: CompiledSet
  readonly covering: Covering
}

/** The sets that count, in the order in which denials are named. */
export function askedSets(view: RequestView, inForce: PoliciesInForce): readonly AskedSet[] {
  const asked: AskedSet[] = []
  for (const row of rowsInForce(inForce)) {
    if (exceptionFor(row.type, view) !== undefined) continue
    const sets = row.sets(inForce)!
    if ('policies' in sets) asked.push(ask(sets, row, 0, view))
    else for (let level = 0; level < sets.length; level++) asked.push(ask(sets[level]!, row, level, view))
  }
  return asked
}

function ask(policies: PolicySet, row: PolicyTypeRow, level: number, view: RequestView): AskedSet {
  const set = compiledAs(policies, row)
  return { row, level, set, covering: set.covering(view.asked) }
}

/** Names a statement that was found. */
export function matchedStatement({ row, level }: Pick<AskedSet, 'row' | 'level'>, placed: PlacedStatement): MatchedStatement {
  // One set can be several levels, and has then several names.
  if (row.levels) return nameStatement(row.type, placed, level)
  placed.matched ??= nameStatement(row.type, placed)
  return placed.matched
}

function nameStatement(policyType: PolicyType, { policy, statement }: PlacedStatement, level?: number): MatchedStatement {
  const { policyIndex } = policy
  return { policyType, level, policyIndex, statementIndex: statement.statementIndex, sid: statement.statement.sid, policy: policy.policy }
}

function explicitDeny(view: RequestView, asked: readonly AskedSet[]): Decision | undefined {
  for (const each of asked) {
    const statement = has(each, DENIES) ? firstIn(each, DENIES, view) : undefined
    if (statement !== undefined) return { verdict: 'ExplicitDeny', policyType: each.row.type, statement }
  }
  return undefined
}

/** What was not understood closes, whether it would have allowed or denied. */
function doubt(view: RequestView, asked: readonly AskedSet[]): Decision | undefined {
  for (const each of asked) {
    const notUnderstood = has(each, DOUBTFUL) ? each.covering.first(DOUBTFUL, view)?.statement.notUnderstood : undefined
    if (notUnderstood !== undefined) return { verdict: 'ImplicitDeny', policyType: each.row.type, notUnderstood }
  }
  return undefined
}

function filtered(view: RequestView, asked: readonly AskedSet[]): Decision | undefined {
  for (const row of namingOrder.implicitFilters) {
    for (const each of asked) {
      // Those that filter are named first.
      if (each.row.part !== 'filter') break
      if (each.row === row && !allows(each, view)) return denied(row.type)
    }
  }
  return undefined
}

function granted(view: RequestView, asked: readonly AskedSet[], inForce: PoliciesInForce): Decision {
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
  if (first !== undefined) return allowed(first, own)
  return own === undefined ? { verdict: 'Allowed', grant: { kind: 'rootUser' } } : allowed(own)
}

/** An Allow statement of the resource's policy, and the levels at which it names the caller. */
interface Opening {
  readonly levels: number
  readonly statement: MatchedStatement
}

function openings(view: RequestView, asked: readonly AskedSet[], kind: PolicyType): readonly Opening[] | undefined {
  const each = askedAs(kind, asked)
  if (each === undefined || !has(each, ALLOWS)) return undefined
  const opened: Opening[] = []
  for (const placed of each.covering.all(ALLOWS, view))
    opened.push({ levels: levelsFor(placed.statement, view), statement: matchedStatement(each, placed) })
  return opened
}

function named(opened: readonly Opening[], wanted: number): MatchedStatement | undefined {
  if (wanted !== 0) for (const { levels, statement } of opened) if ((levels & wanted) !== 0) return statement
  return undefined
}

function ownAllow(view: RequestView, asked: readonly AskedSet[]): MatchedStatement | undefined {
  const identity = askedAs('identity', asked)
  return identity && firstIn(identity, ALLOWS, view)
}

/** A limit that is not in use, or that spares the caller, is no limit. */
function isWithin(type: 'boundary' | 'session', view: RequestView, asked: readonly AskedSet[]): boolean {
  const limit = askedAs(type, asked)
  return limit === undefined || allows(limit, view)
}

/** The set of a kind that has no levels. */
function askedAs(type: PolicyType, asked: readonly AskedSet[]): AskedSet | undefined {
  for (const each of asked) if (each.row.type === type) return each
  return undefined
}

/** Whether a set has statements of a role that cover the action. */
function has({ covering }: AskedSet, role: Role): boolean {
  return (covering.roles & (1 << role)) !== 0
}

function allows(asked: AskedSet, view: RequestView): boolean {
  return (asked.covering.roles & ALLOWS_ALWAYS) !== 0 || (has(asked, ALLOWS) && asked.covering.first(ALLOWS, view) !== undefined)
}

function firstIn(asked: AskedSet, role: Role, view: RequestView): MatchedStatement | undefined {
  const found = asked.covering.first(role, view)
  return found && matchedStatement(asked, found)
}

function allowed(first: MatchedStatement, second?: MatchedStatement): Decision {
  return { verdict: 'Allowed', grant: { kind: 'statements', statements: second === undefined ? [first] : [first, second] } }
}

function denied(policyType: PolicyType): Decision {
  return SILENCES[policyType]
}

const SILENCES = Object.fromEntries(
  namingOrder.explicit.map(({ type }) => [type, { verdict: 'ImplicitDeny', policyType: type }]),
) as Readonly<Record<PolicyType, Decision>>
