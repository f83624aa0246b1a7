/** How the query protocol reads and writes single values, as parameters and as text in XML. */
import type { ServiceModel, Shape } from '@bailiwick/model'
import { quoted } from './form.js'
import { base64Bytes, base64Text, ProtocolError } from './protocol.js'
import { type Node, notExpected } from './query-parameters.js'
import type { XmlElement } from './xml-reader.js'
import { escapeXml } from './xml-writer.js'

type Reader = (node: Node, path: string) => unknown
type Writer = (value: unknown) => string
type ElementReader = (element: XmlElement) => unknown
type FormWriter = (name: string, value: unknown, form: string[]) => void

/** What a shape's values are read from and written as. */
export interface Codec {
  readonly read: Reader
  readonly write: Writer
  readonly readElement: ElementReader
  readonly writeForm: FormWriter
}

/** Policy documents are percent-encoded wherever IAM shows one (iam-behaviour §1); what clients send is not. */
export const percentEncoded: ReadonlySet<string> = new Set(['iam/policyDocumentType'])

const scalar = (read: (text: string, path: string) => unknown, write: (value: never) => string): Codec => {
  const encode = write as (value: unknown) => string
  return {
    read: (node, path) => {
      if (node.value === undefined) throw new ProtocolError('MalformedInput', notExpected)
      return read(node.value, path)
    },
    write: encode,
    readElement: ({ text: content }) => read(content, ''),
    writeForm: (name, value, form) => void form.push(`${name}=${formEncode(encode(value))}`),
  }
}

export const formEncode = (value: string): string =>
  encodeURIComponent(value).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)

const number = (isInRange: (read: number) => boolean): Codec =>
  scalar(
    (value, path) => {
      if (!/^[+-]?\d{1,15}$/.test(value) || !isInRange(Number(value)))
        throw new ProtocolError('MalformedInput', path === 'MaxItems' ? '' : `${quoted(path)} is not a number.`)
      return Number(value)
    },
    (value: number) => String(value),
  )

export const integer = number((read) => read === (read | 0))
export const long = number(() => true)

export const double = scalar(
  (value, path) => {
    const read = Number(value)
    if (value.trim() === '' || !Number.isFinite(read)) throw new ProtocolError('MalformedInput', `${quoted(path)} is not a number.`)
    return read
  },
  (value: number) => String(value),
)

/** XML Schema's four. */
const booleans: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
])

export const boolean = scalar(
  (value, path) => {
    const read = booleans.get(value)
    if (read === undefined) throw new ProtocolError('MalformedInput', `${quoted(path)} is neither true nor false.`)
    return read
  },
  (value: boolean) => String(value),
)

export const timestamp = scalar((value, path) => {
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

export const blob = scalar((value) => base64Bytes(value, 'MalformedInput'), base64Text)

/** A text; some texts are percent-encoded in XML. */
export function string(model: ServiceModel, shape: Shape): Codec {
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
