/** A signature check beside the hashes that it needs. */
import { readClaim } from '@bailiwick/wire'
import { deriveSigningKey, hashForMessage, signatureMatches } from '@bailiwick/wire/node'
import { signedRequest } from '../requests.js'
import { inTurn, type MakeRows } from '../rounds.js'
import { oneShotHashes } from '../yardsticks/one-shot-hashes.js'

const TIMES = 100_000

/** CPU-seconds of one. */
async function seconds(work: () => void): Promise<number> {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6 / TIMES
}

export const sigV4: MakeRows = async () => {
  const key = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' }
  const bytes = await signedRequest(4566, key, 'iam', 'GetUser', { UserName: 'somebody' })
  const [head = '', body = ''] = bytes.toString('latin1').split('\r\n\r\n')
  const headers = new Map(
    head
      .split('\r\n')
      .slice(1)
      .map((line) => [line.slice(0, line.indexOf(':')), [line.slice(line.indexOf(':') + 2)]] as const),
  )
  const request = { method: 'POST', path: '/', query: '', headers, body: Buffer.from(body, 'latin1') }
  const rules = { now: Date.now(), isRegion: () => true, hash: hashForMessage }
  const signingKey = deriveSigningKey(key.secretAccessKey, readClaim(request, rules))
  const check = (): void => {
    for (let at = 0; at < TIMES; at++)
      if (!signatureMatches(request, readClaim(request, rules), signingKey)) throw new Error('wrong signature')
  }
  const figures = await inTurn(
    () => seconds(check),
    () => seconds(() => oneShotHashes(TIMES)),
  )
  return [{ name: 'SigV4 check with a cached key ÷ its one-shot hashes', unit: 's', must: { atMost: 1.6 }, aim: 1.3, figures }]
}
