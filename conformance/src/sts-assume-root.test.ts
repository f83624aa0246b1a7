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
