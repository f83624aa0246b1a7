/** Calls of Bailiwick's own signed API. */
import { loadService } from '@bailiwick/model'
import { type HttpRequest, protocolOf, sign } from '@bailiwick/wire'
import { nodeHashes } from '@bailiwick/wire/node'
import type { ClientSettings } from './clients.js'

/** Throws an error with the code and the message that the server answered, or one that says that it cannot be reached. */
export async function call(settings: ClientSettings, operation: string, input: object): Promise<object> {
  const { endpoint, region } = settings
  const model = await loadService('bailiwick')
  const protocol = protocolOf(model)
  const { method, path, query, headers, body } = protocol.encodeInput(model, operation, input)
  const { host } = new URL(endpoint)
  const request: HttpRequest = {
    method,
    path,
    query,
    headers: new Map(Object.entries({ ...headers, host }).map(([name, value]) => [name, [value]])),
    body: Buffer.from(body),
  }
  const signed = await sign(request, { credentials: settings, region, service: 'bailiwick', at: Date.now(), hashes: nodeHashes })
  const response = await fetch(new URL(`${path}${query === '' ? '' : `?${query}`}`, endpoint), {
    method,
    headers: { ...headers, ...signed },
    ...(body !== '' && { body }),
  }).catch((error: Error) => {
    throw new Error(`the server at ${endpoint} cannot be reached: ${(error.cause as Error | undefined)?.message ?? error.message}`)
  })
  const answer = { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() }
  if (response.ok) return protocol.decodeOutput(model, operation, answer)
  const { code, message } = protocol.decodeError(answer)
  throw new Error(`${code}: ${message}`)
}
