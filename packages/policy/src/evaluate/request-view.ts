/** A request as the engine looks at it: what is derived from it is derived once, and only when asked for. */
import type { ContextKeys } from '../conditions/index.js'
import { derivedKey } from './derived-keys.js'
import { type IdentityChain, identityChain } from './principals.js'
import type { AuthorizationRequest, ContextValue } from './request.js'

export class RequestView implements ContextKeys {
  /** `service:action`, in lower case. */
  readonly action: string
  readonly service: string
  readonly resource: string
  #chain: IdentityChain | undefined
  #caseless: Map<string, ContextValue> | undefined

  constructor(
    readonly request: AuthorizationRequest,
    readonly hasBoundary: boolean,
  ) {
    this.action = request.action.toLowerCase()
    this.service = this.action.slice(0, this.action.indexOf(':'))
    this.resource = request.resource.arn
  }

  get chain(): IdentityChain {
    this.#chain ??= identityChain(this.request.principal)
    return this.#chain
  }

  /** Of keys that differ in letter case only, the one spelled as asked wins, then the first (policy-semantics §5.1, low). */
  value(key: string, caseless: string): ContextValue | undefined {
    const { context } = this.request
    if (Object.hasOwn(context, key)) return context[key]
    this.#caseless ??= caselessKeys(context)
    return this.#caseless.get(caseless) ?? derivedKey(caseless, this.request.principal)
  }
}

function caselessKeys(context: AuthorizationRequest['context']): Map<string, ContextValue> {
  const caseless = new Map<string, ContextValue>()
  for (const [key, value] of Object.entries(context)) {
    const name = key.toLowerCase()
    if (!caseless.has(name)) caseless.set(name, value)
  }
  return caseless
}

/** The value of a condition key in a request, whatever its letter case, keys that follow from the principal included. */
export function contextKey(request: AuthorizationRequest, key: string): ContextValue | undefined {
  return new RequestView(request, false).value(key, key.toLowerCase())
}
