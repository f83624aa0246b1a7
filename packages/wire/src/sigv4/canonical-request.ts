/** The canonical request of Signature Version 4: the one spelling of a request that both sides hash. */
import type { HttpRequest } from '../http.js'

/** How a service spells the path it signs: all but S3 remove `.`, `..` and doubled slashes, and encode what is encoded already once more. */
export type PathStyle = 'normalized' | 'verbatim'

export interface Canonical {
  readonly signedHeaders: readonly string[]
  /** Hex SHA-256 of the body, or a marker such as `UNSIGNED-PAYLOAD`. */
  readonly payloadHash: string
  readonly path: PathStyle
  /** Leaves `X-Amz-Signature` out of the query, as the query form of signing does. */
  readonly presigned: boolean
}

/** Header bytes beyond ASCII arrive as one character a byte, so the text is to be hashed as Latin-1. */
export function canonicalRequest(request: HttpRequest, { signedHeaders, payloadHash, path, presigned }: Canonical): string {
  let headers = ''
  for (const name of signedHeaders) headers += `${name}:${headerValue(request.headers.get(name))}\n`
  const query = request.query === '' ? '' : canonicalQuery(request.query, presigned)
  return `${request.method}\n${canonicalPath(request.path, path)}\n${query}\n${headers}\n${signedHeaders.join(';')}\n${payloadHash}`
}

const untidy = /^\s|\s\s|[\t\r\n\f\v]|\s$/

function headerValue(values: readonly string[] | undefined): string {
  if (values === undefined) return ''
  if (values.length === 1 && !untidy.test(values[0]!)) return values[0]!
  return values.map((value) => value.trim().replace(/\s+/g, ' ')).join(',')
}

const plainPath = /^(?:\/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+\/?$/

export function canonicalPath(path: string, style: PathStyle): string {
  if (path === '/' || path === '') return '/'
  if (plainPath.test(path)) return path
  if (style === 'verbatim') return path.split('/').map(recoded).join('/')
  return withoutDots(path).split('/').map(encoded).join('/')
}

/** RFC 3986 §5.2.4, and doubled slashes made one; a trailing slash stays. */
function withoutDots(path: string): string {
  const kept: string[] = []
  const segments = path.split('/')
  for (const segment of segments) {
    if (segment === '..') kept.pop()
    else if (segment !== '' && segment !== '.') kept.push(segment)
  }
  const last = segments.at(-1)
  const slash = kept.length > 0 && (last === '' || last === '.' || last === '..') ? '/' : ''
  return `/${kept.join('/')}${slash}`
}

/** Each name and value decoded and encoded again, then sorted by name and value. `+` is a space, as in AWS's own vectors. */
export function canonicalQuery(query: string, presigned = false): string {
  const pairs: [name: string, value: string][] = []
  for (const part of query.split('&')) {
    if (part === '') continue
    const equals = part.indexOf('=')
    const name = recodedQuery(equals < 0 ? part : part.slice(0, equals))
    if (presigned && name === 'X-Amz-Signature') continue
    pairs.push([name, equals < 0 ? '' : recodedQuery(part.slice(equals + 1))])
  }
  pairs.sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : x > y ? 1 : 0))
  return pairs.map(([name, value]) => `${name}=${value}`).join('&')
}

const unreserved = /^[A-Za-z0-9._~-]*$/

const recodedQuery = (text: string): string => (unreserved.test(text) ? text : encoded(decoded(text.replaceAll('+', ' '))))
const recoded = (text: string): string => (unreserved.test(text) ? text : encoded(decoded(text)))

/** Text that is not percent-encoded UTF-8 is taken as it stands: the two sides still agree on one spelling. */
function decoded(text: string): string {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Percent-encodes every byte but the unreserved ones, in upper-case hex. */
export function encoded(text: string): string {
  if (unreserved.test(text)) return text
  return encodeURIComponent(wellFormed(text)).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
}

/** A lone surrogate, which UTF-8 cannot say, becomes U+FFFD. */
const wellFormed = (text: string): string =>
  text.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD')
