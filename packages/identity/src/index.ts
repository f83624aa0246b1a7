/**
 * Proofs of identity as pure functions: bytes, keys and time in; what is proven, or why nothing is, out. Nothing here knows a store, a
 * clock or a network. Read `proof.ts`, then `oidc/prove-token.ts` and `saml/prove-response.ts`.
 */
export type {
  Discovery,
  IssuingAlgorithm,
  IssuingKey,
  KeySet,
  ReadToken,
  SigningKey,
  TokenRules,
  WebIdentity,
} from './oidc/index.js'
export { issueToken, newIssuingKey, proveToken, publicKeyOf, readDiscovery, readKeySet, readToken } from './oidc/index.js'
export type { Proof, Reason, Refusal } from './proof.js'
export type { ResponseRules, SamlIdentity, SamlIssuer } from './saml/index.js'
export { proveResponse } from './saml/index.js'
