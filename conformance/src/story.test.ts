import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DetachUserPolicyCommand,
  GetUserCommand,
  ListUsersCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam'
import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { iamClient, type Key, keyOf, refusal, stsClient } from './clients.js'
import { bailiwick, type RunningServer, removeFolder, startServer } from './running-server.js'

let server: RunningServer

before(async () => {
  server = await startServer()
})
after(async () => {
  await server.stop()
  removeFolder(server.dataDir)
})

const document = (action: string, resource = '*', effect = 'Allow'): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: effect, Action: action, Resource: resource }] })

async function newUser(root: Key, name: string): Promise<Key> {
  const iam = iamClient(server.endpoint, root)
  await iam.send(new CreateUserCommand({ UserName: name }))
  return keyOf((await iam.send(new CreateAccessKeyCommand({ UserName: name }))).AccessKey)
}

test('[item 10] a user with a key is denied, is allowed once a policy is attached, and loses access when it is detached', async () => {
  const root = iamClient(server.endpoint, server.rootKey)
  const ada = await newUser(server.rootKey, 'ada')
  const asAda = iamClient(server.endpoint, ada)
  assert.equal((await stsClient(server.endpoint, ada).send(new GetCallerIdentityCommand({}))).Arn, 'arn:aws:iam::000000000000:user/ada')

  const denied =
    'AccessDenied 403 User: arn:aws:iam::000000000000:user/ada is not authorized to perform: iam:ListUsers on resource: arn:aws:iam::000000000000:user/ because no identity-based policy allows the iam:ListUsers action'
  assert.equal(await refusal(asAda.send(new ListUsersCommand({}))), denied)

  const { Policy } = await root.send(new CreatePolicyCommand({ PolicyName: 'list', PolicyDocument: document('iam:ListUsers') }))
  await root.send(new AttachUserPolicyCommand({ UserName: 'ada', PolicyArn: Policy!.Arn! }))
  assert.deepEqual(
    (await asAda.send(new ListUsersCommand({}))).Users!.map(({ UserName }) => UserName),
    ['ada'],
  )
  assert.match(
    await refusal(asAda.send(new GetUserCommand({ UserName: 'ada' }))),
    /^AccessDenied 403 .* on resource: user ada because no identity-based/,
  )

  await root.send(new DetachUserPolicyCommand({ UserName: 'ada', PolicyArn: Policy!.Arn! }))
  assert.equal(await refusal(asAda.send(new ListUsersCommand({}))), denied)
})

test('[item 10] a role in another account can be assumed when both sides agree, and everything is there after a restart', async () => {
  const created = await bailiwick([
    'accounts',
    'create',
    '--name',
    'other',
    '--email',
    'root@other.example.com',
    '--json',
    '--data-dir',
    server.dataDir,
  ])
  assert.equal(created.code, 0, created.stderr)
  const { Account, RootCredentials } = JSON.parse(created.stdout)
  const otherRoot: Key = { accessKeyId: RootCredentials.AccessKeyId, secretAccessKey: RootCredentials.SecretAccessKey }
  const other = iamClient(server.endpoint, otherRoot)
  const grace = await newUser(server.rootKey, 'grace')
  const trust = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::000000000000:user/grace' }, Action: 'sts:AssumeRole' }],
  })
  const { Role } = await other.send(new CreateRoleCommand({ RoleName: 'reader', AssumeRolePolicyDocument: trust }))
  await other.send(new PutRolePolicyCommand({ RoleName: 'reader', PolicyName: 'list', PolicyDocument: document('iam:ListUsers') }))

  const assume = () => stsClient(server.endpoint, grace).send(new AssumeRoleCommand({ RoleArn: Role!.Arn!, RoleSessionName: 'visit' }))
  const denied = `AccessDenied 403 User: arn:aws:iam::000000000000:user/grace is not authorized to perform: sts:AssumeRole on resource: ${Role!.Arn}`
  assert.equal(await refusal(assume()), denied)
  const root = iamClient(server.endpoint, server.rootKey)
  await root.send(
    new PutUserPolicyCommand({ UserName: 'grace', PolicyName: 'assume', PolicyDocument: document('sts:AssumeRole', Role!.Arn!) }),
  )
  const { Credentials, AssumedRoleUser } = await assume()
  assert.equal(AssumedRoleUser!.Arn, `arn:aws:sts::${Account.AccountId}:assumed-role/reader/visit`)
  const session = keyOf(Credentials)
  assert.deepEqual((await iamClient(server.endpoint, session).send(new ListUsersCommand({}))).Users, [])
  assert.match(
    await refusal(iamClient(server.endpoint, session).send(new CreateUserCommand({ UserName: 'x' }))),
    /^AccessDenied 403 User: arn:aws:sts::/,
  )
  const stranger = { accessKeyId: session.accessKeyId, secretAccessKey: session.secretAccessKey }
  assert.match(await refusal(iamClient(server.endpoint, stranger).send(new ListUsersCommand({}))), /^InvalidClientTokenId 403/)

  const before = server
  assert.equal(await before.stop(), 0)
  server = await startServer({ dataDir: before.dataDir })
  const users = await iamClient(server.endpoint, server.rootKey).send(new ListUsersCommand({}))
  assert.deepEqual(
    users.Users!.map(({ UserName }) => UserName),
    ['ada', 'grace'],
  )
  assert.deepEqual((await iamClient(server.endpoint, session).send(new ListUsersCommand({}))).Users, [], 'the session outlives the restart')
})

test('[item 6] an administrator of another account is denied on accounts, even with *', async () => {
  const { stdout } = await bailiwick([
    'accounts',
    'create',
    '--name',
    'third',
    '--email',
    'root@third.example.com',
    '--json',
    '--data-dir',
    server.dataDir,
  ])
  const { Account, RootCredentials } = JSON.parse(stdout)
  const environment = {
    AWS_ENDPOINT_URL: server.endpoint,
    AWS_ACCESS_KEY_ID: RootCredentials.AccessKeyId,
    AWS_SECRET_ACCESS_KEY: RootCredentials.SecretAccessKey,
  }
  const list = await bailiwick(['accounts', 'list'], environment)
  assert.equal(list.code, 1)
  assert.match(list.stderr, /AccessDenied.*bailiwick:ListAccounts/)
  const close = await bailiwick(['accounts', 'close', Account.AccountId], environment)
  assert.match(close.stderr, /AccessDenied/)
  const own = await bailiwick(['accounts', 'list', '--data-dir', server.dataDir])
  assert.match(own.stdout, /third/)
})
