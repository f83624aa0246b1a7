/** What the checks of a statement have in common. */
import type { KnownKeys } from './advise-condition.js'
import type { Effect } from './document.js'
import type { Findings, Path } from './findings.js'
import type { PolicyGrammar } from './grammar.js'
import { type JsonNode, type JsonObject, type JsonString, member } from './json.js'

/** A statement that is being checked. */
export interface Checked {
  readonly statement: JsonObject
  readonly effect: Effect | undefined
  readonly path: Path
  readonly grammar: PolicyGrammar
  readonly findings: Findings
  readonly knownKeys: KnownKeys | undefined
}

/** A text or a list of texts, each with its place; says so and answers `undefined` when it is something else. */
export function textsOf(node: JsonNode, path: Path, findings: Findings, nulls = false): readonly JsonString[] | undefined {
  const items = node.kind === 'array' ? node.items.filter(({ kind }) => !nulls || kind !== 'null') : [node]
  if (items.every((item) => item.kind === 'string')) return items
  findings.add('WRONG_TYPE', path, node, `\`${String(path.at(-1))}\` is a text or a list of texts`)
  return undefined
}

/** The element under its plain or its `Not` name; says so when it has both. */
export function eitherElement(checked: Checked, name: string): { node: JsonNode; path: Path; inverted: boolean } | undefined {
  const { statement, path, findings } = checked
  const plain = member(statement, name)
  const inverted = member(statement, `Not${name}`)
  if (plain !== undefined && inverted !== undefined) {
    findings.add('CONFLICTING_ELEMENTS', [...path, `Not${name}`], inverted, `a statement has \`${name}\` or \`Not${name}\`, not both`)
  }
  if (plain !== undefined) return { node: plain, path: [...path, name], inverted: false }
  return inverted === undefined ? undefined : { node: inverted, path: [...path, `Not${name}`], inverted: true }
}
