import assert from 'node:assert/strict'
import { test } from 'node:test'
import { policy } from '../fixtures.test.support.js'
import { type AuthorizationRequest, compile, decide, type PoliciesInForce, type PolicySet, type Principal, parsePolicy } from '../index.js'
import { denialSentence } from './sentence.js'

const account = '111122223333'
const dana: Principal = { kind: 'user', arn: `arn:aws:iam::${account}:user/dana`, accountId: account }
const base = `User: arn:aws:iam::${account}:user/dana is not authorized to perform:`

function sentence(change: Partial<AuthorizationRequest>, inForce: PoliciesInForce, resourceText?: string): string | undefined {
  const request: AuthorizationRequest = {
    principal: dana,
    action: 'iam:GetRole',
    resource: { arn: `arn:aws:iam::${account}:role/x`, accountId: account },
    context: {},
    ...change,
  }
  return denialSentence(request, decide(request, inForce), { resourceText })
}

function managed(arn: string | undefined, statement: object): PolicySet {
  return compile([{ document: parsePolicy(JSON.stringify(policy(statement)), 'lenient').document, ...(arn !== undefined && { arn }) }])
}
const deny = { Effect: 'Deny', Action: '*', Resource: '*' }
const allow = { Effect: 'Allow', Action: '*', Resource: '*' }

test('an implicit denial names what does not allow', () => {
  assert.equal(
    sentence({}, {}),
    `${base} iam:GetRole on resource: arn:aws:iam::${account}:role/x because no identity-based policy allows the iam:GetRole action`,
  )
  assert.match(sentence({}, { identity: managed(undefined, allow), scp: [compile([])] })!, / because no service control policy allows /)
})

test('IAM writes the resource in its own words', () => {
  assert.equal(
    sentence({}, { identity: managed(undefined, deny) }, 'role x'),
    `${base} iam:GetRole on resource: role x with an explicit deny in an identity-based policy`,
  )
})

test('an explicit denial by a managed policy of the caller ends in its ARN', () => {
  const arn = `arn:aws:iam::${account}:policy/no`
  assert.match(sentence({}, { identity: managed(arn, deny) })!, new RegExp(` in an identity-based policy: ${arn}$`))
  assert.match(
    sentence({}, { identity: managed(undefined, allow), boundary: managed(arn, deny) })!,
    new RegExp(` in a permissions boundary: ${arn}$`),
  )
})

test('a resource control policy is named to its own organization only', () => {
  const rcp = [managed('arn:aws:organizations::1:policy/o-x/resource_control_policy/p-x', { ...deny, Principal: '*' })]
  const bucket = { arn: 'arn:aws:s3:::b', accountId: '444455556666' }
  const text = (context: Record<string, string>) => sentence({ action: 's3:ListBucket', resource: bucket, context }, { rcp })!
  assert.match(text({}), /with an explicit deny in a resource control policy$/)
  assert.match(text({ 'aws:PrincipalOrgID': 'o-x', 'aws:ResourceOrgID': 'o-x' }), /resource control policy: arn:aws:organizations/)
})

test('each service writes the resource its way', () => {
  assert.match(
    sentence({ action: 's3:GetObject', resource: { arn: 'arn:aws:s3:::b/k', accountId: account } }, {})!,
    / on resource: "arn:aws:s3:::b\/k" because /,
  )
  assert.equal(
    sentence({ action: 'ec2:DescribeInstances', resource: { arn: '*', accountId: account } }, {}),
    `${base} ec2:DescribeInstances because no identity-based policy allows the ec2:DescribeInstances action`,
  )
  assert.match(sentence({ action: 'iam:GetAccountSummary', resource: { arn: '*', accountId: account } }, {})!, / on resource: \* because /)
})

test('STS gives no reason when a role may not be assumed', () => {
  assert.equal(sentence({ action: 'sts:AssumeRole' }, {}), `${base} sts:AssumeRole on resource: arn:aws:iam::${account}:role/x`)
  const provider: Principal = { kind: 'oidc', providerArn: `arn:aws:iam::${account}:oidc-provider/id.example` }
  assert.equal(
    sentence({ action: 'sts:AssumeRoleWithWebIdentity', principal: provider }, {}),
    'Not authorized to perform sts:AssumeRoleWithWebIdentity',
  )
})

test('a trust policy is named with its article', () => {
  const trust = managed(undefined, { Effect: 'Deny', Action: 'sts:AssumeRoot', Principal: '*' })
  assert.match(
    sentence({ action: 'sts:AssumeRoot' }, { resource: { kind: 'trust', policies: trust } })!,
    / with an explicit deny in the role trust policy$/,
  )
})

test('an allowed request has no sentence', () => {
  assert.equal(sentence({}, { identity: managed(undefined, allow) }), undefined)
})

test('a rule without policies gives its own words, or no reason', () => {
  const session: Principal = { ...dana, session: 'GetSessionToken' }
  assert.equal(sentence({ action: 'sts:GetSessionToken', principal: session }, {}), 'Cannot call GetSessionToken with session credentials')
  assert.equal(
    sentence({ principal: session }, { identity: managed(undefined, allow) }),
    `${base} iam:GetRole on resource: arn:aws:iam::${account}:role/x`,
  )
})
