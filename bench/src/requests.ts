/** Signed requests as bytes. */
import { type HttpRequest, sign } from '@bailiwick/wire'
import { nodeHashes } from '@bailiwick/wire/node'

export interface Key {
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

const versions: Readonly<Record<string, string>> = { iam: '2010-05-08', sts: '2011-06-15' }

/** A query request to IAM or STS, signed now. */
export async function signedRequest(
  port: number,
  key: Key,
  service: 'iam' | 'sts',
  action: string,
  input: Readonly<Record<string, string>> = {},
): Promise<Buffer> {
  const body = new URLSearchParams({ Action: action, Version: versions[service]!, ...input }).toString()
  const headers: Record<string, string> = {
    host: `127.0.0.1:${port}`,
    'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
    'user-agent': 'bench',
  }
  const request: HttpRequest = {
    method: 'POST',
    path: '/',
    query: '',
    headers: new Map(Object.entries(headers).map(([name, value]) => [name, [value]])),
    body: Buffer.from(body),
  }
  const signed = await sign(request, { credentials: key, region: 'us-east-1', service, at: Date.now(), hashes: nodeHashes })
  const lines = Object.entries({ ...headers, ...signed, 'content-length': String(Buffer.byteLength(body)) }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  )
  return Buffer.from(`POST / HTTP/1.1\r\n${lines.join('')}\r\n${body}`)
}
