/** What IAM keeps: one table a kind of entity. Children name their parent by its unique id, so that a rename touches one record. */
import { defineTable } from '@bailiwick/store'

export interface TagRecord {
  readonly Key: string
  readonly Value: string
}

/** What users, groups, roles, policies and instance profiles have in common. */
interface Entity {
  /** 21 characters: the kind's prefix, then base32 with the account inside. Never used twice. */
  readonly id: string
  readonly name: string
  /** Begins and ends with `/`. */
  readonly path: string
  /** Epoch milliseconds. */
  readonly createdAt: number
}

const byName = { values: ({ name }: Entity) => [name], unique: true, ignoreCase: true } as const
/** Managed policies used as a boundary, so that their uses can be counted and found. */
const byBoundary = {
  values: ({ boundaryArn }: { readonly boundaryArn?: string }) => (boundaryArn === undefined ? [] : [boundaryArn]),
} as const

export interface UserRecord extends Entity {
  readonly tags: readonly TagRecord[]
  readonly boundaryArn?: string
  readonly passwordLastUsedAt?: number
}
export const users = defineTable<UserRecord>()({ name: 'iam.user', key: ({ id }) => id, indexes: { name: byName, boundary: byBoundary } })

export type GroupRecord = Entity
export const groups = defineTable<GroupRecord>()({ name: 'iam.group', key: ({ id }) => id, indexes: { name: byName } })

export interface MembershipRecord {
  readonly groupId: string
  readonly userId: string
}
export const memberships = defineTable<MembershipRecord>()({
  name: 'iam.membership',
  key: ({ groupId, userId }) => `${groupId}/${userId}`,
  indexes: { group: { values: ({ groupId }) => [groupId] }, user: { values: ({ userId }) => [userId] } },
})

/** A policy as it was written, and what the principals in it stood for then. */
export interface TrustPolicyRecord {
  /** Byte for byte as given. */
  readonly text: string
  /** ARN of a user or role → its unique id when the policy was saved (policy-semantics §2.2). */
  readonly principalIds: Readonly<Record<string, string>>
}

/** The template that a role was acquired from. */
export interface RoleSource {
  readonly templateArn: string
  readonly minorVersion: number
  /** What went into it, defaults too. */
  readonly parameters: Readonly<Record<string, string | readonly string[]>>
}

export interface RoleRecord extends Entity {
  readonly trust: TrustPolicyRecord
  readonly description?: string
  readonly maxSessionSeconds: number
  readonly tags: readonly TagRecord[]
  readonly boundaryArn?: string
  readonly source?: RoleSource
}
export const roles = defineTable<RoleRecord>()({ name: 'iam.role', key: ({ id }) => id, indexes: { name: byName, boundary: byBoundary } })

export interface RoleLastUsed {
  readonly id: string
  readonly at: number
  readonly region: string
}
export const roleLastUsed = defineTable<RoleLastUsed>()({ name: 'iam.role-last-used', key: ({ id }) => id, indexes: {} })

/** A customer managed policy. Those of AWS are data of the model and are not kept. */
export interface PolicyRecord extends Entity {
  readonly description?: string
  readonly updatedAt: number
  readonly defaultVersion: number
  /** The number of the next version: numbers are never used twice. */
  readonly nextVersion: number
  readonly tags: readonly TagRecord[]
}
export const policies = defineTable<PolicyRecord>()({ name: 'iam.policy', key: ({ id }) => id, indexes: { name: byName } })

export interface PolicyVersionRecord {
  readonly policyId: string
  readonly version: number
  readonly text: string
  readonly createdAt: number
}
export const policyVersions = defineTable<PolicyVersionRecord>()({
  name: 'iam.policy-version',
  key: ({ policyId, version }) => `${policyId}/${String(version).padStart(9, '0')}`,
  indexes: { policy: { values: ({ policyId }) => [policyId] } },
})

export type OwnerKind = 'user' | 'group' | 'role'

/** A managed policy attached to a user, group or role. */
export interface AttachmentRecord {
  readonly ownerKind: OwnerKind
  readonly ownerId: string
  readonly policyArn: string
  readonly at: number
}
export const attachments = defineTable<AttachmentRecord>()({
  name: 'iam.attachment',
  key: ({ ownerId, policyArn }) => `${ownerId}/${policyArn}`,
  indexes: { owner: { values: ({ ownerId }) => [ownerId] }, policy: { values: ({ policyArn }) => [policyArn] } },
})

export interface InlinePolicyRecord {
  readonly ownerId: string
  readonly name: string
  readonly text: string
}
export const inlinePolicies = defineTable<InlinePolicyRecord>()({
  name: 'iam.inline-policy',
  key: ({ ownerId, name }) => `${ownerId}/${name}`,
  indexes: { owner: { values: ({ ownerId }) => [ownerId] } },
})

export interface InstanceProfileRecord extends Entity {
  readonly tags: readonly TagRecord[]
  readonly roleId?: string
}
export const instanceProfiles = defineTable<InstanceProfileRecord>()({
  name: 'iam.instance-profile',
  key: ({ id }) => id,
  indexes: { name: byName, role: { values: ({ roleId }) => (roleId === undefined ? [] : [roleId]) } },
})

/** What an account demands of its users' passwords; an account without one has AWS's own rules. */
export interface PasswordPolicyRecord {
  /** An account has one at most. */
  readonly key: 'policy'
  readonly minimumLength: number
  readonly requiredKinds: readonly CharacterKind[]
  readonly usersMayChange: boolean
  /** 0: passwords do not expire. */
  readonly maxAgeDays: number
  /** How many passwords before the new one must differ from it. */
  readonly remembered: number
  /** Who let a password expire cannot set a new one. */
  readonly hardExpiry?: boolean
}
export type CharacterKind = 'uppercase' | 'lowercase' | 'number' | 'symbol'
export const passwordPolicies = defineTable<PasswordPolicyRecord>()({ name: 'iam.password-policy', key: ({ key }) => key, indexes: {} })

/** A user's password, as a hash. */
export interface LoginProfileRecord {
  readonly userId: string
  /** argon2id as PHC strings, one a line, newest first: the password, and those before it that must not come again. */
  readonly hashes: string
  readonly createdAt: number
  /** When the password was set. */
  readonly changedAt: number
  readonly resetRequired: boolean
}
export const loginProfiles = defineTable<LoginProfileRecord>()({
  name: 'iam.login-profile',
  key: ({ userId }) => userId,
  indexes: {},
  secret: ['hashes'],
})

/** A second factor: an app that makes codes, or a security key. */
export interface MfaDeviceRecord {
  /** The serial number, which is its ARN. */
  readonly id: string
  readonly kind: 'virtual' | 'securityKey'
  readonly name: string
  readonly path: string
  readonly createdAt: number
  readonly tags: readonly TagRecord[]
  /** AIDA… of the user, or the account id for the account's root; absent while it is nobody's. */
  readonly ownerId?: string
  readonly enabledAt?: number
  /** Of a virtual device: what its codes are made from, in base64. */
  readonly seed?: string
  /** Of a virtual device: see `CodeDevice`. */
  readonly drift?: number
  readonly lastStep?: number
  readonly usedSteps?: readonly number[]
  /** Of a security key. */
  readonly webAuthn?: WebAuthnCredential
}

export interface WebAuthnCredential {
  /** Base64url. */
  readonly credentialId: string
  /** COSE, in base64url. */
  readonly publicKey: string
  readonly signCount: number
  /** When the newest challenge was made that it has answered, in epoch milliseconds: that one, and those before it, are used up. */
  readonly answeredAt?: number
  /** What the key is certified for: `FIDO`, `FIDO-FIPS-140-2`, `FIDO-FIPS-140-3` → level. */
  readonly certifications: Readonly<Record<string, string>>
}

export const mfaDevices = defineTable<MfaDeviceRecord>()({
  name: 'iam.mfa-device',
  key: ({ id }) => id,
  indexes: {
    /** A virtual device's path and name. */
    name: { values: ({ kind, path, name }) => (kind === 'virtual' ? [path + name] : []), unique: true, ignoreCase: true },
    owner: { values: ({ ownerId }) => (ownerId === undefined ? [] : [ownerId]) },
  },
  secret: ['seed'],
})

/** A user name and password, or an API key, for one service. */
export interface ServiceSpecificCredentialRecord {
  readonly id: string
  readonly userId: string
  /** Such as `codecommit.amazonaws.com`. */
  readonly service: string
  /** The user name, or the alias of an API key: as it was made, whatever the user is called now. */
  readonly login: string
  readonly secret: string
  readonly status: 'Active' | 'Inactive'
  readonly createdAt: number
  readonly expiresAt?: number
}
export const serviceSpecificCredentials = defineTable<ServiceSpecificCredentialRecord>()({
  name: 'iam.service-specific-credential',
  key: ({ id }) => id,
  indexes: {
    id: { values: ({ id }) => [id] },
    owner: { values: ({ userId }) => [userId] },
    login: { values: ({ service, login }) => [`${service}/${login}`], unique: true, ignoreCase: true },
  },
  secret: ['secret'],
})

export interface SshPublicKeyRecord {
  readonly id: string
  readonly userId: string
  /** As it was uploaded. */
  readonly text: string
  /** As SSH sends it, in base64. */
  readonly blob: string
  readonly status: 'Active' | 'Inactive'
  readonly createdAt: number
}
export const sshPublicKeys = defineTable<SshPublicKeyRecord>()({
  name: 'iam.ssh-public-key',
  key: ({ id }) => id,
  indexes: { owner: { values: ({ userId }) => [userId] } },
})

/** A certificate that a user signs with. */
export interface SigningCertificateRecord {
  readonly id: string
  /** AIDA… of the user; the account id for the account's root. */
  readonly ownerId: string
  /** PEM, as it was uploaded. */
  readonly body: string
  /** SHA-256 of the certificate. */
  readonly fingerprint: string
  readonly status: 'Active' | 'Inactive'
  readonly createdAt: number
}
export const signingCertificates = defineTable<SigningCertificateRecord>()({
  name: 'iam.signing-certificate',
  key: ({ id }) => id,
  indexes: { owner: { values: ({ ownerId }) => [ownerId] }, fingerprint: { values: ({ fingerprint }) => [fingerprint], unique: true } },
})

/** A certificate that servers show, with its private key. */
export interface ServerCertificateRecord extends Entity {
  readonly tags: readonly TagRecord[]
  /** PEM, as they were uploaded. */
  readonly body: string
  readonly chain?: string
  readonly privateKey: string
  readonly expiresAt: number
}
export const serverCertificates = defineTable<ServerCertificateRecord>()({
  name: 'iam.server-certificate',
  key: ({ id }) => id,
  indexes: { name: byName },
  secret: ['privateKey'],
})
