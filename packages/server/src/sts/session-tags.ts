/** Tags of a session: those passed, and the transitive ones of the session before (policy-semantics §6.14). */

import type { TagRecord } from '../iam/records.js'
import type { CallerSession } from '../pipeline/caller.js'

type Fail = (code: 'InvalidParameterValue', message: string) => never

export interface PassedTags {
  readonly tags: readonly TagRecord[]
  readonly transitive: readonly string[]
}

const low = (text: string): string => text.toLowerCase()

const mostTags = 50
const tagText = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u

/** Of tags that do not come through the model, which has these limits for those that a caller passes (iam-behaviour §4). */
export function checkTagShapes(tags: readonly TagRecord[], fail: (code: 'ValidationError', message: string) => never): void {
  if (tags.length > mostTags) fail('ValidationError', `A session can have up to ${mostTags} tags.`)
  for (const { Key, Value } of tags) {
    const fits = Key.length >= 1 && Key.length <= 128 && Value.length <= 256 && tagText.test(Key) && tagText.test(Value)
    if (!fits) fail('ValidationError', 'A session tag is not of the form that tags have.')
  }
}

export function checkSessionTags(
  tags: readonly TagRecord[] = [],
  transitive: readonly string[] = [],
  before: CallerSession | undefined,
  fail: Fail,
): PassedTags {
  const keys = new Set(tags.map(({ Key }) => low(Key)))
  if ([...keys].some((key) => key.startsWith('aws:'))) {
    fail('InvalidParameterValue', 'Session tag keys cannot start with the reserved prefix aws: in any letter case.')
  }
  refuseTwins(tags, fail)
  if (transitive.some((key) => !keys.has(low(key)))) {
    fail('InvalidParameterValue', 'The specified transitive tag key must be included in the requested tags.')
  }
  if (before?.transitiveTagKeys.some((key) => keys.has(low(key)))) {
    fail(
      'InvalidParameterValue',
      "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
    )
  }
  return { tags: tags.map(({ Key, Value }) => ({ Key, Value })), transitive }
}

/** Fails when two keys are the same but for letter case. */
export function refuseTwins(tags: readonly TagRecord[], fail: Fail): void {
  if (new Set(tags.map(({ Key }) => low(Key))).size < tags.length)
    fail('InvalidParameterValue', 'Duplicate tag keys found. Please note that Tag keys are case insensitive.')
}

/** What the new session carries: inherited transitive tags go on, and stay transitive. */
export function chainedTags(
  { tags, transitive }: PassedTags,
  before: CallerSession | undefined,
): { tags?: readonly TagRecord[]; transitiveTagKeys?: readonly string[] } {
  const inheritedKeys = new Set(before?.transitiveTagKeys.map(low))
  const inherited = before?.tags.filter(({ Key }) => inheritedKeys.has(low(Key))) ?? []
  const all = [...inherited, ...tags]
  const keys = [...(before?.transitiveTagKeys ?? []), ...transitive]
  return { ...(all.length > 0 && { tags: all }), ...(keys.length > 0 && { transitiveTagKeys: keys }) }
}
