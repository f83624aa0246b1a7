/** Roles as something to be assumed: found by ARN, with the trust policy that decides. */
import { compile, type PolicySet } from '@bailiwick/policy'
import type { Memo } from '@bailiwick/store'
import { accounts, wholeServer } from '../accounts/account.js'
import { readEntityArn } from '../iam/arns.js'
import { roleInForce } from '../iam/policies-in-force.js'
import { type RoleRecord, roles } from '../iam/records.js'
import type { AccountReader } from '../pipeline/account-store.js'
import { fail } from '../pipeline/api-error.js'
import type { ResourceUnderRequest } from '../pipeline/operation.js'

/** A role that does not exist is denied in the same words as one whose trust policy says no: nobody is trusted by it. */
export async function roleToAssume(roleArn: string, tx: AccountReader): Promise<ResourceUnderRequest> {
  const accountId = accountOfRole(roleArn)
  const found = await tx.memo(assumable, roleArn)
  if (found === undefined) return { arn: roleArn, accountId, policy: { kind: 'trust', policies: compile([]) } }
  const { role, trust } = found
  return { arn: roleArn, accountId, tags: role.tags, policy: { kind: 'trust', policies: trust } }
}

/** Refuses text that is no ARN (recorded fact 55). */
export function accountOfRole(roleArn: string): string {
  if (!/^arn:[^:]+:[^:]+:[^:]*:[^:]*:./.test(roleArn)) fail('ValidationError', `${roleArn} is invalid`)
  return roleArn.split(':')[4] ?? ''
}

interface Assumable {
  readonly accountId: string
  readonly role: RoleRecord
  readonly trust: PolicySet
}

/** By role ARN. Names are found whatever their letter case, but an ARN is exact: policies are asked about it as it was given. */
export const assumable: Memo<Assumable | undefined> = {
  name: 'sts.assumable',
  async compute(reader, arn) {
    const named = readEntityArn(arn)
    if (named?.type !== 'role') return undefined
    const { accountId, path, name } = named
    if ((await reader.get(accounts, wholeServer, accountId))?.status !== 'ACTIVE') return undefined
    const role = await reader.find(roles, 'name', accountId, name)
    if (role?.path !== path || role.name !== name) return undefined
    return { accountId, role, trust: (await reader.memo(roleInForce, `${accountId}/${role.id}`))!.trust }
  },
}
