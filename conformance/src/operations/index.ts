/**
 * Suites that are made from facts: for every operation that this server carries out, who may call it and what it changes. The facts are in
 * `@bailiwick/model/operations` and `sts-resources.ts`; what an operation needs before it can be called is a row of `table.ts`. Read
 * `row.ts`, then `operations.test.ts`.
 */
export { type OperationName, type Send, senderTo, type Values } from './client.js'
export type { Row, Shows } from './row.js'
export { notYetPrepared, operationRows } from './table.js'
export { furnish, inputOf, newWorld, type World } from './world.js'
