/** Which operation of which service a request is for: by credential scope, target, action, or REST route. */
import type { ServiceModel } from '@bailiwick/model'
import type { HttpRequest } from '../http.js'
import { quoted } from '../protocols/form.js'
import { ProtocolError } from '../protocols/protocol.js'
import { keptParameters } from '../protocols/query-parameters.js'
import { claimedService } from '../sigv4/claim.js'
import { matchPath, precision } from './path.js'

export interface Route {
  readonly model: ServiceModel
  /** The name as the client gave it when `error` is set. */
  readonly operation: string
  /** Why the route leads nowhere; to be answered once the caller is known. */
  readonly error?: ProtocolError
  /** The service that the signature names, where none of the models is signed for it. */
  readonly claimed?: string
}

/** The namespace in which AWS answers that there is no such action (iam-behaviour §1). */
const faultNamespace = 'http://webservices.amazon.com/AWSFault/2005-15-09'

export type Router = (request: HttpRequest) => Route

/** `fallback` speaks for requests that name no service at all. */
export function makeRouter(models: readonly ServiceModel[], fallback: ServiceModel): Router {
  const bySigningName = new Map(models.map((model) => [model.signingName, model]))
  const byTarget = new Map(models.filter(({ targetPrefix }) => targetPrefix !== undefined).map((model) => [model.targetPrefix!, model]))
  const rest = models.filter(({ protocol }) => protocol === 'rest-json').flatMap(routesOf)
  rest.sort((a, b) => (a.precision < b.precision ? 1 : -1))

  const unclaimed = (request: HttpRequest): ServiceModel => {
    const target = request.headers.get('x-amz-target')?.[0]?.split('.')[0]
    const targeted = target === undefined ? undefined : byTarget.get(target)
    if (targeted !== undefined) return targeted
    const routed = request.path === '/' ? undefined : rest.find((route) => fits(route, request))
    return routed?.model ?? byVersion(models, request) ?? fallback
  }

  const routeTo = (model: ServiceModel, request: HttpRequest): Route => {
    try {
      return { model, operation: operationOf[model.protocol](model, request, rest) }
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error
      return { model, operation: error instanceof Unroutable ? error.operation : 'Unknown', error }
    }
  }

  return (request) => {
    const claimed = claimedService(request)
    const signed = claimed === undefined ? undefined : bySigningName.get(claimed)
    if (signed !== undefined) return routeTo(signed, request)
    return { ...routeTo(unclaimed(request), request), ...(claimed !== undefined && { claimed }) }
  }
}

interface RestRoute {
  readonly model: ServiceModel
  readonly operation: string
  readonly method: string
  readonly uri: string
  readonly precision: string
}

const routesOf = (model: ServiceModel): RestRoute[] =>
  [...model.operations.values()].map(({ name, method, uri }) => ({ model, operation: name, method, uri, precision: precision(uri) }))

const fits = ({ method, uri }: RestRoute, request: HttpRequest): boolean =>
  method === request.method && matchPath(uri, request.path) !== undefined

/** A query request that is not signed is told by its version, which no two services share. */
function byVersion(models: readonly ServiceModel[], request: HttpRequest): ServiceModel | undefined {
  try {
    const version = keptParameters(request).get('Version')
    return models.find(({ protocol, apiVersion }) => protocol === 'query' && apiVersion === version)
  } catch {
    return undefined
  }
}

/** A name that is no operation's: the name is kept for the audit event. */
class Unroutable extends ProtocolError {
  constructor(
    readonly operation: string,
    code: string,
    message: string,
    status: number,
    namespace?: string,
  ) {
    super(code, message, status, namespace)
  }
}

const maxNameLength = 128

/** Clients that join endpoint and path ask for `//`, which is signed as `/`. */
const root = /^\/+$/

const operationOf: Readonly<
  Record<ServiceModel['protocol'], (model: ServiceModel, request: HttpRequest, rest: readonly RestRoute[]) => string>
> = {
  query(model, request) {
    if (!root.test(request.path)) throw new Unroutable('Unknown', 'InvalidAction', `There is nothing at ${quoted(request.path)}.`, 404)
    const parameters = keptParameters(request)
    const action = parameters.get('Action')
    const version = parameters.get('Version')
    if (action === undefined) throw new Unroutable('Unknown', 'MissingAction', 'The request must contain the parameter Action', 400)
    const known = model.operations.has(action)
    if (!known || version !== model.apiVersion) {
      const name = action.slice(0, maxNameLength)
      throw new Unroutable(
        name,
        'InvalidAction',
        `Could not find operation ${name} for version ${version ?? 'NO_VERSION_SPECIFIED'}`,
        400,
        faultNamespace,
      )
    }
    return action
  },
  json(model, request) {
    const [target = ''] = request.headers.get('x-amz-target') ?? []
    const name = target.slice(target.indexOf('.') + 1).slice(0, maxNameLength)
    if (request.headers.get('x-amz-target')?.length !== 1 || !target.startsWith(`${model.targetPrefix}.`) || !model.operations.has(name)) {
      throw new Unroutable(name || 'Unknown', 'UnknownOperationException', 'The requested operation is not recognized by the service.', 400)
    }
    return name
  },
  'rest-json'(model, request, rest) {
    const found = rest.find((route) => route.model === model && fits(route, request))
    if (found === undefined) {
      throw new Unroutable(
        'Unknown',
        'UnknownOperationException',
        `There is no operation for ${request.method} ${quoted(request.path)}.`,
        404,
      )
    }
    return found.operation
  },
}
