/** Temporary credentials as STS answers them. */
import type { StsOperations } from '@bailiwick/model'
import type { SessionClaims } from '../credentials/session-token.js'
import type { Surroundings } from '../pipeline/surroundings.js'

type Credentials = NonNullable<StsOperations['AssumeRole']['output']['Credentials']>

export const sealedSession = ({ sessionTokens }: Surroundings, claims: SessionClaims): Credentials => ({
  AccessKeyId: claims.accessKeyId,
  SecretAccessKey: sessionTokens.secretFor(claims.accessKeyId),
  SessionToken: sessionTokens.seal(claims),
  Expiration: new Date(claims.expiresAt),
})
