import assert from 'node:assert/strict'
import { test } from 'node:test'
import { policy, policySet } from '../fixtures.test.support.js'
import { type Decision, explain, parsePolicy } from '../index.js'
import { compile } from './compile.js'
import { decide } from './decide.js'
import type { PoliciesInForce, PolicySet } from './policies.js'
import type { AuthorizationRequest, Principal } from './request.js'
import { contextKey } from './request-view.js'

const account = '111122223333'
const dana: Principal = { kind: 'user', arn: `arn:aws:iam::${account}:user/eng/dana`, accountId: account, id: 'AIDADANA' }
const session: Principal = {
  kind: 'role',
  arn: `arn:aws:sts::${account}:assumed-role/app/run-7`,
  roleArn: `arn:aws:iam::${account}:role/svc/app`,
  accountId: account,
  id: 'AROAAPP',
}

function request(change: Partial<AuthorizationRequest> = {}): AuthorizationRequest {
  return { principal: dana, action: 's3:GetObject', resource: { arn: 'arn:aws:s3:::depot/a', accountId: account }, context: {}, ...change }
}

/** The verdict and the kind of policy that is named. */
function outcome(inForce: PoliciesInForce, change: Partial<AuthorizationRequest> = {}): string {
  const decision = decide(request(change), inForce)
  return decision.verdict === 'Allowed' ? 'Allowed' : `${decision.verdict} ${decision.policyType}`
}

const full = policySet(policy({ Effect: 'Allow', Action: '*', Resource: '*' }))
const silent = policySet(policy({ Effect: 'Allow', Action: 'ec2:*', Resource: '*' }))
const none = policySet()
const refusing = policySet(policy({ Effect: 'Deny', Action: '*', Resource: '*' }))
const refusingAll = policySet(policy({ Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' }))
const everyone = policySet(policy({ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }))

test('of several kinds that deny, the first of the naming order is named', () => {
  const kinds: [keyof PoliciesInForce, PoliciesInForce][] = [
    ['scp', { scp: [refusing] }],
    ['rcp', { rcp: [refusingAll] }],
    ['endpoint', { endpoint: refusingAll }],
    ['resource', { resource: { kind: 'resource', policies: refusingAll } }],
    ['identity', { identity: refusing }],
    ['boundary', { boundary: refusing }],
    ['session', { session: refusing }],
  ]
  for (const [index, [kind]] of kinds.entries()) {
    const inForce: PoliciesInForce = Object.assign({}, ...kinds.slice(index).map(([, part]) => part))
    assert.equal(outcome(inForce), `ExplicitDeny ${kind}`)
  }
})

test('of several kinds that do not allow, the first of the naming order is named', () => {
  const foreign = { resource: { arn: 'arn:aws:s3:::depot/a', accountId: '444455556666' } }
  const lacking: PoliciesInForce = { rcp: [none], scp: [none], endpoint: none, identity: none, boundary: none, session: none }
  assert.equal(outcome(lacking, foreign), 'ImplicitDeny rcp')
  assert.equal(outcome({ ...lacking, rcp: [full] }, foreign), 'ImplicitDeny scp')
  assert.equal(outcome({ ...lacking, rcp: [full], scp: [full] }, foreign), 'ImplicitDeny endpoint')
  const passed = { ...lacking, rcp: [full], scp: [full], endpoint: everyone }
  assert.equal(outcome(passed, foreign), 'ImplicitDeny resource')
  const opened: PoliciesInForce = { ...passed, resource: { kind: 'resource', policies: everyone } }
  assert.equal(outcome(opened, foreign), 'ImplicitDeny identity')
  assert.equal(outcome({ ...opened, identity: full }, foreign), 'ImplicitDeny boundary')
  assert.equal(outcome({ ...opened, identity: full, boundary: full }, foreign), 'ImplicitDeny session')
  assert.equal(outcome({ ...opened, identity: full, boundary: full, session: full }, foreign), 'Allowed')
})

test('an Allow names the statements that it rests on', () => {
  const grantOf = (decision: Decision) => (decision.verdict === 'Allowed' ? decision.grant : undefined)
  const statements = (inForce: PoliciesInForce, change: Partial<AuthorizationRequest> = {}) => {
    const grant = grantOf(decide(request(change), inForce))
    return grant?.kind === 'statements' ? grant.statements.map(({ policyType }) => policyType) : grant?.kind
  }
  assert.deepEqual(statements({ identity: full }), ['identity'])
  assert.deepEqual(statements({ resource: { kind: 'resource', policies: everyone } }), ['resource'])
  const foreign = { resource: { arn: 'arn:aws:s3:::depot/a', accountId: '444455556666' } }
  assert.deepEqual(statements({ identity: full, resource: { kind: 'resource', policies: everyone } }, foreign), ['resource', 'identity'])
  const root: Principal = { kind: 'root', arn: `arn:aws:iam::${account}:root`, accountId: account }
  assert.equal(statements({}, { principal: root }), 'rootUser')
  assert.equal(statements({}, { action: 'sts:GetCallerIdentity' }), 'serviceRule')
})

test('a federated user is limited by what was passed, and by its boundary', () => {
  const federated: Principal = {
    kind: 'federatedUser',
    arn: `arn:aws:sts::${account}:federated-user/carol`,
    accountId: account,
    federatedBy: dana.arn,
    federatedById: 'AIDADANA',
  }
  const base: PoliciesInForce = {
    resource: {
      kind: 'resource',
      policies: policySet(policy({ Effect: 'Allow', Principal: { AWS: 'AIDADANA' }, Action: '*', Resource: '*' })),
    },
  }
  assert.equal(outcome(base, { principal: federated }), 'ImplicitDeny session')
  assert.equal(outcome({ ...base, session: full }, { principal: federated }), 'Allowed')
  assert.equal(outcome({ ...base, session: full, boundary: silent }, { principal: federated }), 'ImplicitDeny boundary')
  assert.equal(outcome({ identity: full, session: full }, { principal: federated, action: 'iam:GetUser' }), 'ImplicitDeny identity')
  assert.equal(outcome({ identity: full, session: full }, { principal: { ...federated, console: true }, action: 'iam:GetUser' }), 'Allowed')
})

test('roles and keys need their own policy, also when the request came without one', () => {
  assert.equal(
    outcome({ identity: full }, { action: 'sts:AssumeRole', resource: { arn: `arn:aws:iam::${account}:role/x`, accountId: account } }),
    'ImplicitDeny trust',
  )
  assert.equal(
    outcome({ identity: full }, { action: 'kms:Decrypt', resource: { arn: `arn:aws:kms:us-east-1:${account}:key/x`, accountId: account } }),
    'ImplicitDeny key',
  )
  assert.equal(
    outcome({ identity: full }, { action: 'iam:GetRole', resource: { arn: `arn:aws:iam::${account}:role/x`, accountId: account } }),
    'Allowed',
  )
})

/** A resource policy whose principals were bound to ids when it was saved. */
function bound(principal: object, ids: Record<string, string>, effect = 'Allow'): PolicySet {
  const text = JSON.stringify(policy({ Effect: effect, Principal: principal, Action: '*', Resource: '*' }))
  return compile([{ document: parsePolicy(text, 'lenient').document, principalIds: new Map(Object.entries(ids)) }])
}

test('an ARN that was bound to an id means that id and not a namesake', () => {
  const of = (policies: PolicySet): PoliciesInForce => ({ resource: { kind: 'resource', policies } })
  assert.equal(outcome(of(bound({ AWS: dana.arn }, { [dana.arn]: 'AIDADANA' }))), 'Allowed')
  assert.equal(outcome(of(bound({ AWS: dana.arn }, { [dana.arn]: 'AIDAOLDDANA' }))), 'ImplicitDeny identity')
  assert.equal(outcome(of(bound({ AWS: dana.arn }, {}))), 'Allowed')
  assert.equal(outcome(of(bound({ AWS: 'AIDADANA' }, {}))), 'Allowed')
  assert.equal(outcome(of(bound({ AWS: 'AIDAOTHER' }, {}))), 'ImplicitDeny identity')
  assert.equal(outcome(of(bound({ AWS: 'AROAAPP' }, {})), { principal: session }), 'Allowed')
  assert.equal(outcome({ identity: full, ...of(bound({ AWS: 'AROAAPP' }, {}, 'Deny')) }, { principal: session }), 'ExplicitDeny resource')
  const { id: _, ...withoutId } = dana
  assert.equal(outcome(of(bound({ AWS: dana.arn }, { [dana.arn]: 'AIDADANA' })), { principal: withoutId }), 'ImplicitDeny identity')
})

test('keys that follow from the principal are there, unless the request has them', () => {
  const key = (name: string, principal: Principal, context = {}) => contextKey(request({ principal, context }), name)
  assert.equal(key('aws:PrincipalArn', session), `arn:aws:iam::${account}:role/svc/app`)
  assert.equal(key('AWS:USERID', session), 'AROAAPP:run-7')
  assert.equal(key('aws:userid', dana), 'AIDADANA')
  assert.equal(key('aws:username', dana), 'dana')
  assert.equal(key('aws:username', session), undefined)
  assert.equal(key('aws:PrincipalType', session), 'AssumedRole')
  assert.equal(key('aws:PrincipalAccount', { kind: 'anonymous' }), 'anonymous')
  assert.equal(key('aws:PrincipalArn', { kind: 'anonymous' }), undefined)
  assert.equal(key('aws:PrincipalIsAWSService', { kind: 'anonymous' }), undefined)
  assert.equal(key('aws:PrincipalIsAWSService', dana), 'false')
  const service: Principal = { kind: 'service', names: ['logging.s3.amazonaws.com', 'logdelivery.s3.us-east-1.amazonaws.com'] }
  assert.equal(key('aws:PrincipalIsAWSService', service), 'true')
  assert.equal(key('aws:PrincipalServiceName', service), 'logging.s3.amazonaws.com')
  assert.deepEqual(key('aws:PrincipalServiceNamesList', service), service.names)
  assert.equal(key('aws:PrincipalArn', service), undefined)
  assert.equal(key('aws:username', dana, { 'AWS:UserName': 'given' }), 'given')
  assert.equal(key('constructor', dana), undefined)
  assert.equal(key('__proto__', dana), undefined)
})

test('of keys that differ in letter case the one spelled as asked wins, then the first', () => {
  const context = { 'aws:PrincipalTag/ENV': 'upper', 'aws:PrincipalTag/env': 'lower' }
  assert.equal(contextKey(request({ context }), 'aws:PrincipalTag/env'), 'lower')
  assert.equal(contextKey(request({ context }), 'aws:principaltag/Env'), 'upper')
})

test('what is not understood closes, whatever its effect, and says so', () => {
  const doubts: [string, object, PoliciesInForce][] = [
    ['an unknown operator of a Deny', { Effect: 'Deny', Action: '*', Resource: '*', Condition: { Sounds: { k: 'v' } } }, {}],
    ['an unknown operator of an Allow', { Effect: 'Allow', Action: '*', Resource: '*', Condition: { Sounds: { k: 'v' } } }, {}],
    ['a missing resource', { Effect: 'Allow', Action: '*' }, {}],
    ['a principal in an identity policy', { Effect: 'Deny', Action: '*', Resource: '*', Principal: '*' }, {}],
    ['an unknown effect', { Effect: 'Maybe', Action: '*', Resource: '*' }, {}],
  ]
  for (const [name, statement, others] of doubts) {
    const identity = policySet(policy({ Effect: 'Allow', Action: '*', Resource: '*' }), policy(statement))
    const decision = decide(request(), { ...others, identity })
    assert.equal(decision.verdict, 'ImplicitDeny', name)
    assert.ok(decision.verdict === 'ImplicitDeny' && decision.notUnderstood !== undefined, name)
  }
  const wildcard = policySet(policy({ Effect: 'Deny', Action: '*', Resource: '*', Principal: { AWS: `arn:aws:iam::${account}:user/*` } }))
  assert.equal(outcome({ identity: full, resource: { kind: 'resource', policies: wildcard } }), 'ImplicitDeny resource')
  const short = policySet(policy({ Effect: 'Allow', Action: '*', Resource: '*' }, { Effect: 'Deny', Action: '*', Resource: 'arn:aws:s3' }))
  assert.equal(outcome({ identity: full, scp: [short] }), 'ImplicitDeny scp')
})

test('what is not understood does no harm where it cannot apply, and a plain Deny is told first', () => {
  const elsewhere = policySet(
    policy(
      { Effect: 'Allow', Action: '*', Resource: '*' },
      { Effect: 'Deny', Action: 'ec2:*', Resource: '*', Condition: { Sounds: { k: 'v' } } },
    ),
  )
  assert.equal(outcome({ identity: elsewhere }), 'Allowed')
  assert.equal(outcome({ identity: elsewhere }, { action: 'ec2:RunInstances' }), 'ImplicitDeny identity')
  assert.equal(outcome({ identity: elsewhere, boundary: refusing }, { action: 'ec2:RunInstances' }), 'ExplicitDeny boundary')
  const settled = policySet(
    policy(
      { Effect: 'Allow', Action: '*', Resource: '*' },
      { Effect: 'Deny', Action: '*', Resource: '*', Condition: { Sounds: { k: 'v' }, StringEquals: { 'aws:username': 'erin' } } },
    ),
  )
  assert.equal(outcome({ identity: settled }), 'Allowed')
})

test('a service-linked role is spared by boundary, SCPs and RCPs', () => {
  const linked: Principal = { ...session, serviceLinked: true }
  const inForce: PoliciesInForce = { identity: full, boundary: refusing, scp: [refusing], rcp: [refusingAll] }
  assert.equal(outcome(inForce, { principal: linked }), 'Allowed')
  assert.equal(outcome(inForce, { principal: session }), 'ExplicitDeny scp')
})

test('an explanation looks at every statement with the eyes of the decision', () => {
  const identity = policySet(
    policy(
      { Sid: 'One', Effect: 'Allow', Action: 's3:PutObject', Resource: '*' },
      { Sid: 'Two', Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::other/*' },
      { Sid: 'Three', Effect: 'Allow', Action: 's3:*', Resource: '*', Condition: { StringEquals: { 'aws:PrincipalTag/team': 'red' } } },
      { Sid: 'Four', Effect: 'Deny', Action: 's3:*', Resource: 'arn:aws:s3:::${aws:PrincipalTag/home}/*' },
    ),
  )
  const resource = {
    kind: 'resource' as const,
    policies: policySet(policy({ Effect: 'Allow', Principal: { AWS: '444455556666' }, Action: '*', Resource: '*' })),
  }
  const explanation = explain(request({ context: { 'aws:PrincipalTag/team': 'blue' } }), { identity, resource })
  const elements = explanation.considered.flatMap(({ statements }) => statements.map(({ mismatch }) => mismatch?.element))
  assert.deepEqual(elements, ['Principal', 'Action', 'Resource', 'Condition', 'Resource'])
  const third = explanation.considered[1]?.statements[2]?.mismatch
  assert.deepEqual([third?.operator, third?.key, third?.wanted, third?.seen], ['StringEquals', 'aws:PrincipalTag/team', ['red'], ['blue']])
  assert.deepEqual(explanation.missingContextKeys, ['aws:PrincipalTag/home'])
  assert.deepEqual(explanation.matched, [])
  assert.match(explanation.message!, /because no identity-based policy allows the s3:GetObject action$/)
})

test('an explanation names what is passed over', () => {
  const inForce: PoliciesInForce = { identity: full, scp: [refusing] }
  const { considered, decision, matched } = explain(request({ principal: { ...dana, inManagementAccount: true } }), inForce)
  assert.equal(decision.verdict, 'Allowed')
  assert.equal(considered[0]?.skipped, 'principalInManagementAccount')
  assert.deepEqual(
    matched.map(({ policyType }) => policyType),
    ['identity'],
  )
  const asked = explain(request({ action: 'sts:GetCallerIdentity' }), inForce)
  assert.deepEqual(asked.matched, [])
  assert.equal(asked.considered[1]?.skipped, 'callerIdentity')
})
