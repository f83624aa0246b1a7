/** Form bodies and query strings as pairs, bounded. */
import { ProtocolError } from './protocol.js'

/** No honest request has more: the longest lists of IAM have 100 items of two members. */
const maxPairs = 2000

/** Throws `ProtocolError` for a name given twice: which of the two is meant, nobody can tell. */
export function readForm(form: string): Map<string, string> {
  const pairs = new Map<string, string>()
  if (form === '') return pairs
  let from = 0
  while (from <= form.length) {
    let to = form.indexOf('&', from)
    if (to < 0) to = form.length
    if (to > from) {
      const equals = form.indexOf('=', from)
      const ends = equals < 0 || equals > to ? to : equals
      const name = decode(form.slice(from, ends))
      if (pairs.has(name)) throw new ProtocolError('MalformedQueryString', `The parameter ${quoted(name)} is given more than once.`)
      if (pairs.size === maxPairs) throw new ProtocolError('MalformedQueryString', `The request has more than ${maxPairs} parameters.`)
      pairs.set(name, ends === to ? '' : decode(form.slice(ends + 1, to)))
    }
    from = to + 1
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
