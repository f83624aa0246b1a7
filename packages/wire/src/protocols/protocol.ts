/** What an AWS protocol is: how an operation's input, output and errors travel. One row of the table in `index.ts` each. */
import type { ServiceModel } from '@bailiwick/model'
import type { HttpRequest, HttpResponse } from '../http.js'

/** An input or output value: its members are named as in the model; times are `Date`, blobs `Uint8Array`. */
export type Value = Readonly<Record<string, unknown>>

export interface WireError {
  /** As it travels. */
  readonly code: string
  readonly message: string
  readonly status: number
  readonly fault: 'client' | 'server'
  /** Query protocol: the namespace of the answer, where it is not the service's own. */
  readonly namespace?: string
}

/** What a client sends, before host and signature are added. */
export interface OutgoingRequest {
  readonly method: string
  readonly path: string
  readonly query: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface Protocol {
  /** Throws `ProtocolError` for what cannot be read as this operation's input. Members that the model does not know are passed over, as AWS does. */
  decodeInput(model: ServiceModel, operation: string, request: HttpRequest): Value
  /** An array within that is frozen is so all through: of a long one the text may be kept. */
  encodeOutput(model: ServiceModel, operation: string, output: object, requestId: string): HttpResponse
  encodeError(model: ServiceModel, error: WireError, requestId: string): HttpResponse
  encodeInput(model: ServiceModel, operation: string, input: object): OutgoingRequest
  decodeOutput(model: ServiceModel, operation: string, response: HttpResponse): Value
  decodeError(response: HttpResponse): WireError
}

/** A request that cannot be read: the caller's mistake, found before anything is decided. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError'
  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
    /** The namespace of the XML answer, where it is not the service's own. */
    readonly namespace?: string,
  ) {
    super(message)
  }
}

/** Depth to which values may be nested. No shape of the models is deeper; a document of ours never is. */
export const maxDepth = 32

export const text = (body: string | Uint8Array): string => (typeof body === 'string' ? body : new TextDecoder().decode(body))

const strictUtf8 = new TextDecoder('utf-8', { fatal: true })

/** What cannot be read as the operation's input: query services and JSON ones have a code each. */
export type MalformedCode = 'MalformedInput' | 'SerializationException'

/** The body as text; a body that is not UTF-8 is refused. */
export function bodyText(body: Uint8Array, code: MalformedCode): string {
  try {
    return strictUtf8.decode(body)
  } catch {
    throw new ProtocolError(code, 'The request body is not valid UTF-8.')
  }
}

export function base64Bytes(encoded: string, code: MalformedCode): Uint8Array {
  if (encoded.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(encoded)) throw new ProtocolError(code, 'A blob is not valid base64.')
  return Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0))
}

/** Node's own way where there is one: a credential report has tens of megabytes. */
const { Buffer: nodeBuffer } = globalThis as { Buffer?: { from(bytes: ArrayBufferLike, offset: number, length: number): Base64Writer } }
interface Base64Writer {
  toString(encoding: 'base64'): string
}

/** A whole number of three bytes, so that the texts can be joined. */
const bytesAtOnce = 24_576

export function base64Text(bytes: Uint8Array): string {
  if (nodeBuffer !== undefined) return nodeBuffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
  let text = ''
  for (let from = 0; from < bytes.length; from += bytesAtOnce) {
    text += btoa(String.fromCharCode(...bytes.subarray(from, from + bytesAtOnce)))
  }
  return text
}
