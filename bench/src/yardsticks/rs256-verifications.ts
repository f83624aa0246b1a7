/** Yardstick: `jose` verifies tokens in turn with a key that it has, so many at once. Arguments: a file with the tokens and the key, how many at once, milliseconds. */
import { readFileSync } from 'node:fs'
import { importJWK, type JWK, jwtVerify } from 'jose'

const [file = '', atOnce = '16', milliseconds = '2000'] = process.argv.slice(2)
const { jwk, tokens } = JSON.parse(readFileSync(file, 'utf8')) as { jwk: JWK; tokens: readonly string[] }
const key = await importJWK(jwk, 'RS256')
let verified = 0

async function run(until: number): Promise<void> {
  while (Date.now() < until) await jwtVerify(tokens[verified++ % tokens.length]!, key, { algorithms: ['RS256'] })
}

const all = (forMilliseconds: number): Promise<unknown> =>
  Promise.all(Array.from({ length: Number(atOnce) }, () => run(Date.now() + forMilliseconds)))

await all(500)
verified = 0
const before = process.cpuUsage()
await all(Number(milliseconds))
const { user, system } = process.cpuUsage(before)
process.stdout.write(JSON.stringify({ verified, cpuSeconds: (user + system) / 1e6 }))
