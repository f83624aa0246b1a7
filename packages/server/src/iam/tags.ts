/** The rules of tags, which every taggable kind shares (iam-behaviour §4). */
import type { AccountReader } from '../pipeline/account-store.js'
import { quota } from './quota.js'
import type { TagRecord } from './records.js'

type Tags = readonly { readonly Key: string; readonly Value: string }[]
type Fail = (code: 'InvalidInput' | 'LimitExceeded', message: string) => never

/** Tags asked for: no key twice in any letter case, none of AWS's own. */
export function checkedTags(tags: Tags | undefined, fail: Fail): readonly TagRecord[] {
  if (tags === undefined) return []
  const seen = new Set<string>()
  for (const { Key } of tags) {
    const folded = Key.toLowerCase()
    if (folded.startsWith('aws:'))
      fail('InvalidInput', 'User-defined tag keys cannot start with the reserved prefix aws: in any letter case.')
    if (seen.has(folded)) fail('InvalidInput', 'Duplicate tag keys found. Please note that Tag keys are case insensitive.')
    seen.add(folded)
  }
  return tags.map(({ Key, Value }) => ({ Key, Value }))
}

/** The tags of an entity that is made with some. */
export async function newTags(tx: AccountReader, tags: Tags | undefined, fail: Fail): Promise<readonly TagRecord[]> {
  return withTags(tx, [], checkedTags(tags, fail), fail)
}

/** What an entity has after `added` is put over it: a key in another letter case is the same key, and takes the new spelling. */
export async function withTags(
  tx: AccountReader,
  before: readonly TagRecord[],
  added: readonly TagRecord[],
  fail: Fail,
): Promise<readonly TagRecord[]> {
  const fresh = new Map(added.map((tag) => [tag.Key.toLowerCase(), tag]))
  const after = [...before.filter(({ Key }) => !fresh.has(Key.toLowerCase())), ...added]
  if (after.length > (await quota(tx, 'TagsPerResource'))) fail('LimitExceeded', 'The number of tags has reached the maximum limit.')
  return after
}

export const withoutTags = (before: readonly TagRecord[], keys: readonly string[]): readonly TagRecord[] => {
  const gone = new Set(keys.map((key) => key.toLowerCase()))
  return before.filter(({ Key }) => !gone.has(Key.toLowerCase()))
}

/** Shown only when there are some (recorded facts 19–22). */
export const shownTags = (tags: readonly TagRecord[]): { Tags?: TagRecord[] } => (tags.length > 0 ? { Tags: [...tags] } : {})
