/** AssumeRole: the trust policy decides, and the answer is a sealed session (iam-behaviour §12, recorded facts 54–63). */
import { makeId, type StsOperations } from '@bailiwick/model'
import { compile, type PolicySet } from '@bailiwick/policy'
import type { Memo } from '@bailiwick/store'
import { accounts, wholeServer } from '../accounts/account.js'
import { codeKeys, usesUpCode } from '../credentials/mfa-code.js'
import { readEntityArn } from '../iam/arns.js'
import { requestTags } from '../iam/noun.js'
import { roleInForce } from '../iam/policies-in-force.js'
import { type RoleRecord, roles } from '../iam/records.js'
import { fail } from '../pipeline/api-error.js'
import type { AlsoRequired, ContextKeys, Look, Operation, ResourceUnderRequest } from '../pipeline/operation.js'
import { sealedSession } from './sealed-session.js'
import { packedPolicySize, sessionPolicyText } from './session-policies.js'
import { chainedTags, checkSessionTags } from './session-tags.js'

type AssumeRole = StsOperations['AssumeRole']
type Input = AssumeRole['input']

const defaultSeconds = 3600
/** Recorded fact 61. */
const chainedSeconds = 3600

/** A role that does not exist is denied in the same words as one whose trust policy says no: nobody is trusted by it. */
async function theRole(input: Input, look: Look): Promise<ResourceUnderRequest> {
  const { RoleArn } = input
  const { tx, caller } = look
  if (!/^arn:[^:]+:[^:]+:[^:]*:[^:]*:./.test(RoleArn)) fail('ValidationError', `${RoleArn} is invalid`)
  if (caller.principal.kind === 'root') fail('AccessDenied', 'Roles may not be assumed by root accounts.')
  // The trust policy may ask for the code that comes with this very call; the session that it gives tells nothing of it.
  const context = await codeKeys(look, input)
  const found = await tx.memo(assumable, RoleArn)
  if (found === undefined) {
    return { arn: RoleArn, accountId: RoleArn.split(':')[4] ?? '', policy: { kind: 'trust', policies: compile([]) } }
  }
  const { accountId, role, trust } = found
  return { arn: RoleArn, accountId, tags: role.tags, policy: { kind: 'trust', policies: trust }, ...(context && { context }) }
}

interface Assumable {
  readonly accountId: string
  readonly role: RoleRecord
  readonly trust: PolicySet
}

/** By role ARN. Names are found whatever their letter case, but an ARN is exact: policies are asked about it as it was given. */
const assumable: Memo<Assumable | undefined> = {
  name: 'sts.assumable',
  async compute(reader, arn) {
    const named = readEntityArn(arn)
    if (named?.type !== 'role') return undefined
    const { accountId, path, name } = named
    if ((await reader.get(accounts, wholeServer, accountId))?.status !== 'ACTIVE') return undefined
    const role = await reader.find(roles, 'name', accountId, name)
    if (role?.path !== path || role.name !== name) return undefined
    return { accountId, role, trust: (await reader.memo(roleInForce, `${accountId}/${role.id}`))!.trust }
  },
}

function keysOf(input: Input, { caller }: Look): ContextKeys {
  const { RoleSessionName, ExternalId, Tags, TransitiveTagKeys } = input
  const sourceIdentity = input.SourceIdentity ?? caller.session?.sourceIdentity
  return {
    'sts:RoleSessionName': RoleSessionName,
    ...(ExternalId !== undefined && { 'sts:ExternalId': ExternalId }),
    ...(sourceIdentity !== undefined && { 'sts:SourceIdentity': sourceIdentity }),
    ...(TransitiveTagKeys !== undefined && TransitiveTagKeys.length > 0 && { 'sts:TransitiveTagKeys': TransitiveTagKeys }),
    ...requestTags(Tags),
  }
}

/** Further actions on the same role that passing tags or a source identity needs (policy-semantics §6.5). */
async function alsoRequired(input: Input, look: Look): Promise<readonly AlsoRequired[]> {
  const actions: string[] = []
  if ((input.Tags?.length ?? 0) + (input.TransitiveTagKeys?.length ?? 0) > 0) actions.push('sts:TagSession')
  if ((input.SourceIdentity ?? look.caller.session?.sourceIdentity) !== undefined) actions.push('sts:SetSourceIdentity')
  if ((input.ProvidedContexts?.length ?? 0) > 0) actions.push('sts:SetContext')
  if (actions.length === 0) return []
  const resource = await theRole(input, look)
  return actions.map((action) => ({ action, resource, context: keysOf(input, look) }))
}

export const assumeRole: Operation<AssumeRole> = {
  mode: 'read',
  access: { resource: theRole, context: keysOf, alsoRequires: alsoRequired, denial: 'bare' },
  shows: {
    input: [
      'RoleArn',
      'RoleSessionName',
      'PolicyArns',
      'Policy',
      'DurationSeconds',
      'Tags',
      'TransitiveTagKeys',
      'ExternalId',
      'SerialNumber',
      'SourceIdentity',
    ],
  },
  usesUp: usesUpCode,
  async run(input, { tx, caller, now, fail, surroundings }) {
    const { RoleArn, RoleSessionName, DurationSeconds = defaultSeconds } = input
    if ((input.ProvidedContexts?.length ?? 0) > 0) fail('ValidationError', 'ProvidedContexts are not taken by this server.')
    const { accountId, role } = (await tx.memo(assumable, RoleArn)) ?? fail('AccessDenied', `${RoleArn} is not there any more.`)

    if (caller.session !== undefined && DurationSeconds > chainedSeconds) {
      fail('ValidationError', 'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.')
    }
    if (DurationSeconds > role.maxSessionSeconds) {
      fail('ValidationError', 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.')
    }
    const sourceIdentity = caller.session?.sourceIdentity ?? input.SourceIdentity
    if (input.SourceIdentity !== undefined && input.SourceIdentity !== sourceIdentity) {
      fail('AccessDenied', 'The source identity of a session cannot be changed by the sessions that follow it.')
    }
    const passed = checkSessionTags(input.Tags, input.TransitiveTagKeys, caller.session, fail)
    const policies = input.Policy === undefined ? [] : [sessionPolicyText(input.Policy, fail)]
    const policyArns = (input.PolicyArns ?? []).map(({ arn }) => arn ?? '')
    const packed = await packedPolicySize(tx.of(accountId), { policies, policyArns, tags: passed.tags }, fail)

    const sessionArn = `arn:aws:sts::${accountId}:assumed-role/${role.name}/${RoleSessionName}`
    return {
      Credentials: sealedSession(surroundings, {
        kind: 'role',
        accountId,
        principalId: role.id,
        accessKeyId: makeId('temporaryAccessKey', accountId, surroundings.randomBytes(20)),
        issuedAt: now,
        expiresAt: now + DurationSeconds * 1000,
        sessionName: RoleSessionName,
        ...(policies.length > 0 && { policies }),
        ...(policyArns.length > 0 && { policyArns }),
        ...chainedTags(passed, caller.session),
        ...(sourceIdentity !== undefined && { sourceIdentity }),
        ...(input.TokenCode !== undefined && { mfaAt: now }),
      }),
      AssumedRoleUser: { AssumedRoleId: `${role.id}:${RoleSessionName}`, Arn: sessionArn },
      ...(packed !== undefined && { PackedPolicySize: packed }),
      ...(sourceIdentity !== undefined && { SourceIdentity: sourceIdentity }),
    }
  },
}
