/** The typed condition keys of a simulation. Texts are those that users of AWS's simulator were answered with. */
import type { iam } from '@bailiwick/model'
import { type Context, type ContextValue, parseDate, plainNumber, readsAs } from '@bailiwick/policy'

type Fail = (code: 'InvalidInput', message: string) => never

interface EntryType {
  /** What a value is read as; text of any kind passes when there is none. */
  readonly reads?: 'Numeric' | 'Date' | 'IPAddress' | 'Binary'
  /** As the refusal calls it. */
  readonly called?: string
  /** What operators on text then see (as recorded in 2026); the text itself when there is none. */
  readonly becomes?: (text: string) => string
  readonly refuses?: (text: string) => boolean
}

/** A boolean may be any text. */
const types: ReadonlyMap<string, EntryType> = new Map<string, EntryType>([
  ['string', {}],
  ['boolean', {}],
  ['numeric', { reads: 'Numeric', called: 'numeric format', becomes: plainNumber }],
  ['date', { reads: 'Date', called: 'DateTime format', becomes: plainDate }],
  ['ip', { reads: 'IPAddress', called: 'IP address' }],
  ['binary', { reads: 'Binary', called: 'base-64 encoded binary format', refuses: (text) => btoa(atob(text)) !== text }],
])

const LIST = 'List'

/** A list stays a set, also with one value in it, so that operators without a set prefix never hold for it. */
export function contextOf(entries: readonly iam.ContextEntry[], fail: Fail): Context {
  const context = new Map<string, ContextValue>()
  const names = new Set<string>()
  for (const { ContextKeyName: name, ContextKeyType: type, ContextKeyValues: values = [] } of entries) {
    if (name === undefined) return fail('InvalidInput', 'ContextKeyName cannot be null or empty.')
    if (names.has(name.toLowerCase())) return fail('InvalidInput', `Duplicate context key: ${name}.`)
    names.add(name.toLowerCase())
    context.set(name, readValue(name, type, values, fail))
  }
  return Object.fromEntries(context)
}

function readValue(name: string, type: string | undefined, values: readonly string[], fail: Fail): ContextValue {
  const isList = type?.endsWith(LIST) ?? false
  const row = types.get(isList ? type!.slice(0, -LIST.length) : (type ?? ''))
  if (row === undefined) return fail('InvalidInput', `Context key ${name} has invalid type ${type ?? 'null'}.`)
  const [first] = values
  if (first === undefined) return fail('InvalidInput', `Context values for context key ${name} cannot be null or empty.`)
  if (!isList && values.length > 1)
    return fail('InvalidInput', `Context key ${type} expected a single value, but received ${values.length}.`)
  const { reads, called, becomes = (text) => text, refuses } = row
  if (reads !== undefined && values.some((value) => !readsAs(reads, value) || refuses?.(value))) {
    fail('InvalidInput', `Invalid context value for key ${name}: expected ${called}.`)
  }
  return isList ? values.map(becomes) : becomes(first)
}

/** The date as AWS writes one that it has read: to the millisecond, in UTC. Years that few clocks know stay as they are. */
function plainDate(text: string): string {
  const date = new Date(Math.round((parseDate(text) ?? Number.NaN) * 1000))
  return Number.isNaN(date.getTime()) ? text : date.toISOString()
}
