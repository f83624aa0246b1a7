/** Who made a call, in CloudTrail's words. */
import type { Caller } from '../pipeline/caller.js'
import { isoSeconds } from '../pipeline/time-text.js'

const identityTypes = {
  root: 'Root',
  user: 'IAMUser',
  role: 'AssumedRole',
  federatedUser: 'FederatedUser',
  saml: 'SAMLUser',
  oidc: 'WebIdentityUser',
  service: 'AWSService',
} as const

/** The `userIdentity` of an event (CloudTrail User Guide, "CloudTrail userIdentity element"). */
export function userIdentity({ principal, arn, accountId, userId, userName, accessKeyId, session, federation }: Caller): object {
  if (principal.kind === 'service') return { type: identityTypes.service, invokedBy: arn }
  if (federation !== undefined) {
    const { subject, saml } = federation
    return { type: identityTypes[principal.kind], principalId: userId, userName: subject, identityProvider: saml?.nameQualifier ?? arn }
  }
  return {
    type: identityTypes[principal.kind],
    principalId: userId,
    arn,
    accountId,
    accessKeyId,
    ...(userName !== undefined && { userName }),
    ...(session !== undefined && {
      sessionContext: {
        sessionIssuer: {
          type: session.issuer.type,
          principalId: session.issuer.id,
          arn: session.issuer.arn,
          accountId,
          ...(session.issuer.name !== undefined && { userName: session.issuer.name }),
        },
        attributes: { creationDate: isoSeconds(session.issuedAt), mfaAuthenticated: String(session.mfa) },
        ...(session.sourceIdentity !== undefined && { sourceIdentity: session.sourceIdentity }),
      },
    }),
  }
}
