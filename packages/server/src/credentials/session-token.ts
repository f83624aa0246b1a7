/**
 * Session tokens: sealed, self-contained values. Any server process that has the sealing key can open one; none is stored. A token is
 * bound to the store it was made for, to an account, to the principal's unique id and to its access key id (blueprint §7).
 */
import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { HmacKey } from '@bailiwick/wire/node'

/** What a token says. */
export interface SessionClaims {
  readonly kind: 'role' | 'user' | 'root' | 'federatedUser'
  readonly accountId: string
  /**
   * AROA…, AIDA…, or the account id of a root user; of a federated user, of who made the session. A principal made anew under the same
   * name has another one.
   */
  readonly principalId: string
  readonly accessKeyId: string
  readonly issuedAt: number
  readonly expiresAt: number
  readonly sessionName?: string
  /** Inline session policies, as text. */
  readonly policies?: readonly string[]
  /** ARNs of managed session policies; what they say is looked up at each use. */
  readonly policyArns?: readonly string[]
  readonly tags?: readonly { readonly Key: string; readonly Value: string }[]
  readonly transitiveTagKeys?: readonly string[]
  readonly sourceIdentity?: string
  /** Condition keys that an identity provider's proof left: `saml:sub`, `ISSUER:aud`. */
  readonly keys?: Readonly<Record<string, string | readonly string[]>>
  /** Epoch milliseconds of the MFA challenge. */
  readonly mfaAt?: number
  /** Of a user or a root that signed in at the console: no session of GetSessionToken, and without its limits. */
  readonly signedIn?: true
  /** Of a federated user at the console, where the limits on calls of IAM and STS do not hold (policy-semantics §6.7). */
  readonly atConsole?: true
  /** `aws:SignInSessionArn`, of a session that a command line was given (policy-semantics §8.1). */
  readonly signInSessionArn?: string
  /** Of a role that was assumed with temporary credentials, or that somebody is signed in as: no session of the console may outlast it. */
  readonly chained?: true
}

/** The first bytes of every token, so that it begins as AWS's do (`IQoJ`); the fourth is the format. */
const magic = Buffer.from([0x21, 0x0a, 0x09, 0x01])
const nonceBytes = 12
const tagBytes = 16
/** Where what is sealed begins. */
const body = magic.length + nonceBytes
/** No honest token is larger (iam-behaviour §5); what is larger is not made, and not even decoded. */
export const maxTokenLength = 4096
const maxClaimsBytes = 65_536

export class SessionTokens {
  readonly #sealingKey: KeyObject
  readonly #secretKey: HmacKey
  readonly #randomBytes: (length: number) => Uint8Array

  /** `storeId` keeps tokens of one store from working against another with the same master key, as after a reset. */
  constructor(masterKey: Uint8Array, storeId: string, randomBytes: (length: number) => Uint8Array) {
    const derive = (use: string): Uint8Array => new Uint8Array(hkdfSync('sha256', masterKey, storeId, `bailiwick session ${use}`, 32))
    this.#sealingKey = createSecretKey(derive('tokens'))
    this.#secretKey = new HmacKey(derive('secrets'))
    this.#randomBytes = randomBytes
  }

  seal(claims: SessionClaims): string {
    const nonce = this.#randomBytes(nonceBytes)
    const cipher = createCipheriv('aes-256-gcm', this.#sealingKey, nonce).setAAD(magic)
    const sealed = cipher.update(packed(JSON.stringify(claims)))
    // GCM has nothing left to give at its end.
    cipher.final()
    return Buffer.concat([magic, nonce, sealed, cipher.getAuthTag()]).toString('base64')
  }

  /** Undefined for everything that this server did not seal. Whether it has expired is the caller's question. */
  open(token: string): SessionClaims | undefined {
    if (token.length > maxTokenLength || !token.startsWith('IQoJ')) return undefined
    const bytes = Buffer.from(token, 'base64')
    const end = bytes.length - tagBytes
    if (end < body || bytes[magic.length - 1] !== magic[magic.length - 1] || bytes.toString('base64') !== token) return undefined
    try {
      const opener = createDecipheriv('aes-256-gcm', this.#sealingKey, bytes.subarray(magic.length, body), { authTagLength: tagBytes })
      opener.setAAD(magic)
      opener.setAuthTag(bytes.subarray(end))
      const opened = opener.update(bytes.subarray(body, end))
      // Nothing is left to come, but that the tag is right is only said here.
      opener.final()
      return JSON.parse(unpacked(opened))
    } catch {
      return undefined
    }
  }

  /** The secret key that goes with an access key id; derived, so that the token need not carry it. 40 characters of base64. */
  secretFor(accessKeyId: string): string {
    return this.#secretKey.mac(accessKeyId).toString('base64').slice(0, 40)
  }
}

/** Compressing costs several times what all the rest of opening does: only what would not fit as it is. */
const compressedFrom = Math.floor((maxTokenLength * 3) / 4) - magic.length - nonceBytes - tagBytes + 1
const brace = 0x7b

/** JSON as it is, or compressed; which of the two, the first byte tells. */
const packed = (json: string): Buffer =>
  Buffer.byteLength(json) < compressedFrom ? Buffer.from(json) : Buffer.concat([Buffer.of(0), deflateRawSync(json)])

const unpacked = (bytes: Buffer): string =>
  (bytes[0] === brace ? bytes : inflateRawSync(bytes.subarray(1), { maxOutputLength: maxClaimsBytes })).toString('utf8')
