/** An audit event: CloudTrail's record, and the decision with everything that it rested on. */
import type { Decision } from '@bailiwick/policy'

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
  /** Of an action on what belongs to another account: the same in the event of either account. */
  readonly sharedEventID?: string
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
