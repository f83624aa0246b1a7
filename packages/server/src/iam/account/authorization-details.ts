/** GetAccountAuthorizationDetails: users, groups, roles and policies of the account with all that is attached to them, paged over the whole. */
import type { iam } from '@bailiwick/model'
import { managedPolicies, managedPolicyDocument } from '@bailiwick/model/managed-policies'
import type { Page, Table } from '@bailiwick/store'
import type { AccountReader } from '../../pipeline/account-store.js'
import { attached } from '../families/attachments.js'
import { shownBoundary } from '../families/boundaries.js'
import { groupNoun } from '../groups/groups.js'
import { listedProfile } from '../instance-profiles/instance-profiles.js'
import { arnOf } from '../noun.js'
import { policyNoun } from '../policies/policies.js'
import {
  attachments,
  type GroupRecord,
  groups,
  inlinePolicies,
  instanceProfiles,
  memberships,
  type PolicyRecord,
  policies,
  policyVersions,
  type RoleRecord,
  roleLastUsed,
  roles,
  type UserRecord,
  users,
} from '../records.js'
import { basicRole } from '../roles/roles.js'
import { shownTags } from '../tags.js'
import { userNoun } from '../users/users.js'

type Input = iam.GetAccountAuthorizationDetailsRequest
type Output = iam.GetAccountAuthorizationDetailsResponse
type Kind = NonNullable<Input['Filter']>[number]
type Lists = {
  UserDetailList: iam.UserDetail[]
  GroupDetailList: iam.GroupDetail[]
  RoleDetailList: iam.RoleDetail[]
  Policies: iam.ManagedPolicyDetail[]
}

/** A stretch of the whole list: one kind of entity, in the order of its names. */
interface Stretch {
  readonly kind: Kind
  readonly next: (tx: AccountReader, after: string | undefined, limit: number, into: Lists) => Promise<string | undefined>
}

function tableStretch<R extends object>(
  kind: Kind,
  table: Table<R> & { indexes: { name: unknown } },
  show: (tx: AccountReader, record: R, into: Lists) => Promise<unknown>,
): Stretch {
  return {
    kind,
    async next(tx, after, limit, into) {
      const found: Page<R> = await tx.list(table, 'name', { limit, ...(after !== undefined && { after }) })
      for (const record of found.items) await show(tx, record, into)
      return found.next
    },
  }
}

const stretches: readonly Stretch[] = [
  tableStretch('User', users, async (tx, user, into) => into.UserDetailList.push(await userDetail(tx, user))),
  tableStretch('Group', groups, async (tx, group, into) => into.GroupDetailList.push(await groupDetail(tx, group))),
  tableStretch('Role', roles, async (tx, role, into) => into.RoleDetailList.push(await roleDetail(tx, role))),
  tableStretch('LocalManagedPolicy', policies, async (tx, policy, into) => into.Policies.push(await policyDetail(tx, policy))),
  { kind: 'AWSManagedPolicy', next: awsPolicies },
]

const defaultMaxItems = 100

/** The marker is `KIND:` and the place in that kind's list. */
export async function authorizationDetails(
  tx: AccountReader,
  { Filter, Marker, MaxItems = defaultMaxItems }: Input,
  fail: (code: 'ValidationError', message: string) => never,
): Promise<Output> {
  const into: Lists = { UserDetailList: [], GroupDetailList: [], RoleDetailList: [], Policies: [] }
  const wanted = stretches.filter(({ kind }) => Filter === undefined || Filter.length === 0 || Filter.includes(kind))
  const [fromKind, place] = Marker === undefined ? [undefined, undefined] : readMarker(Marker)
  const start = fromKind === undefined ? 0 : wanted.findIndex(({ kind }) => kind === fromKind)
  if (start < 0) return fail('ValidationError', 'Invalid Marker.')
  for (let at = start, after = place; at < wanted.length; at++, after = undefined) {
    const held = (): number => into.UserDetailList.length + into.GroupDetailList.length + into.RoleDetailList.length + into.Policies.length
    const { kind, next } = wanted[at]!
    do {
      if (held() >= MaxItems) return { ...into, IsTruncated: true, Marker: writeMarker(kind, after) }
      after = await next(tx, after, MaxItems - held(), into)
    } while (after !== undefined)
  }
  return { ...into, IsTruncated: false }
}

const writeMarker = (kind: Kind, place: string | undefined): string => Buffer.from(JSON.stringify([kind, place])).toString('base64url')

/** A marker that is none names no kind, and so finds none. */
function readMarker(marker: string): [kind: string, place: string | undefined] {
  try {
    const read: unknown = JSON.parse(Buffer.from(marker, 'base64url').toString('utf8'))
    if (Array.isArray(read) && typeof read[0] === 'string' && (read[1] === null || typeof read[1] === 'string'))
      return [read[0], read[1] ?? undefined]
  } catch {}
  return ['', undefined]
}

async function inline(tx: AccountReader, ownerId: string): Promise<iam.PolicyDetail[]> {
  return (await tx.all(inlinePolicies, 'owner', ownerId)).map(({ name, text }) => ({ PolicyName: name, PolicyDocument: text }))
}

const attachedTo = async (tx: AccountReader, ownerId: string) => (await tx.all(attachments, 'owner', ownerId)).map(attached)

async function userDetail(tx: AccountReader, user: UserRecord): Promise<iam.UserDetail> {
  const inGroups = await Promise.all((await tx.all(memberships, 'user', user.id)).map(({ groupId }) => tx.get(groups, groupId)))
  const own = await inline(tx, user.id)
  return {
    Path: user.path,
    UserName: user.name,
    UserId: user.id,
    Arn: arnOf(userNoun, tx, user),
    CreateDate: new Date(user.createdAt),
    ...(own.length > 0 && { UserPolicyList: own }),
    GroupList: inGroups.filter((group) => group !== undefined).map(({ name }) => name),
    AttachedManagedPolicies: await attachedTo(tx, user.id),
    ...shownBoundary(user.boundaryArn),
    ...shownTags(user.tags),
  }
}

async function groupDetail(tx: AccountReader, group: GroupRecord): Promise<iam.GroupDetail> {
  return {
    Path: group.path,
    GroupName: group.name,
    GroupId: group.id,
    Arn: arnOf(groupNoun, tx, group),
    CreateDate: new Date(group.createdAt),
    GroupPolicyList: await inline(tx, group.id),
    AttachedManagedPolicies: await attachedTo(tx, group.id),
  }
}

async function roleDetail(tx: AccountReader, role: RoleRecord): Promise<iam.RoleDetail> {
  const used = await tx.get(roleLastUsed, role.id)
  const profiles = await tx.all(instanceProfiles, 'role', role.id)
  const { Description: _, ...basic } = await basicRole(tx, role)
  return {
    ...basic,
    InstanceProfileList: await Promise.all(profiles.map((profile) => listedProfile(tx, profile))),
    RolePolicyList: await inline(tx, role.id),
    AttachedManagedPolicies: await attachedTo(tx, role.id),
    RoleLastUsed: used === undefined ? {} : { LastUsedDate: new Date(used.at), Region: used.region },
    ...shownBoundary(role.boundaryArn),
    ...shownTags(role.tags),
  }
}

/** How often a policy is attached, and used as a boundary. */
async function uses(tx: AccountReader, arn: string): Promise<{ AttachmentCount: number; PermissionsBoundaryUsageCount: number }> {
  const bounding = (await tx.all(users, 'boundary', arn)).length + (await tx.all(roles, 'boundary', arn)).length
  return { AttachmentCount: (await tx.all(attachments, 'policy', arn)).length, PermissionsBoundaryUsageCount: bounding }
}

async function policyDetail(tx: AccountReader, policy: PolicyRecord): Promise<iam.ManagedPolicyDetail> {
  const arn = arnOf(policyNoun, tx, policy)
  const versions = await tx.all(policyVersions, 'policy', policy.id)
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: arn,
    Path: policy.path,
    DefaultVersionId: `v${policy.defaultVersion}`,
    ...(await uses(tx, arn)),
    IsAttachable: true,
    ...(policy.description !== undefined && { Description: policy.description }),
    CreateDate: new Date(policy.createdAt),
    UpdateDate: new Date(policy.updatedAt),
    PolicyVersionList: [...versions].reverse().map(({ version, text, createdAt }) => ({
      Document: text,
      VersionId: `v${version}`,
      IsDefaultVersion: version === policy.defaultVersion,
      CreateDate: new Date(createdAt),
    })),
  }
}

/** Of AWS's policies only those in use, as AWS does it. */
async function awsPolicies(tx: AccountReader, after: string | undefined, limit: number, into: Lists): Promise<string | undefined> {
  let shown = 0
  for (const policy of managedPolicies()) {
    if (after !== undefined && policy.arn <= after) continue
    const counts = await uses(tx, policy.arn)
    if (counts.AttachmentCount + counts.PermissionsBoundaryUsageCount === 0) continue
    into.Policies.push({
      PolicyName: policy.name,
      PolicyId: policy.id,
      Arn: policy.arn,
      Path: policy.path,
      DefaultVersionId: policy.defaultVersionId,
      ...counts,
      IsAttachable: true,
      CreateDate: new Date(policy.createdAt),
      UpdateDate: new Date(policy.updatedAt),
      PolicyVersionList: [
        {
          Document: managedPolicyDocument(policy.arn)!,
          VersionId: policy.defaultVersionId,
          IsDefaultVersion: true,
          CreateDate: new Date(policy.updatedAt),
        },
      ],
    })
    if (++shown === limit) return policy.arn
  }
  return undefined
}
