/** Bytes as letters that nobody mistakes for one another (RFC 4648). */

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** Whole groups of five bytes only, so that nothing is padded. */
export function base32(bytes: Uint8Array): string {
  if (bytes.length % 5 !== 0) throw new RangeError('only whole groups of five bytes')
  let text = ''
  for (let at = 0; at < bytes.length; at += 5) {
    const group = bytes.subarray(at, at + 5).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
    for (let shift = 35n; shift >= 0n; shift -= 5n) text += alphabet[Number((group >> shift) & 31n)]
  }
  return text
}
