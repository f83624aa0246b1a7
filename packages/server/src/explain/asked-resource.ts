/** What is kept of a resource: its tags, its boundary, and the trust policy of a role. Only of the account’s own. */
import { actionsOf } from '@bailiwick/model/actions'
import { type Context, compile, type PoliciesInForce, parsePolicy } from '@bailiwick/policy'
import { readEntityArn } from '../iam/arns.js'
import { roleInForce } from '../iam/policies-in-force.js'
import { roles, users } from '../iam/records.js'
import type { AccountReader } from '../pipeline/account-store.js'

export interface AskedResource {
  readonly policy?: NonNullable<PoliciesInForce['resource']>
  readonly context: Context
  /** What could not be looked at, for people. */
  readonly note?: string
}

/** `text` is a policy of the resource's own that is to be taken for it. */
export async function askedResource(
  tx: AccountReader,
  arn: string,
  accountId: string,
  action: string,
  text?: string,
): Promise<AskedResource> {
  const named = readEntityArn(arn)
  const isRole = named?.type === 'role'
  if (text !== undefined) {
    const kind = isRole ? 'trust' : /^arn:[^:]+:kms:[^:]*:[^:]*:key\//.test(arn) ? 'key' : 'resource'
    return { policy: { kind, policies: compile([{ document: parsePolicy(text, 'lenient').document, attachedTo: arn }]) }, context: {} }
  }
  if (named === undefined) return { context: {} }
  const isAssumed = isRole && /^sts:/i.test(action)
  if (accountId !== tx.accountId)
    return isAssumed
      ? { context: {}, note: `the trust policy of ${arn} belongs to another account and was not looked at` }
      : { context: {} }
  const found = isRole
    ? await tx.find(roles, 'name', named.name)
    : named.type === 'user'
      ? await tx.find(users, 'name', named.name)
      : undefined
  if (found?.path !== named.path || found.name !== named.name) return { context: {} }
  const trust = isAssumed ? (await tx.memo(roleInForce, `${tx.accountId}/${found.id}`))!.trust : undefined
  const tags = found.tags.flatMap(({ Key, Value }) =>
    ['aws', 'iam'].map((prefix): [string, string] => [`${prefix}:ResourceTag/${Key}`, Value]),
  )
  return {
    ...(trust !== undefined && { policy: { kind: 'trust', policies: trust } }),
    context: {
      ...Object.fromEntries(tags),
      ...(found.boundaryArn !== undefined && seesBoundary(action) && { 'iam:PermissionsBoundary': found.boundaryArn }),
    },
  }
}

/** AWS's authorization reference says of which actions. */
function seesBoundary(action: string): boolean {
  const [service, name = ''] = action.toLowerCase().split(':')
  const facts = service === 'iam' ? Object.entries(actionsOf('iam')!.actions).find(([each]) => each.toLowerCase() === name)?.[1] : undefined
  return facts?.cond?.includes('iam:PermissionsBoundary') === true
}
