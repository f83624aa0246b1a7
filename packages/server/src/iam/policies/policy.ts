/** What the operations on customer managed policies share: which policy an ARN names, who may change it, and what a document must be. */
import { firstApiMessage, parsePolicy, policySize } from '@bailiwick/policy'
import type { AccountReader } from '../../pipeline/account-store.js'
import { fail } from '../../pipeline/api-error.js'
import type { Access, Look, ResourceUnderRequest } from '../../pipeline/operation.js'
import type { Noun } from '../noun.js'
import { quota } from '../quota.js'
import { type PolicyRecord, policies, policyVersions } from '../records.js'
import { managedPolicyNamed } from './managed-policy.js'

export const policyNoun: Noun<PolicyRecord> & { noun: 'Policy' } = {
  noun: 'Policy',
  type: 'policy',
  word: 'policy',
  table: policies,
  missing: (arn) => `Policy ${arn} was not found.`,
  exists: (name) => `A policy called ${name} already exists. Duplicate names are not allowed.`,
}

export type OnPolicy = { readonly PolicyArn: string }

/**
 * The policy that an ARN names. One of AWS belongs to no account, so nobody but AWS may change it; text that is no ARN is refused before
 * anybody is asked about it, and an ARN of something else is asked about like that of a policy that is not there.
 */
export const thePolicy: Access<OnPolicy> = {
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

/** The account's own policy of that ARN. Fails with `NoSuchEntity`, and with `AccessDenied` for one of AWS. */
export async function ownPolicy(
  tx: AccountReader,
  arn: string,
  fail: (code: 'NoSuchEntity' | 'ValidationError' | 'AccessDenied', message: string) => never,
  missing = policyNoun.missing(arn),
): Promise<PolicyRecord> {
  const found = (await managedPolicyNamed(tx, arn, fail)) ?? fail('NoSuchEntity', missing)
  if (found.owner === 'aws') return fail('AccessDenied', `Policy ${arn} is managed by AWS and cannot be changed.`)
  return found.policy
}

/** Fails with `MalformedPolicyDocument` in AWS's words, or `LimitExceeded`; sizes are without white space. */
export async function checkDocument(
  tx: AccountReader,
  document: string,
  fail: (code: 'MalformedPolicyDocument' | 'LimitExceeded', message: string) => never,
): Promise<void> {
  const wrong = firstApiMessage(parsePolicy(document, 'identity').findings)
  if (wrong !== undefined) fail('MalformedPolicyDocument', wrong)
  const most = await quota(tx, 'PolicySize')
  if (policySize(document) > most) fail('LimitExceeded', `Cannot exceed quota for PolicySize: ${most}`)
}

export const versionKey = (policyId: string, version: number): string => policyVersions.key({ policyId, version, text: '', createdAt: 0 })
