/** S: one user with three policies of four statements. */
import { chanceOf } from '../chance.js'
import { ACCOUNT, arnFront, bucketFront, objectKey, ownPolicy, questionsOf, REGION, type Ways, type World } from '../world.js'

const table = `${arnFront('dynamodb')}table/`

const managed = [
  ownPolicy(
    'storage',
    { Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: 'arn:aws:s3:::reports/*' },
    { Effect: 'Allow', Action: 's3:ListBucket', Resource: 'arn:aws:s3:::reports' },
    { Effect: 'Allow', Action: 's3:Get*', Resource: 'arn:aws:s3:::shared/*', Condition: { Bool: { 'aws:SecureTransport': 'true' } } },
    { Sid: 'KeepWhatIsFinal', Effect: 'Deny', Action: 's3:DeleteObject*', Resource: 'arn:aws:s3:::reports/final/*' },
  ),
  ownPolicy(
    'tables',
    { Effect: 'Allow', Action: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'], Resource: `${table}orders` },
    { Effect: 'Allow', Action: 'dynamodb:Query', Resource: `${table}orders/index/*` },
    {
      Effect: 'Allow',
      Action: 'dynamodb:DeleteItem',
      Resource: `${table}orders`,
      Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
    },
    { Sid: 'NoLedger', Effect: 'Deny', Action: 'dynamodb:*', Resource: `${table}ledger` },
  ),
  ownPolicy(
    'messages',
    { Effect: 'Allow', Action: ['sqs:SendMessage', 'sqs:ReceiveMessage'], Resource: `${arnFront('sqs')}jobs-*` },
    { Effect: 'Allow', Action: 'sns:Publish', Resource: `${arnFront('sns')}*` },
    { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: `arn:aws:lambda:${REGION}:${ACCOUNT}:function:report-*` },
    { Sid: 'NoPurge', Effect: 'Deny', Action: 'sqs:PurgeQueue', Resource: '*' },
  ),
]

const ways: Ways = {
  Allowed: [
    (chance) => ({ action: 's3:GetObject', resource: [bucketFront('reports/'), objectKey(chance)] }),
    (chance) => ({ action: 's3:PutObject', resource: [bucketFront('reports/'), objectKey(chance)] }),
    (chance) => ({ action: 's3:GetObjectTagging', resource: [bucketFront('shared/'), objectKey(chance)] }),
    () => ({ action: 's3:ListBucket', resource: ['arn:aws:s3:::', 'reports'] }),
    () => ({ action: 'dynamodb:GetItem', resource: [table, 'orders'] }),
    (chance) => ({ action: 'dynamodb:Query', resource: [`${table}orders/index/`, `by-day-${chance.below(1000)}`] }),
    () => ({ action: 'dynamodb:DeleteItem', resource: [table, 'orders'] }),
    (chance) => ({ action: 'sqs:SendMessage', resource: [arnFront('sqs'), `jobs-${chance.below(1000)}`] }),
    (chance) => ({ action: 'sns:Publish', resource: [arnFront('sns'), `topic-${chance.below(1000)}`] }),
    (chance) => ({ action: 'lambda:InvokeFunction', resource: [arnFront('lambda'), `function:report-${chance.below(1000)}`] }),
  ],
  ImplicitDeny: [
    (chance) => ({ action: 's3:GetObject', resource: [bucketFront('reports-old/'), objectKey(chance)] }),
    (chance) => ({ action: 's3:DeleteObject', resource: [bucketFront('reports/'), objectKey(chance)] }),
    (chance) => ({
      action: 's3:GetObject',
      resource: [bucketFront('shared/'), objectKey(chance)],
      context: { 'aws:SecureTransport': 'false' },
    }),
    () => ({ action: 'dynamodb:DeleteItem', resource: [table, 'orders'], context: { 'aws:SourceIp': '203.0.113.9' } }),
    (chance) => ({ action: 'sqs:SendMessage', resource: [arnFront('sqs'), `mail-${chance.below(1000)}`] }),
    (chance) => ({ action: 'kinesis:PutRecord', resource: [arnFront('kinesis'), `stream/clicks-${chance.below(1000)}`] }),
  ],
  ExplicitDeny: [
    (chance) => ({ action: 's3:DeleteObject', resource: [bucketFront('reports/final/'), objectKey(chance)] }),
    () => ({ action: 'dynamodb:GetItem', resource: [table, 'ledger'] }),
    (chance) => ({ action: 'sqs:PurgeQueue', resource: [arnFront('sqs'), `jobs-${chance.below(1000)}`] }),
  ],
}

export function small(questions: number, seed = 1): World {
  return {
    name: 'S',
    managed,
    users: [{ name: 'dana', attached: managed.map((_, at) => at), inline: [], tags: {} }],
    scps: [],
    buckets: new Map(),
    questions: questionsOf(questions, chanceOf(seed), ways),
  }
}
