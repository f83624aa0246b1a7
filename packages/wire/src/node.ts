/** What of the wire needs Node: checking signatures with its one-shot hashes. */

export { asymmetricSignatureMatches, deriveVerifyingKey } from './sigv4/asymmetric.js'
export { type Chunk, ChunkReader } from './sigv4/chunk-reader.js'
export { SigningKeys } from './sigv4/signing-keys.js'
export { deriveSigningKey, HmacKey, hashForMessage, nodeHashes, signatureMatches } from './sigv4/verify.js'
