/** Customer managed policies, and the reading of AWS's own. */
import type { IamOperations, iam } from '@bailiwick/model'
import { makeId } from '@bailiwick/model'
import { type ManagedPolicy, managedPolicies, managedPolicyDescription } from '@bailiwick/model/managed-policies'
import type { AccountReader } from '../../pipeline/account-store.js'
import type { Operation, Rows } from '../../pipeline/operation.js'
import { tagging } from '../families/tagging.js'
import { arnOf, onAll, requestTags, taggingToo } from '../noun.js'
import { pageOf, underPath } from '../paging.js'
import { checkQuota } from '../quota.js'
import { type PolicyRecord, policies, policyVersions } from '../records.js'
import { newTags, shownTags } from '../tags.js'
import { type Found, managedPolicyNamed } from './managed-policy.js'
import { checkDocument, ownPolicy, policyNoun, thePolicy, versionKey } from './policy.js'
import { type Uses, usesOf, usesOfOne } from './uses.js'

type Op<Name extends keyof IamOperations> = Operation<IamOperations[Name]>

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
    const description = found.owner === 'account' ? found.policy.description : managedPolicyDescription(PolicyArn)
    return {
      Policy: {
        ...(await shownFound(tx, found, PolicyArn)),
        Tags: [...(own?.tags ?? [])],
        ...(description !== undefined && { Description: description }),
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

export const policyRows = {
  CreatePolicy: createPolicy,
  GetPolicy: getPolicy,
  ListPolicies: listPolicies,
  DeletePolicy: deletePolicy,
  ...tagging(policyNoun, 'PolicyArn', thePolicy, ({ PolicyArn }, tx, fail) => ownPolicy(tx, PolicyArn, fail)),
} satisfies Partial<Rows<IamOperations>>
