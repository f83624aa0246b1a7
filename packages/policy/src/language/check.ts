/** Checks a document against the grammar of its kind, as AWS does when it is saved (policy-semantics §1.7, §12). */
import type { KnownKeys } from './advise-condition.js'
import { checkAction } from './check-action.js'
import { checkCondition } from './check-condition.js'
import { checkPrincipal } from './check-principal.js'
import { checkResource } from './check-resource.js'
import type { Checked } from './checked.js'
import type { Effect } from './document.js'
import type { Findings } from './findings.js'
import type { PolicyGrammar } from './grammar.js'
import { type JsonNode, type JsonObject, member } from './json.js'
import { DOCUMENT_MEMBERS, STATEMENT_MEMBERS, VERSIONS } from './read.js'
import { policySize } from './size.js'

export function checkDocument(node: JsonNode, text: string, grammar: PolicyGrammar, findings: Findings, knownKeys?: KnownKeys): void {
  if (node.kind !== 'object') {
    findings.add('NOT_AN_OBJECT', [], node, node.kind)
    return
  }
  for (const { name, place } of node.members) {
    if (!DOCUMENT_MEMBERS.has(name)) findings.add('UNKNOWN_MEMBER', [name], place, name)
    else if (name === 'Conditions') findings.add('IGNORED_MEMBER', [name], place, name)
  }
  if (!grammar.leadingSpace && /^\s/.test(text)) findings.add('LEADING_SPACE', [], { start: 0, end: node.start })
  checkVersion(node, grammar, findings)
  checkId(node, grammar, findings)
  checkStatements(node, grammar, findings, knownKeys)
  const size = grammar.whiteSpaceCounts ? text.length : policySize(text)
  if (size > grammar.maxCharacters) findings.add('OVER_QUOTA', [], node, String(grammar.maxCharacters))
}

function checkVersion(document: JsonObject, grammar: PolicyGrammar, findings: Findings): void {
  const version = member(document, 'Version')
  if (version === undefined) {
    if (grammar.version === 'current') findings.add('OLD_VERSION', [], document)
  } else if (version.kind !== 'string') findings.add('WRONG_TYPE', ['Version'], version, 'the version is a text')
  else if (!VERSIONS.some((known) => known === version.text)) findings.add('INVALID_VERSION', ['Version'], version, version.text)
  else if (grammar.version === 'current' && version.text !== VERSIONS[0]) findings.add('OLD_VERSION', ['Version'], version)
}

function checkId(document: JsonObject, grammar: PolicyGrammar, findings: Findings): void {
  const id = member(document, 'Id')
  if (id === undefined) return
  if (!grammar.id) findings.add('ID_NOT_ALLOWED', ['Id'], id)
  else if (id.kind !== 'string') findings.add('WRONG_TYPE', ['Id'], id, 'the id is a text')
}

function checkStatements(document: JsonObject, grammar: PolicyGrammar, findings: Findings, knownKeys: KnownKeys | undefined): void {
  const statements = member(document, 'Statement')
  if (statements === undefined) {
    if (document.members.length > 0) findings.add('MISSING_STATEMENT', [], document)
    else findings.add('MISSING_STATEMENT', [], { start: document.end - 1, end: document.end }, '{}')
    return
  }
  if (statements.kind === 'object') {
    const version = member(document, 'Version')
    if (grammar.versionFirst && version !== undefined && version.start > statements.start)
      findings.add('STATEMENT_BEFORE_VERSION', ['Statement'], statements)
    checkStatement({ statement: statements, effect: effectOf(statements), path: ['Statement'], grammar, findings, knownKeys })
    return
  }
  if (statements.kind !== 'array') {
    findings.add('WRONG_TYPE', ['Statement'], statements, '`Statement` is an object or a list of objects')
    return
  }
  if (statements.items.length === 0) {
    findings.add('EMPTY_STATEMENT', ['Statement'], statements)
    return
  }
  const sids = new Set<string>()
  for (const [index, statement] of statements.items.entries()) {
    const path = ['Statement', index]
    if (statement.kind !== 'object') {
      findings.add('WRONG_TYPE', path, statement, 'a statement is an object')
      continue
    }
    checkStatement({ statement, effect: effectOf(statement), path, grammar, findings, knownKeys })
    const sid = member(statement, 'Sid')
    // An empty one may repeat (policy-semantics §1.5).
    if (sid?.kind !== 'string' || sid.text === '') continue
    if (sids.has(sid.text)) findings.add('DUPLICATE_SID', [...path, 'Sid'], sid, sid.text)
    sids.add(sid.text)
  }
}

function checkStatement(checked: Checked): void {
  const { statement, path, findings } = checked
  for (const { name, place } of statement.members) {
    if (!STATEMENT_MEMBERS.has(name)) findings.add('UNKNOWN_MEMBER', [...path, name], place, name)
  }
  checkSid(checked)
  checkEffect(checked)
  checkPrincipal(checked)
  checkAction(checked)
  checkResource(checked)
  checkCondition(checked)
}

function checkSid({ statement, path, grammar, findings }: Checked): void {
  const sid = member(statement, 'Sid')
  if (sid === undefined) return
  if (sid.kind !== 'string') findings.add('WRONG_TYPE', [...path, 'Sid'], sid, 'the statement id is a text')
  // S3 and others take more characters (policy-semantics §1.5).
  else if (grammar.api !== 'resource' && !/^[A-Za-z0-9]*$/.test(sid.text)) findings.add('INVALID_SID', [...path, 'Sid'], sid, sid.text)
}

const EFFECTS = new Map<string, Effect>([
  ['allow', 'Allow'],
  ['deny', 'Deny'],
])

function effectOf(statement: JsonObject): Effect | undefined {
  const effect = member(statement, 'Effect')
  return effect?.kind === 'string' ? EFFECTS.get(effect.text.toLowerCase()) : undefined
}

function checkEffect({ statement, effect, path, grammar, findings }: Checked): void {
  const written = member(statement, 'Effect')
  if (written === undefined) {
    findings.add('MISSING_EFFECT', path, statement)
    return
  }
  const at = [...path, 'Effect']
  if (written.kind !== 'string') findings.add('WRONG_TYPE', at, written, 'the effect is a text')
  else if (effect === undefined) findings.add('INVALID_EFFECT', at, written, written.text)
  else if (written.text !== effect) findings.add('EFFECT_LETTER_CASE', at, written, written.text)
  else if (effect === 'Allow' && !grammar.allow) findings.add('ALLOW_NOT_ALLOWED', at, written)
}
