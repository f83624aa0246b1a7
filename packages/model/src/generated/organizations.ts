// Generated from packages/model/data by `npm run generate`. Do not edit.
export interface AcceptHandshakeRequest {
  readonly HandshakeId: string
}

export interface AcceptHandshakeResponse {
  readonly Handshake?: Handshake
}

export interface Account {
  readonly Id?: string
  readonly Arn?: string
  readonly Email?: string
  readonly Name?: string
  readonly Status?: "ACTIVE" | "SUSPENDED" | "PENDING_CLOSURE"
  readonly State?: "PENDING_ACTIVATION" | "ACTIVE" | "SUSPENDED" | "PENDING_CLOSURE" | "CLOSED"
  readonly Paths?: readonly string[]
  readonly JoinedMethod?: "INVITED" | "CREATED"
  readonly JoinedTimestamp?: Date
}

export interface AttachPolicyRequest {
  readonly PolicyId: string
  readonly TargetId: string
}

export interface CancelHandshakeRequest {
  readonly HandshakeId: string
}

export interface CancelHandshakeResponse {
  readonly Handshake?: Handshake
}

export interface Child {
  readonly Id?: string
  readonly Type?: "ACCOUNT" | "ORGANIZATIONAL_UNIT"
}

export interface CloseAccountRequest {
  readonly AccountId: string
}

export interface CreateAccountRequest {
  readonly Email: string
  readonly AccountName: string
  readonly RoleName?: string
  readonly IamUserAccessToBilling?: "ALLOW" | "DENY"
  readonly Tags?: readonly Tag[]
}

export interface CreateAccountResponse {
  readonly CreateAccountStatus?: CreateAccountStatus
}

export interface CreateAccountStatus {
  readonly Id?: string
  readonly AccountName?: string
  readonly State?: "IN_PROGRESS" | "SUCCEEDED" | "FAILED"
  readonly RequestedTimestamp?: Date
  readonly CompletedTimestamp?: Date
  readonly AccountId?: string
  readonly GovCloudAccountId?: string
  readonly FailureReason?: "ACCOUNT_LIMIT_EXCEEDED" | "EMAIL_ALREADY_EXISTS" | "INVALID_ADDRESS" | "INVALID_EMAIL" | "CONCURRENT_ACCOUNT_MODIFICATION" | "INTERNAL_FAILURE" | "GOVCLOUD_ACCOUNT_ALREADY_EXISTS" | "MISSING_BUSINESS_VALIDATION" | "FAILED_BUSINESS_VALIDATION" | "PENDING_BUSINESS_VALIDATION" | "INVALID_IDENTITY_FOR_BUSINESS_VALIDATION" | "UNKNOWN_BUSINESS_VALIDATION" | "MISSING_PAYMENT_INSTRUMENT" | "INVALID_PAYMENT_INSTRUMENT" | "UPDATE_EXISTING_RESOURCE_POLICY_WITH_TAGS_NOT_SUPPORTED"
}

export interface CreateGovCloudAccountRequest {
  readonly Email: string
  readonly AccountName: string
  readonly RoleName?: string
  readonly IamUserAccessToBilling?: "ALLOW" | "DENY"
  readonly Tags?: readonly Tag[]
}

export interface CreateGovCloudAccountResponse {
  readonly CreateAccountStatus?: CreateAccountStatus
}

export interface CreateOrganizationRequest {
  readonly FeatureSet?: "ALL" | "CONSOLIDATED_BILLING"
}

export interface CreateOrganizationResponse {
  readonly Organization?: Organization
}

export interface CreateOrganizationalUnitRequest {
  readonly ParentId: string
  readonly Name: string
  readonly Tags?: readonly Tag[]
}

export interface CreateOrganizationalUnitResponse {
  readonly OrganizationalUnit?: OrganizationalUnit
}

export interface CreatePolicyRequest {
  readonly Content: string
  readonly Description: string
  readonly Name: string
  readonly Type: "SERVICE_CONTROL_POLICY" | "RESOURCE_CONTROL_POLICY" | "TAG_POLICY" | "BACKUP_POLICY" | "AISERVICES_OPT_OUT_POLICY" | "CHATBOT_POLICY" | "DECLARATIVE_POLICY_EC2" | "SECURITYHUB_POLICY" | "INSPECTOR_POLICY" | "UPGRADE_ROLLOUT_POLICY" | "BEDROCK_POLICY" | "S3_POLICY" | "NETWORK_SECURITY_DIRECTOR_POLICY"
  readonly Tags?: readonly Tag[]
}

export interface CreatePolicyResponse {
  readonly Policy?: Policy
}

export interface DeclineHandshakeRequest {
  readonly HandshakeId: string
}

export interface DeclineHandshakeResponse {
  readonly Handshake?: Handshake
}

export interface DelegatedAdministrator {
  readonly Id?: string
  readonly Arn?: string
  readonly Email?: string
  readonly Name?: string
  readonly Status?: "ACTIVE" | "SUSPENDED" | "PENDING_CLOSURE"
  readonly State?: "PENDING_ACTIVATION" | "ACTIVE" | "SUSPENDED" | "PENDING_CLOSURE" | "CLOSED"
  readonly JoinedMethod?: "INVITED" | "CREATED"
  readonly JoinedTimestamp?: Date
  readonly DelegationEnabledDate?: Date
}

export interface DelegatedService {
  readonly ServicePrincipal?: string
  readonly DelegationEnabledDate?: Date
}

export interface DeleteOrganizationalUnitRequest {
  readonly OrganizationalUnitId: string
}

export interface DeletePolicyRequest {
  readonly PolicyId: string
}

export interface DeregisterDelegatedAdministratorRequest {
  readonly AccountId: string
  readonly ServicePrincipal: string
}

export interface DescribeAccountRequest {
  readonly AccountId: string
}

export interface DescribeAccountResponse {
  readonly Account?: Account
}

export interface DescribeCreateAccountStatusRequest {
  readonly CreateAccountRequestId: string
}

export interface DescribeCreateAccountStatusResponse {
  readonly CreateAccountStatus?: CreateAccountStatus
}

export interface DescribeEffectivePolicyRequest {
  readonly PolicyType: "TAG_POLICY" | "BACKUP_POLICY" | "AISERVICES_OPT_OUT_POLICY" | "CHATBOT_POLICY" | "DECLARATIVE_POLICY_EC2" | "SECURITYHUB_POLICY" | "INSPECTOR_POLICY" | "UPGRADE_ROLLOUT_POLICY" | "BEDROCK_POLICY" | "S3_POLICY" | "NETWORK_SECURITY_DIRECTOR_POLICY"
  readonly TargetId?: string
}

export interface DescribeEffectivePolicyResponse {
  readonly EffectivePolicy?: EffectivePolicy
}

export interface DescribeHandshakeRequest {
  readonly HandshakeId: string
}

export interface DescribeHandshakeResponse {
  readonly Handshake?: Handshake
}

export interface DescribeOrganizationResponse {
  readonly Organization?: Organization
}

export interface DescribeOrganizationalUnitRequest {
  readonly OrganizationalUnitId: string
}

export interface DescribeOrganizationalUnitResponse {
  readonly OrganizationalUnit?: OrganizationalUnit
}

export interface DescribePolicyRequest {
  readonly PolicyId: string
}

export interface DescribePolicyResponse {
  readonly Policy?: Policy
}

export interface DescribeResourcePolicyResponse {
  readonly ResourcePolicy?: ResourcePolicy
}

export interface DescribeResponsibilityTransferRequest {
  readonly Id: string
}

export interface DescribeResponsibilityTransferResponse {
  readonly ResponsibilityTransfer?: ResponsibilityTransfer
}

export interface DetachPolicyRequest {
  readonly PolicyId: string
  readonly TargetId: string
}

export interface DisableAWSServiceAccessRequest {
  readonly ServicePrincipal: string
}

export interface DisablePolicyTypeRequest {
  readonly RootId: string
  readonly PolicyType: "SERVICE_CONTROL_POLICY" | "RESOURCE_CONTROL_POLICY" | "TAG_POLICY" | "BACKUP_POLICY" | "AISERVICES_OPT_OUT_POLICY" | "CHATBOT_POLICY" | "DECLARATIVE_POLICY_EC2" | "SECURITYHUB_POLICY" | "INSPECTOR_POLICY" | "UPGRADE_ROLLOUT_POLICY" | "BEDROCK_POLICY" | "S3_POLICY" | "NETWORK_SECURITY_DIRECTOR_POLICY"
}

export interface DisablePolicyTypeResponse {
  readonly Root?: Root
}

export interface EffectivePolicy {
  readonly PolicyContent?: string
  readonly LastUpdatedTimestamp?: Date
  readonly TargetId?: string
  readonly PolicyType?: "TAG_POLICY" | "BACKUP_POLICY" | "AISERVICES_OPT_OUT_POLICY" | "CHATBOT_POLICY" | "DECLARATIVE_POLICY_EC2" | "SECURITYHUB_POLICY" | "INSPECTOR_POLICY" | "UPGRADE_ROLLOUT_POLICY" | "BEDROCK_POLICY" | "S3_POLICY" | "NETWORK_SECURITY_DIRECTOR_POLICY"
}

export interface EffectivePolicyValidationError {
  readonly ErrorCode?: string
  readonly ErrorMessage?: string
  readonly PathToError?: string
  readonly ContributingPolicies?: readonly string[]
}

export interface EnableAWSServiceAccessRequest {
  readonly ServicePrincipal: string
}

export interface EnableAllFeaturesRequest {}

export interface EnableAllFeaturesResponse {
  readonly Handshake?: Handshake
}

export interface EnablePolicyTypeRequest {
  readonly RootId: string
  readonly PolicyType: "SERVICE_CONTROL_POLICY" | "RESOURCE_CONTROL_POLICY" | "TAG_POLICY" | "BACKUP_POLICY" | "AISERVICES_OPT_OUT_POLICY" | "CHATBOT_POLICY" | "DECLARATIVE_POLICY_EC2" | "SECURITYHUB_POLICY" | "INSPECTOR_POLICY" | "UPGRADE_ROLLOUT_POLICY" | "BEDROCK_POLICY" | "S3_POLICY" | "NETWORK_SECURITY_DIRECTOR_POLICY"
}

export interface EnablePolicyTypeResponse {
  readonly Root?: Root
}

export interface EnabledServicePrincipal {
  readonly ServicePrincipal?: string
  readonly DateEnabled?: Date
}

export interface Handshake {
  readonly Id?: string
  readonly Arn?: string
  readonly Parties?: readonly HandshakeParty[]
  readonly State?: "REQUESTED" | "OPEN" | "CANCELED" | "ACCEPTED" | "DECLINED" | "EXPIRED"
  readonly RequestedTimestamp?: Date
  readonly ExpirationTimestamp?: Date
  readonly Action?: "INVITE" | "ENABLE_ALL_FEATURES" | "APPROVE_ALL_FEATURES" | "ADD_ORGANIZATIONS_SERVICE_LINKED_ROLE" | "TRANSFER_RESPONSIBILITY"
  readonly Resources?: readonly HandshakeResource[]
}

export interface HandshakeFilter {
  readonly ActionType?: "INVITE" | "ENABLE_ALL_FEATURES" | "APPROVE_ALL_FEATURES" | "ADD_ORGANIZATIONS_SERVICE_LINKED_ROLE" | "TRANSFER_RESPONSIBILITY"
  readonly ParentHandshakeId?: string
}

export interface HandshakeParty {
  readonly Id: string
  readonly Type: "ACCOUNT" | "ORGANIZATION" | "EMAIL"
}

export interface HandshakeResource {
  readonly Value?: string
  readonly Type?: "ACCOUNT" | "ORGANIZATION" | "ORGANIZATION_FEATURE_SET" | "EMAIL" | "MASTER_EMAIL" | "MASTER_NAME" | "NOTES" | "PARENT_HANDSHAKE" | "RESPONSIBILITY_TRANSFER" | "TRANSFER_START_TIMESTAMP" | "TRANSFER_TYPE" | "MANAGEMENT_ACCOUNT" | "MANAGEMENT_EMAIL" | "MANAGEMENT_NAME"
  readonly Resources?: readonly HandshakeResource[]
}

export interface InviteAccountToOrganizationRequest {
  readonly Target: HandshakeParty
  readonly Notes?: string
  readonly Tags?: readonly Tag[]
}

export interface InviteAccountToOrganizationResponse {
  readonly Handshake?: Handshake
}

export interface InviteOrganizationToTransferResponsibilityRequest {
  readonly Type: "BILLING"
  readonly Target: HandshakeParty
  readonly Notes?: string
  readonly StartTimestamp: Date
  readonly SourceName: string
  readonly Tags?: readonly Tag[]
}

export interface InviteOrganizationToTransferResponsibilityResponse {
  readonly Handshake?: Handshake
}

export interface ListAWSServiceAccessForOrganizationRequest {
  readonly NextToken?: string
  readonly MaxResults?: number
}

export interface ListAWSServiceAccessForOrganizationResponse {
  readonly EnabledServicePrincipals?: readonly EnabledServicePrincipal[]
  readonly NextToken?: string
}

export interface ListAccountsForParentRequest {
  readonly ParentId: string
  readonly NextToken?: string
  readonly MaxResults?: number
}

export interface ListAccountsForParentResponse {
  readonly Accounts?: readonly Account[]
  readonly NextToken?: string
}

export interface ListAccountsRequest {
  readonly NextToken?: string
  readonly MaxResults?: number
}

export interface ListAccountsResponse {
  readonly Accounts?: readonly Account[]
  readonly NextToken?: string
}

export interface ListAccountsWithInvalidEffectivePolicyRequest {
  readonly PolicyType: "TAG_POLICY" | "BACKUP_POLICY" | "AISERVICES_OPT_OUT_POLICY" | "CHATBOT_POLICY" | "DECLARATIVE_POLICY_EC2" | "SECURITYHUB_POLICY" | "INSPECTOR_POLICY" | "UPGRADE_ROLLOUT_POLICY" | "BEDROCK_POLICY" | "S3_POLICY" | "NETWORK_SECURITY_DIRECTOR_POLICY"
  readonly NextToken?: string
  readonly MaxResults?: number
}

export interface ListAccountsWithInvalidEffectivePolicyResponse {
  readonly Accounts?: readonly Account[]
  readonly PolicyType?: "TAG_POLICY" | "BACKUP_POLICY" | "AISERVICES_OPT_OUT_POLICY" | "CHATBOT_POLICY" | "DECLARATIVE_POLICY_EC2" | "SECURITYHUB_POLICY" | "INSPECTOR_POLICY" | "UPGRADE_ROLLOUT_POLICY" | "BEDROCK_POLICY" | "S3_POLICY" | "NETWORK_SECURITY_DIRECTOR_POLICY"
  readonly NextToken?: string
}

export interface ListChildrenRequest {
  readonly ParentId: string
  readonly ChildType: "ACCOUNT" | "ORGANIZATIONAL_UNIT"
  readonly NextToken?: string
  readonly MaxResults?: number
}

export interface ListChildrenResponse {
  readonly Children?: readonly Child[]
  readonly NextToken?: string
}

export interface ListCreateAccountStatusRequest {
  readonly States?: readonly ("IN_PROGRESS" | "SUCCEEDED" | "FAILED")[]
  readonly NextToken?: string
  readonly MaxResults?: number
}

export interface ListCreateAccountStatusResponse {
  readonly CreateAccountStatuses?: readonly CreateAccountStatus[]
  readonly NextToken?: string
}

export interface ListDelegatedAdministratorsRequest {
  readonly ServicePrincipal?: string
  readonly NextToken?: string
  readonly MaxResults?: number
}

export interface ListDelegatedAdministratorsResponse {
  readonly DelegatedAdministrators?: readonly DelegatedAdministrator[]
  readonly NextToken?: string
}

export interface ListDelegatedServicesForAccountRequest {
  readonly AccountId: string
  readonly NextToken?: string
  readonly MaxResults?: number
}

export interface ListDelegatedServicesForAccountResponse {
  readonly DelegatedServices?: readonly DelegatedService[]
  readonly NextToken?: string
}

export interface ListEffectivePolicyValidationErrorsRequest {
  readonly AccountId: string
  readonly PolicyType: "TAG_POLICY" | "BACKUP_POLICY" | "AISERVICES_OPT_OUT_POLICY" | "CHATBOT_POLICY" | "DECLARATIVE_POLICY_EC2" | "SECURITYHUB_POLICY" | "INSPECTOR_POLICY" | "UPGRADE_ROLLOUT_POLICY" | "BEDROCK_POLICY" | "S3_POLICY" | "NETWORK_SECURITY_DIRECTOR_POLICY"
  readonly NextToken?: string
  readonly MaxResults?: number
}

export interface ListEffectivePolicyValidationErrorsResponse {
  readonly AccountId?: string
  readonly PolicyType?: "TAG_POLICY" | "BACKUP_POLICY" | "AISERVICES_OPT_OUT_POLICY" | "CHATBOT_POLICY" | "DECLARATIVE_POLICY_EC2" | "SECURITYHUB_POLICY" | "INSPECTOR_POLICY" | "UPGRADE_ROLLOUT_POLICY" | "BEDROCK_POLICY" | "S3_POLICY" | "NETWORK_SECURITY_DIRECTOR_POLICY"
  readonly Path?: string
  readonly EvaluationTimestamp?: Date
  readonly NextToken?: string
  readonly EffectivePolicyValidationErrors?: readonly EffectivePolicyValidationError[]
}

export interface ListHandshakesForAccountRequest {
  readonly Filter?: HandshakeFilter
  readonly NextToken?: string
  readonly MaxResults?: number
}

export interface ListHandshakesForAccountResponse {
  readonly Handshakes?: readonly Handshake[]
  readonly NextToken?: string
}

export interface ListHandshakesForOrganizationRequest {
  readonly Filter?: HandshakeFilter
  readonly NextToken?: string
  readonly MaxResults?: number
}

export interface ListHandshakesForOrganizationResponse {
  readonly Handshakes?: readonly Handshake[]
  readonly NextToken?: string
}

export interface ListInboundResponsibilityTransfersRequest {
  readonly Type: "BILLING"
  readonly Id?: string
  readonly NextToken?: string
  readonly MaxResults?: number
}

export interface ListInboundResponsibilityTransfersResponse {
  readonly ResponsibilityTransfers?: readonly ResponsibilityTransfer[]
  readonly NextToken?: string
}

export interface ListOrganizationalUnitsForParentRequest {
  readonly ParentId: string
  readonly NextToken?: string
  readonly MaxResults?: number
}

export interface ListOrganizationalUnitsForParentResponse {
  readonly OrganizationalUnits?: readonly OrganizationalUnit[]
  readonly NextToken?: string
}

export interface ListOutboundResponsibilityTransfersRequest {
  readonly Type: "BILLING"
  readonly NextToken?: string
  readonly MaxResults?: number
}

export interface ListOutboundResponsibilityTransfersResponse {
  readonly ResponsibilityTransfers?: readonly ResponsibilityTransfer[]
  readonly NextToken?: string
}

export interface ListParentsRequest {
  readonly ChildId: string
  readonly NextToken?: string
  readonly MaxResults?: number
}

export interface ListParentsResponse {
  readonly Parents?: readonly Parent[]
  readonly NextToken?: string
}

export interface ListPoliciesForTargetRequest {
  readonly TargetId: string
  readonly Filter: "SERVICE_CONTROL_POLICY" | "RESOURCE_CONTROL_POLICY" | "TAG_POLICY" | "BACKUP_POLICY" | "AISERVICES_OPT_OUT_POLICY" | "CHATBOT_POLICY" | "DECLARATIVE_POLICY_EC2" | "SECURITYHUB_POLICY" | "INSPECTOR_POLICY" | "UPGRADE_ROLLOUT_POLICY" | "BEDROCK_POLICY" | "S3_POLICY" | "NETWORK_SECURITY_DIRECTOR_POLICY"
  readonly NextToken?: string
  readonly MaxResults?: number
}

export interface ListPoliciesForTargetResponse {
  readonly Policies?: readonly PolicySummary[]
  readonly NextToken?: string
}

export interface ListPoliciesRequest {
  readonly Filter: "SERVICE_CONTROL_POLICY" | "RESOURCE_CONTROL_POLICY" | "TAG_POLICY" | "BACKUP_POLICY" | "AISERVICES_OPT_OUT_POLICY" | "CHATBOT_POLICY" | "DECLARATIVE_POLICY_EC2" | "SECURITYHUB_POLICY" | "INSPECTOR_POLICY" | "UPGRADE_ROLLOUT_POLICY" | "BEDROCK_POLICY" | "S3_POLICY" | "NETWORK_SECURITY_DIRECTOR_POLICY"
  readonly NextToken?: string
  readonly MaxResults?: number
}

export interface ListPoliciesResponse {
  readonly Policies?: readonly PolicySummary[]
  readonly NextToken?: string
}

export interface ListRootsRequest {
  readonly NextToken?: string
  readonly MaxResults?: number
}

export interface ListRootsResponse {
  readonly Roots?: readonly Root[]
  readonly NextToken?: string
}

export interface ListTagsForResourceRequest {
  readonly ResourceId: string
  readonly NextToken?: string
}

export interface ListTagsForResourceResponse {
  readonly Tags?: readonly Tag[]
  readonly NextToken?: string
}

export interface ListTargetsForPolicyRequest {
  readonly PolicyId: string
  readonly NextToken?: string
  readonly MaxResults?: number
}

export interface ListTargetsForPolicyResponse {
  readonly Targets?: readonly PolicyTargetSummary[]
  readonly NextToken?: string
}

export interface MoveAccountRequest {
  readonly AccountId: string
  readonly SourceParentId: string
  readonly DestinationParentId: string
}

export interface Organization {
  readonly Id?: string
  readonly Arn?: string
  readonly FeatureSet?: "ALL" | "CONSOLIDATED_BILLING"
  readonly MasterAccountArn?: string
  readonly MasterAccountId?: string
  readonly MasterAccountEmail?: string
  readonly AvailablePolicyTypes?: readonly PolicyTypeSummary[]
}

export interface OrganizationalUnit {
  readonly Id?: string
  readonly Arn?: string
  readonly Name?: string
  readonly Path?: string
}

export interface Parent {
  readonly Id?: string
  readonly Type?: "ROOT" | "ORGANIZATIONAL_UNIT"
}

export interface Policy {
  readonly PolicySummary?: PolicySummary
  readonly Content?: string
}

export interface PolicySummary {
  readonly Id?: string
  readonly Arn?: string
  readonly Name?: string
  readonly Description?: string
  readonly Type?: "SERVICE_CONTROL_POLICY" | "RESOURCE_CONTROL_POLICY" | "TAG_POLICY" | "BACKUP_POLICY" | "AISERVICES_OPT_OUT_POLICY" | "CHATBOT_POLICY" | "DECLARATIVE_POLICY_EC2" | "SECURITYHUB_POLICY" | "INSPECTOR_POLICY" | "UPGRADE_ROLLOUT_POLICY" | "BEDROCK_POLICY" | "S3_POLICY" | "NETWORK_SECURITY_DIRECTOR_POLICY"
  readonly AwsManaged?: boolean
}

export interface PolicyTargetSummary {
  readonly TargetId?: string
  readonly Arn?: string
  readonly Name?: string
  readonly Type?: "ACCOUNT" | "ORGANIZATIONAL_UNIT" | "ROOT"
}

export interface PolicyTypeSummary {
  readonly Type?: "SERVICE_CONTROL_POLICY" | "RESOURCE_CONTROL_POLICY" | "TAG_POLICY" | "BACKUP_POLICY" | "AISERVICES_OPT_OUT_POLICY" | "CHATBOT_POLICY" | "DECLARATIVE_POLICY_EC2" | "SECURITYHUB_POLICY" | "INSPECTOR_POLICY" | "UPGRADE_ROLLOUT_POLICY" | "BEDROCK_POLICY" | "S3_POLICY" | "NETWORK_SECURITY_DIRECTOR_POLICY"
  readonly Status?: "ENABLED" | "PENDING_ENABLE" | "PENDING_DISABLE"
}

export interface PutResourcePolicyRequest {
  readonly Content: string
  readonly Tags?: readonly Tag[]
}

export interface PutResourcePolicyResponse {
  readonly ResourcePolicy?: ResourcePolicy
}

export interface RegisterDelegatedAdministratorRequest {
  readonly AccountId: string
  readonly ServicePrincipal: string
}

export interface RemoveAccountFromOrganizationRequest {
  readonly AccountId: string
}

export interface ResourcePolicy {
  readonly ResourcePolicySummary?: ResourcePolicySummary
  readonly Content?: string
}

export interface ResourcePolicySummary {
  readonly Id?: string
  readonly Arn?: string
}

export interface ResponsibilityTransfer {
  readonly Arn?: string
  readonly Name?: string
  readonly Id?: string
  readonly Type?: "BILLING"
  readonly Status?: "REQUESTED" | "DECLINED" | "CANCELED" | "EXPIRED" | "ACCEPTED" | "WITHDRAWN"
  readonly Source?: TransferParticipant
  readonly Target?: TransferParticipant
  readonly StartTimestamp?: Date
  readonly EndTimestamp?: Date
  readonly ActiveHandshakeId?: string
}

export interface Root {
  readonly Id?: string
  readonly Arn?: string
  readonly Name?: string
  readonly PolicyTypes?: readonly PolicyTypeSummary[]
}

export interface Tag {
  readonly Key: string
  readonly Value: string
}

export interface TagResourceRequest {
  readonly ResourceId: string
  readonly Tags: readonly Tag[]
}

export interface TerminateResponsibilityTransferRequest {
  readonly Id: string
  readonly EndTimestamp?: Date
}

export interface TerminateResponsibilityTransferResponse {
  readonly ResponsibilityTransfer?: ResponsibilityTransfer
}

export interface TransferParticipant {
  readonly ManagementAccountId?: string
  readonly ManagementAccountEmail?: string
}

export interface UntagResourceRequest {
  readonly ResourceId: string
  readonly TagKeys: readonly string[]
}

export interface UpdateOrganizationalUnitRequest {
  readonly OrganizationalUnitId: string
  readonly Name?: string
}

export interface UpdateOrganizationalUnitResponse {
  readonly OrganizationalUnit?: OrganizationalUnit
}

export interface UpdatePolicyRequest {
  readonly PolicyId: string
  readonly Name?: string
  readonly Description?: string
  readonly Content?: string
}

export interface UpdatePolicyResponse {
  readonly Policy?: Policy
}

export interface UpdateResponsibilityTransferRequest {
  readonly Id: string
  readonly Name: string
}

export interface UpdateResponsibilityTransferResponse {
  readonly ResponsibilityTransfer?: ResponsibilityTransfer
}

export interface OrganizationsOperations {
  readonly AcceptHandshake: { readonly input: AcceptHandshakeRequest; readonly output: AcceptHandshakeResponse; readonly error: "AccessDeniedException" | "AWSOrganizationsNotInUseException" | "HandshakeConstraintViolationException" | "HandshakeNotFoundException" | "InvalidHandshakeTransitionException" | "HandshakeAlreadyInStateException" | "InvalidInputException" | "ConcurrentModificationException" | "ServiceException" | "TooManyRequestsException" | "AccessDeniedForDependencyException" | "ConstraintViolationException" | "MasterCannotLeaveOrganizationException" }
  readonly AttachPolicy: { readonly input: AttachPolicyRequest; readonly output: object; readonly error: "AccessDeniedException" | "AWSOrganizationsNotInUseException" | "ConcurrentModificationException" | "ConstraintViolationException" | "DuplicatePolicyAttachmentException" | "InvalidInputException" | "PolicyNotFoundException" | "PolicyTypeNotEnabledException" | "ServiceException" | "TargetNotFoundException" | "TooManyRequestsException" | "UnsupportedAPIEndpointException" | "PolicyChangesInProgressException" }
  readonly CancelHandshake: { readonly input: CancelHandshakeRequest; readonly output: CancelHandshakeResponse; readonly error: "AccessDeniedException" | "ConcurrentModificationException" | "HandshakeNotFoundException" | "InvalidHandshakeTransitionException" | "HandshakeAlreadyInStateException" | "InvalidInputException" | "ServiceException" | "TooManyRequestsException" }
  readonly CloseAccount: { readonly input: CloseAccountRequest; readonly output: object; readonly error: "AccessDeniedException" | "AccountAlreadyClosedException" | "AccountNotFoundException" | "AWSOrganizationsNotInUseException" | "ConcurrentModificationException" | "ConflictException" | "ConstraintViolationException" | "InvalidInputException" | "ServiceException" | "TooManyRequestsException" | "UnsupportedAPIEndpointException" }
  readonly CreateAccount: { readonly input: CreateAccountRequest; readonly output: CreateAccountResponse; readonly error: "AccessDeniedException" | "AWSOrganizationsNotInUseException" | "ConcurrentModificationException" | "ConstraintViolationException" | "InvalidInputException" | "FinalizingOrganizationException" | "ServiceException" | "TooManyRequestsException" | "UnsupportedAPIEndpointException" }
  readonly CreateGovCloudAccount: { readonly input: CreateGovCloudAccountRequest; readonly output: CreateGovCloudAccountResponse; readonly error: "AccessDeniedException" | "AWSOrganizationsNotInUseException" | "ConcurrentModificationException" | "ConstraintViolationException" | "InvalidInputException" | "FinalizingOrganizationException" | "ServiceException" | "TooManyRequestsException" | "UnsupportedAPIEndpointException" }
  readonly CreateOrganization: { readonly input: CreateOrganizationRequest; readonly output: CreateOrganizationResponse; readonly error: "AccessDeniedException" | "AlreadyInOrganizationException" | "ConcurrentModificationException" | "ConstraintViolationException" | "InvalidInputException" | "ServiceException" | "TooManyRequestsException" | "AccessDeniedForDependencyException" }
  readonly CreateOrganizationalUnit: { readonly input: CreateOrganizationalUnitRequest; readonly output: CreateOrganizationalUnitResponse; readonly error: "AccessDeniedException" | "AWSOrganizationsNotInUseException" | "ConcurrentModificationException" | "ConstraintViolationException" | "DuplicateOrganizationalUnitException" | "InvalidInputException" | "ParentNotFoundException" | "ServiceException" | "TooManyRequestsException" }
  readonly CreatePolicy: { readonly input: CreatePolicyRequest; readonly output: CreatePolicyResponse; readonly error: "AccessDeniedException" | "AWSOrganizationsNotInUseException" | "ConcurrentModificationException" | "ConstraintViolationException" | "DuplicatePolicyException" | "InvalidInputException" | "MalformedPolicyDocumentException" | "PolicyTypeNotAvailableForOrganizationException" | "ServiceException" | "TooManyRequestsException" | "UnsupportedAPIEndpointException" }
  readonly DeclineHandshake: { readonly input: DeclineHandshakeRequest; readonly output: DeclineHandshakeResponse; readonly error: "AccessDeniedException" | "ConcurrentModificationException" | "HandshakeNotFoundException" | "InvalidHandshakeTransitionException" | "HandshakeAlreadyInStateException" | "InvalidInputException" | "ServiceException" | "TooManyRequestsException" }
  readonly DeleteOrganization: { readonly input: object; readonly output: object; readonly error: "AccessDeniedException" | "AWSOrganizationsNotInUseException" | "ConcurrentModificationException" | "ConstraintViolationException" | "InvalidInputException" | "OrganizationNotEmptyException" | "ServiceException" | "TooManyRequestsException" }
  readonly DeleteOrganizationalUnit: { readonly input: DeleteOrganizationalUnitRequest; readonly output: object; readonly error: "AccessDeniedException" | "AWSOrganizationsNotInUseException" | "ConcurrentModificationException" | "InvalidInputException" | "OrganizationalUnitNotEmptyException" | "OrganizationalUnitNotFoundException" | "ServiceException" | "TooManyRequestsException" }
  readonly DeletePolicy: { readonly input: DeletePolicyRequest; readonly output: object; readonly error: "AccessDeniedException" | "AWSOrganizationsNotInUseException" | "ConcurrentModificationException" | "InvalidInputException" | "PolicyInUseException" | "PolicyNotFoundException" | "ServiceException" | "TooManyRequestsException" | "UnsupportedAPIEndpointException" }
  readonly DeleteResourcePolicy: { readonly input: object; readonly output: object; readonly error: "AccessDeniedException" | "ServiceException" | "UnsupportedAPIEndpointException" | "TooManyRequestsException" | "ConcurrentModificationException" | "ConstraintViolationException" | "AWSOrganizationsNotInUseException" | "ResourcePolicyNotFoundException" }
  readonly DeregisterDelegatedAdministrator: { readonly input: DeregisterDelegatedAdministratorRequest; readonly output: object; readonly error: "AccessDeniedException" | "AccountNotFoundException" | "AccountNotRegisteredException" | "AWSOrganizationsNotInUseException" | "ConcurrentModificationException" | "ConstraintViolationException" | "InvalidInputException" | "TooManyRequestsException" | "ServiceException" | "UnsupportedAPIEndpointException" }
  readonly DescribeAccount: { readonly input: DescribeAccountRequest; readonly output: DescribeAccountResponse; readonly error: "AccessDeniedException" | "AccountNotFoundException" | "AWSOrganizationsNotInUseException" | "InvalidInputException" | "ServiceException" | "TooManyRequestsException" }
  readonly DescribeCreateAccountStatus: { readonly input: DescribeCreateAccountStatusRequest; readonly output: DescribeCreateAccountStatusResponse; readonly error: "AccessDeniedException" | "AWSOrganizationsNotInUseException" | "CreateAccountStatusNotFoundException" | "InvalidInputException" | "ServiceException" | "TooManyRequestsException" | "UnsupportedAPIEndpointException" }
  readonly DescribeEffectivePolicy: { readonly input: DescribeEffectivePolicyRequest; readonly output: DescribeEffectivePolicyResponse; readonly error: "AccessDeniedException" | "AWSOrganizationsNotInUseException" | "ConstraintViolationException" | "ServiceException" | "TooManyRequestsException" | "TargetNotFoundException" | "EffectivePolicyNotFoundException" | "InvalidInputException" | "UnsupportedAPIEndpointException" }
  readonly DescribeHandshake: { readonly input: DescribeHandshakeRequest; readonly output: DescribeHandshakeResponse; readonly error: "AccessDeniedException" | "ConcurrentModificationException" | "HandshakeNotFoundException" | "InvalidInputException" | "ServiceException" | "TooManyRequestsException" }
  readonly DescribeOrganization: { readonly input: object; readonly output: DescribeOrganizationResponse; readonly error: "AccessDeniedException" | "AWSOrganizationsNotInUseException" | "ConcurrentModificationException" | "ServiceException" | "TooManyRequestsException" }
  readonly DescribeOrganizationalUnit: { readonly input: DescribeOrganizationalUnitRequest; readonly output: DescribeOrganizationalUnitResponse; readonly error: "AccessDeniedException" | "AWSOrganizationsNotInUseException" | "InvalidInputException" | "OrganizationalUnitNotFoundException" | "ServiceException" | "TooManyRequestsException" }
  readonly DescribePolicy: { readonly input: DescribePolicyRequest; readonly output: DescribePolicyResponse; readonly error: "AccessDeniedException" | "AWSOrganizationsNotInUseException" | "InvalidInputException" | "PolicyNotFoundException" | "ServiceException" | "TooManyRequestsException" | "UnsupportedAPIEndpointException" }
  readonly DescribeResourcePolicy: { readonly input: object; readonly output: DescribeResourcePolicyResponse; readonly error: "AccessDeniedException" | "ServiceException" | "UnsupportedAPIEndpointException" | "TooManyRequestsException" | "AWSOrganizationsNotInUseException" | "ResourcePolicyNotFoundException" | "ConstraintViolationException" }
  readonly DescribeResponsibilityTransfer: { readonly input: DescribeResponsibilityTransferRequest; readonly output: DescribeResponsibilityTransferResponse; readonly error: "AccessDeniedException" | "AWSOrganizationsNotInUseException" | "ResponsibilityTransferNotFoundException" | "InvalidInputException" | "ServiceException" | "TooManyRequestsException" | "UnsupportedAPIEndpointException" }
  readonly DetachPolicy: { readonly input: DetachPolicyRequest; readonly output: object; readonly error: "AccessDeniedException" | "AWSOrganizationsNotInUseException" | "ConcurrentModificationException" | "ConstraintViolationException" | "InvalidInputException" | "PolicyNotAttachedException" | "PolicyNotFoundException" | "ServiceException" | "TargetNotFoundException" | "TooManyRequestsException" | "UnsupportedAPIEndpointException" | "PolicyChangesInProgressException" }
  readonly DisableAWSServiceAccess: { readonly input: DisableAWSServiceAccessRequest; readonly output: object; readonly error: "AccessDeniedException" | "AWSOrganizationsNotInUseException" | "ConcurrentModificationException" | "ConstraintViolationException" | "InvalidInputException" | "ServiceException" | "TooManyRequestsException" | "UnsupportedAPIEndpointException" }
  readonly DisablePolicyType: { readonly input: DisablePolicyTypeRequest; readonly output: DisablePolicyTypeResponse; readonly error: "AccessDeniedException" | "AWSOrganizationsNotInUseException" | "ConcurrentModificationException" | "ConstraintViolationException" | "InvalidInputException" | "PolicyTypeNotEnabledException" | "RootNotFoundException" | "ServiceException" | "TooManyRequestsException" | "UnsupportedAPIEndpointException" | "PolicyChangesInProgressException" }
  readonly EnableAWSServiceAccess: { readonly input: EnableAWSServiceAccessRequest; readonly output: object; readonly error: "AccessDeniedException" | "AWSOrganizationsNotInUseException" | "ConcurrentModificationException" | "ConstraintViolationException" | "InvalidInputException" | "ServiceException" | "TooManyRequestsException" | "UnsupportedAPIEndpointException" }
  readonly EnableAllFeatures: { readonly input: EnableAllFeaturesRequest; readonly output: EnableAllFeaturesResponse; readonly error: "AccessDeniedException" | "AWSOrganizationsNotInUseException" | "ConcurrentModificationException" | "ConstraintViolationException" | "HandshakeConstraintViolationException" | "InvalidInputException" | "ServiceException" | "TooManyRequestsException" }
  readonly EnablePolicyType: { readonly input: EnablePolicyTypeRequest; readonly output: EnablePolicyTypeResponse; readonly error: "AccessDeniedException" | "AWSOrganizationsNotInUseException" | "ConcurrentModificationException" | "ConstraintViolationException" | "InvalidInputException" | "PolicyTypeAlreadyEnabledException" | "RootNotFoundException" | "ServiceException" | "TooManyRequestsException" | "PolicyTypeNotAvailableForOrganizationException" | "UnsupportedAPIEndpointException" | "PolicyChangesInProgressException" }
  readonly InviteAccountToOrganization: { readonly input: InviteAccountToOrganizationRequest; readonly output: InviteAccountToOrganizationResponse; readonly error: "AccessDeniedException" | "AWSOrganizationsNotInUseException" | "AccountOwnerNotVerifiedException" | "ConcurrentModificationException" | "HandshakeConstraintViolationException" | "DuplicateHandshakeException" | "ConstraintViolationException" | "InvalidInputException" | "FinalizingOrganizationException" | "ServiceException" | "TooManyRequestsException" }
  readonly InviteOrganizationToTransferResponsibility: { readonly input: InviteOrganizationToTransferResponsibilityRequest; readonly output: InviteOrganizationToTransferResponsibilityResponse; readonly error: "AccessDeniedException" | "AWSOrganizationsNotInUseException" | "ConcurrentModificationException" | "ConstraintViolationException" | "DuplicateHandshakeException" | "HandshakeConstraintViolationException" | "InvalidInputException" | "ServiceException" | "TooManyRequestsException" | "UnsupportedAPIEndpointException" }
  readonly LeaveOrganization: { readonly input: object; readonly output: object; readonly error: "AccessDeniedException" | "AccountNotFoundException" | "AWSOrganizationsNotInUseException" | "ConcurrentModificationException" | "ConstraintViolationException" | "InvalidInputException" | "MasterCannotLeaveOrganizationException" | "ServiceException" | "TooManyRequestsException" }
  readonly ListAWSServiceAccessForOrganization: { readonly input: ListAWSServiceAccessForOrganizationRequest; readonly output: ListAWSServiceAccessForOrganizationResponse; readonly error: "AccessDeniedException" | "AWSOrganizationsNotInUseException" | "ConstraintViolationException" | "InvalidInputException" | "ServiceException" | "TooManyRequestsException" | "UnsupportedAPIEndpointException" }
  readonly ListAccounts: { readonly input: ListAccountsRequest; readonly output: ListAccountsResponse; readonly error: "AccessDeniedException" | "AWSOrganizationsNotInUseException" | "InvalidInputException" | "ServiceException" | "TooManyRequestsException" }
  readonly ListAccountsForParent: { readonly input: ListAccountsForParentRequest; readonly output: ListAccountsForParentResponse; readonly error: "AccessDeniedException" | "AWSOrganizationsNotInUseException" | "InvalidInputException" | "ParentNotFoundException" | "ServiceException" | "TooManyRequestsException" }
  readonly ListAccountsWithInvalidEffectivePolicy: { readonly input: ListAccountsWithInvalidEffectivePolicyRequest; readonly output: ListAccountsWithInvalidEffectivePolicyResponse; readonly error: "AccessDeniedException" | "AWSOrganizationsNotInUseException" | "ConstraintViolationException" | "EffectivePolicyNotFoundException" | "ServiceException" | "TooManyRequestsException" | "InvalidInputException" | "UnsupportedAPIEndpointException" }
  readonly ListChildren: { readonly input: ListChildrenRequest; readonly output: ListChildrenResponse; readonly error: "AccessDeniedException" | "AWSOrganizationsNotInUseException" | "InvalidInputException" | "ParentNotFoundException" | "ServiceException" | "TooManyRequestsException" }
  readonly ListCreateAccountStatus: { readonly input: ListCreateAccountStatusRequest; readonly output: ListCreateAccountStatusResponse; readonly error: "AccessDeniedException" | "AWSOrganizationsNotInUseException" | "InvalidInputException" | "ServiceException" | "TooManyRequestsException" | "UnsupportedAPIEndpointException" }
  readonly ListDelegatedAdministrators: { readonly input: ListDelegatedAdministratorsRequest; readonly output: ListDelegatedAdministratorsResponse; readonly error: "AccessDeniedException" | "AWSOrganizationsNotInUseException" | "ConstraintViolationException" | "InvalidInputException" | "TooManyRequestsException" | "ServiceException" | "UnsupportedAPIEndpointException" }
  readonly ListDelegatedServicesForAccount: { readonly input: ListDelegatedServicesForAccountRequest; readonly output: ListDelegatedServicesForAccountResponse; readonly error: "AccessDeniedException" | "AccountNotFoundException" | "AccountNotRegisteredException" | "AWSOrganizationsNotInUseException" | "ConstraintViolationException" | "InvalidInputException" | "TooManyRequestsException" | "ServiceException" | "UnsupportedAPIEndpointException" }
  readonly ListEffectivePolicyValidationErrors: { readonly input: ListEffectivePolicyValidationErrorsRequest; readonly output: ListEffectivePolicyValidationErrorsResponse; readonly error: "AccessDeniedException" | "AWSOrganizationsNotInUseException" | "ConstraintViolationException" | "EffectivePolicyNotFoundException" | "ServiceException" | "TooManyRequestsException" | "AccountNotFoundException" | "InvalidInputException" | "UnsupportedAPIEndpointException" }
  readonly ListHandshakesForAccount: { readonly input: ListHandshakesForAccountRequest; readonly output: ListHandshakesForAccountResponse; readonly error: "AccessDeniedException" | "ConcurrentModificationException" | "InvalidInputException" | "ServiceException" | "TooManyRequestsException" }
  readonly ListHandshakesForOrganization: { readonly input: ListHandshakesForOrganizationRequest; readonly output: ListHandshakesForOrganizationResponse; readonly error: "AccessDeniedException" | "AWSOrganizationsNotInUseException" | "ConcurrentModificationException" | "InvalidInputException" | "ServiceException" | "TooManyRequestsException" }
  readonly ListInboundResponsibilityTransfers: { readonly input: ListInboundResponsibilityTransfersRequest; readonly output: ListInboundResponsibilityTransfersResponse; readonly error: "AccessDeniedException" | "AWSOrganizationsNotInUseException" | "ResponsibilityTransferNotFoundException" | "ConstraintViolationException" | "InvalidInputException" | "ServiceException" | "TooManyRequestsException" | "UnsupportedAPIEndpointException" }
  readonly ListOrganizationalUnitsForParent: { readonly input: ListOrganizationalUnitsForParentRequest; readonly output: ListOrganizationalUnitsForParentResponse; readonly error: "AccessDeniedException" | "AWSOrganizationsNotInUseException" | "InvalidInputException" | "ParentNotFoundException" | "ServiceException" | "TooManyRequestsException" }
  readonly ListOutboundResponsibilityTransfers: { readonly input: ListOutboundResponsibilityTransfersRequest; readonly output: ListOutboundResponsibilityTransfersResponse; readonly error: "AccessDeniedException" | "AWSOrganizationsNotInUseException" | "ConstraintViolationException" | "InvalidInputException" | "ServiceException" | "TooManyRequestsException" | "UnsupportedAPIEndpointException" }
  readonly ListParents: { readonly input: ListParentsRequest; readonly output: ListParentsResponse; readonly error: "AccessDeniedException" | "AWSOrganizationsNotInUseException" | "ChildNotFoundException" | "InvalidInputException" | "ServiceException" | "TooManyRequestsException" }
  readonly ListPolicies: { readonly input: ListPoliciesRequest; readonly output: ListPoliciesResponse; readonly error: "AccessDeniedException" | "AWSOrganizationsNotInUseException" | "InvalidInputException" | "ServiceException" | "TooManyRequestsException" | "UnsupportedAPIEndpointException" }
  readonly ListPoliciesForTarget: { readonly input: ListPoliciesForTargetRequest; readonly output: ListPoliciesForTargetResponse; readonly error: "AccessDeniedException" | "AWSOrganizationsNotInUseException" | "InvalidInputException" | "ServiceException" | "TargetNotFoundException" | "TooManyRequestsException" | "UnsupportedAPIEndpointException" }
  readonly ListRoots: { readonly input: ListRootsRequest; readonly output: ListRootsResponse; readonly error: "AccessDeniedException" | "AWSOrganizationsNotInUseException" | "InvalidInputException" | "ServiceException" | "TooManyRequestsException" }
  readonly ListTagsForResource: { readonly input: ListTagsForResourceRequest; readonly output: ListTagsForResourceResponse; readonly error: "AccessDeniedException" | "AWSOrganizationsNotInUseException" | "TargetNotFoundException" | "InvalidInputException" | "ServiceException" | "TooManyRequestsException" }
  readonly ListTargetsForPolicy: { readonly input: ListTargetsForPolicyRequest; readonly output: ListTargetsForPolicyResponse; readonly error: "AccessDeniedException" | "AWSOrganizationsNotInUseException" | "InvalidInputException" | "PolicyNotFoundException" | "ServiceException" | "TooManyRequestsException" | "UnsupportedAPIEndpointException" }
  readonly MoveAccount: { readonly input: MoveAccountRequest; readonly output: object; readonly error: "AccessDeniedException" | "InvalidInputException" | "SourceParentNotFoundException" | "DestinationParentNotFoundException" | "DuplicateAccountException" | "AccountNotFoundException" | "TooManyRequestsException" | "ConcurrentModificationException" | "AWSOrganizationsNotInUseException" | "ServiceException" }
  readonly PutResourcePolicy: { readonly input: PutResourcePolicyRequest; readonly output: PutResourcePolicyResponse; readonly error: "AccessDeniedException" | "ServiceException" | "UnsupportedAPIEndpointException" | "TooManyRequestsException" | "ConcurrentModificationException" | "InvalidInputException" | "ConstraintViolationException" | "AWSOrganizationsNotInUseException" }
  readonly RegisterDelegatedAdministrator: { readonly input: RegisterDelegatedAdministratorRequest; readonly output: object; readonly error: "AccessDeniedException" | "AccountAlreadyRegisteredException" | "AccountNotFoundException" | "AWSOrganizationsNotInUseException" | "ConcurrentModificationException" | "ConstraintViolationException" | "InvalidInputException" | "TooManyRequestsException" | "ServiceException" | "UnsupportedAPIEndpointException" }
  readonly RemoveAccountFromOrganization: { readonly input: RemoveAccountFromOrganizationRequest; readonly output: object; readonly error: "AccessDeniedException" | "AccountNotFoundException" | "AWSOrganizationsNotInUseException" | "ConcurrentModificationException" | "ConstraintViolationException" | "InvalidInputException" | "MasterCannotLeaveOrganizationException" | "ServiceException" | "TooManyRequestsException" }
  readonly TagResource: { readonly input: TagResourceRequest; readonly output: object; readonly error: "AccessDeniedException" | "ConcurrentModificationException" | "AWSOrganizationsNotInUseException" | "TargetNotFoundException" | "ConstraintViolationException" | "InvalidInputException" | "ServiceException" | "TooManyRequestsException" }
  readonly TerminateResponsibilityTransfer: { readonly input: TerminateResponsibilityTransferRequest; readonly output: TerminateResponsibilityTransferResponse; readonly error: "AccessDeniedException" | "AWSOrganizationsNotInUseException" | "ConcurrentModificationException" | "ConstraintViolationException" | "InvalidInputException" | "ResponsibilityTransferNotFoundException" | "ServiceException" | "TooManyRequestsException" | "UnsupportedAPIEndpointException" | "ResponsibilityTransferAlreadyInStatusException" | "InvalidResponsibilityTransferTransitionException" }
  readonly UntagResource: { readonly input: UntagResourceRequest; readonly output: object; readonly error: "AccessDeniedException" | "ConcurrentModificationException" | "AWSOrganizationsNotInUseException" | "TargetNotFoundException" | "ConstraintViolationException" | "InvalidInputException" | "ServiceException" | "TooManyRequestsException" }
  readonly UpdateOrganizationalUnit: { readonly input: UpdateOrganizationalUnitRequest; readonly output: UpdateOrganizationalUnitResponse; readonly error: "AccessDeniedException" | "AWSOrganizationsNotInUseException" | "ConcurrentModificationException" | "DuplicateOrganizationalUnitException" | "InvalidInputException" | "OrganizationalUnitNotFoundException" | "ServiceException" | "TooManyRequestsException" }
  readonly UpdatePolicy: { readonly input: UpdatePolicyRequest; readonly output: UpdatePolicyResponse; readonly error: "AccessDeniedException" | "AWSOrganizationsNotInUseException" | "ConcurrentModificationException" | "ConstraintViolationException" | "DuplicatePolicyException" | "InvalidInputException" | "MalformedPolicyDocumentException" | "PolicyNotFoundException" | "ServiceException" | "TooManyRequestsException" | "UnsupportedAPIEndpointException" | "PolicyChangesInProgressException" }
  readonly UpdateResponsibilityTransfer: { readonly input: UpdateResponsibilityTransferRequest; readonly output: UpdateResponsibilityTransferResponse; readonly error: "AccessDeniedException" | "AWSOrganizationsNotInUseException" | "ResponsibilityTransferNotFoundException" | "ConstraintViolationException" | "InvalidInputException" | "ServiceException" | "TooManyRequestsException" | "UnsupportedAPIEndpointException" }
}
