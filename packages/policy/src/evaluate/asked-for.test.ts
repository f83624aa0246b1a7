import assert from 'node:assert/strict'
import { test } from 'node:test'
import { policy, policySet } from '../fixtures.test.support.js'
import { decide } from './decide.js'
import type { PoliciesInForce, PolicySet } from './policies.js'
import type { AuthorizationRequest, Principal } from './request.js'

const account = '111122223333'
const dana: Principal = { kind: 'user', arn: `arn:aws:iam::${account}:user/dana`, accountId: account, id: 'AIDADANA' }
const bucket = { arn: 'arn:aws:s3:::depot/a', accountId: account }

/** More often than a set must be asked to be worth an index. */
const OFTEN = 8

const allowing = (action: string): PolicySet => policySet(policy({ Effect: 'Allow', Action: action, Resource: '*' }))
const denying = (action: string): PolicySet => policySet(policy({ Effect: 'Deny', Principal: '*', Action: action, Resource: '*' }))
const denyingOwn = (action: string): PolicySet => policySet(policy({ Effect: 'Deny', Action: action, Resource: '*' }))

function verdict(inForce: PoliciesInForce, action = 's3:GetObject', change: Partial<AuthorizationRequest> = {}): string {
  return decide({ principal: dana, action, resource: bucket, context: {}, ...change }, inForce).verdict
}

function askOften(inForce: PoliciesInForce, action?: string): void {
  for (let turn = 0; turn < OFTEN; turn++) assert.equal(verdict(inForce, action), 'Allowed')
}

test('identity policies that were asked often are asked with the other policies of each request', () => {
  const others: [string, PoliciesInForce][] = [
    ['scp', { scp: [allowing('*'), denyingOwn('s3:*')] }],
    ['rcp', { rcp: [denying('s3:*')] }],
    ['endpoint', { endpoint: denying('s3:*') }],
    ['resource', { resource: { kind: 'resource', policies: denying('s3:*') } }],
    ['boundary', { boundary: denyingOwn('s3:*') }],
    ['session', { session: denyingOwn('s3:*') }],
  ]
  for (const [kind, closed] of others) {
    const identity = allowing('s3:*')
    askOften({ identity })
    assert.equal(verdict({ identity, ...closed }), 'ExplicitDeny', kind)
    for (let turn = 0; turn < OFTEN; turn++) {
      assert.equal(verdict({ identity, ...closed }), 'ExplicitDeny', kind)
      assert.equal(verdict({ identity }), 'Allowed', kind)
    }
  }
})

test('one policy in the place of another of its kind is asked', () => {
  const everyone = (action: string) => policySet(policy({ Effect: 'Allow', Principal: '*', Action: action, Resource: '*' }))
  const pairs: [string, PoliciesInForce, PoliciesInForce][] = [
    ['scp', { scp: [allowing('*'), allowing('s3:*')] }, { scp: [allowing('*'), allowing('ec2:*')] }],
    ['rcp', { rcp: [everyone('*')] }, { rcp: [everyone('ec2:*')] }],
    ['endpoint', { endpoint: everyone('s3:*') }, { endpoint: everyone('ec2:*') }],
    [
      'resource',
      { resource: { kind: 'resource', policies: everyone('s3:*') } },
      { resource: { kind: 'resource', policies: denying('*') } },
    ],
    ['boundary', { boundary: allowing('s3:*') }, { boundary: allowing('ec2:*') }],
    ['session', { session: allowing('s3:*') }, { session: allowing('ec2:*') }],
  ]
  for (const [kind, open, closed] of pairs) {
    const identity = allowing('s3:*')
    askOften({ identity, ...open })
    for (let turn = 0; turn < OFTEN; turn++) {
      assert.notEqual(verdict({ identity, ...closed }), 'Allowed', kind)
      assert.equal(verdict({ identity, ...open }), 'Allowed', kind)
    }
  }
})

test('the same policies as another kind of resource policy are asked as that', () => {
  const identity = allowing('kms:*')
  const policies = policySet(policy({ Effect: 'Allow', Principal: { AWS: '444455556666' }, Action: 'kms:Decrypt', Resource: '*' }))
  const key = { resource: { arn: `arn:aws:kms:eu-west-1:${account}:key/1`, accountId: account } }
  for (let turn = 0; turn < OFTEN; turn++) {
    assert.equal(verdict({ identity, resource: { kind: 'resource', policies } }, 'kms:Decrypt', key), 'Allowed')
    assert.equal(verdict({ identity, resource: { kind: 'key', policies } }, 'kms:Decrypt', key), 'ImplicitDeny')
  }
})

test('actions that the same statements cover are told apart by the other policies', () => {
  const identity = allowing('s3:*')
  const inForce = { identity, boundary: allowing('s3:GetObject'), scp: [allowing('s3:Get*')] }
  for (let turn = 0; turn < OFTEN; turn++) {
    assert.equal(verdict(inForce, 's3:GetObject'), 'Allowed')
    assert.equal(verdict(inForce, 's3:GetBucketAcl'), 'ImplicitDeny')
    assert.equal(verdict(inForce, 's3:PutObject'), 'ImplicitDeny')
  }
})

test('identity policies without a word on an action are asked with the policy of each resource', () => {
  const one = allowing('ec2:*')
  const other = allowing('sqs:*')
  const naming = (action: string) => ({
    kind: 'resource' as const,
    policies: policySet(policy({ Effect: 'Allow', Principal: { AWS: dana.arn }, Action: action, Resource: '*' })),
  })
  const reading = naming('s3:GetObject')
  const writing = naming('s3:PutObject')
  for (let turn = 0; turn < OFTEN; turn++) {
    for (const identity of [one, other]) {
      assert.equal(verdict({ identity, resource: reading }, 's3:GetObject'), 'Allowed')
      assert.equal(verdict({ identity, resource: writing }, 's3:GetObject'), 'ImplicitDeny')
      assert.equal(verdict({ identity, resource: writing }, 's3:PutObject'), 'Allowed')
      assert.equal(verdict({ identity, resource: reading }, 's3:PutObject'), 'ImplicitDeny')
    }
  }
})

test('who is spared a kind of policy is spared it though others before were not', () => {
  const identity = allowing('s3:*')
  const inForce = { identity, scp: [denyingOwn('s3:*')] }
  const spared = { principal: { ...dana, inManagementAccount: true } }
  for (let turn = 0; turn < OFTEN; turn++) {
    assert.equal(verdict(inForce), 'ExplicitDeny')
    assert.equal(verdict(inForce, 's3:GetObject', spared), 'Allowed')
  }
})

test('one resource after another with a policy of its own', () => {
  const identity = allowing('s3:*')
  const open = Array.from({ length: 6 }, () => policySet(policy({ Effect: 'Deny', Principal: '*', Action: 'ec2:*', Resource: '*' })))
  const closed = Array.from({ length: 6 }, () => denying('s3:GetObject'))
  for (let turn = 0; turn < OFTEN; turn++) {
    for (const policies of open) assert.equal(verdict({ identity, resource: { kind: 'resource', policies } }), 'Allowed')
    for (const policies of closed) assert.equal(verdict({ identity, resource: { kind: 'resource', policies } }), 'ExplicitDeny')
  }
})
