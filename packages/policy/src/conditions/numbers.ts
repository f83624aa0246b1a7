/** Numbers of conditions. They are decimals and never rounded: AWS tells 9007199254740993 from 9007199254740992. */

/** A number as it is written. */
export interface Decimal {
  readonly text: string
  /** The nearest number that JavaScript has: where two differ in this, they differ alike. */
  readonly near: number
}

/** A whole or decimal number as conditions write it, `10`, `-2.5`, `+01`, `1.`, `1e3`; `undefined` when it is none. */
export function parseNumber(text: string): Decimal | undefined {
  return DECIMAL.test(text) ? { text, near: Number(text) } : undefined
}

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,4})?$/

/** Below, at or above 0, as for `sort`. */
export function compareNumbers(one: Decimal, other: Decimal): number {
  if (one.near !== other.near) return one.near < other.near ? -1 : 1
  return isShort(one.text) && isShort(other.text) ? 0 : compareExactly(one.text, other.text)
}

/** So few digits are never rounded to the same number. */
const isShort = (text: string): boolean => text.length <= 15 && !/e/i.test(text)

function compareExactly(one: string, other: string): number {
  const [a, b] = [scaled(one), scaled(other)]
  const least = Math.min(a.exponent, b.exponent)
  const difference = a.digits * 10n ** BigInt(a.exponent - least) - b.digits * 10n ** BigInt(b.exponent - least)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

/** Digits, to be multiplied by a power of ten. */
function scaled(text: string): { readonly digits: bigint; readonly exponent: number } {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e')
  const [whole = '', fraction = ''] = mantissa.replace(/^[+-]/, '').split('.')
  const digits = BigInt(whole + fraction)
  return { digits: mantissa.startsWith('-') ? -digits : digits, exponent: Number(exponent) - fraction.length }
}

/** The number as AWS writes one that it has read: digits are kept, needless signs and leading zeros are not. Other text stays as it is. */
export function plainNumber(text: string): string {
  if (!DECIMAL.test(text)) return text
  const { digits, exponent } = scaled(text)
  const sign = digits < 0n ? '-' : ''
  const shown = String(digits < 0n ? -digits : digits)
  const leading = exponent + shown.length - 1
  if (exponent > 0 || leading < -6) {
    const mantissa = shown.length > 1 ? `${shown[0]}.${shown.slice(1)}` : shown
    return `${sign}${mantissa}E${leading < 0 ? '' : '+'}${leading}`
  }
  if (exponent === 0) return `${sign}${shown}`
  const padded = shown.padStart(1 - exponent, '0')
  return `${sign}${padded.slice(0, exponent)}.${padded.slice(exponent)}`
}
