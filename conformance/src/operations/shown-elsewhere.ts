/**
 * Operations that the generated suites cannot show, and the file whose tests do: those of our own API, and those whose effect no other
 * operation tells.
 */
export const shownElsewhere: ReadonlyMap<string, string> = new Map([
  ['bailiwick:CreateAccount', 'conformance/src/accounts.test.ts'],
  ['bailiwick:GetAccount', 'conformance/src/accounts.test.ts'],
  ['bailiwick:ListAccounts', 'conformance/src/accounts.test.ts'],
  ['bailiwick:CloseAccount', 'conformance/src/accounts.test.ts'],
  ['bailiwick:ListAccountQuotas', 'conformance/src/accounts.test.ts'],
  ['bailiwick:PutAccountQuota', 'conformance/src/accounts.test.ts'],
  ['iam:ResyncMFADevice', 'conformance/src/iam-mfa-devices.test.ts'],
])
