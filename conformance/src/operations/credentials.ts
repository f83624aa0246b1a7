/** Rows of everything that proves who somebody is: passwords, MFA devices, certificates, keys, identity providers, and STS. */
import { mfaCode } from '../certificates.support.js'
import { samlMetadata } from '../saml-metadata.support.js'
import type { Values } from './client.js'
import { tags } from './families.js'
import type { RowTable } from './row.js'

const codes = {
  AuthenticationCode1: ({ Seed }: Values) => mfaCode(Seed as string, -1),
  AuthenticationCode2: ({ Seed }: Values) => mfaCode(Seed as string),
}
const laterCodes = {
  AuthenticationCode1: ({ Seed }: Values) => mfaCode(Seed as string, 1),
  AuthenticationCode2: ({ Seed }: Values) => mfaCode(Seed as string, 2),
}
const ofTheUser = { UserName: '$UserName' }
const resetNeeded = { by: 'GetLoginProfile', at: 'LoginProfile.PasswordResetRequired' } as const
const device = { by: 'ListMFADevices', with: ofTheUser, at: 'MFADevices.*.SerialNumber', value: '$SerialNumber' } as const
const virtual = { by: 'ListVirtualMFADevices', at: 'VirtualMFADevices.*.SerialNumber', value: '$SerialNumber' } as const
const provider = ({ Account, Url }: Values): string => `arn:aws:iam::${Account}:oidc-provider/${String(Url).slice('https://'.length)}`
const client = { by: 'GetOpenIDConnectProvider', at: 'ClientIDList.*', value: '$ClientID' } as const
const saml = { by: 'ListSAMLProviders', at: 'SAMLProviderList.*.Arn', value: '$SAMLProviderArn' } as const
const changedMetadata = samlMetadata({ entityId: 'https://other.example.com/saml' })
const server = { by: 'GetServerCertificate', at: 'ServerCertificate.ServerCertificateMetadata.Path', value: '$Path' } as const
const outbound = { by: 'GetOutboundWebIdentityFederationInfo', at: 'JwtVendingEnabled', value: true } as const
const signing = { by: 'ListSigningCertificates', at: 'Certificates.*.CertificateId', value: '$CertificateId' } as const
const ssh = { by: 'GetSSHPublicKey', with: { Encoding: 'SSH' }, at: 'SSHPublicKey.SSHPublicKeyId', value: '$SSHPublicKeyId' } as const
const service = {
  by: 'ListServiceSpecificCredentials',
  at: 'ServiceSpecificCredentials.*.ServiceSpecificCredentialId',
  value: '$ServiceSpecificCredentialId',
} as const

export const credentialRows: RowTable = {
  CreateLoginProfile: {
    needs: ['user'],
    input: { UserName: '$UserName', Password: '$Password' },
    shows: { by: 'GetLoginProfile', at: 'LoginProfile.UserName', value: '$UserName' },
  },
  GetLoginProfile: { needs: ['user', 'loginProfile'], shows: { at: 'LoginProfile.UserName', value: '$UserName' } },
  UpdateLoginProfile: {
    needs: ['user', 'loginProfile'],
    input: { PasswordResetRequired: true },
    shows: { ...resetNeeded, value: true },
  },
  DeleteLoginProfile: {
    needs: ['user', 'loginProfile'],
    shows: { by: 'GetLoginProfile', at: 'LoginProfile.UserName', value: '$UserName', gone: true },
  },
  ChangePassword: {
    self: true,
    needs: ['user', 'resetLoginProfile'],
    input: { OldPassword: '$Password', NewPassword: 'Another-horse-8-battery' },
    shows: { ...resetNeeded, value: true, gone: true },
  },

  CreateVirtualMFADevice: {
    input: { Path: '$Path' },
    shows: {
      by: 'ListVirtualMFADevices',
      at: 'VirtualMFADevices.*.SerialNumber',
      value: ({ Account, Path, VirtualMFADeviceName }: Values) => `arn:aws:iam::${Account}:mfa${Path}${VirtualMFADeviceName}`,
    },
  },
  ListVirtualMFADevices: { needs: ['mfaDevice'], shows: virtual },
  DeleteVirtualMFADevice: { needs: ['mfaDevice'], shows: { ...virtual, gone: true } },
  EnableMFADevice: { needs: ['user', 'mfaDevice'], input: codes, shows: device },
  ListMFADevices: { needs: ['user', 'mfaDevice', 'enabledMfa'], shows: device },
  DeactivateMFADevice: { needs: ['user', 'mfaDevice', 'enabledMfa'], shows: { ...device, gone: true } },
  ResyncMFADevice: { needs: ['user', 'mfaDevice', 'enabledMfa'], input: laterCodes },
  GetMFADevice: {
    needs: ['user'],
    input: { UserName: '$UserName', SerialNumber: ({ Account }: Values) => `arn:aws:iam::${Account}:u2f/user/absent` },
  },
  ...tags('MFADevice', 'mfaDevice', 'mfaTags'),

  CreateOpenIDConnectProvider: {
    shows: { by: 'ListOpenIDConnectProviders', at: 'OpenIDConnectProviderList.*.Arn', value: provider },
  },
  GetOpenIDConnectProvider: { needs: ['oidcProvider'], shows: client },
  ListOpenIDConnectProviders: {
    needs: ['oidcProvider'],
    shows: { at: 'OpenIDConnectProviderList.*.Arn', value: '$OpenIDConnectProviderArn' },
  },
  DeleteOpenIDConnectProvider: { needs: ['oidcProvider'], shows: { ...client, gone: true } },
  AddClientIDToOpenIDConnectProvider: {
    needs: ['oidcProvider'],
    input: { ClientID: 'another' },
    shows: { ...client, value: 'another' },
  },
  RemoveClientIDFromOpenIDConnectProvider: { needs: ['oidcProvider'], shows: { ...client, gone: true } },
  UpdateOpenIDConnectProviderThumbprint: {
    needs: ['oidcProvider'],
    input: { ThumbprintList: ['b'.repeat(40)] },
    shows: { by: 'GetOpenIDConnectProvider', at: 'ThumbprintList.*', value: 'b'.repeat(40) },
  },
  ...tags('OpenIDConnectProvider', 'oidcProvider', 'oidcTags'),

  CreateSAMLProvider: {
    shows: {
      by: 'ListSAMLProviders',
      at: 'SAMLProviderList.*.Arn',
      value: ({ Account, Name }: Values) => `arn:aws:iam::${Account}:saml-provider/${Name}`,
    },
  },
  GetSAMLProvider: { needs: ['samlProvider'], shows: { at: 'SAMLMetadataDocument', value: '$SAMLMetadataDocument' } },
  ListSAMLProviders: { needs: ['samlProvider'], shows: saml },
  DeleteSAMLProvider: { needs: ['samlProvider'], shows: { ...saml, gone: true } },
  UpdateSAMLProvider: {
    needs: ['samlProvider'],
    input: { SAMLMetadataDocument: changedMetadata },
    shows: { by: 'GetSAMLProvider', at: 'SAMLMetadataDocument', value: changedMetadata },
  },
  ...tags('SAMLProvider', 'samlProvider', 'samlTags'),

  UploadServerCertificate: { input: { Path: '$Path' }, shows: server },
  GetServerCertificate: { needs: ['serverCertificate'], shows: server },
  ListServerCertificates: {
    needs: ['serverCertificate'],
    shows: { at: 'ServerCertificateMetadataList.*.ServerCertificateName', value: '$ServerCertificateName' },
  },
  UpdateServerCertificate: {
    needs: ['serverCertificate'],
    input: { NewServerCertificateName: 'renamed-certificate', NewPath: '$NewPath' },
    shows: { ...server, with: { ServerCertificateName: 'renamed-certificate' }, value: '$NewPath' },
  },
  DeleteServerCertificate: { needs: ['serverCertificate'], shows: { ...server, gone: true } },
  ...tags('ServerCertificate', 'serverCertificate', 'serverCertificateTags'),

  UploadSigningCertificate: { needs: ['user'], shows: { ...signing, at: 'Certificates.*.UserName', value: '$UserName' } },
  ListSigningCertificates: { needs: ['user', 'signingCertificate'], shows: signing },
  UpdateSigningCertificate: {
    needs: ['user', 'signingCertificate'],
    shows: { ...signing, at: 'Certificates.*.Status', value: 'Inactive' },
  },
  DeleteSigningCertificate: { needs: ['user', 'signingCertificate'], shows: { ...signing, gone: true } },

  UploadSSHPublicKey: { needs: ['user'], shows: { by: 'ListSSHPublicKeys', at: 'SSHPublicKeys.*.UserName', value: '$UserName' } },
  GetSSHPublicKey: { needs: ['user', 'sshKey'], input: { Encoding: 'SSH' }, shows: ssh },
  ListSSHPublicKeys: { needs: ['user', 'sshKey'], shows: { at: 'SSHPublicKeys.*.SSHPublicKeyId', value: '$SSHPublicKeyId' } },
  UpdateSSHPublicKey: { needs: ['user', 'sshKey'], shows: { ...ssh, at: 'SSHPublicKey.Status', value: 'Inactive' } },
  DeleteSSHPublicKey: { needs: ['user', 'sshKey'], shows: { ...ssh, gone: true } },

  CreateServiceSpecificCredential: {
    needs: ['user'],
    shows: { ...service, at: 'ServiceSpecificCredentials.*.UserName', value: '$UserName' },
  },
  ListServiceSpecificCredentials: { needs: ['user', 'serviceCredential'], shows: service },
  UpdateServiceSpecificCredential: {
    needs: ['user', 'serviceCredential'],
    shows: { ...service, at: 'ServiceSpecificCredentials.*.Status', value: 'Inactive' },
  },
  // What it changes is told by its own answer alone.
  ResetServiceSpecificCredential: { needs: ['user', 'serviceCredential'], shows: { at: 'ServiceSpecificCredential.ServicePassword' } },
  DeleteServiceSpecificCredential: { needs: ['user', 'serviceCredential'], shows: { ...service, gone: true } },

  EnableOutboundWebIdentityFederation: { apart: true, shows: outbound },
  GetOutboundWebIdentityFederationInfo: { apart: true, needs: ['outboundFederation'], shows: outbound },
  DisableOutboundWebIdentityFederation: { apart: true, needs: ['outboundFederation'], shows: { ...outbound, gone: true } },

  AssumeRole: { needs: ['role'], input: { RoleSessionName: 'visit' }, shows: { at: 'AssumedRoleUser.Arn', passing: true } },
  GetCallerIdentity: { shows: { at: 'Account', value: '$Account' } },
  GetSessionToken: { shows: { at: 'Credentials.SessionToken' } },
  GetAccessKeyInfo: { needs: ['user', 'accessKey'], shows: { at: 'Account', value: '$Account' } },
  GetDelegatedAccessToken: {
    input: { TradeInToken: 'not-a-token-of-anybody' },
    refuses: 'ExpiredTradeInTokenException 400 The trade-in token is expired or not valid.',
  },
  GetWebIdentityToken: {
    resource: 'arn:aws:sts::$ACCOUNT:self',
    apart: true,
    needs: ['outboundFederation'],
    input: { Audience: ['https://audience.example.com'], SigningAlgorithm: 'RS256' },
    shows: { at: 'WebIdentityToken', passing: true },
  },
  GetFederationToken: {
    resource: 'arn:aws:sts::$ACCOUNT:federated-user/visitor',
    input: { Name: 'visitor' },
    shows: { at: 'FederatedUser.Arn', value: ({ Account }: Values) => `arn:aws:sts::${Account}:federated-user/visitor` },
  },
}
