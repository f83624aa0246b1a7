/** Tags of a session: those passed, and the transitive ones of the session before (policy-semantics §6.14). */

import type { TagRecord } from '../iam/records.js'
import type { CallerSession } from '../pipeline/caller.js'

type Fail = (code: 'InvalidParameterValue', message: string) => never

export interface PassedTags {
  readonly tags: readonly TagRecord[]
  readonly transitive: readonly string[]
}

const low = (text: string): string => text.toLowerCase()

export function checkSessionTags(
  tags: readonly TagRecord[] = [],
  transitive: readonly string[] = [],
  before: CallerSession | undefined,
  fail: Fail,
): PassedTags {
  const keys = new Set(tags.map(({ Key }) => low(Key)))
  if (keys.size < tags.length) fail('InvalidParameterValue', 'Duplicate tag keys found. Please note that Tag keys are case insensitive.')
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
