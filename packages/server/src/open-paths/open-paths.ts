/** The few paths that are answered without a signature: health, metrics, what our own API is, issuers, sign-in, and in development the reset. */
import { StoreError } from '@bailiwick/store'
import type { HttpRequest, HttpResponse } from '@bailiwick/wire'
import type { Origin } from '../pipeline/connection.js'
import type { Server } from '../server.js'
import { signInPath } from '../sign-in/index.js'
import { issuerPath } from './issuer-paths.js'
import { metrics } from './metrics.js'
import { openApi } from './openapi.js'

export interface OpenPathOptions {
  readonly server: Server
  readonly version: string
  /** `host` or `host:port` values that name this server. */
  readonly ownHosts: () => ReadonlySet<string>
}

type Answer = (request: HttpRequest, origin: Origin, options: OpenPathOptions) => Promise<HttpResponse> | HttpResponse

const json = (status: number, value: object): HttpResponse => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
})
const notFound = (): HttpResponse => json(404, { message: 'There is nothing here.' })

const stateOf = ({ server, version }: OpenPathOptions): object => ({
  version,
  store: server.store.description,
  revision: server.store.revision,
  services: { iam: 'running', sts: 'running', bailiwick: 'running' },
})

const health: Answer = (_, __, options) => json(200, stateOf(options))

/** Unlike health it looks whether the database answers: this node is alive without it, but can do nothing. */
const ready: Answer = async (_, __, options) => {
  try {
    await options.server.store.readAt('latest')
  } catch (error) {
    if (!(error instanceof StoreError)) throw error
    return json(503, { message: 'The database of this server cannot be reached.' })
  }
  return json(200, stateOf(options))
}

/** Refused to other machines, to a browser's page, and under a name that is not this server's, so that no web page can do it. */
const reset: Answer = async (request, { sourceIp }, { server, ownHosts }) => {
  if (!server.options.dev) return notFound()
  const loopback = /^127\./.test(sourceIp) || sourceIp === '::1'
  const host = request.headers.get('host')?.[0] ?? ''
  if (!loopback || request.headers.has('origin') || request.headers.has('x-forwarded-for') || !ownHosts().has(host)) {
    return json(403, { message: 'The reset route answers this machine only.' })
  }
  await server.reset()
  return json(200, { revision: server.store.revision })
}

const described: Answer = (_, __, { server, version }) =>
  json(200, openApi([...server.serviceModels].find(({ service }) => service === 'bailiwick')!, version))

const paths: ReadonlyMap<string, Answer> = new Map([
  ['GET /_bailiwick/health', health],
  ['GET /_bailiwick/ready', ready],
  ['GET /_localstack/health', health],
  ['GET /_bailiwick/metrics', metrics],
  ['GET /_bailiwick/openapi.json', described],
  ['POST /_bailiwick/reset', reset],
])

/** Undefined when the request is not for one of them. */
export function openPath(request: HttpRequest, origin: Origin, options: OpenPathOptions): Promise<HttpResponse> | HttpResponse | undefined {
  if (request.path.startsWith('/issuer/')) return issuerPath(request, options.server)
  if (request.path !== '/' && !request.path.startsWith('/_')) return signInPath(request, origin, options.server.signIn)
  return request.path.startsWith('/_') ? paths.get(`${request.method} ${request.path}`)?.(request, origin, options) : undefined
}
