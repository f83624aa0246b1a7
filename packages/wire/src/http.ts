/** Requests and responses as bytes, before anybody has trusted them. */

export interface HttpRequest {
  readonly method: string
  /** As on the request line, before `?`; never decoded or normalised, since it is signed. */
  readonly path: string
  /** As on the request line, without `?`; empty when there is none. */
  readonly query: string
  /** Names in lower case; values in the order they came, one for each time the header was sent. */
  readonly headers: ReadonlyMap<string, readonly string[]>
  readonly body: Uint8Array
  /** Of a query request, once somebody has read them. */
  parameters?: ReadonlyMap<string, string> | undefined
}

export interface HttpResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** Values of `Set-Cookie`, the one header that may come more than once. */
  readonly cookies?: readonly string[]
  readonly body: string | Uint8Array
}
