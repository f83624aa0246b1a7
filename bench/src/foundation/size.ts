/** What an account of 100,000 users costs beside one of 100: at the start, and with each call. */
import { answering } from '../answering.js'
import { userName } from '../iam/plan.js'
import { type OurServer, raiseQuota, startOurs } from '../our-server.js'
import { signedRequest } from '../requests.js'
import { dataFolder, inTurn, type MakeRows, say } from '../rounds.js'
import { makeUsers } from './scenery.js'
import { startMilliseconds } from './start.js'

const QUOTA = 1_000_000

async function withUsers(name: string, users: number): Promise<string> {
  const dataDir = dataFolder(name)
  const server = await startOurs(dataDir)
  raiseQuota(dataDir, 'UsersPerAccount', QUOTA)
  say(`making ${users} users …`)
  await makeUsers(server, users)
  await server.stop()
  return dataDir
}

/** CPU-seconds of one GetUser. */
async function seconds(server: OurServer): Promise<number> {
  const requests = [await signedRequest(server.port, server.key, 'iam', 'GetUser', { UserName: userName(50) })]
  return 1 / (await answering(server, requests)())
}

export const size: MakeRows = async () => {
  const few = await withUsers('few', 100)
  const many = await withUsers('many', 100_000)
  const startSeconds = (dataDir: string) => async () => (await startMilliseconds(dataDir)) / 1000
  const started = await inTurn(startSeconds(many), startSeconds(few))
  const [a, b] = [await startOurs(many), await startOurs(few)]
  const figures = await inTurn(
    () => seconds(a),
    () => seconds(b),
  )
  await a.stop()
  await b.stop()
  const extra = 'start, extra seconds with 100,000 users'
  return [
    { name: extra, unit: 's', must: { atMost: 0.5 }, aim: 0.2, figures: started, compare: 'difference' },
    { name: 'GetUser with 100,000 users ÷ with 100', unit: 's', must: { atMost: 1.2 }, aim: 1.05, figures },
  ]
}
