import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadService, type ServiceName, serviceNames } from '@bailiwick/model'
import { validationMessage, violations } from './constraints.js'
import type { Value } from './protocol.js'

const message = async (service: ServiceName, operation: string, input: Value): Promise<string> => {
  const model = await loadService(service)
  return validationMessage(model, violations(model, operation, input))
}
const accepted = async (service: ServiceName, operation: string, input: Value): Promise<void> =>
  assert.deepEqual(violations(await loadService(service), operation, input), [])

const tag = { Key: 'k', Value: 'v' }
const arn = 'arn:aws:iam::111122223333:role/r'

interface Case {
  readonly name: string
  readonly service: ServiceName
  readonly operation: string
  readonly bad: Value
  /** The nearest input that is accepted. */
  readonly good: Value
  readonly message: string
}

const everyText = '[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u0085\\u00A0-\\uD7FF\\uE000-\\uFFFD\\u10000-\\u10FFFF]+'

const cases: readonly Case[] = [
  {
    name: 'IAM leaves the value out, and lists an enumeration, as recorded in 2026',
    service: 'iam',
    operation: 'UpdateAccessKey',
    bad: { AccessKeyId: 'A'.repeat(20), Status: 'on' },
    good: { AccessKeyId: 'A'.repeat(20), Status: 'Active' },
    message:
      "1 validation error detected: Value at 'status' failed to satisfy constraint: Member must satisfy enum value set: [Active, Inactive, Expired]",
  },
  {
    name: 'IAM prints the pattern without the value (recorded fact 6)',
    service: 'iam',
    operation: 'DeleteServiceSpecificCredential',
    bad: { ServiceSpecificCredentialId: '-'.repeat(20) },
    good: { ServiceSpecificCredentialId: 'A'.repeat(20) },
    message:
      "1 validation error detected: Value at 'serviceSpecificCredentialId' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w]+",
  },
  {
    name: 'STS shows the value (recorded fact 7)',
    service: 'sts',
    operation: 'AssumeRole',
    bad: { RoleArn: arn, RoleSessionName: 'Session1:2' },
    good: { RoleArn: arn, RoleSessionName: 'Session1-2' },
    message:
      "1 validation error detected: Value 'Session1:2' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*",
  },
  {
    name: 'a required member that is absent',
    service: 'iam',
    operation: 'CreateUser',
    bad: {},
    good: { UserName: 'A' },
    message: "1 validation error detected: Value at 'userName' failed to satisfy constraint: Member must not be null",
  },
  {
    name: 'a text that is too short, and one that is too long: the length rule, not the sentence about names',
    service: 'iam',
    operation: 'CreateUser',
    bad: { UserName: '!'.repeat(65) },
    good: { UserName: 'a'.repeat(64) },
    message:
      "1 validation error detected: Value at 'userName' failed to satisfy constraint: Member must have length less than or equal to 64",
  },
  {
    name: 'a number out of its range',
    service: 'iam',
    operation: 'ListUsers',
    bad: { MaxItems: 1001 },
    good: { MaxItems: 1000 },
    message:
      "1 validation error detected: Value at 'maxItems' failed to satisfy constraint: Member must have value less than or equal to 1000",
  },
  {
    name: 'a number below its range',
    service: 'sts',
    operation: 'GetSessionToken',
    bad: { DurationSeconds: 899 },
    good: { DurationSeconds: 900 },
    message:
      "1 validation error detected: Value '899' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900",
  },
  {
    name: 'a list that is too long',
    service: 'iam',
    operation: 'TagUser',
    bad: { UserName: 'A', Tags: Array.from({ length: 51 }, () => tag) },
    good: { UserName: 'A', Tags: Array.from({ length: 50 }, () => tag) },
    message: "1 validation error detected: Value at 'tags' failed to satisfy constraint: Member must have length less than or equal to 50",
  },
  {
    name: 'a structure in a list is named by its number',
    service: 'iam',
    operation: 'TagUser',
    bad: { UserName: 'A', Tags: [tag, { Key: 'k'.repeat(129), Value: 'v' }] },
    good: { UserName: 'A', Tags: [tag, { Key: 'k'.repeat(128), Value: 'v' }] },
    message:
      "1 validation error detected: Value at 'tags.2.member.key' failed to satisfy constraint: Member must have length less than or equal to 128",
  },
  {
    name: 'a list of texts is named itself, with all that is demanded of each text',
    service: 'iam',
    operation: 'UntagUser',
    bad: { UserName: 'A', TagKeys: ['a', 'k'.repeat(129), 'b!'] },
    good: { UserName: 'A', TagKeys: ['a', 'k'.repeat(128)] },
    message:
      "1 validation error detected: Value at 'tagKeys' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 128, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+, Member must not be null]",
  },
  {
    name: 'STS shows the texts of such a list',
    service: 'sts',
    operation: 'AssumeRole',
    bad: { RoleArn: arn, RoleSessionName: 'ok', TransitiveTagKeys: ['a', 'b!'] },
    good: { RoleArn: arn, RoleSessionName: 'ok', TransitiveTagKeys: ['a', 'b'] },
    message:
      "1 validation error detected: Value '[a, b!]' at 'transitiveTagKeys' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 128, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+]",
  },
  {
    name: 'a list of an enumeration',
    service: 'iam',
    operation: 'GetAccountAuthorizationDetails',
    bad: { Filter: ['User', 'Robot'] },
    good: { Filter: ['User', 'Role'] },
    message:
      "1 validation error detected: Value at 'filter' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [LocalManagedPolicy, User, AWSManagedPolicy, Role, Group]]",
  },
  {
    name: 'three faults come in the order of a hash map: lists among them',
    service: 'iam',
    operation: 'CreateOpenIDConnectProvider',
    bad: { Url: 'b'.repeat(256), ClientIDList: ['b'.repeat(256)], ThumbprintList: ['b'.repeat(41)] },
    good: { Url: 'b'.repeat(255), ClientIDList: ['b'.repeat(255)], ThumbprintList: ['b'.repeat(40)] },
    message:
      "3 validation errors detected: Value at 'clientIDList' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 255, Member must have length greater than or equal to 1]; Value at 'thumbprintList' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 40, Member must have length greater than or equal to 40]; Value at 'url' failed to satisfy constraint: Member must have length less than or equal to 255",
  },
  {
    name: 'and numbers',
    service: 'iam',
    operation: 'UpdateAccountPasswordPolicy',
    bad: { MinimumPasswordLength: 129, MaxPasswordAge: 1096, PasswordReusePrevention: 25 },
    good: { MinimumPasswordLength: 128, MaxPasswordAge: 1095, PasswordReusePrevention: 24 },
    message:
      "3 validation errors detected: Value at 'minimumPasswordLength' failed to satisfy constraint: Member must have value less than or equal to 128; Value at 'passwordReusePrevention' failed to satisfy constraint: Member must have value less than or equal to 24; Value at 'maxPasswordAge' failed to satisfy constraint: Member must have value less than or equal to 1095",
  },
  {
    name: 'two faults are counted and joined',
    service: 'iam',
    operation: 'UpdateAccessKey',
    bad: { AccessKeyId: 'A', Status: 'on' },
    good: { AccessKeyId: 'A'.repeat(16), Status: 'Inactive' },
    message:
      "2 validation errors detected: Value at 'accessKeyId' failed to satisfy constraint: Member must have length greater than or equal to 16; Value at 'status' failed to satisfy constraint: Member must satisfy enum value set: [Active, Inactive, Expired]",
  },
  {
    name: 'names of roles have a sentence of their own',
    service: 'iam',
    operation: 'GetRole',
    bad: { RoleName: 'a b' },
    good: { RoleName: 'a+=,.@_-b' },
    message: 'The specified value for roleName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-',
  },
  {
    name: 'paths have one too',
    service: 'iam',
    operation: 'CreateUser',
    bad: { UserName: 'A', Path: '/a' },
    good: { UserName: 'A', Path: '/a/' },
    message:
      'The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.',
  },
  {
    name: 'and path prefixes',
    service: 'iam',
    operation: 'ListUsers',
    bad: { PathPrefix: 'a' },
    good: { PathPrefix: '/a' },
    message:
      'The specified value for pathPrefix is invalid. It must begin with the / character and contain only alphanumeric characters and/or / characters.',
  },
  {
    name: 'IAM says in words which characters a document may have',
    service: 'iam',
    operation: 'CreatePolicy',
    bad: { PolicyName: 'a', PolicyDocument: '{"\u{1F600}"}' },
    good: { PolicyName: 'a', PolicyDocument: '{"\u00FC"}' },
    message: 'The specified value for policyDocument is invalid. It must contain only printable ASCII characters.',
  },
  {
    name: 'IAM says in words which characters a private key may have, as of one with a byte order mark',
    service: 'iam',
    operation: 'UploadServerCertificate',
    bad: { ServerCertificateName: 'a', CertificateBody: 'b', PrivateKey: '\uFEFFkey' },
    good: { ServerCertificateName: 'a', CertificateBody: 'b', PrivateKey: 'key' },
    message: 'The specified value for privateKey is invalid. It must contain only printable ASCII characters.',
  },
  {
    name: 'STS tells of text that is too short the pattern as well, and first',
    service: 'sts',
    operation: 'AssumeRoleWithSAML',
    bad: { RoleArn: '', PrincipalArn: '', SAMLAssertion: 'abcd' },
    good: { RoleArn: arn, PrincipalArn: arn, SAMLAssertion: 'abcd' },
    message: `4 validation errors detected: ${['roleArn', 'principalArn']
      .map(
        (member) =>
          `Value '' at '${member}' failed to satisfy constraint: Member must satisfy regular expression pattern: ${everyText}; Value '' at '${member}' failed to satisfy constraint: Member must have length greater than or equal to 20`,
      )
      .join('; ')}`,
  },
  {
    name: 'STS tells of a key that is too short its length first',
    service: 'sts',
    operation: 'GetWebIdentityToken',
    bad: { Audience: ['a'], SigningAlgorithm: 'RS256', Tags: [{ Key: '', Value: 'v' }] },
    good: { Audience: ['a'], SigningAlgorithm: 'RS256', Tags: [tag] },
    message:
      "2 validation errors detected: Value '' at 'tags.1.member.key' failed to satisfy constraint: Member must have length greater than or equal to 1; Value '' at 'tags.1.member.key' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+",
  },
  {
    name: 'STS calls what is absent null',
    service: 'sts',
    operation: 'AssumeRoot',
    bad: { TargetPrincipal: '111122223333' },
    good: { TargetPrincipal: '111122223333', TaskPolicyArn: {} },
    message: "1 validation error detected: Value null at 'taskPolicyArn' failed to satisfy constraint: Member must not be null",
  },
  {
    name: 'STS prints a list of texts that is too long',
    service: 'sts',
    operation: 'GetWebIdentityToken',
    bad: { Audience: [...'0123456789a'], SigningAlgorithm: 'RS256' },
    good: { Audience: [...'0123456789'], SigningAlgorithm: 'RS256' },
    message:
      "1 validation error detected: Value '[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, a]' at 'audience' failed to satisfy constraint: Member must have length less than or equal to 10",
  },
  {
    name: 'STS prints a list of structures that is too long as Java does',
    service: 'sts',
    operation: 'AssumeRole',
    bad: { RoleArn: arn, RoleSessionName: 'ok', Tags: Array.from({ length: 51 }, () => tag) },
    good: { RoleArn: arn, RoleSessionName: 'ok', Tags: Array.from({ length: 50 }, () => tag) },
    message: `1 validation error detected: Value '[${Array.from({ length: 51 }, () => 'Tag(key=k, value=v)').join(', ')}]' at 'tags' failed to satisfy constraint: Member must have length less than or equal to 50`,
  },
  {
    name: 'IAM prints no list',
    service: 'iam',
    operation: 'TagUser',
    bad: { UserName: 'A', Tags: Array.from({ length: 51 }, () => tag) },
    good: { UserName: 'A', Tags: Array.from({ length: 50 }, () => tag) },
    message: "1 validation error detected: Value at 'tags' failed to satisfy constraint: Member must have length less than or equal to 50",
  },
  {
    name: 'the versions of tokens are listed in the order that was recorded',
    service: 'iam',
    operation: 'SetSecurityTokenServicePreferences',
    bad: { GlobalEndpointTokenVersion: 'v3Token' },
    good: { GlobalEndpointTokenVersion: 'v2Token' },
    message:
      "1 validation error detected: Value at 'globalEndpointTokenVersion' failed to satisfy constraint: Member must satisfy enum value set: [v2Token, v1Token]",
  },
  {
    name: 'Organizations shows value and list',
    service: 'organizations',
    operation: 'CreateOrganization',
    bad: { FeatureSet: 'SOME' },
    good: { FeatureSet: 'ALL' },
    message:
      "1 validation error detected: Value 'SOME' at 'featureSet' failed to satisfy constraint: Member must satisfy enum value set: [ALL, CONSOLIDATED_BILLING]",
  },
]

for (const { name, service, operation, bad, good, message: wanted } of cases) {
  test(`${name}; the nearest good input passes`, async () => {
    assert.equal(await message(service, operation, bad), wanted)
    await accepted(service, operation, good)
  })
}

test('a pattern must fit the whole text: not a part of it, not all but a line break', async () => {
  for (const RoleSessionName of ['ok\n', '\nok', 'ok ok', 'ok\u2028']) {
    assert.match(await message('sts', 'AssumeRole', { RoleArn: arn, RoleSessionName }), /at 'roleSessionName' failed/)
  }
})

test('a sensitive value is never in a message', async () => {
  const said = await message('sts', 'AssumeRoleWithWebIdentity', { RoleArn: arn, RoleSessionName: 'ok', WebIdentityToken: 'tok' })
  assert.ok(said.includes("at 'webIdentityToken'") && !said.includes('tok '))
  assert.ok(!said.includes("'tok'"))
})

test('ten faults are named at most', async () => {
  const model = await loadService('iam')
  const Tags = Array.from({ length: 50 }, () => ({ Key: 'k'.repeat(200), Value: 'v' }))
  assert.equal(violations(model, 'TagUser', { UserName: 'A', Tags }).length, 10)
  const without = violations(model, 'TagUser', { UserName: 'A b', Tags: Array.from({ length: 10 }, () => ({})) })
  assert.match(validationMessage(model, without.slice(1)), /^9 validation errors detected: /)
  assert.equal(without.length, 10)
})

test('a text that is left out of a list is a fault, whatever else is demanded of the texts', async () => {
  assert.equal(
    await message('iam', 'UntagUser', { UserName: 'A', TagKeys: [undefined, 'a'] }),
    "1 validation error detected: Value at 'tagKeys' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 128, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+, Member must not be null]",
  )
  const ContextEntries = [{ ContextKeyName: 'aws:userid', ContextKeyType: 'string', ContextKeyValues: ['a', undefined] }]
  assert.equal(
    await message('iam', 'SimulateCustomPolicy', { PolicyInputList: ['{}'], ActionNames: ['s3:GetObject'], ContextEntries }),
    "1 validation error detected: Value at 'contextEntries.1.member.contextKeyValues' failed to satisfy constraint: Member must satisfy constraint: [Member must not be null]",
  )
})

test('every pattern of every model can be read, and refuses long hostile texts unless it is of single characters', async () => {
  const hostile = ['a', ':', '/', '-', 'arn:aws:organizations::', '/a', 'ou-'].map((part) => `${part.repeat(200_000 / part.length)}\n`)
  const accepting = new Set<string>()
  for (const service of serviceNames) {
    const model = await loadService(service)
    const operations = new Map([['Probe', { ...[...model.operations.values()][0]!, input: 'Probe' }]])
    for (const { name, pattern } of model.shapes.values()) {
      if (pattern === undefined) continue
      const probe = { name: 'Probe', type: 'structure' as const, members: [{ name: 'Text', shape: name, required: false }] }
      const probed = { ...model, operations, shapes: new Map([...model.shapes, ['Probe', probe]]) }
      for (const Text of hostile) if (violations(probed, 'Probe', { Text }).length === 0) accepting.add(`${service}/${name}`)
    }
  }
  assert.deepEqual([...accepting], ['iam/certificateChainType', 'sts/unrestrictedSessionPolicyDocumentType', 'organizations/PolicyContent'])
})
