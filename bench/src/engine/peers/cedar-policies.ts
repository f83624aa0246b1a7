/**
 * The policies of a world with one user in Cedar's language. Cedar has no patterns of actions and no variables in patterns, so actions
 * with a star are compared as text, and variables are filled in here. What must allow beside others becomes `forbid … unless`.
 */
import type { Statement, User, World } from '../world.js'

/** By policy id. */
export function cedarPolicies(world: World): Record<string, string> {
  const user = world.users[0]!
  const statements = (text: string): readonly Statement[] => (JSON.parse(text) as { Statement: readonly Statement[] }).Statement
  const granting = [
    ...user.attached.flatMap((at) => statements(world.managed[at]!.text)),
    ...user.inline.flatMap(statements),
    ...[...world.buckets.values()].flatMap(statements),
  ].map((statement) => policyOf(statement, user))
  const filters = [
    ...world.scps.map((level) => level.flatMap(statements)),
    ...(user.boundary === undefined ? [] : [statements(world.managed[user.boundary]!.text)]),
  ].flatMap((filter) => {
    const allows = filter
      .filter(({ Effect }) => Effect === 'Allow')
      .map((statement) => `(${allOf([actions(statement), ...rest(statement, user)])})`)
    const denies = filter.filter(({ Effect }) => Effect === 'Deny').map((statement) => policyOf(statement, user))
    return [`forbid(principal, action, resource) unless { ${allows.join(' || ')} };`, ...denies]
  })
  return Object.fromEntries([...granting, ...filters].map((policy, at) => [`p${at}`, policy]))
}

function policyOf(statement: Statement, user: User): string {
  const effect = statement.Effect === 'Allow' ? 'permit' : 'forbid'
  const inScope = exactActions(statement)
  const scope = inScope === undefined ? 'action' : `action in [${inScope.map((action) => `Action::${quoted(action)}`).join(', ')}]`
  const conditions = [...(inScope === undefined ? [actions(statement)] : []), ...rest(statement, user)]
  return `${effect}(principal, ${scope}, resource) when { ${allOf(conditions)} };`
}

const listed = (value: unknown): readonly string[] => (Array.isArray(value) ? (value as string[]) : [String(value)])
const quoted = (text: string): string => JSON.stringify(text)
const allOf = (parts: readonly string[]): string => parts.filter((part) => part !== 'true').join(' && ') || 'true'
const anyOf = (parts: readonly string[]): string => (parts.includes('true') ? 'true' : either(parts))

/** Halved again and again, since Cedar's parser does not bear a thousand alternatives in a row. */
function either(parts: readonly string[]): string {
  if (parts.length === 1) return `(${parts[0]!})`
  const middle = parts.length >> 1
  return `(${either(parts.slice(0, middle))} || ${either(parts.slice(middle))})`
}

/** Actions that the scope of a policy can name. */
function exactActions({ Action }: Statement): readonly string[] | undefined {
  const named = Action === undefined ? [] : listed(Action)
  return named.length > 0 && named.every((action) => !action.includes('*')) ? named : undefined
}

const matches = (what: string, pattern: string): string =>
  pattern === '*' ? 'true' : pattern.includes('*') ? `${what} like ${quoted(pattern)}` : `${what} == ${quoted(pattern)}`

function actions({ Action, NotAction }: Statement): string {
  return NotAction === undefined ? isAmong(listed(Action)) : `!${isAmong(listed(NotAction))}`
}

function isAmong(named: readonly string[]): string {
  const exact = named.filter((action) => !action.includes('*'))
  const patterns = named.filter((action) => action.includes('*')).map((action) => matches('context.action', action))
  return anyOf([...(exact.length > 0 ? [`${set(exact)}.contains(context.action)`] : []), ...patterns])
}

/** Resource, principal and conditions. */
function rest({ Resource, Principal, Condition }: Statement, user: User): string[] {
  const filled = (text: string): string =>
    text.replace(/\$\{([^}]+)\}/g, (_, key: string) => (key === 'aws:username' ? user.name : String(user.tags[key])))
  return [
    anyOf(listed(Resource).map((pattern) => matches('context.arn', filled(pattern)))),
    principal(Principal),
    ...Object.entries((Condition ?? {}) as Record<string, Record<string, unknown>>).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => OPERATORS[operator]!(key, listed(values).map(filled))),
    ),
  ]
}

function principal(element: unknown): string {
  if (element === undefined || element === '*') return 'true'
  const named = listed(Object.values(element as Record<string, unknown>)[0])
  return anyOf(named.map((id) => `principal == User::${quoted(id)}`))
}

const has = (key: string): string => `context has ${quoted(key)}`
const at = (key: string): string => `context[${quoted(key)}]`
const set = (values: readonly string[]): string => `[${values.map(quoted).join(', ')}]`
const like = (key: string, values: readonly string[]): string => anyOf(values.map((value) => `${at(key)} like ${quoted(value)}`))
const inRange = (key: string, values: readonly string[]): string =>
  anyOf(values.map((value) => `${at(key)}.isInRange(ip(${quoted(value)}))`))

/** Those that the worlds use. */
const OPERATORS: Readonly<Record<string, (key: string, values: readonly string[]) => string>> = {
  StringEquals: (key, values) => `(${has(key)} && ${set(values)}.contains(${at(key)}))`,
  StringNotEquals: (key, values) => `!(${has(key)} && ${set(values)}.contains(${at(key)}))`,
  StringLike: (key, values) => `(${has(key)} && ${like(key, values)})`,
  StringNotLike: (key, values) => `!(${has(key)} && ${like(key, values)})`,
  Bool: (key, values) => `(${has(key)} && ${at(key)} == ${quoted(values[0]!)})`,
  BoolIfExists: (key, values) => `(!(${has(key)}) || ${at(key)} == ${quoted(values[0]!)})`,
  Null: (key, values) => (values[0] === 'true' ? `!(${has(key)})` : `(${has(key)})`),
  IpAddress: (key, values) => `(${has(key)} && ${inRange(key, values)})`,
  NotIpAddress: (key, values) => `!(${has(key)} && ${inRange(key, values)})`,
  DateLessThan: (key, values) => `(${has(key)} && ${at(key)} < datetime(${quoted(values[0]!)}))`,
  'ForAllValues:StringEquals': (key, values) => `(!(${has(key)}) || ${set(values)}.containsAll(${at(key)}))`,
  // The worlds have one value at most.
  'ForAnyValue:StringLike': (key, values) => `(${has(key)} && ${like(key, values)})`,
}
