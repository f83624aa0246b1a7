import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { IAM } from '@aws-sdk/client-iam'
import { postgresMissing, startPostgres, type TestPostgres } from '@bailiwick/store/testing'
import { allow, policy, refused } from './iam-scene.js'
import { freshFolder, type RunningServer, removeFolder, startServer } from './running-server.js'

const rootKey = { accessKeyId: 'AKIAROOTROOTROOTROOT', secretAccessKey: randomBytes(30).toString('base64') }
const environment = {
  BAILIWICK_MASTER_KEY: randomBytes(32).toString('hex'),
  BAILIWICK_ROOT_ACCESS_KEY_ID: rootKey.accessKeyId,
  BAILIWICK_ROOT_SECRET_ACCESS_KEY: rootKey.secretAccessKey,
  BAILIWICK_ROOT_PASSWORD: 'correct horse battery staple',
}

interface Place {
  readonly name: string
  readonly skip: string | false
  readonly nodes: number
  /** The URL, and how to leave the place. */
  readonly open: () => Promise<{ readonly url?: string; readonly close?: () => Promise<void> }>
}

const places: readonly Place[] = [
  { name: 'in memory', skip: false, nodes: 1, open: async () => ({ url: 'memory:' }) },
  { name: 'embedded', skip: false, nodes: 1, open: async () => ({}) },
  {
    name: 'PostgreSQL with two nodes',
    skip: postgresMissing(),
    nodes: 2,
    async open() {
      const postgres: TestPostgres = await startPostgres()
      return { url: await postgres.database(), close: () => postgres.stop() }
    },
  },
]

/** How many calls are under way at once. */
const writers = 16
const document = policy(allow('iam:GetUser'))

for (const { name, skip, nodes, open } of places) {
  describe(`writers at once, ${name}`, { skip }, () => {
    const servers: RunningServer[] = []
    let close: (() => Promise<void>) | undefined
    before(async () => {
      const place = await open()
      close = place.close
      for (let node = 0; node < nodes; node++) {
        const flags = place.url === undefined ? [] : ['--database-url', place.url]
        servers.push(await startServer({ dataDir: freshFolder(), flags, environment, rootKey }))
      }
    })
    after(async () => {
      for (const { stop, dataDir } of servers) {
        await stop()
        removeFolder(dataDir)
      }
      await close?.()
    })
    const client = (turn: number): IAM =>
      new IAM({ endpoint: servers[turn % nodes]!.endpoint, region: 'us-east-1', credentials: rootKey, maxAttempts: 1 })

    /** All at once: how many went through, and what the others were answered. */
    async function atOnce(call: (iam: IAM, turn: number) => Promise<unknown>): Promise<{ done: number; refusals: Set<string> }> {
      const answers = await Promise.all(
        Array.from({ length: writers }, async (_, turn) => {
          const asked = call(client(turn), turn)
          return (await asked.then(() => true).catch(() => false)) ? undefined : refused(asked)
        }),
      )
      const refusals = answers.filter((answer) => answer !== undefined)
      return { done: writers - refusals.length, refusals: new Set(refusals.map((answer) => answer.split(' ').slice(0, 2).join(' '))) }
    }

    test('a name is given once, whatever its letter case', async () => {
      const spelt = (turn: number): string => (turn % 2 === 0 ? 'twin' : 'TWIN')
      const taken = { done: 1, refusals: new Set(['EntityAlreadyExists 409']) }
      assert.deepEqual(await atOnce((iam, turn) => iam.createUser({ UserName: spelt(turn) })), taken)
      assert.deepEqual(await atOnce((iam, turn) => iam.createGroup({ GroupName: spelt(turn) })), taken)
      assert.deepEqual(await atOnce((iam, turn) => iam.createPolicy({ PolicyName: spelt(turn), PolicyDocument: document })), taken)
      assert.equal((await client(0).listUsers({})).Users!.length, 1)
    })

    test('a rename and a creation never end in one name twice', async () => {
      await Promise.all(Array.from({ length: writers }, (_, turn) => client(turn).createUser({ UserName: `before-${turn}` })))
      const { done } = await atOnce((iam, turn) =>
        turn % 2 === 0 ? iam.updateUser({ UserName: `before-${turn}`, NewUserName: 'Wanted' }) : iam.createUser({ UserName: 'wanted' }),
      )
      assert.equal(done, 1)
      const names = (await client(0).listUsers({})).Users!.map(({ UserName }) => UserName!.toLowerCase())
      assert.equal(names.filter((each) => each === 'wanted').length, 1)
      assert.equal(new Set(names).size, names.length)
    })

    test('no quota is passed: keys, attachments, memberships, versions', async () => {
      const UserName = 'busy'
      await client(0).createUser({ UserName })
      const full = new Set(['LimitExceeded 409'])
      assert.deepEqual(await atOnce((iam) => iam.createAccessKey({ UserName })), { done: 2, refusals: full })
      assert.equal((await client(0).listAccessKeys({ UserName })).AccessKeyMetadata!.length, 2)

      const arns = await Promise.all(
        Array.from({ length: writers }, async (_, turn) => {
          await client(turn).createGroup({ GroupName: `busy-${turn}` })
          return (await client(turn).createPolicy({ PolicyName: `busy-${turn}`, PolicyDocument: document })).Policy!.Arn!
        }),
      )
      const attach = await atOnce((iam, turn) => iam.attachUserPolicy({ UserName, PolicyArn: arns[turn]! }))
      assert.deepEqual(attach, { done: 10, refusals: full })
      assert.equal((await client(0).listAttachedUserPolicies({ UserName })).AttachedPolicies!.length, 10)

      const join = await atOnce((iam, turn) => iam.addUserToGroup({ UserName, GroupName: `busy-${turn}` }))
      assert.deepEqual(join, { done: 10, refusals: full })
      assert.equal((await client(0).listGroupsForUser({ UserName })).Groups!.length, 10)

      const PolicyArn = arns[0]!
      const version = await atOnce((iam) => iam.createPolicyVersion({ PolicyArn, PolicyDocument: document, SetAsDefault: true }))
      assert.deepEqual(version, { done: 4, refusals: full })
      const { Versions } = await client(0).listPolicyVersions({ PolicyArn })
      assert.deepEqual(
        Versions!.map(({ VersionId, IsDefaultVersion }) => [VersionId, IsDefaultVersion]),
        [
          ['v5', true],
          ['v4', false],
          ['v3', false],
          ['v2', false],
          ['v1', false],
        ],
      )
    })

    test('what holds a user and its deletion do not pass each other', async () => {
      const UserName = 'going'
      await client(0).createUser({ UserName })
      await atOnce((iam, turn) => (turn === writers / 2 ? iam.deleteUser({ UserName }) : iam.createAccessKey({ UserName })))
      const there = await refused(client(0).getUser({ UserName })).catch(() => 'there')
      const keys = await client(0)
        .listAccessKeys({ UserName })
        .then(({ AccessKeyMetadata }) => AccessKeyMetadata!.length)
        .catch(() => 0)
      assert.ok(there === 'there' ? keys === 2 : keys === 0, `${there}: ${keys} keys`)
    })
  })
}
