/** Registering workloads: what an account's own administrators do with `bailiwick workloads`. */
import { createHash } from 'node:crypto'
import { isIPv4 } from 'node:net'
import type { BailiwickOperations } from '@bailiwick/model'
import { wholeServer } from '../accounts/account.js'
import { entityArn } from '../iam/arns.js'
import { existing } from '../iam/noun.js'
import { type InstanceProfileRecord, instanceProfiles, type RoleRecord, roles } from '../iam/records.js'
import { roleNoun } from '../iam/roles/roles.js'
import type { AccountReader } from '../pipeline/account-store.js'
import type { Access, Operation, Rows } from '../pipeline/operation.js'
import { kinds, ownWorkload, type WorkloadKind, type WorkloadRecord, workloads } from './workload.js'

type Op<Name extends keyof BailiwickOperations> = Operation<BailiwickOperations[Name]>
type Input = BailiwickOperations['RegisterWorkload']['input']
type Workload = BailiwickOperations['RegisterWorkload']['output']['Workload']

const workloadArn = (accountId: string, id: string): string => `arn:aws:bailiwick::${accountId}:workload/${id}`

/** Those of the caller's own account, whatever the name: another account's are not there. */
const ownAccess: Access<{ readonly WorkloadId?: string }> = {
  resource: async ({ WorkloadId = '*' }, { tx }) => ({ arn: workloadArn(tx.accountId, WorkloadId), accountId: tx.accountId }),
}

const shown = (workload: WorkloadRecord): Workload => ({
  WorkloadId: workload.id,
  WorkloadType: workload.kind,
  Arn: workloadArn(workload.accountId, workload.id),
  Endpoint: kinds[workload.kind].endpoint(workload),
  ...(workload.profile && { InstanceProfileArn: workload.profile.arn }),
  ...(workload.role && { RoleArn: workload.role.arn }),
  ...(workload.httpTokens && { HttpTokens: workload.httpTokens }),
  CreatedAt: new Date(workload.createdAt),
})

const kindOf = ({ RoleName }: Input): WorkloadKind => (RoleName === undefined ? 'instance' : 'container')

const profileNamed = ({ InstanceProfileName: name }: Input, tx: AccountReader): Promise<InstanceProfileRecord | undefined> =>
  name === undefined ? Promise.resolve(undefined) : tx.find(instanceProfiles, 'name', name)

async function roleNamed(input: Input, tx: AccountReader): Promise<RoleRecord | undefined> {
  if (input.RoleName !== undefined) return tx.find(roles, 'name', input.RoleName)
  const roleId = (await profileNamed(input, tx))?.roleId
  return roleId === undefined ? undefined : tx.get(roles, roleId)
}

/** Listeners that one account may have. */
const mostWorkloads = 100
const tokenBytes = 32

/** Needs the right to pass the role to the service as well, since the workload gets the role. */
const registerWorkload: Op<'RegisterWorkload'> = {
  mode: 'write',
  access: {
    resource: (_, look) => ownAccess.resource({}, look),
    async alsoRequires(input, look) {
      const role = await roleNamed(input, look.tx)
      if (role === undefined) return []
      const { called: _, ...resource } = await existing(roleNoun, role.name, look)
      return [{ action: 'iam:PassRole', resource, context: { 'iam:PassedToService': kinds[kindOf(input)].service } }]
    },
  },
  shows: { input: ['InstanceProfileName', 'RoleName', 'HttpTokens', 'VpcId', 'PrivateIpAddress'], output: ['Workload'] },
  async prepare(input, { tx: snapshot, now, region, fail, surroundings }) {
    const { randomBytes } = surroundings
    await checked(input, snapshot, fail)
    const kind = kindOf(input)
    const { idPrefix, idDigits } = kinds[kind]
    const id = idPrefix + Buffer.from(randomBytes(16)).toString('hex').slice(0, idDigits)
    const token = kind === 'container' ? Buffer.from(randomBytes(tokenBytes)).toString('base64url') : undefined
    const port = await surroundings.workloads.openFor(id)
    return async ({ tx }) => {
      const workload: WorkloadRecord = {
        id,
        accountId: tx.accountId,
        kind,
        region,
        port,
        createdAt: now,
        ...(await checked(input, tx, fail)),
        ...(token !== undefined && { tokenHash: createHash('sha256').update(token).digest('hex') }),
      }
      await tx.of(wholeServer).add(workloads, workload)
      return { Workload: shown(workload), ...(token !== undefined && { AuthorizationToken: token }) }
    }
  },
}

type Fail = (code: 'InvalidParameterException' | 'WorkloadLimitExceededException', message: string) => never

/** The part of the record that the input makes, once it makes sense. */
async function checked(input: Input, tx: AccountReader, fail: Fail): Promise<Partial<WorkloadRecord>> {
  const { InstanceProfileName, RoleName, HttpTokens, VpcId, PrivateIpAddress } = input
  if ((InstanceProfileName === undefined) === (RoleName === undefined))
    fail('InvalidParameterException', 'Name an instance profile, for an instance, or a role, for a container.')
  const own = await tx.of(wholeServer).all(workloads, 'account', tx.accountId)
  if (own.length >= mostWorkloads) fail('WorkloadLimitExceededException', `An account has ${mostWorkloads} workloads at most.`)
  if (RoleName !== undefined) {
    if ((HttpTokens ?? VpcId ?? PrivateIpAddress) !== undefined)
      fail('InvalidParameterException', 'HttpTokens, VpcId and PrivateIpAddress are for instances.')
    const role = (await roleNamed(input, tx)) ?? fail('InvalidParameterException', `The role with name ${RoleName} cannot be found.`)
    return { role: { id: role.id, arn: entityArn('aws', tx.accountId, 'role', role) } }
  }
  if (PrivateIpAddress !== undefined && !isIPv4(PrivateIpAddress))
    fail('InvalidParameterException', `${PrivateIpAddress} is not an IPv4 address.`)
  const profile =
    (await profileNamed(input, tx)) ??
    fail(
      'InvalidParameterException',
      `Value (${InstanceProfileName}) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name`,
    )
  const arn = entityArn('aws', tx.accountId, 'instance-profile', profile)
  if (profile.roleId === undefined) fail('InvalidParameterException', `IAM Instance Profile "${arn}" has no associated IAM Roles`)
  return {
    profile: { id: profile.id, arn },
    httpTokens: HttpTokens ?? 'required',
    ...(VpcId !== undefined && { vpcId: VpcId }),
    ...(PrivateIpAddress !== undefined && { privateIpAddress: PrivateIpAddress }),
  }
}

const defaultPage = 100

const listWorkloads: Op<'ListWorkloads'> = {
  mode: 'read',
  access: { resource: (_, look) => ownAccess.resource({}, look) },
  shows: { input: ['maxResults', 'nextToken'] },
  async run({ maxResults = defaultPage, nextToken }, { tx }) {
    const { items, next } = await tx.of(wholeServer).list(workloads, 'account', {
      equals: tx.accountId,
      limit: maxResults,
      ...(nextToken !== undefined && { after: nextToken }),
    })
    return { Workloads: items.map(shown), ...(next !== undefined && { nextToken: next }) }
  },
}

/** Its listener answers nothing from then on; what it was given lasts until it ends. */
const removeWorkload: Op<'RemoveWorkload'> = {
  mode: 'write',
  access: ownAccess,
  shows: { input: ['WorkloadId'], output: ['Workload'] },
  async run({ WorkloadId }, { tx, fail }) {
    const workload = (await ownWorkload(tx, WorkloadId)) ?? fail('WorkloadNotFoundException', `There is no workload ${WorkloadId}.`)
    await tx.of(wholeServer).delete(workloads, WorkloadId)
    return { Workload: shown(workload) }
  },
}

export const workloadRows: Rows<BailiwickOperations, 'RegisterWorkload' | 'ListWorkloads' | 'RemoveWorkload'> = {
  RegisterWorkload: registerWorkload,
  ListWorkloads: listWorkloads,
  RemoveWorkload: removeWorkload,
}
