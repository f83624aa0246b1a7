/** The wire as the road sees it: where a request leads, and how its input and output travel. */
import type { ServiceModel } from '@bailiwick/model'
import {
  type Answering,
  answeringOf,
  type HttpRequest,
  type HttpResponse,
  ProtocolError,
  protocolOf,
  type Route,
  type Router,
  type Value,
  validationMessage,
  violations,
  type WireError,
} from '@bailiwick/wire'
import { ApiError, type ErrorFamily } from './api-error.js'

export interface Routed extends Route {
  readonly family: ErrorFamily
  /** How the request is answered; left out of a call that comes from no request. */
  readonly answering?: Answering
  /** Where the request leads once the model of its service is loaded, which it is not at the start. */
  readonly later?: () => Promise<Routed>
}

const families: Readonly<Record<ServiceModel['protocol'], ErrorFamily>> = { query: 'query', json: 'json', 'rest-json': 'rest' }

export class Routing {
  /** `later` gives the router of a service, by the name it is signed for, that nobody has asked for yet. */
  constructor(
    private readonly router: Router,
    private readonly later: (signingName: string) => (() => Promise<Router>) | undefined,
  ) {}

  route(request: HttpRequest, router = this.router): Routed {
    const { model, operation, error, claimed } = router(request)
    const later = claimed === undefined ? undefined : this.later(claimed)
    return {
      model,
      operation,
      family: families[model.protocol],
      answering: answeringOf(model, request),
      ...(error !== undefined && { error }),
      ...(later !== undefined && { later: async () => this.route(request, await later()) }),
    }
  }

  decode({ model, operation }: Routed, request: HttpRequest): Value {
    return protocolOf(model).decodeInput(model, operation, request)
  }

  /** Throws `ValidationError` with AWS's sentence for what the model forbids. */
  validate({ model, operation }: Routed, input: Value): void {
    const found = violations(model, operation, input)
    if (found.length > 0) throw new ApiError('ValidationError', validationMessage(model, found))
  }

  encode({ model, operation, answering = protocolOf(model) }: Routed, output: object, requestId: string): HttpResponse {
    return answering.encodeOutput(model, operation, output, requestId)
  }

  encodeError({ model, error, answering = protocolOf(model) }: Routed, wrong: WireError, requestId: string): HttpResponse {
    const namespace = error instanceof ProtocolError && wrong.code === error.code ? error.namespace : undefined
    return answering.encodeError(model, { ...wrong, ...(namespace !== undefined && { namespace }) }, requestId)
  }
}
