/** The tables that are filled, as the server keeps them; the rows look whether it finds what is filled in here. */
import { defineTable } from '@bailiwick/store'

export interface Entity {
  readonly id: string
  readonly name: string
  readonly path: string
  readonly createdAt: number
  readonly tags: readonly object[]
}

const name = { values: (entity: Entity) => [entity.name], unique: true, ignoreCase: true } as const
const boundary = { values: (): string[] => [] }
const key = ({ id }: { readonly id: string }): string => id

export const users = defineTable<Entity>()({ name: 'iam.user', key, indexes: { name, boundary } })
export const roles = defineTable<Entity>()({ name: 'iam.role', key, indexes: { name, boundary } })
export const groups = defineTable<Entity>()({ name: 'iam.group', key, indexes: { name } })
export const policies = defineTable<Entity>()({ name: 'iam.policy', key, indexes: { name } })

export const policyVersions = defineTable<{ policyId: string; version: number; text: string; createdAt: number }>()({
  name: 'iam.policy-version',
  key: ({ policyId, version }) => `${policyId}/${String(version).padStart(9, '0')}`,
  indexes: { policy: { values: ({ policyId }) => [policyId] } },
})
export const memberships = defineTable<{ groupId: string; userId: string }>()({
  name: 'iam.membership',
  key: ({ groupId, userId }) => `${groupId}/${userId}`,
  indexes: { group: { values: ({ groupId }) => [groupId] }, user: { values: ({ userId }) => [userId] } },
})
export const inlinePolicies = defineTable<{ ownerId: string; name: string; text: string }>()({
  name: 'iam.inline-policy',
  key: ({ ownerId, name }) => `${ownerId}/${name}`,
  indexes: { owner: { values: ({ ownerId }) => [ownerId] } },
})
export const attachments = defineTable<{ ownerKind: string; ownerId: string; policyArn: string; at: number }>()({
  name: 'iam.attachment',
  key: ({ ownerId, policyArn }) => `${ownerId}/${policyArn}`,
  indexes: { owner: { values: ({ ownerId }) => [ownerId] }, policy: { values: ({ policyArn }) => [policyArn] } },
})

export const accessKeys = defineTable<{
  id: string
  accountId: string
  ownerId: string
  secret: string
  status: string
  createdAt: number
}>()({
  name: 'access-key',
  key,
  indexes: { owner: { values: ({ accountId, ownerId }) => [`${accountId}/${ownerId}`] } },
  secret: ['secret'],
})
export const loginProfiles = defineTable<{
  userId: string
  hashes: string
  createdAt: number
  changedAt: number
  resetRequired: boolean
}>()({
  name: 'iam.login-profile',
  key: ({ userId }) => userId,
  indexes: {},
  secret: ['hashes'],
})
export const mfaDevices = defineTable<Entity & { kind: string; ownerId: string; enabledAt: number; seed: string }>()({
  name: 'iam.mfa-device',
  key,
  indexes: {
    name: { values: ({ path, name }) => [path + name], unique: true, ignoreCase: true },
    owner: { values: ({ ownerId }) => [ownerId] },
  },
  secret: ['seed'],
})
