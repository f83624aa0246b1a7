/** What AssumeRoleWithSAML and AssumeRoleWithWebIdentity share once the caller is proven: the trust policy decides, and a session is sealed. */
import { requestTags } from '../iam/noun.js'
import { fail } from '../pipeline/api-error.js'
import type { FederatedIdentity } from '../pipeline/caller.js'
import type { Access, AlsoRequired, ContextKeys, Look } from '../pipeline/operation.js'
import { accountOfRole, roleToAssume } from './assumable-role.js'
import type { SessionOfRole } from './role-session.js'
import { chainedTags, checkSessionTags, checkTagShapes } from './session-tags.js'

interface Asked {
  readonly RoleArn: string
}

/** `sessionName` says where the name of the session stands: in the input, or in the assertion. */
export function federatedAccess<Input extends Asked>(sessionName: (input: Input, identity: FederatedIdentity) => string): Access<Input> {
  const keysOf = (input: Input, look: Look): ContextKeys => {
    const identity = federationOf(look)
    const { sourceIdentity, tags, transitiveTagKeys } = identity
    return {
      'sts:RoleSessionName': sessionName(input, identity),
      ...(sourceIdentity !== undefined && { 'sts:SourceIdentity': sourceIdentity }),
      ...(transitiveTagKeys.length > 0 && { 'sts:TransitiveTagKeys': transitiveTagKeys }),
      ...requestTags(tags),
    }
  }
  return {
    resource: ({ RoleArn }, { tx }) => roleToAssume(RoleArn, tx),
    context: keysOf,
    async alsoRequires(input, look): Promise<readonly AlsoRequired[]> {
      const { tags, transitiveTagKeys, sourceIdentity } = federationOf(look)
      const actions = [
        ...(tags.length + transitiveTagKeys.length > 0 ? ['sts:TagSession'] : []),
        ...(sourceIdentity !== undefined ? ['sts:SetSourceIdentity'] : []),
      ]
      if (actions.length === 0) return []
      const resource = await roleToAssume(input.RoleArn, look.tx)
      return actions.map((action) => ({ action, resource, context: keysOf(input, look) }))
    },
    denial: 'nameless',
  }
}

/** Invariant: only proven callers come here; the road asks everybody else for a signature. */
export const federationOf = ({ caller }: Pick<Look, 'caller'>): FederatedIdentity => {
  if (caller.federation === undefined) throw new Error('this operation is for callers that an identity provider speaks for')
  return caller.federation
}

type Fail = (code: 'ValidationError' | 'InvalidParameterValue' | 'InvalidIdentityToken', message: string) => never

const sourceIdentityPattern = /^(?!aws:)[\w+=,.@-]{2,64}$/

/** The session that a proven identity gets, once its tags and source identity are checked like those that a caller passes itself. */
export function federatedSession(identity: FederatedIdentity, sessionName: string, fail: Fail): SessionOfRole {
  const { tags, transitiveTagKeys, sourceIdentity, lasting, saml } = identity
  if (sourceIdentity !== undefined && !sourceIdentityPattern.test(sourceIdentity)) {
    fail('InvalidIdentityToken', 'Source Identity must match [a-zA-Z_0-9+=,.@-]{2,64} and not begin with "aws:"')
  }
  checkTagShapes(tags, fail)
  const passed = checkSessionTags(tags, transitiveTagKeys, undefined, fail)
  return {
    sessionName,
    carried: { ...chainedTags(passed, undefined), ...(sourceIdentity !== undefined && { sourceIdentity }), keys: lasting },
    ...(saml?.endsAt !== undefined && { endsAt: saml.endsAt }),
  }
}

/** The account that a federated caller acts in: the role's. Unlike AssumeRole, both calls take no other ARN (recorded fact 55). */
export function roleAccount({ RoleArn }: Asked): string {
  const accountId = accountOfRole(RoleArn)
  return /^arn:[^:]+:iam::\d{12}:role\/./.test(RoleArn) ? accountId : fail('ValidationError', 'Request ARN is invalid')
}
