/** Bytes on a socket, for requests that no client would send, and signed requests to begin with. */
import { connect } from 'node:net'
import { type HttpRequest, sign } from '@bailiwick/wire'
import { nodeHashes } from '@bailiwick/wire/node'
import type { Key } from './clients.js'

export interface RawAnswer {
  readonly status: number
  readonly headers: string
  readonly body: string
}

/** Nothing that is tested here takes a tenth of this. */
const hangsAfterMilliseconds = 15_000

export interface Exchange {
  /** Half-closes after the last byte. */
  readonly end?: boolean
  /** Ends as soon as this many answers are there; else when the server closes the connection. */
  readonly answers?: number
}

/** Writes the pieces one after another and resolves with every answer. Rejects when the server neither answers nor closes. */
export function exchange(
  endpoint: string,
  pieces: readonly (string | Uint8Array)[],
  { end, answers }: Exchange = {},
): Promise<RawAnswer[]> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(endpoint)
    const socket = connect({ host: hostname, port: Number(port) })
    let received = Buffer.alloc(0)
    const hung = setTimeout(() => {
      socket.destroy()
      reject(new Error(`no end to the answer: ${received.toString('latin1').slice(0, 400)}`))
    }, hangsAfterMilliseconds)
    const done = (): void => {
      clearTimeout(hung)
      socket.destroy()
      resolve(answersIn(received))
    }
    socket.on('data', (bytes) => {
      received = Buffer.concat([received, bytes])
      if (answers !== undefined && answersIn(received).length >= answers) done()
    })
    socket.on('close', done)
    // A server that closes while it is still being written to resets the connection; what it said before counts.
    socket.on('error', () => {})
    socket.on('connect', async () => {
      for (const piece of pieces) await new Promise<void>((written) => socket.write(piece, () => written()))
      if (end) socket.end()
    })
  })
}

const lastChunk = '0\r\n\r\n'

/** Whole answers only. `100 Continue` is one, without a body; Node's own refusals are chunked, with no chunk but the last. */
function answersIn(bytes: Buffer): RawAnswer[] {
  const found: RawAnswer[] = []
  for (let at = 0; ; ) {
    const blank = bytes.indexOf('\r\n\r\n', at)
    if (blank < 0) return found
    const headers = bytes.toString('latin1', at, blank)
    const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(headers)?.[1])
    const length = Number(/^content-length: (\d+)$/im.exec(headers)?.[1] ?? 0)
    const from = blank + 4 + (/^transfer-encoding: chunked$/im.test(headers) ? lastChunk.length : 0)
    if (bytes.length < from + length) return found
    found.push({ status, headers, body: bytes.toString('utf8', from, from + length) })
    at = from + length
  }
}

export interface Signed {
  readonly key: Key
  readonly endpoint: string
  readonly body: string | Uint8Array
  readonly method?: string
  /** Path and query as on the request line, and as signed. */
  readonly target?: string
  /** Signed too; a name may come several times. */
  readonly headers?: readonly (readonly [name: string, value: string])[]
  readonly service?: string
  readonly at?: number
}

export interface SignedRequest {
  readonly method: string
  readonly target: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Uint8Array
}

const form = 'application/x-www-form-urlencoded; charset=utf-8'

export async function signedRequest(options: Signed): Promise<SignedRequest> {
  const { key, endpoint, method = 'POST', target = '/', service = 'iam', at = Date.now() } = options
  const body = Buffer.from(options.body)
  const given = options.headers ?? []
  const own = given.some(([name]) => name === 'content-type') ? given : [['content-type', form] as const, ...given]
  const sent: (readonly [string, string])[] = [['host', new URL(endpoint).host], ...own]
  const headers = new Map<string, string[]>()
  for (const [name, value] of sent) headers.set(name, [...(headers.get(name) ?? []), value])
  const mark = target.indexOf('?')
  const request: HttpRequest = {
    method,
    path: mark < 0 ? target : target.slice(0, mark),
    query: mark < 0 ? '' : target.slice(mark + 1),
    headers,
    body,
  }
  const signature = await sign(request, { credentials: key, region: 'us-east-1', service, at, hashes: nodeHashes })
  return { method, target, headers: [...sent, ...Object.entries(signature)], body }
}

/** As bytes; `more` are headers that are not signed. */
export function bytesOf(
  { method, target, headers, body }: SignedRequest,
  more: readonly (readonly [name: string, value: string])[] = [],
  version = '1.1',
): Buffer {
  const length: readonly (readonly [string, string])[] = more.some(([name]) => /^(?:content-length|transfer-encoding)$/i.test(name))
    ? []
    : [['content-length', String(body.length)]]
  const lines = [...headers, ...length, ...more].map(([name, value]) => `${name}: ${value}\r\n`).join('')
  return Buffer.concat([Buffer.from(`${method} ${target} HTTP/${version}\r\n${lines}\r\n`, 'latin1'), body])
}
