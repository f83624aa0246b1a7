/**
 * SAML 2.0: proving a response (`prove-response.ts`). XML is read in one place (`read-xml.ts`), signatures are checked in one (`signed-copy.ts`), and what is read of an assertion is read from the signed bytes.
 */
export { proveResponse, type ResponseRules, type SamlIdentity, type SamlIssuer } from './prove-response.js'
