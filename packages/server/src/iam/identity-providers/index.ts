/**
 * Identity providers: whose tokens (OIDC) and assertions (SAML) an account's roles may be assumed with. Read `provider.ts` for what both
 * kinds share. What a verifier needs: `oidcProviderFor` by the issuer of a token, `samlProviderNamed` by ARN, and the records they give.
 */
export { type OidcProviderRecord, oidcProviderFor, oidcProviderRows, oidcProviders } from './oidc-providers.js'
export {
  decryptionKeysOf,
  type SamlPrivateKeyRecord,
  type SamlProviderRecord,
  samlProviderArnOf,
  samlProviderNamed,
  samlProviderRows,
  samlProviders,
} from './saml-providers.js'
