/** What AWS's simulator was recorded answering in September 2026, a row a case. */
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import type { ContextEntry, EvaluationResult, IAM, SimulateCustomPolicyCommandInput, Statement } from '@aws-sdk/client-iam'
import { accountId, InProcess, refused } from '../../in-process.test.support.js'

type Asked = Partial<SimulateCustomPolicyCommandInput>

const policy = (...statements: readonly object[]): string => JSON.stringify({ Version: '2012-10-17', Statement: statements })
const allow = (Action: string, Resource = '*', more: object = {}): object => ({ Effect: 'Allow', Action, Resource, ...more })
const [a, b] = ['arn:aws:s3:::depot/a', 'arn:aws:s3:::depot/b']
const ALLOW = policy(allow('s3:GetObject'))
const DENY = policy({ Effect: 'Deny', Action: 's3:GetObject', Resource: '*' })
const ALL = policy(allow('*'))
const PUT = policy(allow('s3:PutObject'))
const dana = `arn:aws:iam::${accountId}:user/staff/dana`

let iam: IAM

before(async () => {
  iam = (await InProcess.start()).iam()
})

const ask = async (PolicyInputList: string[], more: Asked = {}): Promise<EvaluationResult[]> =>
  (await iam.simulateCustomPolicy({ PolicyInputList, ActionNames: ['s3:GetObject'], ...more })).EvaluationResults!

const letters = { allowed: 'a', implicitDeny: 'i', explicitDeny: 'x' } as const
const short = (verdict: keyof typeof letters | undefined): string => letters[verdict!]
const listed = (statements: readonly Statement[] | undefined): string =>
  statements === undefined ? '' : `[${statements.map(({ SourcePolicyId }) => SourcePolicyId!.replace('PolicyInputList.', '')).sort()}]`
const missing = (keys: readonly string[] | undefined): string => (keys === undefined ? '' : `{${keys}}`)

/** `a[1]{} a[1] i`: the answer, its statements and missing keys, and the same of each resource, where lists that would be empty are not there. */
const told = (result: EvaluationResult): string =>
  [
    `${short(result.EvalDecision)}${listed(result.MatchedStatements)}${missing(result.MissingContextValues)}`,
    ...(result.ResourceSpecificResults ?? []).map(
      (one) => `${short(one.EvalResourceDecision)}${listed(one.MatchedStatements)}${missing(one.MissingContextValues)}`,
    ),
  ].join(' ')

const asks = (operator: string, key: string, value: string): string =>
  policy(allow('s3:GetObject', '*', { Condition: { [operator]: { [key]: value } } }))
const entry = (ContextKeyType: string, ...ContextKeyValues: string[]): { ContextEntries: ContextEntry[] } => ({
  ContextEntries: [{ ContextKeyName: 'x:test', ContextKeyType: ContextKeyType as never, ContextKeyValues }],
})
const byPolicy = (aws: string, Resource = 'arn:aws:s3:::depot/*'): Asked => ({
  ResourceArns: [a],
  CallerArn: dana,
  ResourcePolicy: policy(allow('s3:GetObject', Resource, { Principal: { AWS: aws } })),
})

const answers: readonly (readonly [string, string[], Asked, string])[] = [
  ['several resources', [ALLOW], { ResourceArns: [a, b] }, 'a[1]{} a[1] a[1]'],
  ['some of several', [policy(allow('s3:GetObject', a))], { ResourceArns: [a, b] }, 'i[1]{} a[1] i'],
  ['a missing key', [asks('StringEquals', 'x:k', 'y')], { ResourceArns: [a] }, 'i[]{x:k} i{x:k}'],
  ['a missing key that another policy does without', [ALLOW, asks('StringEquals', 'x:k', 'y')], { ResourceArns: [a] }, 'a[1]{} a[1]'],
  ['two spellings', [asks('StringEquals', 'X:k', 'y'), asks('StringEquals', 'x:k', 'y')], {}, 'i[]{X:k,x:k}'],
  ['a default', [asks('StringEquals', 'x:test', "${x:k, 'y'}")], entry('string', 'z'), 'i[]{x:k}'],
  ['a denial that misses a key', [DENY, asks('StringEquals', 'x:k', 'y')], {}, 'x[1]{}'],
  ['another kind of resource', [ALL], { ResourceArns: [dana] }, 'i[]{} i'],
  ['no resources at all', [ALL], { ActionNames: ['s3:ListAllMyBuckets'], ResourceArns: [a] }, 'i[]{} i'],
  ['an object where a bucket is meant', [ALL], { ActionNames: ['s3:ListBucket'], ResourceArns: [a] }, 'a[1]{} a[1]'],
  ['a bucket where an object is meant', [ALLOW], { ResourceArns: ['arn:aws:s3:::depot'] }, 'a[1]{} a[1]'],
  ['a user where a role is meant', [ALL], { ActionNames: ['iam:PassRole'], ResourceArns: [dana] }, 'i[]{} i'],
  ['a role', [ALL], { ActionNames: ['sts:AssumeRole'], ResourceArns: ['arn:aws:iam::111122223333:role/x'] }, 'a[1]{} a[1]'],
  ['a key', [ALL], { ActionNames: ['kms:Encrypt'], ResourceArns: ['arn:aws:kms:us-east-1:111122223333:key/1'] }, 'a[1]{} a[1]'],
  ['unknown actions', [ALL], { ActionNames: ['s3:MadeUp'], ResourceArns: [a] }, 'a[1]{} a[1]'],
  ['a resource policy', [], byPolicy(dana), 'a[ResourcePolicy]{} a[ResourcePolicy]'],
  ['one for the whole account', [], byPolicy(`arn:aws:iam::${accountId}:root`), 'a[ResourcePolicy]{} a[ResourcePolicy]'],
  [
    'one beyond the boundary',
    [ALLOW],
    { ...byPolicy(`arn:aws:iam::${accountId}:root`), PermissionsBoundaryPolicyInputList: [PUT] },
    'a[1,ResourcePolicy]{} a[1,ResourcePolicy]',
  ],
  [
    'one that the boundary denies',
    [],
    { ...byPolicy(dana), PermissionsBoundaryPolicyInputList: [DENY] },
    'x[PermissionsBoundary1]{} x[PermissionsBoundary1]',
  ],
  ['one of another account', [], { ...byPolicy(dana), ResourceOwner: 'arn:aws:iam::999999999999:root' }, 'i[]{} i'],
  ['a role as caller', [], { ...byPolicy('*'), CallerArn: `arn:aws:iam::${accountId}:role/x` }, 'a[ResourcePolicy]{} a[ResourcePolicy]'],
  ['a group as caller', [], { ...byPolicy('*'), CallerArn: `arn:aws:iam::${accountId}:group/x` }, 'a[ResourcePolicy]{} a[ResourcePolicy]'],
  ['the user id', [asks('StringEquals', 'aws:userid', dana)], { CallerArn: dana }, 'a[1]{}'],
  ['an instance as EC2-Classic', [ALL], instance('EC2-Classic-EBS'), 'a[1]{} a[1]'],
]

function instance(ResourceHandlingOption: string): Asked {
  const ResourceArns = ['arn:aws:ec2:us-east-1:111122223333:instance/i-1']
  return { ActionNames: ['ec2:RunInstances'], ResourceArns, ResourceHandlingOption }
}

for (const [name, texts, more, expected] of answers)
  test(`a simulation of ${name}`, async () => assert.deepEqual((await ask(texts, more)).map(told), [expected]))

test('several resources together are called by what their service calls them, in the partition of the first', async () => {
  const names = async (ActionNames: string[], ResourceArns: string[]) =>
    (await ask([ALL], { ActionNames, ResourceArns })).map(({ EvalResourceName }) => EvalResourceName)
  assert.deepEqual(await names(['s3:GetObject', 'iam:GetUser', 'sts:AssumeRole'], ['arn:aws-cn:s3:::a', 'arn:aws:s3:::b']), [
    'arn:aws-cn:s3:::${BucketName}/${KeyName}',
    'arn:aws-cn:iam::${Account}:${ResourceType}/${ResourceName}',
    'arn:aws-cn:iam::${Account}:${RelativeId}',
  ])
  assert.deepEqual(await names(['s3:MadeUp'], [a, b]), ['*'])
  assert.deepEqual(await names(['iam:GetUser'], [a]), [a])
})

const places: readonly (readonly [string, string, readonly (readonly number[])[]])[] = [
  [
    'a list',
    policy(allow('*'), allow('s3:*')),
    [
      [1, 38, 1, 84],
      [1, 84, 1, 134],
    ],
  ],
  [
    'lines',
    JSON.stringify({ Statement: [allow('*'), allow('s3:*')] }, null, 2),
    [
      [2, 17, 7, 6],
      [7, 6, 12, 6],
    ],
  ],
  [
    'lines that end in CR and LF',
    ` \r\n${JSON.stringify({ Statement: [allow('*')] }, null, 2).replaceAll('\n', '\r\n')}\r\n `,
    [[3, 17, 8, 6]],
  ],
  ['lines that end in CR', JSON.stringify({ Statement: [allow('*')] }, null, 2).replaceAll('\n', '\r'), [[2, 17, 7, 6]]],
  ['one that stands alone', '{"Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}', [[1, 16, 1, 77]]],
]

for (const [name, text, expected] of places)
  test(`the place of statements in ${name}`, async () => {
    const [result] = await ask([text])
    assert.deepEqual(
      result!.MatchedStatements!.map(({ StartPosition: from, EndPosition: to }) => [from!.Line, from!.Column, to!.Line, to!.Column]),
      expected,
    )
  })

/** What an entry of a type is for operators on text, and texts that it is not. */
const conversions: readonly (readonly [string, string, string, ...string[]])[] = [
  ['numeric', '01.00', '1.00', '1', '01.00', '1E+0'],
  ['numeric', '1e2', '1E+2', '100', '1e2'],
  ['date', '2035-01-02', '2035-01-02T00:00:00.000Z', '2035-01-02', '2051308800'],
  ['date', '0', '1970-01-01T00:00:00.000Z', '0'],
  ['date', '2035-01-02T03:04:05+02:00', '2035-01-02T01:04:05.000Z'],
  ['date', '2035-01-02T03:04:05.123456Z', '2035-01-02T03:04:05.123Z'],
  ['ip', '2001:0db8::1', '2001:0db8::1', '2001:db8::1'],
  ['binary', 'YQ==', 'YQ==', 'a'],
]

for (const [type, value, becomes, ...others] of conversions)
  test(`${value} as an entry of type ${type} is ${becomes}`, async () => {
    const decided = async (text: string, suffix = '') =>
      (await ask([asks(suffix === '' ? 'StringEquals' : 'ForAnyValue:StringEquals', 'x:test', text)], entry(`${type}${suffix}`, value)))[0]!
        .EvalDecision
    assert.equal(await decided(becomes), 'allowed')
    assert.equal(await decided(becomes, 'List'), 'allowed')
    for (const other of others) assert.equal(await decided(other), 'implicitDeny', other)
  })

test('numbers of any size are compared', async () =>
  assert.equal((await ask([asks('NumericGreaterThan', 'x:test', '1e100')], entry('numeric', '1e9999')))[0]!.EvalDecision, 'allowed'))

const wrongBinary = 'Invalid context value for key x:test: expected base-64 encoded binary format.'
const refusals: readonly (readonly [Asked, string])[] = [
  [
    { ActionNames: ['s3:GetObject', 's3:MadeUp', 's3:*'], ResourceArns: [a] },
    'Invalid Input Actions: [s3:GetObject] and [s3:MadeUp,s3:*] require different authorization information. ',
  ],
  [byPolicy(dana, '*'), 'ResourceNames are not in a valid ARN format: *.'],
  [{ Marker: 'not-a-marker' }, 'Invalid marker for pagination.'],
  ...['YQ', 'YR==', 'YQ-_', 'YQ==\n'].map((text) => [entry('binary', text), wrongBinary] as const),
]

for (const [more, message] of refusals)
  test(`refused: ${message} ${JSON.stringify(more.ContextEntries?.[0]?.ContextKeyValues ?? '')}`, async () =>
    assert.equal(await refused(ask([ALL], more)), `InvalidInput ${message}`))
