/** The things that worlds are made of. A row: the call that makes one, what it takes beyond what its model requires, and what it gives. */
import { mfaCode } from '../certificates.support.js'
import type { OperationName, Values } from './client.js'
import { otherDocument } from './documents.js'

export interface Thing {
  readonly call: OperationName
  readonly input?: Values
  /** Values for the world, from the answer. */
  readonly gives?: (answer: Values, values: Values) => Values
}

const path = { Path: '$Path' }
const member = (answer: Values, name: string): Values => answer[name] as Values

export const things = {
  user: { call: 'CreateUser', input: path, gives: (answer) => ({ UserArn: member(answer, 'User').Arn }) },
  group: { call: 'CreateGroup', input: path, gives: (answer) => ({ GroupArn: member(answer, 'Group').Arn }) },
  role: { call: 'CreateRole', input: path, gives: (answer) => ({ RoleArn: member(answer, 'Role').Arn }) },
  policy: { call: 'CreatePolicy', input: path, gives: (answer) => ({ PolicyArn: member(answer, 'Policy').Arn }) },
  instanceProfile: { call: 'CreateInstanceProfile', input: path },
  roleInProfile: { call: 'AddRoleToInstanceProfile' },
  secondVersion: {
    call: 'CreatePolicyVersion',
    input: { PolicyDocument: otherDocument.identity },
    gives: (answer) => ({ VersionId: member(answer, 'PolicyVersion').VersionId }),
  },
  member: { call: 'AddUserToGroup' },
  accessKey: { call: 'CreateAccessKey', gives: (answer) => ({ AccessKeyId: member(answer, 'AccessKey').AccessKeyId }) },
  alias: { call: 'CreateAccountAlias' },

  userTags: { call: 'TagUser' },
  roleTags: { call: 'TagRole' },
  policyTags: { call: 'TagPolicy' },
  instanceProfileTags: { call: 'TagInstanceProfile' },
  mfaTags: { call: 'TagMFADevice' },
  oidcTags: { call: 'TagOpenIDConnectProvider' },
  samlTags: { call: 'TagSAMLProvider' },
  serverCertificateTags: { call: 'TagServerCertificate' },
  userInline: { call: 'PutUserPolicy' },
  groupInline: { call: 'PutGroupPolicy' },
  roleInline: { call: 'PutRolePolicy' },
  userAttachment: { call: 'AttachUserPolicy' },
  groupAttachment: { call: 'AttachGroupPolicy' },
  roleAttachment: { call: 'AttachRolePolicy' },
  userBoundary: { call: 'PutUserPermissionsBoundary', input: { PermissionsBoundary: '$PolicyArn' } },
  roleBoundary: { call: 'PutRolePermissionsBoundary', input: { PermissionsBoundary: '$PolicyArn' } },

  loginProfile: { call: 'CreateLoginProfile', input: { Password: '$Password' } },
  resetLoginProfile: { call: 'CreateLoginProfile', input: { Password: '$Password', PasswordResetRequired: true } },
  passwordPolicy: { call: 'UpdateAccountPasswordPolicy', input: { MinimumPasswordLength: 11 } },
  oidcProvider: {
    call: 'CreateOpenIDConnectProvider',
    input: { ClientIDList: ['$ClientID'], ThumbprintList: '$ThumbprintList' },
    gives: ({ OpenIDConnectProviderArn }) => ({ OpenIDConnectProviderArn }),
  },
  samlProvider: { call: 'CreateSAMLProvider', gives: ({ SAMLProviderArn }) => ({ SAMLProviderArn }) },
  mfaDevice: {
    call: 'CreateVirtualMFADevice',
    input: path,
    gives: (answer) => {
      const { SerialNumber, Base32StringSeed } = member(answer, 'VirtualMFADevice')
      return { SerialNumber, Seed: Buffer.from(Base32StringSeed as Uint8Array).toString('latin1') }
    },
  },
  enabledMfa: {
    call: 'EnableMFADevice',
    input: {
      AuthenticationCode1: ({ Seed }: Values) => mfaCode(Seed as string, -1),
      AuthenticationCode2: ({ Seed }: Values) => mfaCode(Seed as string),
    },
  },
  serverCertificate: { call: 'UploadServerCertificate', input: path },
  signingCertificate: {
    call: 'UploadSigningCertificate',
    gives: (answer) => ({ CertificateId: member(answer, 'Certificate').CertificateId }),
  },
  sshKey: { call: 'UploadSSHPublicKey', gives: (answer) => ({ SSHPublicKeyId: member(answer, 'SSHPublicKey').SSHPublicKeyId }) },
  serviceCredential: {
    call: 'CreateServiceSpecificCredential',
    gives: (answer) => ({ ServiceSpecificCredentialId: member(answer, 'ServiceSpecificCredential').ServiceSpecificCredentialId }),
  },
  serviceLinkedRole: {
    call: 'CreateServiceLinkedRole',
    input: { AWSServiceName: 'autoscaling.amazonaws.com', CustomSuffix: '$CustomSuffix' },
    gives: (answer) => ({ RoleName: member(answer, 'Role').RoleName, RoleArn: member(answer, 'Role').Arn }),
  },
  serviceLinkedDeletion: { call: 'DeleteServiceLinkedRole', gives: ({ DeletionTaskId }) => ({ DeletionTaskId }) },
  outboundFederation: { call: 'EnableOutboundWebIdentityFederation' },
  credentialReport: { call: 'GenerateCredentialReport' },
  lastAccessedJob: { call: 'GenerateServiceLastAccessedDetails', input: { Arn: '$UserArn' }, gives: ({ JobId }) => ({ JobId }) },
  accountProperties: { call: 'PutAccountProperties', input: { Properties: { 'RoleManager/Enabled': 'true' } } },
  delegationRequest: {
    call: 'CreateDelegationRequest',
    input: {
      Permissions: { PolicyTemplateArn: 'arn:aws:iam::aws:delegation-policy/partner' },
      RequestorWorkflowId: ({ Name }: Values) => `workflow-of-${Name}`,
      NotificationChannel: 'arn:aws:sns:us-east-1:000000000000:channel',
      SessionDuration: 3600,
    },
    gives: ({ DelegationRequestId }, { Account }) => ({
      DelegationRequestId,
      DelegationArn: `arn:aws:iam::${Account}:delegation-request/${DelegationRequestId}`,
    }),
  },
  ownedDelegationRequest: { call: 'AssociateDelegationRequest' },
  acceptedDelegationRequest: { call: 'AcceptDelegationRequest' },
} as const satisfies Readonly<Record<string, Thing>>

export type ThingName = keyof typeof things
