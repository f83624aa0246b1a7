/** The operations of IAM and STS that the generated suites know how to prepare for. An operation is one row in one place. */

import type { OperationName } from './client.js'
import { credentialRows } from './credentials.js'
import { policyRows } from './policies.js'
import { principalRows } from './principals.js'
import { requestRows } from './requests.js'
import type { Row } from './row.js'

export const operationRows: ReadonlyMap<OperationName, Row> = new Map(
  [principalRows, policyRows, credentialRows, requestRows].flatMap((rows) => Object.entries(rows) as [OperationName, Row][]),
)

/** Operations that are there and have no row yet. One that has got its row must go from this list. */
export const notYetPrepared: readonly string[] = []
