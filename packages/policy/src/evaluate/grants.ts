/** Where a permission can come from, and what limits it, as a table (policy-semantics §6.3 to §6.7). */
import type { PoliciesInForce } from './policies.js'
import { ANY_LEVEL, LEVELS } from './principals.js'
import { accountIdOf } from './request.js'
import type { RequestView } from './request-view.js'

/** Levels of the resource's policy (bits of `LEVELS`), by what else must allow. */
export interface GrantRule {
  /** Enough on their own, past boundary and session policy. */
  readonly alone: number
  /** Enough when boundary and session policy allow too. */
  readonly withLimits: number
  /** Enough when identity policies, boundary and session policy allow too. */
  readonly withIdentity: number
  /** Identity policies need nothing from the resource's side. */
  readonly identityAlone: boolean
}

export type ResourceKind = NonNullable<PoliciesInForce['resource']>['kind']

const { direct, role, federatedBase, account } = LEVELS

/** By the resource's policy in the own account, and for the other two situations. */
export const grantRules: Readonly<Record<ResourceKind | 'crossAccount' | 'withoutAccount', GrantRule>> = {
  // §6.3. A silent session policy does not limit what names the session or everyone (§16, question 12: medium).
  resource: { alone: direct, withLimits: role | federatedBase, withIdentity: 0, identityAlone: true },
  // §6.5. A boundary limits a user even when the trust policy names it (§16, question 20: medium).
  trust: { alone: 0, withLimits: direct | role | federatedBase, withIdentity: account, identityAlone: false },
  // §6.6
  key: { alone: direct, withLimits: role | federatedBase, withIdentity: account, identityAlone: false },
  // §6.4: both accounts must allow.
  crossAccount: { alone: 0, withLimits: 0, withIdentity: ANY_LEVEL, identityAlone: false },
  // §6.7: services, identity providers and the anonymous have no policies of their own.
  withoutAccount: { alone: direct, withLimits: 0, withIdentity: 0, identityAlone: false },
}

export function grantRule({ request: { principal, resource } }: RequestView, kind: ResourceKind): GrantRule {
  const accountId = accountIdOf(principal)
  if (accountId === undefined) return grantRules.withoutAccount
  // What AWS owns, such as its managed policies, counts as the caller's own (§6.4).
  return accountId === resource.accountId || resource.accountId === 'aws' ? grantRules[kind] : grantRules.crossAccount
}

/** Roles and keys must be opened by their own policy, also when the request came without one. */
export function resourceKind({ asked, service, resource }: RequestView, inForce: PoliciesInForce): ResourceKind {
  if (inForce.resource !== undefined) return inForce.resource.kind
  if (asked.assumes && /^arn:[^:]+:iam::[^:]*:role\//.test(resource)) return 'trust'
  return service === 'kms' && isKey(resource) ? 'key' : 'resource'
}

/** Whether `arn` is a KMS key, whose own policy must open it. */
export function isKey(arn: string): boolean {
  return /^arn:[^:]+:kms:[^:]*:[^:]*:key\//.test(arn)
}
