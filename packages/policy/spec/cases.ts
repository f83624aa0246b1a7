/** Decision cases, as the scenario files hold them, read for both evaluators. */
import { readPolicies } from '#engine/cases/read-policies.js'
import { readRequest } from '#engine/cases/read-request.js'
import { memberObject } from '#engine/cases/unreadable-case.js'
import type { PoliciesInForce } from '#engine/evaluate/policies.js'
import type { AuthorizationRequest } from '#engine/evaluate/request.js'
import { readJson } from '#engine/language/json.js'

export interface Case {
  readonly policies: Readonly<Record<string, unknown>>
  readonly request: Readonly<Record<string, unknown>>
}

export interface Question {
  readonly request: AuthorizationRequest
  readonly inForce: PoliciesInForce
}

export function readCase(value: Case): Question {
  const line = JSON.stringify(value)
  const read = readJson(line)
  if ('error' in read || read.node.kind !== 'object') throw new Error(`not a case: ${line}`)
  const request = readRequest(memberObject(read.node, 'request'))
  return { request, inForce: readPolicies(memberObject(read.node, 'policies'), line, request.resource.arn) }
}
