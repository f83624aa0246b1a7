/**
 * Session tokens of the instance metadata service, version 2: 40 bytes that say until when they are good, with a code that only this
 * process can make. None is kept, so that asking for many costs nothing. They end with the process, as AWS's end with the instance.
 */
import { timingSafeEqual } from 'node:crypto'
import { HmacKey } from '@bailiwick/wire/node'

/** Seconds that a token may be asked for. */
export const longestTokenSeconds = 21_600

/** The first bytes, so that a token begins as AWS's do (`AQAE`). */
const magic = Buffer.from([0x01, 0x00, 0x04])
const expiryBytes = 5
const nonceBytes = 16
const codeBytes = 16
const tokenBytes = magic.length + expiryBytes + nonceBytes + codeBytes

export class MetadataTokens {
  readonly #key: HmacKey

  constructor(
    private readonly clock: () => number,
    private readonly randomBytes: (length: number) => Uint8Array,
  ) {
    this.#key = new HmacKey(randomBytes(32))
  }

  make(instanceId: string, seconds: number): string {
    const body = Buffer.concat([magic, Buffer.alloc(expiryBytes), this.randomBytes(nonceBytes)])
    body.writeUIntBE(Math.floor(this.clock() / 1000) + seconds, magic.length, expiryBytes)
    return Buffer.concat([body, this.#code(instanceId, body)]).toString('base64')
  }

  /** Whole seconds that it is still good for; undefined for everything that was not made here, for this instance, or has ended. */
  secondsLeft(instanceId: string, token: string): number | undefined {
    const bytes = Buffer.from(token, 'base64')
    if (bytes.length !== tokenBytes || bytes.toString('base64') !== token) return undefined
    const body = bytes.subarray(0, -codeBytes)
    if (!timingSafeEqual(bytes.subarray(-codeBytes), this.#code(instanceId, body))) return undefined
    const left = body.readUIntBE(magic.length, expiryBytes) - Math.floor(this.clock() / 1000)
    return left > 0 ? left : undefined
  }

  #code(instanceId: string, body: Buffer): Buffer {
    return this.#key.mac(`${instanceId}\n${body.toString('latin1')}`).subarray(0, codeBytes)
  }
}
