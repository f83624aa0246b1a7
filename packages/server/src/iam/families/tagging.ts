/** The three tag operations that the taggable kinds of entity share. */
import type { IamOperations } from '@bailiwick/model'
import type { Table } from '@bailiwick/store'
import type { AccountReader } from '../../pipeline/account-store.js'
import type { Access, Operation, Rows } from '../../pipeline/operation.js'
import { requestTags } from '../noun.js'
import { pageOf } from '../paging.js'
import type { TagRecord } from '../records.js'
import { checkedTags, type KeyRule, keysAsWritten, listedTags, withoutTags, withTags } from '../tags.js'

type TagNoun = 'User' | 'Role' | 'Policy' | 'InstanceProfile' | 'OpenIDConnectProvider' | 'SAMLProvider' | 'MFADevice' | 'ServerCertificate'
type TagNames<N extends TagNoun> = `Tag${N}` | `Untag${N}` | `List${N}Tags`

interface Taggable {
  readonly tags: readonly TagRecord[]
}

/** `find` gets the entity that the input names, or fails. `member` is the input member that names it. */
export function tagging<N extends TagNoun, R extends Taggable, Member extends string>(
  noun: { readonly noun: N; readonly table: Table<R> },
  member: Member,
  access: Access<Record<Member, string>>,
  find: (
    input: Record<Member, string>,
    tx: AccountReader,
    fail: (code: 'NoSuchEntity' | 'ValidationError' | 'AccessDenied', message: string) => never,
  ) => Promise<R>,
  rule: KeyRule = keysAsWritten,
): Rows<IamOperations, TagNames<N>> {
  type Named = Record<Member, string>
  const tag: Operation<{ input: Named & { Tags: TagRecord[] }; output: object; error: 'NoSuchEntity' | 'InvalidInput' | 'LimitExceeded' }> =
    {
      mode: 'write',
      access: { ...access, context: ({ Tags }) => requestTags(Tags) },
      shows: { input: [member, 'Tags'] },
      async run(input, { tx, fail }) {
        if (input.Tags.length === 0) fail('InvalidInput', rule.none.tag)
        const added = checkedTags(input.Tags, rule, fail)
        const found = await find(input, tx, fail)
        await tx.put(noun.table, { ...found, tags: await withTags(tx, found.tags, added, rule, fail) })
        return {}
      },
    }
  const untag: Operation<{ input: Named & { TagKeys: string[] }; output: object; error: 'NoSuchEntity' | 'InvalidInput' }> = {
    mode: 'write',
    access: { ...access, context: ({ TagKeys }) => ({ 'aws:TagKeys': TagKeys }) },
    shows: { input: [member, 'TagKeys'] },
    async run(input, { tx, fail }) {
      if (input.TagKeys.length === 0 && rule.none.untag !== undefined) fail('InvalidInput', rule.none.untag)
      const found = await find(input, tx, fail)
      await tx.put(noun.table, { ...found, tags: withoutTags(found.tags, input.TagKeys, rule) })
      return {}
    },
  }
  const list: Operation<{ input: Named & { Marker?: string; MaxItems?: number }; output: object; error: 'NoSuchEntity' }> = {
    mode: 'read',
    access,
    shows: { input: [member, 'Marker', 'MaxItems'] },
    async run(input, { tx, fail }) {
      const { tags } = await find(input, tx, fail)
      const { items, answer } = pageOf(listedTags(tags, rule), ({ Key }) => rule.place(Key), input, fail)
      return { Tags: items, ...answer }
    },
  }
  return { [`Tag${noun.noun}`]: tag, [`Untag${noun.noun}`]: untag, [`List${noun.noun}Tags`]: list } as unknown as Rows<
    IamOperations,
    TagNames<N>
  >
}
