/** A long list, and new users, beside moto's server, which keeps everything in memory and forgets it. */
import { load } from '../load.js'
import { ask, type OurServer, perCpuSecond } from '../our-server.js'
import { signedRequest } from '../requests.js'
import { type Plan, userName } from './plan.js'
import { asking, type Filled, inTurn, type MakeRows, say, withFilled, withMoto } from './scenery.js'

const LISTED = 1000
const listed = (xml: string): number => xml.split('<UserName>').length - 1
const perSecond = (seconds: () => Promise<number>) => async () => 1 / (await seconds())

const list: MakeRows = () =>
  withFilled('listed', { users: LISTED }, (ours) => {
    const name = `iam: ListUsers of ${LISTED} in one page ÷ moto_server`
    return withMoto(name, ours.server.key, async (moto) => {
      say(`ListUsers of ${LISTED}, beside moto's server …`)
      for (let at = 0; at < LISTED; at++) await ask(moto, 'iam', 'CreateUser', { UserName: userName(at) })
      const theirs: Filled = { server: moto, users: LISTED }
      const input = { MaxItems: String(LISTED) }
      for (const { server } of [ours, theirs]) {
        const count = listed(await ask(server, 'iam', 'ListUsers', input))
        if (count !== LISTED) throw new Error(`${count} of ${LISTED} users are listed`)
      }
      const way = { operation: 'ListUsers', input: () => input, reconnect: true }
      const figures = await inTurn(perSecond(asking(ours, way)), perSecond(asking(theirs, way)))
      return [{ name, unit: '1/cpu s', must: { atLeast: 50 }, aim: 200, figures }]
    })
  })

const CREATING: Plan = { users: 0 }
const CONNECTIONS = 16
const MILLISECONDS = 2000

/** Users created per CPU-second. moto's server closes the connection behind each answer, and so each of ours gets a new one too. */
function creating(server: OurServer): () => Promise<number> {
  let next = 0
  const request = () => signedRequest(server.port, server.key, 'iam', 'CreateUser', { UserName: userName(next++) })
  return () =>
    perCpuSecond(server.pid, () =>
      load({ port: server.port, connections: CONNECTIONS, milliseconds: MILLISECONDS, request, reconnect: true }),
    )
}

const create: MakeRows = () =>
  withFilled('created', CREATING, ({ server }) => {
    const name = `iam: durable CreateUser at ${CONNECTIONS} connections ÷ moto_server`
    return withMoto(name, server.key, async (moto) => {
      say("CreateUser, beside moto's server …")
      const figures = await inTurn(creating(server), creating(moto))
      return [{ name, unit: '1/cpu s', must: { atLeast: 20 }, aim: 40, figures }]
    })
  })

export const besideMotoGroups = [
  { name: 'iam list', rows: list },
  { name: 'iam create', rows: create },
]
