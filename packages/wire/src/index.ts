/**
 * How requests travel: Signature Version 4, the AWS protocols, and routing. This entry runs in Node and in a browser; what needs
 * Node's own hashes (checking signatures) is in `@bailiwick/wire/node`. Read `http.ts`, then `sigv4/claim.ts`, `protocols/protocol.ts`.
 */
export type { HttpRequest, HttpResponse } from './http.js'
export type { Answering, OutgoingRequest, Protocol, Value, Violation, WireError } from './protocols/index.js'
export { answeringOf, ProtocolError, protocolOf, validationMessage, violations } from './protocols/index.js'
export type { Route, Router } from './routing/index.js'
export { makeRouter } from './routing/index.js'
export type {
  AuthenticationFailure,
  Canonical,
  Claim,
  ClaimRules,
  Credentials,
  Hashes,
  PathStyle,
  ProtocolFamily,
  SigningRules,
  SignOptions,
} from './sigv4/index.js'
export {
  AuthenticationError,
  asBasic,
  canonicalRequest,
  claimedKey,
  claimedService,
  presign,
  readClaim,
  sign,
  signingRules,
  webHashes,
} from './sigv4/index.js'
