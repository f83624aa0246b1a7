/** The decoding of RSAES-OAEP (RFC 8017 §7.1.2) where the label and the mask have different hashes: Node has one for both. */
import { createHash, timingSafeEqual } from 'node:crypto'

/** All is looked at before anything is told to be wrong, so that how long it takes tells no more than that. */
export function openOaep(padded: Uint8Array, hash: string, mask: string): Buffer {
  const label = createHash(hash).digest()
  const [masked, maskedBlock] = [padded.subarray(1, 1 + label.length), padded.subarray(1 + label.length)]
  const seed = unmasked(masked, maskedBlock, mask)
  const block = unmasked(maskedBlock, seed, mask)
  const isLabelled = timingSafeEqual(block.subarray(0, label.length), label)
  let end = 0
  for (let index = label.length; index < block.length; index++) if (block[index] !== 0 && end === 0) end = index
  if (padded[0] !== 0 || !isLabelled || block[end] !== 1) throw new Error('bad padding')
  return block.subarray(end + 1)
}

/** Under MGF1 (RFC 8017 §B.2.1). */
function unmasked(masked: Uint8Array, seed: Uint8Array, hash: string): Buffer {
  const parts: Buffer[] = []
  for (let counter = 0, length = 0; length < masked.length; counter++) {
    const counted = Buffer.alloc(4)
    counted.writeUInt32BE(counter)
    const part = createHash(hash).update(seed).update(counted).digest()
    parts.push(part)
    length += part.length
  }
  const mask = Buffer.concat(parts)
  return Buffer.from(masked.map((byte, index) => byte ^ mask[index]!))
}
