/** Principals of an account as a request of theirs would be decided, found by their ARN. */
import type { Context, PoliciesInForce, Principal } from '@bailiwick/policy'
import { principalTags } from '../callers/known-caller.js'
import { entityArn, readEntityArn } from '../iam/arns.js'
import { roleInForce, userInForce } from '../iam/policies-in-force.js'
import { roles, users } from '../iam/records.js'
import type { AccountReader } from '../pipeline/account-store.js'

export interface AskedPrincipal {
  readonly principal: Principal
  readonly inForce: PoliciesInForce
  /** Condition keys that follow from what is kept of the principal. */
  readonly context: Context
}

type Kind = (tx: AccountReader, name: string, path: string | undefined, session: string | undefined) => Promise<AskedPrincipal | undefined>

/** Stands for any session of a role, where its name is not told. */
const anySession = 'any-session'

const user: Kind = async (tx, name, path) => {
  const { accountId } = tx
  const found = await tx.find(users, 'name', name)
  if (found?.name !== name || found.path !== path) return undefined
  const { identity, boundary } = (await tx.memo(userInForce, `${accountId}/${found.id}`))!
  const arn = entityArn('aws', accountId, 'user', found)
  return {
    principal: { kind: 'user', arn, accountId, id: found.id },
    inForce: { identity, ...(boundary && { boundary }) },
    context: principalTags(found.tags, []),
  }
}

const role: Kind = async (tx, name, path, session = anySession) => {
  const { accountId } = tx
  const found = await tx.find(roles, 'name', name)
  if (found?.name !== name || (path !== undefined && found.path !== path)) return undefined
  const { identity, boundary } = (await tx.memo(roleInForce, `${accountId}/${found.id}`))!
  const serviceLinked = found.path.startsWith('/aws-service-role/')
  return {
    principal: {
      kind: 'role',
      arn: `arn:aws:sts::${accountId}:assumed-role/${found.name}/${session}`,
      roleArn: entityArn('aws', accountId, 'role', found),
      accountId,
      id: found.id,
      ...(serviceLinked && { serviceLinked }),
    },
    inForce: { identity, ...(boundary && { boundary }) },
    context: principalTags(found.tags, []),
  }
}

/** Undefined for whatever is no user, role, role session or root of this account. */
export async function askedPrincipal(tx: AccountReader, arn: string): Promise<AskedPrincipal | undefined> {
  const { accountId } = tx
  if (arn === `arn:aws:iam::${accountId}:root`) return { principal: { kind: 'root', arn, accountId }, inForce: {}, context: {} }
  const [, ofSession, roleName, session] = /^arn:aws:sts::(\d{12}):assumed-role\/([^/]+)\/([^/]+)$/.exec(arn) ?? []
  if (roleName !== undefined) return ofSession === accountId ? role(tx, roleName, undefined, session) : undefined
  const named = readEntityArn(arn)
  if (named?.accountId !== accountId) return undefined
  return KINDS.get(named.type)?.(tx, named.name, named.path, undefined)
}

const KINDS: ReadonlyMap<string, Kind> = new Map([
  ['user', user],
  ['role', role],
])
