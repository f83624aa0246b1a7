import assert from 'node:assert/strict'
import { test } from 'node:test'
import { covers, haveCommon } from './resource-patterns.js'

test('two patterns have a text in common, or have none', () => {
  for (const [one, other, common] of [
    ['*', '', true],
    ['', 'a', false],
    ['', '**', true],
    ['a*c', 'ab*', true],
    ['a*c', 'b*', false],
    ['a?c', 'ab*', true],
    ['a?', 'a', false],
    ['*a*', '*b*', true],
    ['*a', '*b', false],
    ['a*b', 'ab', true],
    ['ab*b', 'ab', false],
    ['a*b*c', 'axxbyyc', true],
    ['a*b*c', 'acb', false],
    ['a*bb*c', 'ab?c', true],
    ['a*b', '*a*', true],
    ['??', 'a', false],
    ['arn:${Partition}:s3:::${Bucket}/${Object}', 'arn:aws:s3:::depot/*', true],
    ['arn:${Partition}:s3:::${Bucket}/${Object}', 'arn:aws:s3:::depot', false],
    ['arn:${Partition}:s3:::${Bucket}/${Object}', 'arn:aws:iam::*:user/*', false],
    ['arn:${Partition}:s3:::${Bucket}/${Object}', 'arn:*', true],
    ['arn:${Partition}:s3:::${Bucket}/${Object}', 'arn:aws:s3:::${aws:username}/*', true],
  ] as const) {
    assert.deepEqual([haveCommon(one, other), haveCommon(other, one)], [common, common], `${one} ${other}`)
  }
})

test('one pattern stands for all that another stands for, or does not', () => {
  for (const [outer, inner, all] of [
    ['*', 'a', true],
    ['a*', 'a*', true],
    ['a*', 'ab*', true],
    ['ab*', 'a*', false],
    ['a?', 'a*', false],
    ['a?', 'a?', true],
    ['a/*', 'a/${aws:username}', true],
  ] as const) {
    assert.equal(covers(outer, inner), all, `${outer} ${inner}`)
  }
})
