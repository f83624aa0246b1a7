/** Sign-in's events as CloudTrail has them: `ConsoleLogin`, `CheckMfa`, `SwitchRole` and their like (event type `AwsConsoleSignIn`). */
import type { AuditEvent } from '../audit/audit-event.js'
import type { Line } from '../audit/event-text.js'
import type { Connection } from '../pipeline/connection.js'
import type { Surroundings } from '../pipeline/surroundings.js'
import { isoSeconds } from '../pipeline/time-text.js'

export interface SignInEvent {
  readonly name:
    | 'ConsoleLogin'
    | 'CheckMfa'
    | 'SwitchRole'
    | 'ExitRole'
    | 'GetSigninToken'
    | 'AuthorizeOAuth2Access'
    | 'CreateOAuth2Token'
    | 'Logout'
    | 'SecurityKeyAdded'
    | 'RecoveryCodesCreated'
  readonly accountId: string
  readonly userIdentity: object
  /** Why it failed; a success when left out. */
  readonly failure?: string
  readonly more?: object
}

/** A name that was typed and does not exist may be a password in the wrong field. */
export const hiddenName = 'HIDDEN_DUE_TO_SECURITY_REASONS'

export function eventLine(event: SignInEvent, connection: Connection, { clock, uuid, defaultRegion }: Surroundings): Line {
  const { name, accountId, userIdentity, failure, more } = event
  const at = clock()
  const record: AuditEvent = {
    eventVersion: '1.11',
    userIdentity,
    eventTime: isoSeconds(at),
    eventSource: 'signin.amazonaws.com',
    eventName: name,
    awsRegion: defaultRegion,
    sourceIPAddress: connection.sourceIp,
    ...(connection.userAgent !== undefined && { userAgent: connection.userAgent }),
    ...(failure !== undefined && { errorMessage: failure }),
    requestParameters: null,
    responseElements: { [name]: failure === undefined ? 'Success' : 'Failure' },
    ...(more !== undefined && { additionalEventData: more }),
    requestID: uuid(),
    eventID: uuid(),
    readOnly: false,
    eventType: 'AwsConsoleSignIn',
    managementEvent: true,
    recipientAccountId: accountId,
    eventCategory: 'Management',
    bailiwick: { at, decisions: [], contexts: [] },
  }
  return { accountId, id: record.eventID, at, json: JSON.stringify(record) }
}
