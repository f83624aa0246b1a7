/** moto's server, which keeps everything in memory and looks at no signature: the yardstick that people know. */
import { createServer } from 'node:net'
import type { OurServer } from './our-server.js'
import { startCommand } from './process.js'
import type { Row, Unmeasured } from './rows.js'

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })

/** Runs `work` beside it; says why where there is none. */
export async function withMoto(
  name: string,
  key: OurServer['key'],
  work: (moto: OurServer) => Promise<readonly Row[]>,
): Promise<readonly (Row | Unmeasured)[]> {
  const port = await freePort()
  let moto: OurServer
  try {
    moto = { ...(await startCommand('moto_server', ['-H', '127.0.0.1', '-p', String(port)], 'Running on')), port, key }
  } catch (error) {
    return [{ name, why: `moto_server does not start: ${(error as Error).message.split('\n')[0]}` }]
  }
  try {
    return await work(moto)
  } finally {
    await moto.stop()
  }
}
