/** Outbound web identity federation: whether the account's principals may get tokens that others can check (iam-behaviour §14). */
import type { IamOperations } from '@bailiwick/model'
import { defineTable } from '@bailiwick/store'
import type { Federation } from '../../federation/index.js'
import type { AccountReader } from '../../pipeline/account-store.js'
import type { Operation, Rows } from '../../pipeline/operation.js'
import { onAccount } from '../noun.js'

/** One an account; there from the first time that the feature was enabled, since tokens outlive its being disabled. */
export interface OutboundFederationRecord {
  readonly key: 'outbound-federation'
  readonly enabled: boolean
}
const outboundFederations = defineTable<OutboundFederationRecord>()({
  name: 'iam.outbound-federation',
  key: ({ key }) => key,
  indexes: {},
})

/** Undefined for an account that never enabled it. */
export const outboundFederationOf = (tx: AccountReader): Promise<OutboundFederationRecord | undefined> =>
  tx.get(outboundFederations, 'outbound-federation')

/** What tokens name as `iss`. */
export const issuerOf = ({ publicUrl }: Federation, accountId: string): string => `${publicUrl()}/issuer/${accountId}`

type Op<Name extends keyof IamOperations> = Operation<IamOperations[Name]>

const off = (accountId: string): string => `Outbound identity federation is disabled for account ${accountId}`

const enable: Op<'EnableOutboundWebIdentityFederation'> = {
  mode: 'write',
  access: onAccount,
  shows: { input: [], output: ['IssuerIdentifier'] },
  async run(_, { tx, fail, surroundings }) {
    if ((await outboundFederationOf(tx))?.enabled)
      fail('FeatureEnabled', `Outbound identity federation is already enabled for account ${tx.accountId}`)
    await tx.put(outboundFederations, { key: 'outbound-federation', enabled: true })
    return { IssuerIdentifier: issuerOf(surroundings.federation, tx.accountId) }
  },
}

const disable: Op<'DisableOutboundWebIdentityFederation'> = {
  mode: 'write',
  access: onAccount,
  shows: { input: [] },
  async run(_, { tx, fail }) {
    if (!(await outboundFederationOf(tx))?.enabled) fail('FeatureDisabled', off(tx.accountId))
    await tx.put(outboundFederations, { key: 'outbound-federation', enabled: false })
    return {}
  },
}

const getInfo: Op<'GetOutboundWebIdentityFederationInfo'> = {
  mode: 'read',
  access: onAccount,
  shows: { input: [] },
  async run(_, { tx, fail, surroundings }) {
    // Of a feature that was disabled again AWS tells as little as of one that never was on: its Terraform provider counts on that.
    if (!(await outboundFederationOf(tx))?.enabled) fail('FeatureDisabled', off(tx.accountId))
    return { IssuerIdentifier: issuerOf(surroundings.federation, tx.accountId), JwtVendingEnabled: true }
  },
}

type Names = `${'Enable' | 'Disable'}OutboundWebIdentityFederation` | 'GetOutboundWebIdentityFederationInfo'

export const outboundFederationRows: Rows<IamOperations, Names> = {
  EnableOutboundWebIdentityFederation: enable,
  DisableOutboundWebIdentityFederation: disable,
  GetOutboundWebIdentityFederationInfo: getInfo,
}
