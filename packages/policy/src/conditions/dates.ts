/** Dates of conditions: ISO 8601 as profiled by the W3C, or seconds since 1970 (policy-semantics §5.4). */

/**
 * Seconds since 1970, or `undefined` when `text` is no date. Text with a `T` or a `-` is ISO; four digits are a year; other digits are
 * seconds. Without a zone it is UTC, without a time midnight. Days up to 31 count on into the next month, as AWS accepts them.
 */
export function parseDate(text: string): number | undefined {
  if (!/[tT-]/.test(text) && !/^\d{4}$/.test(text)) return epochSeconds(text)
  const found = ISO.exec(text)
  if (found === null) return undefined
  const field = (name: string, fallback: number) => Number(found.groups?.[name] ?? fallback)
  const zone = found.groups?.sign === '-' ? -1 : 1
  const values = new Map(LIMITS.map(([name, least]) => [name, field(name, Math.max(least, 0))]))
  values.set('year', field('year', 0))
  for (const [name, least, most] of LIMITS) {
    const value = values.get(name)!
    if (value < least || value > most) return undefined
  }
  const at = (name: string) => values.get(name)!
  const days = daysBefore(at('year'), at('month')) + at('day') - 1
  const offsetSeconds = zone * (at('zoneHour') * 3600 + at('zoneMinute') * 60)
  return days * 86_400 + at('hour') * 3600 + at('minute') * 60 + at('second') + field('fraction', 0) - offsetSeconds
}

const ISO =
  /^(?<year>[+-]?\d{4,9})(?:-(?<month>\d\d)(?:-(?<day>\d\d))?)?(?:[tT](?<hour>\d\d):(?<minute>\d\d)(?::(?<second>\d\d)(?<fraction>\.\d{1,9})?)?(?:[zZ]|(?<sign>[+-])(?<zoneHour>\d\d)(?::?(?<zoneMinute>\d\d))?)?)?$/

/** Name, least and greatest value of each field. */
const LIMITS: readonly (readonly [string, number, number])[] = [
  ['year', -292_275_054, 292_278_993],
  ['month', 1, 12],
  ['day', 1, 31],
  ['hour', 0, 23],
  ['minute', 0, 59],
  ['second', 0, 59],
  ['zoneHour', 0, 23],
  ['zoneMinute', 0, 59],
]

const MOST_SECONDS = 9_223_372_036_854_775_807n

function epochSeconds(text: string): number | undefined {
  return /^\d{1,19}(?:\.\d{1,9})?$/.test(text) && BigInt(text.split('.')[0]!) <= MOST_SECONDS ? Number(text) : undefined
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
