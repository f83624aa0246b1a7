/**
 * Condition keys as data: what type a key's values have, and whether it has one or several. Global keys are a table of their own; those of
 * services come from the action catalogue. Both are read from their files when they are first asked for. Node only.
 */
import { readFileSync } from 'node:fs'
import { actionCatalogue } from '../actions/index.js'

/** As the service authorization reference calls them; the operators of a family read the values of its type. */
export type ConditionKeyType = 'String' | 'ARN' | 'Bool' | 'Numeric' | 'Date' | 'IPAddress' | 'Binary'

export interface ConditionKey {
  /** As AWS writes it: `aws:PrincipalTag/${TagKey}`. */
  readonly key: string
  /** More than one for `aws:EpochTime`, which is tested as a date or as a number. */
  readonly types: readonly ConditionKeyType[]
  /** Its values are a set, which needs `ForAllValues` or `ForAnyValue`. */
  readonly multivalued: boolean
  /** The guide says not to use wildcards with it, since accounts and organizations are told apart by it. */
  readonly sensitive?: true
}

type Row = readonly [types: string, cardinality: 'single' | 'multi', sensitive?: 'sensitive']

const ARRAY = 'ArrayOf'

/** A key with a name of somebody's choice in it, such as a tag's: what stands before that and behind it. */
interface Open {
  readonly start: string
  readonly end: string
  readonly found: ConditionKey
}

/** Keys in lower case. */
interface Table {
  readonly whole: ReadonlyMap<string, ConditionKey>
  readonly open: readonly Open[]
}

let made: Table | undefined

function table(): Table {
  made ??= makeTable()
  return made
}

function makeTable(): Table {
  const whole = new Map<string, ConditionKey>()
  const open: Open[] = []
  const add = (found: ConditionKey): void => {
    const caseless = found.key.toLowerCase()
    const [start = '', end] = caseless.split(/\$\{[^}]*\}/)
    if (end === undefined) whole.set(caseless, whole.get(caseless) ?? found)
    else if (!open.some((known) => known.start === start && known.end === end)) open.push({ start, end, found })
  }
  const rows = JSON.parse(readFileSync(new URL('../../data/condition-keys.json', import.meta.url), 'utf8')) as { keys: Record<string, Row> }
  for (const [key, [types, cardinality, sensitive]] of Object.entries(rows.keys)) {
    const multivalued = cardinality === 'multi'
    add({ key, types: types.split('|') as ConditionKeyType[], multivalued, ...(sensitive !== undefined && { sensitive: true }) })
  }
  const { globalConditionKeys, services } = actionCatalogue()
  for (const keys of [globalConditionKeys, ...Object.values(services).map(({ conditionKeys }) => conditionKeys)]) {
    for (const [key, type] of Object.entries(keys)) {
      const multivalued = type.startsWith(ARRAY)
      add({ key, types: [(multivalued ? type.slice(ARRAY.length) : type) as ConditionKeyType], multivalued })
    }
  }
  return { whole, open }
}

/** What is known of a key, in any letter case; undefined for one that is in no table, which AWS takes too. */
export function conditionKey(name: string): ConditionKey | undefined {
  const { whole, open } = table()
  const caseless = name.toLowerCase()
  return (
    whole.get(caseless) ??
    open.find(({ start, end }) => caseless.length > start.length + end.length && caseless.startsWith(start) && caseless.endsWith(end))
      ?.found
  )
}

/** Every key of the tables, as AWS writes it. */
export function conditionKeys(): readonly ConditionKey[] {
  const { whole, open } = table()
  return [...whole.values(), ...open.map(({ found }) => found)]
}
