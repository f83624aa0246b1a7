/** Policies passed when a session is made. */
import { firstApiMessage, parsePolicy } from '@bailiwick/policy'
import { managedPolicyNamed } from '../iam/policies/managed-policy.js'
import type { AccountReader } from '../pipeline/account-store.js'
import { type Packed, packedBytes, room } from './packed-size.js'

type Fail = (code: 'MalformedPolicyDocument' | 'PackedPolicyTooLarge' | 'ValidationError', message: string) => never

export function sessionPolicyText(text: string, fail: Fail): string {
  const wrong = firstApiMessage(parsePolicy(text, 'session').findings)
  return wrong === undefined ? text : fail('MalformedPolicyDocument', wrong)
}

/** The model does not tell (iam-behaviour §6). */
const mostPolicyArns = 10
const tooManyArns = `1 validation error detected: Value at 'policyArns' failed to satisfy constraint: Member must have length less than or equal to ${mostPolicyArns}`

/** The percentage of the room that policies and tags take; undefined when there are none (recorded fact 54). */
export async function packedPolicySize(tx: AccountReader, packed: Packed, fail: Fail): Promise<number | undefined> {
  const { policies, policyArns } = packed
  if (policyArns.length > mostPolicyArns) fail('ValidationError', tooManyArns)
  for (const arn of policyArns) {
    if ((await managedPolicyNamed(tx, arn, fail)) === undefined)
      fail('MalformedPolicyDocument', `The policy ${arn} does not exist or cannot be used for a session.`)
  }
  const bytes = packedBytes(packed)
  if (bytes === 0) return undefined
  const percent = Math.floor((100 * bytes) / room)
  if (bytes > room) {
    const [what, advice] =
      policies.length + policyArns.length > 0 ? ['policy', ', please use smaller policy'] : ['size of session tags', '']
    fail('PackedPolicyTooLarge', `Packed ${what} consumes ${percent}% of allotted space${advice}.`)
  }
  return percent
}
