/**
 * What the partner is told of its request. AWS publishes to the SNS topic that the partner named: when the request waits for an
 * administrator, is accepted or rejected, and when its token is sent. There is no SNS here, so each of these is an event in the partner
 * account's own trail, written with the change itself. It holds no token: what a policy template allows is known to AWS and its partner
 * alone, so there are no credentials here that one could be exchanged for.
 */
import type { AuditEvent } from '../../audit/audit-event.js'
import { appendEvent } from '../../audit/audit-trail.js'
import type { AccountTransaction } from '../../pipeline/account-store.js'
import type { Surroundings } from '../../pipeline/surroundings.js'
import { isoSeconds } from '../../pipeline/time-text.js'
import { type DelegationRequestRecord, requestArn } from './request.js'

/** The states whose beginning a partner hears of. */
const told: ReadonlySet<DelegationRequestRecord['state']> = new Set(['PENDING_APPROVAL', 'ACCEPTED', 'REJECTED', 'FINALIZED'])

interface Moment {
  readonly now: number
  readonly region: string
  readonly requestId: string
  readonly surroundings: Pick<Surroundings, 'uuid'>
}

/** Nothing when the partner does not hear of the state. */
export async function tellPartner(
  tx: AccountTransaction,
  request: DelegationRequestRecord,
  { now, region, requestId, surroundings }: Moment,
): Promise<void> {
  if (!told.has(request.state)) return
  const record: AuditEvent = {
    eventVersion: '1.11',
    userIdentity: { type: 'AWSService', invokedBy: 'iam.amazonaws.com' },
    eventTime: isoSeconds(now),
    eventSource: 'iam.amazonaws.com',
    eventName: 'DelegationRequestNotification',
    awsRegion: region,
    sourceIPAddress: 'iam.amazonaws.com',
    requestParameters: null,
    responseElements: null,
    serviceEventDetails: {
      delegationRequestArn: requestArn(request.ownerAccountId!, request.id),
      requestorWorkflowId: request.workflowId,
      notificationChannel: request.notificationChannel,
      state: request.state,
      expirationTime: isoSeconds(request.expiresAt),
    },
    requestID: requestId,
    eventID: surroundings.uuid(),
    readOnly: false,
    eventType: 'AwsServiceEvent',
    managementEvent: true,
    recipientAccountId: request.requestorId,
    eventCategory: 'Management',
    bailiwick: { at: now, decisions: [], contexts: [] },
  }
  const line = { accountId: request.requestorId, id: record.eventID, at: now, json: JSON.stringify(record) }
  await tx.whole(async (transaction) => appendEvent(transaction, line))
}
