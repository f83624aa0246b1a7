/** The AWS protocols, one row each. Read `protocol.ts` for what a protocol is, `constraints.ts` for what the models demand of an input. */
import type { ProtocolName, ServiceModel } from '@bailiwick/model'
import type { HttpRequest } from '../http.js'
import { awsJson } from './aws-json.js'
import { awsQuery } from './aws-query.js'
import { acceptsJson, awsQueryJson } from './aws-query-json.js'
import type { Protocol } from './protocol.js'
import { restJson } from './rest-json.js'

const protocols: Readonly<Record<ProtocolName, Protocol>> = { query: awsQuery, json: awsJson, 'rest-json': restJson }

export const protocolOf = (model: ServiceModel): Protocol => protocols[model.protocol]

export type Answering = Pick<Protocol, 'encodeOutput' | 'encodeError'>

/** How a request is answered: query services answer in JSON whoever accepts that. */
export const answeringOf = (model: ServiceModel, request: HttpRequest): Answering =>
  model.protocol === 'query' && acceptsJson(request) ? awsQueryJson : protocolOf(model)

export type { Violation } from './constraints.js'
export { validationMessage, violations } from './constraints.js'
export type { OutgoingRequest, Protocol, Value, WireError } from './protocol.js'
export { ProtocolError } from './protocol.js'
export { keptParameters } from './query-parameters.js'
