/**
 * XL: 10,000 users who share 300 policies and have one of their own with `${aws:username}`; a fifth have a permissions boundary;
 * SCPs at three levels and 21 bucket policies.
 */
import { type Chance, chanceOf } from '../chance.js'
import {
  type Asked,
  bucketFront,
  documentOf,
  objectKey,
  ownPolicy,
  questionsOf,
  type Statement,
  type User,
  userArn,
  type World,
} from '../world.js'
import { scps } from './organization.js'
import { services } from './services.js'

const SHARED = 300
const BOUNDARIES = 10
const BUCKETS = 21
const ATTACHED = 5
const TEAMS = 40

const serviceOf = (policy: number) => services[policy % services.length]!
const userName = (at: number): string => `user-${String(at).padStart(6, '0')}`
const bucketName = (at: number): string => `shared-bucket-${at}`
const teamOf = (user: number): string => `team-${user % TEAMS}`

/** Policy number `at` opens one thing of one service, and locks a part of it. */
function shared(at: number): Statement[] {
  const { name, front, reads, writes } = serviceOf(at)
  const own = `${front}part-${at}`
  return [
    { Effect: 'Allow', Action: reads.map((one) => `${name}:${one}`), Resource: [own, `${own}/*`] },
    { Effect: 'Allow', Action: writes.map((one) => `${name}:${one}`), Resource: `${own}/open/*` },
    {
      Effect: 'Allow',
      Action: [`${name}:Put*`, `${name}:Update*`, `${name}:Start*`, ...writes.map((one) => `${name}:${one}`)],
      Resource: `${own}/team/*`,
      Condition: { StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } },
    },
    { Sid: 'Locked', Effect: 'Deny', Action: `${name}:*`, Resource: `${own}/locked/*` },
  ]
}

/** A boundary has room for all that the shared policies give, not for all that a user's own policy does. */
const boundary = (at: number): Statement[] => [
  { Effect: 'Allow', Action: services.map(({ name }) => `${name}:*`), Resource: '*' },
  { Sid: 'Beyond', Effect: 'Deny', Action: '*', Resource: `arn:aws:s3:::beyond-${at}/*` },
]

const ownOf = documentOf(
  { Effect: 'Allow', Action: 's3:*Object', Resource: 'arn:aws:s3:::homes/${aws:username}/*' },
  {
    Effect: 'Allow',
    Action: 's3:ListBucket',
    Resource: 'arn:aws:s3:::homes',
    Condition: { StringLike: { 's3:prefix': '${aws:username}/*' } },
  },
  { Effect: 'Allow', Action: 'cloudwatch:PutMetricData', Resource: '*' },
)

/** The same for all but for a name that people give their policies. */
const inlineOf = (user: number): string => ownOf.replace('"Statement"', `"Id":"of-${userName(user)}","Statement"`)

function usersOf(count: number, chance: Chance): User[] {
  const policies = Array.from({ length: SHARED }, (_, at) => at)
  return Array.from({ length: count }, (_, at) => ({
    name: userName(at),
    attached: chance.some(policies, ATTACHED),
    inline: [inlineOf(at)],
    ...(at % 5 === 0 && { boundary: SHARED + ((at / 5) % BOUNDARIES) }),
    tags: { 'aws:PrincipalTag/team': teamOf(at), 'aws:PrincipalOrgID': 'o-exampleorg' },
  }))
}

const bucketPolicy = (at: number, guests: readonly number[]): string => {
  const bucket = `arn:aws:s3:::${bucketName(at)}`
  return documentOf(
    {
      Sid: 'OnlyTls',
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: [bucket, `${bucket}/*`],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
    {
      Sid: 'Guests',
      Effect: 'Allow',
      Principal: { AWS: guests.map((guest) => userArn(userName(guest))) },
      Action: ['s3:GetObject', 's3:PutObject'],
      Resource: `${bucket}/guests/*`,
    },
    {
      Sid: 'Organization',
      Effect: 'Allow',
      Principal: '*',
      Action: 's3:GetObject',
      Resource: `${bucket}/public/*`,
      Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorg' } },
    },
    { Sid: 'Partner', Effect: 'Allow', Principal: { AWS: '444455556666' }, Action: 's3:*', Resource: `${bucket}/partner/*` },
  )
}

export function many(questions: number, users = 10_000, seed = 4): World {
  const chance = chanceOf(seed)
  const everybody = usersOf(users, chance)
  const numbers = everybody.map((_, at) => at)
  const guests = Array.from({ length: BUCKETS }, () => chance.some(numbers, 20))
  const anybody = (from: Chance): number => from.below(users)
  const withBoundary = (from: Chance): number => 5 * from.below(Math.ceil(users / 5))

  /** A question of the user about a thing that one of its policies is about. */
  const about = (from: Chance, user: number, which: 'reads' | 'writes', part: string, context: Asked['context'] = {}): Asked => {
    const policy = from.pick(everybody[user]!.attached)
    const { name, front } = serviceOf(policy)
    return {
      user,
      action: `${name}:${from.pick(serviceOf(policy)[which])}`,
      resource: [`${front}part-${policy}/`, `${part}${objectKey(from)}`],
      context,
    }
  }
  const inBucket = (from: Chance, user: number, bucket: number, operation: string, part: string): Asked => ({
    user,
    action: `s3:${operation}`,
    resource: [bucketFront(`${bucketName(bucket)}/`), `${part}/${objectKey(from)}`],
    bucket: bucketName(bucket),
  })
  const atHome = (from: Chance, user: number, owner: number): Asked => ({
    user,
    action: from.pick(['s3:GetObject', 's3:PutObject', 's3:DeleteObject']),
    resource: [bucketFront('homes/'), `${userName(owner)}/${objectKey(from)}`],
  })
  const metrics = (user: number): Asked => ({ user, action: 'cloudwatch:PutMetricData', resource: ['*', ''] })

  return {
    name: 'XL',
    managed: [
      ...Array.from({ length: SHARED }, (_, at) => ownPolicy(`shared-${at}`, ...shared(at))),
      ...Array.from({ length: BOUNDARIES }, (_, at) => ownPolicy(`boundary-${at}`, ...boundary(at))),
    ],
    users: everybody,
    scps,
    buckets: new Map(guests.map((named, at) => [bucketName(at), bucketPolicy(at, named)])),
    questions: questionsOf(questions, chance, {
      Allowed: [
        (from) => about(from, anybody(from), 'reads', ''),
        (from) => about(from, anybody(from), 'writes', 'open/'),
        (from) => {
          const user = anybody(from)
          return about(from, user, 'writes', 'team/', { 'aws:ResourceTag/team': teamOf(user) })
        },
        (from) => {
          const user = anybody(from)
          return atHome(from, user, user)
        },
        (from) => metrics(1 + withBoundary(from)),
        (from) => inBucket(from, anybody(from), from.below(BUCKETS), 'GetObject', 'public'),
        (from) => {
          const bucket = from.below(BUCKETS)
          return inBucket(from, from.pick(guests[bucket]!), bucket, 'PutObject', 'guests')
        },
      ],
      ImplicitDeny: [
        (from) => about(from, anybody(from), 'writes', 'closed/'),
        (from) => about(from, anybody(from), 'writes', 'team/', { 'aws:ResourceTag/team': 'another' }),
        (from) => {
          const user = anybody(from)
          return atHome(from, user, users + user)
        },
        (from) => inBucket(from, anybody(from), from.below(BUCKETS), 'GetObject', 'partner'),
        // Its own policy allows it, the boundary does not.
        (from) => metrics(withBoundary(from)),
      ],
      ExplicitDeny: [
        (from) => about(from, anybody(from), 'reads', 'locked/'),
        (from) => about(from, anybody(from), 'reads', '', { 'aws:RequestedRegion': 'ap-southeast-1' }),
        (from) => {
          const user = withBoundary(from)
          const own = (everybody[user]!.boundary ?? SHARED) - SHARED
          return { user, action: 's3:GetObject', resource: [bucketFront(`beyond-${own}/`), objectKey(from)] }
        },
        (from) => ({
          ...inBucket(from, anybody(from), from.below(BUCKETS), 'GetObject', 'public'),
          context: { 'aws:SecureTransport': 'false' },
        }),
      ],
    }),
  }
}
