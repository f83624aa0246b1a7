/** The socket: bytes in, bounded and in time; answers out. What it lets through is signed, or one of the few in `open-paths/`. */
import { createServer, type Server as HttpServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { ServiceModel } from '@bailiwick/model'
import type { HttpRequest, HttpResponse } from '@bailiwick/wire'
import type { Origin } from '../pipeline/connection.js'
import { longBodies } from './long-bodies.js'
import { type Refusal, readBody } from './read-body.js'
import { clientOf, type TrustedProxies } from './trusted-proxies.js'

export interface ListenerOptions {
  readonly host: string
  readonly port: number
  readonly tls?: { readonly cert: Buffer; readonly key: Buffer }
  readonly trustedProxies: TrustedProxies
  /** Answers what is not signed; undefined leaves the request to `answer`. */
  readonly open: (request: HttpRequest, origin: Origin) => Promise<HttpResponse> | HttpResponse | undefined
  readonly answer: (request: HttpRequest, origin: Origin) => Promise<HttpResponse>
  /** Of the services that it answers for, some of whose inputs are longer than others. */
  readonly models?: Iterable<ServiceModel>
}

/** Larger than almost every request that a model allows: a policy of 131,072 characters, each percent-encoded. */
const maxBodyBytes = 1_048_576
/** In bytes: so long an answer goes out as bytes. */
const long = 65_536
/** Of an answer so long that others would notice, so much goes out before they have their turn. */
const piece = 1_048_576
const maxHeaderBytes = 32_768
const headersWithinMilliseconds = 10_000
const requestWithinMilliseconds = 30_000
const idleMilliseconds = 65_000
const checkEveryMilliseconds = 2_000
const drainMilliseconds = 10_000

export class Listener {
  private constructor(
    private readonly server: HttpServer,
    readonly port: number,
  ) {}

  /** Rejects with the system's error: `EADDRINUSE`, `EACCES`. */
  static async open(options: ListenerOptions): Promise<Listener> {
    const limits = {
      maxHeaderSize: maxHeaderBytes,
      headersTimeout: headersWithinMilliseconds,
      requestTimeout: requestWithinMilliseconds,
      keepAliveTimeout: idleMilliseconds,
      connectionsCheckingInterval: checkEveryMilliseconds,
      insecureHTTPParser: false,
    }
    const bodyLimits = { most: maxBodyBytes, longer: longBodies(options.models ?? [], maxBodyBytes) }
    const handle = (message: IncomingMessage, response: ServerResponse): void =>
      readBody(message, bodyLimits, (body) => serve(options, message, response, body))
    const server = options.tls === undefined ? createServer(limits, handle) : await createTlsServer({ ...limits, ...options.tls }, handle)
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(options.port, options.host, resolve)
    })
    const address = server.address()
    return new Listener(server, typeof address === 'object' && address !== null ? address.port : options.port)
  }

  /** Takes no new connection, lets requests under way finish, and ends those that do not in time. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()))
    this.server.closeIdleConnections()
    const late = setTimeout(() => this.server.closeAllConnections(), drainMilliseconds).unref()
    await closed
    clearTimeout(late)
  }
}

/** What TLS needs is loaded only where it is used: it would double the time to start. */
async function createTlsServer(options: object, handle: (message: IncomingMessage, response: ServerResponse) => void): Promise<HttpServer> {
  const { createServer: create } = await import('node:https')
  return create(options, handle) as HttpServer
}

function serve(options: ListenerOptions, message: IncomingMessage, response: ServerResponse, body: Buffer | Refusal): void {
  if (typeof body === 'string') {
    send(response, refusals[body], false)
    linger(message)
    return
  }
  const headers = headersOf(message.rawHeaders)
  if (
    headers.get('host')?.length !== 1 ||
    (headers.has('transfer-encoding') === headers.has('content-length') && headers.has('transfer-encoding'))
  ) {
    send(response, plain(400, 'The request must have one Host header and one way to tell its length.'), true)
    return
  }
  const target = message.url ?? '/'
  const mark = target.indexOf('?')
  const request: HttpRequest = {
    method: message.method ?? 'GET',
    path: mark < 0 ? target : target.slice(0, mark),
    query: mark < 0 ? '' : target.slice(mark + 1),
    headers,
    body,
    parameters: undefined,
  }
  const origin = clientOf(message, headers, options.trustedProxies)
  // A request that is signed always gets an answer; what is open may fail, as a reset whose store does.
  const failed = (): void => send(response, plain(500, 'The request could not be carried out because of a failure in this server.'), true)
  try {
    const answer = options.open(request, origin) ?? options.answer(request, origin)
    if (answer instanceof Promise) answer.then((own) => send(response, own, false)).catch(failed)
    else send(response, answer, false)
  } catch {
    failed()
  }
}

function headersOf(raw: readonly string[]): Map<string, string[]> {
  const headers = new Map<string, string[]>()
  for (let at = 0; at < raw.length; at += 2) {
    const name = raw[at]!.toLowerCase()
    const before = headers.get(name)
    if (before === undefined) headers.set(name, [raw[at + 1]!])
    else before.push(raw[at + 1]!)
  }
  return headers
}

export const plain = (status: number, text: string): HttpResponse => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: `${text}\n`,
})

/** So long a client may go on sending what nobody reads: a connection that is closed under it would be reset, and its answer lost. */
const lingerMilliseconds = 2_000

/** Closes the connection of a refused request, unless the client comes to the end of it and can be served again. */
function linger(message: IncomingMessage): void {
  const { socket } = message
  const closing = setTimeout(() => socket.destroy(), lingerMilliseconds)
  closing.unref()
  const spared = (): void => clearTimeout(closing)
  message.once('end', spared)
  socket.once('close', spared)
}

const refusals: Readonly<Record<Refusal, HttpResponse>> = {
  'too large': plain(413, 'The request body is too large.'),
  'too many': plain(503, 'Other requests as large as this one are being read. Try again.'),
}

function send(response: ServerResponse, { status, headers, cookies, body }: HttpResponse, close: boolean): void {
  const bytes = typeof body === 'string' ? Buffer.byteLength(body) : body.length
  const sent: string[] = []
  for (const name of Object.keys(headers)) sent.push(name, headers[name]!)
  sent.push('content-length', String(bytes))
  for (const cookie of cookies ?? []) sent.push('set-cookie', cookie)
  if (close) sent.push('connection', 'close')
  response.writeHead(status, sent)
  if (typeof body !== 'string' || bytes !== body.length) response.end(body)
  else if (bytes > piece) setImmediate(sendAscii, response, body, 0)
  // Joined to the header as text, a long body would be copied on the heap again.
  else if (bytes > long) response.end(Buffer.from(body, 'latin1'))
  // Text that is ASCII, as most is, goes out as it is in memory.
  else response.end(body, 'latin1')
}

function sendAscii(response: ServerResponse, text: string, from: number): void {
  if (from + piece >= text.length || response.destroyed) return void response.end(text.slice(from), 'latin1')
  response.write(text.slice(from, from + piece), 'latin1')
  setImmediate(sendAscii, response, text, from + piece)
}
