/** §5: does a condition hold? */
import type { ContextValue } from '#engine/evaluate/request.js'
import type { Condition, Effect, Version } from '#engine/language/document.js'
import { fits } from './glob.js'
import { type Keys, keyValue } from './keys.js'
import { readAddress, readBinary, readBool, readDate, readNumber, readRange } from './operands.js'
import { atFirstColons } from './resource.js'
import { cutAtColons, plainText, replaceVariables, withWildcards } from './variables.js'

/** `unknown` when the operator is none that AWS documents. */
export function conditionHolds(condition: Condition, keys: Keys, version: Version, effect: Effect): boolean | 'unknown' {
  const operator = condition.operator.toLowerCase()
  if (operator === 'null') return nullHolds(condition, keyValue(keys, condition.key))
  const known = OPERATORS.get(operator)
  if (known === undefined) return 'unknown'
  const value = keyValue(keys, condition.key)
  const one = (asked: string) => holdsForOne(known, asked, condition.values, keys, version) ?? effect === 'Deny'
  if (condition.set === undefined) return plainHolds(known, condition, value, one)
  // §5.3: an empty list counts as missing, and for ForAllValues so do empty texts in a list.
  const items = itemsOf(value).filter((item) => item !== '' || typeof value === 'string' || condition.set !== 'ForAllValues')
  // §5.3: a missing key satisfies ForAllValues, not ForAnyValue; but IfExists always.
  if (items.length === 0) return condition.set === 'ForAllValues' || condition.ifExists
  // §5.4, an empty list of values: the key may be missing at most.
  if (condition.values.length === 0) return false
  // §5.6.
  return condition.set === 'ForAllValues' ? items.every(one) : items.some(one)
}

/** §5.3: without a set operator. */
function plainHolds(operator: Operator, condition: Condition, value: ContextValue | undefined, one: (asked: string) => boolean): boolean {
  if (value === undefined) return condition.ifExists || operator.negated
  // §5.4: with IfExists, an empty list of values wants the key missing.
  if (condition.ifExists && condition.values.length === 0) return false
  if (typeof value === 'string') return one(value)
  // §5.5: never for a list, negated or not; but §8.5: some SAML keys are lists by mistake.
  return SAML_SINGLE.has(condition.key.toLowerCase()) && value.length === 1 && one(value[0]!)
}

/** §8.5. */
const SAML_SINGLE = new Set(
  ['givenName', 'mail', 'name', 'surname', 'uid', 'x500UniqueIdentifier', 'organizationStatus', 'primaryGroupSID'].map((name) =>
    `saml:${name}`.toLowerCase(),
  ),
)

function itemsOf(value: ContextValue | undefined): readonly string[] {
  if (value === undefined) return []
  return typeof value === 'string' ? [value] : value
}

/** §5.3, and §5.6 for the set operators. An empty list, and empty texts in a list, count as missing. */
function nullHolds({ set, ifExists, values }: Condition, value: ContextValue | undefined): boolean {
  if (set === 'ForAllValues') return true
  if (set === 'ForAnyValue') return false
  const missing = value === undefined || (typeof value !== 'string' && value.every((item) => item === ''))
  if (missing && ifExists) return true
  return values.some((wanted) => readBool(wanted) === missing)
}

/** §5.1: of the values, one must match; of a negated operator's values, none may. Nothing where the comparison fails before that is known. */
function holdsForOne(operator: Operator, asked: string, values: readonly string[], keys: Keys, version: Version): boolean | undefined {
  for (const written of values) {
    const result = operator.compare(asked, written, keys, version)
    if (result === 'never') return false
    if (result === 'fails') return undefined
    if (result) return !operator.negated
  }
  return operator.negated
}

/**
 * Whether a value of the request matches a value of the policy. One that cannot be read differs from all; but what is no address and no ARN
 * never holds in the request, and what is no ARN fails the comparison in the policy.
 */
type Compare = (asked: string, written: string, keys: Keys, version: Version) => boolean | 'never' | 'fails'

interface Operator {
  readonly compare: Compare
  readonly negated: boolean
}

/** §5.2: a text in which variables stand. §5.8: a value with a variable that has none matches nothing. */
function text(same: (asked: string, written: string) => boolean): Compare {
  return (asked, written, keys, version) => {
    const parts = replaceVariables(written, version, keys)
    return parts !== undefined && same(asked, plainText(parts))
  }
}

const like: Compare = (asked, written, keys, version) => {
  const parts = replaceVariables(written, version, keys)
  return parts !== undefined && fits(withWildcards(parts), asked)
}

/** §5.4 ARN: six components on both sides, each with its own wildcards. */
const arnLike: Compare = (asked, written, keys, version) => {
  const parts = replaceVariables(written, version, keys)
  if (parts === undefined) return false
  const patterns = cutAtColons(parts, 5)
  const components = atFirstColons(asked, 5)
  if (components.length < 6) return 'never'
  if (patterns.length < 6) return 'fails'
  return patterns.every((pattern, index) => fits(withWildcards(pattern), components[index]!))
}

/** Operands that must be read first; variables have no place in them. */
function readAs<Read>(read: (text: string) => Read | undefined, compare: (asked: Read, written: Read) => boolean): Compare {
  return (asked, written) => {
    const [left, right] = [read(asked), read(written)]
    return left !== undefined && right !== undefined && compare(left, right)
  }
}

const inRange: Compare = (asked, written) => {
  const [address, range] = [readAddress(asked), readRange(written)]
  if (address === undefined) return 'never'
  return range !== undefined && address.length === range.length && address.startsWith(range.prefix)
}

const bool: Compare = text((asked, written) => readBool(asked) === readBool(written))

/** §5.2. */
const OPERATORS: ReadonlyMap<string, Operator> = new Map(
  (
    [
      ['StringEquals', 'StringNotEquals', text((asked, written) => asked === written)],
      ['StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', text((asked, written) => asked.toLowerCase() === written.toLowerCase())],
      ['StringLike', 'StringNotLike', like],
      ['NumericEquals', 'NumericNotEquals', readAs(readNumber, (asked, written) => asked === written)],
      ['NumericLessThan', undefined, readAs(readNumber, (asked, written) => asked < written)],
      ['NumericLessThanEquals', undefined, readAs(readNumber, (asked, written) => asked <= written)],
      ['NumericGreaterThan', undefined, readAs(readNumber, (asked, written) => asked > written)],
      ['NumericGreaterThanEquals', undefined, readAs(readNumber, (asked, written) => asked >= written)],
      ['DateEquals', 'DateNotEquals', readAs(readDate, (asked, written) => asked === written)],
      ['DateLessThan', undefined, readAs(readDate, (asked, written) => asked < written)],
      ['DateLessThanEquals', undefined, readAs(readDate, (asked, written) => asked <= written)],
      ['DateGreaterThan', undefined, readAs(readDate, (asked, written) => asked > written)],
      ['DateGreaterThanEquals', undefined, readAs(readDate, (asked, written) => asked >= written)],
      ['Bool', undefined, bool],
      ['BinaryEquals', undefined, readAs(readBinary, (asked, written) => asked === written)],
      ['IpAddress', 'NotIpAddress', inRange],
      ['ArnEquals', 'ArnNotEquals', arnLike],
      ['ArnLike', 'ArnNotLike', arnLike],
    ] as const
  ).flatMap(([positive, negated, compare]): [string, Operator][] => [
    [positive.toLowerCase(), { compare, negated: false }],
    ...(negated === undefined ? [] : ([[negated.toLowerCase(), { compare, negated: true }]] as [string, Operator][])),
  ]),
)
