/** What the operator opens beyond https and the public internet (`--federation-allow`). No account's administrator can. */
import { BlockList, isIP, isIPv6 } from 'node:net'

const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i

export class FederationAllow {
  readonly #origins = new Set<string>()
  readonly #ranges = new BlockList()

  /**
   * Entries are addresses and CIDR blocks, to which connections are then made as to public ones; and origins, such as
   * `http://localhost:8080`, which are fetched from as they are written, wherever their name leads. Throws for anything else.
   */
  constructor(list: readonly string[] = []) {
    for (const entry of list) this.#add(entry)
  }

  #add(entry: string): void {
    if (URL.canParse(entry)) {
      const url = new URL(entry)
      if (!/^https?:$/.test(url.protocol) || entry.replace(/\/$/, '') !== url.origin)
        throw new Error(`\`${entry}\` is not an origin: http or https, a host and perhaps a port`)
      this.#origins.add(url.origin)
      return
    }
    const [address = '', bits, ...more] = entry.split('/')
    const most = isIPv6(address) ? 128 : 32
    const length = bits === undefined ? most : /^\d{1,3}$/.test(bits) ? Number(bits) : Number.NaN
    if (isIP(address) === 0 || more.length > 0 || !(length <= most))
      throw new Error(`\`${entry}\` is neither an address, a CIDR block nor an origin`)
    this.#ranges.addSubnet(address, length, most === 128 ? 'ipv6' : 'ipv4')
  }

  opensOrigin({ origin }: URL): boolean {
    return this.#origins.has(origin)
  }

  /** IPv4 in IPv6's clothes is asked about as IPv4. */
  opensAddress(address: string): boolean {
    const bare = mapped.exec(address)?.[1] ?? address
    return isIP(bare) !== 0 && this.#ranges.check(bare, isIPv6(bare) ? 'ipv6' : 'ipv4')
  }

  /** Whether an issuer that AWS would not take, since it is not plain https, may be registered here. */
  opensIssuer(url: string): boolean {
    return URL.canParse(url) && this.opensOrigin(new URL(url))
  }
}
