import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { matchedStatements } from '../explain/explain.js'
import { policy, policySet } from '../fixtures.test.support.js'
import { decide } from './decide.js'
import type { Decision, MatchedStatement } from './decision.js'
import type { AuthorizationRequest } from './request.js'

const account = '111122223333'

function request(action: string, arn: string): AuthorizationRequest {
  return {
    principal: { kind: 'user', arn: `arn:aws:iam::${account}:user/ab`, accountId: account, id: 'AIDAAB' },
    action,
    resource: { arn, accountId: account },
    context: { 'aws:username': 'ab', 'aws:PrincipalTag/team': 'a' },
  }
}

const piece = fc.constantFrom('a', 'b', 'ab', 'ba', '/', ':', '-')
const text = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''))
const pattern = fc
  .array(fc.oneof({ weight: 5, arbitrary: piece }, { weight: 2, arbitrary: fc.constantFrom('*', '?', '${aws:username}', '${*}') }), {
    maxLength: 6,
  })
  .map((pieces) => pieces.join(''))
const resource = fc.oneof(
  { weight: 6, arbitrary: pattern.map((tail) => `arn:aws:s3:::${tail}`) },
  { weight: 1, arbitrary: fc.constantFrom('*', 'arn:aws:*:::a*', 'arn:aws:s3:*', 'arn:*:s3:::ab*', 'arn:aws:s3::*:a') },
)
const statement = fc.record(
  {
    Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
    Action: fc.constantFrom('s3:Get*', 's3:GetObject', '*', 's3:*', 'ec2:*'),
    Resource: fc.array(resource, { minLength: 1, maxLength: 3 }),
    Condition: fc.constant({ StringEquals: { 'aws:PrincipalTag/team': ['a', '${aws:username}'] } }),
  },
  { requiredKeys: ['Effect', 'Action', 'Resource'] },
)
const documents = fc.array(fc.array(statement, { minLength: 1, maxLength: 30 }), { minLength: 1, maxLength: 4 })

const name = ({ policyIndex, statementIndex }: MatchedStatement): string => `${policyIndex}.${statementIndex}`

function shown(decision: Decision): string {
  if (decision.verdict === 'ExplicitDeny') return `denied by ${name(decision.statement)}`
  if (decision.verdict === 'ImplicitDeny') return 'not allowed'
  return decision.grant.kind === 'statements' ? `allowed by ${decision.grant.statements.map(name).join()}` : decision.grant.kind
}

test('a set names the same statement when it is asked for the first time, asked again, and looked through statement by statement', () => {
  fc.assert(
    fc.property(documents, fc.array(text, { minLength: 3, maxLength: 6 }), (written, tails) => {
      const inForce = { identity: policySet(...written.map((statements) => policy(...statements))) }
      for (const tail of [...tails, ...tails]) {
        const asked = request('s3:GetObject', `arn:aws:s3:::${tail}`)
        const decision = decide(asked, inForce)
        const fresh = decide(asked, { identity: policySet(...written.map((statements) => policy(...statements))) })
        assert.equal(shown(decision), shown(fresh))
        const all = matchedStatements(asked, inForce, decision)
        const effectOf = ({ policy: { document }, statementIndex }: MatchedStatement) => document.statements[statementIndex]!.effect
        const first = all.find((found) => effectOf(found) === 'Deny') ?? all[0]
        assert.equal(shown(decision).split(' by ')[1], first && name(first))
      }
    }),
    { numRuns: 120 },
  )
})
