/** GetFederationToken: a session under a name of the caller's choosing, with the caller's rights inside a session policy. */
import { makeId, type StsOperations } from '@bailiwick/model'
import type { SessionClaims } from '../credentials/session-token.js'
import { requestTags } from '../iam/noun.js'
import type { Look, Operation, ResourceUnderRequest } from '../pipeline/operation.js'
import { refuseTokenSize, sealedSession } from './sealed-session.js'
import { packedPolicySize, sessionPolicyText } from './session-policies.js'
import { checkSessionTags } from './session-tags.js'

type GetFederationToken = StsOperations['GetFederationToken']

const defaultSeconds = 43_200
/** For the root user, whatever it asks for (iam-behaviour §12). */
const rootSeconds = 3_600

const federatedUser = async ({ Name }: GetFederationToken['input'], { tx }: Look): Promise<ResourceUnderRequest> => ({
  arn: `arn:aws:sts::${tx.accountId}:federated-user/${Name}`,
  accountId: tx.accountId,
})

export const getFederationToken: Operation<GetFederationToken> = {
  mode: 'read',
  access: {
    resource: federatedUser,
    context: ({ Tags }) => requestTags(Tags),
    async alsoRequires(input, look) {
      if ((input.Tags?.length ?? 0) === 0) return []
      return [{ action: 'sts:TagSession', resource: await federatedUser(input, look), context: requestTags(input.Tags) }]
    },
    denial: 'bare',
  },
  shows: { input: ['Name', 'Policy', 'PolicyArns', 'DurationSeconds', 'Tags'] },
  async run(input, { tx, caller, now, fail, surroundings }) {
    const { Name, Policy, PolicyArns = [], DurationSeconds = defaultSeconds, Tags } = input
    const { accountId } = caller
    refuseTokenSize(input, fail)
    if (caller.session !== undefined) fail('AccessDenied', 'Cannot call GetFederationToken with session credentials')
    const seconds = caller.principal.kind === 'root' ? Math.min(DurationSeconds, rootSeconds) : DurationSeconds
    const { tags } = checkSessionTags(Tags, [], undefined, fail)
    const policies = Policy === undefined ? [] : [sessionPolicyText(Policy, fail)]
    const policyArns = PolicyArns.map(({ arn }) => arn ?? '')
    const packed = await packedPolicySize(tx, { policies, policyArns, tags }, fail)
    const claims: SessionClaims = {
      kind: 'federatedUser',
      accountId,
      principalId: caller.userId,
      accessKeyId: makeId('temporaryAccessKey', accountId, surroundings.randomBytes(20)),
      issuedAt: now,
      expiresAt: now + seconds * 1000,
      sessionName: Name,
      ...(policies.length > 0 && { policies }),
      ...(policyArns.length > 0 && { policyArns }),
      ...(tags.length > 0 && { tags }),
    }
    return {
      Credentials: sealedSession(surroundings, claims, fail),
      FederatedUser: { FederatedUserId: `${accountId}:${Name}`, Arn: `arn:aws:sts::${accountId}:federated-user/${Name}` },
      // Recorded fact 54: unlike AssumeRole, also when nothing was passed.
      PackedPolicySize: packed ?? 0,
    }
  },
}
