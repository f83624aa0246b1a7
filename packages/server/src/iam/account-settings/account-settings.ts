/** What an account has chosen or said of itself: the session tokens of the global endpoint, and properties. */
import type { IamOperations, iam } from '@bailiwick/model'
import { defineTable } from '@bailiwick/store'
import type { AccountReader } from '../../pipeline/account-store.js'
import type { Access, Operation, Rows } from '../../pipeline/operation.js'
import { onAccount } from '../noun.js'

type Op<Name extends keyof IamOperations> = Operation<IamOperations[Name]>

export interface AccountSettings {
  /** The one record of the account. */
  readonly key: 'settings'
  /** Which session tokens the global endpoint gives; version 1 until something else is chosen. */
  readonly globalEndpointTokenVersion: 1 | 2
  /** By `Namespace/Property`. */
  readonly properties: Readonly<Record<string, string>>
}

const settingsTable = defineTable<AccountSettings>()({ name: 'iam.account-settings', key: ({ key }) => key, indexes: {} })

const atFirst: AccountSettings = { key: 'settings', globalEndpointTokenVersion: 1, properties: {} }

export const accountSettings = async (tx: AccountReader): Promise<AccountSettings> => (await tx.get(settingsTable, 'settings')) ?? atFirst

const tokenVersions = { v1Token: 1, v2Token: 2 } as const

const setTokenPreferences: Op<'SetSecurityTokenServicePreferences'> = {
  mode: 'write',
  access: onAccount,
  shows: { input: ['GlobalEndpointTokenVersion'] },
  async run({ GlobalEndpointTokenVersion }, { tx }) {
    await tx.put(settingsTable, { ...(await accountSettings(tx)), globalEndpointTokenVersion: tokenVersions[GlobalEndpointTokenVersion] })
    return {}
  },
}

const namespaceOf = (property: string): string => property.slice(0, property.indexOf('/'))
const namespacesOf = (properties: Readonly<Record<string, string>>): string[] =>
  [...new Set(Object.keys(properties).map(namespaceOf))].sort()

const getProperties: Op<'GetAccountProperties'> = {
  mode: 'read',
  access: {
    async resource(_, { tx }) {
      const namespaces = namespacesOf((await accountSettings(tx)).properties)
      return {
        arn: '*',
        accountId: tx.accountId,
        ...(namespaces.length > 0 && { context: { 'iam:AccountPropertyNamespaces': namespaces } }),
      }
    },
  },
  shows: { input: [] },
  async run(_, { tx }): Promise<iam.GetAccountPropertiesResponse> {
    return { Properties: (await accountSettings(tx)).properties }
  },
}

const onNamespaces: Access<{ readonly Properties: Readonly<Record<string, string>> }> = {
  ...onAccount,
  context: ({ Properties }) => ({ 'iam:AccountPropertyNamespaces': namespacesOf(Properties) }),
}

/** Of AWS's own no list is published; these bound what an account can make this server keep. */
const mostProperties = 100
const mostNameCharacters = 256
const mostValueCharacters = 1024

const putProperties: Op<'PutAccountProperties'> = {
  mode: 'write',
  access: onNamespaces,
  shows: { input: ['Properties'] },
  async run({ Properties }, { tx, fail }) {
    for (const [name, value] of Object.entries(Properties)) {
      if (!/^[^/]+\/[^/]+$/.test(name) || name.length > mostNameCharacters)
        fail('InvalidInput', `The property name ${name} must be of the form Namespace/Property.`)
      if (value.length > mostValueCharacters) fail('InvalidInput', `The value of the property ${name} is too long.`)
    }
    if (namespacesOf(Properties).length !== 1) fail('InvalidInput', 'All properties of a request must be of one namespace.')
    const settings = await accountSettings(tx)
    const properties = { ...settings.properties, ...Properties }
    if (Object.keys(properties).length > mostProperties) fail('InvalidInput', `An account can have at most ${mostProperties} properties.`)
    await tx.put(settingsTable, { ...settings, properties })
    return {}
  },
}

export const accountSettingRows = {
  SetSecurityTokenServicePreferences: setTokenPreferences,
  GetAccountProperties: getProperties,
  PutAccountProperties: putProperties,
} satisfies Partial<Rows<IamOperations>>
