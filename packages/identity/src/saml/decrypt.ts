/** Decrypts an `EncryptedAssertion`: a content key under RSA-OAEP, the assertion under AES (XML Encryption 1.1). */
import { constants, createDecipheriv, type KeyObject, privateDecrypt } from 'node:crypto'
import { refuse } from '../proof.js'
import * as names from './names.js'
import { openOaep } from './oaep.js'
import { all, attributeOf, childNamed, isNamed, textOf } from './read-xml.js'

interface Cipher {
  readonly name: 'aes-128-gcm' | 'aes-256-gcm' | 'aes-128-cbc' | 'aes-256-cbc'
  readonly keyBytes: number
  readonly ivBytes: number
}

const ciphers: ReadonlyMap<string, Cipher> = new Map<string, Cipher>([
  [`${names.encryption11}aes128-gcm`, { name: 'aes-128-gcm', keyBytes: 16, ivBytes: 12 }],
  [`${names.encryption11}aes256-gcm`, { name: 'aes-256-gcm', keyBytes: 32, ivBytes: 12 }],
  [`${names.encryption}aes128-cbc`, { name: 'aes-128-cbc', keyBytes: 16, ivBytes: 16 }],
  [`${names.encryption}aes256-cbc`, { name: 'aes-256-cbc', keyBytes: 32, ivBytes: 16 }],
])
const keyTransports = [`${names.encryption}rsa-oaep-mgf1p`, `${names.encryption11}rsa-oaep`]
const oaepHashes: ReadonlyMap<string, string> = new Map([
  [`${names.signature}sha1`, 'sha1'],
  [`${names.encryption}sha256`, 'sha256'],
  [`${names.encryption}sha512`, 'sha512'],
])
/** The hashes of the mask that OAEP lays over a key. */
const maskHashes: ReadonlyMap<string, string> = new Map(
  ['sha1', 'sha256', 'sha512'].map((hash) => [`${names.encryption11}mgf1${hash}`, hash]),
)
const tagBytes = 16

/** The assertion as text. Whatever fails, the answer is the same: a difference would help to guess the content. */
export function decryptAssertion(encrypted: Element, keys: readonly KeyObject[]): string {
  const failed = (): never => refuse('signature', 'the assertion cannot be decrypted')
  const data = childNamed(encrypted, names.encryption, 'EncryptedData') ?? failed()
  const wrapped = all(encrypted).filter((element) => isNamed(element, names.encryption, 'EncryptedKey'))
  const cipher = ciphers.get(methodOf(data) ?? '')
  if (wrapped.length !== 1 || cipher === undefined) return failed()
  for (const padding of paddingsOf(wrapped[0]!)) {
    for (const key of keys) {
      try {
        return decrypted(cipher, contentKey(cipherValue(wrapped[0]!), key, padding), cipherValue(data))
      } catch {
        // The next key may be the right one.
      }
    }
  }
  return failed()
}

const methodElement = (element: Element): Element | undefined => childNamed(element, names.encryption, 'EncryptionMethod')
const methodOf = (element: Element): string | undefined => {
  const method = methodElement(element)
  return method && attributeOf(method, 'Algorithm')
}

function cipherValue(element: Element): Buffer {
  const data = childNamed(element, names.encryption, 'CipherData')
  const value = data && childNamed(data, names.encryption, 'CipherValue')
  return Buffer.from(value === undefined ? '' : textOf(value), 'base64')
}

interface Padding {
  /** Of the label. */
  readonly hash: string
  /** Of the mask. */
  readonly mask: string
}

/** A method that names no mask means SHA-1, whatever the label's hash. There are senders that take that hash for the mask as well. */
function paddingsOf(wrapped: Element): readonly Padding[] {
  const method = methodElement(wrapped)
  if (method === undefined || !keyTransports.includes(methodOf(wrapped) ?? '')) return []
  const digest = childNamed(method, names.signature, 'DigestMethod')
  const named = childNamed(method, names.encryption11, 'MGF')
  const hash = oaepHashes.get((digest && attributeOf(digest, 'Algorithm')) ?? `${names.signature}sha1`)
  const masks = named === undefined ? ['sha1', hash] : [maskHashes.get(attributeOf(named, 'Algorithm') ?? '')]
  return [...new Set(masks)].flatMap((mask) => (hash === undefined || mask === undefined ? [] : { hash, mask }))
}

function contentKey(wrapped: Buffer, key: KeyObject, { hash, mask }: Padding): Buffer {
  if (hash === mask) return privateDecrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: hash }, wrapped)
  return openOaep(privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, wrapped), hash, mask)
}

function decrypted({ name, keyBytes, ivBytes }: Cipher, key: Buffer, bytes: Buffer): string {
  if (key.length !== keyBytes || bytes.length < ivBytes + tagBytes) throw new Error('too short')
  const iv = bytes.subarray(0, ivBytes)
  const plain =
    name === 'aes-128-gcm' || name === 'aes-256-gcm'
      ? openGcm(name, key, iv, bytes.subarray(ivBytes))
      : openCbc(name, key, iv, bytes.subarray(ivBytes))
  return new TextDecoder('utf-8', { fatal: true }).decode(plain)
}

function openGcm(name: 'aes-128-gcm' | 'aes-256-gcm', key: Buffer, iv: Buffer, sealed: Buffer): Buffer {
  const opener = createDecipheriv(name, key, iv, { authTagLength: tagBytes }).setAuthTag(sealed.subarray(-tagBytes))
  return Buffer.concat([opener.update(sealed.subarray(0, -tagBytes)), opener.final()])
}

/** The padding of XML Encryption: the last byte tells its length, the others may be anything. */
function openCbc(name: 'aes-128-cbc' | 'aes-256-cbc', key: Buffer, iv: Buffer, sealed: Buffer): Buffer {
  const opener = createDecipheriv(name, key, iv).setAutoPadding(false)
  const padded = Buffer.concat([opener.update(sealed), opener.final()])
  const padding = padded.at(-1) ?? 0
  if (padding < 1 || padding > iv.length) throw new Error('bad padding')
  return padded.subarray(0, -padding)
}
