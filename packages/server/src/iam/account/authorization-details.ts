/** GetAccountAuthorizationDetails: users, groups, roles and policies of the account with all that is attached to them, paged over the whole. */
import type { iam } from '@bailiwick/model'
import { managedPolicies } from '@bailiwick/model/managed-policies'
import type { Page, Table } from '@bailiwick/store'
import type { AccountReader } from '../../pipeline/account-store.js'
import { attached } from '../families/attachments.js'
import { shownBoundary } from '../families/boundaries.js'
import { groupNoun } from '../groups/groups.js'
import { listedProfile } from '../instance-profiles/instance-profiles.js'
import { arnOf } from '../noun.js'
import { policyNoun } from '../policies/policy.js'
import { shownAwsVersions } from '../policies/policy-versions.js'
import { type Uses, usesOf } from '../policies/uses.js'
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

/** `show` is given the entities of a page together, so that what belongs to them is asked for together. */
function tableStretch<R extends object>(
  kind: Kind,
  table: Table<R> & { indexes: { name: unknown } },
  show: (tx: AccountReader, records: readonly R[], into: Lists) => Promise<void>,
): Stretch {
  return {
    kind,
    async next(tx, after, limit, into) {
      const { items, next }: Page<R> = await tx.list(table, 'name', { limit, ...(after !== undefined && { after }) })
      await show(tx, items, into)
      return next
    },
  }
}

/** In the order recorded in 2026, whatever that of the filter. */
const stretches: readonly Stretch[] = [
  tableStretch('User', users, async (tx, found, into) => void into.UserDetailList.push(...(await userDetails(tx, found)))),
  tableStretch('Role', roles, async (tx, found, into) => void into.RoleDetailList.push(...(await roleDetails(tx, found)))),
  tableStretch('Group', groups, async (tx, found, into) => void into.GroupDetailList.push(...(await groupDetails(tx, found)))),
  tableStretch('LocalManagedPolicy', policies, async (tx, found, into) => void into.Policies.push(...(await policyDetails(tx, found)))),
  { kind: 'AWSManagedPolicy', next: awsPolicies },
]

const defaultMaxItems = 100

/** The marker is of one filter; it has the kind it stopped at, and the place in that kind's list. */
export async function authorizationDetails(
  tx: AccountReader,
  { Filter, Marker, MaxItems = defaultMaxItems }: Input,
  fail: (code: 'ValidationError', message: string) => never,
): Promise<Output> {
  const into: Lists = { UserDetailList: [], GroupDetailList: [], RoleDetailList: [], Policies: [] }
  const wanted = stretches.filter(({ kind }) => Filter === undefined || Filter.length === 0 || Filter.includes(kind))
  const filter = filterOf(wanted)
  const from = Marker === undefined ? undefined : readMarker(Marker)
  if (from !== undefined && from.filter !== filter)
    fail('ValidationError', filter === ALL || from.filter === ALL ? 'Invalid Marker.' : 'Marker and Filter do not match')
  const start = from === undefined ? 0 : wanted.findIndex(({ kind }) => kind === from.kind)
  if (start < 0) return fail('ValidationError', 'Invalid Marker.')
  const place = from?.place
  for (let at = start, after = place; at < wanted.length; at++, after = undefined) {
    const held = (): number =>
      into.UserDetailList.length + into.GroupDetailList.length + into.RoleDetailList.length + weightOf(into.Policies)
    const { kind, next } = wanted[at]!
    do {
      if (held() >= MaxItems) return { ...into, IsTruncated: true, Marker: writeMarker({ filter, kind, place: after }) }
      after = await next(tx, after, MaxItems - held(), into)
    } while (after !== undefined)
  }
  return { ...into, IsTruncated: false }
}

/** As many versions as a policy of the account may have are free; of AWS's some have many more, and a page of those is to stay small. */
const weightOf = (found: readonly iam.ManagedPolicyDetail[]): number =>
  found.reduce((sum, { PolicyVersionList = [] }) => sum + Math.max(1, PolicyVersionList.length - 4), 0)

interface Place {
  readonly filter: string
  readonly kind: string
  readonly place: string | undefined
}

/** Neither the order of a filter nor what it says twice makes it another one. */
const filterOf = (wanted: readonly Stretch[]): string => wanted.map(({ kind }) => kind).join()
const ALL = filterOf(stretches)

const writeMarker = ({ filter, kind, place }: Place): string => Buffer.from(JSON.stringify([filter, kind, place])).toString('base64url')

/** A marker that is none is of no filter. */
function readMarker(marker: string): Place {
  try {
    const read: unknown = JSON.parse(Buffer.from(marker, 'base64url').toString('utf8'))
    if (Array.isArray(read) && read.length === 3) {
      const [filter, kind, place] = read
      if (typeof filter === 'string' && typeof kind === 'string' && (place === null || typeof place === 'string'))
        return { filter, kind, place: place ?? undefined }
    }
  } catch {}
  return { filter: '', kind: '', place: undefined }
}

const idsOf = (records: readonly { readonly id: string }[]): string[] => records.map(({ id }) => id)

/** Inline and attached policies of each owner. */
async function policiesOf(
  tx: AccountReader,
  ownerIds: readonly string[],
): Promise<readonly { readonly inline: iam.PolicyDetail[]; readonly attached: iam.AttachedPolicy[] }[]> {
  const [inline, managed] = await Promise.all([tx.allEach(inlinePolicies, 'owner', ownerIds), tx.allEach(attachments, 'owner', ownerIds)])
  return inline.map((own, at) => ({
    inline: own.map(({ name, text }) => ({ PolicyName: name, PolicyDocument: text })),
    attached: managed[at]!.map(attached),
  }))
}

async function userDetails(tx: AccountReader, found: readonly UserRecord[]): Promise<iam.UserDetail[]> {
  const own = await policiesOf(tx, idsOf(found))
  const memberOf = await tx.allEach(memberships, 'user', idsOf(found))
  const groupIds = [...new Set(memberOf.flat().map(({ groupId }) => groupId))]
  const named = new Map((await tx.getEach(groups, groupIds)).flatMap((group) => (group === undefined ? [] : [[group.id, group.name]])))
  return found.map((user, at) => ({
    Path: user.path,
    UserName: user.name,
    UserId: user.id,
    Arn: arnOf(userNoun, tx, user),
    CreateDate: new Date(user.createdAt),
    ...(own[at]!.inline.length > 0 && { UserPolicyList: own[at]!.inline }),
    GroupList: memberOf[at]!.flatMap(({ groupId }) => named.get(groupId) ?? []),
    AttachedManagedPolicies: own[at]!.attached,
    ...shownBoundary(user.boundaryArn),
    Tags: [...user.tags],
  }))
}

async function groupDetails(tx: AccountReader, found: readonly GroupRecord[]): Promise<iam.GroupDetail[]> {
  const own = await policiesOf(tx, idsOf(found))
  return found.map((group, at) => ({
    Path: group.path,
    GroupName: group.name,
    GroupId: group.id,
    Arn: arnOf(groupNoun, tx, group),
    CreateDate: new Date(group.createdAt),
    GroupPolicyList: own[at]!.inline,
    AttachedManagedPolicies: own[at]!.attached,
  }))
}

async function roleDetails(tx: AccountReader, found: readonly RoleRecord[]): Promise<iam.RoleDetail[]> {
  const own = await policiesOf(tx, idsOf(found))
  const used = await tx.getEach(roleLastUsed, idsOf(found))
  const profiles = await tx.allEach(instanceProfiles, 'role', idsOf(found))
  const details = found.map(async (role, at): Promise<iam.RoleDetail> => {
    const last = used[at]
    return {
      ...(await basicRole(tx, role)),
      InstanceProfileList: await Promise.all(profiles[at]!.map((profile) => listedProfile(tx, profile))),
      RolePolicyList: own[at]!.inline,
      AttachedManagedPolicies: own[at]!.attached,
      RoleLastUsed: last === undefined ? {} : { LastUsedDate: new Date(last.at), Region: last.region },
      ...shownBoundary(role.boundaryArn),
      Tags: [...role.tags],
    }
  })
  return Promise.all(details)
}

const counts = ({ attached, bounding }: Uses) => ({ AttachmentCount: attached, PermissionsBoundaryUsageCount: bounding })

/** Without a description, as lists of policies are. */
async function policyDetails(tx: AccountReader, found: readonly PolicyRecord[]): Promise<iam.ManagedPolicyDetail[]> {
  const arns = found.map((policy) => arnOf(policyNoun, tx, policy))
  const versions = await tx.allEach(policyVersions, 'policy', idsOf(found))
  const uses = await usesOf(tx, arns)
  return found.map((policy, at) => ({
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: arns[at]!,
    Path: policy.path,
    DefaultVersionId: `v${policy.defaultVersion}`,
    ...counts(uses[at]!),
    IsAttachable: true,
    CreateDate: new Date(policy.createdAt),
    UpdateDate: new Date(policy.updatedAt),
    PolicyVersionList: [...versions[at]!].reverse().map(({ version, text, createdAt }) => ({
      Document: text,
      VersionId: `v${version}`,
      IsDefaultVersion: version === policy.defaultVersion,
      CreateDate: new Date(createdAt),
    })),
  }))
}

/** Of AWS's policies only those in use, as AWS does it. */
async function awsPolicies(tx: AccountReader, after: string | undefined, limit: number, into: Lists): Promise<string | undefined> {
  const rest = managedPolicies().filter(({ arn }) => after === undefined || arn > after)
  const uses = await usesOf(
    tx,
    rest.map(({ arn }) => arn),
  )
  const before = weightOf(into.Policies)
  for (const [at, policy] of rest.entries()) {
    const { attached, bounding } = uses[at]!
    if (attached + bounding === 0) continue
    into.Policies.push({
      PolicyName: policy.name,
      PolicyId: policy.id,
      Arn: policy.arn,
      Path: policy.path,
      DefaultVersionId: policy.defaultVersionId,
      ...counts(uses[at]!),
      IsAttachable: true,
      CreateDate: new Date(policy.createdAt),
      UpdateDate: new Date(policy.updatedAt),
      PolicyVersionList: shownAwsVersions(policy.arn, true),
    })
    if (weightOf(into.Policies) - before >= limit) return policy.arn
  }
  return undefined
}
