/** What OIDC and SAML providers share: they are named by ARN, and denials call them by it. */
import type { Table } from '@bailiwick/store'
import type { AccountReader } from '../../pipeline/account-store.js'
import { fail } from '../../pipeline/api-error.js'
import type { Access, Look, ResourceUnderRequest } from '../../pipeline/operation.js'
import type { EntityType } from '../arns.js'
import { requestTags, taggingToo } from '../noun.js'
import type { TagRecord } from '../records.js'

export interface ProviderRecord {
  /** Never used twice. */
  readonly id: string
  /** What the ARN ends with. */
  readonly name: string
  /** Epoch milliseconds. */
  readonly createdAt: number
  readonly tags: readonly TagRecord[]
}

export interface ProviderKind<R extends ProviderRecord, N extends string, Member extends string> {
  /** As operation names have it: `TagSAMLProvider`. */
  readonly noun: N
  readonly type: EntityType
  /** The input member that holds the ARN. */
  readonly member: Member
  readonly table: Table<R> & { indexes: { name: unknown } }
  readonly missing: (arn: string) => string
}

type Kind<R extends ProviderRecord> = ProviderKind<R, string, string>

export const providerArn = <R extends ProviderRecord>({ type }: Kind<R>, accountId: string, name: string): string =>
  `arn:aws:iam::${accountId}:${type}/${name}`

/** Undefined when the ARN names nothing of this kind in this account. */
export async function providerNamed<R extends ProviderRecord>(kind: Kind<R>, tx: AccountReader, arn: string): Promise<R | undefined> {
  const before = providerArn(kind, tx.accountId, '')
  const name = arn.slice(before.length)
  if (!arn.startsWith(before) || name === '') return undefined
  const found = await tx.find(kind.table, 'name', name)
  return found?.name === name ? found : undefined
}

export async function theProvider<R extends ProviderRecord>(
  kind: Kind<R>,
  tx: AccountReader,
  arn: string,
  fail: (code: 'NoSuchEntity', message: string) => never,
): Promise<R> {
  return (await providerNamed(kind, tx, arn)) ?? fail('NoSuchEntity', kind.missing(arn))
}

/** Access to the provider that an ARN names. Text that is no ARN is refused before anybody is asked about it (recorded fact 10). */
export const onProvider = <R extends ProviderRecord, Member extends string>(
  kind: ProviderKind<R, string, Member>,
): Access<Record<Member, string>> => ({
  async resource(input, { tx }: Look): Promise<ResourceUnderRequest> {
    const arn = input[kind.member]
    const [, accountId] = /^arn:[^:]+:iam::(\d{12}):./.exec(arn) ?? fail('ValidationError', 'Invalid ARN:  Could not be parsed!')
    const found = await providerNamed(kind, tx, arn)
    return { arn, accountId: accountId!, ...(found && { tags: found.tags }) }
  },
})

/** Access for creating: the ARN it would have, and the tags asked for. */
export const onNewProvider = <R extends ProviderRecord, Input extends { readonly Tags?: readonly TagRecord[] }>(
  kind: Kind<R>,
  named: (input: Input) => string,
): Access<Input> =>
  taggingToo(kind.noun, {
    resource: async (input, { tx }) => ({ arn: providerArn(kind, tx.accountId, named(input)), accountId: tx.accountId }),
    context: ({ Tags }) => requestTags(Tags),
  })

const mostListed = 10_000

/** Lists of providers do not page; a quota bounds them. */
export async function allProviders<R extends ProviderRecord>(kind: Kind<R>, tx: AccountReader): Promise<readonly R[]> {
  return (await tx.list(kind.table, 'name', { limit: mostListed })).items
}
