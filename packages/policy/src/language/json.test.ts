import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type JsonNode, readJson } from './json.js'
import { policySize } from './size.js'

function value(node: JsonNode): unknown {
  switch (node.kind) {
    case 'object':
      return Object.fromEntries(node.members.map((member) => [member.name, value(member.value)]))
    case 'array':
      return node.items.map(value)
    case 'string':
      return node.text
    default:
      return JSON.parse(node.text)
  }
}

function errorOf(text: string): string | undefined {
  const read = readJson(text)
  return 'error' in read ? `${read.error.code} at ${read.error.offset}` : undefined
}

test('every JSON value is read as JSON.parse reads it', () => {
  fc.assert(
    fc.property(fc.json(), fc.constantFrom('', ' ', '\n\t '), (text, space) => {
      const read = readJson(space + text + space)
      assert.ok('node' in read)
      assert.deepEqual(JSON.parse(JSON.stringify(value(read.node))), JSON.parse(text))
      assert.equal(text, (space + text).slice(read.node.start, read.node.end))
    }),
  )
})

test('what JSON.parse refuses is refused', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('{', '}', '[', ']', '"', ':', ',', 'a', '1', '-', '\\', 'u', '0', ' ', '.', 'e'), maxLength: 8 }),
      (text) => {
        let parses = true
        try {
          JSON.parse(text)
        } catch {
          parses = false
        }
        // A member named twice is the one thing that we refuse and JSON.parse does not.
        const error = errorOf(text)
        assert.equal(error === undefined || error.startsWith('DUPLICATE_MEMBER'), parses, text)
      },
    ),
    { numRuns: 5000 },
  )
})

test('a member that is there twice is refused where it stands the second time', () => {
  assert.equal(errorOf('{"a":1,"b":2,"a":3}'), 'DUPLICATE_MEMBER at 13')
  assert.equal(errorOf('{"a":1,"\\u0061":3}'), 'DUPLICATE_MEMBER at 7')
  assert.equal(errorOf('{"a":1,"A":3}'), undefined)
  assert.equal(errorOf('{"__proto__":1}'), undefined)
})

test('nesting is bounded', () => {
  assert.equal(errorOf('['.repeat(64) + ']'.repeat(64)), undefined)
  assert.match(errorOf('['.repeat(65) + ']'.repeat(65))!, /^TOO_DEEP/)
  assert.match(errorOf('['.repeat(1_000_000))!, /^TOO_DEEP/)
})

test('places of errors are those of the offending character', () => {
  assert.equal(errorOf(''), 'INVALID_JSON at 0')
  assert.equal(errorOf('{"a":tru}'), 'INVALID_JSON at 5')
  assert.equal(errorOf('{"a":1,}'), 'INVALID_JSON at 7')
  assert.equal(errorOf('[1] x'), 'INVALID_JSON at 4')
  assert.equal(errorOf('"a\nb"'), 'INVALID_JSON at 2')
  assert.equal(errorOf('"abc'), 'INVALID_JSON at 4')
})

test('the size of a policy leaves white space between tokens out and counts it in strings', () => {
  assert.equal(policySize('{ "a" :\n\t[ 1 , "b c\\" d" ] }\r\n'), '{"a":[1,"b c\\" d"]}'.length)
  assert.equal(policySize(''), 0)
  fc.assert(
    fc.property(fc.json(), (text) => policySize(JSON.stringify(JSON.parse(text), null, 3)) === JSON.stringify(JSON.parse(text)).length),
  )
})
