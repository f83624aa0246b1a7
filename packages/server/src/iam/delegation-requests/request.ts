/** A delegation request: what is kept of it, its states, and who may do what with it. */
import { compile, type PolicySet, parsePolicy } from '@bailiwick/policy'
import { defineTable } from '@bailiwick/store'
import { wholeServer } from '../../accounts/account.js'
import type { AccountReader } from '../../pipeline/account-store.js'
import type { Caller } from '../../pipeline/caller.js'
import type { Access, Look, ResourceUnderRequest } from '../../pipeline/operation.js'

export type State = 'UNASSIGNED' | 'ASSIGNED' | 'PENDING_APPROVAL' | 'ACCEPTED' | 'FINALIZED' | 'REJECTED' | 'EXPIRED'

export interface DelegationRequestRecord {
  readonly id: string
  /** The account that asks. */
  readonly requestorId: string
  /** Unique among what that account asks. */
  readonly workflowId: string
  /** The account that is asked; absent until somebody takes the request, when none was named. */
  readonly ownerAccountId?: string
  /** ARN of who has taken it on. */
  readonly ownerId?: string
  /** `aws:userid` of the same, which nobody has who is called so later. */
  readonly ownerUserId?: string
  /** ARN of who accepted it. */
  readonly approverId?: string
  readonly description: string
  readonly message?: string
  readonly templateArn: string
  readonly parameters: readonly { readonly Name?: string; readonly Values?: readonly string[]; readonly Type?: 'string' | 'stringList' }[]
  readonly notificationChannel: string
  readonly redirectUrl?: string
  readonly sessionSeconds: number
  readonly onlySendByOwner: boolean
  /** Never `EXPIRED`: that follows from `expiresAt`. */
  readonly state: Exclude<State, 'EXPIRED'>
  readonly notes?: string
  readonly rejectionReason?: string
  /** Epoch milliseconds. */
  readonly createdAt: number
  readonly updatedAt: number
  readonly expiresAt: number
}

/** Belongs to the whole server: one account asks, another one is asked. */
export const delegationRequests = defineTable<DelegationRequestRecord>()({
  name: 'iam.delegation-request',
  key: ({ id }) => id,
  indexes: {
    workflow: { values: ({ requestorId, workflowId }) => [`${requestorId}/${workflowId}`], unique: true },
    ownerAccount: {
      values: ({ ownerAccountId, ownerId }) => (ownerAccountId === undefined || ownerId === undefined ? [] : [ownerAccountId]),
    },
  },
})

const dayMilliseconds = 86_400_000

/** How long a request stays in a state when nobody does anything; a finalized one lasts for the time that was asked for. */
export const keptMilliseconds = { unassigned: dayMilliseconds, taken: 7 * dayMilliseconds } as const

export const stateOf = ({ state, expiresAt }: DelegationRequestRecord, now: number): State => (now >= expiresAt ? 'EXPIRED' : state)

/** Which states a step leads from, and where it leads to. */
export const steps = {
  associate: { from: ['UNASSIGNED'], to: 'ASSIGNED' },
  update: { from: ['ASSIGNED', 'PENDING_APPROVAL'], to: 'PENDING_APPROVAL' },
  accept: { from: ['ASSIGNED', 'PENDING_APPROVAL'], to: 'ACCEPTED' },
  reject: { from: ['ASSIGNED', 'PENDING_APPROVAL', 'ACCEPTED'], to: 'REJECTED' },
  send: { from: ['ACCEPTED'], to: 'FINALIZED' },
} as const satisfies Readonly<Record<string, { readonly from: readonly State[]; readonly to: DelegationRequestRecord['state'] }>>

export type Step = keyof typeof steps

export const missing = (id: string): string => `The delegation request with id ${id} cannot be found.`

export const requestNamed = (tx: AccountReader, id: string): Promise<DelegationRequestRecord | undefined> =>
  tx.of(wholeServer).get(delegationRequests, id)

export const requestArn = (accountId: string, id: string): string => `arn:aws:iam::${accountId}:delegation-request/${id}`

export const isOwner = ({ ownerId, ownerUserId }: DelegationRequestRecord, { arn, userId }: Caller): boolean =>
  ownerId === arn && ownerUserId === userId

/** What an owner may do with its request whatever its policies say, as AWS has it. */
const ownersActions = ['iam:GetDelegationRequest', 'iam:GetHumanReadableSummary', 'iam:UpdateDelegationRequest']

function ownersPolicy(ownerId: string, arn: string): PolicySet {
  const Statement = [{ Effect: 'Allow', Principal: { AWS: ownerId }, Action: ownersActions, Resource: arn }]
  return compile([{ document: parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement }), 'lenient').document }])
}

/**
 * A request that nobody's account is asked by yet can be seen and taken by any account that lets its own; from then on it is a resource of
 * the owner's account, and its owner has rights on it without any policy.
 */
export async function resourceOf(id: string, { tx, caller }: Look): Promise<ResourceUnderRequest> {
  const found = await requestNamed(tx, id)
  const accountId = found?.ownerAccountId ?? tx.accountId
  const arn = requestArn(accountId, id)
  if (found?.ownerId === undefined) return { arn, accountId }
  return {
    arn,
    accountId,
    ...(isOwner(found, caller) && { policy: { kind: 'resource', policies: ownersPolicy(found.ownerId, arn) } }),
    context: { 'iam:DelegationRequestOwner': found.ownerId },
  }
}

export const onRequest: Access<{ readonly DelegationRequestId: string }> = {
  resource: ({ DelegationRequestId }, look) => resourceOf(DelegationRequestId, look),
}
