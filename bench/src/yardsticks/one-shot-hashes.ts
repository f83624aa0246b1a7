/** Yardstick: the one-shot hashes that a Signature Version 4 check with a cached key needs: body, canonical request, and two for the HMAC. */
import { hash } from 'node:crypto'

const body = Buffer.from('Action=GetUser&Version=2010-05-08&UserName=somebody')
const canonical = 'x'.repeat(212)
const inner = Buffer.alloc(64 + 140)
const outer = Buffer.alloc(64 + 32)

export function oneShotHashes(times: number): void {
  for (let at = 0; at < times; at++) {
    hash('sha256', body, 'hex')
    hash('sha256', canonical, 'hex')
    hash('sha256', inner, 'buffer')
    hash('sha256', outer, 'buffer')
  }
}
