/**
 * Signature Version 4: reading what a request claims, checking it, and signing. `claim.ts` makes every check that needs no key, in
 * AWS's order; `verify.ts` (Node) checks the signature itself; `sign.ts` is the client's side and takes its hashes as values.
 */

export type { AuthenticationFailure, ProtocolFamily } from './authentication-error.js'
export { AuthenticationError } from './authentication-error.js'
export type { Canonical, PathStyle } from './canonical-request.js'
export { canonicalRequest } from './canonical-request.js'
export type { Claim, ClaimRules } from './claim.js'
export { claimedKey, claimedService, readClaim } from './claim.js'
export type { Hashes } from './hashes.js'
export { hex, webHashes } from './hashes.js'
export type { Credentials, SignOptions } from './sign.js'
export { presign, sign } from './sign.js'
export { asBasic } from './signed-dates.js'
export { type SigningRules, signingRules } from './signing-rules.js'
