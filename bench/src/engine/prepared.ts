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
import { ACCOUNT, flat, type ManagedPolicy, type Question, REGION, type User, userArn, type World } from './world.js'

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
  return bucket === undefined ? own : { resource: { kind: 'resource', policies: buckets.get(bucket)! }, ...own }
}

const START = Date.UTC(2026, 0, 1)
/** So many requests come in a second. */
const IN_A_SECOND = 128

/** What the server has in its records of a user. */
const recorded = new WeakMap<User, { readonly arn: string; readonly id: string }>()

function recordOf(user: User): { readonly arn: string; readonly id: string } {
  const found = recorded.get(user) ?? { arn: flat(userArn(user.name)), id: flat(`AIDA${user.name.toUpperCase()}`) }
  recorded.set(user, found)
  return found
}

/** What a connection says of itself. */
const ADDRESSES = Array.from({ length: 4096 }, (_, at) => flat(`10.${at & 63}.${at >> 6}.7`))
const AGENTS = Array.from({ length: 32 }, (_, at) => flat(`aws-cli/2.${at}.0`))

let lastSecond = { second: 0, iso: '', epoch: '' }

/** The time as conditions read it; made once a second. */
function timeOf(turn: number): typeof lastSecond {
  const second = Math.floor(turn / IN_A_SECOND)
  if (lastSecond.second !== second || lastSecond.iso === '') {
    const milliseconds = START + second * 1000
    lastSecond = { second, iso: flat(`${new Date(milliseconds).toISOString().slice(0, 19)}Z`), epoch: String(milliseconds / 1000) }
  }
  return lastSecond
}

/**
 * A request as a server makes it: an object of its own, whose resource's ARN was joined just now and whose context was filled in; the
 * caller's ARN was read from a record, and the action is a constant. Keys that every request has are written first: objects that are made
 * so are alike, and a spread in front costs more than ten decisions (Node 20).
 */
export function requestOf({ user, action, resource, context }: Question, world: World, turn: number): AuthorizationRequest {
  const caller = world.users[user]!
  const { arn, id } = recordOf(caller)
  const { iso, epoch } = timeOf(turn)
  return {
    principal: { kind: 'user', arn, id, accountId: ACCOUNT },
    action,
    resource: { arn: `${resource[0]}${resource[1]}`, accountId: ACCOUNT },
    context: {
      'aws:CurrentTime': iso,
      'aws:EpochTime': epoch,
      'aws:SecureTransport': 'true',
      'aws:SourceIp': ADDRESSES[turn % ADDRESSES.length]!,
      'aws:RequestedRegion': REGION,
      'aws:ViaAWSService': 'false',
      'aws:ResourceAccount': ACCOUNT,
      'aws:UserAgent': AGENTS[turn % AGENTS.length]!,
      ...caller.tags,
      ...context,
    },
  }
}
