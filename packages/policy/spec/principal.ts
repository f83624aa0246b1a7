/** §2: at which levels does a `Principal` element name the caller? */

import type { Principal } from '#engine/evaluate/request.js'
import type { Effect, PrincipalMatch } from '#engine/language/document.js'

/** §2.4. */
export type Level = 'direct' | 'role' | 'fedbase' | 'account'
type Entry = PrincipalMatch['entries'][number]

/** What a saved policy's ARNs stood for, §2.2. */
type Ids = ReadonlyMap<string, string> | undefined

/** §2.4, row by row. Only the whole `*` is a wildcard. */
export function levelsOf(entries: readonly Entry[], caller: Principal, ids: Ids): Set<Level> {
  const levels = new Set<Level>()
  for (const entry of entries) {
    if (isEverybody(entry)) levels.add('direct')
    for (const [level, names] of chain(caller)) if (names(entry, ids)) levels.add(level)
    if (caller.kind === 'federatedUser' && namesFederatingUser(entry, caller, ids)) levels.add('fedbase')
  }
  return levels
}

/**
 * §2.5: a Deny means everybody but those of whom every level is listed, and whoever has a boundary. An old Allow means everyone
 * except: who is listed in any way is left out.
 */
export function isMeantByNotPrincipal(
  entries: readonly Entry[],
  caller: Principal,
  ids: Ids,
  effect: Effect,
  hasBoundary: boolean,
): boolean {
  if (effect === 'Allow') return levelsOf(entries, caller, ids).size === 0
  if (hasBoundary) return true
  if (entries.some(isEverybody)) return false
  const levels = chain(caller)
  if (levels.length === 0) return true
  return !levels.every(([, names]) => entries.some((entry) => names(entry, ids)))
}

/** §2.1: a wildcard is never allowed inside an id, and nobody has canonical ids here: whom they mean cannot be told. */
export function isUnclear({ type, id }: Entry): boolean {
  return type === 'CanonicalUser' || (/[*?]/.test(id) && !isEverybody({ type, id }))
}

type Names = (entry: Entry, ids: Ids) => boolean

/** The caller and what it belongs to. */
function chain(caller: Principal): [Level, Names][] {
  switch (caller.kind) {
    case 'user':
      return [
        ['direct', (entry, ids) => namesEntity(entry, caller.arn, caller.id, ids)],
        ['account', (entry) => namesAccount(entry, caller)],
      ]
    case 'role':
      return [
        ['direct', (entry) => entry.type === 'AWS' && entry.id === caller.arn],
        ['role', (entry, ids) => namesEntity(entry, caller.roleArn, caller.id, ids)],
        ['account', (entry) => namesAccount(entry, caller)],
      ]
    case 'federatedUser':
      return [
        ['direct', (entry) => entry.type === 'AWS' && entry.id === caller.arn],
        ['account', (entry) => namesAccount(entry, caller)],
      ]
    case 'root':
      return [['direct', (entry) => namesAccount(entry, caller)]]
    case 'service':
      return [['direct', (entry) => entry.type === 'Service' && caller.names.includes(entry.id)]]
    case 'saml':
    case 'oidc':
      return [['direct', (entry) => entry.type === 'Federated' && entry.id === caller.providerArn]]
    case 'anonymous':
      return []
  }
}

function isEverybody({ type, id }: Entry): boolean {
  return type === 'AWS' && id === '*'
}

/** A user or a role, by ARN or by unique id. §2.2: an ARN that was bound to an id when it was saved means that id. */
function namesEntity({ type, id }: Entry, arn: string, uniqueId: string | undefined, ids: Ids): boolean {
  if (type !== 'AWS') return false
  const bound = ids?.get(id)
  if (bound !== undefined) return bound === uniqueId
  return id === arn || id === uniqueId
}

/** Of a session that the root user made, the root ARN is the account. */
function namesFederatingUser(entry: Entry, caller: Extract<Principal, { kind: 'federatedUser' }>, ids: Ids): boolean {
  return !caller.federatedBy.endsWith(':root') && namesEntity(entry, caller.federatedBy, caller.federatedById, ids)
}

function namesAccount({ type, id }: Entry, { arn, accountId }: { readonly arn: string; readonly accountId: string }): boolean {
  const partition = arn.split(':')[1]
  return type === 'AWS' && (id === accountId || id === `arn:${partition}:iam::${accountId}:root`)
}
