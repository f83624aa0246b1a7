/** The kinds of policy as rows: where they are found, how their statements are read, what part they play (policy-semantics §1.7, §6.2). */
import { type Exception, exceptionsFrom } from './exceptions.js'
import type { PoliciesInForce, PolicySet, PolicyType } from './policies.js'
import type { RequestView } from './request-view.js'

export interface PolicyTypeRow {
  readonly type: PolicyType
  /** As AWS's denials write it. */
  readonly phrase: string
  readonly article: 'a' | 'an' | 'the'
  /** Whose account it hangs in. */
  readonly account: 'principal' | 'resource' | 'network'
  /**
   * `filter`: each of its sets must allow. `limit`: must allow, except for the grants that go past it. `grant`: what permissions come
   * from. A Deny counts in all of them.
   */
  readonly part: 'filter' | 'limit' | 'grant'
  /** One set, or one for each level. */
  readonly sets: (inForce: PoliciesInForce) => PolicySet | readonly PolicySet[] | undefined
  /** Its sets are levels of a hierarchy. */
  readonly levels: boolean
  /** What a statement without `Principal` does: apply to everyone, or to nobody (§2.6). With `none` it may not have one. */
  readonly principal: 'none' | 'nobody' | 'everyone'
  /** What a statement without `Resource` does: `ignored` does not look at resources at all. */
  readonly resource: 'required' | 'optional' | 'ignored'
  /** What an ARN of fewer than six components means; the missing ones are padded with `*` (§4.3, medium). */
  readonly shortArns: 'padded' | 'paddedWithWildcard' | 'paddedAtWildcard' | 'notUnderstood'
  /** Denials print the ARN of the managed policy (§9.4). */
  readonly printsArn: boolean
  /** Who is spared it. */
  readonly exceptions: readonly Exception[]
}

const ofPrincipal = {
  account: 'principal',
  levels: false,
  principal: 'none',
  resource: 'required',
  shortArns: 'padded',
  printsArn: true,
} as const
const ofResource = {
  account: 'resource',
  part: 'grant',
  levels: false,
  principal: 'nobody',
  resource: 'optional',
  shortArns: 'paddedWithWildcard',
  printsArn: false,
  article: 'a',
} as const

function resourceOf(kind: 'resource' | 'trust' | 'key'): PolicyTypeRow['sets'] {
  return ({ resource }) => (resource?.kind === kind ? resource.policies : undefined)
}

const table: readonly Omit<PolicyTypeRow, 'exceptions'>[] = [
  {
    ...ofPrincipal,
    type: 'scp',
    phrase: 'service control policy',
    article: 'a',
    part: 'filter',
    sets: ({ scp }) => scp,
    levels: true,
    shortArns: 'paddedAtWildcard',
  },
  {
    type: 'rcp',
    phrase: 'resource control policy',
    article: 'a',
    account: 'resource',
    part: 'filter',
    sets: ({ rcp }) => rcp,
    levels: true,
    principal: 'everyone',
    resource: 'required',
    shortArns: 'notUnderstood',
    printsArn: true,
  },
  {
    ...ofResource,
    type: 'endpoint',
    phrase: 'VPC endpoint policy',
    account: 'network',
    part: 'filter',
    sets: ({ endpoint }) => endpoint,
    resource: 'required',
  },
  { ...ofResource, type: 'resource', phrase: 'resource-based policy', sets: resourceOf('resource') },
  { ...ofResource, type: 'trust', phrase: 'role trust policy', article: 'the', sets: resourceOf('trust'), resource: 'ignored' },
  { ...ofResource, type: 'key', phrase: 'resource-based policy', sets: resourceOf('key') },
  {
    ...ofPrincipal,
    type: 'identity',
    phrase: 'identity-based policy',
    article: 'an',
    part: 'grant',
    sets: ({ identity }) => identity,
  },
  { ...ofPrincipal, type: 'boundary', phrase: 'permissions boundary', article: 'a', part: 'limit', sets: ({ boundary }) => boundary },
  { ...ofPrincipal, type: 'session', phrase: 'session policy', article: 'a', part: 'limit', sets: ({ session }) => session },
]

/** Members in one order: every decision reads several rows, and objects that are made alike are read faster. */
const rows = table.map(
  (row): PolicyTypeRow => ({
    type: row.type,
    phrase: row.phrase,
    article: row.article,
    account: row.account,
    part: row.part,
    sets: row.sets,
    levels: row.levels,
    principal: row.principal,
    resource: row.resource,
    shortArns: row.shortArns,
    printsArn: row.printsArn,
    exceptions: exceptionsFrom(row.type),
  }),
)

/** The name of the exception that spares this request this kind of policy. */
export function exceptionFor({ exceptions }: PolicyTypeRow, view: RequestView): string | undefined {
  for (const { kinds, holds, name } of exceptions) if ((kinds === undefined || (kinds & view.kind) !== 0) && holds(view)) return name
  return undefined
}

/** The sets of one kind that are in force, one a level. */
export function setsOf(row: PolicyTypeRow, inForce: PoliciesInForce): readonly PolicySet[] {
  const sets = row.sets(inForce)
  return sets === undefined ? NO_SETS : 'policies' in sets ? [sets] : sets
}

const NO_SETS: readonly PolicySet[] = []

const byType = new Map(rows.map((row) => [row.type, row]))

export function policyType(type: PolicyType): PolicyTypeRow {
  return byType.get(type)!
}

/**
 * Of several kinds that deny, AWS names one; which is not documented, so this is our choice (policy-semantics §9.3, low). The engine
 * goes through the kinds in this order and stops at the first that denies.
 */
export const namingOrder: { readonly explicit: readonly PolicyTypeRow[]; readonly implicitFilters: readonly PolicyTypeRow[] } = {
  explicit: (['scp', 'rcp', 'endpoint', 'resource', 'trust', 'key', 'identity', 'boundary', 'session'] as const).map(policyType),
  // Behind these come the resource's side, identity, boundary and session: the grant rule of `grants.ts` goes in that order.
  implicitFilters: (['rcp', 'scp', 'endpoint'] as const).map(policyType),
}

/** The kinds that are in force, in the order in which explicit denials are named. Requests come with few combinations; each is found once. */
export function rowsInForce(inForce: PoliciesInForce): readonly PolicyTypeRow[] {
  const { scp, rcp, endpoint, resource, identity, boundary, session } = inForce
  const combination =
    (scp === undefined ? 0 : 1) |
    (rcp === undefined ? 0 : 2) |
    (endpoint === undefined ? 0 : 4) |
    (identity === undefined ? 0 : 8) |
    (boundary === undefined ? 0 : 16) |
    (session === undefined ? 0 : 32) |
    (resource === undefined ? 0 : RESOURCE_KINDS[resource.kind])
  let rows = combinations[combination]
  if (rows === undefined) {
    rows = namingOrder.explicit.filter((row) => row.sets(inForce) !== undefined)
    combinations[combination] = rows
  }
  return rows
}

const RESOURCE_KINDS = { resource: 64, trust: 128, key: 192 } as const
const combinations: (readonly PolicyTypeRow[] | undefined)[] = new Array(256).fill(undefined)
