/**
 * AWS as data: API shapes and constraints, error codes, quotas, id prefixes, regions. This entry runs anywhere; what reads files
 * (managed policies, the action catalogue, the resources of IAM's operations) has entries of its own. Read `api/service-model.ts`.
 */

export { errorOf, loadService, serviceNames } from './api/load-service.js'
export type {
  ErrorModel,
  Member,
  OperationModel,
  Paginator,
  ProtocolName,
  ServiceModel,
  ServiceName,
  Shape,
  ShapeType,
} from './api/service-model.js'
export type { AccountId, Arn, ArnParts } from './arn.js'
export { isAccountId, readArn, writeArn } from './arn.js'
export type { AccessanalyzerOperations } from './generated/accessanalyzer.js'
export type { BailiwickOperations } from './generated/bailiwick.js'
export type * as iam from './generated/iam.js'
export type { IamOperations } from './generated/iam.js'
export type { OrganizationsOperations } from './generated/organizations.js'
export type { StsOperations } from './generated/sts.js'
export type { IdKind } from './ids.js'
export { accountOfId, idPrefixes, makeId, makeSecret } from './ids.js'
export type { Quota } from './quotas.js'
export { quotas } from './quotas.js'
export { globalServices, isRegion, partition, partitions } from './regions.js'
