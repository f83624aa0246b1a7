/** Asking the engine, and wording its denials. */
import { type AuthorizationRequest, type Context, type Decision, decide, denialSentence } from '@bailiwick/policy'
import { ApiError } from './api-error.js'
import type { Caller } from './caller.js'
import { type Connection, isSameConnection } from './connection.js'
import { isEmpty, mergedKeys } from './merged-keys.js'
import type { AnyOperation, ContextKeys, Look, ResourceUnderRequest } from './operation.js'
import type { Routed } from './routing.js'
import { isoSeconds } from './time-text.js'

/** One permission that the call needs. */
export interface Wanted {
  readonly action: string
  readonly resource: ResourceUnderRequest
  readonly context?: ContextKeys
  readonly denial?: 'bare' | 'nameless'
}

/** A decision with the exact question it answers, as the audit event keeps it. */
export interface Decided {
  readonly request: AuthorizationRequest
  /** What other requests have of its context, too. Invariant: `request.context` has all of these keys. */
  readonly shared: Context
  readonly decision: Decision
}

/** Everything that a call needs, in the order it is asked: the operation's own action first. */
export async function permissionsWanted(routed: Routed, operation: AnyOperation, input: never, look: Look): Promise<readonly Wanted[]> {
  const { access } = operation
  const own: Wanted = {
    action: access.action ?? `${routed.model.service}:${routed.operation}`,
    resource: await access.resource(input, look),
    ...(access.context && { context: access.context(input, look) }),
    ...(access.denial && { denial: access.denial }),
  }
  if (access.alsoRequires === undefined) return [own]
  const also = await access.alsoRequires(input, look)
  return [own, ...also.map((wanted) => ({ ...wanted, ...(access.denial && { denial: access.denial }) }))]
}

/** Decides one permission. Condition keys come from the credentials, the connection, the resource and the input, and from nowhere else. */
export function decideOn({ action, resource, context }: Wanted, caller: Caller, common: Context, shared = common): Decided {
  const { arn, accountId, policy } = resource
  const tags = resource.tags?.length ? resource.tags : undefined
  const isCommon = tags === undefined && isEmpty(resource.context) && isEmpty(context) && accountId === caller.accountId
  const request: AuthorizationRequest = {
    principal: caller.principal,
    action,
    resource: { arn, accountId },
    context: isCommon
      ? common
      : mergedKeys(common, { 'aws:ResourceAccount': accountId }, tags && tagKeys(arn, tags), resource.context, context),
  }
  const inForce = policy === undefined ? caller.inForce : { resource: policy, ...caller.inForce }
  return { request, shared, decision: decide(request, inForce) }
}

interface KeptContext {
  readonly region: string
  readonly second: number
  readonly connection: Connection
  readonly context: Context
}

/** The last context of each caller, or provider of callers: requests of one second over like connections share it. */
const kept = new WeakMap<object, KeptContext>()

/**
 * The keys that every request of a caller has, whatever it asks for (policy-semantics §8.8); the resource's account is the caller's own
 * until something else is known. `now` is epoch milliseconds.
 */
export function commonContext(
  caller: Caller,
  connection: Connection,
  region: string,
  now: number,
  shared = sharedContext(caller, connection, region, now),
): Context {
  return caller.federation === undefined ? shared : mergedKeys(caller.context, shared)
}

/**
 * Those of them that other requests have, too: all; but of a federated caller, who is proven for one call and asks nothing again, not
 * those that its proof gives.
 */
export function sharedContext(caller: Caller, connection: Connection, region: string, now: number): Context {
  const second = Math.floor(now / 1000)
  const owner = caller.federation === undefined ? caller : caller.principal
  const before = kept.get(owner)
  if (before !== undefined && before.second === second && before.region === region && isSameConnection(before.connection, connection))
    return before.context
  const context: Context = mergedKeys(caller.federation === undefined && caller.context, {
    ...(caller.session?.mfaAt !== undefined && { 'aws:MultiFactorAuthAge': String(Math.floor((now - caller.session.mfaAt) / 1000)) }),
    'aws:CurrentTime': isoSeconds(now),
    'aws:EpochTime': String(second),
    'aws:SecureTransport': String(connection.secure),
    'aws:SourceIp': connection.sourceIp,
    'aws:RequestedRegion': region,
    'aws:ViaAWSService': 'false',
    'aws:ResourceAccount': caller.accountId,
    ...(connection.userAgent !== undefined && { 'aws:UserAgent': connection.userAgent }),
    ...(connection.referer !== undefined && { 'aws:referer': connection.referer }),
  })
  kept.set(owner, { region, second, connection, context })
  return context
}

const isIdentity = /^arn:[^:]+:iam::[^:]*:(?:user|role)\//

/** Of users and roles the tags have a key of IAM's own beside the common one. */
function tagKeys(arn: string, tags: readonly { readonly Key: string; readonly Value: string }[]): ContextKeys {
  const keys: Record<string, string> = {}
  const own = isIdentity.test(arn)
  for (const { Key, Value } of tags) {
    keys[`aws:ResourceTag/${Key}`] = Value
    if (own) keys[`iam:ResourceTag/${Key}`] = Value
  }
  return keys
}

/** Denials by a rule on the credentials for which AWS has another code. By the rule's name in the engine's table (recorded fact 64). */
const ruleDenials: ReadonlyMap<string, { readonly code: string; readonly message: string }> = new Map([
  ['sessionTokenNeedsMfaForIam', { code: 'InvalidClientTokenId', message: 'The security token included in the request is invalid' }],
])

/** The refusal in AWS's words (policy-semantics §9). */
export function denied({ request, decision }: Decided, { resource, denial }: Wanted): ApiError {
  const rule = decision.verdict === 'ImplicitDeny' ? ruleDenials.get(decision.rule ?? '') : undefined
  if (rule !== undefined) return new ApiError(rule.code, rule.message)
  if (denial === 'nameless') return new ApiError('AccessDenied', `Not authorized to perform ${request.action}`)
  const sentence = denialSentence(request, decision, { ...(resource.called !== undefined && { resourceText: resource.called }) })
  if (sentence === undefined) throw new Error('what is allowed has no denial')
  return new ApiError('AccessDenied', denial === 'bare' ? withoutReason(sentence) : sentence)
}

/** recorded fact 60: STS stops after the resource. */
const withoutReason = (sentence: string): string => sentence.replace(/ (?:because no|with an explicit deny in) .*$/s, '')
