/** From the command to the first answered call. */
import { startYardstick } from '../answering.js'
import { Connection } from '../load.js'
import { ask, startOurs } from '../our-server.js'
import { dataFolder, inTurn, type MakeRows } from '../rounds.js'

const STARTS = 20

/** Milliseconds that the work took before it gave back how to stop what it started. */
async function milliseconds(start: () => Promise<() => Promise<void>>): Promise<number> {
  const began = process.hrtime.bigint()
  const stop = await start()
  const took = Number(process.hrtime.bigint() - began) / 1e6
  await stop()
  return took
}

export const startMilliseconds = (dataDir: string): Promise<number> =>
  milliseconds(async () => {
    const server = await startOurs(dataDir)
    await ask(server, 'sts', 'GetCallerIdentity')
    return server.stop
  })

const bareStartMilliseconds = (): Promise<number> =>
  milliseconds(async () => {
    const bare = await startYardstick('bare-http')
    const connection = await Connection.open(bare.port)
    await connection.ask(Buffer.from('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n'))
    connection.close()
    return bare.stop
  })

export const start: MakeRows = async () => {
  const dataDir = dataFolder('small')
  await startMilliseconds(dataDir)
  const figures = await inTurn(() => startMilliseconds(dataDir), bareStartMilliseconds, STARTS)
  return [{ name: 'start to first signed call ÷ bare node:http', unit: 'ms', must: { atMost: 2 }, aim: 1.4, figures }]
}
