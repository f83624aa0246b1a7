/**
 * AssumeRole by a service principal, as EC2 does it for an instance: no request brings it, so that nobody can claim to be a service. The
 * role's trust policy decides, and the audit trail gets the event, like those of every other AssumeRole.
 */
import type { ServiceModel, StsOperations } from '@bailiwick/model'
import { compile } from '@bailiwick/policy'
import type { Reader } from '@bailiwick/store'
import { auditLine } from '../audit/audit-line.js'
import type { AuditTrail } from '../audit/audit-trail.js'
import { AccountReader } from '../pipeline/account-store.js'
import { ApiError, fail } from '../pipeline/api-error.js'
import { commonContext, decideOn, denied, type Wanted } from '../pipeline/authorize.js'
import type { Caller } from '../pipeline/caller.js'
import type { Connection } from '../pipeline/connection.js'
import type { Happened } from '../pipeline/happened.js'
import type { AnyOperation, ContextKeys } from '../pipeline/operation.js'
import type { Surroundings } from '../pipeline/surroundings.js'
import { roleToAssume } from './assumable-role.js'
import { assumeRole } from './assume-role.js'
import { openRoleSession, type SessionOfRole } from './role-session.js'

type AssumeRole = StsOperations['AssumeRole']
type Credentials = NonNullable<AssumeRole['output']['Credentials']>

/** What it takes of the server. */
export interface ServiceParts {
  readonly audit: AuditTrail
  readonly surroundings: Surroundings
  /** Of STS. */
  readonly model: ServiceModel
}

export interface ServiceAssumption {
  /** Such as `ec2.amazonaws.com`. */
  readonly service: string
  /** The role's account. */
  readonly accountId: string
  readonly region: string
  readonly roleArn: string
  readonly sessionName: string
  readonly seconds: number
  /** Condition keys that tell the trust policy what the service acts for: `aws:SourceArn`, `aws:SourceAccount`. */
  readonly actingFor: ContextKeys
  /** Condition keys that the session's own requests will have. */
  readonly keys: NonNullable<SessionOfRole['carried']['keys']>
}

/** Undefined when the trust policy does not let the service, which the audit trail then shows. */
export async function assumeRoleForService(
  { audit, surroundings, model }: ServiceParts,
  reader: Reader,
  asked: ServiceAssumption,
): Promise<Credentials | undefined> {
  const { service, accountId, region, roleArn, sessionName, seconds } = asked
  const tx = new AccountReader(reader, accountId)
  const input: AssumeRole['input'] = { RoleArn: roleArn, RoleSessionName: sessionName, DurationSeconds: seconds }
  const happened: Happened = {
    requestId: surroundings.uuid(),
    at: surroundings.clock(),
    caller: servicePrincipal(service, accountId),
    connection: { sourceIp: service, secure: true, userAgent: service },
    region,
    routed: { model, operation: 'AssumeRole', family: 'query' },
    operation: assumeRole as AnyOperation,
    input,
    revision: reader.revision,
    decided: [],
  }
  try {
    const { caller, at: now, requestId } = happened
    const context = contextOf(caller, happened.connection, region, now)
    await authorize(happened, asked, tx, context)
    const call = { caller, tx, now, requestId, region, context, surroundings, guesses: surroundings.guesses, fail }
    const carried = { keys: asked.keys }
    const { Credentials } = await openRoleSession(input, { sessionName, carried, ofService: true }, call)
    return Credentials
  } catch (error) {
    const known = error instanceof ApiError
    happened.error = known ? { code: error.code, message: error.message } : { code: 'ServiceFailure', message: 'A failure of this server.' }
    if (!known) throw error
    return undefined
  } finally {
    await audit.record(auditLine(happened, surroundings))
  }
}

async function authorize(
  { caller, decided: all }: Happened,
  { roleArn, sessionName, actingFor }: ServiceAssumption,
  tx: AccountReader,
  context: ContextKeys,
): Promise<void> {
  const wanted: Wanted = {
    action: 'sts:AssumeRole',
    resource: await roleToAssume(roleArn, tx),
    context: { 'sts:RoleSessionName': sessionName, ...actingFor },
    denial: 'bare',
  }
  const decided = decideOn(wanted, caller, context)
  all.push(decided)
  if (decided.decision.verdict !== 'Allowed') throw denied(decided, wanted)
}

/** A service's calls come from no address and no program that a condition could name. */
function contextOf(caller: Caller, connection: Connection, region: string, now: number): ContextKeys {
  const { 'aws:SourceIp': _, 'aws:UserAgent': __, ...context } = commonContext(caller, connection, region, now)
  return context
}

const servicePrincipal = (service: string, accountId: string): Caller => ({
  principal: { kind: 'service', names: [service] },
  arn: service,
  accountId,
  userId: service,
  accessKeyId: '',
  context: { 'aws:PrincipalIsAWSService': 'true', 'aws:PrincipalServiceName': service, 'aws:PrincipalServiceNamesList': [service] },
  inForce: { identity: compile([]) },
})
