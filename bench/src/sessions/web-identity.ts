/** AssumeRoleWithWebIdentity with the issuer's keys at hand, beside nothing but the verification of its token. */
import { spawnSync } from 'node:child_process'
import { generateKeyPairSync, sign } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { answering, CONNECTIONS, MILLISECONDS, yardstick } from '../answering.js'
import { ask } from '../our-server.js'
import { dataFolder, inTurn, type MakeRows } from '../rounds.js'
import { statement, withScene } from './scenery.js'

const AUDIENCE = 'sts.amazonaws.com'
/** So many different tokens go round. */
const TOKENS = 500

interface Issuer {
  readonly url: string
  readonly jwk: object
  readonly tokens: readonly string[]
  readonly close: () => void
}

async function startIssuer(): Promise<Issuer> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'bench', alg: 'RS256', use: 'sig' }
  const server = createServer((request, response) => {
    const document = request.url === '/keys' ? { keys: [jwk] } : { issuer: url, jwks_uri: `${url}/keys` }
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(document))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const iat = Math.floor(Date.now() / 1000)
  const tokens = Array.from({ length: TOKENS }, (_, at) => {
    const claims = { iss: url, aud: AUDIENCE, sub: `system:serviceaccount:bench:${at}`, iat, nbf: iat, exp: iat + 3600, jti: `token-${at}` }
    const signed = `${part({ alg: 'RS256', typ: 'JWT', kid: 'bench' })}.${part(claims)}`
    return `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`
  })
  return { url, jwk, tokens, close: () => void server.close() }
}

function verifying({ jwk, tokens }: Issuer): () => Promise<number> {
  const file = dataFolder('tokens.json')
  writeFileSync(file, JSON.stringify({ jwk, tokens }))
  const args = [yardstick('rs256-verifications'), file, String(CONNECTIONS), String(MILLISECONDS)]
  return async () => {
    const { stdout } = spawnSync(process.execPath, args)
    const { verified, cpuSeconds } = JSON.parse(String(stdout)) as { verified: number; cpuSeconds: number }
    return verified / cpuSeconds
  }
}

/** Nothing of such a call is signed. */
function unsignedRequest(port: number, input: Readonly<Record<string, string>>): Buffer {
  const body = new URLSearchParams({ Action: 'AssumeRoleWithWebIdentity', Version: '2011-06-15', ...input }).toString()
  const head = `POST / HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-type: application/x-www-form-urlencoded; charset=utf-8\r\n`
  return Buffer.from(`${head}user-agent: bench\r\ncontent-length: ${body.length}\r\n\r\n${body}`)
}

export const webIdentity: MakeRows = async () => {
  const issuer = await startIssuer()
  try {
    const allowed = { BAILIWICK_FEDERATION_ALLOW: issuer.url }
    return await withScene(
      'web-identity',
      async ({ server, accountId }) => {
        await ask(server, 'iam', 'CreateOpenIDConnectProvider', { Url: issuer.url, 'ClientIDList.member.1': AUDIENCE })
        const name = issuer.url.slice('http://'.length)
        const AssumeRolePolicyDocument = statement({
          Principal: { Federated: `arn:aws:iam::${accountId}:oidc-provider/${name}` },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: { StringEquals: { [`${name}:aud`]: AUDIENCE }, StringLike: { [`${name}:sub`]: 'system:serviceaccount:bench:*' } },
        })
        await ask(server, 'iam', 'CreateRole', { RoleName: 'federated', AssumeRolePolicyDocument })
        const RoleArn = `arn:aws:iam::${accountId}:role/federated`
        const requests = issuer.tokens.map((WebIdentityToken) =>
          unsignedRequest(server.port, { RoleArn, RoleSessionName: 'bench', WebIdentityToken }),
        )
        return [
          {
            name: 'sessions: AssumeRoleWithWebIdentity with cached keys ÷ bare RS256 verifications by jose',
            unit: '1/cpu s',
            must: { atLeast: 0.5 },
            aim: 0.8,
            figures: await inTurn(answering(server, requests), verifying(issuer)),
          },
        ]
      },
      allowed,
    )
  } finally {
    issuer.close()
  }
}
