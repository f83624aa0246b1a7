/** The `policies` member of a case. */
import { compile, isKey, type PoliciesInForce, type PolicySet } from '../evaluate/index.js'
import { type JsonNode, type JsonObject, type PolicyDocument, parsePolicy, readDocument } from '../language/index.js'
import { UnreadableCase } from './unreadable-case.js'

type InForce = { -readonly [Kind in keyof PoliciesInForce]: PoliciesInForce[Kind] }

/** How each member is read. */
const MEMBERS: ReadonlyMap<string, (node: JsonNode, line: string, inForce: InForce) => void> = new Map<
  string,
  (node: JsonNode, line: string, inForce: InForce) => void
>([
  ['identity', (node, line, inForce) => (inForce.identity = setOf(node, line))],
  ['boundary', (node, line, inForce) => (inForce.boundary = setOf(node, line))],
  ['session', (node, line, inForce) => (inForce.session = setOf(node, line))],
  ['resource', (node, line, inForce) => (inForce.resource = { kind: 'resource', policies: setOf(node, line) })],
  ['trust', (node, line, inForce) => (inForce.resource = { kind: 'trust', policies: setOf(node, line) })],
  ['scp', (node, line, inForce) => (inForce.scp = levelsOf(node, line))],
  ['rcp', (node, line, inForce) => (inForce.rcp = levelsOf(node, line))],
  ['vpce', (node, line, inForce) => (inForce.endpoint = setOf(node, line))],
])

/**
 * Reads every member; `null` is the same as none, and a member of another name is an error, because passing over it could allow too
 * much. `line` is the case's text, `resourceArn` what it is about: the resource policy of a key has rules of its own.
 */
export function readPolicies(node: JsonObject, line: string, resourceArn: string): PoliciesInForce {
  const inForce: InForce = {}
  for (const { name, value } of node.members) {
    const read = MEMBERS.get(name)
    if (value.kind === 'null') continue
    if (read === undefined) throw new UnreadableCase(`unknown kind of policy \`${name}\``)
    if (inForce.resource !== undefined && (name === 'resource' || name === 'trust')) {
      throw new UnreadableCase('a case has `resource` or `trust`, not both')
    }
    read(value, line, inForce)
  }
  const { resource } = inForce
  return resource?.kind === 'resource' && isKey(resourceArn) ? { ...inForce, resource: { ...resource, kind: 'key' } } : inForce
}

/** One document or a list of them. */
function setOf(node: JsonNode, line: string): PolicySet {
  const documents = node.kind === 'array' ? node.items : [node]
  return compile(documents.map((document) => ({ document: documentOf(document, line) })))
}

function levelsOf(node: JsonNode, line: string): PolicySet[] {
  if (node.kind !== 'array') throw new UnreadableCase('SCPs and RCPs are a list of levels, each a list of documents')
  return node.items.map((level) => setOf(level, line))
}

/** A document may also be given as text. */
function documentOf(node: JsonNode, line: string): PolicyDocument {
  if (node.kind === 'string') return parsePolicy(node.text, 'lenient').document
  return readDocument(node, line.slice(node.start, node.end), node.start)
}
