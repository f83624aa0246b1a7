import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { compileGlob, globOf, matchesGlob } from './glob.js'

function matches(pattern: string, text: string): boolean {
  return matchesGlob(compileGlob(pattern), text)
}

/** The definition of a glob, too slow for anything but short texts. */
function obviously(pattern: string, text: string): boolean {
  if (pattern === '') return text === ''
  if (pattern[0] === '*') return obviously(pattern.slice(1), text) || (text !== '' && obviously(pattern, text.slice(1)))
  return text !== '' && (pattern[0] === '?' || pattern[0] === text[0]) && obviously(pattern.slice(1), text.slice(1))
}

test('a star is any run of characters and a question mark exactly one', () => {
  const rows: [string, string, boolean][] = [
    ['', '', true],
    ['', 'a', false],
    ['*', '', true],
    ['*', 'anything:at/all', true],
    ['?', '', false],
    ['?', 'a', true],
    ['?', 'ab', false],
    ['a*', 'a', true],
    ['a*b', 'ab', true],
    ['a*b', 'aXbX', false],
    ['a*b*c', 'a-b-b-c', true],
    ['*a?c*', 'xxabcxx', true],
    ['*a?c*', 'xxacxx', false],
    ['ab*ba', 'aba', false],
    ['a.c', 'abc', false],
  ]
  for (const [pattern, text, expected] of rows) assert.equal(matches(pattern, text), expected, `${pattern} on ${text}`)
})

test('matching agrees with the definition', () => {
  const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 7 })
  const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 9 })
  fc.assert(
    fc.property(pattern, text, (p, t) => matches(p, t) === obviously(p, t)),
    { numRuns: 3000 },
  )
})

test('wildcards in literal parts stand for themselves', () => {
  const glob = globOf([
    { text: 'a*', literal: false },
    { text: '*?', literal: true },
    { text: '?', literal: false },
  ])
  assert.equal(matchesGlob(glob, 'aXX*?z'), true)
  assert.equal(matchesGlob(glob, 'aXXyyz'), false)
})

test('a range of a longer text can be matched', () => {
  assert.equal(matchesGlob(compileGlob('b*d'), 'abcde', 1, 4), true)
  assert.equal(matchesGlob(compileGlob('b*e'), 'abcde', 1, 4), false)
})

test('a pattern full of stars takes a number of steps that its length bounds', () => {
  const pattern = compileGlob(`${'*a'.repeat(2000)}*b`)
  // Backtracking would take longer than the universe has; the test would not end.
  assert.equal(matchesGlob(pattern, 'a'.repeat(4096)), false)
  assert.equal(matchesGlob(compileGlob('*a*b*c*d*e*f*g'.repeat(100)), 'abcdef'.repeat(600)), false)
  assert.equal(matchesGlob(compileGlob(`*${'a?'.repeat(500)}b`), 'a'.repeat(4096)), false)
})
