/**
 * OpenID Connect: proving a token (`prove-token.ts`), reading what an issuer publishes (`key-set.ts`, `discovery.ts`), and issuing
 * tokens of our own (`issue-token.ts`).
 */
export { type Discovery, readDiscovery } from './discovery.js'
export { type IssuingAlgorithm, type IssuingKey, issueToken, newIssuingKey, publicKeyOf } from './issue-token.js'
export { type KeySet, readKeySet, type SigningKey } from './key-set.js'
export { proveToken, type TokenRules, type WebIdentity } from './prove-token.js'
export { type ReadToken, readToken } from './read-token.js'
