/** Rows of managed policies, of the account as a whole, and of simulation and reports. */
import { otherDocument } from './documents.js'
import { tags } from './families.js'
import type { RowTable } from './row.js'

const policyGot = { by: 'GetPolicy', at: 'Policy.Arn', value: '$PolicyArn' } as const
const version = { by: 'GetPolicyVersion', at: 'PolicyVersion.VersionId', value: 'v2' } as const
const aliasListed = { by: 'ListAccountAliases', at: 'AccountAliases.*', value: '$AccountAlias' } as const
const passwordLength = { by: 'GetAccountPasswordPolicy', at: 'PasswordPolicy.MinimumPasswordLength', value: 11 } as const

export const policyRows: RowTable = {
  CreatePolicy: {
    input: { Path: '$Path' },
    shows: { by: 'ListPolicies', with: { Scope: 'Local', PathPrefix: '$Path' }, at: 'Policies.*.PolicyName', value: '$PolicyName' },
  },
  GetPolicy: { needs: ['policy'], shows: policyGot },
  ListPolicies: { needs: ['policy'], input: { Scope: 'Local', PathPrefix: '$Path' }, shows: { at: 'Policies.*.Arn', value: '$PolicyArn' } },
  DeletePolicy: { needs: ['policy'], shows: { ...policyGot, gone: true } },
  CreatePolicyVersion: {
    needs: ['policy'],
    input: { PolicyDocument: otherDocument.identity },
    shows: { ...version, with: { VersionId: 'v2' }, at: 'PolicyVersion.Document', value: otherDocument.identity },
  },
  GetPolicyVersion: { needs: ['policy', 'secondVersion'], shows: version },
  ListPolicyVersions: { needs: ['policy', 'secondVersion'], shows: { at: 'Versions.*.VersionId', value: 'v2' } },
  DeletePolicyVersion: { needs: ['policy', 'secondVersion'], shows: { ...version, gone: true } },
  SetDefaultPolicyVersion: {
    needs: ['policy', 'secondVersion'],
    shows: { by: 'GetPolicy', at: 'Policy.DefaultVersionId', value: 'v2' },
  },
  ListEntitiesForPolicy: {
    needs: ['policy', 'user', 'userAttachment'],
    shows: { at: 'PolicyUsers.*.UserName', value: '$UserName' },
  },
  ...tags('Policy', 'policy', 'policyTags'),

  CreateAccountAlias: { apart: true, shows: aliasListed },
  ListAccountAliases: { apart: true, needs: ['alias'], shows: aliasListed },
  DeleteAccountAlias: { apart: true, needs: ['alias'], shows: { ...aliasListed, gone: true } },
  GetAccountSummary: { shows: { at: 'SummaryMap.AccessKeysPerUserQuota', value: 2 } },
  GetAccountAuthorizationDetails: {
    apart: true,
    needs: ['user'],
    input: { Filter: ['User'] },
    shows: { at: 'UserDetailList.*.UserName', value: '$UserName' },
  },
  UpdateAccountPasswordPolicy: { apart: true, input: { MinimumPasswordLength: 11 }, shows: passwordLength },
  GetAccountPasswordPolicy: { apart: true, needs: ['passwordPolicy'], shows: passwordLength },
  DeleteAccountPasswordPolicy: { apart: true, needs: ['passwordPolicy'], shows: { ...passwordLength, gone: true } },

  GetContextKeysForCustomPolicy: {
    input: { PolicyInputList: [conditional('aws:SourceIp')] },
    shows: { at: 'ContextKeyNames.*', value: 'aws:SourceIp' },
  },
  GetContextKeysForPrincipalPolicy: {
    needs: ['user'],
    input: { PolicySourceArn: '$UserArn', PolicyInputList: [conditional('aws:SourceIp')] },
    shows: { at: 'ContextKeyNames.*', value: 'aws:SourceIp' },
  },
  SimulateCustomPolicy: {
    input: { PolicyInputList: [otherDocument.identity], ActionNames: ['iam:ListRoles'] },
    shows: { at: 'EvaluationResults.*.EvalDecision', value: 'allowed' },
  },
  SimulatePrincipalPolicy: {
    needs: ['user', 'userInline'],
    input: { PolicySourceArn: '$UserArn', ActionNames: ['iam:GetUser'] },
    shows: { at: 'EvaluationResults.*.EvalDecision', value: 'allowed' },
  },
  ListPoliciesGrantingServiceAccess: {
    needs: ['user', 'userInline'],
    input: { Arn: '$UserArn', ServiceNamespaces: ['iam'] },
    shows: { at: 'PoliciesGrantingServiceAccess.*.Policies.*.PolicyName', value: '$PolicyName' },
  },
  GenerateServiceLastAccessedDetails: {
    needs: ['user'],
    input: { Arn: '$UserArn' },
    gives: ({ JobId }) => ({ JobId }),
  },
  // A job is told to nobody but who asked for it, whatever rights others have.
  GetServiceLastAccessedDetails: { needs: ['user', 'userInline', 'lastAccessedJob'] },
  GetServiceLastAccessedDetailsWithEntities: {
    needs: ['user', 'userInline', 'lastAccessedJob'],
    input: { ServiceNamespace: 'iam' },
  },
  SetSecurityTokenServicePreferences: {
    apart: true,
    input: { GlobalEndpointTokenVersion: 'v2Token' },
    shows: { by: 'GetAccountSummary', at: 'SummaryMap.GlobalEndpointTokenVersion', value: 2 },
  },
  GenerateCredentialReport: { apart: true, shows: { by: 'GetCredentialReport', at: 'ReportFormat', value: 'text/csv' } },
  GetCredentialReport: { apart: true, needs: ['credentialReport'], shows: { at: 'ReportFormat', value: 'text/csv' } },
}

function conditional(key: string): string {
  const statement = { Effect: 'Allow', Action: 'iam:GetUser', Resource: '*', Condition: { IpAddress: { [key]: '192.0.2.0/24' } } }
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
}
