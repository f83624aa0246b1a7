/** Values that a browser keeps for us and cannot read or change: sealed for one use, and good until a time. */
import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync } from 'node:crypto'

const nonceBytes = 12
const tagBytes = 16
/** What a browser may send back at most, as a cookie or in a form. */
const maxLength = 8192

export class Sealer {
  readonly #key: Uint8Array
  readonly #macKey: Uint8Array

  /** `storeId` keeps what was sealed for one store from working against another, as after a reset. */
  constructor(
    masterKey: Uint8Array,
    storeId: string,
    private readonly randomBytes: (length: number) => Uint8Array,
  ) {
    const derive = (use: string): Uint8Array => new Uint8Array(hkdfSync('sha256', masterKey, storeId, `bailiwick sign-in ${use}`, 32))
    this.#key = derive('sealing')
    this.#macKey = derive('marks')
  }

  /** `use` is what it is for: sealed for one use it opens for no other. `expiresAt` is epoch milliseconds. */
  seal(use: string, value: object, expiresAt: number): string {
    const nonce = this.randomBytes(nonceBytes)
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce).setAAD(Buffer.from(use))
    const sealed = cipher.update(JSON.stringify({ value, expiresAt }))
    cipher.final()
    return Buffer.concat([nonce, sealed, cipher.getAuthTag()]).toString('base64url')
  }

  /** Undefined for what was not sealed here for this use, and for what has expired. */
  open<T>(use: string, text: string | undefined, now: number): T | undefined {
    if (text === undefined || text.length > maxLength) return undefined
    const bytes = Buffer.from(text, 'base64url')
    if (bytes.length < nonceBytes + tagBytes) return undefined
    try {
      const opener = createDecipheriv('aes-256-gcm', this.#key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes })
      opener.setAAD(Buffer.from(use)).setAuthTag(bytes.subarray(-tagBytes))
      const opened = Buffer.concat([opener.update(bytes.subarray(nonceBytes, -tagBytes)), opener.final()])
      const { value, expiresAt } = JSON.parse(opened.toString('utf8')) as { readonly value: T; readonly expiresAt: number }
      return now < expiresAt ? value : undefined
    } catch {
      return undefined
    }
  }

  /** What only this server can say of a text. */
  mark(use: string, text: string): string {
    return createHmac('sha256', this.#macKey).update(`${use}\n${text}`).digest('base64url')
  }
}

/** What the store keeps instead of something that opens a session. */
export const digest = (secret: string): string => createHash('sha256').update(secret).digest('base64url')
