/** A decision with everything that led to it: each statement of each policy, looked at by the code that decides. */
import {
  ACTION,
  APPLIES,
  type AuthorizationRequest,
  askedSets,
  CONDITIONS,
  type CompiledPolicy,
  type CompiledStatement,
  compiledAs,
  type Decision,
  decide,
  exceptionFor,
  type MatchedStatement,
  matchedStatement,
  mismatch,
  namingOrder,
  PlacedStatement,
  type PoliciesInForce,
  type PolicyTypeRow,
  PRINCIPAL,
  RESOURCE,
  RequestView,
  serviceRule,
  setsOf,
} from '../evaluate/index.js'
import { documentKeys } from './context-keys.js'
import type { ConsideredPolicy, ConsideredStatement, Element, Explanation, Mismatch } from './explanation.js'
import { denialSentence, type SentenceOptions } from './sentence.js'

/** Decides, and looks at every statement whether the outcome still hangs on it or not. */
export function explain(request: AuthorizationRequest, inForce: PoliciesInForce, options: SentenceOptions = {}): Explanation {
  const decision = decide(request, inForce)
  const view = new RequestView(request, inForce.boundary !== undefined)
  const rule = serviceRule(view)?.name
  const considered: ConsideredPolicy[] = []
  for (const row of namingOrder.explicit) {
    const skipped = rule ?? exceptionFor(row, view)
    for (const [level, set] of setsOf(row, inForce).entries()) {
      for (const policy of compiledAs(set, row).policies)
        considered.push(consideredPolicy(row, level, policy, considerPolicy(policy, view), skipped))
    }
  }
  const message = denialSentence(request, decision, options)
  return {
    decision,
    matched: matchedStatements(request, inForce, decision),
    considered,
    missingContextKeys: missingKeys(considered, view),
    ...(message !== undefined && { message }),
  }
}

function consideredPolicy(
  { type, levels }: PolicyTypeRow,
  level: number,
  { policyIndex, policy }: CompiledPolicy,
  statements: readonly ConsideredStatement[],
  skipped: string | undefined,
): ConsideredPolicy {
  return { policyType: type, policyIndex, policy, statements, ...(levels && { level }), ...(skipped !== undefined && { skipped }) }
}

function considerPolicy({ document }: CompiledPolicy, view: RequestView): ConsideredStatement[] {
  const isAsked = isAboutService(document, view)
  return document.statements.map((statement) => considerStatement(statement, isAsked ? mismatch(statement, view) : ACTION, view))
}

/** Of a document about other services no statement covers the action. */
function isAboutService({ services }: CompiledPolicy['document'], view: RequestView): boolean {
  return (services & view.asked.serviceBit) !== 0
}

/** Every statement that applied, of every kind of policy that counts; none where a rule answered without asking policies. */
export function matchedStatements(request: AuthorizationRequest, inForce: PoliciesInForce, decision: Decision): MatchedStatement[] {
  if (decision.verdict === 'Allowed' ? decision.grant.kind === 'serviceRule' : 'rule' in decision) return []
  const view = new RequestView(request, inForce.boundary !== undefined)
  const isClear = ({ notUnderstood }: CompiledStatement) => notUnderstood === undefined
  return askedSets(view, inForce).flatMap((asked) =>
    asked.set.policies
      .filter(({ document }) => isAboutService(document, view))
      .flatMap((policy) =>
        policy.document.statements
          .filter((statement) => isClear(statement) && mismatch(statement, view) === APPLIES)
          .map((statement) => matchedStatement(asked.row, new PlacedStatement(policy, statement, asked.level))),
      ),
  )
}

function considerStatement(compiled: CompiledStatement, found: number, view: RequestView): ConsideredStatement {
  const { statement, statementIndex, notUnderstood } = compiled
  const { sid, effect } = statement
  const kept = found === APPLIES ? doubtOf(notUnderstood) : mismatchOf(compiled, found, view)
  const considered = { statementIndex, effect, applies: kept === undefined }
  const named = sid === undefined ? considered : Object.assign(considered, { sid })
  return kept === undefined ? named : Object.assign(named, { mismatch: kept })
}

function doubtOf(notUnderstood: string | undefined): Mismatch | undefined {
  if (notUnderstood === undefined) return undefined
  return {
    element: 'Condition',
    wanted: [],
    seen: [],
    because: `this statement may apply but is not understood, so the request is denied: ${notUnderstood}`,
  }
}

function mismatchOf({ statement, conditions }: CompiledStatement, found: number, view: RequestView): Mismatch {
  const { request } = view
  switch (found) {
    case ACTION: {
      const { inverted, patterns } = statement.action
      return elementMismatch(inverted ? 'NotAction' : 'Action', patterns, [request.action])
    }
    case RESOURCE: {
      const { inverted, patterns } = statement.resource!
      return elementMismatch(inverted ? 'NotResource' : 'Resource', patterns, [request.resource.arn])
    }
    case PRINCIPAL: {
      const wanted = statement.principal?.entries.map(({ type, id }) => `${type}: ${id}`) ?? []
      return elementMismatch(statement.principal?.inverted ? 'NotPrincipal' : 'Principal', wanted, [callerOf(view)])
    }
    default: {
      const { written, key, values } = conditions[found - CONDITIONS]!.source
      const value = view.value(key, key.toLowerCase())
      const seen = value === undefined ? [] : typeof value === 'string' ? [value] : value
      const because =
        value === undefined ? `the request has no \`${key}\`` : `\`${seen.join('`, `')}\` does not satisfy \`${written}\` on \`${key}\``
      return { element: 'Condition', operator: written, key, wanted: values, seen, because }
    }
  }
}

function elementMismatch(element: Element, wanted: readonly string[], seen: readonly [string]): Mismatch {
  const because = element.startsWith('Not')
    ? `\`${seen[0]}\` is among those that \`${element}\` leaves out`
    : `\`${element}\` does not cover \`${seen[0]}\``
  return { element, wanted, seen, because }
}

function callerOf({ request: { principal } }: RequestView): string {
  if ('arn' in principal) return principal.arn
  if ('providerArn' in principal) return principal.providerArn
  return principal.kind === 'service' ? principal.names[0] : 'anonymous'
}

/** Keys of conditions and variables that the request does not have, each once, in the spelling met first. */
function missingKeys(considered: readonly ConsideredPolicy[], view: RequestView): string[] {
  const missing = new Map<string, string>()
  for (const { policy, skipped } of considered) {
    if (skipped !== undefined) continue
    for (const { key, caseless } of documentKeys(policy.document)) {
      if (!missing.has(caseless) && view.value(key, caseless) === undefined) missing.set(caseless, key)
    }
  }
  return [...missing.values()]
}
