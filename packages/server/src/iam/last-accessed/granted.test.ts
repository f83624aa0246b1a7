import assert from 'node:assert/strict'
import { test } from 'node:test'
import { managedPolicies, managedPolicyDocument } from '@bailiwick/model/managed-policies'
import { policyDocument } from '../policy-documents.js'
import { Granted, grantsService } from './granted.js'

const document = (...Statement: object[]) => policyDocument(JSON.stringify({ Version: '2012-10-17', Statement }))
const allow = (Action: string | string[], more: object = {}) => ({ Effect: 'Allow', Action, Resource: '*', ...more })
const deny = (Action: string | string[], more: object = {}) => ({ ...allow(Action, more), Effect: 'Deny' })

test('what policies give together is told action by action, in any letter case and by any wildcard', () => {
  assert.deepEqual(new Granted([document(allow('SQS:send*'))]).actions('sqs'), ['SendMessage'])
  assert.deepEqual(new Granted([document(allow('s?s:SendMessage'))]).actions('sqs'), ['SendMessage'])
  assert.deepEqual(new Granted([document(allow('iam:*'))]).actions('sqs'), [])
  assert.ok(new Granted([document(allow('*'))]).actions('sqs').includes('SendMessage'))
  assert.deepEqual(new Granted([document(allow('*'))]).actions('no-such-service'), [])
})

const s3 = (allowed: string, ...denied: readonly (readonly [string, string] | object)[]): object[] => [
  allow('s3:GetObject', { Resource: allowed }),
  ...denied.map((one) => (Array.isArray(one) ? deny(one[0], { Resource: one[1] }) : one)),
]
const [objects, others] = ['arn:aws:s3:::depot/*', 'arn:aws:s3:::shed/*']
const nobody = { Condition: { StringEquals: { 'aws:username': 'nobody' } } }

/** What is given of S3, in a report and in the list of policies that give it, as recorded in 2026 where the same is in both. */
const rows: readonly (readonly [what: string, statements: readonly object[], report: boolean, list: boolean])[] = [
  ['all of it', s3('*'), true, true],
  ['a service, denied altogether', s3('*', deny('s3:*')), false, false],
  ['everything denied', s3('*', deny('*')), false, false],
  ['other services denied', s3('*', deny('iam:*')), true, true],
  ['denied with a condition', s3('*', deny('s3:*', nobody)), true, true],
  ['allowed with a condition', [allow('s3:GetObject', nobody)], true, true],
  ['allowed with a condition and denied', [allow('s3:GetObject', nobody), deny('s3:*')], false, false],
  ['only denied', [deny('s3:*')], false, false],
  ['objects', s3(objects), true, true],
  ['a bucket, which has no objects to get', s3('arn:aws:s3:::depot'), false, true],
  ['a resource of another service', s3('arn:aws:iam::123456789012:user/nobody'), false, false],
  ['the same objects denied', s3(objects, ['s3:*', objects]), false, true],
  ['the same action on the same objects denied', s3(objects, ['s3:GetObject', objects]), false, true],
  ['the action denied everywhere', s3(objects, ['s3:GetObject', '*']), false, true],
  ['all buckets denied', s3(objects, ['s3:*', 'arn:aws:s3:::*']), false, true],
  ['other objects denied', s3(objects, ['s3:*', others]), true, true],
  ['some of the objects denied', s3(objects, ['s3:*', 'arn:aws:s3:::depot/in/*']), true, true],
  ['some of all denied', s3('*', ['s3:*', objects]), true, true],
  ['all but the same denied', s3(objects, deny('s3:GetObject', { Resource: undefined, NotResource: objects })), true, true],
  ['all but others denied', s3(objects, deny('s3:GetObject', { Resource: undefined, NotResource: others })), false, true],
  ['all but everything', [allow('s3:GetObject', { Resource: undefined, NotResource: '*' })], false, false],
  ['all but some', [allow('s3:GetObject', { Resource: undefined, NotResource: objects })], true, true],
  ['an action that there is not', [allow('s3:NoSuchAction')], false, true],
  ['any letter case', [allow('S3:GETOBJECT')], true, true],
  ['a wildcard', [allow('s3:Get*')], true, true],
  ['all actions but its own', [{ Effect: 'Allow', NotAction: 's3:*', Resource: '*' }], false, false],
  ['all actions but some of its own', [{ Effect: 'Allow', NotAction: 's3:Get*', Resource: '*' }], true, true],
  ['an action about nothing, on something', [allow('s3:ListAllMyBuckets', { Resource: objects })], false, true],
  ['a service that there is not', [allow('unheard:Of')], false, false],
]

for (const [what, statements, report, list] of rows) {
  test(`what is given of S3: ${what}`, () => {
    assert.equal(new Granted([document(...statements)]).has('s3'), report, 'in a report')
    assert.equal(grantsService(document(...statements), 's3'), list, 'in the list of policies')
  })
}

test('a denial counts in a report also when another policy has it, and not in the list of policies', () => {
  const [one, other] = [document(allow('s3:GetObject')), document(deny('s3:*'))]
  assert.equal(new Granted([one, other]).has('s3'), false)
  assert.equal(grantsService(one, 's3'), true)
})

test('of a service that the catalogue does not know, patterns alone tell', () => {
  for (const [statements, gives] of [
    [[allow('unheard:Of')], true],
    [[allow('unheard-of:It')], false],
    [[allow('*'), deny('unheard:*')], false],
    [[allow('*'), deny('unheard:Of')], true],
    [[allow('*'), deny('*', { Resource: 'arn:aws:unheard:::x' })], true],
    [[{ Effect: 'Allow', NotAction: 'unheard:*', Resource: '*' }], false],
    [[{ Effect: 'Allow', NotAction: 'unheard:Of', Resource: '*' }], true],
  ] as const) {
    assert.equal(grantsService(document(...statements), 'unheard'), gives, JSON.stringify(statements))
    assert.equal(new Granted([document(...statements)]).has('unheard'), gives, JSON.stringify(statements))
  }
})

test("every managed policy of AWS's can be asked, whatever is in it", () => {
  const services = ['iam', 's3', 'ec2']
  const giving = managedPolicies().filter(({ arn }) => {
    const policy = policyDocument(managedPolicyDocument(arn)!)
    return services.some((service) => grantsService(policy, service))
  })
  assert.ok(giving.length > 100)
})

test('what is compared for a report is bounded, whatever is in the policies', () => {
  const hostile = [
    (n: number) => [allow('*', { Resource: `*${'a*'.repeat(2900)}${n}` })],
    (n: number) => [allow('*', { Resource: `arn:aws:*:*:*:${'a*'.repeat(2900)}${n}` })],
    (n: number) =>
      ['a', 'c'].map((letter) => ({
        ...(letter === 'a' ? allow('*') : deny('*')),
        Resource: Array.from({ length: 200 }, (_, at) => `*${letter}${n}b${at}*`),
      })),
  ]
  for (const statements of hostile) assert.ok(new Granted(Array.from({ length: 20 }, (_, n) => document(...statements(n)))).has('s3'))
  // Each pattern is denied, which is found as long as there are not too many.
  for (const [count, gives] of [
    [300, false],
    [1000, true],
  ] as const) {
    const Resource = Array.from({ length: count }, (_, n) => `arn:aws:s3:::depot${n}/*`)
    const statements = [allow('s3:GetObject', { Resource }), deny('s3:GetObject', { Resource: Resource.toReversed() })]
    assert.equal(new Granted([document(...statements)]).has('s3'), gives, `${count} patterns`)
  }
})
