/** What a million users in the account cost those who ask about one, or about a hundred. */
import { ask, element, type OurServer } from '../our-server.js'
import { inTurn, type MakeRows, say } from '../rounds.js'
import type { Row } from '../rows.js'
import { roleName, userName } from './plan.js'
import { asking, type Filled, filledFolder, type Way, withFilled } from './scenery.js'

const MANY = 1_000_000
const FEW = 100
const ROLES = 3000
const manyPlan = { users: MANY, roles: ROLES }
const fewPlan = { users: FEW, roles: ROLES }

/** Spread over all users, whatever their number, and seldom the same twice. */
const someone = (turn: number, users: number): string => userName((turn * 7919) % users)
const policy = (turn: number): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: `arn:aws:s3:::bucket-${turn}/*` }],
  })
const ATTACHABLE = [
  'ReadOnlyAccess',
  'SecurityAudit',
  'PowerUserAccess',
  'AmazonS3ReadOnlyAccess',
  'AmazonEC2FullAccess',
  'AmazonSQSFullAccess',
]

interface Asked extends Way {
  /** What the row says of whom it asks about. */
  readonly about?: string
}

const ways: readonly Asked[] = [
  { operation: 'GetUser', about: ' of the same hundred', input: (turn, users) => ({ UserName: userName((turn % FEW) * (users / FEW)) }) },
  { operation: 'GetUser', about: ' of all of them in turn', input: (turn, users) => ({ UserName: someone(turn, users) }) },
  {
    operation: 'PutUserPolicy',
    input: (turn, users) => ({ UserName: someone(turn, users), PolicyName: 'bench', PolicyDocument: policy(turn) }),
  },
  {
    operation: 'AttachRolePolicy',
    input: (turn) => ({
      RoleName: roleName(turn % ROLES),
      PolicyArn: `arn:aws:iam::aws:policy/${ATTACHABLE[Math.floor(turn / ROLES) % ATTACHABLE.length]!}`,
    }),
  },
]

async function growthRow(many: Filled, few: Filled, way: Asked): Promise<Row> {
  say(`${way.operation}${way.about ?? ''} …`)
  return {
    name: `iam: ${way.operation}${way.about ?? ''} with 1,000,000 users ÷ with 100`,
    unit: 's',
    must: { atMost: 1.3 },
    aim: 1.1,
    figures: await inTurn(asking(many, way), asking(few, way)),
  }
}

const growth =
  (operation: string): MakeRows =>
  () =>
    withFilled('few', fewPlan, (few) =>
      withFilled('many', manyPlan, async (many) => {
        const rows: Row[] = []
        for (const way of ways) if (way.operation === operation) rows.push(await growthRow(many, few, way))
        return rows
      }),
    )

const filling: MakeRows = async () => {
  const { seconds } = await filledFolder('many', manyPlan)
  return [
    {
      name: 'iam: filling 1,000,000 users through the store, s',
      unit: 's',
      must: { atMost: 300 },
      aim: 100,
      figures: { ours: [seconds], yardstick: [] },
      compare: 'absolute',
    },
  ]
}

const PAGE = 100
/** Pages are asked for in so many lengths, more than the server keeps of a list, so that each is read anew. */
const LENGTHS = 48

/** The marker behind so many users, found with long pages first. */
async function markerBehind(server: OurServer, users: number): Promise<string> {
  let marker: string | undefined
  for (let passed = 0; passed < users; ) {
    const size = users - passed >= 1000 ? 1000 : PAGE
    const xml = await ask(server, 'iam', 'ListUsers', { MaxItems: String(size), ...(marker !== undefined && { Marker: marker }) })
    marker = element(xml, 'Marker')
    passed += size
  }
  return marker!
}

/** The last of 10,000 pages beside the first, in the same account. */
const pages: MakeRows = () =>
  withFilled('many', manyPlan, async (many) => {
    say('ListUsers, to the last page …')
    const last = await markerBehind(many.server, many.users - PAGE)
    const page = (marker: Record<string, string>) =>
      asking(many, { operation: 'ListUsers', input: (turn) => ({ MaxItems: String(PAGE - (turn % LENGTHS)), ...marker }) })
    return [
      {
        name: 'iam: ListUsers, page 10,000 ÷ page 1',
        unit: 's',
        must: { atMost: 1.2 },
        aim: 1.05,
        figures: await inTurn(page({ Marker: last }), page({})),
      },
    ]
  })

export const growthGroups = [
  { name: 'iam filling', rows: filling },
  ...[...new Set(ways.map(({ operation }) => operation))].map((operation) => ({ name: `iam ${operation}`, rows: growth(operation) })),
  { name: 'iam pages', rows: pages },
]
