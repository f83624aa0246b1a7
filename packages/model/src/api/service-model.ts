/** An AWS API as data: its operations, the shapes they are made of, and the errors they answer with. */

export type ServiceName = 'iam' | 'sts' | 'organizations' | 'accessanalyzer' | 'bailiwick'
export type ProtocolName = 'query' | 'json' | 'rest-json'

export interface ServiceModel {
  readonly service: ServiceName
  readonly protocol: ProtocolName
  readonly apiVersion: string
  /** What the credential scope of a signature names. */
  readonly signingName: string
  /** Query protocol: the namespace of answers. */
  readonly xmlNamespace?: string
  /** JSON protocol: what precedes `.Operation` in `X-Amz-Target`. */
  readonly targetPrefix?: string
  readonly jsonVersion?: string
  readonly operations: ReadonlyMap<string, OperationModel>
  readonly shapes: ReadonlyMap<string, Shape>
  /** Every error that some operation declares, by wire code. */
  readonly errors: ReadonlyMap<string, ErrorModel>
}

export interface OperationModel {
  readonly name: string
  readonly method: string
  /** `/`, or a REST path with `{Label}` and `{Label+}`. */
  readonly uri: string
  readonly responseCode: number
  /** Name of a structure; absent when there is nothing to send. */
  readonly input?: string
  readonly output?: string
  /** Query protocol: the element around the output. */
  readonly resultWrapper?: string
  /** Wire codes. */
  readonly errors: readonly string[]
  /** Clients send it without a signature; what proves the caller is in the input. */
  readonly unsigned: boolean
  /** As far as the source says so: may be sent again without a second effect, and changes nothing. */
  readonly idempotent: boolean
  readonly readonly: boolean
  readonly paginator?: Paginator
}

export interface Paginator {
  readonly inputToken: string
  readonly outputToken: string
  readonly limitKey?: string
  readonly moreResults?: string
  readonly resultKeys: readonly string[]
}

export interface ErrorModel {
  readonly code: string
  readonly status: number
  readonly fault: 'client' | 'server'
}

export type ShapeType = 'structure' | 'list' | 'map' | 'string' | 'integer' | 'long' | 'double' | 'boolean' | 'timestamp' | 'blob'

export interface Shape {
  readonly name: string
  readonly type: ShapeType
  /** In the order of the wire. */
  readonly members?: readonly Member[]
  readonly union?: boolean
  /** Shape names of a list's items, and of a map's keys and values. */
  readonly member?: string
  readonly key?: string
  readonly value?: string
  /** Of a string or blob its length, of a list its size, of a number its value. */
  readonly min?: number
  readonly max?: number
  readonly pattern?: string
  readonly enum?: readonly string[]
  readonly sensitive?: boolean
  readonly timestampFormat?: 'iso8601' | 'unixTimestamp' | 'rfc822'
  /** The member that is the whole body of a REST answer. */
  readonly payload?: string
}

export interface Member {
  readonly name: string
  readonly shape: string
  readonly required: boolean
  /** The name on the wire, where it differs. */
  readonly locationName?: string
  /** REST: where the member travels; the body when absent. */
  readonly location?: 'uri' | 'querystring' | 'header' | 'headers' | 'statusCode'
}
