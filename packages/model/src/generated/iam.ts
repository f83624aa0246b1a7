// Generated from packages/model/data by `npm run generate`. Do not edit.
export interface AcceptDelegationRequestRequest {
  readonly DelegationRequestId: string
}

export interface AccessDetail {
  readonly ServiceName: string
  readonly ServiceNamespace: string
  readonly Region?: string
  readonly EntityPath?: string
  readonly LastAuthenticatedTime?: Date
  readonly TotalAuthenticatedEntities?: number
}

export interface AccessKey {
  readonly UserName: string
  readonly AccessKeyId: string
  readonly Status: "Active" | "Inactive" | "Expired"
  readonly SecretAccessKey: string
  readonly CreateDate?: Date
}

export interface AccessKeyLastUsed {
  readonly LastUsedDate?: Date
  readonly ServiceName: string
  readonly Region: string
}

export interface AccessKeyMetadata {
  readonly UserName?: string
  readonly AccessKeyId?: string
  readonly Status?: "Active" | "Inactive" | "Expired"
  readonly CreateDate?: Date
}

export interface AddClientIDToOpenIDConnectProviderRequest {
  readonly OpenIDConnectProviderArn: string
  readonly ClientID: string
}

export interface AddRoleToInstanceProfileRequest {
  readonly InstanceProfileName: string
  readonly RoleName: string
}

export interface AddUserToGroupRequest {
  readonly GroupName: string
  readonly UserName: string
}

export interface AssociateDelegationRequestRequest {
  readonly DelegationRequestId: string
}

export interface AttachGroupPolicyRequest {
  readonly GroupName: string
  readonly PolicyArn: string
}

export interface AttachRolePolicyRequest {
  readonly RoleName: string
  readonly PolicyArn: string
}

export interface AttachUserPolicyRequest {
  readonly UserName: string
  readonly PolicyArn: string
}

export interface AttachedPermissionsBoundary {
  readonly PermissionsBoundaryType?: "PermissionsBoundaryPolicy"
  readonly PermissionsBoundaryArn?: string
}

export interface AttachedPolicy {
  readonly PolicyName?: string
  readonly PolicyArn?: string
}

export interface ChangePasswordRequest {
  readonly OldPassword: string
  readonly NewPassword: string
}

export interface ContextEntry {
  readonly ContextKeyName?: string
  readonly ContextKeyValues?: readonly string[]
  readonly ContextKeyType?: "binary" | "ipList" | "booleanList" | "ip" | "boolean" | "numericList" | "dateList" | "numeric" | "date" | "stringList" | "string" | "binaryList"
}

export interface CreateAccessKeyRequest {
  readonly UserName?: string
}

export interface CreateAccessKeyResponse {
  readonly AccessKey: AccessKey
}

export interface CreateAccountAliasRequest {
  readonly AccountAlias: string
}

export interface CreateDelegationRequestRequest {
  readonly OwnerAccountId?: string
  readonly Description: string
  readonly Permissions: DelegationPermission
  readonly RequestMessage?: string
  readonly RequestorWorkflowId: string
  readonly RedirectUrl?: string
  readonly NotificationChannel: string
  readonly SessionDuration: number
  readonly OnlySendByOwner?: boolean
}

export interface CreateDelegationRequestResponse {
  readonly ConsoleDeepLink?: string
  readonly DelegationRequestId?: string
}

export interface CreateGroupRequest {
  readonly Path?: string
  readonly GroupName: string
}

export interface CreateGroupResponse {
  readonly Group: Group
}

export interface CreateInstanceProfileRequest {
  readonly InstanceProfileName: string
  readonly Path?: string
  readonly Tags?: readonly Tag[]
}

export interface CreateInstanceProfileResponse {
  readonly InstanceProfile: InstanceProfile
}

export interface CreateLoginProfileRequest {
  readonly UserName?: string
  readonly Password?: string
  readonly PasswordResetRequired?: boolean
}

export interface CreateLoginProfileResponse {
  readonly LoginProfile: LoginProfile
}

export interface CreateOpenIDConnectProviderRequest {
  readonly Url: string
  readonly ClientIDList?: readonly string[]
  readonly ThumbprintList?: readonly string[]
  readonly Tags?: readonly Tag[]
}

export interface CreateOpenIDConnectProviderResponse {
  readonly OpenIDConnectProviderArn?: string
  readonly Tags?: readonly Tag[]
}

export interface CreatePolicyRequest {
  readonly PolicyName: string
  readonly Path?: string
  readonly PolicyDocument: string
  readonly Description?: string
  readonly Tags?: readonly Tag[]
}

export interface CreatePolicyResponse {
  readonly Policy?: Policy
}

export interface CreatePolicyVersionRequest {
  readonly PolicyArn: string
  readonly PolicyDocument: string
  readonly SetAsDefault?: boolean
}

export interface CreatePolicyVersionResponse {
  readonly PolicyVersion?: PolicyVersion
}

export interface CreateRoleRequest {
  readonly Path?: string
  readonly RoleName: string
  readonly AssumeRolePolicyDocument: string
  readonly Description?: string
  readonly MaxSessionDuration?: number
  readonly PermissionsBoundary?: string
  readonly Tags?: readonly Tag[]
}

export interface CreateRoleResponse {
  readonly Role: Role
}

export interface CreateSAMLProviderRequest {
  readonly SAMLMetadataDocument: string
  readonly Name: string
  readonly Tags?: readonly Tag[]
  readonly AssertionEncryptionMode?: "Required" | "Allowed"
  readonly AddPrivateKey?: string
}

export interface CreateSAMLProviderResponse {
  readonly SAMLProviderArn?: string
  readonly Tags?: readonly Tag[]
}

export interface CreateServiceLinkedRoleRequest {
  readonly AWSServiceName: string
  readonly Description?: string
  readonly CustomSuffix?: string
}

export interface CreateServiceLinkedRoleResponse {
  readonly Role?: Role
}

export interface CreateServiceSpecificCredentialRequest {
  readonly UserName: string
  readonly ServiceName: string
  readonly CredentialAgeDays?: number
}

export interface CreateServiceSpecificCredentialResponse {
  readonly ServiceSpecificCredential?: ServiceSpecificCredential
}

export interface CreateUserRequest {
  readonly Path?: string
  readonly UserName: string
  readonly PermissionsBoundary?: string
  readonly Tags?: readonly Tag[]
}

export interface CreateUserResponse {
  readonly User?: User
}

export interface CreateVirtualMFADeviceRequest {
  readonly Path?: string
  readonly VirtualMFADeviceName: string
  readonly Tags?: readonly Tag[]
}

export interface CreateVirtualMFADeviceResponse {
  readonly VirtualMFADevice: VirtualMFADevice
}

export interface DeactivateMFADeviceRequest {
  readonly UserName?: string
  readonly SerialNumber: string
}

export interface DelegationPermission {
  readonly PolicyTemplateArn?: string
  readonly Parameters?: readonly PolicyParameter[]
}

export interface DelegationRequest {
  readonly DelegationRequestId?: string
  readonly OwnerAccountId?: string
  readonly Description?: string
  readonly RequestMessage?: string
  readonly Permissions?: DelegationPermission
  readonly PermissionPolicy?: string
  readonly RolePermissionRestrictionArns?: readonly string[]
  readonly OwnerId?: string
  readonly ApproverId?: string
  readonly State?: "UNASSIGNED" | "ASSIGNED" | "PENDING_APPROVAL" | "FINALIZED" | "ACCEPTED" | "REJECTED" | "EXPIRED"
  readonly ExpirationTime?: Date
  readonly RequestorId?: string
  readonly RequestorName?: string
  readonly CreateDate?: Date
  readonly SessionDuration?: number
  readonly RedirectUrl?: string
  readonly Notes?: string
  readonly RejectionReason?: string
  readonly OnlySendByOwner?: boolean
  readonly UpdatedTime?: Date
}

export interface DeleteAccessKeyRequest {
  readonly UserName?: string
  readonly AccessKeyId: string
}

export interface DeleteAccountAliasRequest {
  readonly AccountAlias: string
}

export interface DeleteGroupPolicyRequest {
  readonly GroupName: string
  readonly PolicyName: string
}

export interface DeleteGroupRequest {
  readonly GroupName: string
}

export interface DeleteInstanceProfileRequest {
  readonly InstanceProfileName: string
}

export interface DeleteLoginProfileRequest {
  readonly UserName?: string
}

export interface DeleteOpenIDConnectProviderRequest {
  readonly OpenIDConnectProviderArn: string
}

export interface DeletePolicyRequest {
  readonly PolicyArn: string
}

export interface DeletePolicyVersionRequest {
  readonly PolicyArn: string
  readonly VersionId: string
}

export interface DeleteRolePermissionsBoundaryRequest {
  readonly RoleName: string
}

export interface DeleteRolePolicyRequest {
  readonly RoleName: string
  readonly PolicyName: string
}

export interface DeleteRoleRequest {
  readonly RoleName: string
}

export interface DeleteSAMLProviderRequest {
  readonly SAMLProviderArn: string
}

export interface DeleteSSHPublicKeyRequest {
  readonly UserName: string
  readonly SSHPublicKeyId: string
}

export interface DeleteServerCertificateRequest {
  readonly ServerCertificateName: string
}

export interface DeleteServiceLinkedRoleRequest {
  readonly RoleName: string
}

export interface DeleteServiceLinkedRoleResponse {
  readonly DeletionTaskId: string
}

export interface DeleteServiceSpecificCredentialRequest {
  readonly UserName?: string
  readonly ServiceSpecificCredentialId: string
}

export interface DeleteSigningCertificateRequest {
  readonly UserName?: string
  readonly CertificateId: string
}

export interface DeleteUserPermissionsBoundaryRequest {
  readonly UserName: string
}

export interface DeleteUserPolicyRequest {
  readonly UserName: string
  readonly PolicyName: string
}

export interface DeleteUserRequest {
  readonly UserName: string
}

export interface DeleteVirtualMFADeviceRequest {
  readonly SerialNumber: string
}

export interface DeletionTaskFailureReasonType {
  readonly Reason?: string
  readonly RoleUsageList?: readonly RoleUsageType[]
}

export interface DetachGroupPolicyRequest {
  readonly GroupName: string
  readonly PolicyArn: string
}

export interface DetachRolePolicyRequest {
  readonly RoleName: string
  readonly PolicyArn: string
}

export interface DetachUserPolicyRequest {
  readonly UserName: string
  readonly PolicyArn: string
}

export interface DisableOrganizationsRootCredentialsManagementRequest {}

export interface DisableOrganizationsRootCredentialsManagementResponse {
  readonly OrganizationId?: string
  readonly EnabledFeatures?: readonly ("RootCredentialsManagement" | "RootSessions")[]
}

export interface DisableOrganizationsRootSessionsRequest {}

export interface DisableOrganizationsRootSessionsResponse {
  readonly OrganizationId?: string
  readonly EnabledFeatures?: readonly ("RootCredentialsManagement" | "RootSessions")[]
}

export interface EnableMFADeviceRequest {
  readonly UserName: string
  readonly SerialNumber: string
  readonly AuthenticationCode1: string
  readonly AuthenticationCode2: string
}

export interface EnableOrganizationsRootCredentialsManagementRequest {}

export interface EnableOrganizationsRootCredentialsManagementResponse {
  readonly OrganizationId?: string
  readonly EnabledFeatures?: readonly ("RootCredentialsManagement" | "RootSessions")[]
}

export interface EnableOrganizationsRootSessionsRequest {}

export interface EnableOrganizationsRootSessionsResponse {
  readonly OrganizationId?: string
  readonly EnabledFeatures?: readonly ("RootCredentialsManagement" | "RootSessions")[]
}

export interface EnableOutboundWebIdentityFederationResponse {
  readonly IssuerIdentifier?: string
}

export interface EntityDetails {
  readonly EntityInfo: EntityInfo
  readonly LastAuthenticated?: Date
}

export interface EntityInfo {
  readonly Arn: string
  readonly Name: string
  readonly Type: "USER" | "ROLE" | "GROUP"
  readonly Id: string
  readonly Path?: string
}

export interface ErrorDetails {
  readonly Message: string
  readonly Code: string
}

export interface EvaluationResult {
  readonly EvalActionName: string
  readonly EvalResourceName?: string
  readonly EvalDecision: "allowed" | "explicitDeny" | "implicitDeny"
  readonly MatchedStatements?: readonly Statement[]
  readonly MissingContextValues?: readonly string[]
  readonly OrganizationsDecisionDetail?: OrganizationsDecisionDetail
  readonly PermissionsBoundaryDecisionDetail?: PermissionsBoundaryDecisionDetail
  readonly EvalDecisionDetails?: Readonly<Record<string, "allowed" | "explicitDeny" | "implicitDeny">>
  readonly ResourceSpecificResults?: readonly ResourceSpecificResult[]
}

export interface GenerateCredentialReportResponse {
  readonly State?: "STARTED" | "INPROGRESS" | "COMPLETE"
  readonly Description?: string
}

export interface GenerateOrganizationsAccessReportRequest {
  readonly EntityPath: string
  readonly OrganizationsPolicyId?: string
}

export interface GenerateOrganizationsAccessReportResponse {
  readonly JobId?: string
}

export interface GenerateServiceLastAccessedDetailsRequest {
  readonly Arn: string
  readonly Granularity?: "SERVICE_LEVEL" | "ACTION_LEVEL"
}

export interface GenerateServiceLastAccessedDetailsResponse {
  readonly JobId?: string
}

export interface GetAccessKeyLastUsedRequest {
  readonly AccessKeyId: string
}

export interface GetAccessKeyLastUsedResponse {
  readonly UserName?: string
  readonly AccessKeyLastUsed?: AccessKeyLastUsed
}

export interface GetAccountAuthorizationDetailsRequest {
  readonly Filter?: readonly ("LocalManagedPolicy" | "User" | "AWSManagedPolicy" | "Role" | "Group")[]
  readonly MaxItems?: number
  readonly Marker?: string
}

export interface GetAccountAuthorizationDetailsResponse {
  readonly UserDetailList?: readonly UserDetail[]
  readonly GroupDetailList?: readonly GroupDetail[]
  readonly RoleDetailList?: readonly RoleDetail[]
  readonly Policies?: readonly ManagedPolicyDetail[]
  readonly IsTruncated?: boolean
  readonly Marker?: string
}

export interface GetAccountPasswordPolicyResponse {
  readonly PasswordPolicy: PasswordPolicy
}

export interface GetAccountSummaryResponse {
  readonly SummaryMap?: Readonly<Record<string, number>>
}

export interface GetContextKeysForCustomPolicyRequest {
  readonly PolicyInputList: readonly string[]
}

export interface GetContextKeysForPolicyResponse {
  readonly ContextKeyNames?: readonly string[]
}

export interface GetContextKeysForPrincipalPolicyRequest {
  readonly PolicySourceArn: string
  readonly PolicyInputList?: readonly string[]
}

export interface GetCredentialReportResponse {
  readonly Content?: Uint8Array
  readonly ReportFormat?: "text/csv"
  readonly GeneratedTime?: Date
}

export interface GetDelegationRequestRequest {
  readonly DelegationRequestId: string
  readonly DelegationPermissionCheck?: boolean
}

export interface GetDelegationRequestResponse {
  readonly DelegationRequest?: DelegationRequest
  readonly PermissionCheckStatus?: "COMPLETE" | "IN_PROGRESS" | "FAILED"
  readonly PermissionCheckResult?: "ALLOWED" | "DENIED" | "UNSURE"
}

export interface GetGroupPolicyRequest {
  readonly GroupName: string
  readonly PolicyName: string
}

export interface GetGroupPolicyResponse {
  readonly GroupName: string
  readonly PolicyName: string
  readonly PolicyDocument: string
}

export interface GetGroupRequest {
  readonly GroupName: string
  readonly Marker?: string
  readonly MaxItems?: number
}

export interface GetGroupResponse {
  readonly Group: Group
  readonly Users: readonly User[]
  readonly IsTruncated?: boolean
  readonly Marker?: string
}

export interface GetHumanReadableSummaryRequest {
  readonly EntityArn: string
  readonly Locale?: string
}

export interface GetHumanReadableSummaryResponse {
  readonly SummaryContent?: string
  readonly Locale?: string
  readonly SummaryState?: "AVAILABLE" | "NOT_AVAILABLE" | "NOT_SUPPORTED" | "FAILED"
}

export interface GetInstanceProfileRequest {
  readonly InstanceProfileName: string
}

export interface GetInstanceProfileResponse {
  readonly InstanceProfile: InstanceProfile
}

export interface GetLoginProfileRequest {
  readonly UserName?: string
}

export interface GetLoginProfileResponse {
  readonly LoginProfile: LoginProfile
}

export interface GetMFADeviceRequest {
  readonly SerialNumber: string
  readonly UserName?: string
}

export interface GetMFADeviceResponse {
  readonly UserName?: string
  readonly SerialNumber: string
  readonly EnableDate?: Date
  readonly Certifications?: Readonly<Record<string, string>>
}

export interface GetOpenIDConnectProviderRequest {
  readonly OpenIDConnectProviderArn: string
}

export interface GetOpenIDConnectProviderResponse {
  readonly Url?: string
  readonly ClientIDList?: readonly string[]
  readonly ThumbprintList?: readonly string[]
  readonly CreateDate?: Date
  readonly Tags?: readonly Tag[]
}

export interface GetOrganizationsAccessReportRequest {
  readonly JobId: string
  readonly MaxItems?: number
  readonly Marker?: string
  readonly SortKey?: "SERVICE_NAMESPACE_ASCENDING" | "SERVICE_NAMESPACE_DESCENDING" | "LAST_AUTHENTICATED_TIME_ASCENDING" | "LAST_AUTHENTICATED_TIME_DESCENDING"
}

export interface GetOrganizationsAccessReportResponse {
  readonly JobStatus: "IN_PROGRESS" | "COMPLETED" | "FAILED"
  readonly JobCreationDate: Date
  readonly JobCompletionDate?: Date
  readonly NumberOfServicesAccessible?: number
  readonly NumberOfServicesNotAccessed?: number
  readonly AccessDetails?: readonly AccessDetail[]
  readonly IsTruncated?: boolean
  readonly Marker?: string
  readonly ErrorDetails?: ErrorDetails
}

export interface GetOutboundWebIdentityFederationInfoResponse {
  readonly IssuerIdentifier?: string
  readonly JwtVendingEnabled?: boolean
}

export interface GetPolicyRequest {
  readonly PolicyArn: string
}

export interface GetPolicyResponse {
  readonly Policy?: Policy
}

export interface GetPolicyVersionRequest {
  readonly PolicyArn: string
  readonly VersionId: string
}

export interface GetPolicyVersionResponse {
  readonly PolicyVersion?: PolicyVersion
}

export interface GetRolePolicyRequest {
  readonly RoleName: string
  readonly PolicyName: string
}

export interface GetRolePolicyResponse {
  readonly RoleName: string
  readonly PolicyName: string
  readonly PolicyDocument: string
}

export interface GetRoleRequest {
  readonly RoleName: string
}

export interface GetRoleResponse {
  readonly Role: Role
}

export interface GetSAMLProviderRequest {
  readonly SAMLProviderArn: string
}

export interface GetSAMLProviderResponse {
  readonly SAMLProviderUUID?: string
  readonly SAMLMetadataDocument?: string
  readonly CreateDate?: Date
  readonly ValidUntil?: Date
  readonly Tags?: readonly Tag[]
  readonly AssertionEncryptionMode?: "Required" | "Allowed"
  readonly PrivateKeyList?: readonly SAMLPrivateKey[]
}

export interface GetSSHPublicKeyRequest {
  readonly UserName: string
  readonly SSHPublicKeyId: string
  readonly Encoding: "SSH" | "PEM"
}

export interface GetSSHPublicKeyResponse {
  readonly SSHPublicKey?: SSHPublicKey
}

export interface GetServerCertificateRequest {
  readonly ServerCertificateName: string
}

export interface GetServerCertificateResponse {
  readonly ServerCertificate: ServerCertificate
}

export interface GetServiceLastAccessedDetailsRequest {
  readonly JobId: string
  readonly MaxItems?: number
  readonly Marker?: string
}

export interface GetServiceLastAccessedDetailsResponse {
  readonly JobStatus: "IN_PROGRESS" | "COMPLETED" | "FAILED"
  readonly JobType?: "SERVICE_LEVEL" | "ACTION_LEVEL"
  readonly JobCreationDate: Date
  readonly ServicesLastAccessed: readonly ServiceLastAccessed[]
  readonly JobCompletionDate: Date
  readonly IsTruncated?: boolean
  readonly Marker?: string
  readonly Error?: ErrorDetails
}

export interface GetServiceLastAccessedDetailsWithEntitiesRequest {
  readonly JobId: string
  readonly ServiceNamespace: string
  readonly MaxItems?: number
  readonly Marker?: string
}

export interface GetServiceLastAccessedDetailsWithEntitiesResponse {
  readonly JobStatus: "IN_PROGRESS" | "COMPLETED" | "FAILED"
  readonly JobCreationDate: Date
  readonly JobCompletionDate: Date
  readonly EntityDetailsList: readonly EntityDetails[]
  readonly IsTruncated?: boolean
  readonly Marker?: string
  readonly Error?: ErrorDetails
}

export interface GetServiceLinkedRoleDeletionStatusRequest {
  readonly DeletionTaskId: string
}

export interface GetServiceLinkedRoleDeletionStatusResponse {
  readonly Status: "SUCCEEDED" | "IN_PROGRESS" | "FAILED" | "NOT_STARTED"
  readonly Reason?: DeletionTaskFailureReasonType
}

export interface GetUserPolicyRequest {
  readonly UserName: string
  readonly PolicyName: string
}

export interface GetUserPolicyResponse {
  readonly UserName: string
  readonly PolicyName: string
  readonly PolicyDocument: string
}

export interface GetUserRequest {
  readonly UserName?: string
}

export interface GetUserResponse {
  readonly User: User
}

export interface Group {
  readonly Path: string
  readonly GroupName: string
  readonly GroupId: string
  readonly Arn: string
  readonly CreateDate: Date
}

export interface GroupDetail {
  readonly Path?: string
  readonly GroupName?: string
  readonly GroupId?: string
  readonly Arn?: string
  readonly CreateDate?: Date
  readonly GroupPolicyList?: readonly PolicyDetail[]
  readonly AttachedManagedPolicies?: readonly AttachedPolicy[]
}

export interface InstanceProfile {
  readonly Path: string
  readonly InstanceProfileName: string
  readonly InstanceProfileId: string
  readonly Arn: string
  readonly CreateDate: Date
  readonly Roles: readonly Role[]
  readonly Tags?: readonly Tag[]
}

export interface ListAccessKeysRequest {
  readonly UserName?: string
  readonly Marker?: string
  readonly MaxItems?: number
}

export interface ListAccessKeysResponse {
  readonly AccessKeyMetadata: readonly AccessKeyMetadata[]
  readonly IsTruncated?: boolean
  readonly Marker?: string
}

export interface ListAccountAliasesRequest {
  readonly Marker?: string
  readonly MaxItems?: number
}

export interface ListAccountAliasesResponse {
  readonly AccountAliases: readonly string[]
  readonly IsTruncated?: boolean
  readonly Marker?: string
}

export interface ListAttachedGroupPoliciesRequest {
  readonly GroupName: string
  readonly PathPrefix?: string
  readonly Marker?: string
  readonly MaxItems?: number
}

export interface ListAttachedGroupPoliciesResponse {
  readonly AttachedPolicies?: readonly AttachedPolicy[]
  readonly IsTruncated?: boolean
  readonly Marker?: string
}

export interface ListAttachedRolePoliciesRequest {
  readonly RoleName: string
  readonly PathPrefix?: string
  readonly Marker?: string
  readonly MaxItems?: number
}

export interface ListAttachedRolePoliciesResponse {
  readonly AttachedPolicies?: readonly AttachedPolicy[]
  readonly IsTruncated?: boolean
  readonly Marker?: string
}

export interface ListAttachedUserPoliciesRequest {
  readonly UserName: string
  readonly PathPrefix?: string
  readonly Marker?: string
  readonly MaxItems?: number
}

export interface ListAttachedUserPoliciesResponse {
  readonly AttachedPolicies?: readonly AttachedPolicy[]
  readonly IsTruncated?: boolean
  readonly Marker?: string
}

export interface ListDelegationRequestsRequest {
  readonly OwnerId?: string
  readonly Marker?: string
  readonly MaxItems?: number
}

export interface ListDelegationRequestsResponse {
  readonly DelegationRequests?: readonly DelegationRequest[]
  readonly Marker?: string
  readonly isTruncated?: boolean
}

export interface ListEntitiesForPolicyRequest {
  readonly PolicyArn: string
  readonly EntityFilter?: "LocalManagedPolicy" | "User" | "AWSManagedPolicy" | "Role" | "Group"
  readonly PathPrefix?: string
  readonly PolicyUsageFilter?: "PermissionsPolicy" | "PermissionsBoundary"
  readonly Marker?: string
  readonly MaxItems?: number
}

export interface ListEntitiesForPolicyResponse {
  readonly PolicyGroups?: readonly PolicyGroup[]
  readonly PolicyUsers?: readonly PolicyUser[]
  readonly PolicyRoles?: readonly PolicyRole[]
  readonly IsTruncated?: boolean
  readonly Marker?: string
}

export interface ListGroupPoliciesRequest {
  readonly GroupName: string
  readonly Marker?: string
  readonly MaxItems?: number
}

export interface ListGroupPoliciesResponse {
  readonly PolicyNames: readonly string[]
  readonly IsTruncated?: boolean
  readonly Marker?: string
}

export interface ListGroupsForUserRequest {
  readonly UserName: string
  readonly Marker?: string
  readonly MaxItems?: number
}

export interface ListGroupsForUserResponse {
  readonly Groups: readonly Group[]
  readonly IsTruncated?: boolean
  readonly Marker?: string
}

export interface ListGroupsRequest {
  readonly PathPrefix?: string
  readonly Marker?: string
  readonly MaxItems?: number
}

export interface ListGroupsResponse {
  readonly Groups: readonly Group[]
  readonly IsTruncated?: boolean
  readonly Marker?: string
}

export interface ListInstanceProfileTagsRequest {
  readonly InstanceProfileName: string
  readonly Marker?: string
  readonly MaxItems?: number
}

export interface ListInstanceProfileTagsResponse {
  readonly Tags: readonly Tag[]
  readonly IsTruncated?: boolean
  readonly Marker?: string
}

export interface ListInstanceProfilesForRoleRequest {
  readonly RoleName: string
  readonly Marker?: string
  readonly MaxItems?: number
}

export interface ListInstanceProfilesForRoleResponse {
  readonly InstanceProfiles: readonly InstanceProfile[]
  readonly IsTruncated?: boolean
  readonly Marker?: string
}

export interface ListInstanceProfilesRequest {
  readonly PathPrefix?: string
  readonly Marker?: string
  readonly MaxItems?: number
}

export interface ListInstanceProfilesResponse {
  readonly InstanceProfiles: readonly InstanceProfile[]
  readonly IsTruncated?: boolean
  readonly Marker?: string
}

export interface ListMFADeviceTagsRequest {
  readonly SerialNumber: string
  readonly Marker?: string
  readonly MaxItems?: number
}

export interface ListMFADeviceTagsResponse {
  readonly Tags: readonly Tag[]
  readonly IsTruncated?: boolean
  readonly Marker?: string
}

export interface ListMFADevicesRequest {
  readonly UserName?: string
  readonly Marker?: string
  readonly MaxItems?: number
}

export interface ListMFADevicesResponse {
  readonly MFADevices: readonly MFADevice[]
  readonly IsTruncated?: boolean
  readonly Marker?: string
}

export interface ListOpenIDConnectProviderTagsRequest {
  readonly OpenIDConnectProviderArn: string
  readonly Marker?: string
  readonly MaxItems?: number
}

export interface ListOpenIDConnectProviderTagsResponse {
  readonly Tags: readonly Tag[]
  readonly IsTruncated?: boolean
  readonly Marker?: string
}

export interface ListOpenIDConnectProvidersRequest {}

export interface ListOpenIDConnectProvidersResponse {
  readonly OpenIDConnectProviderList?: readonly OpenIDConnectProviderListEntry[]
}

export interface ListOrganizationsFeaturesRequest {}

export interface ListOrganizationsFeaturesResponse {
  readonly OrganizationId?: string
  readonly EnabledFeatures?: readonly ("RootCredentialsManagement" | "RootSessions")[]
}

export interface ListPoliciesGrantingServiceAccessEntry {
  readonly ServiceNamespace?: string
  readonly Policies?: readonly PolicyGrantingServiceAccess[]
}

export interface ListPoliciesGrantingServiceAccessRequest {
  readonly Marker?: string
  readonly Arn: string
  readonly ServiceNamespaces: readonly string[]
}

export interface ListPoliciesGrantingServiceAccessResponse {
  readonly PoliciesGrantingServiceAccess: readonly ListPoliciesGrantingServiceAccessEntry[]
  readonly IsTruncated?: boolean
  readonly Marker?: string
}

export interface ListPoliciesRequest {
  readonly Scope?: "All" | "AWS" | "Local"
  readonly OnlyAttached?: boolean
  readonly PathPrefix?: string
  readonly PolicyUsageFilter?: "PermissionsPolicy" | "PermissionsBoundary"
  readonly Marker?: string
  readonly MaxItems?: number
}

export interface ListPoliciesResponse {
  readonly Policies?: readonly Policy[]
  readonly IsTruncated?: boolean
  readonly Marker?: string
}

export interface ListPolicyTagsRequest {
  readonly PolicyArn: string
  readonly Marker?: string
  readonly MaxItems?: number
}

export interface ListPolicyTagsResponse {
  readonly Tags: readonly Tag[]
  readonly IsTruncated?: boolean
  readonly Marker?: string
}

export interface ListPolicyVersionsRequest {
  readonly PolicyArn: string
  readonly Marker?: string
  readonly MaxItems?: number
}

export interface ListPolicyVersionsResponse {
  readonly Versions?: readonly PolicyVersion[]
  readonly IsTruncated?: boolean
  readonly Marker?: string
}

export interface ListRolePoliciesRequest {
  readonly RoleName: string
  readonly Marker?: string
  readonly MaxItems?: number
}

export interface ListRolePoliciesResponse {
  readonly PolicyNames: readonly string[]
  readonly IsTruncated?: boolean
  readonly Marker?: string
}

export interface ListRoleTagsRequest {
  readonly RoleName: string
  readonly Marker?: string
  readonly MaxItems?: number
}

export interface ListRoleTagsResponse {
  readonly Tags: readonly Tag[]
  readonly IsTruncated?: boolean
  readonly Marker?: string
}

export interface ListRolesRequest {
  readonly PathPrefix?: string
  readonly Marker?: string
  readonly MaxItems?: number
}

export interface ListRolesResponse {
  readonly Roles: readonly Role[]
  readonly IsTruncated?: boolean
  readonly Marker?: string
}

export interface ListSAMLProviderTagsRequest {
  readonly SAMLProviderArn: string
  readonly Marker?: string
  readonly MaxItems?: number
}

export interface ListSAMLProviderTagsResponse {
  readonly Tags: readonly Tag[]
  readonly IsTruncated?: boolean
  readonly Marker?: string
}

export interface ListSAMLProvidersRequest {}

export interface ListSAMLProvidersResponse {
  readonly SAMLProviderList?: readonly SAMLProviderListEntry[]
}

export interface ListSSHPublicKeysRequest {
  readonly UserName?: string
  readonly Marker?: string
  readonly MaxItems?: number
}

export interface ListSSHPublicKeysResponse {
  readonly SSHPublicKeys?: readonly SSHPublicKeyMetadata[]
  readonly IsTruncated?: boolean
  readonly Marker?: string
}

export interface ListServerCertificateTagsRequest {
  readonly ServerCertificateName: string
  readonly Marker?: string
  readonly MaxItems?: number
}

export interface ListServerCertificateTagsResponse {
  readonly Tags: readonly Tag[]
  readonly IsTruncated?: boolean
  readonly Marker?: string
}

export interface ListServerCertificatesRequest {
  readonly PathPrefix?: string
  readonly Marker?: string
  readonly MaxItems?: number
}

export interface ListServerCertificatesResponse {
  readonly ServerCertificateMetadataList: readonly ServerCertificateMetadata[]
  readonly IsTruncated?: boolean
  readonly Marker?: string
}

export interface ListServiceSpecificCredentialsRequest {
  readonly UserName?: string
  readonly ServiceName?: string
  readonly AllUsers?: boolean
  readonly Marker?: string
  readonly MaxItems?: number
}

export interface ListServiceSpecificCredentialsResponse {
  readonly ServiceSpecificCredentials?: readonly ServiceSpecificCredentialMetadata[]
  readonly Marker?: string
  readonly IsTruncated?: boolean
}

export interface ListSigningCertificatesRequest {
  readonly UserName?: string
  readonly Marker?: string
  readonly MaxItems?: number
}

export interface ListSigningCertificatesResponse {
  readonly Certificates: readonly SigningCertificate[]
  readonly IsTruncated?: boolean
  readonly Marker?: string
}

export interface ListUserPoliciesRequest {
  readonly UserName: string
  readonly Marker?: string
  readonly MaxItems?: number
}

export interface ListUserPoliciesResponse {
  readonly PolicyNames: readonly string[]
  readonly IsTruncated?: boolean
  readonly Marker?: string
}

export interface ListUserTagsRequest {
  readonly UserName: string
  readonly Marker?: string
  readonly MaxItems?: number
}

export interface ListUserTagsResponse {
  readonly Tags: readonly Tag[]
  readonly IsTruncated?: boolean
  readonly Marker?: string
}

export interface ListUsersRequest {
  readonly PathPrefix?: string
  readonly Marker?: string
  readonly MaxItems?: number
}

export interface ListUsersResponse {
  readonly Users: readonly User[]
  readonly IsTruncated?: boolean
  readonly Marker?: string
}

export interface ListVirtualMFADevicesRequest {
  readonly AssignmentStatus?: "Assigned" | "Unassigned" | "Any"
  readonly Marker?: string
  readonly MaxItems?: number
}

export interface ListVirtualMFADevicesResponse {
  readonly VirtualMFADevices: readonly VirtualMFADevice[]
  readonly IsTruncated?: boolean
  readonly Marker?: string
}

export interface LoginProfile {
  readonly UserName: string
  readonly CreateDate: Date
  readonly PasswordResetRequired?: boolean
}

export interface MFADevice {
  readonly UserName: string
  readonly SerialNumber: string
  readonly EnableDate: Date
}

export interface ManagedPolicyDetail {
  readonly PolicyName?: string
  readonly PolicyId?: string
  readonly Arn?: string
  readonly Path?: string
  readonly DefaultVersionId?: string
  readonly AttachmentCount?: number
  readonly PermissionsBoundaryUsageCount?: number
  readonly IsAttachable?: boolean
  readonly Description?: string
  readonly CreateDate?: Date
  readonly UpdateDate?: Date
  readonly PolicyVersionList?: readonly PolicyVersion[]
}

export interface OpenIDConnectProviderListEntry {
  readonly Arn?: string
}

export interface OrganizationsDecisionDetail {
  readonly AllowedByOrganizations?: boolean
}

export interface PasswordPolicy {
  readonly MinimumPasswordLength?: number
  readonly RequireSymbols?: boolean
  readonly RequireNumbers?: boolean
  readonly RequireUppercaseCharacters?: boolean
  readonly RequireLowercaseCharacters?: boolean
  readonly AllowUsersToChangePassword?: boolean
  readonly ExpirePasswords?: boolean
  readonly MaxPasswordAge?: number
  readonly PasswordReusePrevention?: number
  readonly HardExpiry?: boolean
}

export interface PermissionsBoundaryDecisionDetail {
  readonly AllowedByPermissionsBoundary?: boolean
}

export interface Policy {
  readonly PolicyName?: string
  readonly PolicyId?: string
  readonly Arn?: string
  readonly Path?: string
  readonly DefaultVersionId?: string
  readonly AttachmentCount?: number
  readonly PermissionsBoundaryUsageCount?: number
  readonly IsAttachable?: boolean
  readonly Description?: string
  readonly CreateDate?: Date
  readonly UpdateDate?: Date
  readonly Tags?: readonly Tag[]
}

export interface PolicyDetail {
  readonly PolicyName?: string
  readonly PolicyDocument?: string
}

export interface PolicyGrantingServiceAccess {
  readonly PolicyName: string
  readonly PolicyType: "INLINE" | "MANAGED"
  readonly PolicyArn?: string
  readonly EntityType?: "USER" | "ROLE" | "GROUP"
  readonly EntityName?: string
}

export interface PolicyGroup {
  readonly GroupName?: string
  readonly GroupId?: string
}

export interface PolicyParameter {
  readonly Name?: string
  readonly Values?: readonly string[]
  readonly Type?: "string" | "stringList"
}

export interface PolicyRole {
  readonly RoleName?: string
  readonly RoleId?: string
}

export interface PolicyUser {
  readonly UserName?: string
  readonly UserId?: string
}

export interface PolicyVersion {
  readonly Document?: string
  readonly VersionId?: string
  readonly IsDefaultVersion?: boolean
  readonly CreateDate?: Date
}

export interface Position {
  readonly Line?: number
  readonly Column?: number
}

export interface PutGroupPolicyRequest {
  readonly GroupName: string
  readonly PolicyName: string
  readonly PolicyDocument: string
}

export interface PutRolePermissionsBoundaryRequest {
  readonly RoleName: string
  readonly PermissionsBoundary: string
}

export interface PutRolePolicyRequest {
  readonly RoleName: string
  readonly PolicyName: string
  readonly PolicyDocument: string
}

export interface PutUserPermissionsBoundaryRequest {
  readonly UserName: string
  readonly PermissionsBoundary: string
}

export interface PutUserPolicyRequest {
  readonly UserName: string
  readonly PolicyName: string
  readonly PolicyDocument: string
}

export interface RejectDelegationRequestRequest {
  readonly DelegationRequestId: string
  readonly Notes?: string
}

export interface RemoveClientIDFromOpenIDConnectProviderRequest {
  readonly OpenIDConnectProviderArn: string
  readonly ClientID: string
}

export interface RemoveRoleFromInstanceProfileRequest {
  readonly InstanceProfileName: string
  readonly RoleName: string
}

export interface RemoveUserFromGroupRequest {
  readonly GroupName: string
  readonly UserName: string
}

export interface ResetServiceSpecificCredentialRequest {
  readonly UserName?: string
  readonly ServiceSpecificCredentialId: string
}

export interface ResetServiceSpecificCredentialResponse {
  readonly ServiceSpecificCredential?: ServiceSpecificCredential
}

export interface ResourceSpecificResult {
  readonly EvalResourceName: string
  readonly EvalResourceDecision: "allowed" | "explicitDeny" | "implicitDeny"
  readonly MatchedStatements?: readonly Statement[]
  readonly MissingContextValues?: readonly string[]
  readonly EvalDecisionDetails?: Readonly<Record<string, "allowed" | "explicitDeny" | "implicitDeny">>
  readonly PermissionsBoundaryDecisionDetail?: PermissionsBoundaryDecisionDetail
}

export interface ResyncMFADeviceRequest {
  readonly UserName: string
  readonly SerialNumber: string
  readonly AuthenticationCode1: string
  readonly AuthenticationCode2: string
}

export interface Role {
  readonly Path: string
  readonly RoleName: string
  readonly RoleId: string
  readonly Arn: string
  readonly CreateDate: Date
  readonly AssumeRolePolicyDocument?: string
  readonly Description?: string
  readonly MaxSessionDuration?: number
  readonly PermissionsBoundary?: AttachedPermissionsBoundary
  readonly Tags?: readonly Tag[]
  readonly RoleLastUsed?: RoleLastUsed
  readonly SourceRoleTemplate?: SourceRoleTemplate
}

export interface RoleDetail {
  readonly Path?: string
  readonly RoleName?: string
  readonly RoleId?: string
  readonly Arn?: string
  readonly CreateDate?: Date
  readonly AssumeRolePolicyDocument?: string
  readonly InstanceProfileList?: readonly InstanceProfile[]
  readonly RolePolicyList?: readonly PolicyDetail[]
  readonly AttachedManagedPolicies?: readonly AttachedPolicy[]
  readonly PermissionsBoundary?: AttachedPermissionsBoundary
  readonly Tags?: readonly Tag[]
  readonly RoleLastUsed?: RoleLastUsed
}

export interface RoleLastUsed {
  readonly LastUsedDate?: Date
  readonly Region?: string
}

export interface RoleUsageType {
  readonly Region?: string
  readonly Resources?: readonly string[]
}

export interface SAMLPrivateKey {
  readonly KeyId?: string
  readonly Timestamp?: Date
}

export interface SAMLProviderListEntry {
  readonly Arn?: string
  readonly ValidUntil?: Date
  readonly CreateDate?: Date
}

export interface SSHPublicKey {
  readonly UserName: string
  readonly SSHPublicKeyId: string
  readonly Fingerprint: string
  readonly SSHPublicKeyBody: string
  readonly Status: "Active" | "Inactive" | "Expired"
  readonly UploadDate?: Date
}

export interface SSHPublicKeyMetadata {
  readonly UserName: string
  readonly SSHPublicKeyId: string
  readonly Status: "Active" | "Inactive" | "Expired"
  readonly UploadDate: Date
}

export interface SendDelegationTokenRequest {
  readonly DelegationRequestId: string
}

export interface ServerCertificate {
  readonly ServerCertificateMetadata: ServerCertificateMetadata
  readonly CertificateBody: string
  readonly CertificateChain?: string
  readonly Tags?: readonly Tag[]
}

export interface ServerCertificateMetadata {
  readonly Path: string
  readonly ServerCertificateName: string
  readonly ServerCertificateId: string
  readonly Arn: string
  readonly UploadDate?: Date
  readonly Expiration?: Date
}

export interface ServiceLastAccessed {
  readonly ServiceName: string
  readonly LastAuthenticated?: Date
  readonly ServiceNamespace: string
  readonly LastAuthenticatedEntity?: string
  readonly LastAuthenticatedRegion?: string
  readonly TotalAuthenticatedEntities?: number
  readonly TrackedActionsLastAccessed?: readonly TrackedActionLastAccessed[]
}

export interface ServiceSpecificCredential {
  readonly CreateDate: Date
  readonly ExpirationDate?: Date
  readonly ServiceName: string
  readonly ServiceUserName?: string
  readonly ServicePassword?: string
  readonly ServiceCredentialAlias?: string
  readonly ServiceCredentialSecret?: string
  readonly ServiceSpecificCredentialId: string
  readonly UserName: string
  readonly Status: "Active" | "Inactive" | "Expired"
}

export interface ServiceSpecificCredentialMetadata {
  readonly UserName: string
  readonly Status: "Active" | "Inactive" | "Expired"
  readonly ServiceUserName?: string
  readonly ServiceCredentialAlias?: string
  readonly CreateDate: Date
  readonly ExpirationDate?: Date
  readonly ServiceSpecificCredentialId: string
  readonly ServiceName: string
}

export interface SetDefaultPolicyVersionRequest {
  readonly PolicyArn: string
  readonly VersionId: string
}

export interface SetSecurityTokenServicePreferencesRequest {
  readonly GlobalEndpointTokenVersion: "v2Token" | "v1Token"
}

export interface SigningCertificate {
  readonly UserName: string
  readonly CertificateId: string
  readonly CertificateBody: string
  readonly Status: "Active" | "Inactive" | "Expired"
  readonly UploadDate?: Date
}

export interface SimulateCustomPolicyRequest {
  readonly PolicyInputList: readonly string[]
  readonly PermissionsBoundaryPolicyInputList?: readonly string[]
  readonly ActionNames: readonly string[]
  readonly ResourceArns?: readonly string[]
  readonly ResourcePolicy?: string
  readonly ResourceOwner?: string
  readonly CallerArn?: string
  readonly ContextEntries?: readonly ContextEntry[]
  readonly ResourceHandlingOption?: string
  readonly MaxItems?: number
  readonly Marker?: string
  readonly OrderedOrganizationPolicyInputList?: readonly OrderedOrganizationPolicyType[]
}

export interface SimulatePolicyResponse {
  readonly EvaluationResults?: readonly EvaluationResult[]
  readonly IsTruncated?: boolean
  readonly Marker?: string
}

export interface SimulatePrincipalPolicyRequest {
  readonly PolicySourceArn: string
  readonly PolicyInputList?: readonly string[]
  readonly PermissionsBoundaryPolicyInputList?: readonly string[]
  readonly ActionNames: readonly string[]
  readonly ResourceArns?: readonly string[]
  readonly ResourcePolicy?: string
  readonly ResourceOwner?: string
  readonly CallerArn?: string
  readonly ContextEntries?: readonly ContextEntry[]
  readonly ResourceHandlingOption?: string
  readonly MaxItems?: number
  readonly Marker?: string
  readonly PolicyExclusionList?: readonly PolicyIdentifier[]
}

export interface Statement {
  readonly SourcePolicyId?: string
  readonly SourcePolicyType?: "user" | "group" | "role" | "aws-managed" | "user-managed" | "resource" | "none"
  readonly StartPosition?: Position
  readonly EndPosition?: Position
}

export interface Tag {
  readonly Key: string
  readonly Value: string
}

export interface TagInstanceProfileRequest {
  readonly InstanceProfileName: string
  readonly Tags: readonly Tag[]
}

export interface TagMFADeviceRequest {
  readonly SerialNumber: string
  readonly Tags: readonly Tag[]
}

export interface TagOpenIDConnectProviderRequest {
  readonly OpenIDConnectProviderArn: string
  readonly Tags: readonly Tag[]
}

export interface TagPolicyRequest {
  readonly PolicyArn: string
  readonly Tags: readonly Tag[]
}

export interface TagRoleRequest {
  readonly RoleName: string
  readonly Tags: readonly Tag[]
}

export interface TagSAMLProviderRequest {
  readonly SAMLProviderArn: string
  readonly Tags: readonly Tag[]
}

export interface TagServerCertificateRequest {
  readonly ServerCertificateName: string
  readonly Tags: readonly Tag[]
}

export interface TagUserRequest {
  readonly UserName: string
  readonly Tags: readonly Tag[]
}

export interface TrackedActionLastAccessed {
  readonly ActionName?: string
  readonly LastAccessedEntity?: string
  readonly LastAccessedTime?: Date
  readonly LastAccessedRegion?: string
}

export interface UntagInstanceProfileRequest {
  readonly InstanceProfileName: string
  readonly TagKeys: readonly string[]
}

export interface UntagMFADeviceRequest {
  readonly SerialNumber: string
  readonly TagKeys: readonly string[]
}

export interface UntagOpenIDConnectProviderRequest {
  readonly OpenIDConnectProviderArn: string
  readonly TagKeys: readonly string[]
}

export interface UntagPolicyRequest {
  readonly PolicyArn: string
  readonly TagKeys: readonly string[]
}

export interface UntagRoleRequest {
  readonly RoleName: string
  readonly TagKeys: readonly string[]
}

export interface UntagSAMLProviderRequest {
  readonly SAMLProviderArn: string
  readonly TagKeys: readonly string[]
}

export interface UntagServerCertificateRequest {
  readonly ServerCertificateName: string
  readonly TagKeys: readonly string[]
}

export interface UntagUserRequest {
  readonly UserName: string
  readonly TagKeys: readonly string[]
}

export interface UpdateAccessKeyRequest {
  readonly UserName?: string
  readonly AccessKeyId: string
  readonly Status: "Active" | "Inactive" | "Expired"
}

export interface UpdateAccountPasswordPolicyRequest {
  readonly MinimumPasswordLength?: number
  readonly RequireSymbols?: boolean
  readonly RequireNumbers?: boolean
  readonly RequireUppercaseCharacters?: boolean
  readonly RequireLowercaseCharacters?: boolean
  readonly AllowUsersToChangePassword?: boolean
  readonly MaxPasswordAge?: number
  readonly PasswordReusePrevention?: number
  readonly HardExpiry?: boolean
}

export interface UpdateAssumeRolePolicyRequest {
  readonly RoleName: string
  readonly PolicyDocument: string
}

export interface UpdateDelegationRequestRequest {
  readonly DelegationRequestId: string
  readonly Notes?: string
}

export interface UpdateGroupRequest {
  readonly GroupName: string
  readonly NewPath?: string
  readonly NewGroupName?: string
}

export interface UpdateLoginProfileRequest {
  readonly UserName: string
  readonly Password?: string
  readonly PasswordResetRequired?: boolean
}

export interface UpdateOpenIDConnectProviderThumbprintRequest {
  readonly OpenIDConnectProviderArn: string
  readonly ThumbprintList: readonly string[]
}

export interface UpdateRoleDescriptionRequest {
  readonly RoleName: string
  readonly Description: string
}

export interface UpdateRoleDescriptionResponse {
  readonly Role?: Role
}

export interface UpdateRoleRequest {
  readonly RoleName: string
  readonly Description?: string
  readonly MaxSessionDuration?: number
}

export interface UpdateRoleResponse {}

export interface UpdateSAMLProviderRequest {
  readonly SAMLMetadataDocument?: string
  readonly SAMLProviderArn: string
  readonly AssertionEncryptionMode?: "Required" | "Allowed"
  readonly AddPrivateKey?: string
  readonly RemovePrivateKey?: string
}

export interface UpdateSAMLProviderResponse {
  readonly SAMLProviderArn?: string
}

export interface UpdateSSHPublicKeyRequest {
  readonly UserName: string
  readonly SSHPublicKeyId: string
  readonly Status: "Active" | "Inactive" | "Expired"
}

export interface UpdateServerCertificateRequest {
  readonly ServerCertificateName: string
  readonly NewPath?: string
  readonly NewServerCertificateName?: string
}

export interface UpdateServiceSpecificCredentialRequest {
  readonly UserName?: string
  readonly ServiceSpecificCredentialId: string
  readonly Status: "Active" | "Inactive" | "Expired"
}

export interface UpdateSigningCertificateRequest {
  readonly UserName?: string
  readonly CertificateId: string
  readonly Status: "Active" | "Inactive" | "Expired"
}

export interface UpdateUserRequest {
  readonly UserName: string
  readonly NewPath?: string
  readonly NewUserName?: string
}

export interface UploadSSHPublicKeyRequest {
  readonly UserName: string
  readonly SSHPublicKeyBody: string
}

export interface UploadSSHPublicKeyResponse {
  readonly SSHPublicKey?: SSHPublicKey
}

export interface UploadServerCertificateRequest {
  readonly Path?: string
  readonly ServerCertificateName: string
  readonly CertificateBody: string
  readonly PrivateKey: string
  readonly CertificateChain?: string
  readonly Tags?: readonly Tag[]
}

export interface UploadServerCertificateResponse {
  readonly ServerCertificateMetadata?: ServerCertificateMetadata
  readonly Tags?: readonly Tag[]
}

export interface UploadSigningCertificateRequest {
  readonly UserName?: string
  readonly CertificateBody: string
}

export interface UploadSigningCertificateResponse {
  readonly Certificate: SigningCertificate
}

export interface User {
  readonly Path: string
  readonly UserName: string
  readonly UserId: string
  readonly Arn: string
  readonly CreateDate: Date
  readonly PasswordLastUsed?: Date
  readonly PermissionsBoundary?: AttachedPermissionsBoundary
  readonly Tags?: readonly Tag[]
}

export interface UserDetail {
  readonly Path?: string
  readonly UserName?: string
  readonly UserId?: string
  readonly Arn?: string
  readonly CreateDate?: Date
  readonly UserPolicyList?: readonly PolicyDetail[]
  readonly GroupList?: readonly string[]
  readonly AttachedManagedPolicies?: readonly AttachedPolicy[]
  readonly PermissionsBoundary?: AttachedPermissionsBoundary
  readonly Tags?: readonly Tag[]
}

export interface VirtualMFADevice {
  readonly SerialNumber: string
  readonly Base32StringSeed?: Uint8Array
  readonly QRCodePNG?: Uint8Array
  readonly User?: User
  readonly EnableDate?: Date
  readonly Tags?: readonly Tag[]
}

export interface AcquireRoleRequest {
  readonly TemplateArn: string
  readonly TemplateMinorVersion?: number
  readonly ReplacementValues?: Readonly<Record<string, ReplacementValueEntry>>
}

export interface AcquireRoleResponse {
  readonly Role: Role
}

export interface GetAccountPropertiesRequest {}

export interface GetAccountPropertiesResponse {
  readonly Properties?: Readonly<Record<string, string>>
}

export interface GetRoleTemplateVersionRequest {
  readonly TemplateArn: string
  readonly MinorVersion?: number
}

export interface GetRoleTemplateVersionResponse {
  readonly RoleTemplateVersion: RoleTemplateVersion
}

export interface InlinePolicy {
  readonly PolicyName: string
  readonly PolicyDocument: string
}

export interface InlinePolicyIdentifierType {
  readonly PolicyName: string
  readonly AttachmentType: "user" | "role" | "group"
  readonly AttachmentName: string
}

export interface OrderedOrganizationPolicyType {
  readonly ServiceControlPolicyInputList?: readonly string[]
}

export interface ParameterDefinition {
  readonly Name: string
  readonly Type: string
  readonly SubType?: string
  readonly Description?: string
  readonly IsRequired?: boolean
  readonly DefaultValue?: string
  readonly Immutable?: boolean
}

export interface PolicyIdentifier {
  readonly PolicyType?: "scp" | "permission-boundary" | "aws-managed" | "inline" | "user-managed" | "rcp"
  readonly PolicyArn?: string
  readonly InlinePolicyIdentifier?: InlinePolicyIdentifierType
}

export interface PutAccountPropertiesRequest {
  readonly Properties: Readonly<Record<string, string>>
}

export interface PutAccountPropertiesResponse {}

export interface ReplacementValueEntry {
  readonly Values: readonly string[]
}

export interface RoleTemplateVersion {
  readonly TemplateArn?: string
  readonly TemplateName?: string
  readonly TemplateVersionId?: string
  readonly Description?: string
  readonly MajorVersion?: number
  readonly DefaultMinorVersion?: number
  readonly ManagedByType?: string
  readonly ManagedByValue?: string
  readonly Enabled?: boolean
  readonly MinorVersion?: number
  readonly RoleNamePattern?: string
  readonly RolePathPattern?: string
  readonly RoleDescriptionPattern?: string
  readonly AssumeRolePolicyDocumentTemplate?: string
  readonly InlinePolicyTemplates?: readonly InlinePolicy[]
  readonly ManagedPolicyArns?: readonly string[]
  readonly PermissionBoundaryArn?: string
  readonly ParametersDefinition?: readonly ParameterDefinition[]
  readonly RoleTagsTemplate?: readonly TagTemplate[]
  readonly MaxSessionDuration?: number
  readonly VersionEnabled?: boolean
  readonly CreateTimestamp?: Date
  readonly UpdateTimestamp?: Date
}

export interface SourceRoleTemplate {
  readonly TemplateArn: string
  readonly TemplateMinorVersion: number
}

export interface TagTemplate {
  readonly Key: string
  readonly Value: string
}

export interface IamOperations {
  readonly AcceptDelegationRequest: { readonly input: AcceptDelegationRequestRequest; readonly output: object; readonly error: "NoSuchEntity" | "ServiceFailure" | "ConcurrentModification" }
  readonly AcquireRole: { readonly input: AcquireRoleRequest; readonly output: AcquireRoleResponse; readonly error: "ConcurrentModification" | "EntityAlreadyExists" | "InvalidInput" | "LimitExceeded" | "MalformedPolicyDocument" | "NameConflict" | "NoSuchEntity" | "RoleModified" | "RoleTemplateDisabled" | "ServiceFailure" }
  readonly AddClientIDToOpenIDConnectProvider: { readonly input: AddClientIDToOpenIDConnectProviderRequest; readonly output: object; readonly error: "ConcurrentModification" | "InvalidInput" | "NoSuchEntity" | "LimitExceeded" | "ServiceFailure" }
  readonly AddRoleToInstanceProfile: { readonly input: AddRoleToInstanceProfileRequest; readonly output: object; readonly error: "NoSuchEntity" | "EntityAlreadyExists" | "LimitExceeded" | "UnmodifiableEntity" | "ServiceFailure" }
  readonly AddUserToGroup: { readonly input: AddUserToGroupRequest; readonly output: object; readonly error: "NoSuchEntity" | "LimitExceeded" | "ServiceFailure" }
  readonly AssociateDelegationRequest: { readonly input: AssociateDelegationRequestRequest; readonly output: object; readonly error: "NoSuchEntity" | "ServiceFailure" | "ConcurrentModification" | "InvalidInput" }
  readonly AttachGroupPolicy: { readonly input: AttachGroupPolicyRequest; readonly output: object; readonly error: "NoSuchEntity" | "LimitExceeded" | "InvalidInput" | "PolicyNotAttachable" | "ServiceFailure" }
  readonly AttachRolePolicy: { readonly input: AttachRolePolicyRequest; readonly output: object; readonly error: "NoSuchEntity" | "LimitExceeded" | "InvalidInput" | "UnmodifiableEntity" | "PolicyNotAttachable" | "ServiceFailure" }
  readonly AttachUserPolicy: { readonly input: AttachUserPolicyRequest; readonly output: object; readonly error: "NoSuchEntity" | "LimitExceeded" | "InvalidInput" | "PolicyNotAttachable" | "ServiceFailure" }
  readonly ChangePassword: { readonly input: ChangePasswordRequest; readonly output: object; readonly error: "NoSuchEntity" | "InvalidUserType" | "LimitExceeded" | "EntityTemporarilyUnmodifiable" | "PasswordPolicyViolation" | "ServiceFailure" }
  readonly CreateAccessKey: { readonly input: CreateAccessKeyRequest; readonly output: CreateAccessKeyResponse; readonly error: "NoSuchEntity" | "LimitExceeded" | "ServiceFailure" }
  readonly CreateAccountAlias: { readonly input: CreateAccountAliasRequest; readonly output: object; readonly error: "ConcurrentModification" | "EntityAlreadyExists" | "LimitExceeded" | "ServiceFailure" }
  readonly CreateDelegationRequest: { readonly input: CreateDelegationRequestRequest; readonly output: CreateDelegationRequestResponse; readonly error: "EntityAlreadyExists" | "ServiceFailure" | "InvalidInput" | "LimitExceeded" | "ConcurrentModification" }
  readonly CreateGroup: { readonly input: CreateGroupRequest; readonly output: CreateGroupResponse; readonly error: "LimitExceeded" | "EntityAlreadyExists" | "NoSuchEntity" | "ServiceFailure" }
  readonly CreateInstanceProfile: { readonly input: CreateInstanceProfileRequest; readonly output: CreateInstanceProfileResponse; readonly error: "EntityAlreadyExists" | "InvalidInput" | "LimitExceeded" | "ConcurrentModification" | "ServiceFailure" }
  readonly CreateLoginProfile: { readonly input: CreateLoginProfileRequest; readonly output: CreateLoginProfileResponse; readonly error: "EntityAlreadyExists" | "NoSuchEntity" | "PasswordPolicyViolation" | "LimitExceeded" | "ServiceFailure" }
  readonly CreateOpenIDConnectProvider: { readonly input: CreateOpenIDConnectProviderRequest; readonly output: CreateOpenIDConnectProviderResponse; readonly error: "InvalidInput" | "EntityAlreadyExists" | "LimitExceeded" | "ConcurrentModification" | "ServiceFailure" | "OpenIdIdpCommunicationError" }
  readonly CreatePolicy: { readonly input: CreatePolicyRequest; readonly output: CreatePolicyResponse; readonly error: "InvalidInput" | "LimitExceeded" | "EntityAlreadyExists" | "MalformedPolicyDocument" | "ConcurrentModification" | "ServiceFailure" }
  readonly CreatePolicyVersion: { readonly input: CreatePolicyVersionRequest; readonly output: CreatePolicyVersionResponse; readonly error: "NoSuchEntity" | "MalformedPolicyDocument" | "InvalidInput" | "LimitExceeded" | "ServiceFailure" }
  readonly CreateRole: { readonly input: CreateRoleRequest; readonly output: CreateRoleResponse; readonly error: "LimitExceeded" | "InvalidInput" | "EntityAlreadyExists" | "MalformedPolicyDocument" | "ConcurrentModification" | "ServiceFailure" }
  readonly CreateSAMLProvider: { readonly input: CreateSAMLProviderRequest; readonly output: CreateSAMLProviderResponse; readonly error: "InvalidInput" | "EntityAlreadyExists" | "LimitExceeded" | "ConcurrentModification" | "ServiceFailure" }
  readonly CreateServiceLinkedRole: { readonly input: CreateServiceLinkedRoleRequest; readonly output: CreateServiceLinkedRoleResponse; readonly error: "InvalidInput" | "LimitExceeded" | "NoSuchEntity" | "ServiceFailure" }
  readonly CreateServiceSpecificCredential: { readonly input: CreateServiceSpecificCredentialRequest; readonly output: CreateServiceSpecificCredentialResponse; readonly error: "LimitExceeded" | "NoSuchEntity" | "NotSupportedService" }
  readonly CreateUser: { readonly input: CreateUserRequest; readonly output: CreateUserResponse; readonly error: "LimitExceeded" | "EntityAlreadyExists" | "NoSuchEntity" | "InvalidInput" | "ConcurrentModification" | "ServiceFailure" }
  readonly CreateVirtualMFADevice: { readonly input: CreateVirtualMFADeviceRequest; readonly output: CreateVirtualMFADeviceResponse; readonly error: "LimitExceeded" | "InvalidInput" | "EntityAlreadyExists" | "ConcurrentModification" | "ServiceFailure" }
  readonly DeactivateMFADevice: { readonly input: DeactivateMFADeviceRequest; readonly output: object; readonly error: "EntityTemporarilyUnmodifiable" | "NoSuchEntity" | "LimitExceeded" | "ServiceFailure" | "ConcurrentModification" }
  readonly DeleteAccessKey: { readonly input: DeleteAccessKeyRequest; readonly output: object; readonly error: "NoSuchEntity" | "LimitExceeded" | "ServiceFailure" }
  readonly DeleteAccountAlias: { readonly input: DeleteAccountAliasRequest; readonly output: object; readonly error: "ConcurrentModification" | "NoSuchEntity" | "LimitExceeded" | "ServiceFailure" }
  readonly DeleteAccountPasswordPolicy: { readonly input: object; readonly output: object; readonly error: "NoSuchEntity" | "LimitExceeded" | "ServiceFailure" }
  readonly DeleteGroup: { readonly input: DeleteGroupRequest; readonly output: object; readonly error: "NoSuchEntity" | "DeleteConflict" | "LimitExceeded" | "ServiceFailure" }
  readonly DeleteGroupPolicy: { readonly input: DeleteGroupPolicyRequest; readonly output: object; readonly error: "NoSuchEntity" | "LimitExceeded" | "ServiceFailure" }
  readonly DeleteInstanceProfile: { readonly input: DeleteInstanceProfileRequest; readonly output: object; readonly error: "NoSuchEntity" | "DeleteConflict" | "LimitExceeded" | "ServiceFailure" }
  readonly DeleteLoginProfile: { readonly input: DeleteLoginProfileRequest; readonly output: object; readonly error: "EntityTemporarilyUnmodifiable" | "NoSuchEntity" | "LimitExceeded" | "ServiceFailure" }
  readonly DeleteOpenIDConnectProvider: { readonly input: DeleteOpenIDConnectProviderRequest; readonly output: object; readonly error: "InvalidInput" | "NoSuchEntity" | "ServiceFailure" }
  readonly DeletePolicy: { readonly input: DeletePolicyRequest; readonly output: object; readonly error: "NoSuchEntity" | "LimitExceeded" | "InvalidInput" | "DeleteConflict" | "ServiceFailure" }
  readonly DeletePolicyVersion: { readonly input: DeletePolicyVersionRequest; readonly output: object; readonly error: "NoSuchEntity" | "LimitExceeded" | "InvalidInput" | "DeleteConflict" | "ServiceFailure" }
  readonly DeleteRole: { readonly input: DeleteRoleRequest; readonly output: object; readonly error: "NoSuchEntity" | "DeleteConflict" | "LimitExceeded" | "UnmodifiableEntity" | "ConcurrentModification" | "ServiceFailure" }
  readonly DeleteRolePermissionsBoundary: { readonly input: DeleteRolePermissionsBoundaryRequest; readonly output: object; readonly error: "NoSuchEntity" | "UnmodifiableEntity" | "ServiceFailure" }
  readonly DeleteRolePolicy: { readonly input: DeleteRolePolicyRequest; readonly output: object; readonly error: "NoSuchEntity" | "LimitExceeded" | "UnmodifiableEntity" | "ServiceFailure" }
  readonly DeleteSAMLProvider: { readonly input: DeleteSAMLProviderRequest; readonly output: object; readonly error: "InvalidInput" | "LimitExceeded" | "NoSuchEntity" | "ServiceFailure" }
  readonly DeleteSSHPublicKey: { readonly input: DeleteSSHPublicKeyRequest; readonly output: object; readonly error: "NoSuchEntity" }
  readonly DeleteServerCertificate: { readonly input: DeleteServerCertificateRequest; readonly output: object; readonly error: "NoSuchEntity" | "DeleteConflict" | "LimitExceeded" | "ServiceFailure" }
  readonly DeleteServiceLinkedRole: { readonly input: DeleteServiceLinkedRoleRequest; readonly output: DeleteServiceLinkedRoleResponse; readonly error: "NoSuchEntity" | "LimitExceeded" | "ServiceFailure" }
  readonly DeleteServiceSpecificCredential: { readonly input: DeleteServiceSpecificCredentialRequest; readonly output: object; readonly error: "NoSuchEntity" }
  readonly DeleteSigningCertificate: { readonly input: DeleteSigningCertificateRequest; readonly output: object; readonly error: "NoSuchEntity" | "LimitExceeded" | "ConcurrentModification" | "ServiceFailure" }
  readonly DeleteUser: { readonly input: DeleteUserRequest; readonly output: object; readonly error: "LimitExceeded" | "NoSuchEntity" | "DeleteConflict" | "ConcurrentModification" | "ServiceFailure" }
  readonly DeleteUserPermissionsBoundary: { readonly input: DeleteUserPermissionsBoundaryRequest; readonly output: object; readonly error: "NoSuchEntity" | "ServiceFailure" }
  readonly DeleteUserPolicy: { readonly input: DeleteUserPolicyRequest; readonly output: object; readonly error: "NoSuchEntity" | "LimitExceeded" | "ServiceFailure" }
  readonly DeleteVirtualMFADevice: { readonly input: DeleteVirtualMFADeviceRequest; readonly output: object; readonly error: "NoSuchEntity" | "DeleteConflict" | "LimitExceeded" | "ServiceFailure" | "ConcurrentModification" }
  readonly DetachGroupPolicy: { readonly input: DetachGroupPolicyRequest; readonly output: object; readonly error: "NoSuchEntity" | "LimitExceeded" | "InvalidInput" | "ServiceFailure" }
  readonly DetachRolePolicy: { readonly input: DetachRolePolicyRequest; readonly output: object; readonly error: "NoSuchEntity" | "LimitExceeded" | "InvalidInput" | "UnmodifiableEntity" | "ServiceFailure" }
  readonly DetachUserPolicy: { readonly input: DetachUserPolicyRequest; readonly output: object; readonly error: "NoSuchEntity" | "LimitExceeded" | "InvalidInput" | "ServiceFailure" }
  readonly DisableOrganizationsRootCredentialsManagement: { readonly input: DisableOrganizationsRootCredentialsManagementRequest; readonly output: DisableOrganizationsRootCredentialsManagementResponse; readonly error: "ServiceAccessNotEnabledException" | "AccountNotManagementOrDelegatedAdministratorException" | "OrganizationNotFoundException" | "OrganizationNotInAllFeaturesModeException" }
  readonly DisableOrganizationsRootSessions: { readonly input: DisableOrganizationsRootSessionsRequest; readonly output: DisableOrganizationsRootSessionsResponse; readonly error: "ServiceAccessNotEnabledException" | "AccountNotManagementOrDelegatedAdministratorException" | "OrganizationNotFoundException" | "OrganizationNotInAllFeaturesModeException" }
  readonly DisableOutboundWebIdentityFederation: { readonly input: object; readonly output: object; readonly error: "FeatureDisabled" }
  readonly EnableMFADevice: { readonly input: EnableMFADeviceRequest; readonly output: object; readonly error: "EntityAlreadyExists" | "EntityTemporarilyUnmodifiable" | "InvalidAuthenticationCode" | "LimitExceeded" | "NoSuchEntity" | "ServiceFailure" | "ConcurrentModification" }
  readonly EnableOrganizationsRootCredentialsManagement: { readonly input: EnableOrganizationsRootCredentialsManagementRequest; readonly output: EnableOrganizationsRootCredentialsManagementResponse; readonly error: "ServiceAccessNotEnabledException" | "AccountNotManagementOrDelegatedAdministratorException" | "OrganizationNotFoundException" | "OrganizationNotInAllFeaturesModeException" | "CallerIsNotManagementAccountException" }
  readonly EnableOrganizationsRootSessions: { readonly input: EnableOrganizationsRootSessionsRequest; readonly output: EnableOrganizationsRootSessionsResponse; readonly error: "ServiceAccessNotEnabledException" | "AccountNotManagementOrDelegatedAdministratorException" | "OrganizationNotFoundException" | "OrganizationNotInAllFeaturesModeException" | "CallerIsNotManagementAccountException" }
  readonly EnableOutboundWebIdentityFederation: { readonly input: object; readonly output: EnableOutboundWebIdentityFederationResponse; readonly error: "FeatureEnabled" }
  readonly GenerateCredentialReport: { readonly input: object; readonly output: GenerateCredentialReportResponse; readonly error: "LimitExceeded" | "ServiceFailure" }
  readonly GenerateOrganizationsAccessReport: { readonly input: GenerateOrganizationsAccessReportRequest; readonly output: GenerateOrganizationsAccessReportResponse; readonly error: "ReportGenerationLimitExceeded" }
  readonly GenerateServiceLastAccessedDetails: { readonly input: GenerateServiceLastAccessedDetailsRequest; readonly output: GenerateServiceLastAccessedDetailsResponse; readonly error: "NoSuchEntity" | "InvalidInput" }
  readonly GetAccessKeyLastUsed: { readonly input: GetAccessKeyLastUsedRequest; readonly output: GetAccessKeyLastUsedResponse; readonly error: never }
  readonly GetAccountAuthorizationDetails: { readonly input: GetAccountAuthorizationDetailsRequest; readonly output: GetAccountAuthorizationDetailsResponse; readonly error: "ServiceFailure" }
  readonly GetAccountPasswordPolicy: { readonly input: object; readonly output: GetAccountPasswordPolicyResponse; readonly error: "NoSuchEntity" | "ServiceFailure" }
  readonly GetAccountProperties: { readonly input: GetAccountPropertiesRequest; readonly output: GetAccountPropertiesResponse; readonly error: "InvalidInput" | "ServiceFailure" }
  readonly GetAccountSummary: { readonly input: object; readonly output: GetAccountSummaryResponse; readonly error: "ServiceFailure" }
  readonly GetContextKeysForCustomPolicy: { readonly input: GetContextKeysForCustomPolicyRequest; readonly output: GetContextKeysForPolicyResponse; readonly error: "InvalidInput" }
  readonly GetContextKeysForPrincipalPolicy: { readonly input: GetContextKeysForPrincipalPolicyRequest; readonly output: GetContextKeysForPolicyResponse; readonly error: "NoSuchEntity" | "InvalidInput" }
  readonly GetCredentialReport: { readonly input: object; readonly output: GetCredentialReportResponse; readonly error: "ReportNotPresent" | "ReportExpired" | "ReportInProgress" | "ServiceFailure" }
  readonly GetDelegationRequest: { readonly input: GetDelegationRequestRequest; readonly output: GetDelegationRequestResponse; readonly error: "NoSuchEntity" | "ServiceFailure" }
  readonly GetGroup: { readonly input: GetGroupRequest; readonly output: GetGroupResponse; readonly error: "NoSuchEntity" | "ServiceFailure" }
  readonly GetGroupPolicy: { readonly input: GetGroupPolicyRequest; readonly output: GetGroupPolicyResponse; readonly error: "NoSuchEntity" | "ServiceFailure" }
  readonly GetHumanReadableSummary: { readonly input: GetHumanReadableSummaryRequest; readonly output: GetHumanReadableSummaryResponse; readonly error: "InvalidInput" | "NoSuchEntity" | "ServiceFailure" }
  readonly GetInstanceProfile: { readonly input: GetInstanceProfileRequest; readonly output: GetInstanceProfileResponse; readonly error: "NoSuchEntity" | "ServiceFailure" }
  readonly GetLoginProfile: { readonly input: GetLoginProfileRequest; readonly output: GetLoginProfileResponse; readonly error: "NoSuchEntity" | "ServiceFailure" }
  readonly GetMFADevice: { readonly input: GetMFADeviceRequest; readonly output: GetMFADeviceResponse; readonly error: "NoSuchEntity" | "ServiceFailure" }
  readonly GetOpenIDConnectProvider: { readonly input: GetOpenIDConnectProviderRequest; readonly output: GetOpenIDConnectProviderResponse; readonly error: "InvalidInput" | "NoSuchEntity" | "ServiceFailure" }
  readonly GetOrganizationsAccessReport: { readonly input: GetOrganizationsAccessReportRequest; readonly output: GetOrganizationsAccessReportResponse; readonly error: "NoSuchEntity" }
  readonly GetOutboundWebIdentityFederationInfo: { readonly input: object; readonly output: GetOutboundWebIdentityFederationInfoResponse; readonly error: "FeatureDisabled" }
  readonly GetPolicy: { readonly input: GetPolicyRequest; readonly output: GetPolicyResponse; readonly error: "NoSuchEntity" | "InvalidInput" | "ServiceFailure" }
  readonly GetPolicyVersion: { readonly input: GetPolicyVersionRequest; readonly output: GetPolicyVersionResponse; readonly error: "NoSuchEntity" | "InvalidInput" | "ServiceFailure" }
  readonly GetRole: { readonly input: GetRoleRequest; readonly output: GetRoleResponse; readonly error: "NoSuchEntity" | "ServiceFailure" }
  readonly GetRolePolicy: { readonly input: GetRolePolicyRequest; readonly output: GetRolePolicyResponse; readonly error: "NoSuchEntity" | "ServiceFailure" }
  readonly GetRoleTemplateVersion: { readonly input: GetRoleTemplateVersionRequest; readonly output: GetRoleTemplateVersionResponse; readonly error: "InvalidInput" | "NoSuchEntity" | "ServiceFailure" }
  readonly GetSAMLProvider: { readonly input: GetSAMLProviderRequest; readonly output: GetSAMLProviderResponse; readonly error: "NoSuchEntity" | "InvalidInput" | "ServiceFailure" }
  readonly GetSSHPublicKey: { readonly input: GetSSHPublicKeyRequest; readonly output: GetSSHPublicKeyResponse; readonly error: "NoSuchEntity" | "UnrecognizedPublicKeyEncoding" }
  readonly GetServerCertificate: { readonly input: GetServerCertificateRequest; readonly output: GetServerCertificateResponse; readonly error: "NoSuchEntity" | "ServiceFailure" }
  readonly GetServiceLastAccessedDetails: { readonly input: GetServiceLastAccessedDetailsRequest; readonly output: GetServiceLastAccessedDetailsResponse; readonly error: "NoSuchEntity" | "InvalidInput" }
  readonly GetServiceLastAccessedDetailsWithEntities: { readonly input: GetServiceLastAccessedDetailsWithEntitiesRequest; readonly output: GetServiceLastAccessedDetailsWithEntitiesResponse; readonly error: "NoSuchEntity" | "InvalidInput" }
  readonly GetServiceLinkedRoleDeletionStatus: { readonly input: GetServiceLinkedRoleDeletionStatusRequest; readonly output: GetServiceLinkedRoleDeletionStatusResponse; readonly error: "NoSuchEntity" | "InvalidInput" | "ServiceFailure" }
  readonly GetUser: { readonly input: GetUserRequest; readonly output: GetUserResponse; readonly error: "NoSuchEntity" | "ServiceFailure" }
  readonly GetUserPolicy: { readonly input: GetUserPolicyRequest; readonly output: GetUserPolicyResponse; readonly error: "NoSuchEntity" | "ServiceFailure" }
  readonly ListAccessKeys: { readonly input: ListAccessKeysRequest; readonly output: ListAccessKeysResponse; readonly error: "NoSuchEntity" | "ServiceFailure" }
  readonly ListAccountAliases: { readonly input: ListAccountAliasesRequest; readonly output: ListAccountAliasesResponse; readonly error: "ServiceFailure" }
  readonly ListAttachedGroupPolicies: { readonly input: ListAttachedGroupPoliciesRequest; readonly output: ListAttachedGroupPoliciesResponse; readonly error: "NoSuchEntity" | "InvalidInput" | "ServiceFailure" }
  readonly ListAttachedRolePolicies: { readonly input: ListAttachedRolePoliciesRequest; readonly output: ListAttachedRolePoliciesResponse; readonly error: "NoSuchEntity" | "InvalidInput" | "ServiceFailure" }
  readonly ListAttachedUserPolicies: { readonly input: ListAttachedUserPoliciesRequest; readonly output: ListAttachedUserPoliciesResponse; readonly error: "NoSuchEntity" | "InvalidInput" | "ServiceFailure" }
  readonly ListDelegationRequests: { readonly input: ListDelegationRequestsRequest; readonly output: ListDelegationRequestsResponse; readonly error: "NoSuchEntity" | "ServiceFailure" | "InvalidInput" }
  readonly ListEntitiesForPolicy: { readonly input: ListEntitiesForPolicyRequest; readonly output: ListEntitiesForPolicyResponse; readonly error: "NoSuchEntity" | "InvalidInput" | "ServiceFailure" }
  readonly ListGroupPolicies: { readonly input: ListGroupPoliciesRequest; readonly output: ListGroupPoliciesResponse; readonly error: "NoSuchEntity" | "ServiceFailure" }
  readonly ListGroups: { readonly input: ListGroupsRequest; readonly output: ListGroupsResponse; readonly error: "ServiceFailure" }
  readonly ListGroupsForUser: { readonly input: ListGroupsForUserRequest; readonly output: ListGroupsForUserResponse; readonly error: "NoSuchEntity" | "ServiceFailure" }
  readonly ListInstanceProfileTags: { readonly input: ListInstanceProfileTagsRequest; readonly output: ListInstanceProfileTagsResponse; readonly error: "NoSuchEntity" | "ServiceFailure" }
  readonly ListInstanceProfiles: { readonly input: ListInstanceProfilesRequest; readonly output: ListInstanceProfilesResponse; readonly error: "ServiceFailure" }
  readonly ListInstanceProfilesForRole: { readonly input: ListInstanceProfilesForRoleRequest; readonly output: ListInstanceProfilesForRoleResponse; readonly error: "NoSuchEntity" | "ServiceFailure" }
  readonly ListMFADeviceTags: { readonly input: ListMFADeviceTagsRequest; readonly output: ListMFADeviceTagsResponse; readonly error: "NoSuchEntity" | "InvalidInput" | "ServiceFailure" }
  readonly ListMFADevices: { readonly input: ListMFADevicesRequest; readonly output: ListMFADevicesResponse; readonly error: "NoSuchEntity" | "ServiceFailure" }
  readonly ListOpenIDConnectProviderTags: { readonly input: ListOpenIDConnectProviderTagsRequest; readonly output: ListOpenIDConnectProviderTagsResponse; readonly error: "NoSuchEntity" | "ServiceFailure" | "InvalidInput" }
  readonly ListOpenIDConnectProviders: { readonly input: ListOpenIDConnectProvidersRequest; readonly output: ListOpenIDConnectProvidersResponse; readonly error: "ServiceFailure" }
  readonly ListOrganizationsFeatures: { readonly input: ListOrganizationsFeaturesRequest; readonly output: ListOrganizationsFeaturesResponse; readonly error: "ServiceAccessNotEnabledException" | "AccountNotManagementOrDelegatedAdministratorException" | "OrganizationNotFoundException" | "OrganizationNotInAllFeaturesModeException" }
  readonly ListPolicies: { readonly input: ListPoliciesRequest; readonly output: ListPoliciesResponse; readonly error: "ServiceFailure" }
  readonly ListPoliciesGrantingServiceAccess: { readonly input: ListPoliciesGrantingServiceAccessRequest; readonly output: ListPoliciesGrantingServiceAccessResponse; readonly error: "NoSuchEntity" | "InvalidInput" }
  readonly ListPolicyTags: { readonly input: ListPolicyTagsRequest; readonly output: ListPolicyTagsResponse; readonly error: "NoSuchEntity" | "ServiceFailure" | "InvalidInput" }
  readonly ListPolicyVersions: { readonly input: ListPolicyVersionsRequest; readonly output: ListPolicyVersionsResponse; readonly error: "NoSuchEntity" | "InvalidInput" | "ServiceFailure" }
  readonly ListRolePolicies: { readonly input: ListRolePoliciesRequest; readonly output: ListRolePoliciesResponse; readonly error: "NoSuchEntity" | "ServiceFailure" }
  readonly ListRoleTags: { readonly input: ListRoleTagsRequest; readonly output: ListRoleTagsResponse; readonly error: "NoSuchEntity" | "ServiceFailure" }
  readonly ListRoles: { readonly input: ListRolesRequest; readonly output: ListRolesResponse; readonly error: "ServiceFailure" }
  readonly ListSAMLProviderTags: { readonly input: ListSAMLProviderTagsRequest; readonly output: ListSAMLProviderTagsResponse; readonly error: "NoSuchEntity" | "ServiceFailure" | "InvalidInput" }
  readonly ListSAMLProviders: { readonly input: ListSAMLProvidersRequest; readonly output: ListSAMLProvidersResponse; readonly error: "ServiceFailure" }
  readonly ListSSHPublicKeys: { readonly input: ListSSHPublicKeysRequest; readonly output: ListSSHPublicKeysResponse; readonly error: "NoSuchEntity" }
  readonly ListServerCertificateTags: { readonly input: ListServerCertificateTagsRequest; readonly output: ListServerCertificateTagsResponse; readonly error: "NoSuchEntity" | "ServiceFailure" }
  readonly ListServerCertificates: { readonly input: ListServerCertificatesRequest; readonly output: ListServerCertificatesResponse; readonly error: "ServiceFailure" }
  readonly ListServiceSpecificCredentials: { readonly input: ListServiceSpecificCredentialsRequest; readonly output: ListServiceSpecificCredentialsResponse; readonly error: "NoSuchEntity" | "NotSupportedService" }
  readonly ListSigningCertificates: { readonly input: ListSigningCertificatesRequest; readonly output: ListSigningCertificatesResponse; readonly error: "NoSuchEntity" | "ServiceFailure" }
  readonly ListUserPolicies: { readonly input: ListUserPoliciesRequest; readonly output: ListUserPoliciesResponse; readonly error: "NoSuchEntity" | "ServiceFailure" }
  readonly ListUserTags: { readonly input: ListUserTagsRequest; readonly output: ListUserTagsResponse; readonly error: "NoSuchEntity" | "ServiceFailure" }
  readonly ListUsers: { readonly input: ListUsersRequest; readonly output: ListUsersResponse; readonly error: "ServiceFailure" }
  readonly ListVirtualMFADevices: { readonly input: ListVirtualMFADevicesRequest; readonly output: ListVirtualMFADevicesResponse; readonly error: never }
  readonly PutAccountProperties: { readonly input: PutAccountPropertiesRequest; readonly output: PutAccountPropertiesResponse; readonly error: "ConcurrentModification" | "InvalidInput" | "ServiceFailure" }
  readonly PutGroupPolicy: { readonly input: PutGroupPolicyRequest; readonly output: object; readonly error: "LimitExceeded" | "MalformedPolicyDocument" | "NoSuchEntity" | "ServiceFailure" }
  readonly PutRolePermissionsBoundary: { readonly input: PutRolePermissionsBoundaryRequest; readonly output: object; readonly error: "NoSuchEntity" | "InvalidInput" | "UnmodifiableEntity" | "PolicyNotAttachable" | "ServiceFailure" }
  readonly PutRolePolicy: { readonly input: PutRolePolicyRequest; readonly output: object; readonly error: "LimitExceeded" | "MalformedPolicyDocument" | "NoSuchEntity" | "UnmodifiableEntity" | "ServiceFailure" }
  readonly PutUserPermissionsBoundary: { readonly input: PutUserPermissionsBoundaryRequest; readonly output: object; readonly error: "NoSuchEntity" | "InvalidInput" | "PolicyNotAttachable" | "ServiceFailure" }
  readonly PutUserPolicy: { readonly input: PutUserPolicyRequest; readonly output: object; readonly error: "LimitExceeded" | "MalformedPolicyDocument" | "NoSuchEntity" | "ServiceFailure" }
  readonly RejectDelegationRequest: { readonly input: RejectDelegationRequestRequest; readonly output: object; readonly error: "NoSuchEntity" | "ServiceFailure" | "ConcurrentModification" | "InvalidInput" }
  readonly RemoveClientIDFromOpenIDConnectProvider: { readonly input: RemoveClientIDFromOpenIDConnectProviderRequest; readonly output: object; readonly error: "ConcurrentModification" | "InvalidInput" | "NoSuchEntity" | "ServiceFailure" }
  readonly RemoveRoleFromInstanceProfile: { readonly input: RemoveRoleFromInstanceProfileRequest; readonly output: object; readonly error: "NoSuchEntity" | "LimitExceeded" | "UnmodifiableEntity" | "ServiceFailure" }
  readonly RemoveUserFromGroup: { readonly input: RemoveUserFromGroupRequest; readonly output: object; readonly error: "NoSuchEntity" | "LimitExceeded" | "ServiceFailure" }
  readonly ResetServiceSpecificCredential: { readonly input: ResetServiceSpecificCredentialRequest; readonly output: ResetServiceSpecificCredentialResponse; readonly error: "NoSuchEntity" }
  readonly ResyncMFADevice: { readonly input: ResyncMFADeviceRequest; readonly output: object; readonly error: "InvalidAuthenticationCode" | "NoSuchEntity" | "LimitExceeded" | "ServiceFailure" | "ConcurrentModification" }
  readonly SendDelegationToken: { readonly input: SendDelegationTokenRequest; readonly output: object; readonly error: "NoSuchEntity" | "ServiceFailure" | "ConcurrentModification" | "InvalidInput" }
  readonly SetDefaultPolicyVersion: { readonly input: SetDefaultPolicyVersionRequest; readonly output: object; readonly error: "NoSuchEntity" | "InvalidInput" | "LimitExceeded" | "ServiceFailure" }
  readonly SetSecurityTokenServicePreferences: { readonly input: SetSecurityTokenServicePreferencesRequest; readonly output: object; readonly error: "ServiceFailure" }
  readonly SimulateCustomPolicy: { readonly input: SimulateCustomPolicyRequest; readonly output: SimulatePolicyResponse; readonly error: "InvalidInput" | "PolicyEvaluation" }
  readonly SimulatePrincipalPolicy: { readonly input: SimulatePrincipalPolicyRequest; readonly output: SimulatePolicyResponse; readonly error: "NoSuchEntity" | "InvalidInput" | "PolicyEvaluation" }
  readonly TagInstanceProfile: { readonly input: TagInstanceProfileRequest; readonly output: object; readonly error: "NoSuchEntity" | "InvalidInput" | "LimitExceeded" | "ConcurrentModification" | "ServiceFailure" }
  readonly TagMFADevice: { readonly input: TagMFADeviceRequest; readonly output: object; readonly error: "InvalidInput" | "NoSuchEntity" | "LimitExceeded" | "ConcurrentModification" | "ServiceFailure" }
  readonly TagOpenIDConnectProvider: { readonly input: TagOpenIDConnectProviderRequest; readonly output: object; readonly error: "NoSuchEntity" | "LimitExceeded" | "InvalidInput" | "ConcurrentModification" | "ServiceFailure" }
  readonly TagPolicy: { readonly input: TagPolicyRequest; readonly output: object; readonly error: "NoSuchEntity" | "LimitExceeded" | "InvalidInput" | "ConcurrentModification" | "ServiceFailure" }
  readonly TagRole: { readonly input: TagRoleRequest; readonly output: object; readonly error: "NoSuchEntity" | "LimitExceeded" | "InvalidInput" | "ConcurrentModification" | "ServiceFailure" }
  readonly TagSAMLProvider: { readonly input: TagSAMLProviderRequest; readonly output: object; readonly error: "NoSuchEntity" | "LimitExceeded" | "InvalidInput" | "ConcurrentModification" | "ServiceFailure" }
  readonly TagServerCertificate: { readonly input: TagServerCertificateRequest; readonly output: object; readonly error: "NoSuchEntity" | "InvalidInput" | "LimitExceeded" | "ConcurrentModification" | "ServiceFailure" }
  readonly TagUser: { readonly input: TagUserRequest; readonly output: object; readonly error: "NoSuchEntity" | "LimitExceeded" | "InvalidInput" | "ConcurrentModification" | "ServiceFailure" }
  readonly UntagInstanceProfile: { readonly input: UntagInstanceProfileRequest; readonly output: object; readonly error: "NoSuchEntity" | "InvalidInput" | "ConcurrentModification" | "ServiceFailure" }
  readonly UntagMFADevice: { readonly input: UntagMFADeviceRequest; readonly output: object; readonly error: "NoSuchEntity" | "InvalidInput" | "ConcurrentModification" | "ServiceFailure" }
  readonly UntagOpenIDConnectProvider: { readonly input: UntagOpenIDConnectProviderRequest; readonly output: object; readonly error: "NoSuchEntity" | "InvalidInput" | "ConcurrentModification" | "ServiceFailure" }
  readonly UntagPolicy: { readonly input: UntagPolicyRequest; readonly output: object; readonly error: "NoSuchEntity" | "InvalidInput" | "ConcurrentModification" | "ServiceFailure" }
  readonly UntagRole: { readonly input: UntagRoleRequest; readonly output: object; readonly error: "NoSuchEntity" | "ConcurrentModification" | "ServiceFailure" }
  readonly UntagSAMLProvider: { readonly input: UntagSAMLProviderRequest; readonly output: object; readonly error: "NoSuchEntity" | "InvalidInput" | "ConcurrentModification" | "ServiceFailure" }
  readonly UntagServerCertificate: { readonly input: UntagServerCertificateRequest; readonly output: object; readonly error: "NoSuchEntity" | "InvalidInput" | "ConcurrentModification" | "ServiceFailure" }
  readonly UntagUser: { readonly input: UntagUserRequest; readonly output: object; readonly error: "NoSuchEntity" | "ConcurrentModification" | "ServiceFailure" }
  readonly UpdateAccessKey: { readonly input: UpdateAccessKeyRequest; readonly output: object; readonly error: "NoSuchEntity" | "LimitExceeded" | "ServiceFailure" | "InvalidInput" }
  readonly UpdateAccountPasswordPolicy: { readonly input: UpdateAccountPasswordPolicyRequest; readonly output: object; readonly error: "NoSuchEntity" | "MalformedPolicyDocument" | "LimitExceeded" | "ServiceFailure" }
  readonly UpdateAssumeRolePolicy: { readonly input: UpdateAssumeRolePolicyRequest; readonly output: object; readonly error: "NoSuchEntity" | "MalformedPolicyDocument" | "LimitExceeded" | "UnmodifiableEntity" | "ServiceFailure" }
  readonly UpdateDelegationRequest: { readonly input: UpdateDelegationRequestRequest; readonly output: object; readonly error: "NoSuchEntity" | "ServiceFailure" | "ConcurrentModification" | "InvalidInput" }
  readonly UpdateGroup: { readonly input: UpdateGroupRequest; readonly output: object; readonly error: "NoSuchEntity" | "EntityAlreadyExists" | "LimitExceeded" | "ServiceFailure" }
  readonly UpdateLoginProfile: { readonly input: UpdateLoginProfileRequest; readonly output: object; readonly error: "EntityTemporarilyUnmodifiable" | "NoSuchEntity" | "PasswordPolicyViolation" | "LimitExceeded" | "ServiceFailure" }
  readonly UpdateOpenIDConnectProviderThumbprint: { readonly input: UpdateOpenIDConnectProviderThumbprintRequest; readonly output: object; readonly error: "ConcurrentModification" | "InvalidInput" | "NoSuchEntity" | "ServiceFailure" }
  readonly UpdateRole: { readonly input: UpdateRoleRequest; readonly output: UpdateRoleResponse; readonly error: "UnmodifiableEntity" | "NoSuchEntity" | "ServiceFailure" }
  readonly UpdateRoleDescription: { readonly input: UpdateRoleDescriptionRequest; readonly output: UpdateRoleDescriptionResponse; readonly error: "NoSuchEntity" | "UnmodifiableEntity" | "ServiceFailure" }
  readonly UpdateSAMLProvider: { readonly input: UpdateSAMLProviderRequest; readonly output: UpdateSAMLProviderResponse; readonly error: "NoSuchEntity" | "InvalidInput" | "LimitExceeded" | "ServiceFailure" | "ConcurrentModification" }
  readonly UpdateSSHPublicKey: { readonly input: UpdateSSHPublicKeyRequest; readonly output: object; readonly error: "NoSuchEntity" | "InvalidInput" }
  readonly UpdateServerCertificate: { readonly input: UpdateServerCertificateRequest; readonly output: object; readonly error: "NoSuchEntity" | "EntityAlreadyExists" | "LimitExceeded" | "ServiceFailure" }
  readonly UpdateServiceSpecificCredential: { readonly input: UpdateServiceSpecificCredentialRequest; readonly output: object; readonly error: "NoSuchEntity" }
  readonly UpdateSigningCertificate: { readonly input: UpdateSigningCertificateRequest; readonly output: object; readonly error: "NoSuchEntity" | "LimitExceeded" | "ServiceFailure" | "InvalidInput" }
  readonly UpdateUser: { readonly input: UpdateUserRequest; readonly output: object; readonly error: "NoSuchEntity" | "LimitExceeded" | "EntityAlreadyExists" | "EntityTemporarilyUnmodifiable" | "ConcurrentModification" | "ServiceFailure" }
  readonly UploadSSHPublicKey: { readonly input: UploadSSHPublicKeyRequest; readonly output: UploadSSHPublicKeyResponse; readonly error: "LimitExceeded" | "NoSuchEntity" | "InvalidPublicKey" | "DuplicateSSHPublicKey" | "UnrecognizedPublicKeyEncoding" }
  readonly UploadServerCertificate: { readonly input: UploadServerCertificateRequest; readonly output: UploadServerCertificateResponse; readonly error: "LimitExceeded" | "InvalidInput" | "EntityAlreadyExists" | "MalformedCertificate" | "KeyPairMismatch" | "ConcurrentModification" | "ServiceFailure" }
  readonly UploadSigningCertificate: { readonly input: UploadSigningCertificateRequest; readonly output: UploadSigningCertificateResponse; readonly error: "LimitExceeded" | "EntityAlreadyExists" | "MalformedCertificate" | "InvalidCertificate" | "DuplicateCertificate" | "NoSuchEntity" | "ConcurrentModification" | "ServiceFailure" }
}
