/** What a world is: policies as text, and questions whose answers are known by how they were made. */
import type { Context, Verdict } from '@bailiwick/policy'
import type { Chance } from './chance.js'

export const ACCOUNT = '111122223333'
export const REGION = 'eu-west-1'

/** A managed policy of the world, which users have by its index. */
export interface ManagedPolicy {
  readonly name: string
  readonly arn: string
  readonly text: string
}

export interface User {
  readonly name: string
  /** Indexes into `managed`. */
  readonly attached: readonly number[]
  /** Texts of its own. */
  readonly inline: readonly string[]
  /** Index into `managed`. */
  readonly boundary?: number
  /** Principal tags. */
  readonly tags: Context
}

export interface Question {
  /** Index into `users`. */
  readonly user: number
  /** A constant of the server's table of operations. */
  readonly action: string
  /** In two halves: a server joins an ARN from parts, and so does each request that is made of this. */
  readonly resource: readonly [front: string, tail: string]
  /** The bucket whose policy is asked too. */
  readonly bucket?: string
  /** Condition keys beside those that every request has, or instead of them. */
  readonly context: Context
  readonly expected: Verdict
}

export interface World {
  readonly name: string
  readonly managed: readonly ManagedPolicy[]
  readonly users: readonly User[]
  /** Documents by level, root first. */
  readonly scps: readonly (readonly string[])[]
  /** Documents by bucket. */
  readonly buckets: ReadonlyMap<string, string>
  readonly questions: readonly Question[]
}

/** A statement as JSON has it. */
export type Statement = Readonly<Record<string, unknown>>

export const documentOf = (...statements: readonly Statement[]): string => JSON.stringify({ Version: '2012-10-17', Statement: statements })

export const ownPolicy = (name: string, ...statements: readonly Statement[]): ManagedPolicy => ({
  name,
  arn: `arn:aws:iam::${ACCOUNT}:policy/${name}`,
  text: documentOf(...statements),
})

export const FULL_ACCESS = documentOf({ Effect: 'Allow', Action: '*', Resource: '*' })

export interface Asked {
  readonly user?: number
  /** `service:Operation`. */
  readonly action: string
  readonly resource: readonly [front: string, tail: string]
  readonly bucket?: string
  readonly context?: Context
}

/** Ways to ask, by the answer that they get. */
export type Ways = Readonly<Record<Verdict, readonly ((chance: Chance) => Asked)[]>>

/** Of ten questions six are allowed, three denied because nothing allows them, and one is denied in so many words. */
const TEN: readonly Verdict[] = [...Array(6).fill('Allowed'), ...Array(3).fill('ImplicitDeny'), 'ExplicitDeny']

/** Questions in the shares of `TEN`, each way of asking as often as the others of its answer, in no order. */
export function questionsOf(count: number, chance: Chance, ways: Ways): Question[] {
  const turns = { Allowed: 0, ImplicitDeny: 0, ExplicitDeny: 0 }
  const made = Array.from({ length: count }, (_, at): Question => {
    const expected = TEN[at % TEN.length]!
    const asks = ways[expected]
    const { user = 0, action, resource, bucket, context = {} } = asks[turns[expected]++ % asks.length]!(chance)
    return {
      user,
      action,
      resource: [flat(resource[0]), flat(resource[1])],
      ...(bucket !== undefined && { bucket }),
      context,
      expected,
    }
  })
  return chance.shuffled(made)
}

/** The text in one piece, as a server reads it from a request, and not as a tree of the parts that it was joined from. */
export const flat = (text: string): string => Buffer.from(text, 'latin1').toString('latin1')

const WORDS = ['invoice', 'report', 'export', 'image', 'backup', 'ledger', 'event', 'session', 'profile', 'metric', 'draft', 'order']

/** A key as objects have them: `2026/11/report-48213.json`. */
export const objectKey = (chance: Chance): string =>
  `${2020 + chance.below(7)}/${String(1 + chance.below(12)).padStart(2, '0')}/${chance.pick(WORDS)}-${chance.below(100_000)}.json`

export const arnFront = (service: string): string => `arn:aws:${service}:${REGION}:${ACCOUNT}:`
export const bucketFront = (bucket: string): string => `arn:aws:s3:::${bucket}`
export const userArn = (name: string): string => `arn:aws:iam::${ACCOUNT}:user/${name}`
