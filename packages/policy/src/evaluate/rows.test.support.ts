/** Every row of the tables that decide, and how to decide without it, so that tests can show that it is needed. */
import { type Operator, operators } from '../conditions/operators.js'
import { type Exception, exceptions } from './exceptions.js'
import { type GrantRule, grantRules } from './grants.js'
import type { PolicyType } from './policies.js'
import { namingOrder, policyType } from './policy-types.js'
import { LEVELS } from './principals.js'
import { type ServiceRule, serviceRules } from './service-rules.js'

export interface Row {
  readonly table: string
  readonly name: string
  /** Runs with the row left out. Documents that were compiled before keep it: run with texts that are new. */
  readonly without: <T>(run: () => T) => T
}

// The tables are only readable to everybody else.
const sparing = (type: PolicyType) => policyType(type) as { exceptions: readonly Exception[] }
const rules = serviceRules as ServiceRule[]
const known = operators as Map<string, Operator>

export const rows: readonly Row[] = [
  // A kind of policy that nobody looks at is one that everybody is spared.
  ...namingOrder.explicit.map(({ type }) => ({
    table: 'policyTypes',
    name: type,
    without: changed(
      () => sparing(type).exceptions,
      (before) => (sparing(type).exceptions = before),
      () => [{ name: 'left out', spares: [type], holds: () => true }],
    ),
  })),
  ...exceptions.flatMap((exception) =>
    exception.spares.map((type) => ({
      table: 'exceptions',
      name: `${exception.name} from ${type}`,
      without: changed(
        () => sparing(type).exceptions,
        (list) => (sparing(type).exceptions = list),
        (list) => list.filter((each) => each !== exception),
      ),
    })),
  ),
  ...[...serviceRules].map((rule, index) => ({
    table: 'serviceRules',
    name: rule.name,
    without: changed(
      () => rules.slice(),
      (list) => rules.splice(0, rules.length, ...list),
      (list) => list.toSpliced(index, 1),
    ),
  })),
  ...Object.entries(grantRules).flatMap(([situation, rule]) => grantCells(situation, rule)),
  ...[...operators].map(([name, operator]) => ({
    table: 'operators',
    name,
    without: <T>(run: () => T): T => {
      known.delete(name)
      try {
        return run()
      } finally {
        known.set(name, operator)
      }
    },
  })),
]

/** Of a grant rule, each level in each column, and that identity policies need nothing else. */
function grantCells(situation: string, rule: GrantRule): Row[] {
  const own = rule as { -readonly [Column in keyof GrantRule]: GrantRule[Column] }
  const levels = Object.entries(LEVELS).flatMap(([level, bit]) =>
    (['alone', 'withLimits', 'withIdentity'] as const)
      .filter((column) => (rule[column] & bit) !== 0)
      .map((column) => ({
        table: 'grants',
        name: `${situation} ${column} ${level}`,
        without: changed(
          () => own[column],
          (bits) => (own[column] = bits),
          (bits) => bits & ~bit,
        ),
      })),
  )
  if (!rule.identityAlone) return levels
  const identity = changed(
    () => own.identityAlone,
    (value) => (own.identityAlone = value),
    () => false,
  )
  return [...levels, { table: 'grants', name: `${situation} identityAlone`, without: identity }]
}

function changed<Value>(get: () => Value, set: (value: Value) => unknown, change: (before: Value) => Value): Row['without'] {
  return (run) => {
    const before = get()
    set(change(before))
    try {
      return run()
    } finally {
      set(before)
    }
  }
}

/** The same policies as texts that nobody has compiled: every statement gets the id. */
export function relabelled(value: unknown, sid: string): unknown {
  if (Array.isArray(value)) return value.map((item) => relabelled(item, sid))
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).map(([name, member]) => [name, relabelled(member, sid)])
  return 'Effect' in value ? { ...Object.fromEntries(members), Sid: sid } : Object.fromEntries(members)
}
