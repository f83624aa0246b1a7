/** One condition made ready: set operators, `IfExists`, missing keys and variables around an operator of the table. */
import type { Condition, Effect, Version } from '../language/document.js'
import { interned, type PatternPart, parseTemplate, resolveTemplate, type Template, type Variable } from '../patterns/index.js'
import { EXISTENCE, findOperator, type Operator, truth } from './operators.js'

/** The context of a request. `key` is spelled as in the policy, `caseless` is the same in lower case. */
export interface ContextKeys {
  value(key: string, caseless: string): string | readonly string[] | undefined
}

export interface CompiledCondition {
  readonly source: Condition
  holds(context: ContextKeys): boolean
}

/**
 * Makes `condition` ready; `undefined` when its operator is unknown. Variables count in documents of Version 2012-10-17 only. A comparison
 * that fails grants nothing and spares nothing: it does not hold in an Allow, and holds in a Deny.
 */
export function compileCondition(condition: Condition, version: Version, effect: Effect): CompiledCondition | undefined {
  const test = condition.operator === EXISTENCE ? existenceTest(condition) : operatorTest(condition, version, effect === 'Deny')
  if (test === undefined) return undefined
  const key = interned(condition.key)
  const caseless = interned(key.toLowerCase())
  return new Compiled(condition, key, caseless, test)
}

/** A class, so that conditions of all kinds are called alike. */
class Compiled implements CompiledCondition {
  constructor(
    readonly source: Condition,
    private readonly key: string,
    private readonly caseless: string,
    private readonly test: Test,
  ) {}

  holds(context: ContextKeys): boolean {
    return this.test(context.value(this.key, this.caseless), context)
  }
}

type Test = (value: string | readonly string[] | undefined, context: ContextKeys) => boolean

/** `Null` with a set operator is decided by the set operator alone: for all of nothing, for any of nothing (policy-semantics §5.6). */
function existenceTest({ set, ifExists, values }: Condition): Test {
  if (set !== undefined) return () => set === 'ForAllValues'
  const wanted = values.map(truth)
  return (value) => {
    const absent = isAbsent(value)
    return (absent && ifExists) || wanted.includes(absent)
  }
}

function operatorTest(condition: Condition, version: Version, whenFailing: boolean): Test | undefined {
  const operator = findOperator(condition.operator)
  if (operator === undefined) return undefined
  const { set, ifExists, values } = condition
  const satisfies = valueTest(operator, values, version, whenFailing)
  if (set === undefined) {
    const whenMissing = ifExists || operator.negated
    // With IfExists and no values, the key must be missing (policy-semantics §5.4).
    if (ifExists && values.length === 0) return (value) => value === undefined
    if (SINGLE_LISTS.has(condition.key.toLowerCase())) {
      return (value, context) => {
        const single = typeof value === 'object' && value.length === 1 ? value[0]! : value
        return single === undefined ? whenMissing : typeof single === 'string' ? satisfies(single, context) : plainOperatorOnList()
      }
    }
    return (value, context) =>
      value === undefined ? whenMissing : typeof value === 'string' ? satisfies(value, context) : plainOperatorOnList()
  }
  return (value, context) => {
    const listed = typeof value === 'string' ? [value] : (value ?? [])
    const seen = set === 'ForAllValues' && typeof value !== 'string' ? present(listed) : listed
    if (seen.length === 0) return ifExists || set === 'ForAllValues'
    // A set operator without values holds for a missing key at most (policy-semantics §5.4).
    if (values.length === 0) return false
    const holds = (each: string) => satisfies(each, context)
    return set === 'ForAllValues' ? seen.every(holds) : seen.some(holds)
  }
}

/** SAML keys that AWS's own pages call lists and single values: one value may be compared either way (policy-semantics §8.5). */
const SINGLE_LISTS = new Set([
  'saml:givenname',
  'saml:mail',
  'saml:name',
  'saml:organizationstatus',
  'saml:primarygroupsid',
  'saml:surname',
  'saml:uid',
  'saml:x500uniqueidentifier',
])

/** Values without variables are prepared once, others when the variables stand for something else than in the request before. */
function valueTest(
  operator: Operator,
  values: readonly string[],
  version: Version,
  whenFailing: boolean,
): (seen: string, context: ContextKeys) => boolean {
  const templates = values.map((value) => parseTemplate(value, operator.variables && version === '2012-10-17'))
  const constants = templates.map(({ constant }) => constant)
  if (constants.every((parts) => parts !== undefined)) return operator.prepare(constants, whenFailing)
  const variables = templates.flatMap(({ parts }) => parts.filter((part) => 'key' in part))
  let before: readonly (string | null | undefined)[] | undefined
  let test: (seen: string) => boolean
  return (seen, context) => {
    if (before === undefined || !standFor(variables, before, context)) {
      before = variables.map(({ key, caseless }) => singleValue(context, key, caseless))
      test = operator.prepare(resolved(templates, context), whenFailing)
    }
    return test(seen)
  }
}

function standFor(variables: readonly Variable[], values: readonly (string | null | undefined)[], context: ContextKeys): boolean {
  for (let index = 0; index < variables.length; index++) {
    const { key, caseless } = variables[index]!
    if (singleValue(context, key, caseless) !== values[index]) return false
  }
  return true
}

/** A value with a variable that has nothing to stand for equals nothing, so it drops out: also of a negated list (§5.8). */
function resolved(templates: readonly Template[], context: ContextKeys): (readonly PatternPart[])[] {
  return templates
    .map((template) => resolveTemplate(template, (key, caseless) => singleValue(context, key, caseless)))
    .filter((parts) => parts !== undefined)
}

/** What a variable stands for; `null` for keys with lists, which never resolve, whatever the default (policy-semantics §5.8). */
export function singleValue(context: ContextKeys, key: string, caseless: string): string | null | undefined {
  const value = context.value(key, caseless)
  return typeof value === 'object' ? null : value
}

/** An operator without a set prefix never holds for a key with a list, also when it is negated (policy-semantics §5.5, medium). */
function plainOperatorOnList(): boolean {
  return false
}

function isAbsent(value: string | readonly string[] | undefined): boolean {
  return value === undefined || (typeof value !== 'string' && present(value).length === 0)
}

/** AWS calls an empty text in a list *null*; for `Null` and `ForAllValues` it counts as not there (policy-semantics §5.3, low). */
function present(values: readonly string[]): readonly string[] {
  return values.includes('') ? values.filter((value) => value !== '') : values
}
