/** Reads the XML that query services answer with: elements and text, nothing that needs a DTD. For clients. */
import { maxDepth, ProtocolError } from './protocol.js'

export interface XmlElement {
  readonly name: string
  readonly children: XmlElement[]
  text: string
}

const token = /<\?[^>]*\?>|<!--[\s\S]*?-->|<(\/?)([A-Za-z_][\w.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/gy

/** Throws `ProtocolError` for anything else, a DOCTYPE above all. */
export function readXml(xml: string): XmlElement {
  const top: XmlElement = { name: '', children: [], text: '' }
  const open: XmlElement[] = [top]
  token.lastIndex = 0
  for (let at = 0; at < xml.length; at = token.lastIndex) {
    token.lastIndex = at
    const found = token.exec(xml)
    if (found === null) throw new ProtocolError('MalformedResponse', `XML cannot be read at character ${at}.`)
    const [, closes, name, , empty, content] = found
    const current = open.at(-1)!
    if (content !== undefined) current.text += unescapeXml(content)
    else if (name === undefined) continue
    else if (closes !== '') {
      if (open.length === 1 || current.name !== name) throw new ProtocolError('MalformedResponse', `XML element ${name} is not open.`)
      open.pop()
    } else {
      const element: XmlElement = { name, children: [], text: '' }
      current.children.push(element)
      if (empty === '') open.push(element)
      if (open.length > maxDepth) throw new ProtocolError('MalformedResponse', 'XML is nested too deeply.')
    }
  }
  const [root] = top.children
  if (open.length !== 1 || root === undefined || top.children.length !== 1)
    throw new ProtocolError('MalformedResponse', 'XML is not one whole element.')
  return root
}

const entities: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
])

const unescapeXml = (text: string): string =>
  text.includes('&')
    ? text.replace(/&(?:#x([0-9A-Fa-f]{1,6})|#(\d{1,7})|(\w+));/g, (whole, hex, decimal, name) =>
        name === undefined ? codePoint(Number.parseInt(hex ?? decimal, hex === undefined ? 10 : 16)) : (entities.get(name) ?? whole),
      )
    : text

function codePoint(value: number): string {
  if (value > 0x10ffff) throw new ProtocolError('MalformedResponse', 'XML names a character that does not exist.')
  return String.fromCodePoint(value)
}

export const child = (element: XmlElement | undefined, name: string): XmlElement | undefined =>
  element?.children.find((found) => found.name === name)
