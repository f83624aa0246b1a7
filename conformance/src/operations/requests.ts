/** Rows of what an account says of itself, and of what it asks of others or of its organization. */
import type { RowTable } from './row.js'

const owned = ['delegationRequest', 'ownedDelegationRequest'] as const
const state = (value: string) => ({ by: 'GetDelegationRequest', at: 'DelegationRequest.State', value }) as const
const onRequest = { resource: '$DelegationArn' } as const
const acquired = 'arn:aws:iam::$ACCOUNT:role/w-AcquireRole'
const TemplateArn = 'arn:aws:iam::aws:role-template/iam.amazonaws.com/PowerUserRoleTemplate:1'
const notInOne = 'Your account is not a member of an organization.'
const organization = { refuses: `OrganizationNotFoundException 400 ${notInOne}` }
const job = '00000000-0000-4000-8000-000000000000'
const property = { at: 'Properties.RoleManager/Enabled', value: 'true' } as const

export const requestRows: RowTable = {
  PutAccountProperties: {
    apart: true,
    input: { Properties: { 'RoleManager/Enabled': 'true' } },
    also: [
      {
        action: 'iam:CreateServiceLinkedRole',
        arn: 'arn:aws:iam::$ACCOUNT:role/aws-service-role/role-manager.iam.amazonaws.com/AWSServiceRoleForIAMRoleManager',
      },
    ],
    shows: { by: 'GetAccountProperties', ...property },
  },
  GetAccountProperties: { apart: true, needs: ['accountProperties'], shows: property },

  EnableOrganizationsRootCredentialsManagement: organization,
  EnableOrganizationsRootSessions: organization,
  DisableOrganizationsRootCredentialsManagement: organization,
  DisableOrganizationsRootSessions: organization,
  ListOrganizationsFeatures: organization,
  GenerateOrganizationsAccessReport: {
    input: { EntityPath: 'o-a1b2c3d4e5/r-f6g7' },
    resource: 'arn:aws:iam::$ACCOUNT:access-report/o-a1b2c3d4e5/r-f6g7',
    refuses: `AccessDenied 403 ${notInOne}`,
  },
  GetOrganizationsAccessReport: { input: { JobId: job }, refuses: `NoSuchEntity 404 The job with id ${job} cannot be found.` },

  GetRoleTemplateVersion: {
    input: { TemplateArn },
    shows: { at: 'RoleTemplateVersion.TemplateName', value: 'PowerUserRoleTemplate' },
  },
  AcquireRole: {
    input: {
      TemplateArn,
      ReplacementValues: { RoleName: { Values: ['$RoleName'] }, AWSServiceName: { Values: ['lambda.amazonaws.com'] } },
    },
    also: [
      { action: 'iam:CreateRole', arn: acquired },
      { action: 'iam:AttachRolePolicy', arn: acquired, called: 'role/w-AcquireRole' },
    ],
    shows: { by: 'GetRole', at: 'Role.SourceRoleTemplate.TemplateArn', value: TemplateArn },
  },

  CreateDelegationRequest: {
    input: {
      Permissions: { PolicyTemplateArn: 'arn:aws:iam::aws:delegation-policy/partner' },
      RequestorWorkflowId: 'workflow-of-a-row',
      NotificationChannel: 'arn:aws:sns:us-east-1:000000000000:channel',
      SessionDuration: 3600,
    },
    resource: 'arn:aws:iam::$ACCOUNT:delegation-request/',
    gives: ({ DelegationRequestId }) => ({ DelegationRequestId }),
    shows: state('UNASSIGNED'),
  },
  AssociateDelegationRequest: { needs: ['delegationRequest'], ...onRequest, shows: state('ASSIGNED') },
  UpdateDelegationRequest: { needs: owned, ...onRequest, shows: state('PENDING_APPROVAL') },
  AcceptDelegationRequest: { needs: owned, ...onRequest, shows: state('ACCEPTED') },
  RejectDelegationRequest: { needs: owned, ...onRequest, shows: state('REJECTED') },
  SendDelegationToken: { needs: [...owned, 'acceptedDelegationRequest'], ...onRequest, shows: state('FINALIZED') },
  GetDelegationRequest: { needs: owned, ...onRequest, shows: { at: 'DelegationRequest.Description', value: '$Description' } },
  ListDelegationRequests: { needs: owned, shows: { at: 'DelegationRequests.*.DelegationRequestId', value: '$DelegationRequestId' } },
  GetHumanReadableSummary: { needs: owned, input: { EntityArn: '$DelegationArn' }, shows: { at: 'SummaryState', value: 'AVAILABLE' } },
}
