/**
 * AssumeRoot: a member account's root, for a task, by the organization's management account. An account outside an organization manages
 * none, so nobody may: the answer is AWS's denial, whatever policies say.
 */
import type { StsOperations } from '@bailiwick/model'
import type { Look, Operation, ResourceUnderRequest } from '../pipeline/operation.js'

type AssumeRoot = StsOperations['AssumeRoot']

/** The target is an account id or the ARN of its root. */
function rootOf({ TargetPrincipal }: AssumeRoot['input'], { tx }: Pick<Look, 'tx'>): ResourceUnderRequest {
  const accountId = /^(?:arn:aws:iam::)?(\d{12})(?::root)?$/.exec(TargetPrincipal)?.[1]
  return accountId === undefined ? { arn: TargetPrincipal, accountId: tx.accountId } : { arn: `arn:aws:iam::${accountId}:root`, accountId }
}

export const assumeRoot: Operation<AssumeRoot> = {
  mode: 'read',
  access: {
    resource: async (input, look) => rootOf(input, look),
    context: ({ TaskPolicyArn: { arn } }) => ({ ...(arn !== undefined && { 'sts:TaskPolicyArn': arn }) }),
    denial: 'bare',
  },
  shows: { input: ['TargetPrincipal', 'TaskPolicyArn', 'DurationSeconds'] },
  async run(input, { caller, tx, fail }) {
    const { arn } = rootOf(input, { tx })
    return fail('AccessDenied', `User: ${caller.arn} is not authorized to perform: sts:AssumeRoot on resource: ${arn}`)
  },
}
