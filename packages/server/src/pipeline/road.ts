/**
 * The one road from a request to an answer. Read it top to bottom: route, authenticate, decode, validate, authorize, run, encode, audit.
 * There is no other way to an operation, so every call is signed, decided and recorded without its author having to remember to.
 */
import type { Reader, Store } from '@bailiwick/store'
import { AuthenticationError, claimedKey, type HttpRequest, type HttpResponse } from '@bailiwick/wire'
import { auditLine, auditLines } from '../audit/audit-line.js'
import { type AuditTrail, appendEvent } from '../audit/audit-trail.js'
import { AccountReader, AccountTransaction } from './account-store.js'
import { answerError } from './answer-error.js'
import { ApiError, fail } from './api-error.js'
import { type Authenticator, authenticate, authenticateAgain } from './authenticate.js'
import { commonContext, decideOn, denied, permissionsWanted, sharedContext } from './authorize.js'
import type { Caller } from './caller.js'
import { type Connection, connectionOf, type Origin } from './connection.js'
import type { Failures } from './failures.js'
import type { Happened } from './happened.js'
import type { AnyOperation, Service, WriteCall } from './operation.js'
import type { Routed, Routing } from './routing.js'
import type { Surroundings } from './surroundings.js'

export interface Parts {
  readonly store: Store
  readonly services: ReadonlyMap<string, Service>
  readonly routing: Routing
  readonly authenticator: Authenticator
  readonly failures: Failures
  readonly audit: AuditTrail
  readonly surroundings: Surroundings
  /** Told of every call of a known caller that went through: notes when keys and roles were last used. */
  readonly used: (happened: Happened) => void
  /** Told of every failure of our own: to be logged loudly. */
  readonly failed: (error: unknown) => void
}

/** Never rejects: whatever goes wrong becomes an answer, and never an Allow. */
export async function answer(parts: Parts, request: HttpRequest, origin: Origin, requestId: string): Promise<HttpResponse> {
  const { store, routing, audit, surroundings } = parts
  let routed = routing.route(request)
  const connection = connectionOf(request, origin)
  let happened: Happened | undefined
  try {
    if (routed.later !== undefined) routed = await routed.later()
    const reader = await store.readAt('latest')
    const { caller, again, region, input } = await callerOf(parts, request, routed, reader)
    happened = { requestId, at: surroundings.clock(), caller, connection, region, routed, decided: [], input }
    happened.operation = rowOf(parts, happened)
    return await (isRead(parts, request, happened)
      ? readCall(parts, request, happened, reader)
      : writeCall(parts, request, happened, reader, again))
  } catch (error) {
    if (happened === undefined) {
      audit.stranger(connection, strangeness(error))
      const throttled = parts.failures.tooMany(connection.sourceIp, claimedKey(request) ?? '')
      const told = throttled ? new ApiError('Throttling', 'Rate exceeded') : error
      return answerError(told, routed, routing, requestId, parts.failed).response
    }
    const refusal = answerError(error, routed, routing, requestId, parts.failed)
    happened.error = refusal.error
    return await recorded(parts, happened, refusal.response)
  } finally {
    if (happened !== undefined) parts.used(happened)
  }
}

/** A call that comes from no request. `input` is as a handler gets it. */
export interface OwnCall {
  readonly routed: Routed
  readonly input: object
  readonly connection: Connection
  /** Who asks on a state of the store, as sign-in has proven it; left out where the input itself proves it. */
  readonly caller?: CallerOn
}

/** Throws when who was proven once is no longer there. */
type CallerOn = (reader: Reader) => Promise<Caller>

const noRequest: HttpRequest = { method: 'POST', path: '/', query: '', headers: new Map(), body: new Uint8Array() }

/**
 * For sign-in, which calls for who is signed in: the same road from the caller on, recorded like every call. Answers the output; throws
 * `ApiError`.
 */
export async function answerOwn(parts: Parts, call: OwnCall, requestId: string): Promise<object> {
  const { routed, input, connection } = call
  const { store, surroundings, routing } = parts
  const reader = await store.readAt('latest')
  routing.validate(routed, input as never)
  const proving = { store: reader, now: surroundings.clock(), surroundings, fail }
  const caller = await (call.caller?.(reader) ?? provenBy(parts, routed)!(input as never, proving))
  const happened: Happened = {
    requestId,
    at: surroundings.clock(),
    caller,
    connection,
    region: surroundings.defaultRegion,
    routed,
    decided: [],
    input,
  }
  try {
    happened.operation = rowOf(parts, happened)
    if (isRead(parts, noRequest, happened)) await readCall(parts, noRequest, happened, reader)
    else await writeCall(parts, noRequest, happened, reader, call.caller)
    return happened.output!
  } catch (error) {
    happened.error = answerError(error, routed, routing, requestId, parts.failed).error
    await parts.audit.record(auditLine(happened, surroundings))
    throw error instanceof ApiError ? error : new ApiError(happened.error.code, happened.error.message)
  } finally {
    parts.used(happened)
  }
}

/** Whether nothing is to be changed: of a read that uses something up, only the input tells. */
function isRead({ routing }: Parts, request: HttpRequest, happened: Happened): boolean {
  const operation = happened.operation!
  if (operation.mode === 'write') return false
  if (operation.usesUp === undefined) return true
  happened.input ??= routing.decode(happened.routed, request)
  return !operation.usesUp.when(happened.input as never)
}

interface Proven {
  readonly caller: Caller
  /** Absent where the input is the proof, which no state of the store changes. */
  readonly again?: CallerOn
  readonly region: string
  /** What the caller was proven by, where that was the input. */
  readonly input?: object
}

/** Who is asking: proven by a signature, or, for the few operations whose model says that they are not signed, by what the input holds. */
async function callerOf(parts: Parts, request: HttpRequest, routed: Routed, reader: Reader): Promise<Proven> {
  const { routing, surroundings } = parts
  const { model, operation } = routed
  const prove = provenBy(parts, routed)
  if (prove === undefined) {
    const { caller, claim } = await authenticate(request, model.signingName, reader, parts.authenticator)
    return { caller, again: (later) => authenticateAgain(claim, later, parts.authenticator), region: claim.region }
  }
  const input = routing.decode(routed, request) as never
  routing.validate(routed, input)
  const caller = await prove(input, { store: reader, now: surroundings.clock(), surroundings, fail })
  if (caller.federation === undefined) throw new Error(`${operation} has proven a caller that no identity provider speaks for`)
  return { caller, region: surroundings.defaultRegion, input }
}

/** Invariant: undefined, which asks for a signature, for everything that the model does not call unsigned. */
function provenBy({ services }: Parts, { model, operation, error }: Routed): AnyOperation['provenBy'] {
  if (error !== undefined || model.operations.get(operation)?.unsigned !== true) return undefined
  return services.get(model.service)?.rows.get(operation)?.provenBy
}

const strangeness = (error: unknown): string =>
  error instanceof AuthenticationError ? error.failure : error instanceof ApiError ? error.code : 'other'

/** A read: decided and answered from one snapshot; its event is in the local segment before the answer leaves. */
async function readCall(parts: Parts, request: HttpRequest, happened: Happened, reader: Reader): Promise<HttpResponse> {
  happened.revision = reader.revision
  const response = await carryOut(parts, request, happened, new AccountReader(reader, happened.caller.accountId))
  return recorded(parts, happened, response)
}

/**
 * A write: decided, carried out and recorded in one transaction, and answered when that is durable. It may run more than once. Others may
 * have written before its turn came: who asks, and with which rights, is what the transaction finds.
 */
async function writeCall(
  parts: Parts,
  request: HttpRequest,
  happened: Happened,
  reader: Reader,
  again: CallerOn | undefined,
): Promise<HttpResponse> {
  const { accountId } = happened.caller
  const prepared = await prepare(parts, request, happened, new AccountReader(reader, accountId))
  const { result } = await parts.store.transact(async (transaction) => {
    happened.revision = transaction.nextRevision
    if (again !== undefined) happened.caller = await again(transaction)
    const response = await carryOut(parts, request, happened, new AccountTransaction(transaction, accountId), prepared)
    for (const line of auditLines(happened, parts.surroundings)) appendEvent(transaction, line)
    return response
  })
  return result
}

type Prepared = (call: WriteCall<string>) => Promise<object>

/** The slow work of a write that has some, once it is allowed. */
async function prepare(parts: Parts, request: HttpRequest, happened: Happened, tx: AccountReader): Promise<Prepared | undefined> {
  const operation = happened.operation!
  if (!('prepare' in operation)) return undefined
  happened.revision = tx.revision
  const { input, call } = await permitted(parts, request, happened, tx)
  return operation.prepare(input, call)
}

/** Run and encode, once it is permitted. */
async function carryOut(
  parts: Parts,
  request: HttpRequest,
  happened: Happened,
  tx: AccountReader,
  prepared?: Prepared,
): Promise<HttpResponse> {
  const { input, call } = await permitted(parts, request, happened, tx)
  const operation = happened.operation!
  if (operation.mode === 'read' && operation.usesUp?.when(input)) await operation.usesUp.run(input, call)
  happened.output = await ('prepare' in operation ? prepared!(call) : operation.run(input, call))
  return parts.routing.encode(happened.routed, happened.output, happened.requestId)
}

/** Decode, validate, authorize: in this order for every service (iam-behaviour §2, §4). */
async function permitted(
  { routing, surroundings }: Parts,
  request: HttpRequest,
  happened: Happened,
  tx: AccountReader,
): Promise<{ readonly input: never; readonly call: WriteCall<string> }> {
  const { caller, at, region, requestId, routed } = happened
  const input = (happened.input ??= routing.decode(routed, request)) as never
  routing.validate(routed, input)

  happened.decided = []
  const shared = sharedContext(caller, happened.connection, region, at)
  const common = commonContext(caller, happened.connection, region, at, shared)
  for (const wanted of await permissionsWanted(routed, happened.operation!, input, {
    requestId,
    caller,
    tx,
    now: at,
    firstAccountId: surroundings.firstAccountId,
    guesses: surroundings.guesses,
  })) {
    const decided = decideOn(wanted, caller, common, shared)
    happened.decided.push(decided)
    if (decided.decision.verdict !== 'Allowed') throw denied(decided, wanted)
  }
  const { guesses } = surroundings
  const call = { caller, tx, now: at, requestId, region, context: common, surroundings, guesses, fail } as WriteCall<string>
  return { input, call }
}

/** The answer, once its event is kept; when it cannot be kept, there is no answer but that. */
async function recorded(parts: Parts, happened: Happened, response: HttpResponse): Promise<HttpResponse> {
  try {
    for (const line of auditLines(happened, parts.surroundings)) await parts.audit.record(line)
    return response
  } catch (error) {
    return answerError(error, happened.routed, parts.routing, happened.requestId, parts.failed).response
  }
}

function rowOf({ services }: Parts, { routed }: Happened): AnyOperation {
  if (routed.error !== undefined) throw routed.error
  const operation = services.get(routed.model.service)?.rows.get(routed.operation)
  return operation ?? fail('NotImplemented', `${routed.model.service}:${routed.operation} is known but not carried out by this server yet.`)
}
