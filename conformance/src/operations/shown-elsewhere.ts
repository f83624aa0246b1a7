/**
 * Operations that the generated suites cannot show, and the file whose tests do: those of our own API, those that nobody signs, and
 * those whose effect no other operation tells.
 */
export const shownElsewhere: ReadonlyMap<string, string> = new Map([
  ['bailiwick:CreateAccount', 'conformance/src/accounts.test.ts'],
  ['bailiwick:GetAccount', 'conformance/src/accounts.test.ts'],
  ['bailiwick:ListAccounts', 'conformance/src/accounts.test.ts'],
  ['bailiwick:CloseAccount', 'conformance/src/accounts.test.ts'],
  ['bailiwick:ListAccountQuotas', 'conformance/src/accounts.test.ts'],
  ['bailiwick:PutAccountQuota', 'conformance/src/accounts.test.ts'],
  ['bailiwick:RegisterWorkload', 'conformance/src/workloads.test.ts'],
  ['bailiwick:ListWorkloads', 'conformance/src/workloads.test.ts'],
  ['bailiwick:RemoveWorkload', 'conformance/src/workloads.test.ts'],
  ['sts:AssumeRoleWithSAML', 'conformance/src/sts-saml.test.ts'],
  ['sts:AssumeRoot', 'conformance/src/sts-assume-root.test.ts'],
  ['sts:AssumeRoleWithWebIdentity', 'conformance/src/sts-web-identity.test.ts'],
  ['iam:EnableOrganizationsRootCredentialsManagement', 'conformance/src/iam-last-accessed.test.ts'],
  ['iam:EnableOrganizationsRootSessions', 'conformance/src/iam-last-accessed.test.ts'],
  ['iam:DisableOrganizationsRootCredentialsManagement', 'conformance/src/iam-last-accessed.test.ts'],
  ['iam:DisableOrganizationsRootSessions', 'conformance/src/iam-last-accessed.test.ts'],
  ['iam:ListOrganizationsFeatures', 'conformance/src/iam-last-accessed.test.ts'],
  ['iam:GenerateOrganizationsAccessReport', 'conformance/src/iam-last-accessed.test.ts'],
  ['iam:GetOrganizationsAccessReport', 'conformance/src/iam-last-accessed.test.ts'],
  ['iam:GetRoleTemplateVersion', 'conformance/src/iam-account-settings.test.ts'],
  ['iam:AcquireRole', 'conformance/src/iam-account-settings.test.ts'],
  ['bailiwick:Explain', 'conformance/src/explain.test.ts'],
  ['sts:DecodeAuthorizationMessage', 'conformance/src/explain.test.ts'],
  ['iam:ResyncMFADevice', 'conformance/src/iam-mfa-devices.test.ts'],
])
