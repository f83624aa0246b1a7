/** What an issuer says of itself at `/.well-known/openid-configuration` (OpenID Connect Discovery 1.0). */
import { attemptNow, type Proof, refuse } from '../proof.js'
import { strictObject } from './strict-json.js'

export interface Discovery {
  readonly issuer: string
  readonly jwksUri: string
}

/** Refuses a document of another issuer: an address proves nothing of whose keys it leads to. */
export function readDiscovery(text: string, issuer: string): Proof<Discovery> {
  return attemptNow(() => {
    const { issuer: own, jwks_uri } = strictObject(text, 'the discovery document')
    if (own !== issuer) return refuse('issuer', 'the discovery document is of another issuer')
    if (typeof jwks_uri !== 'string' || !URL.canParse(jwks_uri)) return refuse('malformed', 'the discovery document has no jwks_uri')
    return { issuer, jwksUri: jwks_uri }
  })
}
