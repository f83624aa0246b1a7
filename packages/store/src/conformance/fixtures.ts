/** What the suite keeps in the stores it tests, and how it opens them. */
import { createHash } from 'node:crypto'
import type { Change, OpenOptions, Store, Transaction } from '../store.js'
import { defineLog, defineTable } from '../table.js'

export interface User {
  readonly id: string
  readonly name: string
  readonly groups: readonly string[]
  readonly n?: number
  readonly password?: string
}

export const users = defineTable<User>()({
  name: 'test.user',
  key: (user: User) => user.id,
  indexes: {
    name: { values: (user: User) => [user.name], unique: true, ignoreCase: true },
    group: { values: (user: User) => user.groups },
  },
  secret: ['password'],
})

export interface Entry {
  readonly id: string
  readonly at: number
  readonly what?: string
}

export const entries = defineLog<Entry>({ name: 'test.entry', id: (entry) => entry.id, at: (entry) => entry.at })

export const user = (id: string, more: Partial<User> = {}): User => ({ id, name: `name-${id}`, groups: [], ...more })

/** One place where a store can be, and be again. */
export interface Place {
  open(options: Omit<OpenOptions, 'url'>): Promise<Store>
  /** False for a store that is gone when it is closed. */
  readonly lasting: boolean
  /** All bytes that the store keeps, once it is closed. */
  atRest?(): Promise<string>
  remove(): Promise<void>
}

/** A clock that the test moves. */
export const clock = { now: 1_000_000 }

export const masterKey = Buffer.alloc(32, 7)

export function openOptions(seed = 'store'): Omit<OpenOptions, 'url'> {
  let drawn = 0
  return {
    masterKey,
    clock: () => clock.now,
    randomBytes: (length) => createHash('sha512').update(`${seed} ${drawn++}`).digest().subarray(0, length),
    resettable: true,
  }
}

/** The whole suite takes this: it runs a test on a fresh store. */
export type Scenario = (name: string, run: (store: Store, place: Place) => Promise<void>) => void

export const save = (store: Store, ...records: User[]) =>
  store.transact(async (tx) => {
    for (const record of records) await tx.put(users, 'a', record)
  })

/** Ids on a page, for short assertions. */
export const ids = (records: Iterable<{ readonly id: string }>): string[] => [...records].map(({ id }) => id)

export async function latestGet(store: Store, id: string): Promise<User | undefined> {
  return (await store.readAt('latest')).get(users, 'a', id)
}

/** Adds one to `n` of a user, reading first. */
export const increment = (id: string) => async (tx: Transaction) => {
  const found = (await tx.get(users, 'a', id))!
  await tx.put(users, 'a', { ...found, n: (found.n ?? 0) + 1 })
}

/** Changes after a revision until there are as many as wanted. */
export async function take(store: Store, after: number, count: number): Promise<Change[]> {
  const end = new AbortController()
  const taken: Change[] = []
  for await (const changes of store.watch(after, end.signal)) {
    taken.push(...changes)
    if (taken.length >= count) end.abort()
  }
  return taken
}

export const code = (expected: string) => (error: unknown) => (error as { code?: string }).code === expected
