// What may be done to any case without changing its decision, or only in one direction (policy-semantics §17). Each law is tried on
// every scenario and, where chance has a part in it, on generated policies; its true exceptions are named.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { answerOf, policy, type Scenario, scenarios } from '../fixtures.test.support.js'
import { type Changeable, DENY_ALL, type Json, listOf, neutral, raising, withIdentity } from './laws.test.support.js'

const all = scenarios()
const RANK = ['explicitDeny', 'implicitDeny', 'allowed']

/** What service rules answer before any policy is asked. */
const RULED = new Set([
  'a federated user has no IAM',
  'a federated user has no STS',
  'a federated user may ask who it is',
  'GetSessionToken asks no policy',
  'GetSessionToken cannot be denied',
  'GetSessionToken takes a long-term key',
  'a session token without MFA may not use IAM',
  'a session token may not use the rest of STS',
  'GetCallerIdentity cannot be denied',
  'aliases of AWS cannot be made',
  'managed policies of AWS cannot be changed',
  'reserved roles cannot be changed',
  'a role of another account cannot be passed',
  'a federated user has no STS at all',
  'a role session gets no GetSessionToken',
  'the root user gets GetSessionToken',
  'a caller identity is told to a role',
  'a role of another account cannot be passed whatever it says',
])
/** Deny with NotPrincipal hits whoever has a boundary, even one that allows everything. */
const HIT_FOR_A_BOUNDARY = new Set([
  'NotPrincipal spares who is listed with the account',
  'NotPrincipal spares a session listed with role and account',
  'a service is spared by a list with it',
])

function decisionOf(scenario: Changeable & { readonly id?: string }): string {
  const { decision, error } = answerOf(scenario)
  assert.ok(decision !== undefined, `${scenario.id}: ${error}`)
  return decision
}

for (const [change, apply] of neutral) {
  const exceptions = change === 'adding a boundary that allows everything' ? HIT_FOR_A_BOUNDARY : new Set<string>()
  test(`${change} changes nothing`, () => {
    for (const scenario of all) {
      const after = decisionOf(apply(scenario))
      if (exceptions.has(scenario.id)) assert.notEqual(after, scenario.expected, `${scenario.id} is no exception any more`)
      else assert.equal(after, scenario.expected, scenario.id)
    }
  })
}

for (const [change, apply] of raising) {
  test(`${change} never lowers a decision`, () => {
    for (const scenario of all) {
      assert.ok(RANK.indexOf(decisionOf(apply(scenario))) >= RANK.indexOf(scenario.expected), scenario.id)
    }
  })
}

test('adding an identity policy that denies everything is an explicit deny', () => {
  for (const scenario of all) {
    const after = decisionOf(withIdentity(scenario, DENY_ALL))
    if (RULED.has(scenario.id)) assert.equal(after, scenario.expected, `${scenario.id} is answered by a rule`)
    else assert.equal(after, 'explicitDeny', scenario.id)
  }
})

const statement = fc
  .record({
    Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
    element: fc.constantFrom('Action', 'NotAction'),
    actions: fc.array(fc.constantFrom('*', 's3:*', 's3:Get*', 's3:GetObject', 's3:Put?bject', 'sqs:*'), { minLength: 1, maxLength: 3 }),
    resourceElement: fc.constantFrom('Resource', 'NotResource'),
    resources: fc.array(
      fc.constantFrom('*', 'arn:aws:s3:::depot/*', 'arn:aws:s3:::d*', 'arn:aws:s3:::home/${aws:username}/*', 'arn:aws:sqs:*:*:*'),
      {
        minLength: 1,
        maxLength: 2,
      },
    ),
    condition: fc.option(
      fc.record({
        set: fc.constantFrom('', '', 'ForAllValues:', 'ForAnyValue:'),
        operator: fc.constantFrom('StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike', 'StringEqualsIgnoreCase'),
        suffix: fc.constantFrom('', 'IfExists'),
        key: fc.constantFrom('k:one', 'k:many', 'k:none', 'aws:username'),
        values: fc.array(fc.constantFrom('a', 'b', 'a*', 'dana', '${aws:username}'), { maxLength: 2 }),
      }),
    ),
  })
  .map(({ Effect, element, actions, resourceElement, resources, condition }) => ({
    Effect,
    [element]: actions,
    [resourceElement]: resources,
    ...(condition !== null && {
      Condition: { [`${condition.set}${condition.operator}${condition.suffix}`]: { [condition.key]: condition.values } },
    }),
  }))
const document = fc.array(statement, { minLength: 1, maxLength: 3 }).map((statements) => policy(...statements))
const request = fc.record({
  principal: fc.constantFrom('arn:aws:iam::111122223333:user/dana', 'arn:aws:sts::111122223333:assumed-role/app/run-7'),
  action: fc.constantFrom('s3:GetObject', 's3:PutObject', 'sqs:SendMessage'),
  resource: fc.constantFrom('arn:aws:s3:::depot/a', 'arn:aws:s3:::home/dana/x', 'arn:aws:sqs:us-east-1:111122223333:jobs'),
  resourceAccount: fc.constant('111122223333'),
  context: fc.constantFrom({}, { 'k:one': 'a' }, { 'k:one': 'b', 'k:many': ['a', 'b'] }, { 'k:many': [] }),
})
const generated = fc
  .record({
    identity: fc.array(document, { maxLength: 2 }),
    boundary: fc.option(document, { nil: undefined }),
    session: fc.option(fc.array(document, { maxLength: 2 }), { nil: undefined }),
    scp: fc.option(fc.array(fc.array(document, { minLength: 1, maxLength: 2 }), { maxLength: 2 }), { nil: undefined }),
    request,
  })
  .map(
    ({ request: asked, ...policies }): Scenario => ({
      id: 'generated',
      policies: JSON.parse(JSON.stringify(policies)),
      request: asked,
      expected: '',
    }),
  )

test('the laws hold for generated policies', () => {
  fc.assert(
    fc.property(generated, (scenario) => {
      const before = decisionOf(scenario)
      for (const [change, apply] of neutral) assert.equal(decisionOf(apply(scenario)), before, change)
      const denied = { ...scenario, policies: { ...scenario.policies, identity: [DENY_ALL] } }
      assert.equal(decisionOf(denied), 'explicitDeny')
    }),
    { numRuns: 400 },
  )
})

test('a Deny in any policy is never outvoted, and nothing is allowed without an Allow', () => {
  fc.assert(
    fc.property(generated, (scenario) => {
      const { decision, matched = [] } = answerOf(scenario)
      const effects = matched.map(({ policyType, level, policyIndex, statementIndex }) => {
        const sets = scenario.policies[String(policyType)]
        const list = level === undefined ? sets : (sets as unknown[])[Number(level)]
        return ((listOf(list)[Number(policyIndex)] as Json).Statement as Json[])[Number(statementIndex)]?.Effect
      })
      assert.equal(decision === 'explicitDeny', effects.includes('Deny'))
      if (decision === 'allowed') assert.ok(matched.some(({ policyType }) => policyType === 'identity'))
    }),
    { numRuns: 400 },
  )
})
