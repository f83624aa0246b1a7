/** A world made ready to be asked, as a server would have it: documents parsed once, sets compiled once, requests built anew. */
import {
  type AuthorizationRequest,
  compile,
  type PoliciesInForce,
  type Policy,
  type PolicyDocument,
  type PolicySet,
  parsePolicy,
} from '@bailiwick/policy'
import { ACCOUNT, type ManagedPolicy, type Question, REGION, type User, userArn, type World } from './world.js'

const documentOf = (text: string): PolicyDocument => parsePolicy(text, 'lenient').document

/** Every document of a world, parsed. A managed policy has one document, whoever has the policy. */
export interface Documents {
  readonly managed: readonly PolicyDocument[]
  /** By user. */
  readonly inline: readonly (readonly PolicyDocument[])[]
  readonly scps: readonly (readonly PolicyDocument[])[]
  readonly buckets: ReadonlyMap<string, PolicyDocument>
}

export const parsed = ({ managed, users, scps, buckets }: World): Documents => ({
  managed: managed.map(({ text }) => documentOf(text)),
  inline: users.map(({ inline }) => inline.map(documentOf)),
  scps: scps.map((level) => level.map(documentOf)),
  buckets: new Map([...buckets].map(([bucket, text]) => [bucket, documentOf(text)])),
})

/** What is kept between requests. */
export interface Sets {
  /** By user. */
  readonly users: readonly PoliciesInForce[]
  readonly buckets: ReadonlyMap<string, PolicySet>
}

export const managedAs = ({ name, arn }: ManagedPolicy, document: PolicyDocument, attachedTo?: string): Policy => ({
  document,
  name,
  arn,
  ...(attachedTo !== undefined && { attachedTo }),
})

export const inlineAs = (document: PolicyDocument, attachedTo: string): Policy => ({ document, name: 'own', attachedTo })

/** The policies of one user, in the order they stand. */
export function policiesOf(
  { name, attached }: User,
  world: World,
  managed: readonly PolicyDocument[],
  inline: readonly PolicyDocument[],
): Policy[] {
  const arn = userArn(name)
  return [
    ...inline.map((document) => inlineAs(document, arn)),
    ...attached.map((index) => managedAs(world.managed[index]!, managed[index]!, arn)),
  ]
}

/** SCPs, boundaries and bucket policies are compiled once for all whom they are about. */
export function compiled(world: World, documents: Documents): Sets {
  const scp = documents.scps.map((level) => compile(level.map((document) => ({ document }))))
  const boundaries = new Map<number, PolicySet>()
  const boundaryOf = (index: number): PolicySet => {
    const found = boundaries.get(index) ?? compile([managedAs(world.managed[index]!, documents.managed[index]!)])
    boundaries.set(index, found)
    return found
  }
  return {
    users: world.users.map((user, at) => ({
      identity: compile(policiesOf(user, world, documents.managed, documents.inline[at]!)),
      ...(user.boundary !== undefined && { boundary: boundaryOf(user.boundary) }),
      ...(scp.length > 0 && { scp }),
    })),
    buckets: new Map([...documents.buckets].map(([bucket, document]) => [bucket, compile([{ document }])])),
  }
}

export const prepared = (world: World): Sets => compiled(world, parsed(world))

/** The policies that one question is decided on; a bucket's own are added as a server does it. */
export function inForceOf({ user, bucket }: Question, { users, buckets }: Sets): PoliciesInForce {
  const own = users[user]!
  return bucket === undefined ? own : { ...own, resource: { kind: 'resource', policies: buckets.get(bucket)! } }
}

const START = Date.UTC(2026, 0, 1)

/**
 * A request as a server makes it: an object of its own, whose resource's ARN was joined just now and whose context was filled in; the
 * caller's ARN was read from a record, and the action is a constant.
 */
export function requestOf({ user, action, resource, context }: Question, world: World, turn: number): AuthorizationRequest {
  const { name, tags } = world.users[user]!
  const now = START + turn * 1000
  return {
    principal: { kind: 'user', arn: flat(userArn(name)), id: `AIDA${name.toUpperCase()}`, accountId: ACCOUNT },
    action,
    resource: { arn: `${resource[0]}${resource[1]}`, accountId: ACCOUNT },
    context: {
      ...tags,
      'aws:CurrentTime': `${new Date(now).toISOString().slice(0, 19)}Z`,
      'aws:EpochTime': String(now / 1000),
      'aws:SecureTransport': 'true',
      'aws:SourceIp': `10.${turn & 63}.${(turn >> 6) & 255}.7`,
      'aws:RequestedRegion': REGION,
      'aws:ViaAWSService': 'false',
      'aws:ResourceAccount': ACCOUNT,
      'aws:UserAgent': `aws-cli/2.${turn & 31}.0`,
      ...context,
    },
  }
}

/** The text in one piece, and not as a tree of the parts that it was joined from. */
export const flat = (text: string): string => Buffer.from(text, 'latin1').toString('latin1')
