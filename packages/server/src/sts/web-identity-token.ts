/** GetWebIdentityToken: a token that tells services elsewhere who the caller is, checked with the keys of the account's issuer. */
import type { IssuingAlgorithm } from '@bailiwick/identity'
import type { StsOperations } from '@bailiwick/model'
import { issuerOf, outboundFederationOf } from '../iam/account/outbound-federation.js'
import { requestTags } from '../iam/noun.js'
import { fail } from '../pipeline/api-error.js'
import type { Caller } from '../pipeline/caller.js'
import type { Look, Operation, ResourceUnderRequest } from '../pipeline/operation.js'
import { refuseTwins } from './session-tags.js'

type GetWebIdentityToken = StsOperations['GetWebIdentityToken']

const defaultSeconds = 300
const algorithms: readonly string[] = ['RS256', 'ES384'] satisfies IssuingAlgorithm[]
/** As recorded: one byte more is refused. */
const maxPayloadBytes = 14_984

async function self(_: object, { caller, tx: { accountId } }: Look): Promise<ResourceUnderRequest> {
  // No policy lets them; AWS says so in words of its own.
  if (caller.principal.kind === 'federatedUser') fail('AccessDenied', 'GetWebIdentityToken does not support federated user sessions')
  return { arn: `arn:aws:sts::${accountId}:self`, accountId }
}

export const getWebIdentityToken: Operation<GetWebIdentityToken> = {
  mode: 'read',
  access: {
    resource: self,
    context: ({ Audience, DurationSeconds = defaultSeconds, SigningAlgorithm, Tags }) => ({
      'sts:IdentityTokenAudience': Audience,
      'sts:DurationSeconds': String(DurationSeconds),
      'sts:SigningAlgorithm': SigningAlgorithm,
      ...requestTags(Tags),
    }),
    async alsoRequires(input, look) {
      if ((input.Tags?.length ?? 0) === 0) return []
      return [{ action: 'sts:TagGetWebIdentityToken', resource: await self(input, look), context: requestTags(input.Tags) }]
    },
  },
  shows: { input: ['Audience', 'DurationSeconds', 'SigningAlgorithm', 'Tags'] },
  async run(input, { tx, caller, now, fail, region, surroundings }) {
    const { Audience, DurationSeconds = defaultSeconds, SigningAlgorithm, Tags = [] } = input
    if (!algorithms.includes(SigningAlgorithm)) {
      fail(
        'ValidationError',
        'Requested SigningAlgorithm is not supported. See the GetWebIdentityToken documentation for supported algorithms',
      )
    }
    if (input.Scope !== undefined || (input.SubjectMode ?? 'AWSIdentity') !== 'AWSIdentity') {
      fail('ValidationError', 'Scope and a SubjectMode other than AWSIdentity are not taken by this server.')
    }
    refuseTwins(Tags, fail)
    const expiresAt = now + DurationSeconds * 1000
    if (caller.session !== undefined && expiresAt > caller.session.expiresAt) {
      fail('SessionDurationEscalationException', "Requested token expiry time must be before the original session's expiry time.")
    }
    if (!(await outboundFederationOf(tx))?.enabled) {
      fail('OutboundWebIdentityFederationDisabledException', 'OutboundWebIdentityFederation is disabled.')
    }
    const { federation, uuid } = surroundings
    const principal = caller.context['aws:PrincipalArn'] ?? caller.arn
    const claims = {
      aud: Audience.length === 1 ? Audience[0] : Audience,
      sub: principal,
      'https://sts.amazonaws.com/': {
        aws_account: caller.accountId,
        ...named('request_tags', Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value]))),
        ...sessionClaims(caller),
        source_region: region,
        principal_id: principal,
        ...named('principal_tags', principalTagsOf(caller)),
      },
      iss: issuerOf(federation, caller.accountId),
      exp: Math.floor(expiresAt / 1000),
      iat: Math.floor(now / 1000),
      jti: uuid(),
    }
    if (Buffer.byteLength(JSON.stringify(claims)) > maxPayloadBytes) {
      fail('JWTPayloadSizeExceededException', 'JWT payload exceeds maximum allowed size')
    }
    const { issueToken } = await import('@bailiwick/identity')
    const key = await federation.issuingKeys.keyFor(caller.accountId, SigningAlgorithm as IssuingAlgorithm)
    return { WebIdentityToken: await issueToken(claims, key), Expiration: new Date(expiresAt) }
  },
}

/** What a session says of where it comes from, and of its end, in whole seconds. */
function sessionClaims({ session, context }: Caller): object {
  const provider = context['aws:FederatedProvider']
  return {
    ...(session !== undefined && { original_session_exp: new Date(session.expiresAt).toISOString().replace(/\.\d+Z$/, 'Z') }),
    ...(session?.sourceIdentity !== undefined && { source_identity: session.sourceIdentity }),
    ...(typeof provider === 'string' && { federated_provider: provider }),
  }
}

const tagKey = 'aws:PrincipalTag/'

function principalTagsOf({ context }: Caller): Readonly<Record<string, string>> {
  const tags = Object.entries(context).filter(
    (entry): entry is [string, string] => entry[0].startsWith(tagKey) && typeof entry[1] === 'string',
  )
  return Object.fromEntries(tags.map(([key, value]) => [key.slice(tagKey.length), value]))
}

const named = (name: string, values: Readonly<Record<string, string>>): object => (Object.keys(values).length > 0 ? { [name]: values } : {})
