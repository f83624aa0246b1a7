/** The times of signed requests: `YYYYMMDDThhmmssZ`. */
import { AuthenticationError } from './authentication-error.js'

const basicFormat = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/

/** A `Date` header may be in HTTP's own format; the signature is made over the basic one. */
export function compactDate(text: string): string {
  if (text === lastRead.text || basicFormat.test(text)) return text
  const at = /^[A-Za-z]{3}, /.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(at) ? text : asBasic(at)
}

/** Epoch milliseconds as `YYYYMMDDThhmmssZ`. */
export const asBasic = (at: number): string => `${new Date(at).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`

/** The last timestamp that was read: requests of one second share it. */
let lastRead: { readonly text: string; readonly at: number } = { text: '', at: 0 }

/** Epoch milliseconds. Throws `AuthenticationError` in AWS's words. */
export function readTimestamp(text: string): number {
  if (text === lastRead.text) return lastRead.at
  const [, year, month, day, hour, minutes, seconds] = basicFormat.exec(text) ?? []
  const at = year === undefined ? Number.NaN : Date.UTC(+year, +month! - 1, +day!, +hour!, +minutes!, +seconds!)
  if (Number.isNaN(at) || asBasic(at) !== text) {
    throw new AuthenticationError(
      'IncompleteSignature',
      `Date must be in ISO-8601 'basic format'. Got '${text}'. See http://en.wikipedia.org/wiki/ISO_8601`,
    )
  }
  lastRead = { text, at }
  return at
}
