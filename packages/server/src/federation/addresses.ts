/** Which addresses are the public internet's. Everything else may be somebody's inside. */
import { BlockList, isIPv4, isIPv6 } from 'node:net'

/** IANA's registry of special-purpose addresses, IPv4; multicast and the reserved end. */
const special4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
]
/** Of IPv6 only 2000::/3 is given out, and these of it are not the public's: Teredo, 6to4 and others hide an IPv4 address inside. */
const special6 = ['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20']
const given6 = '2000::/3'

const listed = (blocks: readonly string[], family: 'ipv4' | 'ipv6'): BlockList => {
  const list = new BlockList()
  for (const block of blocks) {
    const [address = '', bits] = block.split('/')
    list.addSubnet(address, Number(bits), family)
  }
  return list
}

const notPublic4 = listed(special4, 'ipv4')
const notPublic6 = listed(special6, 'ipv6')
const public6 = listed([given6], 'ipv6')

/** False for everything that is no address, and for IPv4 in IPv6's clothes, however it is written. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !notPublic4.check(address, 'ipv4')
  if (!isIPv6(address) || address.includes('%')) return false
  return public6.check(address, 'ipv6') && !notPublic6.check(address, 'ipv6')
}
