/** A request's body, up to a limit. */
import type { IncomingMessage } from 'node:http'

const nothing = Buffer.alloc(0)

/** `cut off` when the client went away half-way: there is nobody to answer. */
export function readBody(message: IncomingMessage, maxBytes: number): Promise<Buffer | 'too large' | 'cut off'> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let length = 0
    message.on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length <= maxBytes) chunks.push(chunk)
      else {
        message.pause()
        resolve('too large')
      }
    })
    message.on('end', () => resolve(chunks.length === 1 ? chunks[0]! : chunks.length === 0 ? nothing : Buffer.concat(chunks, length)))
    message.on('close', () => resolve('cut off'))
    message.on('error', () => resolve('cut off'))
  })
}
