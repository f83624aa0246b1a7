/** Certificates, keys and codes that tests upload, made fresh in each run so that no private key is ever checked in. */
import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyPairKeyObjectResult,
  randomBytes,
  sign,
} from 'node:crypto'

export const newKeys = (modulusLength = 2048): KeyPairKeyObjectResult => generateKeyPairSync('rsa', { modulusLength })

/** One for all: what is tested is seldom the key. */
const key = newKeys()

/** One DER value: tag, length, content. */
function der(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content)
  const size = body.length < 128 ? [body.length] : [0x82, body.length >> 8, body.length & 255]
  return Buffer.concat([Buffer.from([tag, ...size]), body])
}
const sequence = (...content: readonly Uint8Array[]): Buffer => der(0x30, ...content)
const text = (tag: number, value: string): Buffer => der(tag, Buffer.from(value))

const sha256WithRsa = sequence(Buffer.from('06092a864886f70d01010b0500', 'hex'))
const commonName = Buffer.from('0603550403', 'hex')
const pem = (label: string, bytes: Uint8Array): string =>
  `-----BEGIN ${label}-----\n${Buffer.from(bytes)
    .toString('base64')
    .replaceAll(/(.{64})(?=.)/g, '$1\n')}\n-----END ${label}-----\n`

interface Asked {
  readonly name: string
  readonly serial?: number
  /** As X.509 writes times: `YYMMDDhhmmssZ`. */
  readonly from?: string
  readonly until?: string
  readonly keys?: KeyPairKeyObjectResult
  /** Who signs it; itself when left out. */
  readonly by?: { readonly name: string; readonly keys: KeyPairKeyObjectResult }
}

/** A self-signed certificate of that name, which begins anew with every serial number. */
export const certificateOf = (name: string, serial: number): string => certificate({ name, serial })

const distinguished = (name: string): Buffer => sequence(der(0x31, sequence(commonName, text(0x0c, name))))

export function certificate({
  name,
  serial = 1,
  from = '200101000000Z',
  until = '491231235959Z',
  keys = key,
  by = { name, keys },
}: Asked): string {
  const valid = sequence(text(0x17, from), text(0x17, until))
  const body = sequence(
    der(0xa0, Buffer.from([2, 1, 2])),
    der(2, Buffer.from([1, (serial >> 16) & 255, (serial >> 8) & 255, serial & 255])),
    sha256WithRsa,
    distinguished(by.name),
    valid,
    distinguished(name),
    keys.publicKey.export({ type: 'spki', format: 'der' }),
  )
  const signature = sign('sha256', body, by.keys.privateKey)
  return pem('CERTIFICATE', sequence(body, sha256WithRsa, der(3, Buffer.from([0]), signature)))
}

/** The private key of a certificate that was given none of its own. */
export const privateKey = (keys = key): string =>
  createPrivateKey(keys.privateKey.export({ type: 'pkcs8', format: 'pem' }))
    .export({ type: 'pkcs1', format: 'pem' })
    .toString()

/** A key that nobody has the other half of: it costs nothing to make. */
export function otherPublicKey(): Pick<KeyPairKeyObjectResult, 'publicKey'> {
  const n = randomBytes(256)
  n[0]! |= 0x80
  n[255]! |= 1
  return { publicKey: createPublicKey({ key: { kty: 'RSA', n: n.toString('base64url'), e: 'AQAB' }, format: 'jwk' }) }
}

/** As `~/.ssh/id_rsa.pub` has it. */
export function sshPublicKey(keys: Pick<KeyPairKeyObjectResult, 'publicKey'> = key): string {
  const { n, e } = keys.publicKey.export({ format: 'jwk' })
  const field = (bytes: Buffer): Buffer => {
    const whole = bytes[0]! >= 128 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes
    const size = Buffer.alloc(4)
    size.writeUInt32BE(whole.length)
    return Buffer.concat([size, whole])
  }
  const parts = [Buffer.from('ssh-rsa'), Buffer.from(e!, 'base64url'), Buffer.from(n!, 'base64url')]
  return `ssh-rsa ${Buffer.concat(parts.map(field)).toString('base64')}`
}

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** The six digits that a virtual MFA device shows, `steps` times thirty seconds from now, or from `at` (RFC 6238). */
export function mfaCode(base32Seed: string, steps = 0, at = Date.now()): string {
  const bits = [...base32Seed].map((letter) => base32.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const seed = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000) + steps))
  const digest = createHmac('sha1', seed).update(counter).digest()
  const place = digest[19]! & 15
  return String((digest.readUInt32BE(place) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}
