/** STS: who am I, and temporary credentials. Read `assume-role.ts`; what a token holds is in `../credentials/session-token.ts`. */
import { accountOfId, makeId, type StsOperations } from '@bailiwick/model'
import { wholeServer } from '../accounts/account.js'
import { accessKeys } from '../credentials/access-key.js'
import { usesUpCode } from '../iam/mfa-devices/mfa-code.js'
import { type Access, defineService, type Operation, type Service } from '../pipeline/operation.js'
import { assumeRole } from './assume-role.js'
import { assumeRoleWithSaml } from './assume-role-with-saml.js'
import { assumeRoleWithWebIdentity } from './assume-role-with-web-identity.js'
import { assumeRoot } from './assume-root.js'
import { decodeAuthorizationMessage } from './decode-authorization-message.js'
import { getDelegatedAccessToken } from './delegated-access-token.js'
import { getFederationToken } from './federation-token.js'
import { refuseTokenSize, sealedSession } from './sealed-session.js'
import { getWebIdentityToken } from './web-identity-token.js'

export { assumeRoleForService, type ServiceParts } from './assume-role-for-service.js'

type Op<Name extends keyof StsOperations> = Operation<StsOperations[Name]>

/** No resource of its own. The engine's table of service rules says which of these no policy can forbid (policy-semantics §6.10). */
const nothing: Access<object> = { resource: async (_, { tx }) => ({ arn: '*', accountId: tx.accountId }) }

const getCallerIdentity: Op<'GetCallerIdentity'> = {
  mode: 'read',
  access: nothing,
  shows: { input: [] },
  run: async (_, { caller }) => ({ UserId: caller.userId, Account: caller.accountId, Arn: caller.arn }),
}

const defaultSessionSeconds = 43_200
/** For the root user, whatever it asks for (iam-behaviour §12). */
const rootSessionSeconds = 3_600

const getSessionToken: Op<'GetSessionToken'> = {
  mode: 'read',
  access: nothing,
  shows: { input: ['DurationSeconds', 'SerialNumber'] },
  usesUp: usesUpCode,
  async run(input, { caller, now, fail, surroundings }) {
    const { DurationSeconds = defaultSessionSeconds, TokenCode } = input
    refuseTokenSize(input, fail)
    // Of users and roles the engine's service rules say so; of the root user they cannot tell (recorded fact 62).
    if (caller.session !== undefined) fail('AccessDenied', 'Cannot call GetSessionToken with session credentials')
    const isRoot = caller.principal.kind === 'root'
    const seconds = isRoot ? Math.min(DurationSeconds, rootSessionSeconds) : DurationSeconds
    return {
      Credentials: sealedSession(
        surroundings,
        {
          kind: isRoot ? 'root' : 'user',
          accountId: caller.accountId,
          principalId: caller.userId,
          accessKeyId: makeId('temporaryAccessKey', caller.accountId, surroundings.randomBytes(20)),
          issuedAt: now,
          expiresAt: now + seconds * 1000,
          ...(TokenCode !== undefined && { mfaAt: now }),
        },
        tooLarge,
      ),
    }
  },
}

/** A session that says nothing but who it is always fits. */
const tooLarge = (_: string, message: string): never => {
  throw new Error(message)
}

/** Keys that this server gave out are known; of others the id itself tells the account. */
const getAccessKeyInfo: Op<'GetAccessKeyInfo'> = {
  mode: 'read',
  access: nothing,
  shows: { input: ['AccessKeyId'] },
  async run({ AccessKeyId }, { tx, fail }) {
    const key = await tx.of(wholeServer).get(accessKeys, AccessKeyId)
    return {
      Account:
        key?.accountId ?? accountOfId(AccessKeyId) ?? fail('ValidationError', `Invalid value for parameter AccessKeyId: ${AccessKeyId}`),
    }
  },
}

export const sts: Service = defineService<StsOperations>('sts')(
  {
    AssumeRole: assumeRole,
    AssumeRoleWithSAML: assumeRoleWithSaml,
    AssumeRoleWithWebIdentity: assumeRoleWithWebIdentity,
    AssumeRoot: assumeRoot,
    DecodeAuthorizationMessage: decodeAuthorizationMessage,
    GetAccessKeyInfo: getAccessKeyInfo,
    GetCallerIdentity: getCallerIdentity,
    GetDelegatedAccessToken: getDelegatedAccessToken,
    GetFederationToken: getFederationToken,
    GetSessionToken: getSessionToken,
    GetWebIdentityToken: getWebIdentityToken,
  },
  ['GetScopedCredentials'],
)
