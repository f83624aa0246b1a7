/** `POST /_bailiwick/v1/explain`: why a request is allowed or denied, statement by statement, and the smallest change that would allow it. */
import type { BailiwickOperations } from '@bailiwick/model'
import {
  type ConsideredPolicy,
  type Context,
  contextKey,
  contextKeys,
  type Explanation,
  explain,
  type Place,
  type Policy,
  smallestChange,
} from '@bailiwick/policy'
import type { Look, Operation, ReadCall, ResourceUnderRequest } from '../pipeline/operation.js'
import { type Question, questionOf } from './question.js'
import { type Missing, reading } from './readable.js'
import { DECISIONS, shownChange, shownPolicy } from './shown.js'

type Explain = BailiwickOperations['Explain']

/**
 * The principal asked about, or the event: whoever may ask about one principal may not ask about all. An ARN of another account is a
 * resource of that account, which denies.
 */
async function asked({ EventId, PrincipalArn }: Explain['input'], { tx }: Look): Promise<ResourceUnderRequest> {
  const { accountId } = tx
  if (EventId !== undefined) return { arn: `arn:aws:bailiwick::${accountId}:event/${EventId}`, accountId }
  return { arn: PrincipalArn ?? '*', accountId: PrincipalArn?.split(':', 6)[4] || accountId }
}

export const explainRow: Operation<Explain> = {
  mode: 'read',
  access: { resource: asked },
  shows: { input: ['EventId', 'PrincipalArn', 'Action', 'Resource', 'ResourceAccount'] },
  async run(input, call) {
    const question = await questionOf(input, call)
    const { request, inForce, notes, event } = question
    const { tx, now, surroundings } = call
    const explanation = explain(request, inForce)
    const hidden = await hiddenPolicies(explanation, question, input.ResourcePolicy !== undefined, call)
    const change = smallestChange(request, inForce, { hidden: (policy) => hidden.has(policy) })
    const { decision, considered } = explanation
    return {
      Decision: DECISIONS[decision.verdict],
      ...messageOf(explanation, hidden),
      ...('rule' in decision && decision.rule !== undefined && { Rule: decision.rule }),
      PrincipalArn: 'arn' in request.principal ? request.principal.arn : '',
      Action: request.action,
      Resource: request.resource.arn,
      Context: shownContext(request.context),
      ...(event !== undefined && { EventId: event.id, EventDecision: event.decision }),
      ...(event?.revision !== undefined && { Revision: event.revision }),
      Policies: considered.map((one) => shownPolicy(one, hidden.get(one.policy))),
      MissingContextKeys: missingKeys(question, considered, hidden),
      ...(change !== undefined && { Change: shownChange(change, (place) => hidden.has(policyAt(considered, place)!)) }),
      ...(decision.verdict !== 'Allowed' && {
        EncodedMessage: surroundings.authorizationMessages.encode({ request, decision }, tx.accountId, now),
      }),
      ...(notes.length > 0 && { Notes: notes }),
    }
  },
}

/** Policies that the caller may not read, with what it lacks for each. */
async function hiddenPolicies(
  { considered }: Explanation,
  { inForce }: Question,
  isResourceGiven: boolean,
  call: ReadCall<Explain['error']>,
): Promise<ReadonlyMap<Policy, Missing>> {
  const given = new Set(isResourceGiven ? inForce.resource?.policies.policies : [])
  const look: Look = { ...call, firstAccountId: call.surroundings.firstAccountId }
  const missing = reading(look, call.context, given)
  const found = await Promise.all(considered.map(async ({ policy, policyType }) => [policy, await missing(policy, policyType)] as const))
  return new Map(found.filter(([, lacks]) => lacks !== undefined))
}

/** AWS's sentence; it ends in the ARN of the policy that denies, if the caller may read that. */
function messageOf({ decision, message }: Explanation, hidden: ReadonlyMap<Policy, Missing>): { Message?: string } {
  if (message === undefined) return {}
  const isHidden = decision.verdict === 'ExplicitDeny' && hidden.has(decision.statement.policy)
  const arn = decision.verdict === 'ExplicitDeny' ? decision.statement.policy.arn : undefined
  return { Message: isHidden && arn !== undefined && message.endsWith(`: ${arn}`) ? message.slice(0, -`: ${arn}`.length) : message }
}

function policyAt(considered: readonly ConsideredPolicy[], place: Place): Policy | undefined {
  return considered.find(
    ({ policyType, level, policyIndex }) => policyType === place.policyType && level === place.level && policyIndex === place.policyIndex,
  )?.policy
}

function missingKeys({ request }: Question, considered: readonly ConsideredPolicy[], hidden: ReadonlyMap<Policy, Missing>): string[] {
  const documents = considered.flatMap(({ policy, skipped }) => (skipped === undefined && !hidden.has(policy) ? [policy.document] : []))
  return contextKeys(documents).flatMap(({ key }) => (contextKey(request, key) === undefined ? [key] : []))
}

const shownContext = (context: Context): Record<string, readonly string[]> =>
  Object.fromEntries(Object.entries(context).map(([key, value]) => [key, [value].flat()]))
