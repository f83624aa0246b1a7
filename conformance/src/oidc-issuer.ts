/** A real OpenID Connect provider on loopback, made with `oidc-provider`: tokens come from its token endpoint, over HTTP. */
import { generateKeyPairSync } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'

export interface Issuer {
  /** `http://127.0.0.1:PORT` */
  readonly url: string
  /** An access token in the form of a JWT, for an audience; `claims` are added to those of the provider, or replace them. */
  readonly token: (audience: string, claims?: object) => Promise<string>
  /** Throws its keys away and signs with new ones. */
  readonly rotate: () => void
  /** How often a path was asked for. */
  readonly asked: (path: string) => number
  /** Answers instead of the provider, while it is set. */
  instead: ((request: IncomingMessage, response: ServerResponse) => boolean) | undefined
  readonly close: () => Promise<void>
}

const client = { id: 'robot', secret: 'a-secret-of-the-tests' }

let keys = 0
const newKey = (): object => ({
  ...generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }),
  kid: `key-${++keys}`,
  use: 'sig',
})

export async function startIssuer(): Promise<Issuer> {
  const counts = new Map<string, number>()
  let handle: (request: IncomingMessage, response: ServerResponse) => void = () => {}
  let extra: object = {}
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    counts.set(path, (counts.get(path) ?? 0) + 1)
    if (issuer.instead?.(request, response) !== true) handle(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const rotate = (): void => {
    handle = new Provider(
      url,
      configuration(newKey(), () => extra),
    ).callback()
  }
  const issuer: Issuer = {
    url,
    rotate,
    asked: (path) => counts.get(path) ?? 0,
    instead: undefined,
    close: () => closed(server),
    async token(audience, claims = {}) {
      extra = claims
      const answer = await fetch(`${url}/token`, {
        method: 'POST',
        headers: { authorization: `Basic ${Buffer.from(`${client.id}:${client.secret}`).toString('base64')}` },
        body: new URLSearchParams({ grant_type: 'client_credentials', resource: audience, scope: 'aws' }),
      })
      const { access_token } = (await answer.json()) as { access_token?: string }
      if (access_token === undefined) throw new Error(`the provider gave no token: ${answer.status}`)
      return access_token
    },
  }
  rotate()
  return issuer
}

const configuration = (key: object, extra: () => object): object => ({
  jwks: { keys: [key] },
  clients: [
    { client_id: client.id, client_secret: client.secret, grant_types: ['client_credentials'], redirect_uris: [], response_types: [] },
  ],
  scopes: ['aws'],
  formats: {
    customizers: {
      jwt: (_: unknown, __: unknown, { payload }: { readonly payload: object }) => void Object.assign(payload, extra()),
    },
  },
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    resourceIndicators: {
      enabled: true,
      getResourceServerInfo: (_: unknown, audience: string) => ({
        scope: 'aws',
        audience,
        accessTokenFormat: 'jwt',
        accessTokenTTL: 600,
        jwt: { sign: { alg: 'RS256' } },
      }),
    },
  },
})

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.closeAllConnections()
    server.close(() => resolve())
  })
