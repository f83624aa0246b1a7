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
  for (const { version, statements } of documents) {
    for (const statement of statements) {
      if (version === '2012-10-17') for (const { key, fallback } of variablesOf(statement)) note(found, key, fallback !== undefined)
      for (const { key } of statement.conditions) note(found, key, false)
    }
  }
  return [...found.values()]
}

function note(found: Map<string, NamedKey>, key: string, hasDefault: boolean): void {
  const caseless = key.toLowerCase()
  const before = found.get(caseless)
  if (before === undefined) found.set(caseless, { key, caseless, hasDefault })
  else if (before.hasDefault && !hasDefault) found.set(caseless, { ...before, hasDefault })
}

function variablesOf({ resource, conditions }: Statement): Variable[] {
  const texts = [...(resource?.patterns ?? []), ...conditions.flatMap(({ values }) => values)]
  return texts.flatMap((text) => (text.includes('${') ? parseTemplate(text, true).parts.filter((part) => 'key' in part) : []))
}
