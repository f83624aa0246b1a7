/** IAM's calls about an organization. No account of this server is in one yet, and each answers so. */
import type { IamOperations, iam } from '@bailiwick/model'
import type { ContextKeys, Operation, Rows } from '../../pipeline/operation.js'
import { onAccount } from '../noun.js'

const notInOne = 'Your account is not a member of an organization.'

interface Failing {
  fail(code: 'OrganizationNotFoundException', message: string): never
}

const aboutOrganization = {
  access: onAccount,
  shows: { input: [] },
  run: async (_: object, { fail }: Failing): Promise<never> => fail('OrganizationNotFoundException', notInOne),
} as const

type ReportRequest = iam.GenerateOrganizationsAccessReportRequest

const generateReport: Operation<IamOperations['GenerateOrganizationsAccessReport']> = {
  mode: 'write',
  access: {
    resource: async ({ EntityPath }: ReportRequest, { tx }) => ({
      arn: `arn:aws:iam::${tx.accountId}:access-report/${EntityPath}`,
      accountId: tx.accountId,
    }),
    context: ({ OrganizationsPolicyId }): ContextKeys =>
      OrganizationsPolicyId === undefined ? {} : { 'iam:OrganizationsPolicyId': OrganizationsPolicyId },
  },
  shows: { input: ['EntityPath', 'OrganizationsPolicyId'], output: ['JobId'] },
  // The model has no code for it: who is not the management account is not authorized.
  run: async (_, { fail }) => fail('AccessDenied', notInOne),
}

const getReport: Operation<IamOperations['GetOrganizationsAccessReport']> = {
  mode: 'read',
  access: onAccount,
  shows: { input: ['JobId', 'MaxItems', 'Marker', 'SortKey'] },
  run: async ({ JobId }, { fail }) => fail('NoSuchEntity', `The job with id ${JobId} cannot be found.`),
}

type Op<Name extends keyof IamOperations> = Operation<IamOperations[Name]>
const enableCredentials: Op<'EnableOrganizationsRootCredentialsManagement'> = { mode: 'write', ...aboutOrganization }
const enableSessions: Op<'EnableOrganizationsRootSessions'> = { mode: 'write', ...aboutOrganization }
const disableCredentials: Op<'DisableOrganizationsRootCredentialsManagement'> = { mode: 'write', ...aboutOrganization }
const disableSessions: Op<'DisableOrganizationsRootSessions'> = { mode: 'write', ...aboutOrganization }
const listFeatures: Op<'ListOrganizationsFeatures'> = { mode: 'read', ...aboutOrganization }

export const organizationRows = {
  EnableOrganizationsRootCredentialsManagement: enableCredentials,
  EnableOrganizationsRootSessions: enableSessions,
  DisableOrganizationsRootCredentialsManagement: disableCredentials,
  DisableOrganizationsRootSessions: disableSessions,
  ListOrganizationsFeatures: listFeatures,
  GenerateOrganizationsAccessReport: generateReport,
  GetOrganizationsAccessReport: getReport,
} satisfies Partial<Rows<IamOperations>>
