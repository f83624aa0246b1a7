/** The codec of a shape in the query protocol: worked out once per shape, and kept. */
import type { Member, ServiceModel, Shape } from '@bailiwick/model'
import { quoted } from './form.js'
import { ProtocolError, type Value } from './protocol.js'
import { listItems } from './query-lists.js'
import type { Node } from './query-parameters.js'
import { blob, boolean, type Codec, double, integer, long, string, timestamp } from './query-scalars.js'
import { child } from './xml-reader.js'
import { escapeXml } from './xml-writer.js'

const codecs = new WeakMap<ServiceModel, Map<string, Codec>>()

/** Its readers throw `ProtocolError` for what does not fit the shape; constraints are `constraints.ts`'s. */
export function codecOf(model: ServiceModel, name: string): Codec {
  let kept = codecs.get(model)
  if (kept === undefined) codecs.set(model, (kept = new Map()))
  let codec = kept.get(name)
  if (codec === undefined) kept.set(name, (codec = kinds[model.shapes.get(name)!.type](model, model.shapes.get(name)!)))
  return codec
}

const kinds: Readonly<Record<Shape['type'], (model: ServiceModel, shape: Shape) => Codec>> = {
  structure,
  list,
  map,
  string,
  integer: () => integer,
  long: () => long,
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

/** `Name.member.N`, a number that is left out being an item without content. `Name=` is the empty list. */
function list(model: ServiceModel, { member }: Shape): Codec {
  const item = (): Codec => codecOf(model, member!)
  const withoutContent = (): unknown => (model.shapes.get(member!)!.type === 'structure' ? {} : undefined)
  const readItem = (own: Node | undefined, path: string): unknown => (own === undefined ? withoutContent() : item().read(own, path))
  const texts = new WeakMap<readonly unknown[], string>()
  return {
    read(node, path) {
      if (node.value !== undefined && node.value !== '') throw new ProtocolError('MalformedInput', `${quoted(path)} is not a list.`)
      const found = node.children.get('member')
      return found === undefined ? [] : listItems(found).map((own, at) => readItem(own, `${path}.member.${at + 1}`))
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
