import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { answerOf, type Scenario, scenarios } from '../fixtures.test.support.js'
import { answerCase } from './case.js'

const all = scenarios()

test('every scenario is decided as AWS decides it', () => {
  assert.ok(all.length >= 250, `${all.length} scenarios`)
  assert.equal(new Set(all.map(({ id }) => id)).size, all.length, 'every scenario has a name of its own')
  for (const scenario of all) {
    const answer = answerOf(scenario)
    assert.equal(answer.decision, scenario.expected, `${scenario.id}: ${JSON.stringify(answer)}`)
  }
})

/** Account ids and names that stand in scenarios; a name counts only where it is a whole word. */
const NAMES = /\b(?:111122223333|444455556666|dana|erin|carol|depot|jobs|app|ops|target|kadmin)\b/g

test('accounts and names mean nothing by themselves', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 31 - 1 }), (seed) => {
      const renamed = new Map<string, string>()
      const rename = (name: string) => {
        const next = renamed.get(name) ?? newName(name, seed + renamed.size * 7919)
        renamed.set(name, next)
        return next
      }
      for (const scenario of all) {
        const relabelled = JSON.parse(JSON.stringify(scenario).replace(NAMES, rename)) as Scenario
        assert.equal(answerOf(relabelled).decision, scenario.expected, `${scenario.id} with ${JSON.stringify([...renamed])}`)
      }
    }),
    { numRuns: 8 },
  )
})

/** Another account id, or another name of letters that no wildcard of the scenarios meets by accident. */
function newName(name: string, seed: number): string {
  const number = (BigInt(seed) * 48_271n + 11n) % 899_999_999_999n
  return /^\d+$/.test(name)
    ? String(100_000_000_000n + number)
    : `q${number.toString(26).replace(/\d/g, (digit) => 'uvwxyzqrst'[Number(digit)]!)}`
}

test('an answer names the statements that applied, in the words of the case', () => {
  const answer = answerOf({
    id: 7,
    policies: {
      identity: [{ Version: '2012-10-17', Statement: { Sid: 'A', Effect: 'Allow', Action: '*', Resource: '*' } }],
      vpce: { Statement: { Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' } },
      scp: [[{ Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }]],
    },
    request: {
      principal: 'arn:aws:iam::111122223333:user/dana',
      action: 's3:GetObject',
      resource: 'arn:aws:s3:::b/k',
      resourceAccount: '111122223333',
    },
  })
  assert.deepEqual(answer, {
    id: 7,
    decision: 'explicitDeny',
    reason: 'explicitDeny:vpce',
    matched: [
      { policyType: 'scp', level: 0, policyIndex: 0, statementIndex: 0 },
      { policyType: 'vpce', policyIndex: 0, statementIndex: 0 },
      { policyType: 'identity', policyIndex: 0, statementIndex: 0, sid: 'A' },
    ],
    message:
      'User: arn:aws:iam::111122223333:user/dana is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::b/k" with an explicit deny in a VPC endpoint policy',
  })
})

test('a case that cannot be read is answered with an error and its id', () => {
  const request = { principal: 'arn:aws:iam::1:user/u', action: 's3:GetObject', resource: 'arn:aws:s3:::b', resourceAccount: '1' }
  const unreadable: object[] = [
    {},
    { request },
    { request, policies: [] },
    { request, policies: { identities: [] } },
    { request, policies: { scp: {} } },
    { request, policies: { resource: {}, trust: {} } },
    { request: { ...request, principal: 'somebody' }, policies: {} },
    { request: { ...request, principal: 'arn:aws:iam::1:group/g' }, policies: {} },
    { request: { ...request, action: 'GetObject' }, policies: {} },
    { request: { ...request, resourceAccount: undefined }, policies: {} },
    { request: { ...request, context: { k: null } }, policies: {} },
    { request: { ...request, mgmt: 'yes' }, policies: {} },
    { request: { ...request, sessionKind: 'Other' }, policies: {} },
  ]
  for (const each of unreadable) {
    const answer = answerOf({ ...each, id: 'x' })
    assert.equal(answer.id, 'x')
    assert.ok(answer.error !== undefined && answer.decision === undefined, JSON.stringify(each))
  }
  assert.deepEqual(JSON.parse(answerCase('nonsense')).id, null)
  assert.deepEqual(JSON.parse(answerCase('[]')).id, null)
})

test('whatever the line, there is one line of JSON and no Allow without policies', () => {
  const line = fc.oneof(
    fc.string(),
    fc.json(),
    fc
      .constantFrom(...all.map((scenario) => JSON.stringify(scenario)))
      .chain((text) => fc.nat(text.length - 1).map((at) => text.slice(0, at))),
  )
  fc.assert(
    fc.property(line, (text) => {
      const answer = answerCase(text)
      assert.ok(!answer.includes('\n'))
      assert.ok(JSON.parse(answer).error !== undefined)
    }),
    { numRuns: 500 },
  )
})

test('the order of members and white space mean nothing', () => {
  for (const scenario of all) {
    const reversed = JSON.stringify(reverseMembers(scenario), null, 1).replaceAll('\n', ' ')
    assert.equal(JSON.parse(answerCase(reversed)).decision, scenario.expected, scenario.id)
  }
})

function reverseMembers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reverseMembers)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, reverseMembers(member)]),
  )
}
