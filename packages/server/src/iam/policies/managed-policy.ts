/** Managed policies by ARN: AWS's own, which are data of the model, and those of the account. */
import { type ManagedPolicy, managedPolicy } from '@bailiwick/model/managed-policies'
import type { AccountReader } from '../../pipeline/account-store.js'
import { readEntityArn } from '../arns.js'
import { type PolicyRecord, policies } from '../records.js'

export type Found = { readonly owner: 'aws'; readonly policy: ManagedPolicy } | { readonly owner: 'account'; readonly policy: PolicyRecord }

type Fail = (code: 'ValidationError', message: string) => never

/**
 * Undefined when there is no such policy, or none that this account may use. Text that is no ARN is refused, in the words of 2026 (recorded
 * fact 10 has those of before).
 */
export async function managedPolicyNamed(tx: AccountReader, arn: string, fail: Fail): Promise<Found | undefined> {
  if (!/^arn:[^:]+:[^:]+:[^:]*:[^:]*:./.test(arn)) fail('ValidationError', `ARN ${arn} is not valid.`)
  if (!arn.startsWith('arn:aws:')) fail('ValidationError', 'Invalid ARN partition')
  const named = readEntityArn(arn)
  if (named?.type !== 'policy') return undefined
  if (named.accountId === 'aws') {
    const policy = managedPolicy(arn)
    return policy && { owner: 'aws', policy }
  }
  if (named.accountId !== tx.accountId) return undefined
  const policy = await tx.find(policies, 'name', named.name)
  return policy?.path === named.path && policy.name === named.name ? { owner: 'account', policy } : undefined
}
