/** How long signed calls take while a crowd signs in with passwords, each of which is hashed. */
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Connection } from '../load.js'
import { ask, type OurServer } from '../our-server.js'
import { startProcess } from '../process.js'
import { signedRequest } from '../requests.js'
import { inTurn, type MakeRows } from '../rounds.js'
import { withScene } from './scenery.js'

const PEOPLE = 50
const peopleProgram = fileURLToPath(new URL('./people.js', import.meta.url))

const PASSWORD = 'Correct-horse-7-battery'
/** Calls come at a steady pace, whether the one before is answered or not: what waits is seen. */
const CALLS_A_SECOND = 250
const CALLS = 750
const CALLERS = 16

async function makePeople(server: OurServer): Promise<readonly string[]> {
  const names = Array.from({ length: PEOPLE }, (_, at) => `person-${at}`)
  for (const UserName of names) {
    await ask(server, 'iam', 'CreateUser', { UserName })
    await ask(server, 'iam', 'CreateLoginProfile', { UserName, Password: PASSWORD })
  }
  return names
}

/** The time, in seconds, that 99 of 100 calls do not exceed, counted from when each was due. */
async function p99(port: number, request: Buffer): Promise<number> {
  const idle = await Promise.all(Array.from({ length: CALLERS }, () => Connection.open(port)))
  const waiting: ((connection: Connection) => void)[] = []
  const took: number[] = []
  const began = performance.now()
  const one = async (at: number): Promise<void> => {
    const due = began + (at * 1000) / CALLS_A_SECOND
    await sleep(Math.max(0, due - performance.now()))
    const connection = idle.pop() ?? (await new Promise<Connection>((resolve) => waiting.push(resolve)))
    const answer = await connection.ask(request)
    if (answer.status !== 200) throw new Error(answer.text())
    took.push(performance.now() - due)
    const next = waiting.shift()
    if (next === undefined) idle.push(connection)
    else next(connection)
  }
  await Promise.all(Array.from({ length: CALLS }, (_, at) => one(at)))
  for (const connection of idle) connection.close()
  return took.sort((a, b) => a - b)[Math.floor(CALLS * 0.99)]! / 1000
}

export const signIn: MakeRows = () =>
  withScene('sign-in', async ({ server, user, accountId }) => {
    const names = await makePeople(server)
    const request = await signedRequest(server.port, user, 'sts', 'GetCallerIdentity')
    const withPeople = async (): Promise<number> => {
      const people = await startProcess([peopleProgram, `http://127.0.0.1:${server.port}`, accountId, PASSWORD, ...names])
      const found = await p99(server.port, request)
      await people.stop()
      return found
    }
    const figures = await inTurn(withPeople, () => p99(server.port, request))
    const name = `sessions: p99 of signed calls while ${PEOPLE} people sign in with passwords ÷ without`
    return [{ name, unit: 's', must: { atMost: 2 }, aim: 1.3, figures }]
  })
