/** A cache of derived signing keys, bounded, oldest first out. */
import type { Claim } from './claim.js'
import { deriveSigningKey, type HmacKey } from './verify.js'

export class SigningKeys {
  readonly #kept = new Map<string, { readonly secret: string; readonly key: HmacKey }>()

  constructor(readonly most = 10_000) {}

  /** The key for a claim. A cached one counts only for the same secret, so a key id that is given a new secret needs no invalidation. */
  keyFor(claim: Claim, secretAccessKey: string): HmacKey {
    const id = `${claim.accessKeyId}/${claim.date}/${claim.region}/${claim.service}`
    const found = this.#kept.get(id)
    if (found !== undefined && found.secret === secretAccessKey) return found.key
    const key = deriveSigningKey(secretAccessKey, claim)
    this.#kept.delete(id)
    this.#kept.set(id, { secret: secretAccessKey, key })
    if (this.#kept.size > this.most) this.#kept.delete(this.#kept.keys().next().value!)
    return key
  }
}
