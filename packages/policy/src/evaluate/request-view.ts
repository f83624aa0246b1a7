/** A request as the engine looks at it: what is derived from it is derived once, and only when asked for. */
import type { ContextKeys } from '../conditions/index.js'
import { type Action, actionOf } from './actions.js'
import { contextNames } from './context-names.js'
import { derivedKey } from './derived-keys.js'
import { type IdentityChain, identityChain, KINDS } from './principals.js'
import type { AuthorizationRequest, ContextValue } from './request.js'

export class RequestView implements ContextKeys {
  readonly asked: Action
  readonly resource: string
  /** What kind of principal asks, as a bit of `KINDS`. */
  readonly kind: number
  #chain: IdentityChain | undefined
  #names: ReadonlyMap<string, string> | undefined

  constructor(
    readonly request: AuthorizationRequest,
    readonly hasBoundary: boolean,
  ) {
    this.asked = actionOf(request.action)
    this.resource = request.resource.arn
    this.kind = KINDS[request.principal.kind]
  }

  /** `service:action`, in lower case. */
  get action(): string {
    return this.asked.caseless
  }

  get service(): string {
    return this.asked.service
  }

  get chain(): IdentityChain {
    this.#chain ??= identityChain(this.request.principal)
    return this.#chain
  }

  /** Of keys that differ in letter case only, the one spelled as asked wins, then the first (policy-semantics §5.1, low). */
  value(key: string, caseless: string): ContextValue | undefined {
    const { context, principal } = this.request
    // What objects inherit is neither a text nor a list.
    const found = context[key]
    if (typeof found === 'string' || Array.isArray(found)) return found
    this.#names ??= contextNames(context)
    const name = this.#names.get(caseless)
    return name === undefined ? derivedKey(caseless, principal) : context[name]
  }
}

/** The value of a condition key in a request, whatever its letter case, keys that follow from the principal included. */
export function contextKey(request: AuthorizationRequest, key: string): ContextValue | undefined {
  return new RequestView(request, false).value(key, key.toLowerCase())
}
