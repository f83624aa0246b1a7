/**
 * Federation's side that reaches out: documents of identity providers, fetched from where they may be fetched and nowhere else. Read
 * `fetch-document.ts` for the way of one document, `issuer-keys.ts` for how keys are kept; what the operator opens is in `allow.ts`.
 */
import type { FederationAllow } from './allow.js'
import type { IssuerKeys } from './issuer-keys.js'
import type { IssuingKeys } from './issuing-keys.js'

export { FederationAllow } from './allow.js'
export { FetchError, fetchDocument } from './fetch-document.js'
export { IssuerKeys } from './issuer-keys.js'
export { IssuingKeys } from './issuing-keys.js'

/** What operations take of federation. */
export interface Federation {
  readonly allow: FederationAllow
  readonly issuerKeys: IssuerKeys
  readonly issuingKeys: IssuingKeys
  /** Where browsers and relying parties find this server: an origin, without a slash at its end. */
  readonly publicUrl: () => string
}
