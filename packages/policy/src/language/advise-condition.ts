/**
 * What AWS stores and still is a mistake: conditions that can never hold, or hold when they should not. Only `validate` asks for it; it
 * needs to know of each key what type its values have and how many there are. Codes and severities are Access Analyzer's.
 */
import { readOperator } from '../conditions/operators.js'
import { type ConditionKeyType, readsAs } from '../conditions/types.js'
import type { FaultCode } from './faults.js'
import type { Findings, Path } from './findings.js'
import type { JsonNode, JsonObject } from './json.js'

/** What is known of a condition key; the model's table of condition keys has it. */
export interface KeyFacts {
  readonly types: readonly ConditionKeyType[]
  readonly multivalued: boolean
  /** Accounts and organizations are told apart by it: wildcards let others in. */
  readonly sensitive?: boolean
}

export type KnownKeys = (key: string) => KeyFacts | undefined

interface Family {
  readonly operators: RegExp
  /** Types of keys that it compares. */
  readonly types: readonly ConditionKeyType[]
  /** As the advice calls it. */
  readonly called: string
  readonly value?: readonly [reads: (text: string) => boolean, code: FaultCode]
}

/** ARNs are often compared as texts, which is no mistake. Values that AWS refuses in some policies are read in `check-condition.ts`. */
const families: readonly Family[] = [
  { operators: /^String/, types: ['String', 'ARN'], called: 'String' },
  { operators: /^Arn/, types: ['ARN'], called: 'Arn' },
  { operators: /^Numeric/, types: ['Numeric'], called: 'Numeric' },
  { operators: /^Date/, types: ['Date'], called: 'Date', value: [(text) => readsAs('Date', text), 'TYPE_MISMATCH_DATE'] },
  { operators: /^Bool$/, types: ['Bool'], called: 'Bool', value: [(text) => readsAs('Bool', text), 'TYPE_MISMATCH_BOOLEAN'] },
  { operators: /^BinaryEquals$/, types: ['Binary'], called: 'Binary' },
  { operators: /^(?:Not)?IpAddress$/, types: ['IPAddress'], called: 'IpAddress' },
]

/** Goes through a condition whose shape has been checked; what has another shape is passed over. */
export function adviseOnCondition(condition: JsonObject, path: Path, known: KnownKeys, findings: Findings): void {
  if (condition.members.length === 0) findings.add('EMPTY_OBJECT_CONDITION', path, condition)
  for (const { name: written, value: block } of condition.members) {
    if (block.kind !== 'object') continue
    const seen = new Set<string>()
    for (const { name: key, place, value } of block.members) {
      const at = [...path, written, key]
      const caseless = key.toLowerCase()
      if (seen.has(caseless)) findings.add('DUPLICATE_KEYS_WITH_DIFFERENT_CASE', at, place, key)
      seen.add(caseless)
      adviseOnKey({ written, key, place, at, facts: known(key), values: value.kind === 'array' ? value.items : [value] }, findings)
    }
  }
}

interface Asked {
  readonly written: string
  readonly key: string
  readonly place: { readonly start: number; readonly end: number }
  readonly at: Path
  readonly facts: KeyFacts | undefined
  readonly values: readonly JsonNode[]
}

function adviseOnKey({ written, key, place, at, facts, values }: Asked, findings: Findings): void {
  const { set, operator } = readOperator(written)
  if (facts === undefined && /^aws:/i.test(key))
    findings.add(TAG_KEYS.test(key) ? 'MISSING_TAG_KEY_IN_CONDITION' : 'INVALID_GLOBAL_CONDITION_KEY', at, place, key)
  if (operator === 'Null') {
    if (set !== undefined) findings.add('NULL_WITH_QUALIFIER', at, place, set)
    return
  }
  if (facts?.multivalued && set === undefined) findings.add('MISSING_QUALIFIER', at, place, key)
  if (facts?.multivalued === false && set === 'ForAllValues') findings.add('FOR_ALL_VALUES_WITH_SINGLE_VALUED_KEY', at, place, key)
  if (facts?.multivalued === false && set === 'ForAnyValue') findings.add('FOR_ANY_VALUE_WITH_SINGLE_VALUED_KEY', at, place, key)
  if (values.length === 0) findings.add('EMPTY_ARRAY_CONDITION', at, place, key)
  const family = families.find(({ operators }) => operators.test(operator))
  if (family === undefined) return
  const fitting = facts && families.filter(({ types }) => types.some((type) => facts.types.includes(type)))
  if (fitting !== undefined && !fitting.includes(family))
    findings.add('TYPE_MISMATCH', at, place, `${fitting.map(({ called }) => called).join(' or ')} ${written} ${key}`)
  if (operator === 'Bool' && values.length > 1) findings.add('INVALID_CONDITION_MULTIPLE_BOOLEAN', at, place, key)
  for (const value of values) adviseOnValue(value, operator, family, facts, at, findings)
}

/** Keys of tags, without the name of a tag. */
const TAG_KEYS = /^aws:(?:Principal|Request|Resource)Tag\/?$/i

function adviseOnValue(value: JsonNode, operator: string, family: Family, facts: KeyFacts | undefined, at: Path, findings: Findings): void {
  if (value.kind !== 'string' && value.kind !== 'number' && value.kind !== 'boolean') return
  const { text } = value
  const hasVariable = text.includes('${')
  if (family.value !== undefined && !hasVariable && !family.value[0](text)) findings.add(family.value[1], at, value, text)
  if (/^String(?:Not)?Equals/.test(operator) && /[*?]/.test(text) && !hasVariable)
    findings.add('WILDCARD_WITHOUT_LIKE_OPERATOR', at, value, text)
  if (facts?.sensitive && /^String(?:Not)?Like$/.test(operator) && /[*?]/.test(text))
    findings.add('WILDCARD_IN_SENSITIVE_KEY', at, value, String(at.at(-1)))
}
