/** Which resource each operation of STS is authorized on (iam-behaviour §12, policy-semantics §6.10). */
import type { OperationResources } from '@bailiwick/model/operations'

export interface StsResources extends OperationResources {
  /** No policy can forbid it. */
  readonly free?: true
}

const account = (operation: string): StsResources => ({ action: `sts:${operation}`, resources: '*' })
const role = (operation: string): StsResources => ({ action: `sts:${operation}`, resources: [{ type: 'role', from: 'RoleArn' }] })

export const stsResources: ReadonlyMap<string, StsResources> = new Map<string, StsResources>([
  ['AssumeRole', role('AssumeRole')],
  ['AssumeRoleWithSAML', role('AssumeRoleWithSAML')],
  ['AssumeRoleWithWebIdentity', role('AssumeRoleWithWebIdentity')],
  ['AssumeRoot', { action: 'sts:AssumeRoot', resources: [{ type: 'root-user' }] }],
  ['DecodeAuthorizationMessage', account('DecodeAuthorizationMessage')],
  ['GetAccessKeyInfo', account('GetAccessKeyInfo')],
  ['GetCallerIdentity', { ...account('GetCallerIdentity'), free: true }],
  ['GetDelegatedAccessToken', account('GetDelegatedAccessToken')],
  ['GetFederationToken', { action: 'sts:GetFederationToken', resources: [{ type: 'federated-user', from: 'Name' }] }],
  ['GetScopedCredentials', account('GetScopedCredentials')],
  ['GetSessionToken', { ...account('GetSessionToken'), free: true }],
  // Recorded in 2026; the service authorization reference knows no resource of it.
  ['GetWebIdentityToken', { action: 'sts:GetWebIdentityToken', resources: [{ type: 'self' }] }],
])
