import assert from 'node:assert/strict'
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { STS } from '@aws-sdk/client-sts'
import { fromLoginCredentials } from '@aws-sdk/credential-provider-login'
import { account, allow, useServer } from './iam-scene.js'
import { freshFolder, removeFolder } from './running-server.js'

const password = 'A-password-for-tests-1'
const clientId = 'arn:aws:signin:::devtools/same-device'
const redirectUri = 'http://127.0.0.1:5555/oauth/callback'
const home = freshFolder()

const scene = useServer(async () => {
  await scene.newUser('lena', allow('signin:AuthorizeOAuth2Access'), allow('signin:CreateOAuth2Token'))
  await scene.iam().createLoginProfile({ UserName: 'lena', Password: password })
})
after(() => removeFolder(home))

/** Cookies kept from answer to answer, and forms sent with their mark. */
class Pages {
  readonly #cookies = new Map<string, string>()
  #text = ''

  async open(path: string, fields?: Readonly<Record<string, string>>): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const body = fields && new URLSearchParams({ csrf: this.hidden('csrf'), ...fields })
    const options = body === undefined ? {} : { method: 'POST', body }
    const response = await fetch(scene.server().endpoint + path, { headers: { cookie }, redirect: 'manual', ...options })
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!
      this.#cookies.set(name!, value!)
    }
    this.#text = await response.text()
    return response
  }

  hidden = (name: string): string => new RegExp(`name="${name}" value="([^"]+)"`).exec(this.#text)![1]!
}

function possession(privateKey: KeyObject, publicKey: KeyObject): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const claims = { jti: 'once', htm: 'POST', htu: `${scene.server().endpoint}/v1/token`, iat: Math.floor(Date.now() / 1000) }
  const signed = `${part({ typ: 'dpop+jwt', alg: 'ES256', jwk: publicKey.export({ format: 'jwk' }) })}.${part(claims)}`
  return `${signed}.${sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`
}

test('[item 5] what `aws login` fetched, an SDK of AWS uses and renews by itself', async () => {
  const pages = new Pages()
  const verifier = randomBytes(48).toString('base64url')
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    state: 'a-state',
    code_challenge_method: 'SHA-256',
    scope: 'openid',
    redirect_uri: redirectUri,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
  })
  const first = await pages.open(`/v1/authorize?${query}`)
  await pages.open(first.headers.get('location')!)
  const to = await pages.open('/signin', {
    as: 'user',
    account,
    username: 'lena',
    password,
    destination: pages.hidden('destination').replaceAll('&amp;', '&'),
  })
  await pages.open(to.headers.get('location')!)
  const back = new URL((await pages.open('/v1/authorize', { asked: pages.hidden('asked') })).headers.get('location')!)
  assert.equal(back.searchParams.get('state'), 'a-state')

  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const body = JSON.stringify({
    clientId,
    grantType: 'authorization_code',
    code: back.searchParams.get('code'),
    redirectUri,
    codeVerifier: verifier,
  })
  const headers = { 'content-type': 'application/json', dpop: possession(privateKey, publicKey) }
  const { endpoint } = scene.server()
  const fetched = await (await fetch(`${endpoint}/v1/token`, { method: 'POST', headers, body })).json()

  const arn = `arn:aws:iam::${account}:user/lena`
  const cache = join(home, 'cache')
  mkdirSync(cache)
  const kept = {
    ...fetched,
    accessToken: { ...fetched.accessToken, accountId: account, expiresAt: new Date(0).toISOString() },
    clientId,
    dpopKey: privateKey.export({ format: 'pem', type: 'sec1' }),
  }
  writeFileSync(join(cache, `${createHash('sha256').update(arn).digest('hex')}.json`), JSON.stringify(kept))
  writeFileSync(join(home, 'config'), `[profile here]\nlogin_session = ${arn}\nregion = us-east-1\n`)
  Object.assign(process.env, { AWS_LOGIN_CACHE_DIRECTORY: cache })
  const renewed = () =>
    fromLoginCredentials({ profile: 'here', configFilepath: join(home, 'config'), clientConfig: { endpoint } as never })({
      callerClientConfig: { region: async () => 'us-east-1' },
    } as never)
  const credentials = await renewed()
  assert.notEqual(credentials.accessKeyId, fetched.accessToken.accessKeyId)
  assert.equal((await new STS({ endpoint, region: 'us-east-1', credentials }).getCallerIdentity({})).Arn, arn)

  writeFileSync(join(cache, `${createHash('sha256').update(arn).digest('hex')}.json`), JSON.stringify(kept))
  await assert.rejects(
    renewed(),
    /ValidationException: The provided authorization grant is invalid, expired, revoked, or malformed/,
    'a refresh token works once',
  )
})
