import assert from 'node:assert/strict'
import { test } from 'node:test'
import { serviceLinkedRoles } from '@bailiwick/model/service-linked-roles'
import { account, allow, policy, refused, trust, useServer } from './iam-scene.js'

const scene = useServer()
const ecs = 'AWSServiceRoleForECS'

test('a service-linked role has the name, path, trust and policy of its service, and is still there after a restart', async () => {
  const root = scene.iam()
  const { Role } = await root.createServiceLinkedRole({ AWSServiceName: 'ecs.amazonaws.com', Description: 'for ECS' })
  assert.deepEqual(Object.keys(Role!).sort(), ['Arn', 'AssumeRolePolicyDocument', 'CreateDate', 'Path', 'RoleId', 'RoleName'])
  assert.equal(Role!.RoleName, ecs)
  assert.equal(Role!.Path, '/aws-service-role/ecs.amazonaws.com/')
  assert.equal(Role!.Arn, `arn:aws:iam::${account}:role/aws-service-role/ecs.amazonaws.com/${ecs}`)
  assert.deepEqual(JSON.parse(decodeURIComponent(Role!.AssumeRolePolicyDocument!)), {
    Version: '2012-10-17',
    Statement: [{ Action: ['sts:AssumeRole'], Effect: 'Allow', Principal: { Service: ['ecs.amazonaws.com'] } }],
  })
  await scene.restart()
  const again = scene.iam()
  const shown = (await again.getRole({ RoleName: ecs })).Role!
  assert.equal(shown.MaxSessionDuration, 3600)
  assert.deepEqual(JSON.parse(decodeURIComponent(shown.AssumeRolePolicyDocument!)), {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: 'ecs.amazonaws.com' }, Action: 'sts:AssumeRole' }],
  })
  assert.equal(shown.Description, 'for ECS')
  assert.deepEqual((await again.listAttachedRolePolicies({ RoleName: ecs })).AttachedPolicies, [
    { PolicyName: 'AmazonECSServiceRolePolicy', PolicyArn: 'arn:aws:iam::aws:policy/aws-service-role/AmazonECSServiceRolePolicy' },
  ])
  assert.deepEqual((await again.listRolePolicies({ RoleName: ecs })).PolicyNames, [])
  assert.equal(
    await refused(again.createServiceLinkedRole({ AWSServiceName: 'ecs.amazonaws.com' })),
    `InvalidInput 400 Service role name ${ecs} has been taken in this account, please try a different suffix.`,
  )
})

test('every service of the table has its role, and a suffix only where the service allows one', async () => {
  const root = scene.iam()
  const own = ['logs.amazonaws.com', 'resourcegroups.amazonaws.com']
  for (const [AWSServiceName, { roleName, allowsSuffix }] of serviceLinkedRoles()) {
    if (own.includes(AWSServiceName)) {
      assert.match(await refused(root.createServiceLinkedRole({ AWSServiceName })), /^InvalidInput 400 /)
      continue
    }
    const suffixed = root.createServiceLinkedRole({ AWSServiceName, CustomSuffix: 'one' })
    if (allowsSuffix) assert.equal((await suffixed).Role!.RoleName, `${roleName}_one`)
    else assert.equal(await refused(suffixed), `InvalidInput 400 Custom suffix is not allowed for ${AWSServiceName}`)
    if (AWSServiceName === 'ecs.amazonaws.com') continue
    assert.equal((await root.createServiceLinkedRole({ AWSServiceName })).Role!.RoleName, roleName)
    const { AttachedPolicies } = await root.listAttachedRolePolicies({ RoleName: roleName })
    assert.ok(AttachedPolicies!.length <= 1)
  }
  for (const AWSServiceName of ['nothing.amazonaws.com', 'elasticloadbalancing', 'constructor']) {
    assert.equal(
      await refused(root.createServiceLinkedRole({ AWSServiceName })),
      `AccessDenied 403 ${AWSServiceName} is not a valid AWS service name (Service Principal)`,
    )
  }
  const AWSServiceName = 'autoscaling.amazonaws.com'
  const room = 64 - 'AWSServiceRoleForAutoScaling_'.length
  assert.match(await refused(root.createServiceLinkedRole({ AWSServiceName, CustomSuffix: 'x'.repeat(room + 1) })), /^InvalidInput 400 /)
  const { Role } = await root.createServiceLinkedRole({ AWSServiceName, CustomSuffix: 'x'.repeat(room) })
  assert.equal(Role!.RoleName!.length, 64)
})

test('nobody of the account changes a service-linked role, and only its description is theirs', async () => {
  const root = scene.iam()
  const RoleName = 'AWSServiceRoleForRDS'
  const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess'
  const PolicyDocument = policy(allow('*'))
  await root.createInstanceProfile({ InstanceProfileName: 'linked' })
  const calls: Readonly<Record<string, () => Promise<unknown>>> = {
    delete: () => root.deleteRole({ RoleName }),
    attach: () => root.attachRolePolicy({ RoleName, PolicyArn }),
    detach: () => root.detachRolePolicy({ RoleName, PolicyArn: 'arn:aws:iam::aws:policy/aws-service-role/AmazonRDSServiceRolePolicy' }),
    put: () => root.putRolePolicy({ RoleName, PolicyName: 'more', PolicyDocument }),
    remove: () => root.deleteRolePolicy({ RoleName, PolicyName: 'more' }),
    bound: () => root.putRolePermissionsBoundary({ RoleName, PermissionsBoundary: PolicyArn }),
    unbound: () => root.deleteRolePermissionsBoundary({ RoleName }),
    trust: () => root.updateAssumeRolePolicy({ RoleName, PolicyDocument: trust(account) }),
    profile: () => root.addRoleToInstanceProfile({ InstanceProfileName: 'linked', RoleName }),
    'no profile': () => root.removeRoleFromInstanceProfile({ InstanceProfileName: 'linked', RoleName }),
  }
  for (const [name, call] of Object.entries(calls)) {
    assert.equal(
      await refused(call()),
      `UnmodifiableEntity 400 Cannot perform the operation on the protected role '${RoleName}' - this role is only modifiable by AWS`,
      name,
    )
  }
  assert.equal(
    await refused(root.updateRole({ RoleName, Description: 'none', MaxSessionDuration: 7200 })),
    `UnmodifiableEntity 400 ${RoleName} is an AWS service linked role, max session duration cannot be changed.`,
  )
  await root.updateRole({ RoleName, Description: 'one' })
  assert.equal((await root.getRole({ RoleName })).Role!.Description, 'one')
  assert.equal((await root.updateRoleDescription({ RoleName, Description: 'two' })).Role!.Description, 'two')
  assert.match(
    await refused(root.createRole({ RoleName: 'mine', Path: '/aws-service-role/x/', AssumeRolePolicyDocument: trust(account) })),
    /^InvalidInput 400 /,
  )
})

test('deleting is a task that tells how it went, and the role is gone with what was attached to it', async () => {
  const root = scene.iam()
  const RoleName = 'AWSServiceRoleForBackup'
  const { DeletionTaskId } = await root.deleteServiceLinkedRole({ RoleName })
  assert.match(DeletionTaskId!, /^task\/aws-service-role\/backup\.amazonaws\.com\/AWSServiceRoleForBackup\/[0-9a-f-]{36}$/)
  await scene.restart()
  const again = scene.iam()
  const { $metadata: _, ...status } = await again.getServiceLinkedRoleDeletionStatus({ DeletionTaskId })
  assert.deepEqual(status, { Status: 'SUCCEEDED' })
  assert.equal(await refused(again.getRole({ RoleName })), `NoSuchEntity 404 The role with name ${RoleName} cannot be found.`)
  assert.equal(
    await refused(again.deleteServiceLinkedRole({ RoleName })),
    `NoSuchEntity 404 The role with name ${RoleName} cannot be found.`,
  )
  await again.createServiceLinkedRole({ AWSServiceName: 'backup.amazonaws.com' })
  await again.createRole({ RoleName: 'plain', AssumeRolePolicyDocument: trust(account) })
  assert.equal(
    await refused(again.deleteServiceLinkedRole({ RoleName: 'plain' })),
    'NoSuchEntity 404 plain exists but is not a service role.',
  )
  await again.getRole({ RoleName: 'plain' })
  assert.match(
    await refused(again.getServiceLinkedRoleDeletionStatus({ DeletionTaskId: DeletionTaskId!.replace(/.{12}$/, '000000000000') })),
    /^NoSuchEntity 404 Cannot find deletion status for given id\.$/,
  )
  assert.equal(await refused(again.getServiceLinkedRoleDeletionStatus({ DeletionTaskId: 'task/none' })), 'InvalidInput 400 Invalid task id')
})

test('who may make the role of one service makes no other', async () => {
  const root = scene.iam()
  const own = scene.iam(
    await scene.newUser(
      'linker',
      allow('iam:CreateServiceLinkedRole', '*', { Condition: { StringEquals: { 'iam:AWSServiceName': 'backup.amazonaws.com' } } }),
      allow(
        ['iam:DeleteServiceLinkedRole', 'iam:GetServiceLinkedRoleDeletionStatus'],
        `arn:aws:iam::${account}:role/aws-service-role/backup.amazonaws.com/*`,
      ),
    ),
  )
  const { DeletionTaskId } = await own.deleteServiceLinkedRole({ RoleName: 'AWSServiceRoleForBackup' })
  await own.getServiceLinkedRoleDeletionStatus({ DeletionTaskId })
  await own.createServiceLinkedRole({ AWSServiceName: 'backup.amazonaws.com' })
  await root.deleteServiceLinkedRole({ RoleName: ecs })
  assert.match(
    await refused(own.createServiceLinkedRole({ AWSServiceName: 'ecs.amazonaws.com' })),
    /iam:CreateServiceLinkedRole on resource: arn:aws:iam::000000000000:role\/aws-service-role\/ecs\.amazonaws\.com\/AWSServiceRoleForECS because no identity-based policy/,
  )
  assert.match(await refused(own.deleteServiceLinkedRole({ RoleName: 'AWSServiceRoleForRDS' })), /^AccessDenied 403 /)
  await root.getRole({ RoleName: 'AWSServiceRoleForRDS' })
})
