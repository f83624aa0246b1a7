/** AssumeRole: the trust policy decides, and the answer is a sealed session (iam-behaviour §12, recorded facts 54–63). */
import type { StsOperations } from '@bailiwick/model'
import { codeKeys, usesUpCode } from '../iam/mfa-devices/mfa-code.js'
import { requestTags } from '../iam/noun.js'
import { fail } from '../pipeline/api-error.js'
import type { Caller } from '../pipeline/caller.js'
import type { AlsoRequired, ContextKeys, Look, Operation, ResourceUnderRequest } from '../pipeline/operation.js'
import { roleToAssume } from './assumable-role.js'
import { openRoleSession } from './role-session.js'
import { chainedTags, checkSessionTags } from './session-tags.js'

type AssumeRole = StsOperations['AssumeRole']
type Input = AssumeRole['input']

/** Recorded fact 61. */
const chainedSeconds = 3600

async function theRole(input: Input, look: Look): Promise<ResourceUnderRequest> {
  const role = await roleToAssume(input.RoleArn, look.tx)
  if (look.caller.principal.kind === 'root') fail('AccessDenied', 'Roles may not be assumed by root accounts.')
  // The trust policy may ask for the code that comes with this very call; the session that it gives tells nothing of it.
  const context = await codeKeys(look, input)
  return { ...role, ...(context && { context }) }
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

/**
 * Further actions on the same role that tags or a source identity need (policy-semantics §6.5): those that are passed, and those that the
 * chain hands on, as EKS's pods find whose tags are transitive (eks-pod-identity-agent's issue 80).
 */
async function alsoRequired(input: Input, look: Look): Promise<readonly AlsoRequired[]> {
  const actions: string[] = []
  const handedOn = look.caller.session?.transitiveTagKeys ?? []
  if ((input.Tags?.length ?? 0) + (input.TransitiveTagKeys?.length ?? 0) + handedOn.length > 0) actions.push('sts:TagSession')
  if ((input.SourceIdentity ?? look.caller.session?.sourceIdentity) !== undefined) actions.push('sts:SetSourceIdentity')
  if ((input.ProvidedContexts?.length ?? 0) > 0) actions.push('sts:SetContext')
  if (actions.length === 0) return []
  const resource = await theRole(input, look)
  const keys = keysOf(input, look)
  const providers = (input.ProvidedContexts ?? []).flatMap(({ ProviderArn }) => ProviderArn ?? [])
  const withProviders = providers.length > 0 ? { ...keys, 'sts:RequestContextProviders': providers } : keys
  return actions.map((action) => ({ action, resource, context: action === 'sts:SetContext' ? withProviders : keys }))
}

const isChained = ({ session }: Caller): boolean => session !== undefined && session.switchesRole !== true

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
  async run(input, call) {
    const { caller, now, fail } = call
    const { RoleSessionName, DurationSeconds = chainedSeconds } = input
    if ((input.ProvidedContexts?.length ?? 0) > 0) fail('ValidationError', 'ProvidedContexts are not taken by this server.')
    if (isChained(caller) && DurationSeconds > chainedSeconds) {
      fail('ValidationError', 'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.')
    }
    const sourceIdentity = caller.session?.sourceIdentity ?? input.SourceIdentity
    if (input.SourceIdentity !== undefined && input.SourceIdentity !== sourceIdentity) {
      fail('AccessDenied', 'The source identity of a session cannot be changed by the sessions that follow it.')
    }
    const passed = checkSessionTags(input.Tags, input.TransitiveTagKeys, caller.session, fail)
    const carried = {
      ...chainedTags(passed, caller.session),
      ...(sourceIdentity !== undefined && { sourceIdentity }),
      ...(input.TokenCode !== undefined && { mfaAt: now }),
      ...(isChained(caller) && { chained: true as const }),
    }
    return openRoleSession(input, { sessionName: RoleSessionName, carried }, call)
  },
}
