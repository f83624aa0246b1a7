/** Service-linked roles: a service's name decides name, path, trust and policies; nobody but the service may change them. */
import { type IamOperations, type iam, makeId } from '@bailiwick/model'
import { managedPolicy } from '@bailiwick/model/managed-policies'
import { type ServiceLinkedRole, serviceLinkedRoles } from '@bailiwick/model/service-linked-roles'
import { defineTable } from '@bailiwick/store'
import type { AccountReader } from '../../pipeline/account-store.js'
import { fail } from '../../pipeline/api-error.js'
import type { Access, AlsoRequired, Operation, Rows, WriteCall } from '../../pipeline/operation.js'
import { forgetAccessed } from '../last-accessed/accessed.js'
import { arnOf, onThe, the } from '../noun.js'
import { checkQuota } from '../quota.js'
import { attachments, type RoleRecord, roleLastUsed, roles } from '../records.js'
import { basicRole, roleNoun } from '../roles/roles.js'

type Op<Name extends keyof IamOperations> = Operation<IamOperations[Name]>

const pathOf = (service: string): string => `/aws-service-role/${service}/`

/** recorded fact 53: these make their role themselves, and only they. */
const madeByServiceOnly: ReadonlySet<string> = new Set(['logs.amazonaws.com', 'resourcegroups.amazonaws.com'])

const templateOf = (service: string): ServiceLinkedRole | undefined =>
  madeByServiceOnly.has(service) ? undefined : serviceLinkedRoles().get(service)

const nameOf = (template: ServiceLinkedRole | undefined, suffix: string | undefined): string =>
  `${template?.roleName ?? 'AWSServiceRole'}${suffix === undefined ? '' : `_${suffix}`}`

/** recorded fact 49: plain strings. */
const trustFor = (service: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
  })

/** The same, as only the creation's answer has it. */
const answeredTrust = (service: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Action: ['sts:AssumeRole'], Effect: 'Allow', Principal: { Service: [service] } }],
  })

const maxSessionSeconds = 3600
const mostNameCharacters = 64

const createServiceLinkedRole: Op<'CreateServiceLinkedRole'> = {
  mode: 'write',
  access: {
    resource: async ({ AWSServiceName, CustomSuffix }, { tx }) => ({
      arn: arnOf(roleNoun, tx, { path: pathOf(AWSServiceName), name: nameOf(templateOf(AWSServiceName), CustomSuffix) }),
      accountId: tx.accountId,
    }),
    context: ({ AWSServiceName }) => ({ 'iam:AWSServiceName': AWSServiceName }),
  },
  shows: { input: ['AWSServiceName', 'Description', 'CustomSuffix'], output: ['Role'] },
  async run({ AWSServiceName, Description, CustomSuffix }, call) {
    const { tx, fail } = call
    if (!serviceLinkedRoles().has(AWSServiceName))
      fail('AccessDenied', `${AWSServiceName} is not a valid AWS service name (Service Principal)`)
    const template =
      templateOf(AWSServiceName) ?? fail('InvalidInput', `A service-linked role for ${AWSServiceName} cannot be created by this call.`)
    if (CustomSuffix !== undefined && !template.allowsSuffix) fail('InvalidInput', `Custom suffix is not allowed for ${AWSServiceName}`)
    const name = nameOf(template, CustomSuffix)
    if (name.length > mostNameCharacters)
      fail('InvalidInput', `The role name ${name} is longer than ${mostNameCharacters} characters, please try a shorter suffix.`)
    if (await tx.find(roles, 'name', name)) fail('InvalidInput', taken(name))
    await checkQuota(tx, 'RolesPerAccount', await tx.count(roles), fail)
    const role = await make(AWSServiceName, template, { name, ...(Description !== undefined && { description: Description }) }, call)
    return { Role: await basicRole(tx, { ...role, trust: { ...role.trust, text: answeredTrust(AWSServiceName) } }) }
  },
}

async function make(
  service: string,
  template: ServiceLinkedRole,
  named: Pick<RoleRecord, 'name' | 'description'>,
  { tx, now, surroundings }: Pick<WriteCall<never>, 'tx' | 'now' | 'surroundings'>,
): Promise<RoleRecord> {
  const role: RoleRecord = {
    id: makeId('role', tx.accountId, surroundings.randomBytes(20)),
    ...named,
    path: pathOf(service),
    createdAt: now,
    trust: { text: trustFor(service), principalIds: {} },
    maxSessionSeconds,
    tags: [],
  }
  await tx.add(roles, role)
  for (const policyArn of template.policyArns) {
    // One policy of the table is none that AWS publishes any more.
    if (managedPolicy(policyArn) !== undefined) await tx.put(attachments, { ownerKind: 'role', ownerId: role.id, policyArn, at: now })
  }
  return role
}

/** What a call needs further that has a service make its role: asked for whether or not the role is there already. */
export const mayMakeRoleOf = (service: string, tx: AccountReader): AlsoRequired => ({
  action: 'iam:CreateServiceLinkedRole',
  resource: {
    arn: arnOf(roleNoun, tx, { path: pathOf(service), name: nameOf(templateOf(service), undefined) }),
    accountId: tx.accountId,
  },
  context: { 'iam:AWSServiceName': service },
})

/** Makes a service's role unless the account has it. */
export async function haveRoleOf(service: string, call: WriteCall<'InvalidInput'>): Promise<void> {
  const template = serviceLinkedRoles().get(service)!
  const name = nameOf(template, undefined)
  const found = await call.tx.find(roles, 'name', name)
  if (found === undefined) await make(service, template, { name }, call)
  else if (found.path !== pathOf(service)) call.fail('InvalidInput', taken(name))
}

const taken = (name: string): string => `Service role name ${name} has been taken in this account, please try a different suffix.`

/** A deletion that was asked for. Nothing here holds on to a role, so that each is carried out as it is asked for. */
interface DeletionTask {
  readonly id: string
  readonly status: iam.GetServiceLinkedRoleDeletionStatusResponse['Status']
  readonly at: number
}
const deletionTasks = defineTable<DeletionTask>()({ name: 'iam.role-deletion-task', key: ({ id }) => id, indexes: {} })

const deleteServiceLinkedRole: Op<'DeleteServiceLinkedRole'> = {
  mode: 'write',
  access: onThe(roleNoun, ({ RoleName }: { readonly RoleName: string }) => RoleName),
  shows: { input: ['RoleName'], output: ['DeletionTaskId'] },
  async run({ RoleName }, { tx, now, fail, surroundings }) {
    const role = await the(roleNoun, tx, RoleName, fail)
    if (!role.path.startsWith('/aws-service-role/')) fail('NoSuchEntity', `${role.name} exists but is not a service role.`)
    for (const { ownerId, policyArn } of await tx.all(attachments, 'owner', role.id))
      await tx.delete(attachments, `${ownerId}/${policyArn}`)
    await tx.delete(roles, role.id)
    await tx.delete(roleLastUsed, role.id)
    await forgetAccessed(tx, role.id)
    const task: DeletionTask = { id: `task${role.path}${role.name}/${surroundings.uuid()}`, status: 'SUCCEEDED', at: now }
    await tx.put(deletionTasks, task)
    return { DeletionTaskId: task.id }
  },
}

/** The role that a task was for stands in the task's id. */
const roleOfTask: Access<{ readonly DeletionTaskId: string }> = {
  async resource({ DeletionTaskId }, { tx }) {
    const [, path, name] =
      /^task(\/aws-service-role\/[^/]+\/)([^/]+)\/[0-9a-f-]{36}$/.exec(DeletionTaskId) ?? fail('InvalidInput', 'Invalid task id')
    return { arn: arnOf(roleNoun, tx, { path: path!, name: name! }), accountId: tx.accountId, called: `role ${name}` }
  },
}

const getDeletionStatus: Op<'GetServiceLinkedRoleDeletionStatus'> = {
  mode: 'read',
  access: roleOfTask,
  shows: { input: ['DeletionTaskId'] },
  async run({ DeletionTaskId }, { tx, fail }) {
    const { status } = (await tx.get(deletionTasks, DeletionTaskId)) ?? fail('NoSuchEntity', 'Cannot find deletion status for given id.')
    return { Status: status }
  },
}

export const serviceLinkedRoleRows = {
  CreateServiceLinkedRole: createServiceLinkedRole,
  DeleteServiceLinkedRole: deleteServiceLinkedRole,
  GetServiceLinkedRoleDeletionStatus: getDeletionStatus,
} satisfies Partial<Rows<IamOperations>>
