import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Guesses } from './guesses.js'

test('[item 5] of guesses that come at once no more are looked at than one after another; right ones, and those that cannot be looked at, do not count', async () => {
  const guesses = new Guesses()
  const soon = async (right: boolean): Promise<boolean> => right
  for (let n = 0; n < 20; n++) assert.equal(await guesses.look('a', 0, () => soon(true)), true)
  await assert.rejects(
    guesses.look('a', 0, () => Promise.reject(new Error('too busy'))),
    /too busy/,
  )
  const found = await Promise.all(Array.from({ length: 15 }, () => guesses.look('a', 0, () => soon(false))))
  assert.deepEqual(found, [...Array.from({ length: 10 }, () => false), ...Array.from({ length: 5 }, () => undefined)])
  assert.equal(await guesses.look('a', 299_999, () => soon(true)), undefined)
  assert.equal(await guesses.look('a', 300_000, () => soon(true)), true)
})

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
