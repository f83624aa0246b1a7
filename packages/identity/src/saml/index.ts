/**
 * SAML 2.0: proving a response (`prove-response.ts`) and reading an identity provider's metadata (`metadata.ts`). XML is read in one place
 * (`read-xml.ts`), signatures are checked in one (`signed-copy.ts`), and what is read of an assertion is read from the signed bytes.
 */
export { readSamlMetadata, type SamlMetadata } from './metadata.js'
export { proveResponse, type ResponseRules, type SamlIdentity } from './prove-response.js'
