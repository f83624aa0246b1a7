/** A long list, and new users, beside moto's server, which keeps everything in memory and forgets it. */
import { answering, CONNECTIONS } from '../answering.js'
import { withMoto } from '../moto.js'
import { ask, type OurServer, raiseQuota } from '../our-server.js'
import { signedRequest } from '../requests.js'
import { dataFolder, inTurn, type MakeRows, say } from '../rounds.js'
import { userName } from './plan.js'
import { asking, type Filled, withFilled } from './scenery.js'

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

const QUOTA = 1_000_000
const WARM_UP = 4

/** Users created per CPU-second. moto's server closes the connection behind each answer; ours keeps it, as clients want it. */
function creating(server: OurServer, reconnect: boolean): () => Promise<number> {
  let next = 0
  const request = () => signedRequest(server.port, server.key, 'iam', 'CreateUser', { UserName: userName(next++) })
  return answering(server, request, { reconnect })
}

const create: MakeRows = () =>
  withFilled('created', { users: 0 }, ({ server }) => {
    const name = `iam: durable CreateUser at ${CONNECTIONS} connections ÷ moto_server`
    raiseQuota(dataFolder('created'), 'UsersPerAccount', QUOTA)
    return withMoto(name, server.key, async (moto) => {
      say("CreateUser, beside moto's server …")
      const [ours, theirs] = [creating(server, false), creating(moto, true)]
      for (let round = 0; round < WARM_UP; round++) await ours()
      return [{ name, unit: '1/cpu s', must: { atLeast: 20 }, aim: 40, figures: await inTurn(ours, theirs) }]
    })
  })

export const besideMotoGroups = [
  { name: 'iam list', rows: list },
  { name: 'iam create', rows: create },
]
