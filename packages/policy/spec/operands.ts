/** §5.4: what the operands of conditions mean. Each answers nothing for a text that it cannot read. */

/** In units so small that every number is whole: 10 to the power of minus 10,000. */
export function readNumber(text: string): bigint | undefined {
  const found = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d{1,4}))?$/.exec(text)
  const [, sign, whole = '', fraction = '', exponent = '0'] = found ?? []
  if (whole + fraction === '') return undefined
  const units = BigInt(whole + fraction) * 10n ** BigInt(10_000 + Number(exponent) - fraction.length)
  return sign === '-' ? -units : units
}

/** A date and a time, of both of which the end may be left out. */
const ISO =
  /^([+-]?\d{1,9})(?:-(\d\d?)(?:-(\d\d?))?)?(?:[Tt](?:(\d\d?):(\d\d?)(?::(\d\d?)(?:\.(\d{1,9}))?)?([Zz]|[+-]\d\d(?::?\d\d)?)?)?)?$/
const MONTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Seconds since 1970. A year alone is told from seconds by its four digits standing for themselves: all digits are seconds. */
export function readDate(text: string): number | undefined {
  if (/^[+]?\d+$/.test(text) && !/^\d{4}$/.test(text)) return BigInt(text.replace('+', '')) < 2n ** 63n ? Number(text) : undefined
  const found = ISO.exec(text)
  if (found === null || !(/[-Tt]/.test(text) || /^\d{4}$/.test(text))) return undefined
  const [, year, month = '01', day = '01', hour = '00', minute = '00', second = '00', fraction = '0', zone = 'Z'] = found
  if (+year! < -292_275_054 || +year! > 292_278_993) return undefined
  if (+month < 1 || +month > 12 || +day < 1 || +day > 31 || +hour > 23 || +minute > 59 || +second > 59) return undefined
  const [, sign = '+', hours = '0', minutes = '0'] = /^([+-])(\d\d)(?::?(\d\d))?$/.exec(zone) ?? []
  if (+hours > 23 || +minutes > 59) return undefined
  const offset = (Number(hours) * 60 + Number(minutes)) * 60 * (sign === '-' ? -1 : 1)
  const days = daysBeforeYear(+year!) - daysBeforeYear(1970) + daysBeforeMonth(+year!, +month) + +day - 1
  return ((days * 24 + +hour) * 60 + +minute) * 60 + +second - offset + Number(`0.${fraction.slice(0, 3)}`)
}

const leapYearsBefore = (year: number): number => Math.floor((year - 1) / 4) - Math.floor((year - 1) / 100) + Math.floor((year - 1) / 400)
const daysBeforeYear = (year: number): number => 365 * year + leapYearsBefore(year)

function daysBeforeMonth(year: number, month: number): number {
  const leap = month > 2 ? leapYearsBefore(year + 1) - leapYearsBefore(year) : 0
  return MONTHS.slice(0, month - 1).reduce((days, each) => days + each, leap)
}

/** Whatever is not true is false. */
export const readBool = (text: string): boolean => text.toLowerCase() === 'true'

/** Padding may be left out. */
export function readBinary(text: string): string | undefined {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined
  try {
    return atob(text)
  } catch {
    return undefined
  }
}

const MAPPED = '0'.repeat(80) + '1'.repeat(16)

/** The bits of an address, 32 or 128 of them. An IPv4 address written as IPv6 is an IPv4 address. */
export function readAddress(text: string): string | undefined {
  const bits = readBits(text)
  return bits?.length === 128 && bits.startsWith(MAPPED) ? bits.slice(96) : bits
}

/** The bits that all addresses of a range begin with, and how many bits they have. */
export function readRange(text: string): { readonly prefix: string; readonly length: number } | undefined {
  const [address, mask, ...more] = text.split('/')
  const bits = readBits(address!)
  if (bits === undefined || more.length > 0) return undefined
  if (mask !== undefined && (!/^[+]?\d+$/.test(mask) || Number(mask) > bits.length)) return undefined
  const at = mask === undefined ? bits.length : Number(mask)
  // An IPv6 range ends where its address ends, and is not written with dots.
  if (bits.length === 128 && (bits.includes('1', at) || address!.includes('.'))) return undefined
  return { prefix: bits.slice(0, at), length: bits.length }
}

function readBits(text: string): string | undefined {
  return text.includes(':') ? ipv6(text) : ipv4(text)
}

/** Leading zeros say nothing. */
function ipv4(text: string): string | undefined {
  const bytes = text.split('.')
  if (bytes.length !== 4 || !bytes.every((byte) => /^\d+$/.test(byte) && Number(byte) < 256)) return undefined
  return bytes.map((byte) => Number(byte).toString(2).padStart(8, '0')).join('')
}

function ipv6(written: string): string | undefined {
  // One colon too many: beside the gap, at the end, or at the beginning, where a zero is missing.
  const gap = /:::+/.exec(written)
  let text = gap === null ? written : `${written.slice(0, gap.index)}::${written.slice(gap.index + gap[0].length)}`
  if (text.endsWith(':') && !text.endsWith('::') && text.length > 1) text = text.slice(0, -1)
  if (text.startsWith(':') && text[1] !== ':' && text.length > 1) text = `0${text}`
  const halves = text.split('::').map((half) => (half === '' ? [] : half.split(':')))
  const groups = halves.flat()
  const last = groups.at(-1)
  // A tail such as ::ffff:192.0.2.1 stands for two groups.
  const tail = last?.includes('.') ? ipv4(last) : undefined
  if (last?.includes('.') && tail === undefined) return undefined
  if (groups.slice(0, -1).some((group) => group.includes('.')) || (halves.at(-1)!.length === 0 && tail !== undefined)) return undefined
  const given = groups.length + (tail === undefined ? 0 : 1)
  if (halves.length > 2 || (halves.length === 1 ? given !== 8 : given > 7)) return undefined
  const bitsOf = (half: readonly string[]) =>
    half.map((group) =>
      group.includes('.') ? tail : /^[0-9a-fA-F]{1,4}$/.test(group) ? parseInt(group, 16).toString(2).padStart(16, '0') : undefined,
    )
  const [front, back = []] = halves.map(bitsOf)
  if ([...front!, ...back].includes(undefined)) return undefined
  return [...front!, '0'.repeat(16 * (8 - given)), ...back].join('').slice(0, 128)
}
