/** Long-term access keys of users and of account roots. */
import { defineTable } from '@bailiwick/store'

export interface AccessKeyRecord {
  readonly id: string
  readonly accountId: string
  /** AIDA… of the user; the account id for a key of the account's root. */
  readonly ownerId: string
  readonly secret: string
  readonly status: 'Active' | 'Inactive'
  readonly createdAt: number
}

/** Belongs to the whole server, since a request names the key before anybody knows the account. */
export const accessKeys = defineTable<AccessKeyRecord>()({
  name: 'access-key',
  key: ({ id }) => id,
  indexes: { owner: { values: ({ accountId, ownerId }) => [`${accountId}/${ownerId}`] } },
  secret: ['secret'],
})

export interface AccessKeyLastUsed {
  readonly id: string
  readonly at: number
  readonly service: string
  readonly region: string
}

/** Kept apart from the key, so that using a key does not change what the key's own readers have kept. */
export const accessKeyLastUsed = defineTable<AccessKeyLastUsed>()({
  name: 'access-key-last-used',
  key: ({ id }) => id,
  indexes: {},
})
