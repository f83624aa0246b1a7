/** Condition keys that whoever asks can have otherwise the next time, such as MFA, and values for which a statement turns. */
import {
  APPLIES,
  type AuthorizationRequest,
  askedSets,
  CONDITIONS,
  type Context,
  type ContextValue,
  mismatch,
  type PoliciesInForce,
  type Policy,
  RequestView,
} from '../evaluate/index.js'
import type { Condition } from '../language/index.js'

export interface Supply {
  readonly key: string
  readonly values: readonly string[]
}

/** Of the global keys these; the others follow from who asks, from the resource, or from the clock. In lower case. */
const SUPPLIED = new Set([
  'aws:multifactorauthpresent',
  'aws:multifactorauthage',
  'aws:sourceip',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:vpcsourceip',
  'aws:securetransport',
  'aws:requestedregion',
  'aws:tagkeys',
  'aws:sourceidentity',
  'aws:useragent',
  'aws:referer',
])
/** Keys of services that tell of a resource as it is, or of what an identity provider says. */
const GIVEN = /^(?:saml:|iam:resourcetag\/|[a-z0-9-]+:(?:existingobjecttag|resourcetag|resourceaccount)\b)|\./

function canSupply(key: string): boolean {
  const caseless = key.toLowerCase()
  if (caseless.startsWith('aws:')) return SUPPLIED.has(caseless) || caseless.startsWith('aws:requesttag/')
  return !GIVEN.test(caseless)
}

/** A value with which the condition holds. */
function supplyFor(condition: Condition): Supply | undefined {
  const { key, operator, values } = condition
  const [first] = values
  if (!canSupply(key) || first === undefined || first.includes('${')) return undefined
  const value = VALUES.find(([operators]) => operators.test(operator))?.[1](first)
  return value === undefined ? undefined : { key, values: [value] }
}

/** A value with which the condition does not hold, where one follows from what it says. */
function supplyAgainst(condition: Condition): Supply | undefined {
  const { key, operator, values } = condition
  const [first] = values
  if (!canSupply(key) || first === undefined || first.includes('${')) return undefined
  if (operator === 'Bool') return { key, values: [first.toLowerCase() === 'true' ? 'false' : 'true'] }
  const negated = /^(?:String|Arn|Numeric|Date)Not(.*)$|^NotIpAddress$/.exec(operator)
  if (negated === null) return undefined
  return supplyFor({ ...condition, operator: operator.replace('Not', '') })
}

/** Of each family of operators, a value that satisfies it; wildcards stand for nothing. */
const VALUES: readonly (readonly [operators: RegExp, value: (wanted: string) => string | undefined])[] = [
  [/^String(?:Like|Equals|EqualsIgnoreCase)$/, (wanted) => wanted.replaceAll('*', '').replaceAll('?', 'x') || undefined],
  [/^Arn(?:Like|Equals)$/, (wanted) => (/[*?]/.test(wanted) ? undefined : wanted)],
  [/^Bool$/, (wanted) => wanted],
  [/^NumericLessThan$/, (wanted) => String(Number(wanted) - 1)],
  [/^NumericGreaterThan$/, (wanted) => String(Number(wanted) + 1)],
  [/^Numeric(?:Equals|LessThanEquals|GreaterThanEquals)$/, (wanted) => wanted],
  [/^IpAddress$/, (wanted) => wanted.split('/')[0]],
]

/** The request as it would be with these. */
export function withSupplies(
  request: AuthorizationRequest,
  supplies: readonly Supply[],
  isSet: (key: string) => boolean,
): AuthorizationRequest {
  const replaced = new Set(supplies.map(({ key }) => key.toLowerCase()))
  const kept = Object.entries(request.context).filter(([key]) => !replaced.has(key.toLowerCase()))
  const added = supplies.map(({ key, values }): [string, ContextValue] => [key, isSet(key) ? values : values[0]!])
  return { ...request, context: Object.fromEntries([...kept, ...added]) as Context }
}

/** Sets of values worth trying, the empty one first: those that turn one statement, alone and two together. */
export function suppliesToTry(
  request: AuthorizationRequest,
  inForce: PoliciesInForce,
  hidden: (policy: Policy) => boolean,
): readonly (readonly Supply[])[] {
  const view = new RequestView(request, inForce.boundary !== undefined)
  const found = new Map<string, readonly Supply[]>()
  const note = (supplies: readonly Supply[]): void => {
    if (found.size < MOST_SUPPLIES) found.set(JSON.stringify(supplies), supplies)
  }
  for (const { set } of askedSets(view, inForce)) {
    for (const { policy, document } of set.policies) {
      if (hidden(policy)) continue
      for (const compiled of document.statements) {
        const at = mismatch(compiled, view)
        const { effect, conditions } = compiled
        if (effect === 'Deny' && at === APPLIES) {
          for (const { source } of conditions) {
            const supply = supplyAgainst(source)
            if (supply !== undefined) note([supply])
          }
        } else if (effect === 'Allow' && at >= CONDITIONS) {
          const failing = conditions.filter((condition) => !condition.holds(view))
          const supplies = failing.map(({ source }) => supplyFor(source))
          if (supplies.every((supply) => supply !== undefined)) note(supplies)
        }
      }
    }
  }
  const single = [...found.values()]
  const pairs = single.flatMap((one, index) => single.slice(index + 1).map((other) => [...one, ...other]))
  return [[], ...single, ...pairs.filter((pair) => new Set(pair.map(({ key }) => key.toLowerCase())).size === pair.length)]
}

const MOST_SUPPLIES = 8

/** Whether conditions ask for the key as a set, so that what is supplied must be one. */
export function isSetIn(inForce: PoliciesInForce, key: string): boolean {
  const sets = [
    inForce.identity,
    inForce.boundary,
    inForce.session,
    inForce.resource?.policies,
    inForce.endpoint,
    ...(inForce.scp ?? []),
    ...(inForce.rcp ?? []),
  ]
  const caseless = key.toLowerCase()
  return sets.some((set) =>
    set?.policies.some(({ document }) =>
      document.statements.some(({ conditions }) => conditions.some((one) => one.set !== undefined && one.key.toLowerCase() === caseless)),
    ),
  )
}
