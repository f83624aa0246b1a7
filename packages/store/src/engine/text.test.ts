import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { checkStorable, compareText, foldCase, isStorable, prefixEnd } from './text.js'

const storable = fc.string({ unit: 'binary' }).filter(isStorable)

test('text is ordered as its UTF-8 bytes are', () => {
  fc.assert(
    fc.property(storable, storable, (a, b) => {
      assert.equal(Math.sign(compareText(a, b)), Buffer.compare(Buffer.from(a), Buffer.from(b)))
    }),
  )
  assert.ok(compareText('\uFFFD', '😀') < 0, 'which UTF-16 units would put the other way round')
})

test('case is ignored for A to Z and for no other letter', () => {
  assert.equal(foldCase('ABCxyzÀİß\u212A'), 'abcxyzÀİß\u212A')
})

test('a range that begins with a prefix and ends at its end holds what begins with it, and nothing else', () => {
  fc.assert(
    fc.property(storable, storable, (prefix, text) => {
      const within = compareText(text, prefix) >= 0 && compareText(text, prefixEnd(prefix)) < 0
      assert.equal(within, text.startsWith(prefix))
    }),
  )
  for (const prefix of ['a', 'a\uD7FF', '\u{10FFFE}']) {
    for (const rest of ['', '\u{10FFFE}', 'zz']) assert.ok(compareText(prefix + rest, prefixEnd(prefix)) < 0)
  }
})

test('text that some backend would change is refused', () => {
  for (const text of ['a\0b', '\uD800', 'a\uDC00', '\u{10FFFF}']) assert.throws(() => checkStorable(text, 'a key', 512), TypeError)
  assert.throws(() => checkStorable('é'.repeat(257), 'a key', 512), RangeError)
  checkStorable('é'.repeat(256), 'a key', 512)
})
