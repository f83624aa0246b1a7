/** From text to a policy document, with everything that is wrong with it. */
import type { KnownKeys } from './advise-condition.js'
import { checkDocument } from './check.js'
import type { PolicyDocument } from './document.js'
import type { Finding } from './finding.js'
import { Findings } from './findings.js'
import { type GrammarName, grammars, type PolicyGrammar } from './grammar.js'
import { readJson } from './json.js'
import { Places } from './places.js'
import { readDocument, unreadableDocument } from './read.js'
import { MOST_CHARACTERS } from './size.js'

export interface Parsed {
  /** Absent when a finding is an error. */
  readonly document?: PolicyDocument
  /** In the order in which AWS checks, so that the first `apiMessage` is the one AWS would answer with. */
  readonly findings: readonly Finding[]
}

export interface ParseOptions {
  /** What is known of condition keys: with it, mistakes that AWS stores are found too. */
  readonly knownKeys?: KnownKeys
}

/** Reads a document that is to be saved as the given kind of policy. */
export function parsePolicy(text: string, grammar: GrammarName | PolicyGrammar, options?: ParseOptions): Parsed
/**
 * Reads a stored document in order to decide. There is always a document; what could not be understood in it is marked and makes the
 * engine close.
 */
export function parsePolicy(text: string, grammar: 'lenient'): Parsed & { readonly document: PolicyDocument }
export function parsePolicy(text: string, grammar: GrammarName | PolicyGrammar | 'lenient', { knownKeys }: ParseOptions = {}): Parsed {
  const rules = typeof grammar === 'string' ? (grammar === 'lenient' ? undefined : grammars[grammar]) : grammar
  const findings = new Findings(rules?.api ?? 'identity', new Places(text))
  const whole = { start: 0, end: text.length }
  if (text.length > MOST_CHARACTERS) {
    findings.add('TOO_LONG', [], whole, String(MOST_CHARACTERS))
    return unread(text, 'the text is too long', findings, rules)
  }
  const read = readJson(text)
  if ('error' in read) {
    const { code, message, offset } = read.error
    findings.add(code, [], { start: offset, end: Math.min(offset + 1, text.length) }, message)
    return unread(text, message, findings, rules)
  }
  if (rules === undefined) return { document: readDocument(read.node, text), findings: [] }
  checkDocument(read.node, text, rules, findings, knownKeys)
  const sorted = findings.inOrder()
  return sorted.some(({ severity }) => severity === 'error')
    ? { findings: sorted }
    : { document: readDocument(read.node, text), findings: sorted }
}

/** The message with which AWS would refuse the document; `undefined` when it would take it. */
export function firstApiMessage(findings: readonly Finding[]): string | undefined {
  return findings.find(({ apiMessage }) => apiMessage !== undefined)?.apiMessage
}

function unread(text: string, why: string, findings: Findings, rules: PolicyGrammar | undefined): Parsed {
  return rules === undefined ? { document: unreadableDocument(text, why), findings: findings.inOrder() } : { findings: findings.inOrder() }
}
