/** GetWebIdentityToken: a token that tells services elsewhere who the caller is, checked with the keys of the account's issuer. */
import type { IssuingAlgorithm } from '@bailiwick/identity'
import type { StsOperations } from '@bailiwick/model'
import { issuerOf, outboundFederationOf } from '../iam/account/outbound-federation.js'
import { requestTags } from '../iam/noun.js'
import type { Caller } from '../pipeline/caller.js'
import type { Look, Operation, ResourceUnderRequest } from '../pipeline/operation.js'
import { checkSessionTags } from './session-tags.js'

type GetWebIdentityToken = StsOperations['GetWebIdentityToken']

const defaultSeconds = 300
const algorithms: readonly string[] = ['RS256', 'ES384'] satisfies IssuingAlgorithm[]
/** AWS does not tell its own limit; a token of this size still fits into a header. */
const maxPayloadBytes = 6_144

const nothing = async (_: object, { tx }: Look): Promise<ResourceUnderRequest> => ({ arn: '*', accountId: tx.accountId })

export const getWebIdentityToken: Operation<GetWebIdentityToken> = {
  mode: 'read',
  access: {
    resource: nothing,
    context: ({ Audience, DurationSeconds = defaultSeconds, SigningAlgorithm, Tags }) => ({
      'sts:IdentityTokenAudience': Audience,
      'sts:DurationSeconds': String(DurationSeconds),
      'sts:SigningAlgorithm': SigningAlgorithm,
      ...requestTags(Tags),
    }),
    async alsoRequires(input, look) {
      if ((input.Tags?.length ?? 0) === 0) return []
      return [{ action: 'sts:TagGetWebIdentityToken', resource: await nothing(input, look), context: requestTags(input.Tags) }]
    },
  },
  shows: { input: ['Audience', 'DurationSeconds', 'SigningAlgorithm', 'Tags'] },
  async run(input, { tx, caller, now, fail, region, surroundings }) {
    const { Audience, DurationSeconds = defaultSeconds, SigningAlgorithm, Tags } = input
    if (!algorithms.includes(SigningAlgorithm)) fail('ValidationError', `SigningAlgorithm must be one of ${algorithms.join(', ')}.`)
    if (input.Scope !== undefined || (input.SubjectMode ?? 'AWSIdentity') !== 'AWSIdentity') {
      fail('ValidationError', 'Scope and a SubjectMode other than AWSIdentity are not taken by this server.')
    }
    if (!(await outboundFederationOf(tx))?.enabled) {
      fail('OutboundWebIdentityFederationDisabledException', 'Outbound web identity federation is not enabled for this account.')
    }
    const { tags } = checkSessionTags(Tags, [], undefined, fail)
    const issuedAt = Math.floor(now / 1000)
    const expiresAt = issuedAt + DurationSeconds
    if (caller.session !== undefined && expiresAt * 1000 > caller.session.expiresAt) {
      fail('SessionDurationEscalationException', 'The requested token would outlive the session that asks for it.')
    }
    const { federation, uuid } = surroundings
    const claims = {
      iss: issuerOf(federation, caller.accountId),
      aud: Audience.length === 1 ? Audience[0] : Audience,
      sub: caller.context['aws:PrincipalArn'] ?? caller.arn,
      iat: issuedAt,
      exp: expiresAt,
      jti: uuid(),
      'https://sts.amazonaws.com/': {
        aws_account: caller.accountId,
        source_region: region,
        principal_id: caller.arn,
        ...named('principal_tags', principalTagsOf(caller)),
        ...named('request_tags', Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]))),
        ...(caller.session?.sourceIdentity !== undefined && { source_identity: caller.session.sourceIdentity }),
        ...(caller.session !== undefined && { original_session_exp: new Date(caller.session.expiresAt).toISOString() }),
      },
    }
    if (Buffer.byteLength(JSON.stringify(claims)) > maxPayloadBytes) {
      fail(
        'JWTPayloadSizeExceededException',
        `The payload of the token is larger than ${maxPayloadBytes} bytes: pass fewer tags or audiences.`,
      )
    }
    const { issueToken } = await import('@bailiwick/identity')
    const key = await federation.issuingKeys.keyFor(caller.accountId, SigningAlgorithm as IssuingAlgorithm)
    return { WebIdentityToken: await issueToken(claims, key), Expiration: new Date(expiresAt * 1000) }
  },
}

const tagKey = 'aws:PrincipalTag/'

function principalTagsOf({ context }: Caller): Readonly<Record<string, string>> {
  const tags = Object.entries(context).filter(
    (entry): entry is [string, string] => entry[0].startsWith(tagKey) && typeof entry[1] === 'string',
  )
  return Object.fromEntries(tags.map(([key, value]) => [key.slice(tagKey.length), value]))
}

const named = (name: string, values: Readonly<Record<string, string>>): object => (Object.keys(values).length > 0 ? { [name]: values } : {})
