/**
 * Fetches one document of an identity provider. A name is resolved once, and the connection goes to the address that was looked at, so
 * that a name cannot change its mind in between; redirects go the same way again.
 */
import { lookup } from 'node:dns/promises'
import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { isPublicAddress } from './addresses.js'
import type { FederationAllow } from './allow.js'
import { isPinned } from './pinned-certificate.js'

/** Why there is no document: `unreachable` may be different a moment later, `certificate` is of a host that none of its thumbprints fit. */
export class FetchError extends Error {
  override readonly name = 'FetchError'
  constructor(
    readonly reason: 'forbidden' | 'unreachable' | 'certificate' | 'wrong',
    message: string,
  ) {
    super(message)
  }
}

export interface FetchRules {
  readonly allow: FederationAllow
  /** SHA-1 of certificates that are trusted although no public authority vouches for them, 40 hex digits. */
  readonly thumbprints: readonly string[]
  /** Epoch milliseconds. */
  readonly now: number
  /** All addresses of a name. */
  readonly resolve?: (host: string) => Promise<readonly string[]>
}

const maxBytes = 262_144
const maxRedirects = 3
/** For one document, redirects included. */
const deadlineMilliseconds = 5_000

/** The document's text. Throws `FetchError`. */
export async function fetchDocument(url: string, rules: FetchRules): Promise<string> {
  const signal = AbortSignal.timeout(deadlineMilliseconds)
  let at = new URL(url)
  for (let hops = 0; hops <= maxRedirects; hops++) {
    const response = await get(at, await permittedAddress(at, rules), rules, signal)
    const { statusCode = 0, headers } = response
    if (statusCode === 200) return textOf(response)
    response.destroy()
    if (![301, 302, 303, 307, 308].includes(statusCode)) {
      const transient = statusCode >= 500 || statusCode === 429
      throw new FetchError(transient ? 'unreachable' : 'wrong', `${at.origin} answered ${statusCode}`)
    }
    const next = headers.location ?? ''
    if (!URL.canParse(next, at)) throw new FetchError('wrong', `${at.origin} redirects to nowhere`)
    at = new URL(next, at)
  }
  throw new FetchError('wrong', 'there are too many redirects')
}

const resolveName = async (host: string): Promise<readonly string[]> =>
  (await lookup(host, { all: true })).map(({ address }) => address).sort((a, b) => isIP(a) - isIP(b))

/** The address to connect to; none is looked up, and none is connected to, that neither the public internet nor the operator has. */
async function permittedAddress(url: URL, { allow, resolve = resolveName }: FetchRules): Promise<string> {
  const opened = allow.opensOrigin(url)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && opened)) throw new FetchError('forbidden', `${url.origin} is not https`)
  if (url.username !== '' || url.password !== '') throw new FetchError('forbidden', 'an address may not hold a user or a password')
  const host = hostOf(url)
  const addresses = isIP(host) !== 0 ? [host] : await resolve(host).catch(() => [])
  if (addresses.length === 0) throw new FetchError('unreachable', `there is no address for ${host}`)
  const permitted = addresses.find((address) => opened || isPublicAddress(address) || allow.opensAddress(address))
  if (permitted === undefined) throw new FetchError('forbidden', `${host} is a private address, which --federation-allow does not open`)
  return permitted
}

/** Without the brackets that a URL has around IPv6. */
const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '')

async function get(url: URL, address: string, { thumbprints, now }: FetchRules, signal: AbortSignal): Promise<IncomingMessage> {
  const secure = url.protocol === 'https:'
  const { request } = secure ? await import('node:https') : await import('node:http')
  return new Promise((resolve, reject) => {
    const family = isIP(address)
    const sent = request(url, {
      agent: false,
      signal,
      headers: { accept: 'application/json', 'accept-encoding': 'identity', 'user-agent': 'bailiwick' },
      lookup: (_, options, done) => (options.all ? done(null, [{ address, family }]) : done(null, address, family)),
      // Where thumbprints are registered, the certificate is looked at below, before anything of the answer is.
      ...(secure && { rejectUnauthorized: thumbprints.length === 0 }),
    })
    sent.once('error', () => reject(new FetchError('unreachable', `${url.origin} cannot be reached`)))
    sent.once('response', (response) => {
      if (!secure || isTrusted(response.socket as TLSSocket, hostOf(url), thumbprints, now)) return resolve(response)
      response.destroy()
      reject(new FetchError('certificate', `the certificate of ${url.origin} is trusted by nobody`))
    })
    sent.end()
  })
}

/** Never throws: it is asked by an event, whose failure nobody would catch. */
function isTrusted(socket: TLSSocket, host: string, thumbprints: readonly string[], now: number): boolean {
  try {
    return socket.authorized || isPinned(socket, host, thumbprints, now)
  } catch {
    return false
  }
}

async function textOf(response: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  let bytes = 0
  try {
    for await (const part of response as AsyncIterable<Buffer>) {
      bytes += part.length
      if (bytes > maxBytes) break
      parts.push(part)
    }
  } catch {
    throw new FetchError('unreachable', 'the document broke off')
  }
  response.destroy()
  if (bytes > maxBytes) throw new FetchError('wrong', `the document is larger than ${maxBytes} bytes`)
  return Buffer.concat(parts).toString('utf8')
}
