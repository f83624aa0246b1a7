/** A request's body, up to a limit. */
import type { IncomingMessage } from 'node:http'

const nothing = Buffer.alloc(0)

/** Calls `done` once; never when the client goes away half-way, since there is nobody to answer. */
export function readBody(message: IncomingMessage, maxBytes: number, done: (body: Buffer | 'too large') => void): void {
  let first: Buffer = nothing
  let more: Buffer[] | undefined
  let length = 0
  message.on('data', (chunk: Buffer) => {
    length += chunk.length
    if (length > maxBytes) {
      message.removeAllListeners('data').removeAllListeners('end').resume()
      done('too large')
    } else if (first === nothing) first = chunk
    else if (more === undefined) more = [first, chunk]
    else more.push(chunk)
  })
  message.on('end', () => done(more === undefined ? first : Buffer.concat(more, length)))
}
