/** Single calls beside bare `node:http`, and the memory that they take. */
import { answering, startYardstick } from '../answering.js'
import { userName } from '../iam/plan.js'
import { ask, element, startOurs } from '../our-server.js'
import { residentMegabytes } from '../process.js'
import { signedRequest } from '../requests.js'
import { dataFolder, inTurn, type MakeRows } from '../rounds.js'
import type { Row } from '../rows.js'
import { madeUser, makeUsers } from './scenery.js'

const bare = '÷ bare node:http'

export const calls: MakeRows = async () => {
  const server = await startOurs(dataFolder('requests'))
  const key = await madeUser(server)
  const account = element(await ask(server, 'sts', 'GetCallerIdentity'), 'Account')
  const idle = residentMegabytes(server.pid)
  const http = await startYardstick('bare-http')
  const role = { RoleArn: `arn:aws:iam::${account}:role/bench`, RoleSessionName: 'bench' }
  const rows: Row[] = []
  for (const { name, service, action, input, must, aim } of [
    { name: `GetCallerIdentity, 16 connections ${bare}`, service: 'sts', action: 'GetCallerIdentity', input: {}, must: 0.38, aim: 0.45 },
    { name: `AssumeRole ${bare}`, service: 'sts', action: 'AssumeRole', input: role, must: 0.2, aim: 0.3 },
    { name: `GetUser ${bare}`, service: 'iam', action: 'GetUser', input: { UserName: 'bench' }, must: 0.25, aim: 0.4 },
  ] as const) {
    const requests = [await signedRequest(server.port, key, service, action, input)]
    const figures = await inTurn(answering(server, requests), answering(http, requests))
    rows.push({ name, unit: '1/cpu s', must: { atLeast: must }, aim, figures })
  }
  await http.stop()
  await makeUsers(server, 1000)
  const each = (turn: number) => signedRequest(server.port, key, 'iam', 'GetUser', { UserName: userName(turn % 1000) })
  await answering(server, each)()
  const loaded = residentMegabytes(server.pid)
  await server.stop()
  return [
    ...rows,
    { ...memory(idle), name: 'resident memory idle, MB', must: { atMost: 90 }, aim: 70 },
    { ...memory(loaded), name: 'resident memory with 1,000 users under load, MB', must: { atMost: 130 }, aim: 100 },
  ]
}

const memory = (megabytes: number) =>
  ({ unit: 'MB', figures: { ours: [megabytes], yardstick: [] }, compare: 'absolute' }) satisfies Partial<Row>
