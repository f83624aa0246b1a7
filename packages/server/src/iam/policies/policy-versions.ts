/** The versions of managed policies: of the account's own up to five, of AWS's all that there were. */
import type { IamOperations, iam } from '@bailiwick/model'
import { type ManagedPolicyVersion, managedPolicyVersions } from '@bailiwick/model/managed-policies'
import type { AccountReader } from '../../pipeline/account-store.js'
import type { Operation, Rows } from '../../pipeline/operation.js'
import { pageOf } from '../paging.js'
import { quota } from '../quota.js'
import { type PolicyRecord, type PolicyVersionRecord, policies, policyVersions } from '../records.js'
import { managedPolicyNamed } from './managed-policy.js'
import { checkDocument, ownPolicy, policyNoun, thePolicy, versionKey } from './policy.js'

type Op<Name extends keyof IamOperations> = Operation<IamOperations[Name]>

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
    const versions = shownAwsVersions(PolicyArn, true)
    return { PolicyVersion: versions.find((one) => one.VersionId === VersionId) ?? fail('NoSuchEntity', noVersion(PolicyArn, VersionId)) }
  },
}

/** The newest first, which is in force. Since when there is one of AWS's earlier versions is not known of all. */
export const shownAwsVersions = (arn: string, withDocument: boolean): iam.PolicyVersion[] =>
  managedPolicyVersions(arn).map(({ id, createdAt, document }: ManagedPolicyVersion, at) => ({
    ...(withDocument && { Document: document }),
    VersionId: id,
    IsDefaultVersion: at === 0,
    ...(createdAt !== undefined && { CreateDate: new Date(createdAt) }),
  }))

/** So that the next page begins behind it. */
const oldestLast = (version: string | number): string => String(1e9 - Number(String(version).replace('v', '')))

const listPolicyVersions: Op<'ListPolicyVersions'> = {
  mode: 'read',
  access: thePolicy,
  shows: { input: ['PolicyArn', 'Marker', 'MaxItems'] },
  async run(input, { tx, fail }) {
    const found = (await managedPolicyNamed(tx, input.PolicyArn, fail)) ?? fail('NoSuchEntity', policyNoun.missing(input.PolicyArn))
    if (found.owner === 'aws') {
      const { items, answer } = pageOf(shownAwsVersions(input.PolicyArn, false), ({ VersionId }) => oldestLast(VersionId!), input, fail)
      return { Versions: items, ...answer }
    }
    const { policy } = found
    const versions = [...(await tx.all(policyVersions, 'policy', policy.id))].reverse()
    const { items, answer } = pageOf(versions, ({ version }) => oldestLast(version), input, fail)
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

export const policyVersionRows = {
  CreatePolicyVersion: createPolicyVersion,
  GetPolicyVersion: getPolicyVersion,
  ListPolicyVersions: listPolicyVersions,
  SetDefaultPolicyVersion: setDefaultPolicyVersion,
  DeletePolicyVersion: deletePolicyVersion,
} satisfies Partial<Rows<IamOperations>>
