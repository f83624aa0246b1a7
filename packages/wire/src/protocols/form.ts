/** Form bodies and query strings as pairs, bounded. */
import { ProtocolError } from './protocol.js'

/** No honest request has more: the longest lists of IAM have 100 items of two members. */
const maxPairs = 2000

/** Throws `ProtocolError` for a name given twice: which of the two is meant, nobody can tell. */
export function readForm(form: string): Map<string, string> {
  const pairs = new Map<string, string>()
  for (const [name, value] of readPairs(form)) {
    if (pairs.has(name)) throw new ProtocolError('MalformedQueryString', `The parameter ${quoted(name)} is given more than once.`)
    pairs.set(name, value)
  }
  return pairs
}

/** In the order given. Throws `ProtocolError` for too many of them, and for what is not percent-encoded UTF-8. */
export function readPairs(form: string): [name: string, value: string][] {
  const pairs: [string, string][] = []
  for (let from = 0, to = 0; from < form.length; from = to + 1) {
    to = form.indexOf('&', from)
    if (to < 0) to = form.length
    if (to === from) continue
    if (pairs.length === maxPairs) throw new ProtocolError('MalformedQueryString', `The request has more than ${maxPairs} parameters.`)
    const pair = form.slice(from, to)
    const equals = pair.indexOf('=')
    pairs.push(equals < 0 ? [decode(pair), ''] : [decode(pair.slice(0, equals)), decode(pair.slice(equals + 1))])
  }
  return pairs
}

const special = /[%+]/

function decode(part: string): string {
  if (!special.test(part)) return part
  try {
    return decodeURIComponent(part.replaceAll('+', ' '))
  } catch {
    throw new ProtocolError('MalformedQueryString', `The request has text that is not percent-encoded UTF-8: ${quoted(part)}.`)
  }
}

export const quoted = (name: string): string => `'${name.length > 60 ? `${name.slice(0, 60)}…` : name}'`
