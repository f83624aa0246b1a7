// The laws of policy-semantics §17 on generated cases, with their exceptions as rules: what the scenarios name one by one.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DENY_ALL, neutral, raising, withIdentity } from '#engine/cases/laws.test.support.js'
import { decide } from '#engine/evaluate/decide.js'
import type { Decision } from '#engine/evaluate/decision.js'
import { questionOf } from './compare.js'
import { type FuzzCase, makeWorld } from './generate.js'
import { Random } from './random.js'

const CASES = 1000
const RANK = ['ExplicitDeny', 'ImplicitDeny', 'Allowed']

const cases: readonly { readonly fuzzCase: FuzzCase; readonly decision: Decision }[] = makeCases(new Random(1726))

function makeCases(random: Random): { fuzzCase: FuzzCase; decision: Decision }[] {
  const made: { fuzzCase: FuzzCase; decision: Decision }[] = []
  while (made.length < CASES) {
    const { policies, requests } = makeWorld(random, 2)
    for (const request of requests) {
      const fuzzCase = { policies, ...request }
      // Two keys that differ in letter case only are ambiguous (§5.1).
      const names = Object.keys(request.request.context as object).map((name) => name.toLowerCase())
      if (new Set(names).size === names.length) made.push({ fuzzCase, decision: decisionOf(fuzzCase) })
    }
  }
  return made
}

function decisionOf(fuzzCase: FuzzCase): Decision {
  const { request, inForce } = questionOf(fuzzCase)
  return decide(request, inForce)
}

function isRuled(decision: Decision): boolean {
  return decision.verdict === 'Allowed' ? decision.grant.kind === 'serviceRule' : 'rule' in decision && decision.rule !== undefined
}

/** A Deny with NotPrincipal hits whoever has a boundary (§2.5), which no other law's change can bring about. */
function mayBeHitForABoundary(change: string, { policies }: FuzzCase): boolean {
  return change === 'adding a boundary that allows everything' && JSON.stringify(policies).includes('"NotPrincipal"')
}

for (const [change, apply] of neutral) {
  test(`${change} changes nothing in generated cases`, () => {
    let excepted = 0
    for (const { fuzzCase, decision } of cases) {
      const changed = { ...fuzzCase, ...apply(fuzzCase) }
      const after = decisionOf(changed).verdict
      if (after === decision.verdict) continue
      assert.ok(
        mayBeHitForABoundary(change, fuzzCase) && after !== 'Allowed',
        `${decision.verdict}, then ${after}: ${JSON.stringify(changed)}`,
      )
      excepted++
    }
    assert.ok(excepted < CASES / 20)
  })
}

for (const [change, apply] of raising) {
  test(`${change} never lowers a decision in generated cases`, () => {
    for (const { fuzzCase, decision } of cases) {
      const changed = { ...fuzzCase, ...apply(fuzzCase) }
      const after = decisionOf(changed).verdict
      assert.ok(RANK.indexOf(after) >= RANK.indexOf(decision.verdict), `${decision.verdict}, then ${after}: ${JSON.stringify(changed)}`)
    }
  })
}

test('adding an identity policy that denies everything is an explicit deny in generated cases, but where a rule answers first', () => {
  for (const { fuzzCase, decision } of cases) {
    const changed = { ...fuzzCase, ...withIdentity(fuzzCase, DENY_ALL) }
    const expected = isRuled(decision) ? decision.verdict : 'ExplicitDeny'
    assert.equal(decisionOf(changed).verdict, expected, JSON.stringify(changed))
  }
})
