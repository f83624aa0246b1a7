/** Who the client is when proxies stand between: only those that the operator names may say so. */
import type { IncomingMessage } from 'node:http'
import { BlockList, isIP } from 'node:net'
import type { TLSSocket } from 'node:tls'
import type { Origin } from '../pipeline/connection.js'

/** Undefined where there are none, which is the common case and costs nothing. */
export type TrustedProxies = BlockList | undefined

/** Addresses and CIDR blocks. Throws for anything else. */
export function trustedProxies(list: readonly string[]): TrustedProxies {
  if (list.length === 0) return undefined
  const trusted = new BlockList()
  for (const entry of list) {
    const [address = '', prefix] = entry.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (isIP(address) === 0) throw new Error(`\`${entry}\` is neither an IP address nor a CIDR block`)
    trusted.addSubnet(address, prefix === undefined ? (family === 'ipv6' ? 128 : 32) : Number(prefix), family)
  }
  return trusted
}

const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i

/** IPv4 in IPv6's clothes is IPv4. */
const bare = (address: string): string => (address.startsWith('::') ? (mapped.exec(address)?.[1] ?? address) : address)

const isTrusted = (address: string, trusted: TrustedProxies): boolean =>
  isIP(address) !== 0 && trusted !== undefined && trusted.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')

/** The last address in `X-Forwarded-For` that is no trusted proxy's. */
export function clientOf(message: IncomingMessage, headers: ReadonlyMap<string, readonly string[]>, trusted: TrustedProxies): Origin {
  const peer = bare(message.socket.remoteAddress ?? '')
  const encrypted = (message.socket as Partial<TLSSocket>).encrypted === true
  if (trusted === undefined || !isTrusted(peer, trusted)) return { sourceIp: peer, secure: encrypted }
  const chain = (headers.get('x-forwarded-for') ?? []).flatMap((value) => value.split(',')).map((address) => bare(address.trim()))
  const client = chain.reverse().find((address) => !isTrusted(address, trusted))
  const proto = headers.get('x-forwarded-proto')?.at(-1)
  return {
    sourceIp: client !== undefined && isIP(client) !== 0 ? client : peer,
    secure: proto === undefined ? encrypted : proto.trim() === 'https',
  }
}
