/**
 * The smallest change that would allow a denied request: the fewest edits, found by asking the engine again after each. What denies is
 * narrowed, each level that must allow gets a statement for exactly this request, and then the side that grants. A value that the request
 * could carry counts as an edit too, and comes before writing policies where it costs no more.
 */
import { type AuthorizationRequest, type Decision, decide, type PoliciesInForce, type Policy } from '../evaluate/index.js'
import type { Edit, SmallestChange } from './change.js'
import { becauseOfRule, editsFor } from './policy-edits.js'
import { isSetIn, type Supply, suppliesToTry, withSupplies } from './supplying.js'

export interface ChangeOptions {
  /** Policies whose contents are not to show in what is suggested. */
  readonly hidden?: (policy: Policy) => boolean
}

/** Undefined for a request that is allowed. */
export function smallestChange(
  request: AuthorizationRequest,
  inForce: PoliciesInForce,
  { hidden = () => false }: ChangeOptions = {},
): SmallestChange | undefined {
  const decision = decide(request, inForce)
  if (decision.verdict === 'Allowed') return undefined
  const fixed = unchangeable(request, decision)
  if (fixed !== undefined) return { kind: 'impossible', because: fixed }
  let best: readonly Edit[] | undefined
  let reason: string | undefined
  for (const supplies of suppliesToTry(request, inForce, hidden)) {
    if (best !== undefined && supplies.length > best.length) continue
    const asked = withSupplies(request, supplies, (key) => isSetIn(inForce, key))
    for (const side of ['own', 'resource'] as const) {
      const found = editsFor(asked, inForce, side)
      if (typeof found === 'string') reason ??= found
      else {
        const edits = [...supplies.map(supplyEdit), ...found]
        if (best === undefined || edits.length < best.length || (edits.length === best.length && suppliesIn(edits) > suppliesIn(best)))
          best = edits
      }
    }
  }
  if (best === undefined) return { kind: 'impossible', because: reason ?? 'no change of a policy was found that allows it' }
  return { kind: 'change', edits: best as [Edit, ...Edit[]] }
}

const suppliesIn = (edits: readonly Edit[]): number => edits.filter(({ kind }) => kind === 'supply').length

const supplyEdit = ({ key, values }: Supply): Edit => ({
  kind: 'supply',
  key,
  values,
  what: `ask again with \`${key}\` = \`${values.join('`, `')}\`${HINTS.get(key.toLowerCase()) ?? ''}`,
})

const HINTS: ReadonlyMap<string, string> = new Map([
  ['aws:multifactorauthpresent', ': with credentials of GetSessionToken or AssumeRole that were given an MFA code'],
  ['sts:externalid', ': the caller of AssumeRole passes it'],
])

/** Rules that no policy takes part in. */
function unchangeable(request: AuthorizationRequest, decision: Exclude<Decision, { verdict: 'Allowed' }>): string | undefined {
  if (decision.verdict === 'ImplicitDeny' && decision.rule !== undefined) return becauseOfRule(decision.rule)
  const { principal, resource, action } = request
  const isAcross = 'accountId' in principal && principal.accountId !== resource.accountId && resource.accountId !== 'aws'
  const isTrust = /^sts:/i.test(action) && /:role\//.test(resource.arn)
  if (isAcross && !isTrust && WITHOUT_RESOURCE_POLICIES.has(action.slice(0, action.indexOf(':')).toLowerCase()))
    return `resources of this service have no policy that could let another account in: assume a role of account ${resource.accountId}`
  return undefined
}

const WITHOUT_RESOURCE_POLICIES = new Set([
  'iam',
  'sts',
  'organizations',
  'bailiwick',
  'access-analyzer',
  'account',
  'sso',
  'identitystore',
])
