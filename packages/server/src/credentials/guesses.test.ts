import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Guesses } from './guesses.js'

test('[item 5] ten wrong guesses in five minutes are looked at, each thing for itself', () => {
  const guesses = new Guesses()
  for (let n = 0; n < 10; n++) {
    assert.ok(guesses.mayTry('a', n))
    guesses.noteWrong('a', n)
  }
  assert.ok(!guesses.mayTry('a', 10))
  assert.ok(guesses.mayTry('b', 10))
  assert.ok(!guesses.mayTry('a', 299_999))
  assert.ok(guesses.mayTry('a', 300_000))
  guesses.noteWrong('a', 300_000)
  assert.ok(guesses.mayTry('a', 300_001))
})
