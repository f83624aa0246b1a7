import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accountId } from '../in-process.test.support.js'
import { type Packed, packedBytes, room } from './packed-size.js'
import { sealedSession } from './sealed-session.js'

const tags = (of: Readonly<Record<string, string>>) => ({ tags: Object.entries(of).map(([Key, Value]) => ({ Key, Value })) })
const allow = (Action: string | readonly string[], Resource: string | readonly string[], more: object = {}) => ({
  ...more,
  Effect: 'Allow',
  Action,
  Resource,
})
const policy = (...Statement: readonly object[]) => ({ policies: [JSON.stringify({ Version: '2012-10-17', Statement })] })
const upload = 'arn:aws:s3:::example-training-photos-production/example-uploads/300d4429-93cf-4374-a785-56cf2f520c4f/00003-1444181492.png'

/** Percentages that AWS answered, put into CloudTrail or refused with, from 2021 to 2026. */
const recorded: readonly (readonly [percent: number, what: string, passed: Partial<Packed>])[] = [
  [2, 'two tags of a letter each', tags({ c: 'c', b: 'c' })],
  [3, 'three of them', tags({ b: 'b', c: 'b', d: 'b' })],
  [
    498,
    'nine tags of 250 equal letters',
    tags(Object.fromEntries(Array.from({ length: 9 }, (_, row) => [`T${row + 1}`, 'a'.repeat(250)]))),
  ],
  [
    56,
    'the tags of a pod',
    tags({
      'eks-cluster-arn': 'arn:aws:eks:us-west-2:111122223333:cluster/eksworkshop-eksctl',
      'eks-cluster-name': 'eksworkshop-eksctl',
      'kubernetes-namespace': 'ns-a',
      'kubernetes-service-account': 'sa1',
      'kubernetes-pod-name': 'app1',
      'kubernetes-pod-uid': '0cda7f85-c1f9-4dee-b6e9-a0b50c8f3012',
    }),
  ],
  [
    43,
    'the tags of a web identity',
    {
      ...tags({
        actor: 'a-developer',
        ref: 'refs/heads/main',
        run_id: '6634485805',
        event: 'workflow_dispatch',
        repository: 'example/some-repository-x',
        sha: '0000000000000000000000000000000000000000',
      }),
      provider: 'cognito-identity.amazonaws.com',
    },
  ],
  [4, 'the smallest policy', policy(allow('*', '*'))],
  [9, 'a policy of one action', policy(allow(['ec2:DescribeVpcEndpoints'], ['*']))],
  [16, 'a policy with a Sid', policy(allow(['s3:GetObject'], ['arn:aws:s3:::example-bucket/*'], { Sid: 'RestrictedAccess' }))],
  [
    35,
    'a policy without a version',
    { policies: [JSON.stringify({ Statement: [allow(['s3:PutObject'], [upload], { Sid: 'Stmt1S3UploadAssets' })] })] },
  ],
  [
    36,
    'a policy that compresses, with one of AWS’s own',
    {
      ...policy(
        allow('ec2:Describe*', '*'),
        allow('elasticloadbalancing:Describe*', '*'),
        allow(['cloudwatch:ListMetrics', 'cloudwatch:GetMetricStatistics', 'cloudwatch:Describe*'], '*'),
        allow('autoscaling:Describe*', '*'),
      ),
      policyArns: ['arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess'],
    },
  ],
]

const bytes = (passed: Partial<Packed>): number => packedBytes({ policies: [], policyArns: [], tags: [], ...passed })

for (const [percent, what, passed] of recorded) {
  test(`[item 5] ${what}: ${percent} percent of a session's room, as AWS was recorded`, () => {
    assert.equal(Math.floor((100 * bytes(passed)) / room), percent)
  })
}

test('[item 5] white space of a policy takes no room, conditions do', () => {
  const [statement, condition] = [allow('s3:*', '*'), { Condition: { StringLike: { 's3:prefix': ['home/*'] } } }]
  const plain = bytes(policy(statement))
  assert.equal(bytes({ policies: [JSON.stringify({ Version: '2012-10-17', Statement: statement }, null, 8)] }), plain)
  assert.equal(bytes(policy({ ...statement, ...condition })), plain + 'StringLike'.length + 's3:prefix'.length + 'home/*'.length + 6)
})

test('[item 5] a token that would be too large to be read again is not made', () => {
  const claims = { kind: 'role', accountId, principalId: 'AROA', accessKeyId: 'ASIA', issuedAt: 0, expiresAt: 0 } as const
  const sealing = (length: number) => ({ sessionTokens: { seal: () => 'x'.repeat(length), secretFor: () => 'secret' } }) as never
  const fail = (code: string, message: string): never => assert.fail(`${code} ${message}`)
  assert.equal(sealedSession(sealing(4096), claims, fail).SessionToken!.length, 4096)
  assert.throws(() => sealedSession(sealing(4097), claims, fail), {
    message: 'PackedPolicyTooLarge Serialized token too large for session',
  })
})
