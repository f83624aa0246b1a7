/**
 * The query protocol of IAM and STS: a form in, XML out (iam-behaviour §1). What a shape's reader and writer do is worked out once per
 * shape and kept.
 */
import type { Member, ServiceModel, Shape } from '@bailiwick/model'
import type { HttpRequest, HttpResponse } from '../http.js'
import { quoted, readForm } from './form.js'
import { base64Bytes, base64Text, bodyText, maxDepth, type Protocol, ProtocolError, text, type Value } from './protocol.js'
import { child, readXml, type XmlElement } from './xml-reader.js'
import { escapeXml } from './xml-writer.js'

/** One parameter name cut at its dots: `Tags.member.1.Key` is a path of four. */
interface Node {
  value?: string
  children: ReadonlyMap<string, Node>
}

/** Most parameters are a single value. */
const noChildren: ReadonlyMap<string, Node> = new Map()

/** Longest list index that is read; no list of the models is longer. */
const maxIndex = 1000

type Reader = (node: Node, path: string) => unknown
type Writer = (value: unknown) => string
type ElementReader = (element: XmlElement) => unknown
type FormWriter = (name: string, value: unknown, form: string[]) => void

interface Codec {
  readonly read: Reader
  readonly write: Writer
  readonly readElement: ElementReader
  readonly writeForm: FormWriter
}

const codecs = new WeakMap<ServiceModel, Map<string, Codec>>()

/** Policy documents are percent-encoded wherever IAM shows one (iam-behaviour §1); what clients send is not. */
export const percentEncoded: ReadonlySet<string> = new Set(['iam/policyDocumentType'])

function codecOf(model: ServiceModel, name: string): Codec {
  let kept = codecs.get(model)
  if (kept === undefined) codecs.set(model, (kept = new Map()))
  let codec = kept.get(name)
  if (codec === undefined) kept.set(name, (codec = kinds[model.shapes.get(name)!.type](model, model.shapes.get(name)!)))
  return codec
}

const scalar = (read: (text: string, path: string) => unknown, write: (value: never) => string): Codec => {
  const encode = write as (value: unknown) => string
  return {
    read: (node, path) => {
      if (node.value === undefined) throw new ProtocolError('MalformedInput', `${quoted(path)} is not a single value.`)
      return read(node.value, path)
    },
    write: encode,
    readElement: ({ text: content }) => read(content, ''),
    writeForm: (name, value, form) => void form.push(`${name}=${formEncode(encode(value))}`),
  }
}

export const formEncode = (value: string): string =>
  encodeURIComponent(value).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)

const number = scalar(
  (value, path) => {
    if (!/^[+-]?\d{1,15}$/.test(value))
      throw new ProtocolError('MalformedInput', path === 'MaxItems' ? '' : `${quoted(path)} is not a number.`)
    return Number(value)
  },
  (value: number) => String(value),
)

const double = scalar(
  (value, path) => {
    const read = Number(value)
    if (value.trim() === '' || !Number.isFinite(read)) throw new ProtocolError('MalformedInput', `${quoted(path)} is not a number.`)
    return read
  },
  (value: number) => String(value),
)

/** XML Schema's four, in any case. */
const booleans: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
])

const boolean = scalar(
  (value, path) => {
    const read = booleans.get(value.toLowerCase())
    if (read === undefined) throw new ProtocolError('MalformedInput', `${quoted(path)} is neither true nor false.`)
    return read
  },
  (value: boolean) => String(value),
)

const timestamp = scalar((value, path) => {
  const time = new Date(/^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) : Number(value) * 1000)
  if (Number.isNaN(time.getTime()) || value.trim() === '') throw new ProtocolError('MalformedInput', `${quoted(path)} is not a time.`)
  return time
}, wholeSeconds)

const dayMilliseconds = 86_400_000
const twoDigits: readonly string[] = Array.from({ length: 60 }, (_, at) => String(at).padStart(2, '0'))
const lastDay = { day: Number.NaN, text: '' }

/** `YYYY-MM-DDThh:mm:ssZ`. Times of a list are often of one day, whose date is worked out once. */
function wholeSeconds(value: Date): string {
  const at = value.getTime()
  const day = Math.floor(at / dayMilliseconds)
  if (day !== lastDay.day) {
    const text = value.toISOString()
    Object.assign(lastDay, { day, text: text.slice(0, text.indexOf('T') + 1) })
  }
  const seconds = Math.floor((at - day * dayMilliseconds) / 1000)
  const hours = Math.floor(seconds / 3600)
  return `${lastDay.text}${twoDigits[hours]}:${twoDigits[Math.floor(seconds / 60) % 60]}:${twoDigits[seconds % 60]}Z`
}

const blob = scalar((value) => base64Bytes(value, 'MalformedInput'), base64Text)

function string(model: ServiceModel, shape: Shape): Codec {
  const encodes = percentEncoded.has(`${model.service}/${shape.name}`)
  return {
    ...scalar((value) => value, escapeXml),
    write: (value) => (encodes ? formEncode(value as string) : escapeXml(value as string)),
    readElement: ({ text: content }) => (encodes ? percentDecode(content) : content),
    writeForm: (name, value, form) => void form.push(`${name}=${formEncode(value as string)}`),
  }
}

function percentDecode(content: string): string {
  try {
    return decodeURIComponent(content)
  } catch {
    throw new ProtocolError('MalformedResponse', 'A policy document is not percent-encoded.')
  }
}

const kinds: Readonly<Record<Shape['type'], (model: ServiceModel, shape: Shape) => Codec>> = {
  structure,
  list,
  map,
  string,
  integer: () => number,
  long: () => number,
  double: () => double,
  boolean: () => boolean,
  timestamp: () => timestamp,
  blob: () => blob,
}

function structure(model: ServiceModel, { members = [] }: Shape): Codec {
  const fields = members.map((member) => ({
    member,
    name: wireName(member),
    open: `<${wireName(member)}>`,
    close: `</${wireName(member)}>`,
    codec: undefined as Codec | undefined,
  }))
  const codec = (field: (typeof fields)[number]): Codec => (field.codec ??= codecOf(model, field.member.shape))
  return {
    read(node, path) {
      const value: Record<string, unknown> = {}
      for (const field of fields) {
        const found = node.children.get(field.name)
        if (found !== undefined) value[field.member.name] = codec(field).read(found, path === '' ? field.name : `${path}.${field.name}`)
      }
      return value
    },
    write(value) {
      let xml = ''
      for (const field of fields) {
        const own = (value as Value)[field.member.name]
        if (own === undefined) continue
        const content = codec(field).write(own)
        xml += content === '' ? `<${field.name}/>` : field.open + content + field.close
      }
      return xml
    },
    readElement({ children }) {
      const value: Record<string, unknown> = {}
      for (const found of children) {
        const field = fields.find(({ name }) => name === found.name)
        if (field !== undefined) value[field.member.name] = codec(field).readElement(found)
      }
      return value
    },
    writeForm(name, value, form) {
      for (const field of fields) {
        const own = (value as Value)[field.member.name]
        if (own !== undefined) codec(field).writeForm(name === '' ? field.name : `${name}.${field.name}`, own, form)
      }
    },
  }
}

/** An empty list, structure or text is `<Name/>`. */
const element = (name: string, content: string): string => (content === '' ? `<${name}/>` : `<${name}>${content}</${name}>`)

const wireName = ({ name, locationName }: Member): string => locationName ?? name

/** Items that are written again sooner than their text is found. */
const shortList = 50

/** `Name.member.N`: by rising number; the numbers need not be without gaps, as AWS does not ask for that either. `Name=` is the empty list. */
function list(model: ServiceModel, { member }: Shape): Codec {
  const item = (): Codec => codecOf(model, member!)
  const texts = new WeakMap<readonly unknown[], string>()
  return {
    read(node, path) {
      if (node.value !== undefined && node.value !== '') throw new ProtocolError('MalformedInput', `${quoted(path)} is not a list.`)
      const items = node.children.get('member')?.children ?? new Map<string, Node>()
      const numbered = [...items].map(([index, found]) => [listIndex(index, path), found] as const).sort(([a], [b]) => a - b)
      return numbered.map(([index, found]) => item().read(found, `${path}.member.${index}`))
    },
    write(value) {
      const items = value as readonly unknown[]
      const isKept = items.length > shortList && Object.isFrozen(items)
      let xml = isKept ? texts.get(items) : undefined
      if (xml !== undefined) return xml
      const { write } = item()
      xml = items.map((own) => element('member', write(own))).join('')
      if (isKept) texts.set(items, xml)
      return xml
    },
    readElement: ({ children }) => children.filter(({ name }) => name === 'member').map((found) => item().readElement(found)),
    writeForm(name, value, form) {
      const items = value as unknown[]
      if (items.length === 0) form.push(`${name}=`)
      for (const [at, own] of items.entries()) item().writeForm(`${name}.member.${at + 1}`, own, form)
    },
  }
}

function listIndex(index: string, path: string): number {
  const value = /^[1-9]\d{0,3}$/.test(index) ? Number(index) : Number.NaN
  if (!(value <= maxIndex))
    throw new ProtocolError('MalformedInput', `${quoted(`${path}.member.${index}`)} is not an item from 1 to ${maxIndex}.`)
  return value
}

/** `Name.entry.N.key` and `.value`. */
function map(model: ServiceModel, { key, value: valueShape }: Shape): Codec {
  const keys = (): Codec => codecOf(model, key!)
  const values = (): Codec => codecOf(model, valueShape!)
  return {
    read(node, path) {
      const found: Record<string, unknown> = Object.create(null)
      for (const [index, entry] of node.children.get('entry')?.children ?? []) {
        const own = entry.children.get('key')?.value
        const value = entry.children.get('value')
        if (own === undefined || value === undefined)
          throw new ProtocolError('MalformedInput', `${quoted(`${path}.entry.${index}`)} has no key and value.`)
        found[own] = values().read(value, `${path}.entry.${index}.value`)
      }
      return found
    },
    write: (value) =>
      Object.entries(value as Value)
        .map(([name, own]) => `<entry>${element('key', escapeXml(name))}${element('value', values().write(own))}</entry>`)
        .join(''),
    readElement({ children }) {
      const found: Record<string, unknown> = Object.create(null)
      for (const entry of children) found[child(entry, 'key')?.text ?? ''] = values().readElement(child(entry, 'value') ?? entry)
      return found
    },
    writeForm(name, value, form) {
      if (Object.keys(value as Value).length === 0) form.push(`${name}=`)
      for (const [at, [own, content]] of Object.entries(value as Value).entries()) {
        keys().writeForm(`${name}.entry.${at + 1}.key`, own, form)
        values().writeForm(`${name}.entry.${at + 1}.value`, content, form)
      }
    },
  }
}

function tree(pairs: ReadonlyMap<string, string>): Node {
  const root: Node = { children: noChildren }
  for (const [name, value] of pairs) {
    let node = root
    if (name.includes('.')) {
      const parts = name.split('.')
      if (parts.length > maxDepth) throw new ProtocolError('MalformedInput', `${quoted(name)} is nested too deeply.`)
      for (const part of parts) node = childOf(node, part)
    } else node = childOf(root, name)
    node.value = value
  }
  return root
}

function childOf(node: Node, part: string): Node {
  let next = node.children.get(part)
  if (next === undefined) {
    if (node.children === noChildren) node.children = new Map()
    ;(node.children as Map<string, Node>).set(part, (next = { children: noChildren }))
  }
  return next
}

/** Parameters of a query request: the body's, and for GET the query string's. Signing parameters are no business of the operation. */
export function queryParameters({ method, query, body }: HttpRequest): Map<string, string> {
  const pairs = readForm(query)
  if (method !== 'GET' && body.length > 0) {
    for (const [name, value] of readForm(bodyText(body, 'MalformedInput'))) {
      if (pairs.has(name)) throw new ProtocolError('MalformedQueryString', `The parameter ${quoted(name)} is given more than once.`)
      pairs.set(name, value)
    }
  }
  return pairs
}

/** Requests whose parameters the router has read already, so that they are read once. */
const parameters = new WeakMap<HttpRequest, Map<string, string>>()

export function keptParameters(request: HttpRequest): Map<string, string> {
  let kept = parameters.get(request)
  if (kept === undefined) parameters.set(request, (kept = queryParameters(request)))
  return kept
}

const xmlHeaders = (requestId: string): Record<string, string> => ({ 'content-type': 'text/xml', 'x-amzn-requestid': requestId })

export const awsQuery: Protocol = {
  decodeInput(model, operation, request) {
    const { input } = model.operations.get(operation)!
    if (input === undefined || model.shapes.get(input)!.members?.length === 0) return {}
    return codecOf(model, input).read(tree(keptParameters(request)), '') as Value
  },

  encodeOutput(model, operation, output, requestId) {
    const { output: shape, resultWrapper } = model.operations.get(operation)!
    const content = shape === undefined ? '' : codecOf(model, shape).write(output)
    const result = shape === undefined ? '' : `  <${resultWrapper}>${content}</${resultWrapper}>\n`
    return {
      status: 200,
      headers: xmlHeaders(requestId),
      body: `<${operation}Response xmlns="${model.xmlNamespace}">\n${result}  <ResponseMetadata>\n    <RequestId>${requestId}</RequestId>\n  </ResponseMetadata>\n</${operation}Response>\n`,
    }
  },

  /** An error without a message has no element for it. */
  encodeError(model, { code, message, status, fault, namespace }, requestId) {
    const type = fault === 'client' ? 'Sender' : 'Receiver'
    const said = message === '' ? '' : `    <Message>${escapeXml(message)}</Message>\n`
    return {
      status,
      headers: xmlHeaders(requestId),
      body: `<ErrorResponse xmlns="${namespace ?? model.xmlNamespace}">\n  <Error>\n    <Type>${type}</Type>\n    <Code>${escapeXml(code)}</Code>\n${said}  </Error>\n  <RequestId>${requestId}</RequestId>\n</ErrorResponse>\n`,
    }
  },

  encodeInput(model, operation, input) {
    const form = [`Action=${operation}`, `Version=${model.apiVersion}`]
    const { input: shape } = model.operations.get(operation)!
    if (shape !== undefined) codecOf(model, shape).writeForm('', input, form)
    return {
      method: 'POST',
      path: '/',
      query: '',
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
      body: form.join('&'),
    }
  },

  decodeOutput(model, operation, response: HttpResponse) {
    const { output, resultWrapper } = model.operations.get(operation)!
    const result = child(readXml(text(response.body).trim()), resultWrapper ?? '')
    return output === undefined || result === undefined ? {} : (codecOf(model, output).readElement(result) as Value)
  },

  decodeError({ status, body }) {
    const error = child(readXml(text(body).trim()), 'Error')
    const read = (name: string): string => child(error, name)?.text ?? ''
    return { code: read('Code'), message: read('Message'), status, fault: read('Type') === 'Receiver' ? 'server' : 'client' }
  },
}
