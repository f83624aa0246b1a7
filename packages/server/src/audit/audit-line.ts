/** What happened on the road of a request, as the line of an audit event. */
import type { Context, Decision, MatchedStatement } from '@bailiwick/policy'
import type { Decided } from '../pipeline/authorize.js'
import type { Caller } from '../pipeline/caller.js'
import { type Connection, isSameConnection } from '../pipeline/connection.js'
import type { Happened } from '../pipeline/happened.js'
import type { Surroundings } from '../pipeline/surroundings.js'
import { isoSeconds } from '../pipeline/time-text.js'
import type { AuditEvent, AuditedDecision } from './audit-event.js'
import type { Line } from './event-text.js'
import { userIdentity } from './user-identity.js'

/**
 * The events of a request: one for the caller's account, and where something of another account was acted on one for that account too, as
 * CloudTrail has it of a role that is assumed from elsewhere.
 */
export function auditLines(happened: Happened, surroundings: Surroundings): readonly Line[] {
  const owner = happened.error === undefined ? happened.decided.find(isElsewhere(happened))?.request.resource.accountId : undefined
  if (owner === undefined) return [auditLine(happened, surroundings)]
  const sharedEventID = surroundings.uuid()
  return [auditLine(happened, surroundings, sharedEventID), ownersLine(happened, surroundings, owner, sharedEventID)]
}

const isElsewhere =
  ({ caller: { accountId } }: Happened) =>
  ({ request: { resource } }: Decided): boolean =>
    /^\d{12}$/.test(resource.accountId) && resource.accountId !== accountId

/** What the owner learns: that it was done, by whom as far as an account tells of its principals, and from where. Not what decided it there. */
function ownersLine(happened: Happened, { uuid }: Surroundings, owner: string, sharedEventID: string): Line {
  const { caller, at, revision } = happened
  const id = uuid()
  const record = {
    ...callMembers(happened),
    ...ownMembers(happened, id, [], sharedEventID),
    userIdentity: { type: 'AWSAccount', principalId: caller.userId, accountId: caller.accountId },
    recipientAccountId: owner,
    bailiwick: { at, revision, decisions: [], contexts: [] },
  }
  return { accountId: owner, id, at, json: JSON.stringify(record) }
}

/** The event in pieces: what is the same in request after request of a caller, or of callers of one provider, is made into text once. */
export function auditLine(happened: Happened, surroundings: Surroundings, sharedEventID?: string): Line {
  const { caller, decided, at } = happened
  const { accountId } = caller
  const distinct = decided.filter(({ request }, place) => firstWith(request.context, decided) === place)
  const id = surroundings.uuid()
  return {
    accountId,
    id,
    at,
    parts: caller.federation === undefined ? [identityJson(caller), callJson(happened)] : [callJson(happened)],
    contexts: distinct.map(({ shared }) => contextJson(shared)),
    json: JSON.stringify(ownMembers(happened, id, distinct, sharedEventID)),
  }
}

/** The first of the decisions that saw this context. */
const firstWith = (context: Context, decided: readonly Decided[]): number => decided.findIndex(({ request }) => request.context === context)

const contextTexts = new WeakMap<Context, string>()

function contextJson(context: Context): string {
  let text = contextTexts.get(context)
  if (text === undefined) contextTexts.set(context, (text = JSON.stringify(context)))
  return text
}

/** What a context has beside what it shares with others. */
function ownKeys({ request: { context }, shared }: Decided): Context {
  const own: Record<string, Context[string]> = {}
  for (const key of Object.keys(context)) if (context[key] !== shared[key]) own[key] = context[key]!
  return own
}

const identityTexts = new WeakMap<Caller, string>()

function identityJson(caller: Caller): string {
  let text = identityTexts.get(caller)
  if (text === undefined) identityTexts.set(caller, (text = JSON.stringify({ userIdentity: userIdentity(caller) })))
  return text
}

interface Calls {
  readonly connection: Connection
  readonly region: string
  /** By service and operation. */
  readonly texts: Map<string, string>
}

/** What each caller, or callers of each provider, asked for over the last connection. */
const callTexts = new WeakMap<object, Calls>()
/** The name of an operation that does not exist is the client's. */
const mostTexts = 500

function callJson(happened: Happened): string {
  const { caller, connection, region, routed, operation } = happened
  const owner = caller.federation === undefined ? caller : caller.principal
  let calls = callTexts.get(owner)
  if (calls === undefined || calls.region !== region || !isSameConnection(calls.connection, connection) || calls.texts.size > mostTexts)
    callTexts.set(owner, (calls = { connection, region, texts: new Map() }))
  const key = `${operation?.mode} ${routed.model.service}:${routed.operation}`
  let text = calls.texts.get(key)
  if (text === undefined) calls.texts.set(key, (text = JSON.stringify(callMembers(happened))))
  return text
}

type CallMembers = Omit<AuditEvent, keyof OwnMembers>

const callMembers = ({ caller, connection, operation, region, routed }: Happened): CallMembers => ({
  eventVersion: '1.11',
  eventSource: `${routed.model.service}.amazonaws.com`,
  eventName: routed.operation,
  awsRegion: region,
  sourceIPAddress: connection.sourceIp,
  userAgent: connection.userAgent,
  readOnly: operation?.mode !== 'write',
  eventType: 'AwsApiCall',
  managementEvent: true,
  recipientAccountId: caller.accountId,
  eventCategory: 'Management',
})

type OwnMembers = Pick<
  AuditEvent,
  'eventTime' | 'errorCode' | 'errorMessage' | 'requestParameters' | 'responseElements' | 'requestID' | 'sharedEventID' | 'eventID'
> & {
  readonly userIdentity: object | undefined
  readonly bailiwick: Omit<AuditEvent['bailiwick'], 'contexts'> & { readonly contexts: readonly Context[] | undefined }
}

/** `distinct` are decisions of which each saw another context. */
function ownMembers(happened: Happened, eventID: string, distinct: readonly Decided[], sharedEventID: string | undefined): OwnMembers {
  const { at, caller, error, operation, requestId } = happened
  const wrote = operation?.mode === 'write' && error === undefined
  return {
    // A federated caller is proven for one call: no other event has its identity.
    userIdentity: caller.federation && userIdentity(caller),
    eventTime: isoSeconds(at),
    errorCode: error?.code,
    errorMessage: error?.message,
    requestParameters: shown(happened.input, operation?.shows.input),
    responseElements: wrote ? shown(happened.output, operation.shows.output) : null,
    requestID: requestId,
    ...(sharedEventID !== undefined && { sharedEventID }),
    eventID,
    bailiwick: {
      at,
      revision: happened.revision,
      decisions: happened.decided.map((decided) => audited(decided, firstWith(decided.request.context, distinct))),
      contexts: distinct.every(({ request, shared }) => request.context === shared) ? undefined : distinct.map(ownKeys),
    },
  }
}

/** Only the members that the row allows, in CloudTrail's spelling (first letter small). Null when there are none. */
function shown(value: object | undefined, members: readonly PropertyKey[] | undefined): object | null {
  if (value === undefined || members === undefined) return null
  const found: Record<string, unknown> = {}
  for (const member of members as readonly string[]) {
    const own = (value as Record<string, unknown>)[member]
    if (own !== undefined) found[member[0]!.toLowerCase() + member.slice(1)] = own
  }
  return Object.keys(found).length > 0 ? found : null
}

function audited({ request, decision }: Decided, context: number): AuditedDecision {
  return {
    action: request.action,
    resource: request.resource.arn,
    verdict: decision.verdict,
    ...('policyType' in decision && { policyType: decision.policyType }),
    ...ruleOf(decision),
    statements: statementsOf(decision).map(({ policyType, policy, statementIndex, sid }) => ({
      policyType,
      ...((policy.arn ?? policy.name) !== undefined && { policy: policy.arn ?? policy.name }),
      ...(policy.attachedTo !== undefined && { attachedTo: policy.attachedTo }),
      statement: statementIndex,
      ...(sid !== undefined && { sid }),
    })),
    context,
  }
}

function ruleOf(decision: Decision): { rule?: string } {
  if (decision.verdict === 'ImplicitDeny') return decision.rule === undefined ? {} : { rule: decision.rule }
  if (decision.verdict === 'ExplicitDeny' || decision.grant.kind === 'statements') return {}
  return { rule: decision.grant.kind === 'rootUser' ? 'rootUser' : decision.grant.rule }
}

function statementsOf(decision: Decision): readonly MatchedStatement[] {
  if (decision.verdict === 'ExplicitDeny') return [decision.statement]
  return decision.verdict === 'Allowed' && decision.grant.kind === 'statements' ? decision.grant.statements : []
}
