/** IP addresses and ranges, compared as addresses and never as text (policy-semantics §5.4). */

/** An IPv4 address is one number of 32 bits, an IPv6 address sixteen bytes. An IPv6 address that maps an IPv4 one is the IPv4 one. */
export type Address = number | readonly number[]

export interface AddressRange {
  readonly address: Address
  readonly bits: number
}

const MAPPED_PREFIX = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff]

export function parseAddress(text: string): Address | undefined {
  if (!text.includes(':')) return parseV4(text)
  const bytes = parseV6(text)
  return bytes !== undefined && isMapped(bytes) ? mappedIn(bytes) : bytes
}

/**
 * An address, or an address and a number of leading bits: `203.0.113.0/24`. As recorded of AWS in 2026, what an IPv4 range has behind the mask
 * does not matter, while an IPv6 range has nothing there and no dotted end; and a range stays of the kind that it is written as.
 */
export function parseRange(text: string): AddressRange | undefined {
  const slash = text.indexOf('/')
  const bare = slash === -1 ? text : text.slice(0, slash)
  const isV6 = bare.includes(':')
  const address = isV6 ? (bare.includes('.') ? undefined : parseV6(bare)) : parseV4(bare)
  if (address === undefined) return undefined
  const most = isV6 ? 128 : 32
  const bits = slash === -1 ? most : prefixBits(text.slice(slash + 1), most)
  return bits === undefined || (typeof address !== 'number' && hasMore(address, bits)) ? undefined : { address, bits }
}

/** Whether anything is set behind so many leading bits. */
function hasMore(address: readonly number[], bits: number): boolean {
  return address.some((byte, index) => (byte & (0xff >> Math.min(Math.max(bits - index * 8, 0), 8))) !== 0)
}

export function rangeHolds({ address: wanted, bits }: AddressRange, address: Address): boolean {
  // To shift by 32 is to shift by nothing.
  if (typeof wanted === 'number') return typeof address === 'number' && (bits === 0 || (wanted ^ address) >>> (32 - bits) === 0)
  if (typeof address === 'number') return false
  const whole = bits >> 3
  for (let index = 0; index < whole; index++) if (wanted[index] !== address[index]) return false
  const left = bits & 7
  return left === 0 || wanted[whole]! >> (8 - left) === address[whole]! >> (8 - left)
}

function prefixBits(text: string, most: number): number | undefined {
  const bits = /^\+?\d+$/.test(text) ? Number(text) : undefined
  return bits !== undefined && bits <= most ? bits : undefined
}

const ZERO = 0x30
const NINE = 0x39
const DOT = 0x2e

/** Four numbers from 0 to 255; leading zeros do not make them octal. */
function parseV4(text: string): number | undefined {
  let address = 0
  let bytes = 0
  let byte = -1
  for (let index = 0; index <= text.length; index++) {
    const code = index === text.length ? DOT : text.charCodeAt(index)
    if (code === DOT && byte !== -1) {
      address = (address << 8) | byte
      bytes++
      byte = -1
    } else if (code >= ZERO && code <= NINE) {
      byte = Math.max(byte, 0) * 10 + code - ZERO
      if (byte > 255) return undefined
    } else return undefined
  }
  return bytes === 4 ? address : undefined
}

/** As AWS reads it: a colon too many is passed over at the end and beside `::`, and stands behind a zero at the beginning. */
function parseV6(text: string): number[] | undefined {
  const usual = text
    .replace(/:{3,}/, '::')
    .replace(/([^:]):$/, '$1')
    .replace(/^:(?=[^:])/, '0:')
  const halves = usual.split('::')
  if (halves.length > 2) return undefined
  const [front, back] = halves.map((half, index) => (half === '' ? [] : groups(half, index === halves.length - 1)))
  if (front === undefined || (halves.length === 2 && back === undefined)) return undefined
  if (back === undefined) return front.length === 16 ? front : undefined
  const missing = 16 - front.length - back.length
  return missing >= 2 ? [...front, ...new Array<number>(missing).fill(0), ...back] : undefined
}

/** Bytes of groups between colons; at the end of the address the last may be a dotted IPv4 address. */
function groups(text: string, isEnd: boolean): number[] | undefined {
  const bytes: number[] = []
  const parts = text.split(':')
  for (const [index, part] of parts.entries()) {
    if (part.includes('.')) {
      const v4 = isEnd && index === parts.length - 1 ? parseV4(part) : undefined
      if (v4 === undefined) return undefined
      bytes.push(v4 >>> 24, (v4 >> 16) & 0xff, (v4 >> 8) & 0xff, v4 & 0xff)
    } else {
      if (!/^[0-9A-Fa-f]{1,4}$/.test(part)) return undefined
      const group = Number.parseInt(part, 16)
      bytes.push(group >> 8, group & 0xff)
    }
  }
  return bytes
}

function isMapped(bytes: readonly number[]): boolean {
  return MAPPED_PREFIX.every((byte, index) => bytes[index] === byte)
}

/** The last four bytes, which are an IPv4 address. */
function mappedIn(bytes: readonly number[]): number {
  return bytes.slice(12).reduce((address, byte) => (address << 8) | byte, 0)
}
