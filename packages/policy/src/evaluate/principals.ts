/** Who a `Principal` element means, and at which level it means the caller (policy-semantics §2). */

import type { PrincipalMatch } from '../language/document.js'
import { hasWildcard } from '../patterns/index.js'
import type { Principal } from './request.js'

/** How closely a statement named the caller, as bits: an Allow counts for more the closer it is (policy-semantics §2.4). */
export const LEVELS = { direct: 1, role: 2, federatedBase: 4, account: 8 } as const
export const ANY_LEVEL = 15

/** One way in which the caller can be named. */
interface Rung {
  readonly level: number
  /** Names of this rung; any of them will do. */
  readonly names: readonly string[]
  /** `NotPrincipal` must list it, or the caller is not spared (§2.5, low). */
  readonly spared: boolean
}

export type IdentityChain = readonly Rung[]

/** Everything that a caller can be named by. Names carry a prefix, so that an account never equals a service. */
export function identityChain(principal: Principal): IdentityChain {
  switch (principal.kind) {
    case 'root':
      // The root user *is* the account's principal.
      return [rung(LEVELS.direct, [account(principal.accountId)])]
    case 'user':
      return [rung(LEVELS.direct, entity(principal.arn, principal.id)), rung(LEVELS.account, [account(principal.accountId)])]
    case 'role':
      return [
        rung(LEVELS.direct, entity(principal.arn)),
        rung(LEVELS.role, entity(principal.roleArn, principal.id)),
        rung(LEVELS.account, [account(principal.accountId)]),
      ]
    case 'federatedUser':
      return [
        rung(LEVELS.direct, entity(principal.arn)),
        rung(LEVELS.federatedBase, entity(principal.federatedBy, principal.federatedById), false),
        rung(LEVELS.account, [account(principal.accountId)]),
      ]
    case 'service':
      return [rung(LEVELS.direct, principal.names.map(service))]
    case 'saml':
    case 'oidc':
      return [rung(LEVELS.direct, [federated(principal.providerArn)])]
    case 'anonymous':
      return []
  }
}

export interface CompiledPrincipal {
  readonly inverted: boolean
  readonly everyone: boolean
  readonly names: ReadonlySet<string>
}

/** A statement without `Principal` in a policy that needs one. */
export const NOBODY: CompiledPrincipal = { inverted: false, everyone: false, names: new Set() }

export function compilePrincipal(principal: PrincipalMatch, ids: ReadonlyMap<string, string> | undefined): CompiledPrincipal {
  return {
    inverted: principal.inverted,
    everyone: principal.entries.some(({ type, id }) => type === 'AWS' && id === '*'),
    names: new Set(principal.entries.map(({ type, id }) => NAMES[type](id, ids))),
  }
}

/** Entries that could mean somebody but that the engine cannot tell whom: a Deny must not pass over them. */
export function isUnclear({ entries }: PrincipalMatch): boolean {
  return entries.some(({ type, id }) => type === 'CanonicalUser' || (hasWildcard(id) && !(type === 'AWS' && id === '*')))
}

/** The levels at which a statement means the caller; 0 when it does not. */
export function levelsOf(compiled: CompiledPrincipal, chain: IdentityChain, effect: 'Allow' | 'Deny', hasBoundary: boolean): number {
  if (compiled.inverted) return isSpared(compiled, chain, effect, hasBoundary) ? 0 : LEVELS.direct
  let levels = compiled.everyone ? LEVELS.direct : 0
  for (const { level, names } of chain) if (isListed(compiled, names)) levels |= level
  return levels
}

/**
 * Whether `NotPrincipal` spares the caller. A Deny spares only whom it lists at every rung, account, role and session, and nobody with
 * a permissions boundary; an old Allow, which means "everyone except", leaves out whom it lists at any rung (policy-semantics §2.5).
 */
function isSpared(compiled: CompiledPrincipal, chain: IdentityChain, effect: 'Allow' | 'Deny', hasBoundary: boolean): boolean {
  if (compiled.everyone) return effect === 'Allow' || !hasBoundary
  const listed = (rungs: IdentityChain, all: boolean) =>
    all ? rungs.length > 0 && rungs.every(({ names }) => isListed(compiled, names)) : rungs.some(({ names }) => isListed(compiled, names))
  if (effect === 'Allow') return listed(chain, false)
  return (
    !hasBoundary &&
    listed(
      chain.filter(({ spared }) => spared),
      true,
    )
  )
}

function isListed({ names }: CompiledPrincipal, candidates: readonly string[]): boolean {
  return candidates.some((name) => names.has(name))
}

const ACCOUNT = /^(?:arn:[^:]*:iam::)?(\d{12})(?::root)?$/
const UNIQUE_ID = /^A(?:ID|RO)A[A-Z0-9]+$/

/** An entry as the name that a rung would have. An ARN that was bound to an id when it was saved means that id and nothing else. */
const NAMES: Readonly<
  Record<PrincipalMatch['entries'][number]['type'], (id: string, ids: ReadonlyMap<string, string> | undefined) => string>
> = {
  AWS(id, ids) {
    const accountId = ACCOUNT.exec(id)?.[1]
    if (accountId !== undefined && (id === accountId || id.endsWith(':root'))) return account(accountId)
    const bound = UNIQUE_ID.test(id) ? id : ids?.get(id)
    return bound === undefined ? named(id) : uniqueId(bound)
  },
  Service: (id) => service(id),
  Federated: (id) => federated(id),
  CanonicalUser: (id) => `canonical ${id}`,
}

function rung(level: number, names: readonly string[], spared = true): Rung {
  return { level, names, spared }
}
function entity(arn: string, id?: string): string[] {
  return id === undefined ? [named(arn)] : [named(arn), uniqueId(id)]
}
function account(id: string): string {
  return `account ${id}`
}
function named(arn: string): string {
  return `arn ${arn}`
}
function uniqueId(id: string): string {
  return `id ${id}`
}
function service(name: string): string {
  return `service ${name}`
}
function federated(provider: string): string {
  return `provider ${provider}`
}
