/** What of the wire needs Node: checking signatures with its one-shot hashes. */
export { SigningKeys } from './sigv4/signing-keys.js'
export { deriveSigningKey, HmacKey, hashForMessage, nodeHashes, signatureMatches } from './sigv4/verify.js'
