/** Values of the models as JSON, both ways: the body of the two JSON protocols. */
import type { Member, ServiceModel, Shape } from '@bailiwick/model'
import { quoted } from './form.js'
import { base64Bytes, base64Text, maxDepth, ProtocolError, type Value } from './protocol.js'

export type TimestampFormat = NonNullable<Shape['timestampFormat']>

/** Where a time is not said to be otherwise: seconds since 1970 in bodies. */
const bodyTimestamp: TimestampFormat = 'unixTimestamp'

export function readShape(model: ServiceModel, name: string, json: unknown, path: string, depth = 0): unknown {
  if (depth > maxDepth) throw new ProtocolError('SerializationException', `${quoted(path)} is nested too deeply.`)
  const shape = model.shapes.get(name)!
  return readers[shape.type](model, shape, json, path, depth)
}

type Read = (model: ServiceModel, shape: Shape, json: unknown, path: string, depth: number) => unknown

const wrong = (path: string, wanted: string): never => {
  throw new ProtocolError('SerializationException', `${quoted(path)} is not ${wanted}.`)
}

const readers: Readonly<Record<Shape['type'], Read>> = {
  structure(model, { members = [] }, json, path, depth) {
    if (!isObject(json)) return wrong(path, 'an object')
    return readMembers(model, members, (name) => (Object.hasOwn(json, name) ? json[name] : undefined), path, depth)
  },
  list(model, { member }, json, path, depth) {
    if (!Array.isArray(json)) return wrong(path, 'a list')
    return json.filter((item) => item !== null).map((item, at) => readShape(model, member!, item, `${path}[${at}]`, depth + 1))
  },
  map(model, { value }, json, path, depth) {
    if (!isObject(json)) return wrong(path, 'an object')
    const found: Record<string, unknown> = Object.create(null)
    for (const [key, own] of Object.entries(json)) if (own !== null) found[key] = readShape(model, value!, own, `${path}.${key}`, depth + 1)
    return found
  },
  string: (_, __, json, path) => (typeof json === 'string' ? json : wrong(path, 'a string')),
  integer: (_, __, json, path) => (Number.isSafeInteger(json) ? json : wrong(path, 'a whole number')),
  long: (_, __, json, path) => (Number.isSafeInteger(json) ? json : wrong(path, 'a whole number')),
  double: (_, __, json, path) => (typeof json === 'number' ? json : wrong(path, 'a number')),
  boolean: (_, __, json, path) => (typeof json === 'boolean' ? json : wrong(path, 'true or false')),
  timestamp: (_, { timestampFormat = bodyTimestamp }, json, path) => readTime(json, timestampFormat) ?? wrong(path, 'a time'),
  blob: (_, __, json, path) => (typeof json === 'string' ? base64Bytes(json, 'SerializationException') : wrong(path, 'base64 text')),
}

export function readMembers(
  model: ServiceModel,
  members: readonly Member[],
  get: (name: string) => unknown,
  path: string,
  depth: number,
): Value {
  const value: Record<string, unknown> = {}
  for (const member of members) {
    const own = get(member.locationName ?? member.name)
    if (own !== undefined && own !== null)
      value[member.name] = readShape(model, member.shape, own, path === '' ? member.name : `${path}.${member.name}`, depth + 1)
  }
  return value
}

/** Seconds as a number, or text in the format; undefined for anything else, and for times that `Date` cannot hold. */
export function readTime(json: unknown, format: TimestampFormat): Date | undefined {
  const wanted = format === 'unixTimestamp' ? 'number' : 'string'
  if (typeof json !== wanted) return undefined
  const time = new Date(format === 'unixTimestamp' ? Math.round((json as number) * 1000) : Date.parse(json as string))
  return Number.isNaN(time.getTime()) ? undefined : time
}

export function writeTime(value: Date, format: TimestampFormat): number | string {
  if (format === 'unixTimestamp') return value.getTime() / 1000
  if (format === 'rfc822') return value.toUTCString()
  return value.getTime() % 1000 === 0 ? `${value.toISOString().slice(0, 19)}Z` : value.toISOString()
}

type Write = (model: ServiceModel, shape: Shape, value: never) => unknown

export function writeShape(model: ServiceModel, name: string, value: unknown): unknown {
  const shape = model.shapes.get(name)!
  return writers[shape.type](model, shape, value as never)
}

const plain: Write = (_, __, value) => value

const writers: Readonly<Record<Shape['type'], Write>> = {
  structure: (model, { members = [] }, value: Value) => writeMembers(model, members, value),
  list: (model, { member }, value: readonly unknown[]) => value.map((item) => writeShape(model, member!, item)),
  map: (model, shape, value: Value) =>
    Object.fromEntries(Object.entries(value).map(([key, own]) => [key, writeShape(model, shape.value!, own)])),
  string: plain,
  integer: plain,
  long: plain,
  double: plain,
  boolean: plain,
  timestamp: (_, { timestampFormat = bodyTimestamp }, value: Date) => writeTime(value, timestampFormat),
  blob: (_, __, value: Uint8Array) => base64Text(value),
}

export function writeMembers(model: ServiceModel, members: readonly Member[], value: Value): Record<string, unknown> {
  const json: Record<string, unknown> = {}
  for (const member of members) {
    const own = value[member.name]
    if (own !== undefined) json[member.locationName ?? member.name] = writeShape(model, member.shape, own)
  }
  return json
}

export const isObject = (json: unknown): json is Record<string, unknown> =>
  typeof json === 'object' && json !== null && !Array.isArray(json)

/** The body as JSON; an empty one is an empty object. */
export function readJson(body: string): unknown {
  if (body.trim() === '') return {}
  try {
    return JSON.parse(body)
  } catch {
    throw new ProtocolError('SerializationException', 'The request body is not valid JSON.')
  }
}
