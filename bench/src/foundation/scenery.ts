/** What the rows of the foundation share: a user who may do everything, and accounts of many users. */
import { userName } from '../iam/plan.js'
import { Connection } from '../load.js'
import { ask, element, type OurServer } from '../our-server.js'
import { type Key, signedRequest } from '../requests.js'

/** A user with a policy that allows what the rows do, and its key; and a role that it may assume. */
export async function madeUser(server: OurServer): Promise<Key> {
  await ask(server, 'iam', 'CreateUser', { UserName: 'bench' })
  const policy = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['iam:*', 'sts:*'], Resource: '*' }] })
  await ask(server, 'iam', 'PutUserPolicy', { UserName: 'bench', PolicyName: 'all', PolicyDocument: policy })
  const xml = await ask(server, 'iam', 'CreateAccessKey', { UserName: 'bench' })
  const account = element(await ask(server, 'sts', 'GetCallerIdentity'), 'Account')
  const trust = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:user/bench` }, Action: 'sts:AssumeRole' }],
  })
  await ask(server, 'iam', 'CreateRole', { RoleName: 'bench', AssumeRolePolicyDocument: trust })
  return { accessKeyId: element(xml, 'AccessKeyId'), secretAccessKey: element(xml, 'SecretAccessKey') }
}

export async function makeUsers(server: OurServer, users: number): Promise<void> {
  let next = 0
  const one = async (): Promise<void> => {
    const connection = await Connection.open(server.port)
    while (next < users) {
      const request = await signedRequest(server.port, server.key, 'iam', 'CreateUser', { UserName: userName(next++) })
      const answer = await connection.ask(request)
      if (answer.status !== 200) throw new Error(answer.text())
    }
    connection.close()
  }
  await Promise.all(Array.from({ length: 64 }, one))
}
