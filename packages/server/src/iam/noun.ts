/** What the rows of a kind of entity have in common: how one is found, named in a denial, and said to be missing. */
import type { Table } from '@bailiwick/store'
import type { AccountReader } from '../pipeline/account-store.js'
import type { Access, ContextKeys, Look, ResourceUnderRequest } from '../pipeline/operation.js'
import { type EntityType, entityArn } from './arns.js'
import type { TagRecord } from './records.js'

interface EntityRecord {
  readonly id: string
  readonly name: string
  readonly path: string
  readonly createdAt: number
  readonly tags?: readonly TagRecord[]
  readonly boundaryArn?: string
}

export interface Noun<R extends EntityRecord> {
  /** As operation names have it: `TagUser`. */
  readonly noun: 'User' | 'Group' | 'Role' | 'Policy' | 'InstanceProfile' | 'ServerCertificate'
  readonly type: EntityType
  /** As denials write it: `user NAME` (recorded fact 72). */
  readonly word: string
  readonly table: Table<R> & { indexes: { name: unknown } }
  readonly missing: (name: string) => string
  readonly exists: (name: string) => string
}

type Fail = (code: 'NoSuchEntity', message: string) => never

/** The entity of that name, or the answer that there is none. */
export async function the<R extends EntityRecord>(noun: Noun<R>, tx: AccountReader, name: string, fail: Fail): Promise<R> {
  return (await tx.find(noun.table, 'name', name)) ?? fail('NoSuchEntity', noun.missing(name))
}

export const arnOf = <R extends EntityRecord>(
  noun: Noun<R>,
  { accountId }: { readonly accountId: string },
  entity: { readonly path: string; readonly name: string },
): string => entityArn('aws', accountId, noun.type, entity)

/** An entity that a request is about. One that does not exist is still an ARN to be denied on, so that nothing is learned from the answer. */
export async function existing<R extends EntityRecord>(noun: Noun<R>, name: string, { tx }: Look): Promise<ResourceUnderRequest> {
  const found = await tx.find(noun.table, 'name', name)
  return {
    arn: arnOf(noun, tx, found ?? { path: '/', name }),
    accountId: tx.accountId,
    called: `${noun.word} ${name}`,
    ...(found?.tags && { tags: found.tags }),
  }
}

/**
 * The same for an action that AWS's authorization reference gives `iam:PermissionsBoundary`. No other has it, so that a condition on it lets
 * nobody do anything else.
 */
export async function existingWithBoundary<R extends EntityRecord>(noun: Noun<R>, name: string, look: Look): Promise<ResourceUnderRequest> {
  const found = await look.tx.find(noun.table, 'name', name)
  const resource = await existing(noun, name, look)
  return found?.boundaryArn === undefined ? resource : { ...resource, context: { 'iam:PermissionsBoundary': found.boundaryArn } }
}

/** Access to an entity named in the input. */
export const onThe = <R extends EntityRecord, Input>(noun: Noun<R>, named: (input: Input) => string): Access<Input> => ({
  resource: (input, look) => existing(noun, named(input), look),
})

/** The same, for an action that is asked with its boundary. */
export const onTheBounded = <R extends EntityRecord, Input>(noun: Noun<R>, named: (input: Input) => string): Access<Input> => ({
  resource: (input, look) => existingWithBoundary(noun, named(input), look),
})

/** Access for creating an entity: the ARN it would have, and the tags and the boundary asked for. */
export const onNew = <
  R extends EntityRecord,
  Input extends { Path?: string; Tags?: readonly { Key: string; Value: string }[]; PermissionsBoundary?: string },
>(
  noun: Noun<R>,
  named: (input: Input) => string,
): Access<Input> =>
  taggingToo(noun.noun, {
    resource: async (input, { tx }) => ({ arn: arnOf(noun, tx, { path: input.Path ?? '/', name: named(input) }), accountId: tx.accountId }),
    context: ({ Tags, PermissionsBoundary }) => ({
      ...requestTags(Tags),
      ...(PermissionsBoundary !== undefined && { 'iam:PermissionsBoundary': PermissionsBoundary }),
    }),
  })

/** Who gives tags to what is created must be allowed to tag it, too: `iam:TagRole` and the like, on the new ARN. */
export const taggingToo = <Input extends { readonly Tags?: readonly Tag[] }>(noun: string, access: Access<Input>): Access<Input> => ({
  ...access,
  async alsoRequires(input, look) {
    if (input.Tags === undefined || input.Tags.length === 0) return []
    return [{ action: `iam:Tag${noun}`, resource: await access.resource(input, look), context: requestTags(input.Tags) }]
  },
})

/** Access for listing: `arn:…:user/` and the path prefix asked for (iam-behaviour §3). */
export const onAll = <Input extends { PathPrefix?: string }>(type: EntityType): Access<Input> => ({
  resource: async ({ PathPrefix = '/' }, { tx }) => ({ arn: `arn:aws:iam::${tx.accountId}:${type}${PathPrefix}`, accountId: tx.accountId }),
})

/** Access to the account as a whole. */
export const onAccount: Access<object> = { resource: async (_, { tx }) => ({ arn: '*', accountId: tx.accountId }) }

interface Tag {
  readonly Key: string
  readonly Value: string
}

export function requestTags(tags: readonly Tag[] | undefined): ContextKeys {
  if (tags === undefined || tags.length === 0) return {}
  const keys: Record<string, string | string[]> = { 'aws:TagKeys': tags.map(({ Key }) => Key) }
  for (const { Key, Value } of tags) keys[`aws:RequestTag/${Key}`] = Value
  return keys
}
