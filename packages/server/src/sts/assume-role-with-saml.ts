/** AssumeRoleWithSAML: an identity provider whose metadata the account registered speaks for the caller (iam-behaviour §12). */
import { createHash, createPrivateKey } from 'node:crypto'
import type { Proof, Reason, Refusal, SamlIdentity } from '@bailiwick/identity'
import type { StsOperations } from '@bailiwick/model'
import { decryptionKeysOf, type SamlProviderRecord, samlProviderNamed } from '../iam/identity-providers/index.js'
import { AccountReader } from '../pipeline/account-store.js'
import type { Caller } from '../pipeline/caller.js'
import type { Operation, Proving } from '../pipeline/operation.js'
import { federatedAccess, federatedSession, federationOf, roleAccount } from './assume-role-federated.js'
import { openRoleSession } from './role-session.js'
import { samlKeys } from './saml-keys.js'

type WithSaml = StsOperations['AssumeRoleWithSAML']
type Fail = Proving<WithSaml['error']>['fail']

/** What AWS says of all that it cannot take for a response, be it in base64 or not. */
const unreadable = ['InvalidIdentityToken', discovery('Invalid base64 SAMLResponse', 'AuthSamlInvalidSamlResponseException')] as const

/** What is wrong with a response, in AWS's codes. Sentences that are not recorded are the refusal's own. */
const refusals: Partial<
  Record<
    Reason,
    readonly [
      code: 'InvalidIdentityToken' | 'ExpiredTokenException' | 'IDPRejectedClaim',
      sentence: (detail: string, requestId: string) => string,
    ]
  >
> = {
  signature: ['InvalidIdentityToken', () => 'Response signature invalid'],
  issuer: ['InvalidIdentityToken', discovery('Issuer not present in specified provider', 'AuthSamlInvalidSamlResponseException')],
  encoding: unreadable,
  malformed: unreadable,
  claim: unreadable,
  unsigned: [
    'InvalidIdentityToken',
    discovery(
      'Response (with optional signature) must contain an assertion with a mandatory signature',
      'AuthSamlInvalidSamlResponseException',
    ),
  ],
  audience: ['InvalidIdentityToken', () => 'Response does not contain the required audience.'],
  recipient: ['InvalidIdentityToken', () => 'Response does not contain the required recipient.'],
  expired: ['ExpiredTokenException', (detail) => detail],
  // The model's words for this error.
  rejected: ['IDPRejectedClaim', () => 'The identity provider (IdP) reported that authentication failed.'],
}

/** STS passes on what a service behind it says, with all that its client puts around it (cloudbeaver's issue 3112). */
function discovery(sentence: string, code: string): (_: string, requestId: string) => string {
  return (_, requestId) =>
    `${sentence} (Service: AWSOpenIdDiscoveryService; Status Code: 400; Error Code: ${code}; Request ID: ${requestId}; Proxy: null)`
}

const noProvider = discovery("Specified provider doesn't exist", 'AuthSamlManifestNotFoundException')

function refuse(fail: Fail, { reason, detail }: Refusal, requestId: string): never {
  const [code, sentence] = refusals[reason] ?? ['InvalidIdentityToken', (text: string) => `The SAML response is not valid: ${text}`]
  return fail(code, sentence(detail, requestId))
}

/** Where AWS has browsers sent with a response, by which identity providers know AWS. */
const awsOrigin = /^https:\/\/(?:[a-z0-9-]+\.)?signin\.aws\.amazon\.com/
const awsAudiences = ['https://signin.aws.amazon.com/saml', 'urn:amazon:webservices']

const reserved = /:role\/(?:[^/]+\/)*AWSReservedSSO_[^/]*$/

async function provenCaller(input: WithSaml['input'], proving: Proving<WithSaml['error']>): Promise<Caller> {
  // Roles of Identity Center are for its own assertions only.
  if (reserved.test(input.RoleArn)) proving.fail('AccessDenied', 'Not authorized to perform sts:AssumeRoleWithSAML')
  const accountId = roleAccount(input)
  const tx = new AccountReader(proving.store, accountId)
  const provider =
    (await samlProviderNamed(tx, input.PrincipalArn)) ?? proving.fail('InvalidIdentityToken', noProvider('', proving.surroundings.uuid()))
  const { proven, refused } = await provenBy(tx, provider, input.SAMLAssertion, proving)
  if (refused !== undefined) return refuse(proving.fail, refused, proving.surroundings.uuid())
  return callerOf(
    proven,
    { providerArn: input.PrincipalArn, providerName: provider.name, accountId, roleArn: input.RoleArn, now: proving.now },
    proving.fail,
  )
}

/** Whether the response is the provider's, and meant for us. */
async function provenBy(
  tx: AccountReader,
  provider: SamlProviderRecord,
  response: string,
  { surroundings, now }: Pick<Proving<never>, 'surroundings' | 'now'>,
): Promise<Proof<SamlIdentity>> {
  const ownUrl = surroundings.federation.publicUrl()
  const { proveResponse } = await import('@bailiwick/identity')
  return proveResponse(response, {
    issuers: provider.identityProviders,
    validUntil: provider.validUntil,
    audiences: [...awsAudiences, `${ownUrl}/saml`],
    isRecipient: (url) => isPlaceOf(provider, pathOf(url, ownUrl)),
    decryptionKeys: (await decryptionKeysOf(tx, provider)).map(({ key }) => createPrivateKey(key)),
    mustBeEncrypted: provider.encryption === 'Required',
    now,
  })
}

/** The path of a URL that is here or at AWS. */
function pathOf(url: string, ownUrl: string): string | undefined {
  const origin = url.startsWith(ownUrl) ? ownUrl : awsOrigin.exec(url)?.[0]
  return origin === undefined ? undefined : url.slice(origin.length)
}

/**
 * The path, here or at AWS, that responses of the provider are sent to: its own, or that of all providers, which tells nobody whose keys open
 * an encrypted one; where encryption is required, it must be the provider's own (IAM User Guide, "Configure SAML assertions").
 */
const isPlaceOf = ({ id, encryption }: SamlProviderRecord, path: string | undefined): boolean =>
  path === `/saml/acs/${id}` || (path === '/saml' && encryption !== 'Required')

/** Roles that a response offers together with a provider, and the attribute that limits a console session; nothing unless it is proven. */
export interface SamlOffer {
  readonly roleArns: readonly string[]
  readonly sessionSeconds: readonly string[]
}

/** For a page that lets people choose: `AssumeRoleWithSAML` proves the response once more. */
export async function samlOffer(
  providerArn: string,
  response: string,
  proving: Pick<Proving<never>, 'store' | 'surroundings' | 'now'>,
): Promise<SamlOffer | undefined> {
  const accountId = providerArn.split(':')[4] ?? ''
  const tx = new AccountReader(proving.store, accountId)
  const provider = await samlProviderNamed(tx, providerArn)
  const { proven } = provider === undefined ? {} : await provenBy(tx, provider, response, proving)
  if (proven === undefined) return undefined
  const offered = pairsIn(proven).filter((pair) => pair.length === 2 && pair.includes(providerArn))
  return {
    roleArns: offered.map(([one, other]) => (one === providerArn ? other! : one!)),
    sessionSeconds: proven.attributes.get(`${awsAttribute}SessionDuration`) ?? [],
  }
}

interface Asked {
  readonly providerArn: string
  readonly providerName: string
  readonly accountId: string
  readonly roleArn: string
  readonly now: number
}

const awsAttribute = 'https://aws.amazon.com/SAML/Attributes/'
const tagAttribute = `${awsAttribute}PrincipalTag:`
/** The value of a Role attribute: a role's ARN and its provider's, in either order. */
const pairsIn = ({ attributes }: SamlIdentity): string[][] =>
  (attributes.get(`${awsAttribute}Role`) ?? []).map((pair) => pair.split(',').map((arn) => arn.trim()))

const sessionNamePattern = /^[\w+=,.@-]{2,64}$/

function callerOf(identity: SamlIdentity, { providerArn, providerName, accountId, roleArn, now }: Asked, fail: Fail): Caller {
  const { subject, subjectType, issuer, recipient, attributes } = identity
  const given = (name: string): readonly string[] => attributes.get(`${awsAttribute}${name}`) ?? []
  // A role counts only together with the provider that the assertion names beside it, in either order.
  if (!pairsIn(identity).some((pair) => pair.length === 2 && pair.includes(roleArn) && pair.includes(providerArn))) {
    fail('InvalidIdentityToken', "SAML Assertion doesn't contain the requested Role and Metadata in the attributes")
  }
  const [sessionName = '', ...moreNames] = given('RoleSessionName')
  if (sessionName === '' || moreNames.length > 0) fail('InvalidIdentityToken', 'RoleSessionName is required in AuthnResponse')
  if (!sessionNamePattern.test(sessionName)) {
    fail('InvalidIdentityToken', 'RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}')
  }
  const [sourceIdentity, ...moreSources] = given('SourceIdentity')
  if (moreSources.length > 0) fail('InvalidIdentityToken', 'SourceIdentity in AuthnResponse must have one value')
  const nameQualifier = createHash('sha1').update(`${issuer}${accountId}/${providerName}`).digest('base64')
  const keys = samlKeys(identity, { nameQualifier, document: `${accountId}/${providerName}` })
  return {
    principal: { kind: 'saml', providerArn },
    arn: providerArn,
    accountId,
    userId: `${nameQualifier}:${subject}`,
    accessKeyId: '',
    context: keys.asked,
    inForce: {},
    federation: {
      subject,
      audience: recipient,
      issuer,
      tags: tagsOf(attributes, fail),
      transitiveTagKeys: given('TransitiveTagKeys'),
      sourceIdentity,
      lasting: keys.lasting,
      saml: { subjectType, nameQualifier, sessionName, endsAt: endOf(identity, given('SessionDuration'), now) },
    },
  }
}

/** The identity provider can make a session shorter than was asked for, in two ways, and never longer. */
function endOf({ sessionNotOnOrAfter = Number.POSITIVE_INFINITY }: SamlIdentity, durations: readonly string[], now: number): number {
  const seconds = durations.filter((text) => /^\d{1,9}$/.test(text)).map(Number)
  return Math.min(sessionNotOnOrAfter, ...seconds.map((each) => now + each * 1000))
}

function tagsOf(attributes: SamlIdentity['attributes'], fail: Fail): { readonly Key: string; readonly Value: string }[] {
  return [...attributes]
    .filter(([name]) => name.startsWith(tagAttribute))
    .map(([name, values]) => {
      if (values.length !== 1) fail('InvalidIdentityToken', 'A PrincipalTag in AuthnResponse must have one value')
      return { Key: name.slice(tagAttribute.length), Value: values[0]! }
    })
}

export const assumeRoleWithSaml: Operation<WithSaml> = {
  mode: 'read',
  provenBy: provenCaller,
  access: federatedAccess((_, { saml }) => saml!.sessionName),
  shows: { input: ['RoleArn', 'PrincipalArn', 'PolicyArns', 'Policy', 'DurationSeconds'] },
  async run(input, call) {
    const identity = federationOf(call)
    const { sessionName, subjectType, nameQualifier } = identity.saml!
    return {
      ...(await openRoleSession(input, federatedSession(identity, sessionName, call.fail), call)),
      Subject: identity.subject,
      SubjectType: subjectType,
      Issuer: identity.issuer,
      Audience: identity.audience,
      NameQualifier: nameQualifier,
    }
  },
}
