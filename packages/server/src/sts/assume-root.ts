/**
 * AssumeRoot: a member account's root, for a task, by the organization's management account. An account outside an organization manages
 * none, so nobody may: the answer is AWS's denial, whatever policies say.
 */
import type { StsOperations } from '@bailiwick/model'
import { managedPolicy } from '@bailiwick/model/managed-policies'
import { fail } from '../pipeline/api-error.js'
import type { Operation, ResourceUnderRequest } from '../pipeline/operation.js'

type AssumeRoot = StsOperations['AssumeRoot']

const taskPolicies = 'arn:aws:iam::aws:policy/root-task/'

/** The target is an account id or the ARN of its root. That, and the task, are looked at before anybody is asked, as recorded in 2026. */
function rootOf({ TargetPrincipal, TaskPolicyArn: { arn: task = '' } }: AssumeRoot['input']): ResourceUnderRequest {
  const found = /^(?:(\d{12})|arn:aws:iam::(\d{12}):root)$/.exec(TargetPrincipal)
  const accountId = found?.[1] ?? found?.[2] ?? fail('ValidationError', 'Request must contain a valid target principal')
  if (!task.startsWith(taskPolicies) || managedPolicy(task) === undefined)
    fail('ValidationError', 'Request must contain valid AWS managed task policy ARN')
  return { arn: `arn:aws:iam::${accountId}:root`, accountId }
}

export const assumeRoot: Operation<AssumeRoot> = {
  mode: 'read',
  access: {
    resource: async (input) => rootOf(input),
    context: ({ TaskPolicyArn: { arn } }) => ({ ...(arn !== undefined && { 'sts:TaskPolicyArn': arn }) }),
    denial: 'bare',
  },
  shows: { input: ['TargetPrincipal', 'TaskPolicyArn', 'DurationSeconds'] },
  async run(input, { caller, fail }) {
    const { arn } = rootOf(input)
    return fail('AccessDenied', `User: ${caller.arn} is not authorized to perform: sts:AssumeRoot on resource: ${arn}`)
  },
}
