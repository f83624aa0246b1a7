/** What a claim is read from, be it a header or the query string, and what is said of one that cannot be read. */
import { AuthenticationError } from './authentication-error.js'

export const algorithm = 'AWS4-HMAC-SHA256'
export const asymmetricAlgorithm = 'AWS4-ECDSA-P256-SHA256'

/** As sent, whatever it says. */
export interface Parts {
  readonly algorithm: string
  readonly credential: string
  /** The credential cut at its slashes. */
  readonly scope: readonly string[]
  readonly signature: string
  readonly signedHeaders: readonly string[]
  readonly timestamp: string
  readonly expiresSeconds: number | undefined
  readonly sessionToken: string | undefined
  readonly presigned: boolean
}

/** The refusal of another way of signing, by its name. */
export const unsupported = (name: string): AuthenticationError =>
  new AuthenticationError('IncompleteSignature', `Unsupported AWS 'algorithm': '${name}' (only ${algorithm} for now). `)

/** Decoded, each with all its values in order. */
export function queryParameters(query: string): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const [name, value] of new URLSearchParams(query)) {
    const before = found.get(name)
    if (before === undefined) found.set(name, [value])
    else before.push(value)
  }
  return found
}
