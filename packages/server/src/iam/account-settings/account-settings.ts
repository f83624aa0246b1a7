/** What an account has chosen or said of itself: the session tokens of the global endpoint, and properties. */
import type { IamOperations, iam } from '@bailiwick/model'
import { defineTable } from '@bailiwick/store'
import type { AccountReader } from '../../pipeline/account-store.js'
import type { Operation, Rows } from '../../pipeline/operation.js'
import { onAccount } from '../noun.js'
import { haveRoleOf, mayMakeRoleOf } from '../service-linked-roles/service-linked-roles.js'

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

const enabled = 'RoleManager/Enabled'
const roleManager = 'role-manager.iam.amazonaws.com'

type Properties = Readonly<Record<string, string>>

const namespacesOf = (properties: Properties): string[] =>
  [...new Set(Object.keys(properties).map((name) => name.split('/', 1)[0]!))].sort()

/** The sentence that refuses the properties, as recorded in September 2026. */
function wrongWith(properties: Properties): string | undefined {
  const shapeless = Object.keys(properties).find((name) => !name.includes('/'))
  if (shapeless !== undefined) return `Property key must be in format Namespace/PropertyName: ${shapeless}`
  const [namespace, ...others] = namespacesOf(properties)
  if (others.length > 0) return 'All properties must belong to the same namespace'
  if (namespace !== 'RoleManager') return `Unsupported namespace: ${namespace}`
  if (!Object.hasOwn(properties, enabled)) return 'RoleManager namespace requires Enabled property'
  return ['true', 'false'].includes(properties[enabled]!) ? undefined : "Enabled must be 'true' or 'false'"
}

const getProperties: Op<'GetAccountProperties'> = {
  mode: 'read',
  access: { ...onAccount, context: () => ({ 'iam:AccountPropertyNamespaces': ['RoleManager'] }) },
  shows: { input: [] },
  async run(_, { tx }): Promise<iam.GetAccountPropertiesResponse> {
    const { properties } = await accountSettings(tx)
    return { Properties: { [enabled]: properties[enabled] ?? 'false' } }
  },
}

const putProperties: Op<'PutAccountProperties'> = {
  mode: 'write',
  access: {
    ...onAccount,
    context: ({ Properties }) => ({ 'iam:AccountPropertyNamespaces': namespacesOf(Properties) }),
    alsoRequires: async ({ Properties }, { tx }) =>
      wrongWith(Properties) === undefined && Properties[enabled] === 'true' ? [mayMakeRoleOf(roleManager, tx)] : [],
  },
  shows: { input: ['Properties'] },
  async run({ Properties }, call) {
    const wrong = wrongWith(Properties)
    if (wrong !== undefined) call.fail('InvalidInput', wrong)
    const settings = await accountSettings(call.tx)
    const value = Properties[enabled]!
    if (value === 'true') await haveRoleOf(roleManager, call)
    // Other properties of the namespace are taken and not kept.
    await call.tx.put(settingsTable, { ...settings, properties: { [enabled]: value } })
    return {}
  },
}

export const accountSettingRows = {
  SetSecurityTokenServicePreferences: setTokenPreferences,
  GetAccountProperties: getProperties,
  PutAccountProperties: putProperties,
} satisfies Partial<Rows<IamOperations>>
