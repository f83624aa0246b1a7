import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseAddress, parseRange, rangeHolds } from './addresses.js'
import { decodeBase64 } from './binary.js'
import { type ContextKeys, compileCondition } from './condition.js'
import { parseDate } from './dates.js'
import { compareNumbers, parseNumber } from './numbers.js'
import { findOperator, operatorNames, readOperator } from './operators.js'

/** Whether `written` on key `k` with `values` holds where the request has `seen`. */
function holds(
  written: string,
  values: string[],
  seen: string | readonly string[] | undefined,
  others: Record<string, string | readonly string[]> = {},
  effect: 'Allow' | 'Deny' = 'Allow',
): boolean {
  const { set, operator, ifExists } = readOperator(written)
  const condition = { written, ...(set !== undefined && { set }), operator, ifExists, key: 'k', values }
  const compiled = compileCondition(condition, '2012-10-17', effect)
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
  assert.equal(holds('Null', ['maybe'], 'x'), true)
  assert.equal(holds('Null', ['TRUE'], 'x'), false)
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

test('what is no number and no date is equal to nothing, itself included', () => {
  for (const [positive, negated, good] of [
    ['NumericEquals', 'NumericNotEquals', '1'],
    ['DateEquals', 'DateNotEquals', '2030-01-01'],
  ] as const) {
    for (const [wanted, seen] of [
      [good, 'none'],
      [good, ''],
      ['none', good],
      ['none', 'none'],
    ] as const) {
      assert.equal(holds(positive, [wanted], seen), false, `${positive} ${wanted} ${seen}`)
      assert.equal(holds(negated, [wanted], seen), true, `${negated} ${wanted} ${seen}`)
    }
  }
  assert.equal(holds('ForAllValues:NumericNotEquals', ['1'], ['none', '2']), true)
  assert.equal(holds('ForAnyValue:NumericEquals', ['1'], ['none', '1']), true)
  assert.equal(holds('ForAllValues:NumericEquals', ['1'], ['none', '1']), false)
})

test('whatever is not true is false', () => {
  for (const seen of ['false', 'FALSE', 'yes', '1', '', ' true ']) {
    assert.equal(holds('Bool', ['false'], seen), true, seen)
    assert.equal(holds('Bool', ['true'], seen), false, seen)
  }
  assert.equal(holds('Bool', ['TRUE'], 'true'), true)
  assert.equal(holds('Bool', ['yes'], 'false'), true)
})

test('what is no address is neither in a range nor outside of it; a range that is none holds nothing', () => {
  for (const operator of ['IpAddress', 'NotIpAddress']) assert.equal(holds(operator, ['192.0.2.0/24'], 'nowhere'), false, operator)
  assert.equal(holds('IpAddress', ['nowhere'], '192.0.2.1'), false)
  assert.equal(holds('NotIpAddress', ['nowhere'], '192.0.2.1'), true)
  assert.equal(holds('NotIpAddress', ['nowhere'], 'nowhere'), false)
})

test('a comparison with what is no ARN fails: it grants nothing and spares nothing', () => {
  const [arn, user, role, none] = ['arn:aws:iam::123456789012:user/test', 'arn:aws:iam::*:user/*', 'arn:aws:iam::*:role/*', 'none']
  const rows: [operator: string, wanted: string[], seen: string, allows: boolean, denies: boolean][] = [
    ['ArnLike', [none], arn, false, true],
    ['ArnNotLike', [none], arn, false, true],
    ['ArnLike', [none], none, false, false],
    ['ArnNotLike', [none], none, false, false],
    ['ArnLike', [user], none, false, false],
    ['ArnNotLike', [user], none, false, false],
    ['ArnLike', [none, user], arn, false, true],
    ['ArnLike', [user, none], arn, true, true],
    ['ArnLike', [role, none], arn, false, true],
    ['ArnNotLike', [none, user], arn, false, true],
    ['ArnNotLike', [user, none], arn, false, false],
    ['ArnNotLike', [role, none], arn, false, true],
  ]
  for (const [operator, wanted, seen, allows, denies] of rows) {
    assert.equal(holds(operator, wanted, seen), allows, `Allow ${operator} ${wanted} ${seen}`)
    assert.equal(holds(operator, wanted, seen, {}, 'Deny'), denies, `Deny ${operator} ${wanted} ${seen}`)
  }
  assert.equal(holds('ArnLike', ['${other}'], arn, { other: none }, 'Deny'), true)
  assert.equal(holds('ArnNotLike', ['${other}'], arn, { other: none }), false)
})

test('a value with a variable that has no value drops out', () => {
  assert.equal(holds('StringEquals', ['${none}'], 'x'), false)
  assert.equal(holds('StringNotEquals', ['${none}'], 'x'), true)
  assert.equal(holds('StringNotEquals', ['${none}', 'x'], 'x'), false)
  assert.equal(holds('StringEquals', ['${other}'], 'x', { other: 'x' }), true)
  assert.equal(holds('StringLike', ['${other}'], 'xy', { other: 'x*' }), false)
  assert.equal(holds('ArnLike', ['${other}'], 'arn:aws:s3:::b', { other: 'arn:aws:s3:::b' }), true)
  assert.equal(holds('NumericEquals', ['${other}'], '1', { other: '1' }), false)
  assert.equal(holds('StringEquals', ["${none, 'x'}"], 'x'), true)
  assert.equal(holds('StringEquals', ["${other, 'x'}"], 'x', { other: ['y'] }), false)
  assert.equal(holds('StringNotEquals', ["${other, 'x'}"], 'x', { other: ['y'] }), true)
})

test('an unknown operator is not compiled', () => {
  assert.equal(compileCondition({ written: 'X', operator: 'X', ifExists: false, key: 'k', values: [] }, '2012-10-17', 'Allow'), undefined)
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
    ['+1767225600', 1_767_225_600],
    ['+-1767225600', undefined],
    ['2026-01-01T00:00:00.1239Z', 1_767_225_600.123],
    ['2026-01-01T00:00:00.0001Z', 1_767_225_600],
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

test('numbers are decimal, and never rounded', () => {
  for (const text of ['', ' 1', '0x10', '1_0', 'Infinity', 'NaN', '.', '+', '1e10000']) assert.equal(parseNumber(text), undefined, text)
  const order = (one: string, other: string) => compareNumbers(parseNumber(one)!, parseNumber(other)!)
  for (const same of ['1', '01', '+1', '1.', '1.0', '1e0', '10e-1', '0.1e1', `1.${'0'.repeat(30)}`]) assert.equal(order(same, '1'), 0, same)
  for (const [less, more] of [
    ['-2.5', '-2'],
    ['9', '10'],
    ['.5', '.51'],
    ['9007199254740992', '9007199254740993'],
    ['-9007199254740993', '-9007199254740992'],
    ['0.1', '0.10000000000000000000001'],
    ['1e400', '1e401'],
    ['1e100', '1e9999'],
    ['1e-401', '1e-400'],
  ] as const) {
    assert.deepEqual([order(less, more), order(more, less)], [-1, 1], `${less} ${more}`)
  }
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
  assert.equal(within('::ffff:a00:0/104', '10.1.2.3'), false)
  assert.equal(within('010.0.0.001/08', '10.0.0.9'), true)
  assert.equal(within('10.0.0.0/+8', '10.0.0.9'), true)
  assert.equal(within('2001:db8::4/127', '2001:db8::5'), true)
  for (const odd of ['2001:db8:::1', '2001:db8::1:', ':2001:db8::1']) {
    assert.notEqual(parseRange(odd), undefined, odd)
    assert.equal(within('2001:db8::1', odd), !odd.startsWith(':'), odd)
  }
  assert.equal(within('0.0.0.0/0', '255.255.255.255'), true)
  assert.equal(within('0.0.0.0/0', '::1'), false)
  for (const bad of [
    '10.0.0',
    '10.0.0.256',
    '2001:db8::5/64',
    '::ffff:10.0.0.0/104',
    '1:::2:::3',
    '10.0.0.0/33',
    '1::2::3',
    ':',
    '12345::',
    '10.0.0.0/',
    'fe80::1%1',
    '192.0.2.1::ffff',
    '',
  ]) {
    assert.equal(parseRange(bad), undefined, bad)
  }
})
