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
  ['bailiwick:Explain', 'conformance/src/explain.test.ts'],
  ['sts:DecodeAuthorizationMessage', 'conformance/src/explain.test.ts'],
  ['iam:ResyncMFADevice', 'conformance/src/iam-mfa-devices.test.ts'],
  ['iam:GenerateServiceLastAccessedDetails', 'conformance/src/iam-last-accessed.test.ts'],
  ['iam:GetServiceLastAccessedDetails', 'conformance/src/iam-last-accessed.test.ts'],
  ['iam:GetServiceLastAccessedDetailsWithEntities', 'conformance/src/iam-last-accessed.test.ts'],
  ['iam:GetMFADevice', 'packages/server/src/iam/mfa-devices/mfa-devices.test.ts'],
])
