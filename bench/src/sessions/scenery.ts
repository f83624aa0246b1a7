/** What the rows of sessions share: a server with a role that a user may assume, and bare `node:http` beside it. */
import { fileURLToPath } from 'node:url'
import { startYardstick } from '../answering.js'
import { ask, element, type OurServer, startOurs } from '../our-server.js'
import type { Key } from '../requests.js'
import { dataFolder, type MakeRows, say } from '../rounds.js'

export const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

export interface Scene {
  readonly server: OurServer
  readonly dataDir: string
  readonly accountId: string
  /** Of a user who may do everything. */
  readonly user: Key
  /** A role that the account's principals, EC2 and `Federated` principals named in `more` may assume. */
  readonly roleArn: string
}

/** Runs `work` with a server of its own, which is ended whatever happens. */
export async function withScene(
  name: string,
  work: (scene: Scene) => ReturnType<MakeRows>,
  environment: NodeJS.ProcessEnv = {},
): ReturnType<MakeRows> {
  const dataDir = dataFolder(`sessions-${name}`)
  const server = await startOurs(dataDir, environment)
  try {
    say(`${name} …`)
    const accountId = element(await ask(server, 'sts', 'GetCallerIdentity'), 'Account')
    await ask(server, 'iam', 'CreateUser', { UserName: 'bench' })
    const PolicyDocument = statement({ Action: ['iam:*', 'sts:*'], Resource: '*' })
    await ask(server, 'iam', 'PutUserPolicy', { UserName: 'bench', PolicyName: 'all', PolicyDocument })
    const xml = await ask(server, 'iam', 'CreateAccessKey', { UserName: 'bench' })
    const user = { accessKeyId: element(xml, 'AccessKeyId'), secretAccessKey: element(xml, 'SecretAccessKey') }
    const Principal = { AWS: `arn:aws:iam::${accountId}:user/bench`, Service: 'ec2.amazonaws.com' }
    const AssumeRolePolicyDocument = statement({ Principal, Action: 'sts:AssumeRole' })
    await ask(server, 'iam', 'CreateRole', { RoleName: 'bench', AssumeRolePolicyDocument })
    return await work({ server, dataDir, accountId, user, roleArn: `arn:aws:iam::${accountId}:role/bench` })
  } finally {
    await server.stop()
  }
}

/** A policy of one statement that allows. */
export const statement = (elements: object): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...elements }] })

/** Runs `work` with bare `node:http`, on a port of its own. */
export async function withBare<T>(work: (bare: Awaited<ReturnType<typeof startYardstick>>) => Promise<T>): Promise<T> {
  const bare = await startYardstick('bare-http')
  try {
    return await work(bare)
  } finally {
    await bare.stop()
  }
}
