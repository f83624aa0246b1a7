/** Who a `Principal` element means, and at which level it means the caller (policy-semantics §2). */

import type { PrincipalMatch } from '../language/document.js'
import { hasWildcard } from '../patterns/index.js'
import type { Principal } from './request.js'

/** How closely a statement named the caller, as bits: an Allow counts for more the closer it is (policy-semantics §2.4). */
export const LEVELS = { direct: 1, role: 2, federatedBase: 4, account: 8 } as const
export const ANY_LEVEL = 15

/** The kinds of principal, as bits. */
export const KINDS = {
  root: 1,
  user: 2,
  role: 4,
  federatedUser: 8,
  service: 16,
  saml: 32,
  oidc: 64,
  anonymous: 128,
} as const satisfies Record<Principal['kind'], number>

/** One way in which the caller can be named; any of the names will do. */
interface Rung {
  readonly level: number
  /** `NotPrincipal` must list it, or the caller is not spared (§2.5, low). */
  readonly spared: boolean
  readonly arn?: string
  readonly id?: string | undefined
  /** The account's id, and an ARN that tells its partition: an account of another partition is another account. */
  readonly account?: Account
  readonly services?: readonly string[]
  readonly provider?: string
}

interface Account {
  readonly accountId: string
  readonly arn: string
}

export type IdentityChain = readonly Rung[]

/** Everything that a caller can be named by. */
export function identityChain(principal: Principal): IdentityChain {
  switch (principal.kind) {
    case 'root':
      // The root user *is* the account's principal.
      return [{ ...accountOf(principal), level: LEVELS.direct }]
    case 'user':
      return [{ level: LEVELS.direct, spared: true, arn: principal.arn, id: principal.id }, accountOf(principal)]
    case 'role':
      return [
        { level: LEVELS.direct, spared: true, arn: principal.arn },
        { level: LEVELS.role, spared: true, arn: principal.roleArn, id: principal.id },
        accountOf(principal),
      ]
    case 'federatedUser':
      return [
        { level: LEVELS.direct, spared: true, arn: principal.arn },
        { level: LEVELS.federatedBase, spared: false, arn: principal.federatedBy, id: principal.federatedById },
        accountOf(principal),
      ]
    case 'service':
      return [{ level: LEVELS.direct, spared: true, services: principal.names }]
    case 'saml':
    case 'oidc':
      return [{ level: LEVELS.direct, spared: true, provider: principal.providerArn }]
    case 'anonymous':
      return []
  }
}

function accountOf(account: Account): Rung {
  return { level: LEVELS.account, spared: true, account }
}

function rootArn({ accountId, arn }: Account): string {
  return `${arn.slice(0, arn.indexOf(':', 4))}:iam::${accountId}:root`
}

/** Who is listed, by the kind of name, so that an account never equals a service. */
export interface CompiledPrincipal {
  readonly inverted: boolean
  readonly everyone: boolean
  /** Everyone is everyone but those whom an identity provider speaks for: they are let in by its name only. */
  readonly providersByName: boolean
  readonly arns: ReadonlySet<string>
  readonly ids: ReadonlySet<string>
  /** By id. */
  readonly accounts: ReadonlySet<string>
  /** By the ARN of their root. */
  readonly roots: ReadonlySet<string>
  readonly services: ReadonlySet<string>
  readonly providers: ReadonlySet<string>
}

const NO_NAMES: ReadonlySet<string> = new Set()

/** A statement without `Principal` in a policy that needs one. */
export const NOBODY: CompiledPrincipal = {
  inverted: false,
  everyone: false,
  providersByName: false,
  arns: NO_NAMES,
  ids: NO_NAMES,
  accounts: NO_NAMES,
  roots: NO_NAMES,
  services: NO_NAMES,
  providers: NO_NAMES,
}

type NameKind = 'arns' | 'ids' | 'accounts' | 'roots' | 'services' | 'providers'

export function compilePrincipal(
  principal: PrincipalMatch,
  ids: ReadonlyMap<string, string> | undefined,
  providersByName: boolean,
): CompiledPrincipal {
  const names: Partial<Record<NameKind, Set<string>>> = {}
  for (const { type, id } of principal.entries) {
    const [kind, name] = NAMES[type](id, ids)
    if (kind !== undefined) (names[kind] ??= new Set()).add(name)
  }
  return {
    ...NOBODY,
    ...names,
    inverted: principal.inverted,
    providersByName,
    everyone: principal.entries.some(({ type, id }) => type === 'AWS' && id === '*'),
  }
}

/** Entries that could mean somebody but that the engine cannot tell whom: a Deny must not pass over them. */
export function isUnclear({ entries }: PrincipalMatch): boolean {
  return entries.some(({ type, id }) => type === 'CanonicalUser' || (hasWildcard(id) && !(type === 'AWS' && id === '*')))
}

/** The levels at which a statement means the caller; 0 when it does not. */
export function levelsOf(compiled: CompiledPrincipal, chain: IdentityChain, effect: 'Allow' | 'Deny', hasBoundary: boolean): number {
  if (compiled.inverted) return isSpared(compiled, chain, effect, hasBoundary) ? 0 : LEVELS.direct
  let levels = compiled.everyone && !(compiled.providersByName && chain[0]?.provider !== undefined) ? LEVELS.direct : 0
  for (const rung of chain) if (isListed(compiled, rung)) levels |= rung.level
  return levels
}

/**
 * Whether `NotPrincipal` spares the caller. A Deny spares only whom it lists at every rung, account, role and session, and nobody with
 * a permissions boundary; an old Allow, which means "everyone except", leaves out whom it lists at any rung (policy-semantics §2.5).
 */
function isSpared(compiled: CompiledPrincipal, chain: IdentityChain, effect: 'Allow' | 'Deny', hasBoundary: boolean): boolean {
  if (compiled.everyone) return effect === 'Allow' || !hasBoundary
  if (effect === 'Allow') return chain.some((rung) => isListed(compiled, rung))
  const needed = chain.filter(({ spared }) => spared)
  return !hasBoundary && needed.length > 0 && needed.every((rung) => isListed(compiled, rung))
}

function isListed({ arns, ids, accounts, roots, services, providers }: CompiledPrincipal, rung: Rung): boolean {
  return (
    has(arns, rung.arn) ||
    has(ids, rung.id) ||
    (rung.account !== undefined && (has(accounts, rung.account.accountId) || (roots.size > 0 && roots.has(rootArn(rung.account))))) ||
    has(providers, rung.provider) ||
    (rung.services?.some((name) => services.has(name)) ?? false)
  )
}

/** Most kinds of name are not listed at all, which costs less to see than that a name is not. */
function has(names: ReadonlySet<string>, name: string | undefined): boolean {
  return name !== undefined && names.size > 0 && names.has(name)
}

const ACCOUNT = /^\d{12}$/
const ROOT = /^arn:[^:]*:iam::\d{12}:root$/
const UNIQUE_ID = /^A(?:ID|RO)A[A-Z0-9]+$/

/**
 * What an entry names, and as what; nobody, where the engine cannot tell whom it means. An ARN that was bound to an id when it was
 * saved means that id and nothing else.
 */
const NAMES: Readonly<
  Record<
    PrincipalMatch['entries'][number]['type'],
    (id: string, ids: ReadonlyMap<string, string> | undefined) => readonly [kind: NameKind, name: string] | readonly [kind: undefined]
  >
> = {
  AWS(id, ids) {
    if (ACCOUNT.test(id)) return ['accounts', id]
    if (ROOT.test(id)) return ['roots', id]
    const bound = UNIQUE_ID.test(id) ? id : ids?.get(id)
    return bound === undefined ? ['arns', id] : ['ids', bound]
  },
  Service: (id) => ['services', id],
  Federated: (id) => ['providers', id],
  CanonicalUser: () => [undefined],
}
