import assert from 'node:assert/strict'
import { test } from 'node:test'
import { account, allow, refused, useServer } from './iam-scene.js'

const scene = useServer()

test('[item 7] an account outside an organization assumes nobody’s root: not its own, not another’s, whatever its policies say', async () => {
  const other = await scene.newAccount('member')
  const admin = await scene.newUser('admin', allow('*'))
  const nobody = await scene.newUser('nobody')
  const task = { TaskPolicyArn: { arn: 'arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials' } }
  for (const [id, key] of [
    [account, admin],
    [other.id, admin],
    [other.id, nobody],
    [other.id, scene.server().rootKey],
    [account, other.root],
  ] as const) {
    for (const TargetPrincipal of [id, `arn:aws:iam::${id}:root`]) {
      const answer = await refused(scene.sts(key).assumeRoot({ TargetPrincipal, ...task }))
      assert.match(
        answer,
        new RegExp(`^AccessDenied 403 User: \\S+ is not authorized to perform: sts:AssumeRoot on resource: arn:aws:iam::${id}:root$`),
      )
    }
  }
})

test('[item 7] a target that is no root, and a task that is none of AWS’s, are refused before anybody is asked', async () => {
  const nobody = await scene.newUser('asking')
  const [TargetPrincipal, task] = [account, 'arn:aws:iam::aws:policy/root-task/SQSUnlockQueuePolicy']
  const target = 'ValidationError 400 Request must contain a valid target principal'
  const policy = 'ValidationError 400 Request must contain valid AWS managed task policy ARN'
  const rows: readonly [object, string][] = [
    ...[
      `arn:aws:iam::${account}:user/asking`,
      `arn:aws:iam::${account}:role/x`,
      `${account}:root`,
      `arn:aws:iam::${account}`,
      'not-an-account',
    ].map((wrong): [object, string] => [{ TargetPrincipal: wrong }, target]),
    ...[
      'arn:aws:iam::aws:policy/ReadOnlyAccess',
      'arn:aws:iam::aws:policy/root-task/Nothing',
      `arn:aws:iam::${account}:policy/root-task/SQSUnlockQueuePolicy`,
    ].map((arn): [object, string] => [{ TaskPolicyArn: { arn } }, policy]),
    [
      { TaskPolicyArn: undefined },
      "ValidationError 400 1 validation error detected: Value null at 'taskPolicyArn' failed to satisfy constraint: Member must not be null",
    ],
    [
      { DurationSeconds: 901 },
      "ValidationError 400 1 validation error detected: Value '901' at 'durationSeconds' failed to satisfy constraint: Member must have value less than or equal to 900",
    ],
    [
      { DurationSeconds: 0 },
      `AccessDenied 403 User: arn:aws:iam::${account}:user/asking is not authorized to perform: sts:AssumeRoot on resource: arn:aws:iam::${account}:root`,
    ],
  ]
  for (const [wrong, answer] of rows) {
    const input = { TargetPrincipal, TaskPolicyArn: { arn: task }, ...wrong }
    assert.equal(await refused(scene.sts(nobody).assumeRoot(input)), answer, JSON.stringify(wrong))
  }
})
