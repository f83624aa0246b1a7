/**
 * From JSON to a policy document, for deciding. It refuses nothing: AWS keeps documents that it would not take today, and what
 * cannot be understood is marked in its statement, so that the engine closes there instead of passing over it.
 */
import { readOperator } from '../conditions/operators.js'
import type { Condition, Match, PolicyDocument, PrincipalMatch, PrincipalType, Statement, Version } from './document.js'
import { type JsonNode, type JsonObject, member } from './json.js'
import { Places } from './places.js'

export const VERSIONS: readonly Version[] = ['2012-10-17', '2008-10-17']
/** `Conditions` at the top is accepted and means nothing (policy-semantics §12.1). */
export const DOCUMENT_MEMBERS = new Set(['Version', 'Id', 'Statement', 'Conditions'])
export const STATEMENT_MEMBERS = new Set([
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
])
export const PRINCIPAL_TYPES: readonly PrincipalType[] = ['AWS', 'Service', 'Federated', 'CanonicalUser']

/** Reads a document. `text` is the document's own text and `origin` its offset in what `node` was read from. */
export function readDocument(node: JsonNode, text: string, origin = 0): PolicyDocument {
  const places = new Places(text, origin)
  if (node.kind !== 'object') return unreadableDocument(text, 'the policy is not a JSON object')
  const unknown = node.members.find(({ name }) => !DOCUMENT_MEMBERS.has(name))
  if (unknown !== undefined) return unreadableDocument(text, `unknown element \`${unknown.name}\``)
  const version = readVersion(member(node, 'Version'))
  if (version === undefined) return unreadableDocument(text, 'unknown version')
  const statement = member(node, 'Statement')
  if (statement === undefined) {
    const { statements, ...document } = unreadableDocument(text, 'the policy has no `Statement`')
    return { ...document, version, statements: statements.map((each) => ({ ...each, onlyLacks: true })) }
  }
  const id = member(node, 'Id')
  const nodes = statement.kind === 'array' ? statement.items : [statement]
  return {
    text,
    version,
    ...(id?.kind === 'string' && { id: id.text }),
    statements: nodes.map((each) => readStatement(each, places)),
  }
}

/** A document that closes every request that it is asked about. */
export function unreadableDocument(text: string, notUnderstood: string): PolicyDocument {
  return { text, version: '2012-10-17', statements: [unreadableStatement(new Places(text), { start: 0, end: text.length }, notUnderstood)] }
}

function unreadableStatement(places: Places, place: { start: number; end: number }, notUnderstood: string): Statement {
  return {
    effect: 'Deny',
    action: EVERYTHING,
    resource: EVERYTHING,
    principal: { inverted: true, entries: [] },
    conditions: [],
    notUnderstood,
    span: places.span(place),
  }
}

const EVERYTHING: Match = { inverted: true, patterns: [] }

function readVersion(node: JsonNode | undefined): Version | undefined {
  if (node === undefined) return '2008-10-17'
  return node.kind === 'string' ? VERSIONS.find((version) => version === node.text) : undefined
}

/** Collects what was not understood; the first reason is kept. */
interface Doubt {
  reason?: string
}

function readStatement(node: JsonNode, places: Places): Statement {
  if (node.kind !== 'object') return unreadableStatement(places, node, 'the statement is not a JSON object')
  const doubt: Doubt = {}
  const unknown = node.members.find(({ name }) => !STATEMENT_MEMBERS.has(name))
  if (unknown !== undefined) doubt.reason = `unknown element \`${unknown.name}\``
  const sid = member(node, 'Sid')
  const effect = member(node, 'Effect')
  const isEffect = effect?.kind === 'string' && (effect.text === 'Allow' || effect.text === 'Deny')
  if (!isEffect) doubt.reason ??= 'the effect is neither `Allow` nor `Deny`'
  const action = readMatch(node, 'Action', doubt)
  const resource = readMatch(node, 'Resource', doubt)
  const principal = readPrincipal(node, doubt)
  const conditions = readConditions(member(node, 'Condition'), doubt)
  const onlyLacks = action === undefined && doubt.reason === undefined
  if (onlyLacks) doubt.reason = 'the statement names no actions'
  return {
    ...(sid?.kind === 'string' && { sid: sid.text }),
    effect: isEffect && effect.text === 'Allow' ? 'Allow' : 'Deny',
    action: action ?? EVERYTHING,
    ...(resource !== undefined && { resource }),
    ...(principal !== undefined && { principal }),
    conditions,
    ...(doubt.reason !== undefined && { notUnderstood: doubt.reason }),
    ...(onlyLacks && { onlyLacks }),
    span: places.span(node),
  }
}

/** `Action` or `NotAction`, `Resource` or `NotResource`. */
function readMatch(node: JsonObject, name: 'Action' | 'Resource', doubt: Doubt): Match | undefined {
  const plain = member(node, name)
  const inverted = member(node, `Not${name}`)
  if (plain === undefined && inverted === undefined) return undefined
  if (plain !== undefined && inverted !== undefined) {
    doubt.reason ??= `both \`${name}\` and \`Not${name}\``
    return EVERYTHING
  }
  const patterns = texts(plain ?? inverted!, true)
  if (patterns === undefined || (inverted !== undefined && patterns.length === 0)) {
    doubt.reason ??= `\`${name}\` is not a text or a list of texts`
    return EVERYTHING
  }
  return { inverted: inverted !== undefined, patterns }
}

/** A text or a list of texts; with `nulls`, null items are dropped (policy-semantics §3.1). */
function texts(node: JsonNode, nulls: boolean): readonly string[] | undefined {
  if (node.kind === 'string') return [node.text]
  if (node.kind !== 'array') return undefined
  const items = nulls ? node.items.filter(({ kind }) => kind !== 'null') : node.items
  return items.every((item) => item.kind === 'string') ? items.map(({ text }) => text) : undefined
}

function readPrincipal(node: JsonObject, doubt: Doubt): PrincipalMatch | undefined {
  const plain = member(node, 'Principal')
  const inverted = member(node, 'NotPrincipal')
  const given = plain ?? inverted
  if (given === undefined) return undefined
  const entries = plain !== undefined && inverted !== undefined ? undefined : readEntries(given)
  if (entries === undefined) {
    doubt.reason ??= 'the principal is not understood'
    return { inverted: true, entries: [] }
  }
  return { inverted: inverted !== undefined, entries }
}

function readEntries(node: JsonNode): PrincipalMatch['entries'] | undefined {
  if (node.kind === 'string') return node.text === '*' ? [{ type: 'AWS', id: '*' }] : undefined
  if (node.kind !== 'object') return undefined
  const entries: { type: PrincipalType; id: string }[] = []
  for (const { name, value } of node.members) {
    const type = PRINCIPAL_TYPES.find((known) => known === name)
    const ids = texts(value, false)
    if (type === undefined || ids === undefined) return undefined
    for (const id of ids) entries.push({ type, id: type === 'AWS' && DASHED_ACCOUNT.test(id) ? id.replaceAll('-', '') : id })
  }
  return entries
}

/** How the console shows an account: the same as without the hyphens. */
export const DASHED_ACCOUNT = /^\d{4}-\d{4}-\d{4}$/

function readConditions(node: JsonNode | undefined, doubt: Doubt): Condition[] {
  if (node === undefined) return []
  if (node.kind !== 'object') {
    doubt.reason ??= 'the condition is not a JSON object'
    return []
  }
  const conditions: Condition[] = []
  for (const { name: written, value: block } of node.members) {
    if (block.kind !== 'object') {
      doubt.reason ??= `\`${written}\` is not a JSON object`
      continue
    }
    const { set, operator, ifExists } = readOperator(written)
    for (const { name: key, value } of block.members) {
      const values = conditionValues(value)
      if (values === undefined) doubt.reason ??= `the values of \`${key}\` are not understood`
      else conditions.push({ written, ...(set !== undefined && { set }), operator, ifExists, key, values })
    }
  }
  return conditions
}

/** Numbers and booleans count as the text that was written. */
function conditionValues(node: JsonNode): string[] | undefined {
  const values: string[] = []
  for (const item of node.kind === 'array' ? node.items : [node]) {
    if (item.kind !== 'string' && item.kind !== 'number' && item.kind !== 'boolean') return undefined
    values.push(item.text)
  }
  return values
}
