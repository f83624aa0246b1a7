import assert from 'node:assert/strict'
import { test } from 'node:test'
import { managedPolicies, managedPolicyDocument } from '@bailiwick/model/managed-policies'
import { policyDocument } from '../policy-documents.js'
import { actionsGranted, grantsService } from './granted.js'

const document = (...Statement: object[]) => policyDocument(JSON.stringify({ Version: '2012-10-17', Statement }))
const allow = (Action: string | string[], more: object = {}) => ({ Effect: 'Allow', Action, Resource: '*', ...more })
const deny = (Action: string | string[], more: object = {}) => ({ ...allow(Action, more), Effect: 'Deny' })

test('what policies give together is told action by action, in any letter case and by any wildcard', () => {
  assert.deepEqual(actionsGranted([document(allow('SQS:send*'))], 'sqs'), ['SendMessage'])
  assert.deepEqual(actionsGranted([document(allow('s?s:SendMessage'))], 'sqs'), ['SendMessage'])
  assert.deepEqual(actionsGranted([document(allow('iam:*'))], 'sqs'), [])
  assert.ok(actionsGranted([document(allow('*'))], 'sqs').includes('SendMessage'))
  assert.deepEqual(actionsGranted([document(allow('*'))], 'no-such-service'), [])
})

test('a denial counts only where nothing limits it', () => {
  const all = document(allow('sqs:SendMessage'))
  assert.deepEqual(actionsGranted([all, document(deny('sqs:*'))], 'sqs'), [])
  for (const limited of [
    deny('sqs:*', { Resource: 'arn:aws:sqs:*:*:one' }),
    deny('sqs:*', { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } } }),
    deny('sqs:ReceiveMessage'),
  ]) {
    assert.deepEqual(actionsGranted([all, document(limited)], 'sqs'), ['SendMessage'])
  }
})

test('one policy gives a service by Action or NotAction, also a service that the catalogue does not know', () => {
  assert.equal(grantsService(document(allow('sqs:SendMessage')), 'sqs'), true)
  assert.equal(grantsService(document(allow('sqs:NoSuchAction')), 'sqs'), false)
  assert.equal(grantsService(document(deny('sqs:*')), 'sqs'), false)
  assert.equal(grantsService(document({ Effect: 'Allow', NotAction: 'sqs:*', Resource: '*' }), 'sqs'), false)
  assert.equal(grantsService(document({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }), 'sqs'), true)
  assert.equal(grantsService(document(allow('unheard:Of')), 'unheard'), true)
  assert.equal(grantsService(document(allow('unheard:Of')), 'unheard-of'), false)
  assert.equal(grantsService(document({ Effect: 'Allow', NotAction: 'unheard:*', Resource: '*' }), 'unheard'), false)
  assert.equal(grantsService(document({ Effect: 'Allow', NotAction: 'unheard:Of', Resource: '*' }), 'unheard'), true)
})

test("every managed policy of AWS's can be asked, whatever is in it", () => {
  const services = ['iam', 's3', 'ec2']
  const giving = managedPolicies().filter(({ arn }) => {
    const policy = policyDocument(managedPolicyDocument(arn)!)
    return services.some((service) => grantsService(policy, service))
  })
  assert.ok(giving.length > 100)
})
