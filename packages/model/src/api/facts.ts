/** The checked-in form of a model (`data/SERVICE.json`), and how it becomes a `ServiceModel`. */
import { LazyMap } from './lazy-map.js'
import type {
  ErrorModel,
  Member,
  OperationModel,
  Paginator,
  ProtocolName,
  ServiceModel,
  ServiceName,
  Shape,
  ShapeType,
} from './service-model.js'

export interface Facts {
  readonly metadata: {
    readonly protocol: ProtocolName
    readonly apiVersion: string
    readonly endpointPrefix: string
    readonly signingName?: string
    readonly xmlNamespace?: string
    readonly targetPrefix?: string
    readonly jsonVersion?: string
  }
  readonly operations: Readonly<Record<string, OperationFacts>>
  readonly shapes: Readonly<Record<string, string | ShapeFacts>>
  readonly paginators: Readonly<Record<string, PaginatorFacts>>
}

interface OperationFacts {
  readonly http?: readonly [method: string, uri: string, extra?: { readonly responseCode?: number }]
  readonly input?: string
  readonly output?: string | { readonly shape: string; readonly resultWrapper?: string }
  readonly errors?: readonly string[]
  readonly authtype?: 'none'
  readonly idempotent?: boolean
  readonly readonly?: boolean
}

interface ShapeFacts extends Omit<Shape, 'name' | 'type' | 'members'> {
  readonly type?: ShapeType
  readonly members?: Readonly<Record<string, string | (Omit<Member, 'name' | 'required'> & { readonly shape: string })>>
  readonly required?: readonly string[]
  readonly exception?: boolean
  readonly error?: { readonly code?: string; readonly httpStatusCode?: number; readonly senderFault?: boolean; readonly fault?: unknown }
}

interface PaginatorFacts {
  readonly input_token: string | readonly string[]
  readonly output_token: string | readonly string[]
  readonly limit_key?: string
  readonly more_results?: string
  readonly result_key: string | readonly string[]
}

/** A string enumeration has no `type` of its own; a bare string is a type without limits. */
export function shapeOf(facts: Facts, name: string): ShapeFacts & { readonly type: ShapeType } {
  const found = facts.shapes[name]
  if (found === undefined) throw new Error(`the model has no shape ${name}`)
  if (typeof found === 'string') return { type: found as ShapeType }
  return { ...found, type: found.type ?? 'string' }
}

/** The code that travels: without one of its own it is the shape's name. */
export const errorCode = (facts: Facts, shape: string): string => shapeOf(facts, shape).error?.code ?? shape

export function modelOf(service: ServiceName, facts: Facts): ServiceModel {
  const { metadata } = facts
  const shapes = new LazyMap(new Set(Object.keys(facts.shapes)), (name) => shape(facts, name))
  const errors = new Map<string, ErrorModel>()
  for (const [name, value] of Object.entries(facts.shapes)) {
    if (typeof value === 'string' || value.exception !== true) continue
    const status = value.error?.httpStatusCode ?? 400
    errors.set(errorCode(facts, name), { code: errorCode(facts, name), status, fault: status >= 500 ? 'server' : 'client' })
  }
  return {
    service,
    protocol: metadata.protocol,
    apiVersion: metadata.apiVersion,
    signingName: metadata.signingName ?? metadata.endpointPrefix,
    ...(metadata.xmlNamespace !== undefined && { xmlNamespace: metadata.xmlNamespace }),
    ...(metadata.targetPrefix !== undefined && { targetPrefix: metadata.targetPrefix }),
    ...(metadata.jsonVersion !== undefined && { jsonVersion: metadata.jsonVersion }),
    operations: new LazyMap(new Set(Object.keys(facts.operations)), (name) => operation(facts, name)),
    shapes,
    errors,
  }
}

function operation(facts: Facts, name: string): OperationModel {
  const { http, input, output, errors = [], authtype, idempotent = false, readonly = false } = facts.operations[name]!
  const [method, uri, extra] = http ?? ['POST', '/']
  const wrapped = typeof output === 'string' ? { shape: output } : output
  const paginator = facts.paginators[name]
  return {
    name,
    method,
    uri,
    responseCode: extra?.responseCode ?? 200,
    errors: errors.map((error) => errorCode(facts, error)),
    unsigned: authtype === 'none',
    idempotent,
    readonly,
    ...(input !== undefined && { input }),
    ...(wrapped !== undefined && { output: wrapped.shape }),
    ...(wrapped?.resultWrapper !== undefined && { resultWrapper: wrapped.resultWrapper }),
    ...(paginator !== undefined && { paginator: paging(paginator) }),
  }
}

function paging({ input_token, output_token, limit_key, more_results, result_key }: PaginatorFacts): Paginator {
  return {
    inputToken: [input_token].flat()[0]!,
    outputToken: [output_token].flat()[0]!,
    resultKeys: [result_key].flat(),
    ...(limit_key !== undefined && { limitKey: limit_key }),
    ...(more_results !== undefined && { moreResults: more_results }),
  }
}

function shape(facts: Facts, name: string): Shape {
  const { members, required, exception: _exception, error: _error, ...rest } = shapeOf(facts, name)
  if (members === undefined) return { name, ...rest }
  return {
    name,
    ...rest,
    members: Object.entries(members).map(([member, target]) => ({
      name: member,
      required: required?.includes(member) ?? false,
      ...(typeof target === 'string' ? { shape: target } : target),
    })),
  }
}
