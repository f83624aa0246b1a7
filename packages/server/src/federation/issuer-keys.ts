/** The keys of OIDC issuers: found by discovery, kept for a while, and fetched again when a token names one that is not among them. */
import type { KeySet } from '@bailiwick/identity'
import { FetchError } from './fetch-document.js'

/** Fetches a document; throws `FetchError`. */
export type FetchText = (url: string, thumbprints: readonly string[]) => Promise<string>

const keptMilliseconds = 3_600_000
/** An unknown key id makes the keys be fetched again, at most once in this time. */
const refetchMilliseconds = 60_000
/** An issuer that failed is left alone for this time. */
const failedMilliseconds = 10_000
const mostIssuers = 1_000

interface Kept {
  readonly at: number
  readonly keys: Promise<KeySet>
  readonly failed: boolean
  /** The last look for newer ones: these as long as there are none. */
  readonly newer?: { readonly at: number; readonly keys: Promise<KeySet> }
}

export class IssuerKeys {
  readonly #kept = new Map<string, Kept>()

  constructor(
    private readonly fetch: FetchText,
    private readonly clock: () => number,
  ) {}

  /**
   * Only for registered providers: asking is what makes the server fetch. With `unknownKey`, what is kept has been found to lack a key.
   * Throws `FetchError`.
   */
  keysOf(issuer: string, thumbprints: readonly string[], unknownKey = false): Promise<KeySet> {
    const id = thumbprints.length === 0 ? issuer : `${issuer} ${[...thumbprints].sort().join()}`
    const now = this.clock()
    const kept = this.#kept.get(id)
    if (kept === undefined || now - kept.at >= (kept.failed ? failedMilliseconds : keptMilliseconds))
      return this.#fetchFirst(id, issuer, thumbprints)
    if (!unknownKey || kept.failed) return kept.keys
    const { at, keys } = kept.newer ?? kept
    return now - at < refetchMilliseconds ? keys : this.#lookForNewer(id, kept, issuer, thumbprints)
  }

  #fetchFirst(id: string, issuer: string, thumbprints: readonly string[]): Promise<KeySet> {
    const at = this.clock()
    const keys = this.#fetchKeys(issuer, thumbprints)
    this.#keep(id, { at, keys, failed: false })
    keys.catch(() => {
      if (this.#kept.get(id)?.keys === keys) this.#keep(id, { at, keys, failed: true })
    })
    return keys
  }

  /** Anybody can name a key that is not there: those that are known stay in use meanwhile, and when no newer ones can be had. */
  #lookForNewer(id: string, kept: Kept, issuer: string, thumbprints: readonly string[]): Promise<KeySet> {
    const at = this.clock()
    const fetched = this.#fetchKeys(issuer, thumbprints)
    const keys = fetched.catch(() => kept.keys)
    this.#keep(id, { ...kept, newer: { at, keys } })
    fetched.then(
      () => this.#keep(id, { at, keys: fetched, failed: false }),
      () => {},
    )
    return keys
  }

  #keep(id: string, kept: Kept): void {
    this.#kept.delete(id)
    this.#kept.set(id, kept)
    if (this.#kept.size > mostIssuers) this.#kept.delete(this.#kept.keys().next().value!)
  }

  async #fetchKeys(issuer: string, thumbprints: readonly string[]): Promise<KeySet> {
    const { readDiscovery, readKeySet } = await import('@bailiwick/identity')
    const found = readDiscovery(await this.fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, thumbprints), issuer)
    if (found.refused !== undefined) throw new FetchError('wrong', found.refused.detail)
    const keys = readKeySet(await this.fetch(found.proven.jwksUri, thumbprints))
    if (keys.refused !== undefined) throw new FetchError('wrong', keys.refused.detail)
    return keys.proven
  }
}
