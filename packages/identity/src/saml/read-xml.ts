/** XML from strangers, as a tree. Everything that XML can do beside elements, attributes, text and comments is refused. */
import { DOMParser } from '@xmldom/xmldom'
import { refuse } from '../proof.js'

const maxDepth = 50
const maxElements = 20_000
const elementNode = 1

/**
 * The root element. Refuses a document type, entities of its own, processing instructions, text that is not well-formed, more than one
 * root, an id that two elements have, and trees deeper than 50 levels or larger than 20,000 elements.
 */
export function readXml(text: string): Element {
  if (/<!(?!--|\[CDATA\[)/.test(text)) refuse('malformed', 'the XML has a document type')
  if (/<\?(?!xml\s)/i.test(text) || /<\?/.test(text.trimStart().slice(1))) refuse('malformed', 'the XML has processing instructions')
  if (/^\s*<\?xml\s[^>]*encoding\s*=\s*["'](?!utf-?8["'])/i.test(text)) refuse('malformed', 'the XML is not UTF-8')
  const wrong = (): never => refuse('malformed', 'the XML is not well-formed')
  const document = new DOMParser({ errorHandler: { warning: wrong, error: wrong, fatalError: wrong } }).parseFromString(text, 'text/xml')
  const roots = Array.from(document.childNodes).filter(({ nodeType }) => nodeType === elementNode)
  if (roots.length !== 1) return wrong()
  checkTree(roots[0] as Element)
  return roots[0] as Element
}

function checkTree(root: Element): void {
  const ids = new Set<string>()
  let elements = 0
  for (let level = [root], depth = 1; level.length > 0; level = level.flatMap((element) => elementsOf(element)), depth++) {
    elements += level.length
    if (depth > maxDepth || elements > maxElements) refuse('malformed', 'the XML is too deep or too large')
    for (const element of level) noteIds(element, ids)
  }
}

function noteIds(element: Element, ids: Set<string>): void {
  for (const { localName, value } of Array.from(element.attributes)) {
    if (localName?.toLowerCase() !== 'id') continue
    if (ids.has(value)) refuse('malformed', 'two elements have the same id')
    ids.add(value)
  }
}

export const elementsOf = (parent: Element): Element[] =>
  Array.from(parent.childNodes).filter((node): node is Element => node.nodeType === elementNode)

export const isNamed = (element: Element, namespace: string, name: string): boolean =>
  element.localName === name && element.namespaceURI === namespace

export const childrenNamed = (parent: Element, namespace: string, name: string): Element[] =>
  elementsOf(parent).filter((element) => isNamed(element, namespace, name))

/** The only child of that name; undefined when there is none. Two are refused, since nobody can tell which is meant. */
export function childNamed(parent: Element, namespace: string, name: string): Element | undefined {
  const [only, ...more] = childrenNamed(parent, namespace, name)
  return more.length === 0 ? only : refuse('malformed', `there is more than one ${name}`)
}

/** Every element below, and the one itself. */
export function all(root: Element): Element[] {
  const found = [root]
  for (let at = 0; at < found.length; at++) found.push(...elementsOf(found[at]!))
  return found
}

/** All of an element's text; comments that split it do not shorten it. */
export const textOf = (element: Element): string => (element.textContent ?? '').trim()

export const attributeOf = (element: Element, name: string): string | undefined =>
  element.hasAttribute(name) ? element.getAttribute(name)! : undefined

const dateTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/

/** An attribute that is a time, in epoch milliseconds. */
export function timeOf(element: Element, name: string): number | undefined {
  const text = attributeOf(element, name)
  if (text === undefined) return undefined
  const at = dateTime.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(at) ? refuse('malformed', `${name} is not a time`) : at
}
