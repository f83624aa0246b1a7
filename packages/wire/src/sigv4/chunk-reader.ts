/**
 * Reads a body in `aws-chunked` form, as it comes: each chunk is given out only once its own signature was found right, and the end only
 * when the length is what was promised and the trailer, where there is one, is signed too.
 */
import { hash, type KeyObject } from 'node:crypto'
import { isSignedBy } from './asymmetric.js'
import { AuthenticationError } from './authentication-error.js'
import type { Claim } from './claim.js'
import { algorithm, asymmetricAlgorithm } from './claim-parts.js'
import { payloadMarkers } from './signing-rules.js'
import { HmacKey } from './verify.js'

/** A chunk whose signature is right; the last one has the trailing headers. */
export interface Chunk {
  readonly bytes: Uint8Array
  readonly trailers?: ReadonlyMap<string, string>
}

export interface ChunkedBody {
  /** `X-Amz-Content-Sha256`: one of the markers that begin with `STREAMING-`. */
  readonly marker: string
  readonly claim: Claim
  /** What the request's own signature was made with. Not looked at where chunks are not signed. */
  readonly key: HmacKey | KeyObject
  /** `X-Amz-Decoded-Content-Length`. */
  readonly decodedLength: number
}

const maxChunkBytes = 16 * 1_048_576
const maxLineBytes = 1_024
const maxTrailerBytes = 16_384
const emptyDigest = hash('sha256', '', 'hex')
const crlf = '\r\n'

type State =
  | { readonly in: 'header' }
  | { readonly in: 'data'; readonly size: number; readonly signature: string | undefined }
  | { readonly in: 'trailer' }
  | { readonly in: 'end' }

export class ChunkReader {
  readonly #body: ChunkedBody
  readonly #signed: 'hmac' | 'ecdsa' | false
  readonly #trailer: boolean
  #buffered = Buffer.alloc(0)
  #state: State = { in: 'header' }
  /** Of the chunk before; of the request itself at first. */
  #previous: string
  #read = 0

  /** Throws `AuthenticationError` for a marker that says nothing of chunks, or for a key of another kind. */
  constructor(body: ChunkedBody) {
    const signing = payloadMarkers.get(body.marker)
    if (signing === undefined) throw broken()
    const kind = body.key instanceof HmacKey ? 'hmac' : 'ecdsa'
    if (signing.signed !== false && signing.signed !== kind) throw broken()
    this.#body = body
    this.#signed = signing.signed
    this.#trailer = signing.trailer
    this.#previous = body.claim.signature
  }

  /** The chunks that are whole now. Throws `AuthenticationError` when one is not as it was signed, or not a chunk. */
  push(bytes: Uint8Array): Chunk[] {
    this.#buffered = this.#buffered.length === 0 ? Buffer.from(bytes) : Buffer.concat([this.#buffered, bytes])
    const chunks: Chunk[] = []
    for (let chunk = this.#next(); chunk !== undefined; chunk = this.#next()) if (chunk !== 'more') chunks.push(chunk)
    return chunks
  }

  /** Throws `AuthenticationError` unless everything has come. */
  end(): void {
    if (this.#state.in !== 'end' || this.#buffered.length > 0 || this.#read !== this.#body.decodedLength) throw broken()
  }

  /** Undefined when there is not enough to go on with; `more` when something was read that is no chunk yet. */
  #next(): Chunk | 'more' | undefined {
    switch (this.#state.in) {
      case 'header':
        return this.#header()
      case 'data':
        return this.#data(this.#state.size, this.#state.signature)
      case 'trailer':
        return this.#trailers()
      case 'end':
        if (this.#buffered.length > 0) throw broken()
        return undefined
    }
  }

  /** `SIZE;chunk-signature=…`, the size in hex. */
  #header(): 'more' | undefined {
    const end = this.#buffered.indexOf(crlf)
    if (end < 0 && this.#buffered.length <= maxLineBytes) return undefined
    const [, size, signature] = /^([0-9a-fA-F]{1,8})(?:;chunk-signature=([0-9a-f*]{1,200}))?$/.exec(this.#take(end, maxLineBytes)) ?? []
    if (size === undefined || (signature === undefined) !== (this.#signed === false)) throw broken()
    const bytes = Number.parseInt(size, 16)
    if (bytes > maxChunkBytes || this.#read + bytes > this.#body.decodedLength) throw broken()
    this.#state = { in: 'data', size: bytes, signature }
    return 'more'
  }

  #data(size: number, signature: string | undefined): Chunk | 'more' | undefined {
    // The last chunk is empty; what follows it is the trailer, or the blank line that ends the body.
    const wanted = size === 0 && this.#trailer ? 0 : size + crlf.length
    if (this.#buffered.length < wanted) return undefined
    const bytes = this.#buffered.subarray(0, size)
    if (wanted > size && this.#buffered.toString('latin1', size, wanted) !== crlf) throw broken()
    this.#buffered = this.#buffered.subarray(wanted)
    if (signature !== undefined) this.#check('PAYLOAD', `${emptyDigest}\n${hash('sha256', bytes, 'hex')}`, signature)
    this.#read += size
    this.#state = { in: size > 0 ? 'header' : this.#trailer ? 'trailer' : 'end' }
    if (size > 0) return { bytes }
    return this.#trailer ? 'more' : { bytes, trailers: new Map() }
  }

  /** Header lines, the last of them the signature over the others, and a blank line. */
  #trailers(): Chunk | undefined {
    const end = this.#buffered.indexOf(`${crlf}${crlf}`)
    if (end < 0 && this.#buffered.length <= maxTrailerBytes) return undefined
    const lines = this.#take(end, maxTrailerBytes, 2 * crlf.length)
      .split(crlf)
      .map((line) => line.trim())
    const named = lines.map((line) => /^([!-9;-~]+):\s*(.*)$/.exec(line) ?? broke())
    const trailers = new Map(named.map(([, name, value]) => [name!.toLowerCase(), value!]))
    if (trailers.size !== lines.length) throw broken()
    const signature = trailers.get('x-amz-trailer-signature')
    trailers.delete('x-amz-trailer-signature')
    if ((signature === undefined) !== (this.#signed === false)) throw broken()
    if (signature !== undefined) {
      const canonical = [...trailers].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => `${name}:${value}\n`)
      this.#check('TRAILER', hash('sha256', canonical.join(''), 'hex'), signature)
    }
    this.#state = { in: 'end' }
    return { bytes: new Uint8Array(), trailers }
  }

  #take(end: number, most: number, separator = crlf.length): string {
    if (end < 0 || end > most) throw broken()
    const text = this.#buffered.toString('latin1', 0, end)
    this.#buffered = this.#buffered.subarray(end + separator)
    return text
  }

  /** Each signature covers the one before it, so that chunks cannot change places, be left out or be said twice. */
  #check(what: 'PAYLOAD' | 'TRAILER', rest: string, given: string): void {
    const { claim, key } = this.#body
    // Of elliptic curves a signature is of no fixed length, and filled up with `*`.
    const signature = given.replace(/\*+$/, '')
    const region = claim.regionSet === undefined ? `${claim.region}/` : ''
    const name = this.#signed === 'hmac' ? algorithm : asymmetricAlgorithm
    const text = `${name}-${what}\n${claim.timestamp}\n${claim.date}/${region}${claim.service}/aws4_request\n${this.#previous}\n${rest}`
    const right = key instanceof HmacKey ? key.matches(text, signature) : isSignedBy(key, text, signature)
    if (!right) throw new AuthenticationError('SignatureDoesNotMatch')
    this.#previous = signature
  }
}

const broken = (): AuthenticationError =>
  new AuthenticationError('IncompleteSignature', 'The request body is not in the aws-chunked form that its headers tell of.')
const broke = (): never => {
  throw broken()
}
