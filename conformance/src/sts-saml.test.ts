import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { STS } from '@aws-sdk/client-sts'
import { keyOf } from './clients.js'
import { account, allow, policy, refused, useServer } from './iam-scene.js'
import { entityId, login, metadata } from './saml-identity-provider.js'
import { ownCertificate, ownPrivateKey } from './saml-keys.js'

const PrincipalArn = `arn:aws:iam::${account}:saml-provider/corp`
const roleArn = (name: string): string => `arn:aws:iam::${account}:role/${name}`
const aws = (name: string): string => `https://aws.amazon.com/SAML/Attributes/${name}`
const awsSaml = 'https://signin.aws.amazon.com/saml'

const scene = useServer(async () => {
  await scene.iam().createSAMLProvider({ Name: 'corp', SAMLMetadataDocument: metadata() })
})

const stranger = (): STS =>
  new STS({
    endpoint: scene.server().endpoint,
    region: 'us-east-1',
    maxAttempts: 1,
    credentials: () => Promise.reject(new Error('there are no credentials')),
  })

const assume = (role: string, SAMLAssertion: string, more: object = {}) =>
  stranger().assumeRoleWithSAML({ RoleArn: roleArn(role), PrincipalArn, SAMLAssertion, ...more })

const attributes = (role: string, more: Readonly<Record<string, readonly string[]>> = {}) => ({
  [aws('Role')]: [`${roleArn('elsewhere')},${PrincipalArn}`, `${roleArn(role)},${PrincipalArn}`],
  [aws('RoleSessionName')]: ['dana@example.com'],
  ...more,
})

const trusting = (more: object = {}, actions: readonly string[] = ['sts:AssumeRoleWithSAML']): string =>
  policy({ Effect: 'Allow', Principal: { Federated: PrincipalArn }, Action: actions, ...more })

async function newRole(RoleName: string, trust = trusting(), ...statements: readonly object[]): Promise<void> {
  await scene.iam().createRole({ RoleName, AssumeRolePolicyDocument: trust })
  if (statements.length > 0) await scene.iam().putRolePolicy({ RoleName, PolicyName: 'own', PolicyDocument: policy(...statements) })
}

const notOffered = "InvalidIdentityToken 400 SAML Assertion doesn't contain the requested Role and Metadata in the attributes"
/** What STS passes on of a service behind it; the request of that service has an id of its own. */
const passedOn = (sentence: string, code: string): RegExp =>
  new RegExp(
    `^InvalidIdentityToken 400 ${sentence} \\(Service: AWSOpenIdDiscoveryService; Status Code: 400; Error Code: ${code}; Request ID: [0-9a-f-]{36}; Proxy: null\\)$`,
  )
const nobody = 'AccessDenied 403 Not authorized to perform sts:AssumeRoleWithSAML'

test('[item 3] a response of a registered identity provider makes a session, and the answer tells what it says', async () => {
  await newRole(
    'dev',
    trusting({ Condition: { StringEquals: { 'saml:aud': awsSaml, 'saml:iss': entityId, 'saml:doc': `${account}/corp` } } }),
    allow('iam:ListUsers'),
  )
  const { $metadata: _, Credentials, AssumedRoleUser, ...answer } = await assume('dev', await login({ attributes: attributes('dev') }))
  assert.deepEqual(answer, {
    Subject: 'dana',
    SubjectType: 'persistent',
    Issuer: entityId,
    Audience: awsSaml,
    NameQualifier: createHash('sha1').update(`${entityId}${account}/corp`).digest('base64'),
  })
  assert.equal(AssumedRoleUser!.Arn, `arn:aws:sts::${account}:assumed-role/dev/dana@example.com`)
  const key = keyOf(Credentials)
  assert.equal((await scene.sts(key).getCallerIdentity({})).Arn, AssumedRoleUser!.Arn)
  await scene.iam(key).listUsers({})
  assert.match(await refused(scene.iam(key).createUser({ UserName: 'x' })), /^AccessDenied 403 /)
})

test('[item 3] a role that the assertion does not offer with this provider is not given, whoever trusts it', async () => {
  await newRole('offered')
  await newRole('open')
  const SAMLAssertion = await login({ attributes: attributes('offered') })
  await assume('offered', SAMLAssertion)
  assert.equal(await refused(assume('open', SAMLAssertion)), notOffered)
  const swapped = await login({ attributes: attributes('x', { [aws('Role')]: [`${PrincipalArn},${roleArn('open')}`] }) })
  await assume('open', swapped)
  await newRole('AWSReservedSSO_Admin_0123456789abcdef')
  const reserved = await login({ attributes: attributes('AWSReservedSSO_Admin_0123456789abcdef') })
  assert.equal(await refused(assume('AWSReservedSSO_Admin_0123456789abcdef', reserved)), nobody, 'those are Identity Center’s')
  const otherProvider = `arn:aws:iam::${account}:saml-provider/other`
  const foreign = await login({ attributes: attributes('x', { [aws('Role')]: [`${roleArn('open')},${otherProvider}`] }) })
  assert.equal(await refused(assume('open', foreign)), notOffered)
  assert.match(
    await refused(assume('open', swapped, { PrincipalArn: otherProvider })),
    passedOn("Specified provider doesn't exist", 'AuthSamlManifestNotFoundException'),
  )
  const crossed = { RoleArn: PrincipalArn, PrincipalArn: roleArn('open'), SAMLAssertion: swapped }
  assert.equal(await refused(stranger().assumeRoleWithSAML(crossed)), 'ValidationError 400 Request ARN is invalid')
})

test('[item 3] the trust policy decides on what the assertion says, and denies without a word more', async () => {
  await newRole('by-subject', trusting({ Condition: { StringEquals: { 'saml:sub': 'dana', 'saml:sub_type': 'persistent' } } }))
  await newRole('by-group', trusting({ Condition: { 'ForAnyValue:StringEquals': { 'saml:edupersonaffiliation': 'staff' } } }))
  await newRole('nobody', policy({ Effect: 'Allow', Principal: { AWS: account }, Action: 'sts:AssumeRole' }))
  const affiliation = 'urn:oid:1.3.6.1.4.1.5923.1.1.1.1'
  const as = (role: string, subject = 'dana', groups: readonly string[] = ['member', 'staff']) =>
    login({ subject, attributes: attributes(role, { [affiliation]: groups }) })
  await assume('by-subject', await as('by-subject'))
  assert.equal(await refused(assume('by-subject', await as('by-subject', 'dan'))), nobody)
  await assume('by-group', await as('by-group'))
  assert.equal(await refused(assume('by-group', await as('by-group', 'dana', ['member']))), nobody)
  for (const role of ['nobody', 'missing']) assert.equal(await refused(assume(role, await as(role))), nobody)
})

test('[item 3] what is wrong with a response is told in the words of STS', async () => {
  await newRole('picky')
  const told = async (given: Partial<Parameters<typeof login>[0]>): Promise<string> =>
    refused(assume('picky', await login({ attributes: attributes('picky'), ...given })))
  const invalid = 'InvalidIdentityToken 400'
  assert.equal(await told({ audience: 'https://other.example.com' }), `${invalid} Response does not contain the required audience.`)
  assert.equal(await told({ recipient: 'https://evil.example.com/saml' }), `${invalid} Response does not contain the required recipient.`)
  assert.equal(await told({ issued: -301_000 }), 'ExpiredTokenException 400 Token must be redeemed within 5 minutes of issuance')
  assert.equal(await told({ issued: -10_000, expires: -1 }), 'ExpiredTokenException 400 Response has expired')
  assert.equal(
    await told({ attributes: attributes('picky', { [aws('RoleSessionName')]: [] }) }),
    `${invalid} RoleSessionName is required in AuthnResponse`,
  )
  assert.equal(
    await told({ attributes: attributes('picky', { [aws('RoleSessionName')]: ['no blanks'] }) }),
    `${invalid} RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}`,
  )
  assert.equal(
    await told({ attributes: attributes('picky', { [aws('SourceIdentity')]: ['aws:dana'] }) }),
    'AccessDenied 403 Not authorized to perform sts:SetSourceIdentity',
  )
  const good = Buffer.from(await login({ attributes: attributes('picky') }), 'base64').toString()
  const sent = (xml: string) => refused(assume('picky', Buffer.from(xml).toString('base64')))
  assert.equal(await sent(good.replace('>dana</saml:NameID>', '>root</saml:NameID>')), `${invalid} Response signature invalid`)
  assert.match(
    await sent(good.replaceAll(entityId, 'https://other.example.com')),
    passedOn('Issuer not present in specified provider', 'AuthSamlInvalidSamlResponseException'),
  )
  assert.match(
    await refused(assume('picky', '<samlp:Response/>')),
    passedOn('Invalid base64 SAMLResponse', 'AuthSamlInvalidSamlResponseException'),
  )
  assert.equal(
    await sent(good.replace('status:Success', 'status:AuthnFailed')),
    'IDPRejectedClaim 403 The identity provider (IdP) reported that authentication failed.',
  )
  const unreadable = passedOn('Invalid base64 SAMLResponse', 'AuthSamlInvalidSamlResponseException')
  for (const xml of [`<!DOCTYPE x>${good}`, '<x/>']) assert.match(await sent(xml), unreadable)
  assert.match(
    await sent(good.replace(/<ds:Signature .*<\/ds:Signature>/s, '')),
    passedOn(
      'Response \\(with optional signature\\) must contain an assertion with a mandatory signature',
      'AuthSamlInvalidSamlResponseException',
    ),
  )
  assert.equal(
    await refused(assume('picky', await login({ attributes: attributes('picky') }), { DurationSeconds: 3601 })),
    'ValidationError 400 The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
  )
})

test('[item 3] tags and source identity of an assertion need their own permissions and reach the session', async () => {
  const more = { [aws('PrincipalTag:team')]: ['blue'], [aws('TransitiveTagKeys')]: ['team'], [aws('SourceIdentity')]: ['dana'] }
  await newRole('untagged')
  assert.equal(
    await refused(assume('untagged', await login({ attributes: attributes('untagged', more) }))),
    'AccessDenied 403 Not authorized to perform sts:TagSession',
  )
  await newRole(
    'tagged',
    trusting({}, ['sts:AssumeRoleWithSAML', 'sts:TagSession', 'sts:SetSourceIdentity']),
    allow('iam:CreateUser', `arn:aws:iam::${account}:user/\${aws:PrincipalTag/team}-*`, {
      Condition: { StringEquals: { 'aws:SourceIdentity': 'dana', 'saml:sub': 'dana' } },
    }),
  )
  const answer = await assume('tagged', await login({ attributes: attributes('tagged', more) }))
  assert.equal(answer.SourceIdentity, 'dana')
  const iam = scene.iam(keyOf(answer.Credentials))
  await iam.createUser({ UserName: 'blue-saml' })
  assert.match(await refused(iam.createUser({ UserName: 'red-saml' })), /^AccessDenied /)
})

test('[item 3] a source identity alone is set where the trust policy allows sts:SetSourceIdentity for it, and nowhere else', async () => {
  const named = (value: string) => ({ [aws('SourceIdentity')]: [value] })
  const as = async (role: string, value = 'dana') => assume(role, await login({ attributes: attributes(role, named(value)) }))
  const denied = 'AccessDenied 403 Not authorized to perform sts:SetSourceIdentity'
  await newRole('unsourced')
  await newRole('tag-only', trusting({}, ['sts:AssumeRoleWithSAML', 'sts:TagSession']))
  for (const role of ['unsourced', 'tag-only']) assert.equal(await refused(as(role)), denied, role)
  await assume('unsourced', await login({ attributes: attributes('unsourced') }))
  const both = ['sts:AssumeRoleWithSAML', 'sts:SetSourceIdentity']
  const barring = { Effect: 'Deny', Principal: { Federated: PrincipalArn }, Action: 'sts:SetSourceIdentity' }
  await newRole('source-barred', policy(...JSON.parse(trusting({}, both)).Statement, barring))
  assert.equal(await refused(as('source-barred')), denied)
  await newRole('sourced', trusting({ Condition: { StringLike: { 'sts:SourceIdentity': 'da*' } } }, both))
  assert.equal((await as('sourced')).SourceIdentity, 'dana')
  assert.equal(await refused(as('sourced', 'eve')), nobody)
  await newRole('any-source', trusting({}, both))
  for (const wrong of ['aws:dana', 'd', 'no blanks', 'x'.repeat(65)]) {
    assert.equal(
      await refused(as('any-source', wrong)),
      'InvalidIdentityToken 400 Source Identity must match [a-zA-Z_0-9+=,.@-]{2,64} and not begin with "aws:"',
      wrong,
    )
  }
})

test('[item 3] a session ends with the one at the identity provider, where that ends sooner', async () => {
  await newRole('short')
  const whole = Math.floor(Date.now() / 1000) * 1000
  const lasting = async (sessionEndsAt: number, more: object = {}) => {
    const { Credentials } = await assume('short', await login({ attributes: attributes('short'), sessionEndsAt }), more)
    return Credentials!.Expiration!.getTime()
  }
  assert.equal(await lasting(whole + 1_800_000), whole + 1_800_000, 'of an hour that nobody asked for')
  assert.equal(await lasting(whole + 1_800_000, { DurationSeconds: 3600 }), whole + 1_800_000, 'of an hour that was asked for')
  assert.equal(await lasting(whole + 600_000), whole + 600_000, 'of less than the shortest that can be asked for')
  assert.ok((await lasting(whole + 7_200_000, { DurationSeconds: 900 })) < whole + 7_200_000, 'and it makes none longer')
  assert.equal(await refused(lasting(whole - 1000)), 'ExpiredTokenException 400 Response has expired')
})

test('[item 3] an attribute shortens a session, and makes none longer', async () => {
  await newRole('timed')
  await scene.iam().updateRole({ RoleName: 'timed', MaxSessionDuration: 7200 })
  const lasting = async (said: string, more: object = {}) => {
    const { Credentials } = await assume(
      'timed',
      await login({ attributes: attributes('timed', { [aws('SessionDuration')]: [said] }) }),
      more,
    )
    return Math.round((Credentials!.Expiration!.getTime() - Date.now()) / 100_000)
  }
  assert.equal(await lasting('900'), 9)
  assert.equal(await lasting('7200'), 36)
  assert.equal(await lasting('7200', { DurationSeconds: 7200 }), 72)
  assert.equal(await lasting('1800', { DurationSeconds: 7200 }), 18)
  assert.equal(await lasting('soon'), 36)
})

test('[item 3] the trust policy sees a user of the account, known by the provider and without an ARN of its own', async () => {
  for (const [role, Condition, allowed] of [
    ['saml-user', { StringEquals: { 'aws:PrincipalType': 'User', 'aws:PrincipalAccount': account, 'aws:userid': PrincipalArn } }, true],
    ['saml-no-arn', { Null: { 'aws:PrincipalArn': 'true' } }, true],
    ['saml-arn', { Null: { 'aws:PrincipalArn': 'false' } }, false],
    ['saml-federated', { StringEquals: { 'aws:PrincipalType': 'FederatedUser' } }, false],
    ['saml-subject', { StringEquals: { 'aws:userid': 'dana' } }, false],
  ] as const) {
    await newRole(role, trusting({ Condition }))
    const asked = assume(role, await login({ attributes: attributes(role) }))
    if (allowed) await asked
    else assert.equal(await refused(asked), nobody, role)
  }
  await newRole('saml-everybody', policy({ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRoleWithSAML' }))
  assert.equal(await refused(assume('saml-everybody', await login({ attributes: attributes('saml-everybody') }))), nobody)
})

test('[item 3] encrypted assertions are taken with the key of the provider, and where it requires them no others, nor to another place', async () => {
  await newRole('sealed')
  const { SAMLProviderUUID } = await scene.iam().getSAMLProvider({ SAMLProviderArn: PrincipalArn })
  const ownPlace = `${awsSaml}/acs/${SAMLProviderUUID}`
  const mine = (recipient = ownPlace) => login({ attributes: attributes('sealed'), encryptFor: ownCertificate, recipient })
  const told = async (response: Promise<string>) => refused(assume('sealed', await response))
  const invalid = 'InvalidIdentityToken 400 Response signature invalid'
  const misled = 'InvalidIdentityToken 400 Response does not contain the required recipient.'
  const change = (more: object) => scene.iam().updateSAMLProvider({ SAMLProviderArn: PrincipalArn, ...more })
  assert.equal(await told(mine()), invalid, 'without a key')
  await change({ AddPrivateKey: ownPrivateKey })
  await assume('sealed', await mine())
  await assume('sealed', await mine(awsSaml))
  await assume('sealed', await login({ attributes: attributes('sealed'), recipient: ownPlace }))
  await change({ AssertionEncryptionMode: 'Required' })
  const answer = await assume('sealed', await mine(ownPlace.replace('signin', 'eu-west-1.signin')))
  assert.equal(answer.Audience, ownPlace.replace('signin', 'eu-west-1.signin'))
  await assume('sealed', await mine(`http://localhost:${new URL(scene.server().endpoint).port}/saml/acs/${SAMLProviderUUID}`))
  for (const elsewhere of [awsSaml, `${awsSaml}/acs/SAMLSPAAAAAAAAAAAAAAAA`, `/saml/acs/${SAMLProviderUUID}`, `${ownPlace}/x`]) {
    assert.equal(await told(mine(elsewhere)), misled, elsewhere)
  }
  assert.match(
    await told(login({ attributes: attributes('sealed'), recipient: ownPlace })),
    passedOn('Invalid base64 SAMLResponse', 'AuthSamlInvalidSamlResponseException'),
    'not encrypted',
  )
  await change({ AssertionEncryptionMode: 'Allowed' })
  assert.equal(await told(mine(`${awsSaml}/acs/SAMLSPAAAAAAAAAAAAAAAA`)), misled)
})

test('[item 3] a provider whose metadata has a key for encryption only, or none, vouches for nobody', async () => {
  const root = scene.iam()
  const own = `arn:aws:iam::${account}:saml-provider/keyless`
  const role = 'of-keyless'
  await newRole(role, trusting({ Principal: { Federated: own } }))
  const SAMLAssertion = await login({ attributes: attributes(role, { [aws('Role')]: [`${roleArn(role)},${own}`] }) })
  const ask = () => assume(role, SAMLAssertion, { PrincipalArn: own })
  await root.createSAMLProvider({ Name: 'keyless', SAMLMetadataDocument: metadata() })
  await ask()
  for (const SAMLMetadataDocument of [
    metadata().replaceAll('use="signing"', 'use="encryption"'),
    metadata()
      .replaceAll(/<KeyDescriptor.*?<\/KeyDescriptor>/gs, '')
      .padEnd(1000),
  ]) {
    assert.doesNotMatch(SAMLMetadataDocument, /use="signing"/)
    await root.updateSAMLProvider({ SAMLProviderArn: own, SAMLMetadataDocument })
    assert.match(await refused(ask()), /^InvalidIdentityToken 400 Response signature invalid/)
  }
})
