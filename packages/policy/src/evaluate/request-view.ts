/** A request as the engine looks at it: what is derived from it is derived once, and only when asked for. */
import type { ContextKeys } from '../conditions/index.js'
import { type Action, actionOf } from './actions.js'
import { derivedKey } from './derived-keys.js'
import { type IdentityChain, identityChain } from './principals.js'
import { Recent } from './recent.js'
import type { AuthorizationRequest, Context, ContextValue } from './request.js'

export class RequestView implements ContextKeys {
  readonly asked: Action
  readonly resource: string
  #chain: IdentityChain | undefined
  #names: readonly string[] | undefined
  #caseless: readonly string[] | undefined

  constructor(
    readonly request: AuthorizationRequest,
    readonly hasBoundary: boolean,
  ) {
    this.asked = actionOf(request.action)
    this.resource = request.resource.arn
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
    if (Object.hasOwn(context, key)) return context[key]
    const index = this.#namesOf(context).indexOf(caseless)
    return index === -1 ? derivedKey(caseless, principal) : context[this.#names![index]!]
  }

  /** The names of the context in lower case, in its order. */
  #namesOf(context: Context): readonly string[] {
    if (this.#caseless === undefined) {
      this.#names = Object.keys(context)
      this.#caseless = this.#names.map((name) => caselessNames.get(name, lowerCase))
    }
    return this.#caseless
  }
}

/** Keys in lower case. Those of contexts are few and come again with every request. */
const caselessNames = new Recent<string>(4096)

function lowerCase(name: string): string {
  return name.toLowerCase()
}

/** The value of a condition key in a request, whatever its letter case, keys that follow from the principal included. */
export function contextKey(request: AuthorizationRequest, key: string): ContextValue | undefined {
  return new RequestView(request, false).value(key, key.toLowerCase())
}
