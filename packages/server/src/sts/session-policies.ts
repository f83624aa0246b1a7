/** Policies passed when a session is made. */
import { deflateRawSync } from 'node:zlib'
import { firstApiMessage, parsePolicy } from '@bailiwick/policy'
import { managedPolicyNamed } from '../iam/policies/managed-policy.js'
import type { TagRecord } from '../iam/records.js'
import type { AccountReader } from '../pipeline/account-store.js'
import type { ContextKeys } from '../pipeline/operation.js'

type Fail = (code: 'MalformedPolicyDocument' | 'PackedPolicyTooLarge' | 'ValidationError', message: string) => never

export function sessionPolicyText(text: string, fail: Fail): string {
  const wrong = firstApiMessage(parsePolicy(text, 'session').findings)
  return wrong === undefined ? text : fail('MalformedPolicyDocument', wrong)
}

interface Passed {
  readonly policies: readonly string[]
  readonly policyArns: readonly string[]
  readonly tags: readonly TagRecord[]
  /** What an identity provider said that the session goes on knowing. */
  readonly keys?: ContextKeys
}

/** What fits into a session. AWS does not tell its own limit; ours is that of the compressed text (policy-semantics §16, 17). */
const packedBytes = 2048
/** So little is kept as it is: compressing it would cost more than the rest of the call. */
const mostUncompressed = 512

/** The model does not tell (iam-behaviour §6). */
const mostPolicyArns = 10
const tooManyArns = `1 validation error detected: Value at 'policyArns' failed to satisfy constraint: Member must have length less than or equal to ${mostPolicyArns}`

/** The percentage of the room that policies and tags take; undefined when none were passed (recorded fact 54). */
export async function packedPolicySize(tx: AccountReader, passed: Passed, fail: Fail): Promise<number | undefined> {
  const { policies, policyArns, tags, keys } = passed
  if (policyArns.length > mostPolicyArns) fail('ValidationError', tooManyArns)
  for (const arn of policyArns) {
    if ((await managedPolicyNamed(tx, arn, fail)) === undefined)
      fail('MalformedPolicyDocument', `The policy ${arn} does not exist or cannot be used for a session.`)
  }
  if (policies.length + policyArns.length + tags.length === 0 && keys === undefined) return undefined
  const text = Buffer.from(JSON.stringify(passed))
  const bytes = text.length <= mostUncompressed ? text.length : deflateRawSync(text).length
  const percent = Math.max(1, Math.ceil((100 * bytes) / packedBytes))
  if (percent > 100) {
    const [what, advice] =
      policies.length + policyArns.length > 0 ? ['policy', ', please use smaller policy'] : ['size of session tags', '']
    fail('PackedPolicyTooLarge', `Packed ${what} consumes ${percent}% of allotted space${advice}.`)
  }
  return percent
}
