/**
 * Encoded authorization messages: why a call was denied, sealed, so that the answer of a service can carry it and only those may read it
 * who may call DecodeAuthorizationMessage in the account of the denied caller. Nothing is stored. A service in front asks `encode`.
 */
import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { type AuthorizationMessage, type AuthorizationRequest, authorizationMessage, type Decision } from '@bailiwick/policy'

const FORMAT = 1
const nonceBytes = 12
const tagBytes = 16
/** DecodeAuthorizationMessage takes no more characters. */
const mostCharacters = 10_240
const mostBytes = 262_144
/** AWS does not tell how long a message can be read. */
const lifetimeMilliseconds = 24 * 3_600_000

interface Answered {
  readonly request: AuthorizationRequest
  readonly decision: Decision
}

interface Sealed {
  readonly at: number
  readonly message: AuthorizationMessage
}

export class AuthorizationMessages {
  readonly #key: KeyObject
  readonly #randomBytes: (length: number) => Uint8Array

  /** `storeId` keeps messages of one store from being read in another with the same master key, as after a reset. */
  constructor(masterKey: Uint8Array, storeId: string, randomBytes: (length: number) => Uint8Array) {
    this.#key = createSecretKey(new Uint8Array(hkdfSync('sha256', masterKey, storeId, 'bailiwick authorization messages', 32)))
    this.#randomBytes = randomBytes
  }

  /** The message for a denial. `accountId` is the account whose principals may read it; `now` is epoch milliseconds. */
  encode({ request, decision }: Answered, accountId: string, now: number): string {
    const message = authorizationMessage(request, decision)
    const whole = this.#seal({ at: now, message }, accountId)
    if (whole.length <= mostCharacters) return whole
    // What was asked and by whom always fits; the values of a long request are left out.
    const { context } = message
    const bare: AuthorizationMessage = { ...message, matchedStatements: { items: [] }, context: { ...context, conditions: { items: [] } } }
    return this.#seal({ at: now, message: bare }, accountId)
  }

  /** JSON text; undefined for whatever was not encoded here for this account, or too long ago. */
  decode(encoded: string, accountId: string, now: number): string | undefined {
    const bytes = Buffer.from(encoded, 'base64url')
    if (bytes.length < 1 + nonceBytes + tagBytes || bytes[0] !== FORMAT || bytes.toString('base64url') !== encoded) return undefined
    const sealed = this.#open(bytes, accountId)
    return sealed === undefined || now - sealed.at > lifetimeMilliseconds ? undefined : JSON.stringify(sealed.message)
  }

  #seal(sealed: Sealed, accountId: string): string {
    const nonce = this.#randomBytes(nonceBytes)
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce).setAAD(boundTo(accountId))
    const body = cipher.update(deflateRawSync(JSON.stringify(sealed)))
    cipher.final()
    return Buffer.concat([Buffer.of(FORMAT), nonce, body, cipher.getAuthTag()]).toString('base64url')
  }

  #open(bytes: Buffer, accountId: string): Sealed | undefined {
    const from = 1 + nonceBytes
    const opener = createDecipheriv('aes-256-gcm', this.#key, bytes.subarray(1, from), { authTagLength: tagBytes })
    opener.setAAD(boundTo(accountId)).setAuthTag(bytes.subarray(-tagBytes))
    try {
      const opened = Buffer.concat([opener.update(bytes.subarray(from, -tagBytes)), opener.final()])
      return JSON.parse(inflateRawSync(opened, { maxOutputLength: mostBytes }).toString('utf8')) as Sealed
    } catch {
      // Not sealed here, or for another account.
      return undefined
    }
  }
}

const boundTo = (accountId: string): Buffer => Buffer.from(`${FORMAT} ${accountId}`)
