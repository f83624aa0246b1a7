/** AssumeRoleWithWebIdentity: an issuer that the account registered speaks for the caller (recorded facts 65–67). */
import type { ReadToken, Reason, Refusal, WebIdentity } from '@bailiwick/identity'
import type { StsOperations } from '@bailiwick/model'
import { FetchError } from '../federation/index.js'
import { type OidcProviderRecord, oidcProviderFor } from '../iam/identity-providers/index.js'
import { AccountReader } from '../pipeline/account-store.js'
import type { Caller, FederatedPrincipal } from '../pipeline/caller.js'
import { mergedKeys } from '../pipeline/merged-keys.js'
import type { Operation, Proving } from '../pipeline/operation.js'
import { federatedAccess, federatedSession, federationOf, roleAccount } from './assume-role-federated.js'
import { openRoleSession } from './role-session.js'
import { webIdentityKeys } from './web-identity-keys.js'

type WithWebIdentity = StsOperations['AssumeRoleWithWebIdentity']

const noKey =
  "Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity documentation for requirements"
const otherCertificate = "OpenIDConnect provider's HTTPS certificate doesn't match configured thumbprint"
const notValidated =
  'The web identity token provided could not be validated. See the AssumeRoleWithWebIdentity documentation for requirements.'
const notReached = 'The identity provider could not be reached. Retry the request a limited number of times.'

/** What is wrong with a token, in AWS's codes. Sentences that are not recorded are the refusal's own. */
const refusals: Partial<
  Record<Reason, readonly [code: 'InvalidIdentityToken' | 'ExpiredTokenException', sentence: (detail: string) => string]>
> = {
  malformed: [
    'InvalidIdentityToken',
    () => 'The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)',
  ],
  signature: ['InvalidIdentityToken', () => notValidated],
  unknownKey: ['InvalidIdentityToken', () => noKey],
  missingClaim: ['InvalidIdentityToken', (name) => `Missing a required claim: ${name}`],
  emptyClaim: ['InvalidIdentityToken', (name) => `Claim is not allowed to be empty: ${name}`],
  audience: ['InvalidIdentityToken', () => notValidated],
  severalAudiences: ['InvalidIdentityToken', () => 'Token audience contains more than one audience while authorized party is not present'],
  timestamp: ['InvalidIdentityToken', () => 'Invalid timestamp in token claims.'],
  expired: ['ExpiredTokenException', (detail) => `Token expired: ${detail}`],
  issuedLater: ['InvalidIdentityToken', (time) => `Token issued in the future: ${time}`],
  notYet: ['InvalidIdentityToken', (detail) => `Token not yet valid: ${detail}`],
  tags: ['InvalidIdentityToken', () => 'principal_tags passed in claim is not in correct format.'],
  roles: ['InvalidIdentityToken', () => 'The roles claim is not in a supported format'],
}

type Fail = Proving<WithWebIdentity['error']>['fail']

function refuse(fail: Fail, { reason, detail }: Refusal): never {
  const [code, sentence] = refusals[reason] ?? ['InvalidIdentityToken', (text: string) => `The web identity token is not valid: ${text}`]
  return fail(code, sentence(detail))
}

/** Loaded when the first token comes: starting does not wait for it. */
let proofs: typeof import('@bailiwick/identity') | undefined

async function provenCaller(input: WithWebIdentity['input'], proving: Proving<WithWebIdentity['error']>): Promise<Caller> {
  const { fail, store } = proving
  const accountId = roleAccount(input)
  if (input.ProviderId !== undefined) refuseProvider(input.ProviderId, fail)
  const { readToken } = (proofs ??= await import('@bailiwick/identity'))
  const read = readToken(input.WebIdentityToken)
  if (read.refused !== undefined) return refuse(fail, read.refused)
  const { claimedIssuer } = read.proven
  const provider = await oidcProviderFor(new AccountReader(store, accountId), claimedIssuer)
  if (provider === undefined) return fail('InvalidIdentityToken', notValidated)
  const identity = await proven(read.proven, provider, proving)
  // Whatever the role's trust policy says.
  const { roles = [input.RoleArn] } = identity
  if (!roles.includes(input.RoleArn)) {
    if (!roles.some((arn) => namesRole.test(arn))) return fail('InvalidIdentityToken', 'The roles claim contains no valid role ARNs')
    return fail('InvalidIdentityToken', 'The target role ARN is not present in the roles claim of the identity token')
  }
  return callerOf(identity, provider, accountId)
}

/** Without wildcards, and no two of them that a comma parts. */
const namesRole = /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/

/** Providers of OAuth 2.0 access tokens, which only they themselves can tell from others: this server asks nobody, and takes none. */
function refuseProvider(providerId: string, fail: Fail): never {
  if (providerId === 'www.amazon.com') fail('InvalidIdentityToken', 'Provided Token is not a Login With Amazon token')
  if (providerId === 'graph.facebook.com') fail('IDPRejectedClaim', 'graph.facebook.com rejected OAuth token')
  return fail('AccessDenied', 'Unrecognized OAuth provider. Do not include a provider parameter when submitting OpenIDConnect ID tokens')
}

/** With the keys that are kept; when the token names another, with those of now. */
async function proven(
  token: ReadToken,
  provider: OidcProviderRecord,
  { now, surroundings, fail }: Proving<WithWebIdentity['error']>,
): Promise<WebIdentity> {
  const { proveToken } = proofs!
  const { issuerKeys } = surroundings.federation
  const issuer = token.claimedIssuer
  let refused: Refusal | undefined
  for (const unknownKey of [false, true]) {
    const keys = await issuerKeys.keysOf(issuer, provider.thumbprints, unknownKey).catch((error: unknown) => {
      if (!(error instanceof FetchError)) throw error
      if (error.reason === 'unreachable') return fail('IDPCommunicationError', notReached)
      return fail('InvalidIdentityToken', error.reason === 'certificate' ? otherCertificate : noKey)
    })
    const proof = await proveToken(token, { keys, issuer, audiences: provider.clientIds, now })
    if (proof.refused === undefined) return proof.proven
    refused = proof.refused
    if (refused.reason !== 'unknownKey') break
  }
  return refuse(fail, refused!)
}

const principals = new WeakMap<OidcProviderRecord, FederatedPrincipal>()

/** One for all callers of a provider: what they share is kept by it. */
function principalOf(provider: OidcProviderRecord, providerArn: string): FederatedPrincipal {
  let principal = principals.get(provider)
  if (principal?.providerArn !== providerArn) principals.set(provider, (principal = { kind: 'oidc', providerArn }))
  return principal
}

function callerOf(identity: WebIdentity, provider: OidcProviderRecord, accountId: string): Caller {
  const { subject, audience, issuer, tags, transitiveTagKeys, sourceIdentity, roles } = identity
  const providerArn = `arn:aws:iam::${accountId}:oidc-provider/${provider.name}`
  const { asked, lasting } = webIdentityKeys(identity, provider.name, providerArn)
  return {
    principal: principalOf(provider, providerArn),
    arn: providerArn,
    accountId,
    userId: `${providerArn}:${audience}:${subject}`,
    accessKeyId: '',
    context: mergedKeys(asked, { 'sts:RoleAuthorizedByIdp': String(roles !== undefined) }),
    inForce: {},
    federation: { subject, audience, issuer, tags, transitiveTagKeys, sourceIdentity, lasting },
  }
}

export const assumeRoleWithWebIdentity: Operation<WithWebIdentity> = {
  mode: 'read',
  provenBy: provenCaller,
  access: federatedAccess(({ RoleSessionName }) => RoleSessionName),
  shows: { input: ['RoleArn', 'RoleSessionName', 'ProviderId', 'PolicyArns', 'Policy', 'DurationSeconds'] },
  async run(input, call) {
    const identity = federationOf(call)
    const session = federatedSession(identity, input.RoleSessionName, call.fail)
    const { arn } = call.caller
    return {
      ...(await openRoleSession(input, { ...session, provider: arn.slice(arn.indexOf('/') + 1) }, call)),
      SubjectFromWebIdentityToken: identity.subject,
      Provider: arn,
      Audience: identity.audience,
    }
  },
}
