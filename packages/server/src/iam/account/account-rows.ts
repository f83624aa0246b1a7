/** The account as a whole: its alias, its summary, and everything in it at once. */
import type { IamOperations, iam } from '@bailiwick/model'
import type { Page, Table } from '@bailiwick/store'
import { type AccountRecord, accounts, wholeServer } from '../../accounts/account.js'
import { rootPasswords } from '../../accounts/new-account.js'
import { accessKeys } from '../../credentials/access-key.js'
import type { AccountReader } from '../../pipeline/account-store.js'
import type { Operation, Rows } from '../../pipeline/operation.js'
import { accountSettings } from '../account-settings/account-settings.js'
import { oidcProviders, samlProviders } from '../identity-providers/index.js'
import { onAccount } from '../noun.js'
import { pageOf } from '../paging.js'
import { policiesInUse } from '../policies/uses.js'
import { quota } from '../quota.js'
import {
  groups,
  instanceProfiles,
  type MfaDeviceRecord,
  mfaDevices,
  policies,
  roles,
  serverCertificates,
  signingCertificates,
  users,
} from '../records.js'
import { authorizationDetails } from './authorization-details.js'

type Op<Name extends keyof IamOperations> = Operation<IamOperations[Name]>

const theAccount = async (tx: AccountReader): Promise<AccountRecord> => (await tx.of(wholeServer).get(accounts, tx.accountId))!

const createAccountAlias: Op<'CreateAccountAlias'> = {
  mode: 'write',
  access: onAccount,
  shows: { input: ['AccountAlias'] },
  async run({ AccountAlias }, { tx, fail }) {
    // Sign-in tells an alias from an account id by that alone (iam-behaviour §5).
    if (/^\d{12}$/.test(AccountAlias)) {
      fail('ValidationError', 'The specified value for accountAlias is invalid. It must not be a number of 12 digits.')
    }
    const server = tx.of(wholeServer)
    // The account's own alias is taken as well: nothing that creates is idempotent (iam-behaviour §8).
    if (await server.find(accounts, 'alias', AccountAlias)) {
      fail('EntityAlreadyExists', `The account alias ${AccountAlias} already exists.`)
    }
    // An account has one alias: a new one takes the place of the old.
    await server.put(accounts, { ...(await theAccount(tx)), alias: AccountAlias })
    return {}
  },
}

const deleteAccountAlias: Op<'DeleteAccountAlias'> = {
  mode: 'write',
  access: onAccount,
  shows: { input: ['AccountAlias'] },
  async run({ AccountAlias }, { tx, fail }) {
    const { alias, ...without } = await theAccount(tx)
    if (alias !== AccountAlias) fail('NoSuchEntity', `The account alias ${AccountAlias} does not exist.`)
    await tx.of(wholeServer).put(accounts, without)
    return {}
  },
}

const listAccountAliases: Op<'ListAccountAliases'> = {
  mode: 'read',
  access: onAccount,
  shows: { input: ['Marker', 'MaxItems'] },
  async run(input, { tx, fail }) {
    const { alias } = await theAccount(tx)
    const { items, answer } = pageOf(alias === undefined ? [] : [alias], (name) => name, input, fail)
    return { AccountAliases: items, ...answer }
  },
}

type SummaryKey = keyof NonNullable<iam.GetAccountSummaryResponse['SummaryMap']>
type Figure = (tx: AccountReader) => Promise<number>

const countOf =
  (table: Table<never>): Figure =>
  (tx) =>
    tx.count(table)
const quotaOf =
  (name: string): Figure =>
  (tx) =>
    quota(tx, name)

async function mfaDevicesInUse(tx: AccountReader): Promise<number> {
  let found = 0
  let after: string | undefined
  do {
    const { items, next }: Page<MfaDeviceRecord> = await tx.list(mfaDevices, 'owner', {
      limit: 1000,
      ...(after !== undefined && { after }),
    })
    found += items.length
    after = next
  } while (after !== undefined)
  return found
}

/** Every key of the summary and where its figure comes from. */
export const summaryFigures: Readonly<Record<SummaryKey & string, Figure>> = {
  Users: countOf(users),
  UsersQuota: quotaOf('UsersPerAccount'),
  Groups: countOf(groups),
  GroupsQuota: quotaOf('GroupsPerAccount'),
  ServerCertificates: countOf(serverCertificates),
  ServerCertificatesQuota: quotaOf('ServerCertificatesPerAccount'),
  UserPolicySizeQuota: quotaOf('UserInlinePolicySize'),
  GroupPolicySizeQuota: quotaOf('GroupInlinePolicySize'),
  RolePolicySizeQuota: quotaOf('RoleInlinePolicySize'),
  GroupsPerUserQuota: quotaOf('GroupsPerUser'),
  SigningCertificatesPerUserQuota: quotaOf('CertificatesPerUser'),
  AccessKeysPerUserQuota: quotaOf('AccessKeysPerUser'),
  MFADevices: countOf(mfaDevices),
  MFADevicesInUse: mfaDevicesInUse,
  AccountMFAEnabled: async (tx) => ((await tx.all(mfaDevices, 'owner', tx.accountId)).length > 0 ? 1 : 0),
  AccountAccessKeysPresent: async (tx) =>
    (await tx.of(wholeServer).all(accessKeys, 'owner', `${tx.accountId}/${tx.accountId}`)).length > 0 ? 1 : 0,
  AccountPasswordPresent: async (tx) => ((await tx.of(wholeServer).get(rootPasswords, tx.accountId)) === undefined ? 0 : 1),
  AccountSigningCertificatesPresent: async (tx) => ((await tx.all(signingCertificates, 'owner', tx.accountId)).length > 0 ? 1 : 0),
  AttachedPoliciesPerGroupQuota: quotaOf('PoliciesPerGroup'),
  AttachedPoliciesPerRoleQuota: quotaOf('PoliciesPerRole'),
  AttachedPoliciesPerUserQuota: quotaOf('PoliciesPerUser'),
  Policies: countOf(policies),
  PoliciesQuota: quotaOf('PoliciesPerAccount'),
  PolicySizeQuota: quotaOf('PolicySize'),
  // One version of a policy is in use, the default (as recorded in 2026).
  PolicyVersionsInUse: policiesInUse,
  PolicyVersionsInUseQuota: quotaOf('PolicyVersionsInUse'),
  VersionsPerPolicyQuota: quotaOf('VersionsPerPolicy'),
  GlobalEndpointTokenVersion: async (tx) => (await accountSettings(tx)).globalEndpointTokenVersion,
  AssumeRolePolicySizeQuota: quotaOf('ACLSizePerRole'),
  InstanceProfiles: countOf(instanceProfiles),
  InstanceProfilesQuota: quotaOf('InstanceProfilesPerAccount'),
  Providers: async (tx) => (await tx.count(oidcProviders)) + (await tx.count(samlProviders)),
  Roles: countOf(roles),
  RolesQuota: quotaOf('RolesPerAccount'),
}

const getAccountSummary: Op<'GetAccountSummary'> = {
  mode: 'read',
  access: onAccount,
  shows: { input: [] },
  async run(_, { tx }) {
    const figures = await Promise.all(Object.entries(summaryFigures).map(async ([key, figure]) => [key, await figure(tx)] as const))
    return { SummaryMap: Object.fromEntries(figures) }
  },
}

const getAccountAuthorizationDetails: Op<'GetAccountAuthorizationDetails'> = {
  mode: 'read',
  access: onAccount,
  shows: { input: ['Filter', 'Marker', 'MaxItems'] },
  run: (input, { tx, fail }) => authorizationDetails(tx, input, fail),
}

export const accountRows = {
  CreateAccountAlias: createAccountAlias,
  DeleteAccountAlias: deleteAccountAlias,
  ListAccountAliases: listAccountAliases,
  GetAccountSummary: getAccountSummary,
  GetAccountAuthorizationDetails: getAccountAuthorizationDetails,
} satisfies Partial<Rows<IamOperations>>
