// What conditions compare is read alike by both, whatever it looks like.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type AddressRange, parseRange } from '#engine/conditions/addresses.js'
import { decodeBase64 } from '#engine/conditions/binary.js'
import { parseDate } from '#engine/conditions/dates.js'
import { compareNumbers, parseNumber } from '#engine/conditions/numbers.js'
import { readBinary, readDate, readNumber, readRange } from './operands.js'

const joined = (pieces: readonly string[], maxLength: number) =>
  fc.array(fc.constantFrom(...pieces), { maxLength }).map((chosen) => chosen.join(''))
const oneOf = (...pieces: readonly string[]) => fc.constantFrom(...pieces)

const two = oneOf('00', '01', '2', '12', '13', '28', '29', '31', '32', '59', '60')
const date = fc
  .tuple(
    oneOf('', '', '', '+', '-'),
    oneOf('2026', '0001', '20026', '1999', '2000', '1900', '292278993', '292278994', '0000', '999', '01'),
    fc.option(
      two.map((month) => `-${month}`),
      { nil: '' },
    ),
    fc.option(
      two.map((day) => `-${day}`),
      { nil: '' },
    ),
    fc.option(
      fc.oneof(
        { weight: 9, arbitrary: fc.tuple(oneOf('T', 't', ' '), two, two).map(([t, hour, minute]) => `${t}${hour}:${minute}`) },
        { weight: 1, arbitrary: oneOf('T', 't') },
      ),
      { nil: '' },
    ),
    fc.option(
      two.map((second) => `:${second}`),
      { nil: '' },
    ),
    oneOf('', '', '.5', '.1234567890'),
    oneOf('', 'Z', 'z', '+01', '+1', '+01:30', '-0530', '+24'),
  )
  .map((parts) => parts.join(''))
const octet = oneOf('10', '0', '255', '256', '1', '01', '')
const group = oneOf('1', 'ffff', '0', 'ABCD', '', '12345')
const mask = oneOf('', '', '/8', '/0', '/32', '/33', '/64', '/95', '/96', '/104', '/129', '/', '/08')
const range = fc.oneof(
  fc.tuple(octet, octet, octet, octet, mask).map(([a, b, c, d, bits]) => `${[a, b, c, d].join('.')}${bits}`),
  fc.tuple(fc.array(group, { minLength: 6, maxLength: 9 }), mask).map(([groups, bits]) => `${groups.join(':')}${bits}`),
  fc.tuple(joined(['10', '0', '1', '.', ':', '::', 'ffff', '192.0.2.1', '::ffff:192.0.2.1'], 7), mask).map((parts) => parts.join('')),
)

const runs = { numRuns: 20_000, seed: 5 }

function bitsOf(read: AddressRange | undefined): { prefix: string; length: number } | undefined {
  if (read === undefined) return undefined
  const { address } = read
  const all =
    typeof address === 'number'
      ? (address >>> 0).toString(2).padStart(32, '0')
      : address.map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return { prefix: all.slice(0, read.bits), length: all.length }
}

test('numbers', () => {
  const text = joined(['1', '0', '.', '-', '+', 'e', 'E', '5', '12', '9007199254740992', '00000000'], 8)
  fc.assert(
    fc.property(text, text, (a, b) => {
      const [one, other] = [parseNumber(a), parseNumber(b)]
      const [first, second] = [readNumber(a), readNumber(b)]
      assert.deepEqual([one === undefined, other === undefined], [first === undefined, second === undefined], `${a} ${b}`)
      if (one === undefined || other === undefined) return
      assert.equal(compareNumbers(one, other), first! < second! ? -1 : first! > second! ? 1 : 0, `${a} ${b}`)
    }),
    runs,
  )
})

test('dates', () => {
  fc.assert(
    fc.property(fc.oneof(date, joined(['2', '0', '26', '9223372036854775807', '-', '+', 'T'], 5)), (text) => {
      const [one, other] = [parseDate(text), readDate(text)]
      // Fractions of a second are added up in another order.
      assert.ok(one === other || Math.abs(one! - other!) < 1e-3, `${text}: ${one}, ${other}`)
    }),
    runs,
  )
})

test('ranges of addresses', () => {
  fc.assert(
    fc.property(range, (text) => assert.deepEqual(bitsOf(parseRange(text)), readRange(text), text)),
    runs,
  )
})

test('binary values', () => {
  fc.assert(
    fc.property(joined(['A', 'b', '0', '+', '/', '=', '*', ' '], 9), (text) => assert.equal(decodeBase64(text), readBinary(text))),
    runs,
  )
})
