/** What is to be explained: a request made up from the input, or the one that an audit event tells of. */
import { type BailiwickOperations, isAccountId } from '@bailiwick/model'
import { conditionKey } from '@bailiwick/model/condition-keys'
import type { AuthorizationRequest, Context, ContextValue, PoliciesInForce, Principal } from '@bailiwick/policy'
import type { AuditEvent } from '../audit/audit-event.js'
import { AccountReader } from '../pipeline/account-store.js'
import type { ReadCall } from '../pipeline/operation.js'
import { isoSeconds } from '../pipeline/time-text.js'
import { type AskedPrincipal, askedPrincipal } from './asked-principal.js'
import { askedResource } from './asked-resource.js'
import { toldOf } from './told-of-resource.js'

type Explain = BailiwickOperations['Explain']
type Input = Explain['input']
type Call = ReadCall<Explain['error']>
type Decision = Explain['output']['Decision']

export interface Question {
  readonly request: AuthorizationRequest
  readonly inForce: PoliciesInForce
  /** What an explanation cannot know, for people. */
  readonly notes: readonly string[]
  readonly event?: { readonly id: string; readonly decision: Decision; readonly revision?: number }
}

export function questionOf(input: Input, call: Call): Promise<Question> {
  const { EventId, PrincipalArn, Action, Resource } = input
  const isWhole = PrincipalArn !== undefined && Action !== undefined && Resource !== undefined
  const isMixed = EventId !== undefined && (PrincipalArn ?? Action ?? Resource ?? input.Context) !== undefined
  if (isMixed || (EventId === undefined && !isWhole))
    return call.fail('InvalidParameterException', 'Give either EventId, or PrincipalArn, Action and Resource.')
  return EventId === undefined
    ? fromInput({ ...input, PrincipalArn: PrincipalArn!, Action: Action!, Resource: Resource! }, call)
    : fromEvent(EventId, call)
}

async function fromInput(input: Input & { PrincipalArn: string; Action: string; Resource: string }, call: Call): Promise<Question> {
  const { tx, now, region, fail, caller } = call
  const { PrincipalArn, Action, Resource, ResourcePolicy } = input
  const asked = (await askedPrincipal(tx, PrincipalArn)) ?? fail('PrincipalNotFoundException', notFound(PrincipalArn, tx.accountId))
  const accountId = input.ResourceAccount ?? accountIn(Resource) ?? tx.accountId
  const resource = await askedResource(tx, Resource, accountId, Action, ResourcePolicy)
  const told = toldOf(resource.context, { arn: Resource, accountId }, call)
  const context: Context = {
    'aws:CurrentTime': isoSeconds(now),
    'aws:EpochTime': String(Math.floor(now / 1000)),
    'aws:RequestedRegion': region,
    'aws:ViaAWSService': 'false',
    'aws:ResourceAccount': accountId,
    ...asked.context,
    ...told.context,
  }
  const given = contextGiven(input.Context ?? {})
  const replaced = new Set(Object.keys(given).map((key) => key.toLowerCase()))
  const kept = Object.entries(context).filter(([key]) => !replaced.has(key.toLowerCase()))
  return {
    request: {
      principal: asked.principal,
      action: Action,
      resource: { arn: Resource, accountId },
      context: { ...Object.fromEntries(kept), ...given },
    },
    inForce: inForceOf(asked, resource.policy, caller.inForce.scp),
    notes: [resource.note, told.note].filter((note) => note !== undefined),
  }
}

/** Keys that are known to have several values are sets also with one; others are one value, unless there are more. */
function contextGiven(context: Readonly<Record<string, readonly string[]>>): Context {
  const found = new Map<string, ContextValue>()
  for (const [key, values] of Object.entries(context)) {
    const [only] = values
    if (only !== undefined) found.set(key, values.length > 1 || conditionKey(key)?.multivalued ? values : only)
  }
  return Object.fromEntries(found)
}

function inForceOf(asked: AskedPrincipal, resource: PoliciesInForce['resource'], scp: PoliciesInForce['scp']): PoliciesInForce {
  return { ...asked.inForce, ...(resource !== undefined && { resource }), ...(scp !== undefined && { scp }) }
}

const notFound = (arn: string, accountId: string): string => `${arn} is no user, role, role session or root of account ${accountId}.`

function accountIn(arn: string): string | undefined {
  const account = arn.split(':', 6)[4] ?? ''
  return isAccountId(account) || account === 'aws' ? account : undefined
}

/** Who asked, as CloudTrail has it. */
interface UserIdentity {
  readonly type: string
  readonly arn?: string
  readonly sessionContext?: { readonly sessionIssuer: { readonly arn: string; readonly principalId: string } }
}

const DECISIONS: ReadonlyMap<string, Decision> = new Map([
  ['Allowed', 'allowed'],
  ['ExplicitDeny', 'explicitDeny'],
  ['ImplicitDeny', 'implicitDeny'],
])

/** The event's last decision, which is the one that denied, on the state that it was made on. */
async function fromEvent(id: string, call: Call): Promise<Question> {
  const { tx, fail, surroundings, caller } = call
  const event =
    (await surroundings.history.findEvent(tx.accountId, id)) ??
    fail('EventNotFoundException', `There is no event or request ${id} among the newest of account ${tx.accountId}.`)
  const decided = event.bailiwick.decisions.at(-1)
  if (decided === undefined) return fail('EventNotFoundException', `Event ${event.eventID} tells of no decision: it failed before.`)
  const revision = revisionDecidedOn(event)
  const reader = revision === undefined ? undefined : await surroundings.history.readAt(revision)
  const then = reader === undefined ? tx : new AccountReader(reader, tx.accountId)
  const notes = reader === undefined ? ['the state of that time is not kept any more: the policies are those of now'] : []
  const identity = event.userIdentity as UserIdentity
  const asked =
    (await principalOfEvent(then, identity)) ?? fail('PrincipalNotFoundException', notFound(identity.arn ?? identity.type, tx.accountId))
  if (identity.sessionContext !== undefined) notes.push('events do not keep session policies: if any were passed, they were not looked at')
  const whole = event.bailiwick.contexts[decided.context] as Context
  const owner = whole['aws:ResourceAccount']
  const accountId = typeof owner === 'string' ? owner : tx.accountId
  const resource = await askedResource(then, decided.resource, accountId, decided.action)
  const { context, note } = toldOf(whole, { arn: decided.resource, accountId }, call)
  notes.push(...[resource.note, note].filter((each) => each !== undefined))
  return {
    request: { principal: asked.principal, action: decided.action, resource: { arn: decided.resource, accountId }, context },
    inForce: inForceOf(asked, resource.policy, caller.inForce.scp),
    notes,
    event: { id: event.eventID, decision: DECISIONS.get(decided.verdict)!, ...(revision !== undefined && reader && { revision }) },
  }
}

/** A write was decided on the state before the one that it made. */
function revisionDecidedOn({ readOnly, bailiwick: { revision } }: AuditEvent): number | undefined {
  return revision === undefined || readOnly ? revision : revision - 1
}

async function principalOfEvent(tx: AccountReader, { type, arn, sessionContext }: UserIdentity): Promise<AskedPrincipal | undefined> {
  if (arn === undefined) return undefined
  if (type === 'FederatedUser' && sessionContext !== undefined) return federated(tx, arn, sessionContext.sessionIssuer)
  const asked = await askedPrincipal(tx, arn)
  if (asked === undefined || sessionContext === undefined) return asked
  const { principal } = asked
  const ofToken: Principal =
    principal.kind === 'user' || principal.kind === 'root' ? { ...principal, session: 'GetSessionToken' } : principal
  return { ...asked, principal: ofToken }
}

async function federated(
  tx: AccountReader,
  arn: string,
  issuer: { readonly arn: string; readonly principalId: string },
): Promise<AskedPrincipal | undefined> {
  const maker = await askedPrincipal(tx, issuer.arn)
  if (maker === undefined) return undefined
  const { accountId } = tx
  return { ...maker, principal: { kind: 'federatedUser', arn, accountId, federatedBy: issuer.arn, federatedById: issuer.principalId } }
}
