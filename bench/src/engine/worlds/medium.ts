/** M: one user with twelve policies, eight of them AWS's own, a permissions boundary, SCPs at three levels and five bucket policies. */
import { managedPolicyDocument } from '@bailiwick/model/managed-policies'
import { chanceOf } from '../chance.js'
import {
  arnFront,
  bucketFront,
  documentOf,
  type ManagedPolicy,
  objectKey,
  ownPolicy,
  questionsOf,
  type Statement,
  userArn,
  type Ways,
  type World,
} from '../world.js'
import { scps } from './organization.js'

const ofAws = [
  'AmazonS3ReadOnlyAccess',
  'AmazonDynamoDBReadOnlyAccess',
  'AmazonSQSFullAccess',
  'AmazonEC2FullAccess',
  'CloudWatchLogsFullAccess',
  'AWSLambda_ReadOnlyAccess',
  'AmazonAthenaFullAccess',
  'SecurityAudit',
].map((name): ManagedPolicy => {
  const arn = `arn:aws:iam::aws:policy/${name}`
  const text = managedPolicyDocument(arn)
  if (text === undefined) throw new Error(`AWS has no policy ${name}`)
  return { name, arn, text }
})

const own = [
  ownPolicy(
    'home',
    {
      Effect: 'Allow',
      Action: ['s3:PutObject', 's3:DeleteObject'],
      Resource: ['arn:aws:s3:::team-data/home/${aws:username}/*', 'arn:aws:s3:::team-data/team/${aws:PrincipalTag/team}/*'],
    },
    {
      Effect: 'Allow',
      Action: 's3:PutObjectTagging',
      Resource: 'arn:aws:s3:::team-data/*',
      Condition: { StringLike: { 's3:prefix': ['home/${aws:username}/*', 'team/${aws:PrincipalTag/team}/*'] } },
    },
  ),
  ownPolicy('secrets-of-the-team', {
    Effect: 'Allow',
    Action: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
    Resource: '*',
    Condition: {
      StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' },
      DateLessThan: { 'aws:CurrentTime': '2030-01-01T00:00:00Z' },
    },
  }),
  ownPolicy('tagging', {
    Effect: 'Allow',
    Action: ['sns:TagResource', 'sns:CreateTopic'],
    Resource: `${arnFront('sns')}*`,
    Condition: {
      'ForAllValues:StringEquals': { 'aws:TagKeys': ['team', 'stage', 'cost-center'] },
      'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': ['o-exampleorg/r-root/ou-build/*', 'o-exampleorg/r-root/ou-run/*'] },
      Null: { 'aws:TagKeys': 'false' },
    },
  }),
  ownPolicy(
    'guard',
    {
      Sid: 'SecretsNeedMfa',
      Effect: 'Deny',
      Action: 's3:*',
      Resource: 'arn:aws:s3:::team-data/secret/*',
      Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
    },
    {
      Sid: 'TablesFromInside',
      Effect: 'Deny',
      Action: 'dynamodb:*',
      Resource: '*',
      Condition: { NotIpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '192.168.0.0/16'] }, Bool: { 'aws:ViaAWSService': 'false' } },
    },
  ),
]

const boundary = ownPolicy(
  'boundary',
  {
    Effect: 'Allow',
    Action: ['s3:*', 'dynamodb:*', 'sqs:*', 'ec2:*', 'logs:*', 'lambda:*', 'sns:*', 'athena:*', 'glue:Get*', 'secretsmanager:*'],
    Resource: '*',
  },
  { Sid: 'NoVersionsLost', Effect: 'Deny', Action: ['s3:DeleteObjectVersion', 's3:PutBucketVersioning'], Resource: '*' },
)

const bucketPolicy = (bucket: string, ...statements: readonly Statement[]): [string, string] => [
  bucket,
  documentOf(
    {
      Sid: 'OnlyTls',
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
    ...statements,
  ),
]

const objects = (bucket: string): string => `arn:aws:s3:::${bucket}/*`

const buckets = new Map([
  bucketPolicy('team-data', { Effect: 'Allow', Principal: { AWS: userArn('erin') }, Action: 's3:*', Resource: objects('team-data') }),
  bucketPolicy('partner-drop', {
    Effect: 'Allow',
    Principal: { AWS: [userArn('dana'), userArn('erin'), '444455556666'] },
    Action: ['s3:PutObject', 's3:AbortMultipartUpload'],
    Resource: objects('partner-drop'),
  }),
  bucketPolicy('handbook', {
    Effect: 'Allow',
    Principal: '*',
    Action: 's3:GetObject',
    Resource: objects('handbook'),
    Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorg' } },
  }),
  bucketPolicy('reports', { Effect: 'Allow', Principal: { AWS: '444455556666' }, Action: 's3:Get*', Resource: objects('reports') }),
  bucketPolicy('logs', {
    Effect: 'Allow',
    Principal: { Service: 'logging.s3.amazonaws.com' },
    Action: 's3:PutObject',
    Resource: objects('logs'),
  }),
])

const secret = (team: string) => (n: number) => ({
  action: 'secretsmanager:GetSecretValue',
  resource: [arnFront('secretsmanager'), `secret:db-${n}`] as const,
  context: { 'aws:ResourceTag/team': team },
})

const ways: Ways = {
  Allowed: [
    (chance) => ({ action: 's3:GetObject', resource: [bucketFront('analytics-raw/'), objectKey(chance)] }),
    (chance) => ({ action: 's3:GetObject', resource: [bucketFront('reports/'), objectKey(chance)], bucket: 'reports' }),
    (chance) => ({ action: 's3:PutObject', resource: [bucketFront('team-data/home/dana/'), objectKey(chance)], bucket: 'team-data' }),
    (chance) => ({ action: 's3:PutObject', resource: [bucketFront('team-data/team/blue/'), objectKey(chance)], bucket: 'team-data' }),
    (chance) => ({ action: 's3:PutObject', resource: [bucketFront('partner-drop/'), objectKey(chance)], bucket: 'partner-drop' }),
    (chance) => ({ action: 'dynamodb:Query', resource: [`${arnFront('dynamodb')}table/`, `orders-${chance.below(1000)}`] }),
    (chance) => ({ action: 'dynamodb:GetItem', resource: [`${arnFront('dynamodb')}table/`, `orders-${chance.below(1000)}`] }),
    (chance) => ({ action: 'sqs:SendMessage', resource: [arnFront('sqs'), `jobs-${chance.below(1000)}`] }),
    () => ({ action: 'ec2:DescribeInstances', resource: ['*', ''] }),
    (chance) => ({ action: 'ec2:StartInstances', resource: [`${arnFront('ec2')}instance/`, `i-${chance.below(100_000)}`] }),
    (chance) => ({ action: 'logs:PutLogEvents', resource: [`${arnFront('logs')}log-group:`, `/app/${chance.below(1000)}:log-stream:a`] }),
    (chance) => ({ action: 'lambda:GetFunction', resource: [`${arnFront('lambda')}function:`, `resize-${chance.below(1000)}`] }),
    (chance) => ({ action: 'athena:StartQueryExecution', resource: [`${arnFront('athena')}workgroup/`, `w-${chance.below(1000)}`] }),
    (chance) => secret('blue')(chance.below(1000)),
    (chance) => ({
      action: 'sns:TagResource',
      resource: [arnFront('sns'), `topic-${chance.below(1000)}`],
      context: { 'aws:TagKeys': ['team', 'stage'], 'aws:RequestTag/team': 'blue', 'aws:RequestTag/stage': 'live' },
    }),
  ],
  ImplicitDeny: [
    (chance) => ({ action: 's3:PutObject', resource: [bucketFront('analytics-raw/'), objectKey(chance)] }),
    (chance) => ({ action: 's3:PutObject', resource: [bucketFront('team-data/home/erin/'), objectKey(chance)], bucket: 'team-data' }),
    (chance) => ({ action: 'dynamodb:PutItem', resource: [`${arnFront('dynamodb')}table/`, `orders-${chance.below(1000)}`] }),
    (chance) => ({ action: 'lambda:InvokeFunction', resource: [`${arnFront('lambda')}function:`, `resize-${chance.below(1000)}`] }),
    // AWS's policy for Lambda allows it, the boundary does not.
    (chance) => ({ action: 'iam:GetRole', resource: ['arn:aws:iam::111122223333:', `role/app-${chance.below(1000)}`] }),
    (chance) => secret('red')(chance.below(1000)),
    (chance) => ({
      action: 'sns:TagResource',
      resource: [arnFront('sns'), `topic-${chance.below(1000)}`],
      context: { 'aws:TagKeys': ['team', 'owner'], 'aws:RequestTag/team': 'blue', 'aws:RequestTag/owner': 'dana' },
    }),
    (chance) => ({ action: 'kinesis:PutRecord', resource: [`${arnFront('kinesis')}stream/`, `clicks-${chance.below(1000)}`] }),
  ],
  ExplicitDeny: [
    (chance) => ({
      action: 's3:GetObject',
      resource: [bucketFront('team-data/secret/'), objectKey(chance)],
      bucket: 'team-data',
      context: { 'aws:MultiFactorAuthPresent': 'false' },
    }),
    (chance) => ({
      action: 'dynamodb:Query',
      resource: [`${arnFront('dynamodb')}table/`, `orders-${chance.below(1000)}`],
      context: { 'aws:SourceIp': `203.0.113.${chance.below(256)}` },
    }),
    (chance) => ({
      action: 'ec2:RunInstances',
      resource: [`${arnFront('ec2')}instance/`, '*'],
      context: { 'ec2:InstanceType': chance.pick(['p5.48xlarge', 'x2idn.32xlarge']) },
    }),
    (chance) => ({
      action: 'sqs:SendMessage',
      resource: ['arn:aws:sqs:ap-southeast-1:111122223333:', `jobs-${chance.below(1000)}`],
      context: { 'aws:RequestedRegion': 'ap-southeast-1' },
    }),
    (chance) => ({
      action: 's3:GetObject',
      resource: [bucketFront('reports/'), objectKey(chance)],
      bucket: 'reports',
      context: { 'aws:SecureTransport': 'false' },
    }),
  ],
}

export function medium(questions: number, seed = 2): World {
  const attached = [...ofAws, ...own]
  return {
    name: 'M',
    managed: [...attached, boundary],
    users: [
      {
        name: 'dana',
        attached: attached.map((_, at) => at),
        inline: [],
        boundary: attached.length,
        tags: {
          'aws:PrincipalTag/team': 'blue',
          'aws:PrincipalOrgID': 'o-exampleorg',
          'aws:PrincipalOrgPaths': ['o-exampleorg/r-root/ou-build/ou-web/'],
        },
      },
    ],
    scps,
    buckets,
    questions: questionsOf(questions, chanceOf(seed), ways),
  }
}
