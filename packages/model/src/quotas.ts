/** IAM's quotas (iam-behaviour §6). The names that errors print are AWS's; an operator may raise the adjustable ones account by account. */

export interface Quota {
  readonly default: number
  /** How far AWS itself raises it; Bailiwick's operator may go further. */
  readonly ceiling?: number
  readonly adjustable: boolean
  readonly unit: 'items' | 'characters'
}

const items = (value: number, ceiling?: number): Quota => ({
  default: value,
  adjustable: true,
  unit: 'items',
  ...(ceiling !== undefined && { ceiling }),
})
const characters = (value: number, ceiling?: number): Quota => ({ ...items(value, ceiling), unit: 'characters' })
const fixed = (value: number): Quota => ({ default: value, adjustable: false, unit: 'items' })

export const quotas: ReadonlyMap<string, Quota> = new Map([
  ['UsersPerAccount', items(5000)],
  ['GroupsPerAccount', items(300, 500)],
  ['RolesPerAccount', items(1000, 5000)],
  ['PoliciesPerAccount', items(1500, 5000)],
  ['InstanceProfilesPerAccount', items(1000, 5000)],
  ['ServerCertificatesPerAccount', items(20, 1000)],
  ['PoliciesPerUser', items(10, 20)],
  ['PoliciesPerGroup', items(10)],
  ['PoliciesPerRole', items(20, 25)],
  ['GroupsPerUser', items(10)],
  ['AccessKeysPerUser', items(2)],
  ['VersionsPerPolicy', items(5)],
  ['MFADevicesPerUser', items(8)],
  ['VirtualMFADevicesPerAccount', items(5000)],
  ['CertificatesPerUser', items(2)],
  ['SSHPublicKeysPerUser', items(5)],
  ['ContextSpecificCredentialsPerUserPerContext', items(2)],
  ['OpenIDConnectProvidersPerAccount', items(100)],
  ['ClientIdsPerOpenIdConnectProvider', items(100)],
  ['ThumbprintsPerOpenIdConnectProvider', items(5)],
  ['SAMLProvidersPerAccount', items(100)],
  ['PrivateKeysPerSAMLProvider', items(2)],
  ['InstanceSessionsPerInstanceProfile', fixed(1)],
  ['AccountAliasesPerAccount', fixed(1)],
  ['TagsPerResource', items(50)],
  ['PolicySize', characters(6144)],
  ['ACLSizePerRole', characters(2048, 4096)],
  ['UserInlinePolicySize', characters(2048)],
  ['GroupInlinePolicySize', characters(5120)],
  ['RoleInlinePolicySize', characters(10240)],
  // Told by GetAccountSummary, and counted by nobody.
  ['PolicyVersionsInUse', fixed(10000)],
])
