import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseAddress, parseRange, rangeHolds } from './addresses.js'
import { decodeBase64 } from './binary.js'
import { type ContextKeys, compileCondition } from './condition.js'
import { parseDate } from './dates.js'
import { parseNumber } from './numbers.js'
import { findOperator, operatorNames, readOperator } from './operators.js'

/** Whether `written` on key `k` with `values` holds where the request has `seen`. */
function holds(
  written: string,
  values: string[],
  seen: string | readonly string[] | undefined,
  others: Record<string, string> = {},
): boolean {
  const { set, operator, ifExists } = readOperator(written)
  const compiled = compileCondition({ written, ...(set !== undefined && { set }), operator, ifExists, key: 'k', values }, '2012-10-17')
  assert.ok(compiled !== undefined, `${written} is known`)
  const context: ContextKeys = { value: (key) => (key === 'k' ? seen : others[key]) }
  return compiled.holds(context)
}

test('there are 27 operators', () => {
  assert.equal(operatorNames.length, 27)
  assert.equal(new Set(operatorNames).size, 27)
})

test('operators are found in any letter case when deciding, and known as exact only as AWS writes them', () => {
  assert.equal(findOperator('stringequals')?.name, 'StringEquals')
  assert.equal(findOperator('StringSounds'), undefined)
  assert.deepEqual(readOperator('ForAllValues:StringLikeIfExists'), {
    set: 'ForAllValues',
    operator: 'StringLike',
    ifExists: true,
    exact: true,
  })
  assert.equal(readOperator('forallvalues:stringlike').exact, false)
  assert.deepEqual(readOperator('__proto__'), { operator: '__proto__', ifExists: false, exact: false })
  assert.equal(readOperator('StringSounds').exact, false)
})

test('each operator holds for what it names and for nothing next to it', () => {
  const rows: [string, string, string, string][] = [
    ['StringEquals', 'a*', 'a*', 'ab'],
    ['StringNotEquals', 'a', 'b', 'a'],
    ['StringEqualsIgnoreCase', 'Ab', 'aB', 'b'],
    ['StringNotEqualsIgnoreCase', 'Ab', 'b', 'aB'],
    ['StringLike', 'a*c?', 'a:/cd', 'a:/c'],
    ['StringNotLike', 'a*', 'b', 'ab'],
    ['NumericEquals', '10', '10.0', '11'],
    ['NumericNotEquals', '10', '9', '10.00'],
    ['NumericLessThan', '10', '9', '10'],
    ['NumericLessThanEquals', '10', '10', '10.1'],
    ['NumericGreaterThan', '9', '10', '9'],
    ['NumericGreaterThanEquals', '9', '9', '8.9'],
    ['DateEquals', '2026-01-01', '1767225600', '1767225601'],
    ['DateNotEquals', '2026-01-01', '1767225601', '2026-01-01T00:00:00Z'],
    ['DateLessThan', '2026-01-01', '2025-12-31T23:59:59Z', '2026-01-01'],
    ['DateLessThanEquals', '2026-01-01', '2026-01-01', '2026-01-01T00:00:01Z'],
    ['DateGreaterThan', '2026-01-01', '2026-01-01T00:00:01Z', '2026-01-01'],
    ['DateGreaterThanEquals', '2026-01-01', '2026-01-01', '2025-12-31'],
    ['Bool', 'true', 'TRUE', 'false'],
    ['BinaryEquals', 'QUJD', 'QUJD', 'QUJE'],
    ['IpAddress', '203.0.113.77/24', '203.0.113.9', '203.0.114.9'],
    ['NotIpAddress', '203.0.113.0/24', '2001:db8::1', '203.0.113.9'],
    ['ArnEquals', 'arn:aws:sns:*:1:t*', 'arn:aws:sns:r:1:top', 'arn:aws:sns:r:2:top'],
    ['ArnLike', 'arn:aws:sns:*:1:t*', 'arn:aws:sns:r:1:top', 'arn:aws:sns:r:x:1:top'],
    ['ArnNotEquals', 'arn:aws:sns:*:1:t*', 'arn:aws:sns:r:2:top', 'arn:aws:sns:r:1:top'],
    ['ArnNotLike', 'arn:aws:sns:*:1:t*', 'arn:aws:sns:r:2:top', 'arn:aws:sns:r:1:top'],
  ]
  assert.equal(rows.length, operatorNames.length - 1)
  for (const [operator, wanted, yes, no] of rows) {
    assert.equal(holds(operator, [wanted], yes), true, `${operator} ${wanted} holds for ${yes}`)
    assert.equal(holds(operator, [wanted], no), false, `${operator} ${wanted} does not hold for ${no}`)
  }
})

test('a missing key fails positive operators and satisfies negated ones and IfExists', () => {
  for (const name of operatorNames) {
    if (name === 'Null') continue
    assert.equal(holds(name, ['x'], undefined), name.includes('Not'), name)
    assert.equal(holds(`${name}IfExists`, ['x'], undefined), true, name)
    assert.equal(holds(`ForAllValues:${name}`, ['x'], undefined), true, name)
    assert.equal(holds(`ForAnyValue:${name}`, ['x'], undefined), false, name)
    assert.equal(holds(`ForAnyValue:${name}IfExists`, ['x'], undefined), true, name)
  }
})

test('a plain operator never holds for a list, negated or not', () => {
  for (const name of operatorNames) if (name !== 'Null') assert.equal(holds(name, ['x'], ['y']), false, name)
})

test('Null asks whether the key is there', () => {
  assert.equal(holds('Null', ['true'], undefined), true)
  assert.equal(holds('Null', ['true'], []), true)
  assert.equal(holds('Null', ['true'], ''), false)
  assert.equal(holds('Null', ['false'], 'x'), true)
  assert.equal(holds('Null', ['false'], ['']), false)
  assert.equal(holds('Null', ['maybe'], 'x'), false)
  assert.equal(holds('ForAllValues:Null', ['true'], 'x'), true)
  assert.equal(holds('ForAnyValue:Null', ['true'], undefined), false)
})

test('set operators look at every value', () => {
  assert.equal(holds('ForAllValues:StringEquals', ['a', 'b'], ['a', 'b']), true)
  assert.equal(holds('ForAllValues:StringEquals', ['a', 'b'], ['a', 'c']), false)
  assert.equal(holds('ForAnyValue:StringEquals', ['a'], ['c', 'a']), true)
  assert.equal(holds('ForAnyValue:StringNotEquals', ['a'], ['a']), false)
  assert.equal(holds('ForAllValues:StringNotEquals', ['a'], ['b', 'a']), false)
  assert.equal(holds('ForAllValues:StringEquals', ['a'], ['']), true)
  assert.equal(holds('ForAnyValue:StringEquals', [''], ['']), true)
})

test('no values at all hold for a missing key at most', () => {
  assert.equal(holds('StringEquals', [], 'x'), false)
  assert.equal(holds('StringEqualsIfExists', [], 'x'), false)
  assert.equal(holds('StringNotEquals', [], 'x'), true)
  assert.equal(holds('ForAllValues:StringEquals', [], ['x']), false)
  assert.equal(holds('ForAllValues:StringEquals', [], undefined), true)
  assert.equal(holds('ForAnyValue:StringNotEquals', [], ['x']), false)
})

test('what cannot be read is equal to nothing, and for numbers and ARNs different from nothing either', () => {
  assert.equal(holds('NumericEquals', ['ten'], '10'), false)
  assert.equal(holds('NumericNotEquals', ['ten'], '10'), false)
  assert.equal(holds('NumericNotEquals', ['10'], 'ten'), false)
  assert.equal(holds('ArnNotLike', ['arn:aws'], 'arn:aws:s3:::b'), false)
  assert.equal(holds('NotIpAddress', ['nowhere'], '10.0.0.1'), true)
  assert.equal(holds('DateNotEquals', ['someday'], '2026-01-01'), true)
  assert.equal(holds('IpAddress', ['10.0.0.0/8'], 'nowhere'), false)
  assert.equal(holds('Bool', ['yes'], 'yes'), false)
})

test('a value with a variable that has no value drops out', () => {
  assert.equal(holds('StringEquals', ['${none}'], 'x'), false)
  assert.equal(holds('StringNotEquals', ['${none}'], 'x'), true)
  assert.equal(holds('StringNotEquals', ['${none}', 'x'], 'x'), false)
  assert.equal(holds('StringEquals', ['${other}'], 'x', { other: 'x' }), true)
  assert.equal(holds('StringLike', ['${other}'], 'xy', { other: 'x*' }), false)
  assert.equal(holds('ArnLike', ['${other}'], 'arn:aws:s3:::b', { other: 'arn:aws:s3:::b' }), true)
  assert.equal(holds('NumericEquals', ['${other}'], '1', { other: '1' }), false)
})

test('an unknown operator is not compiled', () => {
  assert.equal(compileCondition({ written: 'X', operator: 'X', ifExists: false, key: 'k', values: [] }, '2012-10-17'), undefined)
})

test('dates are ISO profiles or seconds', () => {
  const rows: [string, number | undefined][] = [
    ['1970-01-01', 0],
    ['1970', 0],
    ['2026-01-01T00:00:00Z', 1_767_225_600],
    ['2026-01-01t01:00+01:00', 1_767_225_600],
    ['2026-01-01T00:00:00.500Z', 1_767_225_600.5],
    ['2024-02-29', 1_709_164_800],
    ['1969-12-31T23:59:59Z', -1],
    ['2026-01-01T', 1_767_225_600],
    ['2026-1-1t1:00:0+01', 1_767_225_600],
    ['2026-01-01T00:00:00+1', undefined],
    ['234-13', undefined],
    ['1767225600', 1_767_225_600],
    ['9223372036854775807', 2 ** 63],
    ['9223372036854775808', undefined],
    ['2026-13', undefined],
    ['2026-01-32', undefined],
    ['2026-01-01T24:00Z', undefined],
    ['2026-01-01T00:60Z', undefined],
    ['2026-01-01T00:00:00.1234567890Z', undefined],
    ['2026-01-01T00:00:00+24:00', undefined],
    ['292278994-01-01', undefined],
    ['tomorrow', undefined],
    ['soon', undefined],
    ['', undefined],
  ]
  for (const [text, seconds] of rows) assert.equal(parseDate(text), seconds, text)
})

test('numbers are decimal', () => {
  assert.deepEqual(['1', '-2.5', '.5', '1e3', '', ' 1', '0x10', '1_0', 'Infinity'].map(parseNumber), [
    1,
    -2.5,
    0.5,
    1000,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ])
})

test('base64 is read strictly, with or without padding', () => {
  assert.equal(decodeBase64('QUI='), 'AB')
  assert.equal(decodeBase64('QUI'), 'AB')
  assert.equal(decodeBase64('QUI*'), undefined)
  assert.equal(decodeBase64('Q'), undefined)
})

test('addresses are compared as bytes', () => {
  const within = (range: string, address: string) => {
    const [one, other] = [parseRange(range), parseAddress(address)]
    return one === undefined || other === undefined ? undefined : rangeHolds(one, other)
  }
  assert.equal(within('2001:db8::/33', '2001:db8:7fff::1'), true)
  assert.equal(within('2001:db8::/33', '2001:db8:8000::1'), false)
  assert.equal(within('2001:DB8:0:0::1', '2001:db8::0001'), true)
  assert.equal(within('10.0.0.0/8', '::ffff:10.1.2.3'), true)
  assert.equal(within('::ffff:10.0.0.0/104', '10.1.2.3'), true)
  assert.equal(within('0.0.0.0/0', '255.255.255.255'), true)
  assert.equal(within('0.0.0.0/0', '::1'), false)
  for (const bad of [
    '10.0.0',
    '10.0.0.256',
    '010.0.0.1',
    '10.0.0.0/33',
    '1::2::3',
    ':::',
    '12345::',
    '10.0.0.0/',
    'fe80::1%1',
    '192.0.2.1::ffff',
    '',
  ]) {
    assert.equal(parseRange(bad), undefined, bad)
  }
})
