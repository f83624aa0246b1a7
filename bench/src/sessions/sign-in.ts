/** How long signed calls take while a crowd signs in with passwords, each of which is hashed. */
import { setTimeout as sleep } from 'node:timers/promises'
import { Connection } from '../load.js'
import { ask, type OurServer } from '../our-server.js'
import { signedRequest } from '../requests.js'
import { inTurn, type MakeRows, withScene } from './scenery.js'

const PEOPLE = 50
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

/** From the first page to being signed in, as a browser that was never here. */
async function signInOnce(endpoint: string, account: string, username: string): Promise<void> {
  const first = await fetch(`${endpoint}/signin`)
  const csrf = /name="csrf" value="([^"]+)"/.exec(await first.text())![1]!
  const cookie = first.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  const body = new URLSearchParams({ csrf, as: 'user', account, username, password: PASSWORD })
  const answer = await fetch(`${endpoint}/signin`, { method: 'POST', headers: { cookie }, body, redirect: 'manual' })
  if (answer.status !== 303) throw new Error(`${username} is not signed in: ${answer.status} ${await answer.text()}`)
  await answer.arrayBuffer()
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
    const endpoint = `http://127.0.0.1:${server.port}`
    const withPeople = async (): Promise<number> => {
      let over = false
      const people = names.map(async (name) => {
        while (!over) await signInOnce(endpoint, accountId, name)
      })
      await sleep(500)
      const found = await p99(server.port, request)
      over = true
      await Promise.all(people)
      return found
    }
    const figures = await inTurn(withPeople, () => p99(server.port, request))
    const name = `sessions: p99 of signed calls while ${PEOPLE} people sign in with passwords ÷ without`
    return [{ name, unit: 's', must: { atMost: 2 }, aim: 1.3, figures }]
  })
