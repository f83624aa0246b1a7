/** An audit event: CloudTrail's record, and the decision with everything that it rested on. */
import type { Context, Decision, MatchedStatement } from '@bailiwick/policy'
import { type Connection, type Decided, isSame } from '../pipeline/authorize.js'
import type { Caller } from '../pipeline/caller.js'
import type { Happened } from '../pipeline/happened.js'
import type { Surroundings } from '../pipeline/surroundings.js'
import { isoSeconds } from '../pipeline/time-text.js'
import type { Line } from './event-text.js'

/** Members in capitals and lower case as CloudTrail writes them; `bailiwick` is ours. */
export interface AuditEvent {
  readonly eventVersion: '1.11'
  readonly userIdentity: object
  /** ISO 8601, whole seconds. */
  readonly eventTime: string
  readonly eventSource: string
  readonly eventName: string
  readonly awsRegion: string
  readonly sourceIPAddress: string
  readonly userAgent?: string
  readonly errorCode?: string
  readonly errorMessage?: string
  readonly requestParameters: object | null
  readonly responseElements: object | null
  /** What signing in tells beside its outcome. */
  readonly additionalEventData?: object
  /** What a service event tells, which is no answer to a request of the account's. */
  readonly serviceEventDetails?: object
  readonly requestID: string
  readonly eventID: string
  readonly readOnly: boolean
  readonly eventType: 'AwsApiCall' | 'AwsConsoleSignIn' | 'AwsServiceEvent'
  readonly managementEvent: true
  readonly recipientAccountId: string
  readonly eventCategory: 'Management'
  readonly bailiwick: {
    /** Epoch milliseconds: CloudTrail's own time has whole seconds only. */
    readonly at: number
    /** The store's revision that the decision was made on; of a write, the one that it made. */
    readonly revision?: number
    readonly decisions: readonly AuditedDecision[]
    /** Every condition key that the decisions could see; decisions that saw the same share one. */
    readonly contexts: readonly object[]
  }
}

export interface AuditedDecision {
  readonly action: string
  readonly resource: string
  readonly verdict: Decision['verdict']
  readonly policyType?: string
  readonly rule?: string
  readonly statements: readonly {
    readonly policyType: string
    readonly policy?: string
    readonly attachedTo?: string
    readonly statement: number
    readonly sid?: string
  }[]
  /** Which of the event's contexts it was. */
  readonly context: number
}

/** The event in pieces: what is the same in request after request of a caller, or of callers of one provider, is made into text once. */
export function auditLine(happened: Happened, surroundings: Surroundings): Line {
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
    json: JSON.stringify(ownMembers(happened, id, distinct)),
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
  if (calls === undefined || calls.region !== region || !isSame(calls.connection, connection) || calls.texts.size > mostTexts)
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
  'eventTime' | 'errorCode' | 'errorMessage' | 'requestParameters' | 'responseElements' | 'requestID' | 'eventID'
> & {
  readonly userIdentity: object | undefined
  readonly bailiwick: Omit<AuditEvent['bailiwick'], 'contexts'> & { readonly contexts: readonly Context[] | undefined }
}

/** `distinct` are decisions of which each saw another context. */
function ownMembers(happened: Happened, eventID: string, distinct: readonly Decided[]): OwnMembers {
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

const identityTypes = {
  root: 'Root',
  user: 'IAMUser',
  role: 'AssumedRole',
  federatedUser: 'FederatedUser',
  saml: 'SAMLUser',
  oidc: 'WebIdentityUser',
  service: 'AWSService',
} as const

export function userIdentity({ principal, arn, accountId, userId, userName, accessKeyId, session, federation }: Caller): object {
  if (principal.kind === 'service') return { type: identityTypes.service, invokedBy: arn }
  if (federation !== undefined) {
    const { subject, saml } = federation
    return { type: identityTypes[principal.kind], principalId: userId, userName: subject, identityProvider: saml?.nameQualifier ?? arn }
  }
  return {
    type: identityTypes[principal.kind],
    principalId: userId,
    arn,
    accountId,
    accessKeyId,
    ...(userName !== undefined && { userName }),
    ...(session !== undefined && {
      sessionContext: {
        sessionIssuer: {
          type: session.issuer.type,
          principalId: session.issuer.id,
          arn: session.issuer.arn,
          accountId,
          ...(session.issuer.name !== undefined && { userName: session.issuer.name }),
        },
        attributes: { creationDate: isoSeconds(session.issuedAt), mfaAuthenticated: String(session.mfa) },
        ...(session.sourceIdentity !== undefined && { sourceIdentity: session.sourceIdentity }),
      },
    }),
  }
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
