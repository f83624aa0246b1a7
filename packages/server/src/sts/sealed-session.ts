/** Temporary credentials as STS answers them. */
import type { StsOperations } from '@bailiwick/model'
import { maxTokenLength, type SessionClaims } from '../credentials/session-token.js'
import type { Surroundings } from '../pipeline/surroundings.js'

type Credentials = NonNullable<StsOperations['AssumeRole']['output']['Credentials']>
type Fail = (code: 'PackedPolicyTooLarge', message: string) => never

/** Newer members whose meaning is not recorded: who asks for them is told, and gets no session that only seems to be what was asked for. */
export function refuseTokenSize({ MinimumSessionTokenSize }: { readonly MinimumSessionTokenSize?: number }, fail: RefuseSize): void {
  if (MinimumSessionTokenSize !== undefined) fail('ValidationError', 'MinimumSessionTokenSize is not taken by this server.')
}

type RefuseSize = (code: 'ValidationError', message: string) => never

/** A token that would be too large to be read again is not made. */
export function sealedSession({ sessionTokens }: Surroundings, claims: SessionClaims, fail: Fail): Credentials {
  const token = sessionTokens.seal(claims)
  if (token.length > maxTokenLength) fail('PackedPolicyTooLarge', 'Serialized token too large for session')
  return {
    AccessKeyId: claims.accessKeyId,
    SecretAccessKey: sessionTokens.secretFor(claims.accessKeyId),
    SessionToken: token,
    Expiration: new Date(claims.expiresAt),
  }
}
