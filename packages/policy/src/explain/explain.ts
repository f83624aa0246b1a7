/** A decision with everything that led to it: each statement of each policy, looked at by the code that decides. */
import {
  ACTION,
  APPLIES,
  type AuthorizationRequest,
  askedSets,
  CONDITIONS,
  type CompiledStatement,
  compiledAs,
  type Decision,
  decide,
  exceptionFor,
  type MatchedStatement,
  matchedStatement,
  mismatch,
  namingOrder,
  type PoliciesInForce,
  PRINCIPAL,
  RESOURCE,
  RequestView,
  serviceRule,
  setsOf,
} from '../evaluate/index.js'
import { contextKeys } from './context-keys.js'
import type { ConsideredPolicy, ConsideredStatement, Element, Explanation, Mismatch } from './explanation.js'
import { denialSentence, type SentenceOptions } from './sentence.js'

/** Decides, and looks at every statement whether the outcome still hangs on it or not. */
export function explain(request: AuthorizationRequest, inForce: PoliciesInForce, options: SentenceOptions = {}): Explanation {
  const decision = decide(request, inForce)
  const view = new RequestView(request, inForce.boundary !== undefined)
  const considered = namingOrder.explicit.flatMap((row) =>
    setsOf(row, inForce).flatMap((set, level) => {
      const skipped = serviceRule(view)?.name ?? exceptionFor(row.type, view)
      return compiledAs(set, row).policies.map((compiled): ConsideredPolicy => {
        const { statements } = compiled.document
        return {
          policyType: row.type,
          ...(row.levels && { level }),
          policyIndex: compiled.policyIndex,
          policy: compiled.policy,
          statements: statements.map((statement) => considerStatement(statement, view)),
          ...(skipped !== undefined && { skipped }),
        }
      })
    }),
  )
  const message = denialSentence(request, decision, options)
  return {
    decision,
    matched: matchedStatements(request, inForce, decision),
    considered,
    missingContextKeys: missingKeys(considered, view),
    ...(message !== undefined && { message }),
  }
}

/** Every statement that applied, of every kind of policy that counts; none where a rule answered without asking policies. */
export function matchedStatements(request: AuthorizationRequest, inForce: PoliciesInForce, decision: Decision): MatchedStatement[] {
  if (decision.verdict === 'Allowed' ? decision.grant.kind === 'serviceRule' : 'rule' in decision) return []
  const view = new RequestView(request, inForce.boundary !== undefined)
  const isClear = ({ notUnderstood }: CompiledStatement) => notUnderstood === undefined
  return askedSets(view, inForce).flatMap((asked) =>
    asked.set.policies.flatMap((policy) =>
      policy.document.statements
        .filter((statement) => isClear(statement) && mismatch(statement, view) === APPLIES)
        .map((statement) => matchedStatement(asked, { policy, statement })),
    ),
  )
}

function considerStatement(compiled: CompiledStatement, view: RequestView): ConsideredStatement {
  const { statement, statementIndex, notUnderstood } = compiled
  const found = mismatch(compiled, view)
  const kept = found === APPLIES ? doubtOf(notUnderstood) : mismatchOf(compiled, found, view)
  return {
    statementIndex,
    ...(statement.sid !== undefined && { sid: statement.sid }),
    effect: statement.effect,
    applies: kept === undefined,
    ...(kept !== undefined && { mismatch: kept }),
  }
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
  const documents = considered.flatMap(({ policy, skipped }) => (skipped === undefined ? [policy.document] : []))
  return contextKeys(documents)
    .filter(({ key, caseless }) => view.value(key, caseless) === undefined)
    .map(({ key }) => key)
}
