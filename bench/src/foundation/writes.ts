/** Durable writes beside the bare driver; and how near the bare driver anything could come that is asked over `node:http`. */
import { spawnSync } from 'node:child_process'
import { answering, MILLISECONDS, startYardstick, yardstick } from '../answering.js'
import { raiseQuota, startOurs } from '../our-server.js'
import { signedRequest } from '../requests.js'
import { dataFolder, inTurn, type MakeRows } from '../rounds.js'
import type { Row } from '../rows.js'
import { madeUser } from './scenery.js'

const QUOTA = 1_000_000
const WARM_UP_MILLISECONDS = 6000

/** Rows per CPU-second. */
async function bareDriver(writers: number): Promise<number> {
  const args = [yardstick('bare-driver'), dataFolder(`driver-${writers}.db`), String(writers), String(MILLISECONDS)]
  const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  const { rows, cpuSeconds } = JSON.parse(stdout) as { rows: number; cpuSeconds: number }
  return rows / cpuSeconds
}

export const writes: MakeRows = async () => {
  const dataDir = dataFolder('writes')
  const server = await startOurs(dataDir)
  raiseQuota(dataDir, 'UsersPerAccount', QUOTA)
  const key = await madeUser(server)
  const least = await startYardstick('least-write', dataFolder('least.db'))
  let next = 0
  const request = () => signedRequest(server.port, key, 'iam', 'CreateUser', { UserName: `new-${next++}` })
  for (const asked of [server, least]) await answering(asked, request, { milliseconds: WARM_UP_MILLISECONDS })()
  const rows: Row[] = []
  for (const { connections, must, aim } of [
    { connections: 1, must: 0.4, aim: 0.7 },
    { connections: 16, must: 0.25, aim: 0.5 },
  ]) {
    const beside = `${connections} connection${connections > 1 ? 's' : ''} ÷ bare driver`
    const driver = () => bareDriver(connections)
    const ours = await inTurn(answering(server, request, { connections }), driver)
    rows.push({ name: `durable CreateUser, ${beside}`, unit: '1/cpu s', must: { atLeast: must }, aim, figures: ours })
    const figures = await inTurn(answering(least, request, { connections }), driver)
    rows.push({ name: `for comparison: the least durable write over node:http, ${beside}`, unit: '1/cpu s', figures })
  }
  await server.stop()
  await least.stop()
  return rows
}
