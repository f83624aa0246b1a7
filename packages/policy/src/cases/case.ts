/** Answers decision cases, one JSON object a line. The scenario files of `scenarios/` are such cases too. */
import { type Decision, decide, type MatchedStatement, type PolicyType } from '../evaluate/index.js'
import { denialSentence, matchedStatements } from '../explain/index.js'
import { type JsonObject, member, readJson } from '../language/index.js'
import { readPolicies } from './read-policies.js'
import { readRequest } from './read-request.js'
import { memberObject, UnreadableCase } from './unreadable-case.js'

/**
 * `{"id","decision","reason","matched","message"}`, or `{"id","error"}` when the line cannot be read; it never throws. Policies that
 * cannot be understood are no error: they deny.
 */
export function answerCase(line: string): string {
  const read = readJson(line)
  if ('error' in read) return failure('null', read.error.message)
  const { node } = read
  if (node.kind !== 'object') return failure('null', 'a case is a JSON object')
  const idNode = member(node, 'id')
  const id = idNode === undefined ? 'null' : line.slice(idNode.start, idNode.end)
  try {
    return `{"id":${id},${answer(node, line)}}`
  } catch (error) {
    if (error instanceof UnreadableCase) return failure(id, error.message)
    // Invariant: whatever goes wrong in one line, it is never an Allow, and the next line is read.
    return failure(id, 'this case could not be decided')
  }
}

function answer(node: JsonObject, line: string): string {
  const request = readRequest(memberObject(node, 'request'))
  const inForce = readPolicies(memberObject(node, 'policies'), line, request.resource.arn)
  const decision = decide(request, inForce)
  const matched = matchedStatements(request, inForce, decision).map(shown)
  const members = {
    decision: DECISIONS[decision.verdict],
    reason: reasonOf(decision),
    matched,
    message: denialSentence(request, decision) ?? '',
  }
  return JSON.stringify(members).slice(1, -1)
}

const DECISIONS = { Allowed: 'allowed', ExplicitDeny: 'explicitDeny', ImplicitDeny: 'implicitDeny' } as const

/** A case says `vpce`, and calls the policy of a key the resource's. */
const WORDS: Readonly<Partial<Record<PolicyType, string>>> = { endpoint: 'vpce', key: 'resource' }

function wordFor(type: PolicyType): string {
  return WORDS[type] ?? type
}

function reasonOf(decision: Decision): string {
  if (decision.verdict === 'Allowed') return 'allowed'
  return `${decision.verdict === 'ExplicitDeny' ? 'explicitDeny' : 'noAllow'}:${wordFor(decision.policyType)}`
}

function shown({ policyType, level, policyIndex, statementIndex, sid }: MatchedStatement): object {
  return { policyType: wordFor(policyType), level, policyIndex, statementIndex, sid }
}

function failure(id: string, message: string): string {
  return `{"id":${id},"error":${JSON.stringify(message)}}`
}
