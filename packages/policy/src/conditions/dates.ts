/** Dates of conditions: ISO 8601 as profiled by the W3C, or seconds since 1970 (policy-semantics §5.4). */

/**
 * Seconds since 1970, to the millisecond, or `undefined` when `text` is no date. Text with a `T` or a `-` is ISO; four digits are a year; other digits are
 * seconds. Without a zone it is UTC, without a time midnight, even behind a `T`. Leading zeros may be left out, but not of a zone. Days up to
 * 31 count on into the next month, as AWS accepts them.
 */
export function parseDate(text: string): number | undefined {
  if (!/[tT-]/.test(text) && !/^\d{4}$/.test(text)) return epochSeconds(text)
  const groups = ISO.exec(text)?.groups
  if (groups === undefined) return undefined
  const year = Number(groups.year)
  if (year < LEAST_YEAR || year > MOST_YEAR) return undefined
  const month = field(groups.month, 1, 12)
  const day = field(groups.day, 1, 31)
  const hour = field(groups.hour, 0, 23)
  const minute = field(groups.minute, 0, 59)
  const second = field(groups.second, 0, 59)
  const zoneHour = field(groups.zoneHour, 0, 23)
  const zoneMinute = field(groups.zoneMinute, 0, 59)
  const offset = (groups.sign === '-' ? -1 : 1) * (zoneHour * 3600 + zoneMinute * 60)
  const days = daysBefore(year, month) + day - 1
  const seconds = days * 86_400 + hour * 3600 + minute * 60 + second + milliseconds(groups.fraction) / 1000 - offset
  return Number.isNaN(seconds) ? undefined : seconds
}

/** A field that is left out has its least value; one out of range is not a number. */
function field(digits: string | undefined, least: number, most: number): number {
  if (digits === undefined) return least
  const value = Number(digits)
  return value >= least && value <= most ? value : Number.NaN
}

/** What is behind the third digit says nothing. */
const milliseconds = (fraction = '.'): number => Number(fraction.slice(1, 4).padEnd(3, '0'))

const ISO =
  /^(?<year>[+-]?\d{1,9})(?:-(?<month>\d\d?)(?:-(?<day>\d\d?))?)?(?:[tT](?:(?<hour>\d\d?):(?<minute>\d\d?)(?::(?<second>\d\d?)(?<fraction>\.\d{1,9})?)?(?:[zZ]|(?<sign>[+-])(?<zoneHour>\d\d)(?::?(?<zoneMinute>\d\d))?)?)?)?$/

const LEAST_YEAR = -292_275_054
const MOST_YEAR = 292_278_993
const MOST_SECONDS = 9_223_372_036_854_775_807n

function epochSeconds(text: string): number | undefined {
  return /^\+?0*\d{1,19}$/.test(text) && BigInt(text.replace('+', '')) <= MOST_SECONDS ? Number(text) : undefined
}

/** Days from 1970-01-01 to the first of a month, in the Gregorian calendar; `Date` does not reach the years that AWS accepts. */
function daysBefore(year: number, month: number): number {
  // Years are counted from March, so that the leap day is the last of its year.
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5)
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}
