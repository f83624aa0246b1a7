/** SSH public keys as text: the line of OpenSSH, or PEM. RSA alone, as IAM takes them. */
import { createHash, createPublicKey, type KeyObject } from 'node:crypto'

const leastBits = 2048
const algorithm = 'ssh-rsa'

export interface SshKey {
  /** As SSH sends it (RFC 4253, section 6.6). */
  readonly blob: Buffer
}

export type SshKeyFault = 'UnrecognizedPublicKeyEncoding' | 'InvalidPublicKey'

/** The key, or what is wrong with the text: no form of a key that is known, or no good key in it. */
export function readSshKey(text: string): SshKey | SshKeyFault {
  const trimmed = text.trim()
  if (trimmed.startsWith('-----BEGIN ')) return checked(() => fromPem(trimmed))
  const [name, body = ''] = trimmed.split(/[ \t]+/, 2)
  if (name !== algorithm) return 'UnrecognizedPublicKeyEncoding'
  return checked(() => fromBlob(strictBase64(body)))
}

function checked(read: () => KeyObject): SshKey | SshKeyFault {
  try {
    const key = read()
    if (key.asymmetricKeyType !== 'rsa' || (key.asymmetricKeyDetails?.modulusLength ?? 0) < leastBits) return 'InvalidPublicKey'
    return { blob: toBlob(key) }
  } catch {
    return 'InvalidPublicKey'
  }
}

/** A private key would be taken as well, and its public half found; nobody should send one. */
function fromPem(text: string): KeyObject {
  if (!/^-----BEGIN (?:RSA )?PUBLIC KEY-----/.test(text)) throw new Error('not a public key')
  return createPublicKey(text)
}

function strictBase64(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64')
  if (bytes.toString('base64').replace(/=+$/, '') !== text.replace(/=+$/, '')) throw new Error('not base64')
  return bytes
}

function toBlob(key: KeyObject): Buffer {
  const { e, n } = key.export({ format: 'jwk' })
  return Buffer.concat([field(Buffer.from(algorithm)), ...[e!, n!].map((number) => field(unsigned(Buffer.from(number, 'base64url'))))])
}

function fromBlob(blob: Buffer): KeyObject {
  const [name, e, n, ...rest] = fields(blob)
  if (name?.toString('latin1') !== algorithm || e === undefined || n === undefined || rest.length > 0) throw new Error('not a key')
  return createPublicKey({ key: { kty: 'RSA', e: e.toString('base64url'), n: n.toString('base64url') }, format: 'jwk' })
}

/** A leading bit would make the number a negative one. */
const unsigned = (number: Buffer): Buffer => (number[0]! >= 0x80 ? Buffer.concat([Buffer.of(0), number]) : number)

function field(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return Buffer.concat([length, bytes])
}

function fields(blob: Buffer): Buffer[] {
  const found: Buffer[] = []
  for (let at = 0; at < blob.length; ) {
    const end = at + 4 + blob.readUInt32BE(at)
    if (end > blob.length) throw new Error('cut off')
    found.push(blob.subarray(at + 4, end))
    at = end
  }
  return found
}

/** The line of OpenSSH, without a comment. */
export const sshText = (blob: Buffer): string => `${algorithm} ${blob.toString('base64')}`

export const pemText = (blob: Buffer): string => fromBlob(blob).export({ type: 'spki', format: 'pem' }).toString()

/** As `ssh-keygen -l -E md5` shows it. */
export const md5Fingerprint = (blob: Buffer): string =>
  createHash('md5')
    .update(blob)
    .digest('hex')
    .replace(/..(?=.)/g, '$&:')
