/**
 * When keys, roles and services were last used: noted at most once in a while, so that using them costs no write (iam-behaviour §8). What
 * comes up while one transaction is under way goes into the next one together.
 */
import type { Store, Transaction } from '@bailiwick/store'
import { wholeServer } from '../../accounts/account.js'
import { accessKeyLastUsed } from '../../credentials/access-key.js'
import type { Happened } from '../../pipeline/happened.js'
import { roleLastUsed, roles, users } from '../records.js'
import { accessed, withAttempts } from './accessed.js'

const notedEveryMilliseconds = 15 * 60_000
const mostRemembered = 50_000

type Note = (tx: Transaction) => Promise<void>

export class LastUsed {
  readonly #noted = new Map<string, number>()
  #waiting: Note[] = []
  #writing: Promise<void> | undefined

  constructor(
    private readonly store: Store,
    private readonly failed: (error: unknown) => void,
  ) {}

  note(happened: Happened): void {
    if (happened.caller.federation !== undefined) return
    this.#credential(happened)
    this.#action(happened)
  }

  #credential({ caller, at, region, routed }: Happened): void {
    const id = caller.session === undefined ? caller.accessKeyId : caller.session.issuer.id
    if (!this.#isDue(id, at)) return
    if (caller.session !== undefined && caller.session.issuer.type !== 'Role') return
    const { service } = routed.model
    this.#write((tx) =>
      caller.session === undefined
        ? tx.put(accessKeyLastUsed, wholeServer, { id, at, service, region })
        : tx.put(roleLastUsed, caller.accountId, { id, at, region }),
    )
  }

  /** Of a user or a role, what it tried, whether it was let or not; a request that nothing was decided on is no attempt. */
  #action({ caller: { principal, accountId }, at, region, decided: [first] }: Happened): void {
    if (first === undefined || (principal.kind !== 'user' && principal.kind !== 'role')) return
    const { id: entityId, kind } = principal
    if (entityId === undefined) return
    const { action } = first.request
    if (!this.#isDue(`${entityId}/${action}`, at)) return
    const colon = action.indexOf(':')
    const service = action.slice(0, colon)
    this.#write(async (tx) => {
      const entity = kind === 'user' ? await tx.get(users, accountId, entityId) : await tx.get(roles, accountId, entityId)
      // Gone since: nobody would ever take the note away.
      if (entity === undefined) return
      const before = await tx.get(accessed, accountId, `${entityId}/${service}`)
      await tx.put(accessed, accountId, withAttempts(before, { entityId, service, actions: { [action.slice(colon + 1)]: { at, region } } }))
    })
  }

  #isDue(id: string, at: number): boolean {
    const before = this.#noted.get(id)
    if (before !== undefined && at - before < notedEveryMilliseconds) return false
    this.#noted.set(id, at)
    if (this.#noted.size > mostRemembered) this.#noted.delete(this.#noted.keys().next().value!)
    return true
  }

  #write(note: Note): void {
    this.#waiting.push(note)
    this.#writing ??= this.#writeAll().finally(() => {
      this.#writing = undefined
    })
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const notes = this.#waiting
      this.#waiting = []
      await this.store
        .transact(async (tx) => {
          for (const note of notes) await note(tx)
        })
        .catch(this.failed)
    }
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
