/** SAML providers: an identity provider's metadata, and the keys that decrypt its assertions. */
import { createPrivateKey } from 'node:crypto'
import { accountOfId, type IamOperations, type iam, makeId } from '@bailiwick/model'
import { defineTable, type Reader } from '@bailiwick/store'
import { base32 } from '../../credentials/base32.js'
import type { AccountReader, AccountTransaction } from '../../pipeline/account-store.js'
import type { Operation, Rows } from '../../pipeline/operation.js'
import { tagging } from '../families/tagging.js'
import { onAll } from '../noun.js'
import { checkQuota, quota } from '../quota.js'
import { listedTags, newTags, shownTags } from '../tags.js'
import {
  allProviders,
  onNewProvider,
  onProvider,
  type ProviderKind,
  type ProviderRecord,
  providerArn,
  providerNamed,
  theProvider,
} from './provider.js'
import { readSamlMetadata, type SamlIdentityProvider } from './saml-metadata.js'

/** `id` is the provider's UUID. */
export interface SamlProviderRecord extends ProviderRecord {
  /** From the metadata: whose assertions count, and the certificates that they are signed with. */
  readonly identityProviders: readonly SamlIdentityProvider[]
  /** Epoch milliseconds; past it, no assertion of the provider counts. */
  readonly validUntil: number
  /** What AWS shows as the end, whatever the metadata says; absent in old records. */
  readonly shownUntil?: number
  /** `Required`: an assertion that is not encrypted does not count. */
  readonly encryption: 'Required' | 'Allowed'
}

export const samlProviders = defineTable<SamlProviderRecord>()({
  name: 'iam.saml-provider',
  key: ({ id }) => id,
  indexes: { name: { values: ({ name }) => [name], unique: true, ignoreCase: true } },
})

/** The metadata document as it was given: apart from the provider, since it is long and seldom read. */
interface SamlMetadataRecord {
  readonly providerId: string
  readonly text: string
}
const samlMetadata = defineTable<SamlMetadataRecord>()({ name: 'iam.saml-metadata', key: ({ providerId }) => providerId, indexes: {} })

export interface SamlPrivateKeyRecord {
  readonly id: string
  readonly providerId: string
  /** PEM. */
  readonly key: string
  readonly addedAt: number
}
const samlPrivateKeys = defineTable<SamlPrivateKeyRecord>()({
  name: 'iam.saml-private-key',
  key: ({ id }) => id,
  indexes: { provider: { values: ({ providerId }) => [providerId] } },
  secret: ['key'],
})

const kind: ProviderKind<SamlProviderRecord, 'SAMLProvider', 'SAMLProviderArn'> = {
  noun: 'SAMLProvider',
  type: 'saml-provider',
  member: 'SAMLProviderArn',
  table: samlProviders,
  missing: (arn) => `Manifest not found for arn ${arn}`,
}

/** By ARN, in the account of `tx`. */
export const samlProviderNamed = (tx: AccountReader, arn: string): Promise<SamlProviderRecord | undefined> => providerNamed(kind, tx, arn)

/** Its UUID is part of the address that encrypted assertions are posted to: it begins as AWS's do, and tells the account. */
const newProviderId = (accountId: string, random: Uint8Array): string => `SAMLSP${makeId('accessKey', accountId, random).slice(4)}`
const providerIdRandomBytes = 12

/** By UUID, whatever the account. */
export async function samlProviderArnOf(reader: Reader, id: string): Promise<string | undefined> {
  const accountId = id.startsWith('SAMLSP') ? accountOfId(id.slice(2)) : undefined
  const provider = accountId === undefined ? undefined : await reader.get(samlProviders, accountId, id)
  return provider && providerArn(kind, accountId!, provider.name)
}

/** The keys that may decrypt an assertion of the provider. */
export const decryptionKeysOf = (tx: AccountReader, { id }: SamlProviderRecord): Promise<readonly SamlPrivateKeyRecord[]> =>
  tx.all(samlPrivateKeys, 'provider', id)

type Op<Name extends keyof IamOperations> = Operation<IamOperations[Name]>
type Fail = (code: 'InvalidInput' | 'LimitExceeded', message: string) => never

const access = onProvider(kind)

/** How long a provider is good for whose metadata does not say: AWS shows a hundred years, of any. */
const yearsWithoutEnd = 100

type FromMetadata = Pick<SamlProviderRecord, 'identityProviders' | 'validUntil' | 'shownUntil'>

async function fromMetadata(text: string, now: number, fail: Fail): Promise<FromMetadata> {
  const read = (await readSamlMetadata(text)) ?? fail('InvalidInput', 'Could not parse metadata')
  if (read.identityProviders.length === 0) fail('InvalidInput', 'SAML Provider must reference at least one SAML assertion issuer.')
  const end = new Date(now)
  end.setUTCFullYear(end.getUTCFullYear() + yearsWithoutEnd)
  return { identityProviders: read.identityProviders, validUntil: read.validUntil ?? end.getTime(), shownUntil: end.getTime() }
}

async function addPrivateKey(
  tx: AccountTransaction,
  providerId: string,
  pem: string,
  { now, id, fail }: { readonly now: number; readonly id: string; readonly fail: Fail },
): Promise<void> {
  const most = await quota(tx, 'PrivateKeysPerSAMLProvider')
  if ((await tx.all(samlPrivateKeys, 'provider', providerId)).length >= most)
    fail('LimitExceeded', `Private key limit of ${most} is reached.`)
  if (!isPrivateKey(pem)) fail('InvalidInput', 'The private key must be an RSA or EC key in PEM, without a password.')
  await tx.add(samlPrivateKeys, { id, providerId, key: pem, addedAt: now })
}

/** AWS takes EC keys too, though nothing is encrypted for one. */
function isPrivateKey(pem: string): boolean {
  try {
    return ['rsa', 'ec'].includes(createPrivateKey(pem).asymmetricKeyType!)
  } catch {
    return false
  }
}

/** 22 characters, the fewest that the model lets the id of a key have. */
const newKeyId = (randomBytes: (length: number) => Uint8Array): string => `SAMLPK${base32(randomBytes(10))}`

const createProvider: Op<'CreateSAMLProvider'> = {
  mode: 'write',
  access: onNewProvider(kind, ({ Name }) => Name),
  shows: { input: ['Name', 'AssertionEncryptionMode', 'Tags'], output: ['SAMLProviderArn', 'Tags'] },
  async run({ Name, SAMLMetadataDocument, Tags, AssertionEncryptionMode = 'Allowed', AddPrivateKey }, { tx, now, fail, surroundings }) {
    const tags = await newTags(tx, Tags, fail)
    if (AssertionEncryptionMode === 'Required' && AddPrivateKey === undefined)
      fail('ValidationError', 'Unable to set assertion encryption mode to Required because no private key is provided.')
    const read = await fromMetadata(SAMLMetadataDocument, now, fail)
    if (await tx.find(samlProviders, 'name', Name)) fail('EntityAlreadyExists', `Provider with name ${Name} already exists.`)
    await checkQuota(tx, 'SAMLProvidersPerAccount', await tx.count(samlProviders), fail)
    const id = newProviderId(tx.accountId, surroundings.randomBytes(providerIdRandomBytes))
    const provider: SamlProviderRecord = { id, name: Name, createdAt: now, tags, ...read, encryption: AssertionEncryptionMode }
    await tx.add(samlProviders, provider)
    await tx.put(samlMetadata, { providerId: provider.id, text: SAMLMetadataDocument })
    if (AddPrivateKey !== undefined) {
      await addPrivateKey(tx, id, AddPrivateKey, { now, id: newKeyId(surroundings.randomBytes), fail })
    }
    return { SAMLProviderArn: providerArn(kind, tx.accountId, Name), ...shownTags(tags) }
  },
}

const getProvider: Op<'GetSAMLProvider'> = {
  mode: 'read',
  access,
  shows: { input: ['SAMLProviderArn'] },
  async run({ SAMLProviderArn }, { tx, fail }) {
    const provider = await theProvider(kind, tx, SAMLProviderArn, fail)
    const keys = await decryptionKeysOf(tx, provider)
    return {
      SAMLProviderUUID: provider.id,
      SAMLMetadataDocument: (await tx.get(samlMetadata, provider.id))!.text,
      CreateDate: new Date(provider.createdAt),
      ValidUntil: new Date(provider.shownUntil ?? provider.validUntil),
      Tags: listedTags(provider.tags),
      AssertionEncryptionMode: provider.encryption,
      PrivateKeyList: keys.map(({ id, addedAt }) => ({ KeyId: id, Timestamp: new Date(addedAt) })),
    }
  },
}

const listProviders: Op<'ListSAMLProviders'> = {
  mode: 'read',
  access: onAll('saml-provider'),
  shows: { input: [] },
  async run(_, { tx }) {
    const found = await allProviders(kind, tx)
    return {
      SAMLProviderList: found.map(
        ({ name, validUntil, shownUntil = validUntil, createdAt }): iam.SAMLProviderListEntry => ({
          Arn: providerArn(kind, tx.accountId, name),
          ValidUntil: new Date(shownUntil),
          CreateDate: new Date(createdAt),
        }),
      ),
    }
  },
}

const oneKeyAtATime = 'Unable to add and remove private keys in the same request. Set a value for only one of the two parameters.'
const noKeyToRequire = 'Failed to set assertion encryption mode to Required because no private key is present.'

/** Its refusals are as recorded in 2026. */
const updateProvider: Op<'UpdateSAMLProvider'> = {
  mode: 'write',
  access,
  shows: { input: ['SAMLProviderArn', 'AssertionEncryptionMode', 'RemovePrivateKey'], output: ['SAMLProviderArn'] },
  async run(input, { tx, now, fail, surroundings }) {
    const { SAMLProviderArn, SAMLMetadataDocument, AssertionEncryptionMode, AddPrivateKey, RemovePrivateKey } = input
    if (AddPrivateKey !== undefined && RemovePrivateKey !== undefined) fail('ValidationError', oneKeyAtATime)
    if ((SAMLMetadataDocument ?? AssertionEncryptionMode ?? AddPrivateKey ?? RemovePrivateKey) === undefined)
      fail('ValidationError', 'Unable to update identity provider. No updates are defined for metadata or encryption assertion.')
    const provider = await theProvider(kind, tx, SAMLProviderArn, fail)
    const encryption = AssertionEncryptionMode ?? provider.encryption
    if (RemovePrivateKey !== undefined) {
      const key = await tx.get(samlPrivateKeys, RemovePrivateKey)
      if (key?.providerId !== provider.id) fail('NoSuchEntity', `The private key with id ${RemovePrivateKey} cannot be found.`)
      await tx.delete(samlPrivateKeys, RemovePrivateKey)
    }
    if (AddPrivateKey !== undefined) {
      const id = newKeyId(surroundings.randomBytes)
      await addPrivateKey(tx, provider.id, AddPrivateKey, { now, id, fail })
    }
    if (SAMLMetadataDocument !== undefined) await tx.put(samlMetadata, { providerId: provider.id, text: SAMLMetadataDocument })
    await tx.put(samlProviders, {
      ...provider,
      ...(SAMLMetadataDocument !== undefined && (await fromMetadata(SAMLMetadataDocument, now, fail))),
      encryption,
    })
    if (encryption === 'Required' && (await decryptionKeysOf(tx, provider)).length === 0)
      fail('InvalidInput', RemovePrivateKey === undefined ? noKeyToRequire : 'Failed to remove private key.')
    return { SAMLProviderArn }
  },
}

const deleteProvider: Op<'DeleteSAMLProvider'> = {
  mode: 'write',
  access,
  shows: { input: ['SAMLProviderArn'] },
  async run({ SAMLProviderArn }, { tx, fail }) {
    const provider = await theProvider(kind, tx, SAMLProviderArn, fail)
    for (const { id } of await decryptionKeysOf(tx, provider)) await tx.delete(samlPrivateKeys, id)
    await tx.delete(samlMetadata, provider.id)
    await tx.delete(samlProviders, provider.id)
    return {}
  },
}

export const samlProviderRows = {
  CreateSAMLProvider: createProvider,
  GetSAMLProvider: getProvider,
  ListSAMLProviders: listProviders,
  UpdateSAMLProvider: updateProvider,
  DeleteSAMLProvider: deleteProvider,
  ...tagging(kind, kind.member, access, (input, tx, fail) => theProvider(kind, tx, input.SAMLProviderArn, fail)),
} satisfies Partial<Rows<IamOperations>>
