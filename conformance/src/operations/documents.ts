/** Policies that worlds do not begin with. */
import { account, allow, policy, trust } from '../iam-scene.js'

export const otherDocument = {
  identity: policy(allow('iam:ListRoles')),
  trust: trust(`arn:aws:iam::${account}:root`, 'sts:AssumeRole', { Sid: 'Changed' }),
} as const
