/** Our own API as OpenAPI 3.1 describes one, made from its model. */
import type { Member, OperationModel, ServiceModel, Shape, ShapeType } from '@bailiwick/model'

type Json = Readonly<Record<string, unknown>>

/** How a shape is said; names lead to other shapes. Times are seconds since 1970, as the protocol has them in bodies. */
const schemas: Readonly<Record<ShapeType, (shape: Shape) => Json>> = {
  structure: ({ members = [] }) => objectOf(members),
  list: ({ member, min, max }) => ({ type: 'array', items: ref(member!), ...given({ minItems: min, maxItems: max }) }),
  map: ({ value, min, max }) => ({
    type: 'object',
    additionalProperties: ref(value!),
    ...given({ minProperties: min, maxProperties: max }),
  }),
  string: ({ min, max, pattern, enum: values }) => ({
    type: 'string',
    ...given({ minLength: min, maxLength: max, pattern: pattern && `^(?:${pattern})$`, enum: values }),
  }),
  integer: ({ min, max }) => ({ type: 'integer', format: 'int32', ...given({ minimum: min, maximum: max }) }),
  long: ({ min, max }) => ({ type: 'integer', format: 'int64', ...given({ minimum: min, maximum: max }) }),
  double: ({ min, max }) => ({ type: 'number', ...given({ minimum: min, maximum: max }) }),
  boolean: () => ({ type: 'boolean' }),
  timestamp: () => ({ type: 'number', description: 'Seconds since 1970.' }),
  blob: () => ({ type: 'string', contentEncoding: 'base64' }),
}

const given = (members: Json): Json => Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))
const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` })
const json = (schema: Json): Json => ({ 'application/json': { schema } })

function objectOf(members: readonly Member[]): Json {
  const required = members.filter((member) => member.required).map(({ name }) => name)
  return {
    type: 'object',
    properties: Object.fromEntries(members.map(({ name, locationName = name, shape }) => [locationName, ref(shape)])),
    ...(required.length > 0 && { required }),
  }
}

const failed = { type: 'object', properties: { message: { type: 'string' } } }
const failure = (description: string): Json => ({ description, content: json(failed) })
/** What the road answers, whatever the operation. */
const always: readonly (readonly [status: number, code: string])[] = [
  [400, 'ValidationException'],
  [403, 'AccessDeniedException'],
]

function responsesOf({ responseCode, output, errors }: OperationModel, model: ServiceModel): Json {
  const codes = new Map<number, string[]>(always.map(([status, code]) => [status, [code]]))
  for (const code of errors) {
    const { status } = model.errors.get(code)!
    codes.set(status, [...(codes.get(status) ?? []), code])
  }
  return {
    [responseCode]: { description: 'Done.', ...(output !== undefined && { content: json(ref(output)) }) },
    ...Object.fromEntries([...codes].map(([status, names]) => [status, failure(names.join(', '))])),
    default: failure('Any other failure; the header x-amzn-errortype names it.'),
  }
}

const places: ReadonlyMap<Member['location'], string> = new Map([
  ['uri', 'path'],
  ['querystring', 'query'],
])

function operationOf(operation: OperationModel, model: ServiceModel): Json {
  const members = operation.input === undefined ? [] : model.shapes.get(operation.input)!.members!
  const parameters = members.flatMap(({ name, locationName = name, location, required, shape }) => {
    const place = places.get(location)
    return place === undefined ? [] : { name: locationName, in: place, required, schema: ref(shape) }
  })
  const inBody = members.filter(({ location }) => location === undefined)
  return {
    operationId: operation.name,
    ...(parameters.length > 0 && { parameters }),
    ...(inBody.length > 0 && { requestBody: { required: inBody.some(({ required }) => required), content: json(objectOf(inBody)) } }),
    responses: responsesOf(operation, model),
  }
}

/** The shapes that the paths lead to, and those that these lead to. */
function reachable(paths: Json, { shapes }: ServiceModel): Json {
  const found = new Map<string, Json>()
  const follow = (text: string): void => {
    for (const [, name] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      if (found.has(name!)) continue
      const shape = shapes.get(name!)!
      const schema = schemas[shape.type](shape)
      found.set(name!, schema)
      follow(JSON.stringify(schema))
    }
  }
  follow(JSON.stringify(paths))
  return Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** The document that `/_bailiwick/openapi.json` answers with. */
export function openApi(model: ServiceModel, version: string): Json {
  const paths: Record<string, Record<string, Json>> = {}
  for (const operation of model.operations.values()) {
    const path = (paths[operation.uri] ??= {})
    path[operation.method.toLowerCase()] = operationOf(operation, model)
  }
  const sigv4 = {
    type: 'apiKey',
    in: 'header',
    name: 'Authorization',
    description: `AWS Signature Version 4, for the service ${model.signingName}.`,
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Bailiwick', version },
    security: [{ sigv4: [] }],
    paths,
    components: { securitySchemes: { sigv4 }, schemas: reachable(paths, model) },
  }
}
