/** A request's body, up to a limit. */
import type { IncomingMessage } from 'node:http'
import { parameterAtEnd } from './long-bodies.js'

const nothing = Buffer.alloc(0)

export interface BodyLimits {
  readonly most: number
  /** What a body may have instead whose parameter of this name is being read when it reaches `most`. */
  readonly longer: ReadonlyMap<string, number>
}

/** Nobody is known to be anybody yet: so many longer bodies may be on their way at once, and the next one is sent away. */
const longerAtOnce = 2
let longerNow = 0

export type Refusal = 'too large' | 'too many'

/** Calls `done` once; never when the client goes away half-way, since there is nobody to answer. */
export function readBody(message: IncomingMessage, { most, longer }: BodyLimits, done: (body: Buffer | Refusal) => void): void {
  let limit = most
  let first: Buffer = nothing
  let more: Buffer[] | undefined
  let length = 0
  const whole = (): Buffer => (more === undefined ? first : Buffer.concat(more))
  const refuse = (why: Refusal): void => {
    message.removeAllListeners('data').removeAllListeners('end').resume()
    done(why)
  }
  message.on('data', (chunk: Buffer) => {
    length += chunk.length
    if (first === nothing) first = chunk
    else if (more === undefined) more = [first, chunk]
    else more.push(chunk)
    if (length <= limit) return
    const allowed = limit === most ? (longer.get(parameterAtEnd(whole()) ?? '') ?? 0) : 0
    if (length > allowed) return refuse('too large')
    if (longerNow >= longerAtOnce) return refuse('too many')
    limit = allowed
    longerNow++
    message.once('close', () => longerNow--)
  })
  message.on('end', () => done(whole()))
}
