import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { type Case, readCase } from './cases.js'
import { evaluate } from './evaluate.js'

const scenarios = new URL('../../scenarios/', import.meta.url)
const sources = new URL('../', import.meta.url)
const VERDICTS = { allowed: 'Allowed', explicitDeny: 'ExplicitDeny', implicitDeny: 'ImplicitDeny' } as const

test('the specification decides every scenario as AWS does', () => {
  for (const name of readdirSync(scenarios)) {
    const cases = JSON.parse(readFileSync(new URL(name, scenarios), 'utf8')) as (Case & { id: string; expected: keyof typeof VERDICTS })[]
    for (const each of cases) {
      const { request, inForce } = readCase(each)
      assert.equal(evaluate(request, inForce).verdict, VERDICTS[each.expected], each.id)
    }
  }
})

test('the specification shares nothing with the engine but the types of what is asked', () => {
  const evaluator = readdirSync(sources).filter((name) => name.endsWith('.ts') && !name.includes('.test.') && name !== 'cases.ts')
  assert.ok(evaluator.length >= 11)
  for (const name of evaluator) {
    const text = readFileSync(new URL(name, sources), 'utf8')
    for (const [line, from] of text.matchAll(/^import .*from '([^']+)'$/gm)) {
      if (from!.startsWith('./')) assert.notEqual(from, './cases.js', name)
      else assert.match(line, /^import type .*'#engine\/(?:language\/document|evaluate\/(?:policies|request))\.js'$/, name)
    }
  }
})
