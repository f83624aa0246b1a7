/** A session of a role, however it came to be: what AssumeRole, AssumeRoleWithSAML and AssumeRoleWithWebIdentity have in common. */
import { makeId, type StsOperations } from '@bailiwick/model'
import type { SessionClaims } from '../credentials/session-token.js'
import type { ReadCall } from '../pipeline/operation.js'
import { assumable } from './assumable-role.js'
import { refuseTokenSize, sealedSession } from './sealed-session.js'
import { packedPolicySize, sessionPolicyText } from './session-policies.js'

/** What the three inputs share. */
interface Asked {
  readonly RoleArn: string
  readonly PolicyArns?: readonly { readonly arn?: string }[]
  readonly Policy?: string
  readonly DurationSeconds?: number
  readonly MinimumSessionTokenSize?: number
}

export interface SessionOfRole {
  readonly sessionName: string
  readonly carried: Pick<SessionClaims, 'tags' | 'transitiveTagKeys' | 'sourceIdentity' | 'keys' | 'mfaAt' | 'chained'>
  /** The name of the OIDC provider of a web identity. AWS shows a size for every one of them. */
  readonly provider?: string
  /** Epoch milliseconds that it may not outlive. */
  readonly endsAt?: number
  /** The session is an AWS service's own, which the longest session of the role does not limit (IAM User Guide, "Use IAM roles"). */
  readonly ofService?: true
}

type Answer = Pick<StsOperations['AssumeRole']['output'], 'Credentials' | 'AssumedRoleUser' | 'PackedPolicySize' | 'SourceIdentity'>
export type SessionCall = ReadCall<'MalformedPolicyDocument' | 'PackedPolicyTooLarge'>

const defaultSeconds = 3600

/** Checks the duration against the role, packs the session policies, and seals. */
export async function openRoleSession(input: Asked, session: SessionOfRole, call: SessionCall): Promise<Answer> {
  const { RoleArn, DurationSeconds = defaultSeconds } = input
  const { tx, now, fail, surroundings } = call
  refuseTokenSize(input, fail)
  const { accountId, role } = (await tx.memo(assumable, RoleArn)) ?? fail('AccessDenied', `${RoleArn} is not there any more.`)
  if (DurationSeconds > role.maxSessionSeconds && session.ofService !== true) {
    fail('ValidationError', 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.')
  }
  const policies = input.Policy === undefined ? [] : [sessionPolicyText(input.Policy, fail)]
  const policyArns = (input.PolicyArns ?? []).map(({ arn }) => arn ?? '')
  const { sessionName, carried, provider, endsAt = Number.POSITIVE_INFINITY } = session
  const { tags = [] } = carried
  const packed = await packedPolicySize(tx.of(accountId), { policies, policyArns, tags, ...(provider !== undefined && { provider }) }, fail)
  const claims: SessionClaims = {
    kind: 'role',
    accountId,
    principalId: role.id,
    accessKeyId: makeId('temporaryAccessKey', accountId, surroundings.randomBytes(20)),
    issuedAt: now,
    expiresAt: Math.min(now + DurationSeconds * 1000, endsAt),
    sessionName,
    policies: policies.length > 0 ? policies : undefined,
    policyArns: policyArns.length > 0 ? policyArns : undefined,
    ...carried,
  }
  return {
    Credentials: sealedSession(surroundings, claims, fail),
    AssumedRoleUser: {
      AssumedRoleId: `${role.id}:${sessionName}`,
      Arn: `arn:aws:sts::${accountId}:assumed-role/${role.name}/${sessionName}`,
    },
    ...(packed !== undefined && { PackedPolicySize: packed }),
    ...(carried.sourceIdentity !== undefined && { SourceIdentity: carried.sourceIdentity }),
  }
}
