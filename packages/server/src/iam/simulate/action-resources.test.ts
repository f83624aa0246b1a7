import assert from 'node:assert/strict'
import { test } from 'node:test'
import { canBeAbout } from './action-resources.js'

test('an action can be about an ARN of one of its formats, and no other', () => {
  for (const [action, arn, can] of [
    ['iam:GetUser', 'arn:aws:iam::111122223333:user/ada', true],
    ['iam:GetUser', 'arn:aws:iam::111122223333:user/team/ada', true],
    ['iam:GetUser', 'arn:aws-cn:iam:eu-west-1::user/ada', false],
    ['iam:GetUser', 'arn:aws-cn:iam::aws:user/ada', true],
    ['iam:GetUser', 'arn:aws:iam::111122223333:user/', false],
    ['iam:GetUser', 'arn:aws:iam::111122223333:USER/ada', false],
    ['iam:GetUser', 'arn:aws:iam::111122223333:role/ada', false],
    ['iam:GetUser', 'arn:aws:sqs::111122223333:user/ada', false],
    ['iam:GetUser', 'arn:aws:iam', false],
    ['iam:getuser', 'arn:aws:iam::111122223333:role/ada', true],
  ] as const)
    assert.equal(canBeAbout(action, arn), can, `${action} ${arn}`)
})

test('an ARN is tried once, and not in as many ways as it has places to part its names at', () => {
  const [action, start] = ['organizations:DescribeResponsibilityTransfer', 'arn:aws:organizations::111122223333:transfer/o-']
  assert.equal(canBeAbout(action, `${start}a/b/c/rt-d`), true)
  assert.equal(canBeAbout(action, `${start}${'/'.repeat(20_000)}`), false)
})
