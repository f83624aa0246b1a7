/** OpenID Connect providers: an issuer, and the audiences whose tokens count. */
import type { IamOperations, iam } from '@bailiwick/model'
import { defineTable } from '@bailiwick/store'
import type { AccountReader } from '../../pipeline/account-store.js'
import { fail } from '../../pipeline/api-error.js'
import type { Operation, Rows } from '../../pipeline/operation.js'
import type { Surroundings } from '../../pipeline/surroundings.js'
import { tagging } from '../families/tagging.js'
import { onAll } from '../noun.js'
import { checkQuota, quota } from '../quota.js'
import { listedTags, newTags, shownTags } from '../tags.js'
import { allProviders, onNewProvider, onProvider, type ProviderKind, type ProviderRecord, providerArn, theProvider } from './provider.js'

/** `name` is the issuer without its scheme: what its ARN ends with, and what its condition keys begin with. */
export interface OidcProviderRecord extends ProviderRecord {
  /** Audiences: a token must be for one of them. */
  readonly clientIds: readonly string[]
  /** Only where the operator opened it; `https` when absent. */
  readonly scheme?: 'http'
  /** SHA-1 of certificates, 40 characters. None says that the issuer's certificate is checked like any other. */
  readonly thumbprints: readonly string[]
}

export const oidcProviders = defineTable<OidcProviderRecord>()({
  name: 'iam.oidc-provider',
  key: ({ id }) => id,
  // Letter case counts: an issuer is compared as it is written.
  indexes: { name: { values: ({ name }) => [name], unique: true } },
})

const kind: ProviderKind<OidcProviderRecord, 'OpenIDConnectProvider', 'OpenIDConnectProviderArn'> = {
  noun: 'OpenIDConnectProvider',
  type: 'oidc-provider',
  member: 'OpenIDConnectProviderArn',
  table: oidcProviders,
  missing: (arn) => `OpenIDConnect Provider not found for arn ${arn}`,
}

/** The provider for the issuer (`iss`) of a token, in the account of `tx`. */
export async function oidcProviderFor(tx: AccountReader, issuer: string): Promise<OidcProviderRecord | undefined> {
  const read = readIssuer(issuer)
  const provider = read && (await tx.find(oidcProviders, 'name', read.name))
  return provider !== undefined && (provider.scheme ?? 'https') === read?.scheme ? provider : undefined
}

type Op<Name extends keyof IamOperations> = Operation<IamOperations[Name]>

const access = onProvider(kind)

interface Issuer {
  readonly scheme: 'http' | 'https'
  readonly name: string
  readonly port: boolean
}

/** A scheme, a host and perhaps a path: no user, query or fragment. */
function readIssuer(url: string): Issuer | undefined {
  const [, scheme, name, port] = /^(https?):\/\/([^/?#@:\\]+(:\d{1,5})?(?:\/[^?#\\]*)?)$/.exec(url) ?? []
  return scheme !== undefined && URL.canParse(url)
    ? { scheme: scheme as Issuer['scheme'], name: name!, port: port !== undefined }
    : undefined
}

/** What has no scheme or no host is no URL at all; of a query or a fragment AWS says nothing but the code. */
function refuseUrl(url: string): never {
  const sentence = 'Invalid Open ID Connect Provider URL'
  if (!/^https?:\/\/[^/?#]/i.test(url)) return fail('ValidationError', sentence)
  if (/^http:/i.test(url)) return fail('InvalidInput', `${sentence}. The URL must begin with https://.`)
  return fail('InvalidInput', /[?#]/.test(url) ? '' : `${sentence}.`)
}

/** The issuer of a provider to be made: the port that https has anyway is left out. */
const newIssuer = (url: string): Issuer => readIssuer(url.replace(/^(https:\/\/[^/?#]+):443(?=\/|$)/, '$1')) ?? refuseUrl(url)

/** AWS takes https without a port; the operator of this server may open others (`--federation-allow`). */
function checkedIssuer(url: string, { federation }: Surroundings): Issuer {
  const issuer = newIssuer(url)
  const ordinary = issuer.scheme === 'https' && !issuer.port
  return ordinary || federation.allow.opensIssuer(url) ? issuer : refuseUrl(url)
}

async function checkedClientIds(
  tx: AccountReader,
  ids: readonly string[],
  fail: (code: 'LimitExceeded', message: string) => never,
): Promise<readonly string[]> {
  const different = [...new Set(ids)]
  const most = await quota(tx, 'ClientIdsPerOpenIdConnectProvider')
  if (different.length > most) fail('LimitExceeded', `Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: ${most}`)
  return different
}

async function checkedThumbprints(
  tx: AccountReader,
  thumbprints: readonly string[],
  fail: (code: 'InvalidInput', message: string) => never,
): Promise<readonly string[]> {
  const most = await quota(tx, 'ThumbprintsPerOpenIdConnectProvider')
  // AWS takes five, and says "fewer than 5" of the sixth (iam-behaviour §6, §7).
  if (thumbprints.length > most) fail('InvalidInput', `Thumbprint list must contain fewer than ${most} entries.`)
  return thumbprints.map((each) => each.toLowerCase())
}

const createProvider: Op<'CreateOpenIDConnectProvider'> = {
  mode: 'write',
  // AWS asks about the host alone, without the path that the provider will have.
  access: onNewProvider(kind, ({ Url }) => newIssuer(Url).name.split('/')[0]!),
  shows: { input: ['Url', 'ClientIDList', 'ThumbprintList', 'Tags'], output: ['OpenIDConnectProviderArn', 'Tags'] },
  async run({ Url, ClientIDList = [], ThumbprintList = [], Tags }, { tx, now, fail, surroundings }) {
    const tags = await newTags(tx, Tags, fail)
    const { name, scheme } = checkedIssuer(Url, surroundings)
    const thumbprints = await checkedThumbprints(tx, ThumbprintList, fail)
    const clientIds = await checkedClientIds(tx, ClientIDList, fail)
    if (await tx.find(oidcProviders, 'name', name)) fail('EntityAlreadyExists', `Provider with url ${Url} already exists.`)
    await checkQuota(tx, 'OpenIDConnectProvidersPerAccount', await tx.count(oidcProviders), fail)
    await tx.put(oidcProviders, {
      id: surroundings.uuid(),
      name,
      createdAt: now,
      tags,
      clientIds,
      thumbprints,
      ...(scheme === 'http' && { scheme }),
    })
    return { OpenIDConnectProviderArn: providerArn(kind, tx.accountId, name), ...shownTags(tags) }
  },
}

/** Always with tags, and the issuer without scheme (recorded fact 83). */
const shown = ({ name, clientIds, thumbprints, createdAt, tags }: OidcProviderRecord): iam.GetOpenIDConnectProviderResponse => ({
  Url: name,
  ClientIDList: clientIds,
  ThumbprintList: thumbprints,
  CreateDate: new Date(createdAt),
  Tags: listedTags(tags),
})

const getProvider: Op<'GetOpenIDConnectProvider'> = {
  mode: 'read',
  access,
  shows: { input: ['OpenIDConnectProviderArn'] },
  async run({ OpenIDConnectProviderArn }, { tx, fail }) {
    return shown(await theProvider(kind, tx, OpenIDConnectProviderArn, fail))
  },
}

const listProviders: Op<'ListOpenIDConnectProviders'> = {
  mode: 'read',
  access: onAll('oidc-provider'),
  shows: { input: [] },
  async run(_, { tx }) {
    return { OpenIDConnectProviderList: (await allProviders(kind, tx)).map(({ name }) => ({ Arn: providerArn(kind, tx.accountId, name) })) }
  },
}

const deleteProvider: Op<'DeleteOpenIDConnectProvider'> = {
  mode: 'write',
  access,
  shows: { input: ['OpenIDConnectProviderArn'] },
  async run({ OpenIDConnectProviderArn: arn }, { tx, fail }) {
    // AWS's own page calls it idempotent; AWS as recorded is not, and has a sentence of its own for it.
    const { id } = await theProvider({ ...kind, missing: () => `OpenId connect Provider ${arn} cannot be found.` }, tx, arn, fail)
    await tx.delete(oidcProviders, id)
    return {}
  },
}

const addClientId: Op<'AddClientIDToOpenIDConnectProvider'> = {
  mode: 'write',
  access,
  shows: { input: ['OpenIDConnectProviderArn', 'ClientID'] },
  async run({ OpenIDConnectProviderArn, ClientID }, { tx, fail }) {
    const provider = await theProvider(kind, tx, OpenIDConnectProviderArn, fail)
    await tx.put(oidcProviders, { ...provider, clientIds: await checkedClientIds(tx, [...provider.clientIds, ClientID], fail) })
    return {}
  },
}

const removeClientId: Op<'RemoveClientIDFromOpenIDConnectProvider'> = {
  mode: 'write',
  access,
  shows: { input: ['OpenIDConnectProviderArn', 'ClientID'] },
  async run({ OpenIDConnectProviderArn, ClientID }, { tx, fail }) {
    const provider = await theProvider(kind, tx, OpenIDConnectProviderArn, fail)
    await tx.put(oidcProviders, { ...provider, clientIds: provider.clientIds.filter((id) => id !== ClientID) })
    return {}
  },
}

const updateThumbprints: Op<'UpdateOpenIDConnectProviderThumbprint'> = {
  mode: 'write',
  access,
  shows: { input: ['OpenIDConnectProviderArn', 'ThumbprintList'] },
  async run({ OpenIDConnectProviderArn, ThumbprintList }, { tx, fail }) {
    const provider = await theProvider(kind, tx, OpenIDConnectProviderArn, fail)
    if (ThumbprintList.length === 0) fail('InvalidInput', 'Thumbprint list must contain at least one entry.')
    await tx.put(oidcProviders, { ...provider, thumbprints: await checkedThumbprints(tx, ThumbprintList, fail) })
    return {}
  },
}

export const oidcProviderRows = {
  CreateOpenIDConnectProvider: createProvider,
  GetOpenIDConnectProvider: getProvider,
  ListOpenIDConnectProviders: listProviders,
  DeleteOpenIDConnectProvider: deleteProvider,
  AddClientIDToOpenIDConnectProvider: addClientId,
  RemoveClientIDFromOpenIDConnectProvider: removeClientId,
  UpdateOpenIDConnectProviderThumbprint: updateThumbprints,
  ...tagging(kind, kind.member, access, (input, tx, fail) => theProvider(kind, tx, input.OpenIDConnectProviderArn, fail)),
} satisfies Partial<Rows<IamOperations>>
