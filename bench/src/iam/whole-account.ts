/** What speaks of everything in the account: its authorization details, and the credential report. */
import { setTimeout as wait } from 'node:timers/promises'
import { Connection } from '../load.js'
import { element, type OurServer } from '../our-server.js'
import { residentMegabytes } from '../process.js'
import { signedRequest } from '../requests.js'
import { type MakeRows, say } from '../rounds.js'
import type { Plan } from './plan.js'
import { withFilled } from './scenery.js'

const ENTITIES = 100_000
const entities = { users: 60_000, roles: 38_000, groups: 500, policies: 1500, furnished: true } as const satisfies Plan
const PAGE = 1000

const entitiesIn = (xml: string): number => (xml.match(/<(?:User|Group|Role|Policy)Id>/g) ?? []).length

async function asked(connection: Connection, server: OurServer, operation: string, input: Record<string, string> = {}): Promise<string> {
  const answer = await connection.ask(await signedRequest(server.port, server.key, 'iam', operation, input))
  if (answer.status !== 200) throw new Error(`${operation}: ${answer.text()}`)
  return answer.text()
}

interface Walk {
  readonly seconds: number
  readonly megabytes: number
}

/** All pages once; what the process grew by at most while it did so. */
async function walk(server: OurServer): Promise<Walk> {
  const connection = await Connection.open(server.port)
  const before = residentMegabytes(server.pid)
  let most = before
  let seconds = 0
  let found = 0
  let marker: string | undefined
  do {
    const began = process.hrtime.bigint()
    const xml = await asked(connection, server, 'GetAccountAuthorizationDetails', {
      MaxItems: String(PAGE),
      'Filter.member.1': 'User',
      'Filter.member.2': 'Role',
      'Filter.member.3': 'Group',
      'Filter.member.4': 'LocalManagedPolicy',
      ...(marker !== undefined && { Marker: marker }),
    })
    seconds += Number(process.hrtime.bigint() - began) / 1e9
    found += entitiesIn(xml)
    marker = xml.includes('<IsTruncated>true<') ? element(xml, 'Marker') : undefined
    most = Math.max(most, residentMegabytes(server.pid))
  } while (marker !== undefined)
  connection.close()
  if (found !== ENTITIES) throw new Error(`${found} of ${ENTITIES} entities are told`)
  return { seconds, megabytes: most - before }
}

const ROUNDS = 3

const details: MakeRows = () =>
  withFilled('entities', entities, async ({ server }) => {
    const walks: Walk[] = []
    for (let round = 0; round < ROUNDS; round++) {
      say(`GetAccountAuthorizationDetails, round ${round + 1} …`)
      walks.push(await walk(server))
    }
    const grown = walks.reduce((sum, { megabytes }) => sum + megabytes, 0)
    return [
      {
        name: 'iam: GetAccountAuthorizationDetails over 100,000 entities, memory growth, MB',
        unit: 'MB',
        must: { atMost: 100 },
        aim: 50,
        figures: { ours: [grown], yardstick: [] },
        compare: 'absolute',
      },
      {
        name: 'iam: GetAccountAuthorizationDetails over 100,000 entities, entities/s',
        unit: '1/s',
        must: { atLeast: 20_000 },
        aim: 50_000,
        figures: { ours: walks.map(({ seconds }) => ENTITIES / seconds), yardstick: [] },
        compare: 'absolute',
      },
    ]
  })

const REPORTED = 100_000

/** The longest time in milliseconds for which the server's event loop was held since it was last asked. */
async function held(server: OurServer): Promise<number> {
  const before = server.output().length
  process.kill(server.pid, 'SIGUSR2')
  for (;;) {
    await wait(5)
    const said = /held ([\d.]+)/.exec(server.output().slice(before))
    if (said) return Number(said[1])
  }
}

const probe = new URL('./event-loop.js', import.meta.url).href

const report: MakeRows = () =>
  withFilled(
    'reported',
    { users: REPORTED, credentials: true },
    async ({ server }) => {
      say(`credential report of ${REPORTED} users …`)
      const connection = await Connection.open(server.port)
      await held(server)
      const began = process.hrtime.bigint()
      let state: string
      do state = element(await asked(connection, server, 'GenerateCredentialReport'), 'State')
      while (state !== 'COMPLETE')
      const seconds = Number(process.hrtime.bigint() - began) / 1e9
      const generating = await held(server)
      const answer = await asked(connection, server, 'GetCredentialReport')
      const reading = await held(server)
      connection.close()
      const lines = Buffer.from(element(answer, 'Content'), 'base64').toString('utf8').split('\n').length
      if (lines !== REPORTED + 2) throw new Error(`the report has ${lines} lines for ${REPORTED} users, the root user and the head`)
      const row = { unit: 'ms', must: { atMost: 50 }, aim: 20, compare: 'absolute' } as const
      return [
        {
          name: `iam: credential report of ${REPORTED} users, s`,
          unit: 's',
          must: { atMost: 5 },
          aim: 2,
          figures: { ours: [seconds], yardstick: [] },
          compare: 'absolute',
        },
        { ...row, name: 'iam: credential report, event loop held while it is made, ms', figures: { ours: [generating], yardstick: [] } },
        { ...row, name: 'iam: credential report, event loop held while it is read, ms', figures: { ours: [reading], yardstick: [] } },
      ]
    },
    { NODE_OPTIONS: `--import ${probe}` },
  )

export const wholeAccountGroups = [
  { name: 'iam details', rows: details },
  { name: 'iam report', rows: report },
]
