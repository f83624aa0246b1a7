/** Customer managed policies and their versions, and the reading of AWS's own. */
import type { IamOperations, iam } from '@bailiwick/model'
import { makeId } from '@bailiwick/model'
import { type ManagedPolicy, managedPolicies, managedPolicyDocument } from '@bailiwick/model/managed-policies'
import { firstApiMessage, parsePolicy, policySize } from '@bailiwick/policy'
import type { AccountReader } from '../../pipeline/account-store.js'
import { fail } from '../../pipeline/api-error.js'
import type { Access, Look, Operation, ResourceUnderRequest, Rows } from '../../pipeline/operation.js'
import { tagging } from '../families/tagging.js'
import { arnOf, type Noun, onAll, requestTags, taggingToo } from '../noun.js'
import { everyOne, pageOf, underPath } from '../paging.js'
import { checkQuota, quota } from '../quota.js'
import {
  attachments,
  groups,
  type OwnerKind,
  type PolicyRecord,
  type PolicyVersionRecord,
  policies,
  policyVersions,
  roles,
  users,
} from '../records.js'
import { newTags, shownTags } from '../tags.js'
import { type Found, managedPolicyNamed } from './managed-policy.js'
import { type Uses, usesOf, usesOfOne } from './uses.js'

export const policyNoun: Noun<PolicyRecord> & { noun: 'Policy' } = {
  noun: 'Policy',
  type: 'policy',
  word: 'policy',
  table: policies,
  missing: (arn) => `Policy ${arn} was not found.`,
  exists: (name) => `A policy called ${name} already exists. Duplicate names are not allowed.`,
}

type OnPolicy = { readonly PolicyArn: string }
type Op<Name extends keyof IamOperations> = Operation<IamOperations[Name]>

/**
 * The policy that an ARN names. One of AWS belongs to no account, so nobody but AWS may change it; text that is no ARN is refused before
 * anybody is asked about it, and an ARN of something else is asked about like that of a policy that is not there.
 */
const thePolicy: Access<OnPolicy> = {
  async resource({ PolicyArn }, { tx }: Look): Promise<ResourceUnderRequest> {
    const found = await managedPolicyNamed(tx, PolicyArn, fail)
    return {
      arn: PolicyArn,
      accountId: /^arn:[^:]+:iam::(\d{12}):/.exec(PolicyArn)?.[1] ?? tx.accountId,
      called: `policy ${PolicyArn}`,
      ...(found?.owner === 'account' && { tags: found.policy.tags }),
    }
  },
}

async function ownPolicy(
  tx: AccountReader,
  arn: string,
  fail: (code: 'NoSuchEntity' | 'ValidationError' | 'AccessDenied', message: string) => never,
  missing = policyNoun.missing(arn),
): Promise<PolicyRecord> {
  const found = (await managedPolicyNamed(tx, arn, fail)) ?? fail('NoSuchEntity', missing)
  if (found.owner === 'aws') return fail('AccessDenied', `Policy ${arn} is managed by AWS and cannot be changed.`)
  return found.policy
}

const createPolicy: Op<'CreatePolicy'> = {
  mode: 'write',
  access: taggingToo('Policy', {
    resource: async ({ PolicyName, Path = '/' }, { tx }) => ({
      arn: arnOf(policyNoun, tx, { path: Path, name: PolicyName }),
      accountId: tx.accountId,
      called: `policy ${PolicyName}`,
    }),
    context: ({ Tags }) => requestTags(Tags),
  }),
  shows: { input: ['PolicyName', 'Path', 'PolicyDocument', 'Description', 'Tags'], output: ['Policy'] },
  async run({ PolicyName, Path = '/', PolicyDocument, Description, Tags }, { tx, now, fail, surroundings }) {
    const tags = await newTags(tx, Tags, fail)
    await checkDocument(tx, PolicyDocument, fail)
    if (await tx.find(policies, 'name', PolicyName)) fail('EntityAlreadyExists', policyNoun.exists(PolicyName))
    await checkQuota(tx, 'PoliciesPerAccount', await tx.count(policies), fail)
    const policy: PolicyRecord = {
      id: makeId('policy', tx.accountId, surroundings.randomBytes(20)),
      name: PolicyName,
      path: Path,
      createdAt: now,
      updatedAt: now,
      defaultVersion: 1,
      nextVersion: 2,
      tags,
      ...(Description !== undefined && { description: Description }),
    }
    await tx.add(policies, policy)
    await tx.put(policyVersions, { policyId: policy.id, version: 1, text: PolicyDocument, createdAt: now })
    return { Policy: { ...shown(tx, policy, { attached: 0, bounding: 0 }), ...shownTags(tags) } }
  },
}

async function checkDocument(
  tx: AccountReader,
  document: string,
  fail: (code: 'MalformedPolicyDocument' | 'LimitExceeded', message: string) => never,
): Promise<void> {
  const wrong = firstApiMessage(parsePolicy(document, 'identity').findings)
  if (wrong !== undefined) fail('MalformedPolicyDocument', wrong)
  const most = await quota(tx, 'PolicySize')
  if (policySize(document) > most) fail('LimitExceeded', `Cannot exceed quota for PolicySize: ${most}`)
}

/** Without tags and description, which only some answers have (recorded facts 17, 18). */
function shown(tx: AccountReader, policy: PolicyRecord, { attached, bounding }: Uses): iam.Policy {
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: arnOf(policyNoun, tx, policy),
    Path: policy.path,
    DefaultVersionId: `v${policy.defaultVersion}`,
    AttachmentCount: attached,
    PermissionsBoundaryUsageCount: bounding,
    IsAttachable: true,
    CreateDate: new Date(policy.createdAt),
    UpdateDate: new Date(policy.updatedAt),
  }
}

function shownAws(policy: ManagedPolicy, { attached, bounding }: Uses): iam.Policy {
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.defaultVersionId,
    AttachmentCount: attached,
    PermissionsBoundaryUsageCount: bounding,
    IsAttachable: true,
    CreateDate: new Date(policy.createdAt),
    UpdateDate: new Date(policy.updatedAt),
  }
}

const shownFound = async (tx: AccountReader, found: Found, arn: string): Promise<iam.Policy> =>
  found.owner === 'aws' ? shownAws(found.policy, await usesOfOne(tx, arn)) : shown(tx, found.policy, await usesOfOne(tx, arn))

const getPolicy: Op<'GetPolicy'> = {
  mode: 'read',
  access: thePolicy,
  shows: { input: ['PolicyArn'] },
  async run({ PolicyArn }, { tx, fail }) {
    const found = (await managedPolicyNamed(tx, PolicyArn, fail)) ?? fail('NoSuchEntity', policyNoun.missing(PolicyArn))
    const own = found.owner === 'account' ? found.policy : undefined
    return {
      Policy: {
        ...(await shownFound(tx, found, PolicyArn)),
        Tags: [...(own?.tags ?? [])],
        ...(own?.description !== undefined && { Description: own.description }),
      },
    }
  },
}

/** Whether a policy is used as the filter wants it used; a boundary counts as attached where no filter is given. */
const usageFilters: Readonly<Record<'PermissionsPolicy' | 'PermissionsBoundary' | 'either', (uses: Uses) => boolean>> = {
  PermissionsPolicy: ({ attached }) => attached > 0,
  PermissionsBoundary: ({ bounding }) => bounding > 0,
  either: ({ attached, bounding }) => attached + bounding > 0,
}

const listPolicies: Op<'ListPolicies'> = {
  mode: 'read',
  access: {
    resource: async (input, look) => ({
      ...(await onAll('policy').resource(input, look)),
      called: `policy path ${input.PathPrefix ?? '/'}`,
    }),
  },
  shows: { input: ['Scope', 'OnlyAttached', 'PathPrefix', 'PolicyUsageFilter', 'Marker', 'MaxItems'] },
  async run({ Scope = 'All', OnlyAttached = false, PathPrefix, PolicyUsageFilter, Marker, MaxItems }, { tx, fail }) {
    const inPath = underPath(PathPrefix)
    const found: iam.Policy[] = []
    if (Scope !== 'AWS') {
      for (let after: string | undefined; ; ) {
        const { items, next } = await tx.list(policies, 'name', { limit: 1000, ...(after !== undefined && { after }) })
        const inIt = items.filter((policy) => inPath?.(policy) ?? true)
        const arns = inIt.map((policy) => arnOf(policyNoun, tx, policy))
        for (const [at, uses] of (await usesOf(tx, arns)).entries()) found.push(shown(tx, inIt[at]!, uses))
        if (next === undefined) break
        after = next
      }
    }
    if (Scope !== 'Local') {
      const inIt = managedPolicies().filter((policy) => inPath?.(policy) ?? true)
      const arns = inIt.map(({ arn }) => arn)
      for (const [at, uses] of (await usesOf(tx, arns)).entries()) found.push(shownAws(inIt[at]!, uses))
    }
    // AWS heeds the filter only beside OnlyAttached.
    const isWanted = OnlyAttached ? usageFilters[PolicyUsageFilter ?? 'either'] : () => true
    const kept = found.filter(({ AttachmentCount, PermissionsBoundaryUsageCount }) =>
      isWanted({ attached: AttachmentCount!, bounding: PermissionsBoundaryUsageCount! }),
    )
    const placed = kept.map((policy) => ({ policy, place: placeOf(policy) })).sort((a, b) => (a.place < b.place ? -1 : 1))
    const { items, answer } = pageOf(
      placed,
      ({ place }) => place,
      { ...(Marker !== undefined && { Marker }), ...(MaxItems !== undefined && { MaxItems }) },
      fail,
    )
    return { Policies: items.map(({ policy }) => policy), ...answer }
  },
}

/** The account's own come first; AWS's are listed by their age. */
const placeOf = ({ Arn, CreateDate }: iam.Policy): string =>
  `${Arn!.startsWith('arn:aws:iam::aws:') ? CreateDate!.toISOString() : ''}/${Arn}`

/** Why a policy cannot be deleted yet, in the order that AWS says it (iam-behaviour §7). */
const deletePolicy: Op<'DeletePolicy'> = {
  mode: 'write',
  access: thePolicy,
  shows: { input: ['PolicyArn'] },
  async run({ PolicyArn }, { tx, fail }) {
    const policy = await ownPolicy(tx, PolicyArn, fail)
    const { attached, bounding } = await usesOfOne(tx, PolicyArn)
    if (attached + bounding > 0) fail('DeleteConflict', 'Cannot delete a policy attached to entities.')
    const versions = await tx.all(policyVersions, 'policy', policy.id)
    if (versions.length > 1) {
      fail(
        'DeleteConflict',
        "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
      )
    }
    for (const { policyId, version } of versions) await tx.delete(policyVersions, versionKey(policyId, version))
    await tx.delete(policies, policy.id)
    return {}
  },
}

export const versionKey = (policyId: string, version: number): string => policyVersions.key({ policyId, version, text: '', createdAt: 0 })

const shownVersion = (
  policy: PolicyRecord,
  { version, createdAt, text }: PolicyVersionRecord,
  withDocument: boolean,
): iam.PolicyVersion => ({
  ...(withDocument && { Document: text }),
  VersionId: `v${version}`,
  IsDefaultVersion: version === policy.defaultVersion,
  CreateDate: new Date(createdAt),
})

const createPolicyVersion: Op<'CreatePolicyVersion'> = {
  mode: 'write',
  access: thePolicy,
  shows: { input: ['PolicyArn', 'PolicyDocument', 'SetAsDefault'], output: ['PolicyVersion'] },
  async run({ PolicyArn, PolicyDocument, SetAsDefault = false }, { tx, now, fail }) {
    const policy = await ownPolicy(tx, PolicyArn, fail)
    await checkDocument(tx, PolicyDocument, fail)
    const most = await quota(tx, 'VersionsPerPolicy')
    if ((await tx.all(policyVersions, 'policy', policy.id)).length >= most) {
      fail(
        'LimitExceeded',
        `A managed policy can have up to ${most} versions. Before you create a new version, you must delete an existing version.`,
      )
    }
    const version: PolicyVersionRecord = { policyId: policy.id, version: policy.nextVersion, text: PolicyDocument, createdAt: now }
    const changed: PolicyRecord = {
      ...policy,
      nextVersion: policy.nextVersion + 1,
      updatedAt: now,
      ...(SetAsDefault && { defaultVersion: version.version }),
    }
    await tx.put(policies, changed)
    await tx.put(policyVersions, version)
    return { PolicyVersion: shownVersion(changed, version, false) }
  },
}

async function theVersion(
  tx: AccountReader,
  { PolicyArn, VersionId }: { PolicyArn: string; VersionId: string },
  policy: PolicyRecord,
  fail: (code: 'NoSuchEntity', message: string) => never,
): Promise<PolicyVersionRecord> {
  const number = Number(VersionId.slice(1).split('.')[0])
  return (await tx.get(policyVersions, versionKey(policy.id, number))) ?? fail('NoSuchEntity', noVersion(PolicyArn, VersionId))
}

const noVersion = (arn: string, version: string): string => `Policy ${arn} version ${version} does not exist or is not attachable.`

const getPolicyVersion: Op<'GetPolicyVersion'> = {
  mode: 'read',
  access: thePolicy,
  shows: { input: ['PolicyArn', 'VersionId'] },
  async run({ PolicyArn, VersionId }, { tx, fail }) {
    const found = (await managedPolicyNamed(tx, PolicyArn, fail)) ?? fail('NoSuchEntity', noVersion(PolicyArn, VersionId))
    if (found.owner === 'account')
      return { PolicyVersion: shownVersion(found.policy, await theVersion(tx, { PolicyArn, VersionId }, found.policy, fail), true) }
    if (VersionId !== found.policy.defaultVersionId) fail('NoSuchEntity', noVersion(PolicyArn, VersionId))
    return { PolicyVersion: { Document: managedPolicyDocument(PolicyArn)!, ...shownAwsVersion(found.policy) } }
  },
}

const shownAwsVersion = ({ defaultVersionId, updatedAt }: ManagedPolicy): iam.PolicyVersion => ({
  VersionId: defaultVersionId,
  IsDefaultVersion: true,
  CreateDate: new Date(updatedAt),
})

const listPolicyVersions: Op<'ListPolicyVersions'> = {
  mode: 'read',
  access: thePolicy,
  shows: { input: ['PolicyArn', 'Marker', 'MaxItems'] },
  async run(input, { tx, fail }) {
    const found = (await managedPolicyNamed(tx, input.PolicyArn, fail)) ?? fail('NoSuchEntity', policyNoun.missing(input.PolicyArn))
    if (found.owner === 'aws') return { Versions: [shownAwsVersion(found.policy)], IsTruncated: false }
    const { policy } = found
    const versions = [...(await tx.all(policyVersions, 'policy', policy.id))].reverse()
    const { items, answer } = pageOf(versions, ({ version }) => String(1e9 - version), input, fail)
    return { Versions: items.map((version) => shownVersion(policy, version, false)), ...answer }
  },
}

const setDefaultPolicyVersion: Op<'SetDefaultPolicyVersion'> = {
  mode: 'write',
  access: thePolicy,
  shows: { input: ['PolicyArn', 'VersionId'] },
  async run(input, { tx, now, fail }) {
    const policy = await ownPolicy(tx, input.PolicyArn, fail, noVersion(input.PolicyArn, input.VersionId))
    const { version } = await theVersion(tx, input, policy, fail)
    await tx.put(policies, { ...policy, defaultVersion: version, updatedAt: now })
    return {}
  },
}

const deletePolicyVersion: Op<'DeletePolicyVersion'> = {
  mode: 'write',
  access: thePolicy,
  shows: { input: ['PolicyArn', 'VersionId'] },
  async run(input, { tx, now, fail }) {
    const policy = await ownPolicy(tx, input.PolicyArn, fail)
    const { version } = await theVersion(tx, input, policy, fail)
    if (version === policy.defaultVersion) fail('DeleteConflict', 'Cannot delete the default version of a policy.')
    await tx.delete(policyVersions, versionKey(policy.id, version))
    await tx.put(policies, { ...policy, updatedAt: now })
    return {}
  },
}

/** A policy is attached to no policy, so a filter for policies finds nothing. */
const entityFilters: Readonly<Record<string, OwnerKind | 'policy'>> = {
  User: 'user',
  Group: 'group',
  Role: 'role',
  LocalManagedPolicy: 'policy',
  AWSManagedPolicy: 'policy',
}

const listEntitiesForPolicy: Op<'ListEntitiesForPolicy'> = {
  mode: 'read',
  access: thePolicy,
  shows: { input: ['PolicyArn', 'EntityFilter', 'PathPrefix', 'PolicyUsageFilter', 'Marker', 'MaxItems'] },
  async run(input, { tx, fail }) {
    const { PolicyArn, EntityFilter, PathPrefix, PolicyUsageFilter } = input
    if ((await managedPolicyNamed(tx, PolicyArn, fail)) === undefined)
      fail('NoSuchEntity', `Policy ${PolicyArn} does not exist or is not attachable.`)
    const uses: { kind: 'user' | 'group' | 'role'; id: string }[] = []
    if (PolicyUsageFilter !== 'PermissionsBoundary') {
      for await (const { ownerKind, ownerId } of everyOne(tx, attachments, 'policy', PolicyArn)) uses.push({ kind: ownerKind, id: ownerId })
    }
    if (PolicyUsageFilter !== 'PermissionsPolicy') {
      for await (const { id } of everyOne(tx, users, 'boundary', PolicyArn)) uses.push({ kind: 'user', id })
      for await (const { id } of everyOne(tx, roles, 'boundary', PolicyArn)) uses.push({ kind: 'role', id })
    }
    const wanted = EntityFilter === undefined ? undefined : entityFilters[EntityFilter]
    const inPath = underPath(PathPrefix)
    const found: { kind: 'user' | 'group' | 'role'; id: string; name: string }[] = []
    for (const use of new Map(uses.map((own) => [`${own.kind}/${own.id}`, own])).values()) {
      const entity = await owners[use.kind](tx, use.id)
      if (entity !== undefined && (wanted === undefined || wanted === use.kind) && (inPath?.(entity) ?? true))
        found.push({ ...use, name: entity.name })
    }
    const keyOf = ({ kind, id }: { kind: string; id: string }): string => `${kind}/${id}`
    const { items, answer } = pageOf(
      found.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)),
      keyOf,
      input,
      fail,
    )
    const of = (kind: string) => items.filter((item) => item.kind === kind)
    return {
      PolicyUsers: of('user').map(({ id, name }) => ({ UserName: name, UserId: id })),
      PolicyGroups: of('group').map(({ id, name }) => ({ GroupName: name, GroupId: id })),
      PolicyRoles: of('role').map(({ id, name }) => ({ RoleName: name, RoleId: id })),
      ...answer,
    }
  },
}

interface Owner {
  readonly name: string
  readonly path: string
}

/** One row a kind, since each table has a record type of its own. */
const owners: Readonly<Record<OwnerKind, (tx: AccountReader, id: string) => Promise<Owner | undefined>>> = {
  user: (tx, id) => tx.get(users, id),
  group: (tx, id) => tx.get(groups, id),
  role: (tx, id) => tx.get(roles, id),
}

export const policyRows = {
  CreatePolicy: createPolicy,
  GetPolicy: getPolicy,
  ListPolicies: listPolicies,
  DeletePolicy: deletePolicy,
  CreatePolicyVersion: createPolicyVersion,
  GetPolicyVersion: getPolicyVersion,
  ListPolicyVersions: listPolicyVersions,
  SetDefaultPolicyVersion: setDefaultPolicyVersion,
  DeletePolicyVersion: deletePolicyVersion,
  ListEntitiesForPolicy: listEntitiesForPolicy,
  ...tagging(policyNoun, 'PolicyArn', thePolicy, ({ PolicyArn }, tx, fail) => ownPolicy(tx, PolicyArn, fail)),
} satisfies Partial<Rows<IamOperations>>
