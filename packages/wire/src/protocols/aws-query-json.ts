/**
 * The query protocol's answers as JSON, for whoever accepts that: what checks a presigned GetCallerIdentity, and proxies that take roles.
 * A structure has all its members, by name; `null` stands for what is not there. Times are seconds since 1970.
 */
import type { ServiceModel, Shape } from '@bailiwick/model'
import type { HttpRequest } from '../http.js'
import { base64Text, type Protocol, type Value } from './protocol.js'
import { formEncode, percentEncoded } from './query-scalars.js'

/** Whether the client takes JSON, at whatever quality. */
export const acceptsJson = ({ headers }: HttpRequest): boolean =>
  headers.get('accept')?.some((each) => /(?:^|,)\s*application\/json\s*(?:[;,]|$)/i.test(each)) === true

type Write = (model: ServiceModel, shape: Shape, value: never) => unknown

const plain: Write = (_, __, value) => value

const kinds: Readonly<Record<Shape['type'], Write>> = {
  structure: (model, { members = [] }, value: Value) =>
    Object.fromEntries(
      members
        .map(({ name, locationName, shape }) => [locationName ?? name, written(model, shape, value[name])] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
  list: (model, { member }, value: readonly unknown[]) => value.map((item) => written(model, member!, item)),
  map: (model, shape, value: Value) =>
    Object.fromEntries(Object.entries(value).map(([key, own]) => [key, written(model, shape.value!, own)])),
  string: (model, { name }, value: string) => (percentEncoded.has(`${model.service}/${name}`) ? formEncode(value) : value),
  integer: plain,
  long: plain,
  double: plain,
  boolean: plain,
  timestamp: (_, __, value: Date) => Math.floor(value.getTime() / 1000),
  blob: (_, __, value: Uint8Array) => base64Text(value),
}

function written(model: ServiceModel, name: string, value: unknown): unknown {
  if (value === undefined) return null
  const shape = model.shapes.get(name)!
  return kinds[shape.type](model, shape, value as never)
}

const answer = (status: number, requestId: string, content: object) => ({
  status,
  headers: { 'content-type': 'application/json', 'x-amzn-requestid': requestId },
  body: JSON.stringify(content),
})

export const awsQueryJson: Pick<Protocol, 'encodeOutput' | 'encodeError'> = {
  encodeOutput(model, operation, output, requestId) {
    const { output: shape, resultWrapper } = model.operations.get(operation)!
    const result = shape === undefined ? {} : { [resultWrapper!]: written(model, shape, output) }
    return answer(200, requestId, { [`${operation}Response`]: { ...result, ResponseMetadata: { RequestId: requestId } } })
  },

  encodeError(_, { code, message, status, fault }, requestId) {
    const error = { Code: code, Message: message === '' ? null : message, Type: fault === 'client' ? 'Sender' : 'Receiver' }
    return answer(status, requestId, { Error: error, RequestId: requestId })
  },
}
