/** Unique ids and access keys: four letters that tell the kind, then base32 with the account number inside (iam-behaviour §5). */

export const idPrefixes = {
  user: 'AIDA',
  role: 'AROA',
  group: 'AGPA',
  policy: 'ANPA',
  policyVersion: 'ANVA',
  instanceProfile: 'AIPA',
  serverCertificate: 'ASCA',
  bearerToken: 'ABIA',
  serviceSpecificCredential: 'ACCA',
  publicKey: 'APKA',
  accessKey: 'AKIA',
  temporaryAccessKey: 'ASIA',
} as const

export type IdKind = keyof typeof idPrefixes

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
/** Characters that hold 48 bits: a leading one, 40 bits of account number, 7 free bits; the tenth has two bits over. */
const accountCharacters = 10
const uniqueIdLength = 21
const keyIdLength = 20
const keys: ReadonlySet<IdKind> = new Set(['accessKey', 'temporaryAccessKey', 'publicKey'])

/** An id of that kind. `random` needs 12 bytes. */
export function makeId(kind: IdKind, accountId: string, random: Uint8Array): string {
  const prefix = idPrefixes[kind]
  const length = keys.has(kind) ? keyIdLength : uniqueIdLength
  // 48 bits, and two random ones to fill the tenth character: exact as a number.
  let bits = (2 ** 47 + Number(accountId) * 128 + (random[0]! & 0x7f)) * 4 + (random[1]! & 3)
  let text = ''
  for (let at = 0; at < accountCharacters; at++) {
    text = alphabet[bits % 32]! + text
    bits = Math.floor(bits / 32)
  }
  for (let at = 2; text.length < length - prefix.length; at++) text += alphabet[random[at]! & 31]
  return prefix + text
}

/** The account inside an id; undefined for text that is no such id. */
export function accountOfId(id: string): string | undefined {
  const text = id.slice(4)
  if (text.length < accountCharacters) return undefined
  let bits = 0n
  for (const character of text.slice(0, accountCharacters)) {
    const value = alphabet.indexOf(character)
    if (value < 0) return undefined
    bits = (bits << 5n) | BigInt(value)
  }
  const account = String(((bits >> 2n) & 0x7fffffffff80n) >> 7n)
  return account.length > 12 ? undefined : account.padStart(12, '0')
}

const base64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** A secret access key: 40 characters of base64's alphabet. `random` needs 40 bytes. */
export const makeSecret = (random: Uint8Array): string => Array.from(random.subarray(0, 40), (byte) => base64[byte & 63]).join('')
