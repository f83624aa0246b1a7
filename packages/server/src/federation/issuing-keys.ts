/** Keys that the server signs tokens of its own with: one pair at a time for each account and algorithm, made when first needed. */
import type { IssuingAlgorithm, IssuingKey } from '@bailiwick/identity'
import { defineTable, type Reader, type Store } from '@bailiwick/store'

interface IssuingKeyRecord extends IssuingKey {
  /** Epoch milliseconds. */
  readonly createdAt: number
}

const issuingKeys = defineTable<IssuingKeyRecord>()({
  name: 'federation.issuing-key',
  key: ({ kid }) => kid,
  indexes: { alg: { values: ({ alg }) => [alg] } },
  secret: ['privateJwk'],
})

const day = 86_400_000
const signsFor = 90 * day
/** A key is shown for as long as a token signed with it can still be good, and a day more for those who keep documents. */
const shownFor = signsFor + day

export class IssuingKeys {
  constructor(
    private readonly store: Store,
    private readonly clock: () => number,
  ) {}

  /** The key to sign with now. Making one takes a while, and is not done inside a transaction. */
  async keyFor(accountId: string, alg: IssuingAlgorithm): Promise<IssuingKey> {
    const kept = await this.#current(await this.store.readAt('latest'), accountId, alg)
    if (kept !== undefined) return kept
    const { newIssuingKey } = await import('@bailiwick/identity')
    const made: IssuingKeyRecord = { ...(await newIssuingKey(alg)), createdAt: this.clock() }
    const { result } = await this.store.transact(async (tx) => {
      // Another request, or another node, may have been faster.
      const other = await this.#current(tx, accountId, alg)
      if (other !== undefined) return other
      for (const { kid, createdAt } of await tx.all(issuingKeys, 'alg', accountId, alg)) {
        if (createdAt + shownFor <= this.clock()) await tx.delete(issuingKeys, accountId, kid)
      }
      await tx.put(issuingKeys, accountId, made)
      return made
    })
    return result
  }

  async #current(reader: Reader, accountId: string, alg: IssuingAlgorithm): Promise<IssuingKeyRecord | undefined> {
    const keys = await reader.all(issuingKeys, 'alg', accountId, alg)
    return keys.find(({ createdAt }) => this.clock() < createdAt + signsFor)
  }

  /** The public halves to show, as JWKs. */
  async shown(accountId: string): Promise<readonly object[]> {
    const reader = await this.store.readAt('latest')
    const keys = await Promise.all(['RS256', 'ES384'].map((alg) => reader.all(issuingKeys, 'alg', accountId, alg)))
    const { publicKeyOf } = await import('@bailiwick/identity')
    return keys
      .flat()
      .filter(({ createdAt }) => this.clock() < createdAt + shownFor)
      .map(publicKeyOf)
  }
}
