/** The types that the values of condition keys have, and how a value of each is read. */
import { parseAddress } from './addresses.js'
import { decodeBase64 } from './binary.js'
import { parseDate } from './dates.js'
import { parseNumber } from './numbers.js'

/** As the service authorization reference calls them. */
export type ConditionKeyType = 'String' | 'ARN' | 'Bool' | 'Numeric' | 'Date' | 'IPAddress' | 'Binary'

const readers: Readonly<Record<ConditionKeyType, (text: string) => unknown>> = {
  String: (text) => text,
  ARN: (text) => (text.split(':', 6).length === 6 ? text : undefined),
  Bool: (text) => (/^(?:true|false)$/i.test(text) ? text : undefined),
  Numeric: parseNumber,
  Date: parseDate,
  IPAddress: parseAddress,
  Binary: decodeBase64,
}

/** Whether a value of a request can be read as that type; what cannot never matches. */
export function readsAs(type: ConditionKeyType, text: string): boolean {
  return readers[type](text) !== undefined
}
