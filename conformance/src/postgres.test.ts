import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, test } from 'node:test'
import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateUserCommand,
  DetachUserPolicyCommand,
  ListUsersCommand,
} from '@aws-sdk/client-iam'
import { GetCallerIdentityCommand, GetSessionTokenCommand } from '@aws-sdk/client-sts'
import { postgresMissing, startPostgres, type TestPostgres } from '@bailiwick/store/testing'
import { iamClient, keyOf, refusal, stsClient } from './clients.js'
import { freshFolder, type RunningServer, removeFolder, startServer } from './running-server.js'

const skip = postgresMissing()
const masterKey = randomBytes(32).toString('hex')
let postgres: TestPostgres
let nodes: RunningServer[] = []

/** Two servers over one database: the second finds what the first set up. */
before(async () => {
  if (skip) return
  postgres = await startPostgres()
  const url = await postgres.database()
  const rootKey = { accessKeyId: 'AKIAROOTROOTROOTROOT', secretAccessKey: randomBytes(30).toString('base64') }
  const environment = {
    BAILIWICK_MASTER_KEY: masterKey,
    BAILIWICK_ROOT_ACCESS_KEY_ID: rootKey.accessKeyId,
    BAILIWICK_ROOT_SECRET_ACCESS_KEY: rootKey.secretAccessKey,
    BAILIWICK_ROOT_PASSWORD: 'correct horse battery staple',
  }
  for (let node = 0; node < 2; node++) {
    nodes.push(await startServer({ dataDir: freshFolder(), flags: ['--database-url', url], environment, rootKey }))
  }
})

after(async () => {
  for (const { stop, dataDir } of nodes) {
    await stop()
    removeFolder(dataDir)
  }
  nodes = []
  if (!skip) await postgres.stop()
})

test('[item 4] what one node answered, the other sees with its next request: users, keys, policies and sessions', { skip }, async () => {
  const [one, other] = nodes as [RunningServer, RunningServer]
  const root = iamClient(one.endpoint, one.rootKey)
  await root.send(new CreateUserCommand({ UserName: 'ada' }))
  const ada = keyOf((await root.send(new CreateAccessKeyCommand({ UserName: 'ada' }))).AccessKey)
  assert.equal((await stsClient(other.endpoint, ada).send(new GetCallerIdentityCommand({}))).Arn, 'arn:aws:iam::000000000000:user/ada')

  const elsewhere = iamClient(other.endpoint, ada)
  assert.match(await refusal(elsewhere.send(new ListUsersCommand({}))), /^AccessDenied 403/)
  const policy = { UserName: 'ada', PolicyArn: 'arn:aws:iam::aws:policy/IAMReadOnlyAccess' }
  for (let turn = 0; turn < 5; turn++) {
    await root.send(new AttachUserPolicyCommand(policy))
    assert.equal((await elsewhere.send(new ListUsersCommand({}))).Users!.length, 1)
    await root.send(new DetachUserPolicyCommand(policy))
    assert.match(await refusal(elsewhere.send(new ListUsersCommand({}))), /^AccessDenied 403/)
  }

  const session = keyOf((await stsClient(one.endpoint, ada).send(new GetSessionTokenCommand({}))).Credentials)
  assert.match((await stsClient(other.endpoint, session).send(new GetCallerIdentityCommand({}))).Arn!, /user\/ada$/)
})

test('[item 4] two nodes that create the same name at once make one user', { skip }, async () => {
  const clients = nodes.map(({ endpoint, rootKey }) => iamClient(endpoint, rootKey))
  for (let turn = 0; turn < 10; turn++) {
    const results = await Promise.allSettled(
      clients.map((client, node) => client.send(new CreateUserCommand({ UserName: node === 0 ? `twin-${turn}` : `TWIN-${turn}` }))),
    )
    assert.deepEqual(results.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
    const failed = results.find((result) => result.status === 'rejected')!
    assert.equal((failed.reason as Error).name, 'EntityAlreadyExistsException')
  }
})
