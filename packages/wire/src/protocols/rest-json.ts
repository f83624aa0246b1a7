/** REST with JSON, as Access Analyzer and Bailiwick's own API speak it: members travel in path, query string, headers and body. */
import type { Member, ServiceModel } from '@bailiwick/model'
import type { HttpRequest } from '../http.js'
import { matchPath, pathOf } from '../routing/path.js'
import { quoted, readPairs } from './form.js'
import { isObject, readJson, readMembers, readShape, readTime, writeMembers, writeShape, writeTime } from './json-shapes.js'
import { bodyText, type Protocol, ProtocolError, text, type Value } from './protocol.js'

const membersOf = (model: ServiceModel, shape: string | undefined): readonly Member[] =>
  shape === undefined ? [] : (model.shapes.get(shape)!.members ?? [])
const wireName = ({ name, locationName }: Member): string => locationName ?? name
const inBody = ({ location }: Member): boolean => location === undefined

export const restJson: Protocol = {
  decodeInput(model, operation, request) {
    const { input, uri } = model.operations.get(operation)!
    const members = membersOf(model, input)
    const labels = matchPath(uri, request.path) ?? new Map<string, string>()
    const query = queryLists(request.query)
    const value: Record<string, unknown> = { ...readBody(model, input, members.filter(inBody), request) }
    for (const member of members) {
      const own = fromElsewhere(model, member, labels, query, request)
      if (own !== undefined) value[member.name] = own
    }
    return value
  },

  encodeOutput(model, operation, output, requestId) {
    const { output: shape, responseCode } = model.operations.get(operation)!
    const members = membersOf(model, shape)
    const headers: Record<string, string> = { 'content-type': 'application/json', 'x-amzn-requestid': requestId }
    for (const member of members.filter(({ location }) => location === 'header')) {
      const own = (output as Value)[member.name]
      if (own !== undefined) headers[wireName(member)] = textOf(model, member, own)
    }
    return { status: responseCode, headers, body: JSON.stringify(bodyOf(model, shape, members, output as Value)) }
  },

  encodeError(_, { code, message, status }, requestId) {
    return {
      status,
      headers: { 'content-type': 'application/json', 'x-amzn-requestid': requestId, 'x-amzn-errortype': code },
      body: JSON.stringify({ message }),
    }
  },

  encodeInput(model, operation, input) {
    const { input: shape, uri, method } = model.operations.get(operation)!
    const members = membersOf(model, shape)
    const value = input as Value
    const labels = new Map<string, string>()
    const query: string[] = []
    const headers: Record<string, string> = {}
    for (const member of members) {
      const own = value[member.name]
      if (own === undefined || inBody(member)) continue
      if (member.location === 'uri') labels.set(wireName(member), textOf(model, member, own))
      else if (member.location === 'header') headers[wireName(member).toLowerCase()] = textOf(model, member, own)
      else query.push(...queryOf(model, member, own))
    }
    const hasBody = members.some(inBody)
    if (hasBody) headers['content-type'] = 'application/json'
    return {
      method,
      path: pathOf(uri, labels),
      query: query.join('&'),
      headers,
      body: hasBody ? JSON.stringify(bodyOf(model, shape, members, value)) : '',
    }
  },

  decodeOutput(model, operation, { body, headers }) {
    const { output } = model.operations.get(operation)!
    const members = membersOf(model, output)
    const value: Record<string, unknown> = { ...bodyValue(model, output, members.filter(inBody), text(body)) }
    for (const member of members.filter(({ location }) => location === 'header')) {
      const own = headers[wireName(member).toLowerCase()]
      if (own !== undefined) value[member.name] = ownValue(model, member, own)
    }
    return value
  },

  decodeError({ status, headers, body }) {
    const json = readJson(text(body))
    return {
      code: (headers['x-amzn-errortype'] ?? '').replace(/:.*$/, ''),
      message: isObject(json) && typeof json.message === 'string' ? json.message : '',
      status,
      fault: status >= 500 ? 'server' : 'client',
    }
  },
}

function readBody(model: ServiceModel, input: string | undefined, members: readonly Member[], request: HttpRequest): Value {
  return members.length === 0 ? {} : bodyValue(model, input, members, bodyText(request.body, 'SerializationException'))
}

/** The body's members, or the one member that is the whole body. */
function bodyValue(model: ServiceModel, shape: string | undefined, members: readonly Member[], body: string): Value {
  if (members.length === 0) return {}
  const json = readJson(body)
  const payload = shape === undefined ? undefined : model.shapes.get(shape)!.payload
  const whole = members.find(({ name }) => name === payload)
  if (whole !== undefined)
    return isObject(json) && Object.keys(json).length === 0 ? {} : { [whole.name]: readShape(model, whole.shape, json, whole.name) }
  if (!isObject(json)) throw new ProtocolError('SerializationException', 'The body is not an object.')
  return readMembers(model, members, (name) => (Object.hasOwn(json, name) ? json[name] : undefined), '', 0)
}

function bodyOf(model: ServiceModel, shape: string | undefined, members: readonly Member[], value: Value): unknown {
  const payload = shape === undefined ? undefined : model.shapes.get(shape)!.payload
  const whole = members.find(({ name }) => name === payload)
  if (whole === undefined) return writeMembers(model, members.filter(inBody), value)
  return value[whole.name] === undefined ? {} : writeShape(model, whole.shape, value[whole.name])
}

function fromElsewhere(
  model: ServiceModel,
  member: Member,
  labels: ReadonlyMap<string, string>,
  query: ReadonlyMap<string, string[]>,
  request: HttpRequest,
): unknown {
  const name = wireName(member)
  if (member.location === 'uri') return labels.has(name) ? ownValue(model, member, labels.get(name)!) : undefined
  if (member.location === 'header') return optional(request.headers.get(name.toLowerCase())?.[0], (own) => ownValue(model, member, own))
  if (member.location !== 'querystring') return undefined
  const shape = model.shapes.get(member.shape)!
  const own = query.get(name)
  if (own === undefined) return undefined
  if (shape.type === 'list') return own.map((item) => scalarOf(model, shape.member!, item, name))
  if (own.length > 1) throw new ProtocolError('SerializationException', `${quoted(name)} is given more than once.`)
  return ownValue(model, member, own[0]!)
}

const optional = <T>(value: string | undefined, read: (value: string) => T): T | undefined =>
  value === undefined ? undefined : read(value)

const ownValue = (model: ServiceModel, { shape, name }: Member, own: string): unknown => scalarOf(model, shape, own, name)

/** Text outside the body, as its shape. */
function scalarOf(model: ServiceModel, name: string, own: string, path: string): unknown {
  const shape = model.shapes.get(name)!
  switch (shape.type) {
    case 'integer':
    case 'long':
    case 'double':
      return readShape(model, name, own.trim() === '' ? undefined : Number(own), path)
    case 'boolean':
      return readShape(model, name, own === 'true' ? true : own === 'false' ? false : undefined, path)
    case 'timestamp': {
      const format = shape.timestampFormat ?? 'iso8601'
      const time = readTime(format === 'unixTimestamp' && own.trim() !== '' ? Number(own) : own, format)
      if (time === undefined) throw new ProtocolError('SerializationException', `${quoted(path)} is not a time.`)
      return time
    }
    default:
      return readShape(model, name, own, path)
  }
}

function textOf(model: ServiceModel, { shape }: Member, value: unknown): string {
  return value instanceof Date ? String(writeTime(value, model.shapes.get(shape)!.timestampFormat ?? 'iso8601')) : String(value)
}

function queryOf(model: ServiceModel, member: Member, value: unknown): string[] {
  const values = Array.isArray(value) ? value : [value]
  return values.map((own) => `${encodeURIComponent(wireName(member))}=${encodeURIComponent(textOf(model, member, own))}`)
}

function queryLists(query: string): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const [name, value] of readPairs(query)) {
    const before = found.get(name)
    if (before === undefined) found.set(name, [value])
    else before.push(value)
  }
  return found
}
