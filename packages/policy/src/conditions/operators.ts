/** Every condition operator as a row (policy-semantics §5.2). */
import { compileArnPattern, globOf, matchesArnPattern, matchesGlob, type PatternPart } from '../patterns/index.js'
import { parseAddress, parseRange, rangeHolds } from './addresses.js'
import { decodeBase64 } from './binary.js'
import { parseDate } from './dates.js'
import { compareNumbers, type Decimal, parseNumber } from './numbers.js'

export interface Operator {
  readonly name: string
  /** The value must match none of the listed ones, and a missing key satisfies it. */
  readonly negated: boolean
  /** Variables are replaced in its values. */
  readonly variables: boolean
  /**
   * Makes the listed values ready; what comes back tells whether one value of the request satisfies the operator. `whenFailing` is what it
   * tells where a listed value makes the comparison fail.
   */
  readonly prepare: (wanted: readonly (readonly PatternPart[])[], whenFailing: boolean) => (seen: string) => boolean
}

/** How a family of operators reads and compares. `undefined` from a reader means that the text is no such value. */
interface Family<Seen, Wanted> {
  readonly variables: boolean
  readonly seen: (text: string) => Seen | undefined
  readonly wanted: (parts: readonly PatternPart[]) => Wanted | undefined
  /** A value of the request that cannot be read: `differs` from all that are listed, which satisfies negated operators, or `never` satisfies any. */
  readonly unreadableSeen: 'differs' | 'never'
  /** A listed value that cannot be read: it `differs` from all, or the comparison `fails` where it comes to it. */
  readonly unreadableWanted: 'differs' | 'fails'
}

const text: Family<string, string> = {
  variables: true,
  seen: (value) => value,
  wanted: plain,
  unreadableSeen: 'never',
  unreadableWanted: 'differs',
}
const caselessText = {
  ...text,
  seen: (value: string) => value.toLowerCase(),
  wanted: (parts: readonly PatternPart[]) => plain(parts).toLowerCase(),
}
const glob = { ...text, wanted: globOf }
// Whether Bool takes variables is told both ways by AWS; we accept them (policy-semantics §16, question 6).
const bool = { ...text, seen: truth, wanted: (parts: readonly PatternPart[]) => truth(plain(parts)) }
const binary = { ...text, variables: false, seen: decodeBase64, wanted: (parts: readonly PatternPart[]) => decodeBase64(plain(parts)) }
const arn = {
  ...text,
  seen: (value: string) => (value.split(':', 6).length === 6 ? value : undefined),
  wanted: (parts: readonly PatternPart[]) => compileArnPattern(parts, false),
  unreadableWanted: 'fails',
} as const
// What becomes of values that cannot be read was recorded of AWS in 2026, on tags of requests under session policies.
const number = {
  variables: false,
  seen: parseNumber,
  wanted: (parts: readonly PatternPart[]) => parseNumber(plain(parts)),
  unreadableSeen: 'differs',
  unreadableWanted: 'differs',
} as const
const date = { ...number, seen: remembering(parseDate), wanted: (parts: readonly PatternPart[]) => parseDate(plain(parts)) }
const ip = {
  ...number,
  seen: remembering(parseAddress),
  wanted: (parts: readonly PatternPart[]) => parseRange(plain(parts)),
  unreadableSeen: 'never',
} as const

/** Many statements ask about the same value of a request; the last one read is kept. */
function remembering<Value>(read: (text: string) => Value): (text: string) => Value {
  let last: string | undefined
  let value: Value
  return (text) => {
    if (last !== text) {
      value = read(text)
      last = text
    }
    return value
  }
}

const equal = <T>(seen: T, wanted: T) => seen === wanted
const less = (seen: number, wanted: number) => seen < wanted
const lessOrEqual = (seen: number, wanted: number) => seen <= wanted
const greater = (seen: number, wanted: number) => seen > wanted
const greaterOrEqual = (seen: number, wanted: number) => seen >= wanted

/** The same of decimals. */
function ordered(compare: (seen: number, wanted: number) => boolean): (seen: Decimal, wanted: Decimal) => boolean {
  return (seen, wanted) => compare(compareNumbers(seen, wanted), 0)
}

const rows: readonly Operator[] = [
  positive('StringEquals', text, equal),
  negative('StringNotEquals', text, equal),
  positive('StringEqualsIgnoreCase', caselessText, equal),
  negative('StringNotEqualsIgnoreCase', caselessText, equal),
  positive('StringLike', glob, (seen, wanted) => matchesGlob(wanted, seen)),
  negative('StringNotLike', glob, (seen, wanted) => matchesGlob(wanted, seen)),
  positive('NumericEquals', number, ordered(equal)),
  negative('NumericNotEquals', number, ordered(equal)),
  positive('NumericLessThan', number, ordered(less)),
  positive('NumericLessThanEquals', number, ordered(lessOrEqual)),
  positive('NumericGreaterThan', number, ordered(greater)),
  positive('NumericGreaterThanEquals', number, ordered(greaterOrEqual)),
  positive('DateEquals', date, equal),
  negative('DateNotEquals', date, equal),
  positive('DateLessThan', date, less),
  positive('DateLessThanEquals', date, lessOrEqual),
  positive('DateGreaterThan', date, greater),
  positive('DateGreaterThanEquals', date, greaterOrEqual),
  positive('Bool', bool, equal),
  positive('BinaryEquals', binary, equal),
  positive('IpAddress', ip, (seen, wanted) => rangeHolds(wanted, seen)),
  negative('NotIpAddress', ip, (seen, wanted) => rangeHolds(wanted, seen)),
  positive('ArnEquals', arn, (seen, wanted) => matchesArnPattern(wanted, seen)),
  positive('ArnLike', arn, (seen, wanted) => matchesArnPattern(wanted, seen)),
  negative('ArnNotEquals', arn, (seen, wanted) => matchesArnPattern(wanted, seen)),
  negative('ArnNotLike', arn, (seen, wanted) => matchesArnPattern(wanted, seen)),
]

/** The operator that asks whether a key is there at all; `condition.ts` answers it. */
export const EXISTENCE = 'Null'

export const operatorNames: readonly string[] = [...rows.map(({ name }) => name), EXISTENCE]

/** The rows by name. */
export const operators: ReadonlyMap<string, Operator> = new Map(rows.map((row) => [row.name, row]))
const nameInAnyCase: ReadonlyMap<string, string> = new Map(rows.map(({ name }) => [name.toLowerCase(), name]))

/** The operator called `name`. Writing wants AWS's spelling; deciding takes any letter case (policy-semantics §5.1). */
export function findOperator(name: string): Operator | undefined {
  return operators.get(name) ?? operators.get(nameInAnyCase.get(name.toLowerCase()) ?? '')
}

export interface WrittenOperator {
  readonly set?: 'ForAllValues' | 'ForAnyValue'
  /** Without set prefix and suffix, in AWS's spelling when the operator is known. */
  readonly operator: string
  readonly ifExists: boolean
  /** Written just as AWS writes it; anything else is refused when a policy is saved. */
  readonly exact: boolean
}

const SETS = new Map([
  ['forallvalues', 'ForAllValues'],
  ['foranyvalue', 'ForAnyValue'],
] as const)
const IF_EXISTS = 'IfExists'

/** Takes `ForAllValues:StringLikeIfExists` apart. */
export function readOperator(written: string): WrittenOperator {
  const colon = written.indexOf(':')
  const prefix = colon === -1 ? undefined : written.slice(0, colon)
  const set = prefix === undefined ? undefined : SETS.get(prefix.toLowerCase() as 'forallvalues' | 'foranyvalue')
  const rest = set === undefined ? written : written.slice(colon + 1)
  const ifExists = rest.toLowerCase().endsWith(IF_EXISTS.toLowerCase())
  const bare = ifExists ? rest.slice(0, -IF_EXISTS.length) : rest
  const known = bare.toLowerCase() === EXISTENCE.toLowerCase() ? EXISTENCE : findOperator(bare)?.name
  const operator = known ?? bare
  const asAws = `${set === undefined ? '' : `${set}:`}${operator}${ifExists ? IF_EXISTS : ''}`
  return { ...(set !== undefined && { set }), operator, ifExists, exact: known !== undefined && asAws === written }
}

function positive<Seen, Wanted>(name: string, family: Family<Seen, Wanted>, matches: (seen: Seen, wanted: Wanted) => boolean): Operator {
  return {
    name,
    negated: false,
    variables: family.variables,
    prepare: (values, whenFailing) => {
      const { wanted, fails } = wantedOf(family, values)
      const isAny = anyOf(matches, wanted)
      const otherwise = fails && whenFailing
      return (seenText) => {
        const seen = family.seen(seenText)
        return seen !== undefined && (isAny(seen) || otherwise)
      }
    },
  }
}

function negative<Seen, Wanted>(name: string, family: Family<Seen, Wanted>, matches: (seen: Seen, wanted: Wanted) => boolean): Operator {
  return {
    name,
    negated: true,
    variables: family.variables,
    prepare: (values, whenFailing) => {
      const { wanted, fails } = wantedOf(family, values)
      const isAny = anyOf(matches, wanted)
      const otherwise = !fails || whenFailing
      return (seenText) => {
        const seen = family.seen(seenText)
        if (seen === undefined) return values.length === 0 || family.unreadableSeen === 'differs'
        return !isAny(seen) && otherwise
      }
    },
  }
}

/** The listed values that can be read, up to the one at which the comparison fails. */
function wantedOf<Seen, Wanted>(
  { wanted: read, unreadableWanted }: Family<Seen, Wanted>,
  values: readonly (readonly PatternPart[])[],
): { readonly wanted: readonly Wanted[]; readonly fails: boolean } {
  const wanted: Wanted[] = []
  for (const value of values) {
    const one = read(value)
    if (one !== undefined) wanted.push(one)
    else if (unreadableWanted === 'fails') return { wanted, fails: true }
  }
  return { wanted, fails: false }
}

/** Whether a value matches one of those that are wanted. */
function anyOf<Seen, Wanted>(matches: (seen: Seen, wanted: Wanted) => boolean, wanted: readonly Wanted[]): (seen: Seen) => boolean {
  const [only] = wanted
  if (only !== undefined && wanted.length === 1) return (seen) => matches(seen, only)
  // Equality of texts is what most policies ask for.
  const all: readonly unknown[] = wanted
  if (matches === (equal as unknown)) return (seen) => all.includes(seen)
  return (seen) => {
    for (const value of wanted) if (matches(seen, value)) return true
    return false
  }
}

function plain(parts: readonly PatternPart[]): string {
  return parts.length === 1 ? parts[0]!.text : parts.map((part) => part.text).join('')
}

/** Whatever is not true is false. */
export function truth(value: string): boolean {
  return value === 'true' || value.toLowerCase() === 'true'
}
