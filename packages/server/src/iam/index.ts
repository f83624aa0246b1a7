/**
 * IAM: users, groups, roles, policies and what belongs to them. A folder a kind of entity; what several kinds share is in `families/`.
 * Read `records.ts` (what is kept), `noun.ts` (what a kind is), then `users/users.ts` as the example of all.
 */
import type { IamOperations } from '@bailiwick/model'
import { defineService, type Service } from '../pipeline/operation.js'
import { accessKeyRows } from './access-keys/access-keys.js'
import { accountRows } from './account/account-rows.js'
import { outboundFederationRows } from './account/outbound-federation.js'
import { accountSettingRows } from './account-settings/account-settings.js'
import { credentialReportRows } from './credential-report/credential-report.js'
import { delegationRequestRows } from './delegation-requests/delegation-requests.js'
import { groupRows } from './groups/groups.js'
import { oidcProviderRows, samlProviderRows } from './identity-providers/index.js'
import { instanceProfileRows } from './instance-profiles/instance-profiles.js'
import { lastAccessedRows } from './last-accessed/index.js'
import { loginProfileRows } from './login-profiles/login-profiles.js'
import { mfaDeviceRows } from './mfa-devices/mfa-devices.js'
import { organizationRows } from './organizations/organization-rows.js'
import { passwordPolicyRows } from './password-policy/password-policy.js'
import { entitiesForPolicyRows } from './policies/entities-for-policy.js'
import { policyRows } from './policies/policies.js'
import { policyVersionRows } from './policies/policy-versions.js'
import { roleTemplateRows } from './role-templates/role-templates.js'
import { roleRows } from './roles/roles.js'
import { serverCertificateRows } from './server-certificates/server-certificates.js'
import { serviceLinkedRoleRows } from './service-linked-roles/service-linked-roles.js'
import { serviceSpecificCredentialRows } from './service-specific-credentials/service-specific-credentials.js'
import { signingCertificateRows } from './signing-certificates/signing-certificates.js'
import { contextKeyRows, simulateRows } from './simulate/index.js'
import { sshPublicKeyRows } from './ssh-public-keys/ssh-public-keys.js'
import { userRows } from './users/users.js'

export const iam: Service = defineService<IamOperations>('iam')(
  {
    ...userRows,
    ...groupRows,
    ...roleRows,
    ...policyRows,
    ...policyVersionRows,
    ...entitiesForPolicyRows,
    ...accessKeyRows,
    ...loginProfileRows,
    ...passwordPolicyRows,
    ...mfaDeviceRows,
    ...serviceSpecificCredentialRows,
    ...sshPublicKeyRows,
    ...signingCertificateRows,
    ...serverCertificateRows,
    ...instanceProfileRows,
    ...accountRows,
    ...outboundFederationRows,
    ...oidcProviderRows,
    ...samlProviderRows,
    ...contextKeyRows,
    ...serviceLinkedRoleRows,
    ...lastAccessedRows,
    ...credentialReportRows,
    ...accountSettingRows,
    ...organizationRows,
    ...roleTemplateRows,
    ...delegationRequestRows,
    ...simulateRows,
  },
  [],
)
