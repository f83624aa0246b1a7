/** What is kept of a resource, its tags and its boundary, is told to who may read it: an explanation shows a context, and what was seen of it. */
import type { Context } from '@bailiwick/policy'
import { readEntityArn } from '../iam/arns.js'
import { decideOn } from '../pipeline/authorize.js'
import type { Caller } from '../pipeline/caller.js'

interface Asking {
  readonly caller: Caller
  /** The condition keys that every request of the caller has. */
  readonly context: Context
}

const isKept = (key: string): boolean => /^(?:(?:aws|iam):resourcetag\/|iam:permissionsboundary$)/i.test(key)

/** What reads it, by the type of the entity. */
const reading: ReadonlyMap<string, string> = new Map([
  ['user', 'iam:GetUser'],
  ['role', 'iam:GetRole'],
  ['policy', 'iam:GetPolicy'],
  ['instance-profile', 'iam:GetInstanceProfile'],
  ['server-certificate', 'iam:GetServerCertificate'],
  ['oidc-provider', 'iam:GetOpenIDConnectProvider'],
  ['saml-provider', 'iam:GetSAMLProvider'],
  ['mfa', 'iam:ListMFADeviceTags'],
])

/** The context without what the caller may not read of the resource, and a note where that is something. */
export function toldOf(
  context: Context,
  resource: { readonly arn: string; readonly accountId: string },
  asking: Asking,
): { readonly context: Context; readonly note?: string } {
  const all = Object.entries(context)
  const kept = Object.fromEntries(all.filter(([key]) => isKept(key)))
  const lacks = Object.keys(kept).length === 0 ? undefined : lacking(resource, kept, asking)
  if (lacks === undefined) return { context }
  return {
    context: Object.fromEntries(all.filter(([key]) => !isKept(key))),
    note: `the tags and the boundary of ${resource.arn} were not looked at: ${lacks}`,
  }
}

function lacking(
  resource: { readonly arn: string; readonly accountId: string },
  kept: Context,
  { caller, context }: Asking,
): string | undefined {
  const { arn, accountId } = resource
  if (accountId !== caller.accountId) return 'it belongs to another account'
  const action = reading.get(readEntityArn(arn)?.type ?? '')
  if (action === undefined) return 'nobody is told of them here'
  const asked = Object.fromEntries(Object.entries(kept).filter(([key]) => action === 'iam:GetRole' || key !== 'iam:PermissionsBoundary'))
  return decideOn({ action, resource, context: asked }, caller, context).decision.verdict === 'Allowed'
    ? undefined
    : `it takes ${action} on ${arn}`
}
