/** When keys and roles were last used: noted at most once in a while, so that using them costs no write (iam-behaviour §8). */
import type { Store } from '@bailiwick/store'
import { wholeServer } from '../accounts/account.js'
import { roleLastUsed } from '../iam/records.js'
import type { Happened } from '../pipeline/happened.js'
import { accessKeyLastUsed } from './access-key.js'

const notedEveryMilliseconds = 15 * 60_000
const mostRemembered = 50_000

export class LastUsed {
  readonly #noted = new Map<string, number>()
  #writing: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly store: Store,
    private readonly failed: (error: unknown) => void,
  ) {}

  note({ caller, at, region, routed }: Happened): void {
    if (caller.federation !== undefined) return
    const id = caller.session === undefined ? caller.accessKeyId : caller.session.issuer.id
    const before = this.#noted.get(id)
    if (before !== undefined && at - before < notedEveryMilliseconds) return
    this.#noted.set(id, at)
    if (this.#noted.size > mostRemembered) this.#noted.delete(this.#noted.keys().next().value!)
    if (caller.session !== undefined && caller.session.issuer.type !== 'Role') return
    const { service } = routed.model
    this.#writing = this.store
      .transact((tx) =>
        caller.session === undefined
          ? tx.put(accessKeyLastUsed, wholeServer, { id, at, service, region })
          : tx.put(roleLastUsed, caller.accountId, { id, at, region }),
      )
      .catch(this.failed)
  }

  /** Resolves when what was noted is written. */
  async settled(): Promise<void> {
    await this.#writing
  }

  /** After a reset of the store. */
  forget(): void {
    this.#noted.clear()
  }
}
