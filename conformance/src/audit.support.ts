/** The audit events of a server that is stopped, from its store. */
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { defineLog, openStore, type Store } from '@bailiwick/store'

export interface Event {
  readonly eventName: string
  readonly eventID: string
  readonly userIdentity: Readonly<Record<string, unknown>>
  readonly requestID: string
  readonly errorCode?: string
  readonly requestParameters: Readonly<Record<string, unknown>> | null
  readonly responseElements: Readonly<Record<string, unknown>> | null
  readonly bailiwick: {
    readonly revision?: number
    readonly decisions: readonly { readonly verdict: string; readonly statements: readonly object[]; readonly context: number }[]
    readonly contexts: readonly Readonly<Record<string, unknown>>[]
  }
}

const log = defineLog<{ readonly lines: string }>({
  name: 'audit',
  id: ({ lines }) => lines,
  at: () => 0,
  text: { write: ({ lines }) => lines, read: (lines) => ({ lines }) },
})

/**
 * Events as they are kept: a line that is a list holds what events share, and is named by its number among those lines; what a context
 * has beside that, its event says at the context's place.
 */
export function readEvents(lines: string): object[] {
  const read = lines
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  const shared: readonly object[] = read.filter(Array.isArray).map(([part]) => part)
  return read
    .filter((line) => !Array.isArray(line))
    .map(({ parts = [], contexts, bailiwick, ...own }) => ({
      ...Object.assign({}, ...parts.map((number: number) => shared[number])),
      ...own,
      // An event that shares nothing is written whole.
      bailiwick: {
        ...bailiwick,
        contexts: contexts?.map((number: number, at: number) => ({ ...shared[number], ...bailiwick.contexts?.[at] })) ?? bailiwick.contexts,
      },
    }))
}

const keyIn = (dataDir: string): string => readFileSync(join(dataDir, 'master.key'), 'utf8').trim()

/** Opens the store of a stopped server, with the key that it made unless another is given (in hex), and closes it. */
export async function withStore<T>(dataDir: string, work: (store: Store) => Promise<T>, key = keyIn(dataDir)): Promise<T> {
  const masterKey = Buffer.from(key, 'hex')
  const store = await openStore({ url: join(dataDir, 'bailiwick.db'), masterKey, clock: Date.now, randomBytes })
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

/** Oldest first. */
export function eventsIn(dataDir: string, accountId: string, key?: string): Promise<Event[]> {
  const read = async (store: Store): Promise<Event[]> => {
    const found: Event[] = []
    for (let after: string | undefined; ; ) {
      const { items, next } = await store.readLog(log, accountId, { limit: 100, ...(after !== undefined && { after }) })
      for (const { lines } of items) found.push(...(readEvents(lines) as Event[]))
      after = next
      if (after === undefined) return found
    }
  }
  return withStore(dataDir, read, key)
}
