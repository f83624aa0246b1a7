/** From whatever went wrong to an answer in the protocol's own form. What is not foreseen ends as `ServiceFailure`, loudly logged. */

import { errorOf } from '@bailiwick/model'
import { StoreError } from '@bailiwick/store'
import { AuthenticationError, type HttpResponse, ProtocolError } from '@bailiwick/wire'
import { ApiError, commonError } from './api-error.js'
import type { Routed, Routing } from './routing.js'

export interface Refusal {
  readonly response: HttpResponse
  readonly error: { readonly code: string; readonly message: string }
}

interface Worded {
  readonly code: string
  readonly message: string
  readonly status: number
}

/** The words for a failure of the store that the caller may know of; all others are ours. */
const storeFailures: ReadonlyMap<string, string> = new Map([
  ['StoreFull', 'The disk of this server is full: nothing is written until there is room again.'],
  ['StoreUnavailable', 'The database of this server cannot be reached.'],
])

export function answerError(error: unknown, routed: Routed, routing: Routing, requestId: string, log: (error: unknown) => void): Refusal {
  const { code, message, status } = worded(error, routed, log)
  const response = routing.encodeError(routed, { code, message, status, fault: status >= 500 ? 'server' : 'client' }, requestId)
  return { response, error: { code, message } }
}

function worded(error: unknown, routed: Routed, log: (error: unknown) => void): Worded {
  const { family } = routed
  if (error instanceof AuthenticationError) return { ...error.as(family === 'query' ? 'query' : 'json'), message: error.message }
  if (error instanceof ProtocolError) return { code: error.code, message: error.message, status: error.status }
  if (error instanceof ApiError) return { ...statusOf(error, routed), message: error.message }
  if (error instanceof StoreError && error.code === 'InvalidCursor')
    return { ...commonError('ValidationError', family)!, message: 'Invalid Marker.' }
  const told = error instanceof StoreError ? storeFailures.get(error.code) : undefined
  log(error)
  const { code, status } = commonError(told === undefined ? 'ServiceFailure' : 'ServiceUnavailable', family)!
  return { code, status, message: told ?? 'The request could not be carried out because of a failure in this server.' }
}

/** Invariant: a code that neither the model nor the table of common errors knows is our mistake, and answers 500. */
function statusOf({ code, status }: ApiError, { model, family }: Routed): { readonly code: string; readonly status: number } {
  const common = commonError(code, family)
  if (common !== undefined) return common
  const known = errorOf(model, code)
  return { code, status: known?.status ?? status ?? 500 }
}
