/** Policies made ready to be asked: each document once for each kind of policy, whoever it is attached to. */
import type { PolicyDocument } from '../language/document.js'
import { CompiledDocument } from './compiled-document.js'
import { CompiledSet } from './compiled-set.js'
import { compileStatement } from './compiled-statement.js'
import type { Policy, PolicySet, PolicyType } from './policies.js'
import type { PolicyTypeRow } from './policy-types.js'
import { Recent } from './recent.js'

/** Makes a set. The work is done when the set is first asked as some kind of policy, and kept. */
export function compile(policies: readonly Policy[]): PolicySet {
  return { policies, compiled: new CompiledSets() }
}

/** Nearly every set is asked as one kind of policy only. */
class CompiledSets {
  first: CompiledSet | undefined
  others: Map<PolicyType, CompiledSet> | undefined
}

/** The policies of a set as the given kind of policy. */
export function compiledAs({ policies, compiled }: PolicySet, row: PolicyTypeRow): CompiledSet {
  if (!(compiled instanceof CompiledSets)) throw new TypeError('a PolicySet is made with `compile`')
  if (compiled.first?.row === row) return compiled.first
  const found = compiled.others?.get(row.type)
  if (found !== undefined) return found
  const made = policies.map((policy, policyIndex) => ({ policy, policyIndex, document: compiledDocument(policy, row) }))
  const set = new CompiledSet(row, made)
  if (compiled.first === undefined) compiled.first = set
  else (compiled.others ??= new Map()).set(row.type, set)
  return set
}

/** What was made of a document, by kind of policy. */
const compiledDocuments = new WeakMap<PolicyDocument, Map<PolicyType, CompiledDocument>>()

function compiledDocument(policy: Policy, row: PolicyTypeRow): CompiledDocument {
  // Principals bound to ids are the policy's own and not the document's.
  if (row.principal !== 'none' && policy.principalIds !== undefined) return compileDocument(policy, row)
  let byType = compiledDocuments.get(policy.document)
  if (byType === undefined) compiledDocuments.set(policy.document, (byType = new Map()))
  let found = byType.get(row.type)
  if (found === undefined) byType.set(row.type, (found = alike.get(keyOf(policy, row), () => compileDocument(policy, row))))
  return found
}

/** Documents with the same statements decide alike: one user's home folder is written as another's, with a variable. */
const alike = new Recent<CompiledDocument>(4096)

function keyOf({ document: { text, version, statements } }: Policy, { type }: PolicyTypeRow): string {
  const first = statements[0]?.span.start.offset ?? 0
  const end = statements.at(-1)?.span.end.offset ?? 0
  return `${type} ${version} ${text.slice(first, end)}`
}

function compileDocument(policy: Policy, row: PolicyTypeRow): CompiledDocument {
  const { statements } = policy.document
  return new CompiledDocument(statements.map((statement, index) => compileStatement(statement, index, policy, row)))
}
