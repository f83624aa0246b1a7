/** What is kept of the attempts of users and roles: for each service, when each of its actions was last tried, allowed or not. */
import { defineTable } from '@bailiwick/store'
import type { AccountTransaction } from '../../pipeline/account-store.js'

export interface Attempt {
  /** Epoch milliseconds. */
  readonly at: number
  readonly region: string
}

export interface AccessedRecord {
  /** AIDA… or AROA…. */
  readonly entityId: string
  /** As policies write it: `iam`. */
  readonly service: string
  /** By the action's name without its service: a handful, since a service has no more actions than its model. */
  readonly actions: Readonly<Record<string, Attempt>>
}

export const accessed = defineTable<AccessedRecord>()({
  name: 'iam.accessed',
  key: ({ entityId, service }) => `${entityId}/${service}`,
  indexes: { entity: { values: ({ entityId }) => [entityId] } },
})

/** Over what was kept before. */
export const withAttempts = (before: AccessedRecord | undefined, added: AccessedRecord): AccessedRecord => ({
  ...added,
  actions: { ...before?.actions, ...added.actions },
})

export const latestOf = (attempts: Iterable<Attempt>): Attempt | undefined => {
  let latest: Attempt | undefined
  for (const attempt of attempts) if (latest === undefined || attempt.at > latest.at) latest = attempt
  return latest
}

/** With the entity, when it is deleted. */
export async function forgetAccessed(tx: AccountTransaction, entityId: string): Promise<void> {
  for (const { service } of await tx.all(accessed, 'entity', entityId)) await tx.delete(accessed, `${entityId}/${service}`)
}
