/** The rules of tags, which every taggable kind shares (iam-behaviour §4). */
import type { AccountReader } from '../pipeline/account-store.js'
import { quota } from './quota.js'
import type { TagRecord } from './records.js'

type Tags = readonly { readonly Key: string; readonly Value: string }[]
type Fail = (code: 'InvalidInput' | 'LimitExceeded', message: string) => never

/** When two keys are the same, and the place of a key in a list. */
export interface KeyRule {
  readonly same: (key: string) => string
  readonly place: (key: string) => string
  readonly twice: string
  /** What is said of a call that names no tags. */
  readonly none: { readonly tag: string; readonly untag?: string }
}

/** Keys on users and roles: the same in any letter case. */
export const keysInAnyCase: KeyRule = {
  same: (key) => key.toLowerCase(),
  place: (key) => key,
  twice: 'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
  none: { tag: 'Error occurred while validating input. ' },
}

/** Keys on everything else: `a` and `A` are two. Lists have the shorter ones first, as recorded of policies. */
export const keysAsWritten: KeyRule = {
  same: (key) => key,
  place: (key) => `${String(key.length).padStart(3, '0')}${key}`,
  twice: 'Duplicate tag keys found.',
  none: { tag: 'The provided tag map must not be null/empty.', untag: 'The provided tag keys must not be null/empty.' },
}

/** In the order of the lists of them. */
export const listedTags = (tags: readonly TagRecord[], { place }: KeyRule = keysAsWritten): TagRecord[] =>
  tags.toSorted((a, b) => (place(a.Key) < place(b.Key) ? -1 : 1))

/** Tags asked for: no key twice, none of AWS's own. */
export function checkedTags(tags: Tags | undefined, { same, twice }: KeyRule, fail: Fail): readonly TagRecord[] {
  if (tags === undefined) return []
  const seen = new Set<string>()
  for (const { Key } of tags) {
    if (Key.toLowerCase().startsWith('aws:')) fail('InvalidInput', 'Tag keys beginning with aws: are reserved for system use.')
    if (seen.has(same(Key))) fail('InvalidInput', twice)
    seen.add(same(Key))
  }
  return tags.map(({ Key, Value }) => ({ Key, Value }))
}

/** The tags of an entity that is made with some. */
export async function newTags(
  tx: AccountReader,
  tags: Tags | undefined,
  fail: Fail,
  rule: KeyRule = keysAsWritten,
): Promise<readonly TagRecord[]> {
  return withTags(tx, [], checkedTags(tags, rule, fail), rule, fail)
}

/** What an entity has after `added` is put over it: the same key in another letter case takes the new spelling. */
export async function withTags(
  tx: AccountReader,
  before: readonly TagRecord[],
  added: readonly TagRecord[],
  { same }: KeyRule,
  fail: Fail,
): Promise<readonly TagRecord[]> {
  const fresh = new Set(added.map(({ Key }) => same(Key)))
  const after = [...before.filter(({ Key }) => !fresh.has(same(Key))), ...added]
  if (after.length > (await quota(tx, 'TagsPerResource'))) fail('LimitExceeded', 'The number of tags has reached the maximum limit.')
  return after
}

export const withoutTags = (before: readonly TagRecord[], keys: readonly string[], { same }: KeyRule): readonly TagRecord[] => {
  const gone = new Set(keys.map(same))
  return before.filter(({ Key }) => !gone.has(same(Key)))
}

/** Shown only when there are some (recorded facts 19–22). */
export const shownTags = (tags: readonly TagRecord[]): { Tags?: TagRecord[] } => (tags.length > 0 ? { Tags: [...tags] } : {})
