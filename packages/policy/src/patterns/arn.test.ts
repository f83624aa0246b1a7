import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileArnPattern, matchesArn, matchesArnPattern, matchesPattern } from './arn.js'

function crosses(pattern: string, arn: string): boolean {
  const compiled = compileArnPattern([{ text: pattern, literal: false }], true)
  return compiled !== undefined && matchesArnPattern(compiled, arn)
}

const queue = 'arn:aws:sqs:us-east-1:111122223333:jobs:extra/x'

test('components are compared one by one, and the last takes colons and slashes', () => {
  assert.equal(matchesArn('arn:aws:sqs:us-east-1:111122223333:jobs*', queue), true)
  assert.equal(matchesArn('arn:aws:sqs:*:*:*', queue), true)
  assert.equal(matchesArn('arn:aws:sqs:us-????-1:111122223333:jobs:*', queue), true)
  assert.equal(matchesArn('arn:aws:sqs:us-???-1:111122223333:jobs:*', queue), false)
  assert.equal(matchesArn('arn:aws:s3:*:*:*', queue), false)
  assert.equal(matchesArn('arn:aws:*:111122223333:jobs:extra/x', queue), false)
})

test('fewer than six components match nothing', () => {
  assert.equal(matchesArn('*', queue), false)
  assert.equal(matchesArn('arn:aws:sqs:*', queue), false)
  assert.equal(matchesArn('arn:aws:sqs:*:*:*', 'arn:aws:sqs'), false)
})

test('where stars may cross, one that ends a component takes colons too, and others do not', () => {
  const deep = 'arn:aws:sqs:x:us-east-1:111122223333:jobs:y'
  assert.equal(crosses('arn:aws:*:us-east-1:*:jobs:*', deep), true)
  assert.equal(crosses('arn:aws:s*:us-east-1:*:jobs:*', deep), true)
  assert.equal(crosses('arn:aws:*s:us-east-1:*:jobs:*', deep), false)
  assert.equal(crosses('arn:*:*:*:*:nothing', deep), false)
  assert.equal(matchesArn('arn:aws:*:us-east-1:*:jobs:*', deep), false)
})

test('a star that crosses is tried at every colon', () => {
  assert.equal(crosses('arn:aws:*:b:c:d', 'arn:aws:x:b:x:b:c:d'), true)
  assert.equal(crosses('arn:*:*:b:c:d', 'arn:b:c:x:b:c:d'), true)
  assert.equal(crosses('arn:*:*:b:c:d', 'arn:b:c:d'), false)
})

test('an ARN of colons is bounded work', () => {
  assert.equal(crosses('arn:*:*:*:*:x', `arn${':a'.repeat(1000)}`), false)
})

test('a plain pattern is a glob over the whole text', () => {
  assert.equal(matchesPattern('s3:Get*', 's3:GetObject'), true)
  assert.equal(matchesPattern('s3:Get*', 's3:PutObject'), false)
})
