/** The parameters of a query request, and the tree that their names make. */
import type { HttpRequest } from '../http.js'
import { quoted, readForm } from './form.js'
import { bodyText, maxDepth, ProtocolError } from './protocol.js'

/** One parameter name cut at its dots: `Tags.member.1.Key` is a path of four. */
export interface Node {
  value?: string
  children: ReadonlyMap<string, Node>
}

export const notExpected = 'Start of list found where not expected'

/** Most parameters are a single value. */
const noChildren: ReadonlyMap<string, Node> = new Map()

/** Names cut at their dots. Throws `ProtocolError` for names too deep, twice the same, or numbered as AWS does not read them. */
export function parameterTree(pairs: ReadonlyMap<string, string>): Node {
  const root: Node = { children: noChildren }
  for (const [name, value] of pairs) {
    let node = root
    if (name.includes('.')) {
      const parts = name.split('.')
      if (parts.length > maxDepth) throw new ProtocolError('MalformedInput', `${quoted(name)} is nested too deeply.`)
      for (const part of indexed(parts)) node = childOf(node, part)
      if (node.value !== undefined)
        throw new ProtocolError('MalformedQueryString', `The parameter ${quoted(name)} is given more than once.`)
    } else node = childOf(root, name)
    node.value = value
  }
  return root
}

/** The parts of a name, numbers without leading zeros: `01` is `1`. */
function indexed(parts: readonly string[]): readonly string[] {
  return parts.map((part, at) => {
    if (part.startsWith('-')) throw new ProtocolError('MalformedInput', `Key ${part.slice(0, 60)} may not have a leading '-'`)
    if (!/^\d+$/.test(part)) return part
    if (/^\d+$/.test(parts[at - 1] ?? '')) throw new ProtocolError('MalformedInput', 'Two index elements may not occur back to back')
    const number = part.replace(/^0+/, '')
    if (number === '') throw new ProtocolError('MalformedInput', '0 is not a valid index')
    return number
  })
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
function queryParameters({ method, query, body }: HttpRequest): Map<string, string> {
  const pairs = readForm(query)
  if (method !== 'GET' && body.length > 0) {
    for (const [name, value] of readForm(bodyText(body, 'MalformedInput'))) {
      if (pairs.has(name)) throw new ProtocolError('MalformedQueryString', `The parameter ${quoted(name)} is given more than once.`)
      pairs.set(name, value)
    }
  }
  return pairs
}

/** The parameters of a request, read once however often they are asked for. Throws `ProtocolError`. */
export function keptParameters(request: HttpRequest): ReadonlyMap<string, string> {
  return (request.parameters ??= queryParameters(request))
}
