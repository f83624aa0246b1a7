/** Which condition keys documents ask about. */
import type { PolicyDocument, Statement } from '../language/document.js'
import { parseTemplate, type Variable } from '../patterns/index.js'

export interface NamedKey {
  /** Spelled as where it was met first. */
  readonly key: string
  readonly caseless: string
  /** Only named by variables that have a default: a request can do without it. */
  readonly hasDefault: boolean
}

/** The keys of conditions and of variables, each once, in the order in which they stand. Variables count in 2012 documents only. */
export function contextKeys(documents: readonly PolicyDocument[]): readonly NamedKey[] {
  const found = new Map<string, NamedKey>()
  for (const document of documents) for (const named of documentKeys(document)) note(found, named)
  return [...found.values()]
}

/** The keys of one document in every spelling, each once; what stands for `*`, `?` and `$` in a 2012 document is named too, as AWS does. */
export function spelledKeys({ version, statements }: PolicyDocument): readonly string[] {
  const spelled = new Set<string>()
  for (const statement of statements) {
    if (version === '2012-10-17') {
      for (const { key } of variablesOf(statement)) spelled.add(key)
      for (const text of textsOf(statement)) for (const [, character] of text.matchAll(/\$\{([*?$])\}/g)) spelled.add(character!)
    }
    for (const { key } of statement.conditions) spelled.add(key)
  }
  return [...spelled]
}

const known = new WeakMap<PolicyDocument, readonly NamedKey[]>()

/** The keys of one document; kept as long as the document is. */
export function documentKeys(document: PolicyDocument): readonly NamedKey[] {
  let keys = known.get(document)
  if (keys === undefined) known.set(document, (keys = readKeys(document)))
  return keys
}

function readKeys({ version, statements }: PolicyDocument): readonly NamedKey[] {
  const found = new Map<string, NamedKey>()
  for (const statement of statements) {
    if (version === '2012-10-17')
      for (const { key, caseless, fallback } of variablesOf(statement)) note(found, { key, caseless, hasDefault: fallback !== undefined })
    for (const { key } of statement.conditions) note(found, { key, caseless: key.toLowerCase(), hasDefault: false })
  }
  return [...found.values()]
}

function note(found: Map<string, NamedKey>, named: NamedKey): void {
  const before = found.get(named.caseless)
  if (before === undefined) found.set(named.caseless, named)
  else if (before.hasDefault && !named.hasDefault) found.set(named.caseless, { ...before, hasDefault: false })
}

const textsOf = ({ resource, conditions }: Statement): readonly string[] => [
  ...(resource?.patterns ?? []),
  ...conditions.flatMap(({ values }) => values),
]

function variablesOf(statement: Statement): Variable[] {
  return textsOf(statement).flatMap((text) => (text.includes('${') ? parseTemplate(text, true).parts.filter((part) => 'key' in part) : []))
}
