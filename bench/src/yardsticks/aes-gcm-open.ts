/** Yardstick: one AES-256-GCM opening of bytes that were sealed before, without looking at what comes out. */
import { createCipheriv, createDecipheriv, createSecretKey, randomBytes } from 'node:crypto'

export function aesGcmOpen(bytes: number): (times: number) => void {
  const key = createSecretKey(randomBytes(32))
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  const sealed = Buffer.concat([cipher.update(randomBytes(bytes)), cipher.final()])
  const tag = cipher.getAuthTag()
  return (times) => {
    for (let at = 0; at < times; at++) {
      const opener = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: 16 })
      opener.setAuthTag(tag)
      opener.update(sealed)
      opener.final()
    }
  }
}
