// Generated from packages/model/data by `npm run generate`. Do not edit.
export interface Access {
  readonly actions?: readonly string[]
  readonly resources?: readonly string[]
}

export interface AccessPreview {
  readonly id: string
  readonly analyzerArn: string
  readonly configurations: Readonly<Record<string, Configuration>>
  readonly createdAt: Date
  readonly status: "COMPLETED" | "CREATING" | "FAILED"
  readonly statusReason?: AccessPreviewStatusReason
}

export interface AccessPreviewFinding {
  readonly id: string
  readonly existingFindingId?: string
  readonly existingFindingStatus?: "ACTIVE" | "ARCHIVED" | "RESOLVED"
  readonly principal?: Readonly<Record<string, string>>
  readonly action?: readonly string[]
  readonly condition?: Readonly<Record<string, string>>
  readonly resource?: string
  readonly isPublic?: boolean
  readonly resourceType: "AWS::S3::Bucket" | "AWS::IAM::Role" | "AWS::SQS::Queue" | "AWS::Lambda::Function" | "AWS::Lambda::LayerVersion" | "AWS::KMS::Key" | "AWS::SecretsManager::Secret" | "AWS::EFS::FileSystem" | "AWS::EC2::Snapshot" | "AWS::ECR::Repository" | "AWS::RDS::DBSnapshot" | "AWS::RDS::DBClusterSnapshot" | "AWS::SNS::Topic" | "AWS::S3Express::DirectoryBucket" | "AWS::DynamoDB::Table" | "AWS::DynamoDB::Stream" | "AWS::IAM::User"
  readonly createdAt: Date
  readonly changeType: "CHANGED" | "NEW" | "UNCHANGED"
  readonly status: "ACTIVE" | "ARCHIVED" | "RESOLVED"
  readonly resourceOwnerAccount: string
  readonly error?: string
  readonly sources?: readonly FindingSource[]
  readonly resourceControlPolicyRestriction?: "APPLICABLE" | "FAILED_TO_EVALUATE_RCP" | "NOT_APPLICABLE" | "APPLIED"
}

export interface AccessPreviewStatusReason {
  readonly code: "INTERNAL_ERROR" | "INVALID_CONFIGURATION"
}

export interface AccessPreviewSummary {
  readonly id: string
  readonly analyzerArn: string
  readonly createdAt: Date
  readonly status: "COMPLETED" | "CREATING" | "FAILED"
  readonly statusReason?: AccessPreviewStatusReason
}

export interface AclGrantee {
  readonly id?: string
  readonly uri?: string
}

export interface AnalysisRule {
  readonly exclusions?: readonly AnalysisRuleCriteria[]
}

export interface AnalysisRuleCriteria {
  readonly accountIds?: readonly string[]
  readonly resourceTags?: readonly (Readonly<Record<string, string>>)[]
}

export interface AnalyzedResource {
  readonly resourceArn: string
  readonly resourceType: "AWS::S3::Bucket" | "AWS::IAM::Role" | "AWS::SQS::Queue" | "AWS::Lambda::Function" | "AWS::Lambda::LayerVersion" | "AWS::KMS::Key" | "AWS::SecretsManager::Secret" | "AWS::EFS::FileSystem" | "AWS::EC2::Snapshot" | "AWS::ECR::Repository" | "AWS::RDS::DBSnapshot" | "AWS::RDS::DBClusterSnapshot" | "AWS::SNS::Topic" | "AWS::S3Express::DirectoryBucket" | "AWS::DynamoDB::Table" | "AWS::DynamoDB::Stream" | "AWS::IAM::User"
  readonly createdAt: Date
  readonly analyzedAt: Date
  readonly updatedAt: Date
  readonly isPublic: boolean
  readonly actions?: readonly string[]
  readonly sharedVia?: readonly string[]
  readonly status?: "ACTIVE" | "ARCHIVED" | "RESOLVED"
  readonly resourceOwnerAccount: string
  readonly error?: string
}

export interface AnalyzedResourceSummary {
  readonly resourceArn: string
  readonly resourceOwnerAccount: string
  readonly resourceType: "AWS::S3::Bucket" | "AWS::IAM::Role" | "AWS::SQS::Queue" | "AWS::Lambda::Function" | "AWS::Lambda::LayerVersion" | "AWS::KMS::Key" | "AWS::SecretsManager::Secret" | "AWS::EFS::FileSystem" | "AWS::EC2::Snapshot" | "AWS::ECR::Repository" | "AWS::RDS::DBSnapshot" | "AWS::RDS::DBClusterSnapshot" | "AWS::SNS::Topic" | "AWS::S3Express::DirectoryBucket" | "AWS::DynamoDB::Table" | "AWS::DynamoDB::Stream" | "AWS::IAM::User"
}

export interface AnalyzerConfiguration {
  readonly unusedAccess?: UnusedAccessConfiguration
  readonly internalAccess?: InternalAccessConfiguration
}

export interface AnalyzerSummary {
  readonly arn: string
  readonly name: string
  readonly type: "ACCOUNT" | "ORGANIZATION" | "ACCOUNT_UNUSED_ACCESS" | "ORGANIZATION_UNUSED_ACCESS" | "ACCOUNT_INTERNAL_ACCESS" | "ORGANIZATION_INTERNAL_ACCESS"
  readonly createdAt: Date
  readonly lastResourceAnalyzed?: string
  readonly lastResourceAnalyzedAt?: Date
  readonly tags?: Readonly<Record<string, string>>
  readonly status: "ACTIVE" | "CREATING" | "DISABLED" | "FAILED"
  readonly statusReason?: StatusReason
  readonly configuration?: AnalyzerConfiguration
  readonly managedBy?: string
}

export interface ApplyArchiveRuleRequest {
  readonly analyzerArn: string
  readonly ruleName: string
  readonly clientToken?: string
}

export interface ArchiveRuleSummary {
  readonly ruleName: string
  readonly filter: Readonly<Record<string, Criterion>>
  readonly createdAt: Date
  readonly updatedAt: Date
}

export interface CancelPolicyGenerationRequest {
  readonly jobId: string
}

export interface CancelPolicyGenerationResponse {}

export interface CheckAccessNotGrantedRequest {
  readonly policyDocument: string
  readonly access: readonly Access[]
  readonly policyType: "IDENTITY_POLICY" | "RESOURCE_POLICY"
}

export interface CheckAccessNotGrantedResponse {
  readonly result?: "PASS" | "FAIL"
  readonly message?: string
  readonly reasons?: readonly ReasonSummary[]
}

export interface CheckNoNewAccessRequest {
  readonly newPolicyDocument: string
  readonly existingPolicyDocument: string
  readonly policyType: "IDENTITY_POLICY" | "RESOURCE_POLICY"
}

export interface CheckNoNewAccessResponse {
  readonly result?: "PASS" | "FAIL"
  readonly message?: string
  readonly reasons?: readonly ReasonSummary[]
}

export interface CheckNoPublicAccessRequest {
  readonly policyDocument: string
  readonly resourceType: "AWS::DynamoDB::Table" | "AWS::DynamoDB::Stream" | "AWS::EFS::FileSystem" | "AWS::OpenSearchService::Domain" | "AWS::Kinesis::Stream" | "AWS::Kinesis::StreamConsumer" | "AWS::KMS::Key" | "AWS::Lambda::Function" | "AWS::S3::Bucket" | "AWS::S3::AccessPoint" | "AWS::S3Express::DirectoryBucket" | "AWS::S3::Glacier" | "AWS::S3Outposts::Bucket" | "AWS::S3Outposts::AccessPoint" | "AWS::SecretsManager::Secret" | "AWS::SNS::Topic" | "AWS::SQS::Queue" | "AWS::IAM::AssumeRolePolicyDocument" | "AWS::S3Tables::TableBucket" | "AWS::ApiGateway::RestApi" | "AWS::CodeArtifact::Domain" | "AWS::Backup::BackupVault" | "AWS::CloudTrail::Dashboard" | "AWS::CloudTrail::EventDataStore" | "AWS::S3Tables::Table" | "AWS::S3Express::AccessPoint"
}

export interface CheckNoPublicAccessResponse {
  readonly result?: "PASS" | "FAIL"
  readonly message?: string
  readonly reasons?: readonly ReasonSummary[]
}

export interface CloudTrailDetails {
  readonly trails: readonly Trail[]
  readonly accessRole: string
  readonly startTime: Date
  readonly endTime?: Date
}

export interface CloudTrailProperties {
  readonly trailProperties: readonly TrailProperties[]
  readonly startTime: Date
  readonly endTime: Date
}

export interface Configuration {
  readonly ebsSnapshot?: EbsSnapshotConfiguration
  readonly ecrRepository?: EcrRepositoryConfiguration
  readonly iamRole?: IamRoleConfiguration
  readonly efsFileSystem?: EfsFileSystemConfiguration
  readonly kmsKey?: KmsKeyConfiguration
  readonly rdsDbClusterSnapshot?: RdsDbClusterSnapshotConfiguration
  readonly rdsDbSnapshot?: RdsDbSnapshotConfiguration
  readonly secretsManagerSecret?: SecretsManagerSecretConfiguration
  readonly s3Bucket?: S3BucketConfiguration
  readonly snsTopic?: SnsTopicConfiguration
  readonly sqsQueue?: SqsQueueConfiguration
  readonly s3ExpressDirectoryBucket?: S3ExpressDirectoryBucketConfiguration
  readonly dynamodbStream?: DynamodbStreamConfiguration
  readonly dynamodbTable?: DynamodbTableConfiguration
}

export interface CreateAccessPreviewRequest {
  readonly analyzerArn: string
  readonly configurations: Readonly<Record<string, Configuration>>
  readonly clientToken?: string
}

export interface CreateAccessPreviewResponse {
  readonly id: string
}

export interface CreateAnalyzerRequest {
  readonly analyzerName: string
  readonly type: "ACCOUNT" | "ORGANIZATION" | "ACCOUNT_UNUSED_ACCESS" | "ORGANIZATION_UNUSED_ACCESS" | "ACCOUNT_INTERNAL_ACCESS" | "ORGANIZATION_INTERNAL_ACCESS"
  readonly archiveRules?: readonly InlineArchiveRule[]
  readonly tags?: Readonly<Record<string, string>>
  readonly clientToken?: string
  readonly configuration?: AnalyzerConfiguration
}

export interface CreateAnalyzerResponse {
  readonly arn?: string
}

export interface CreateArchiveRuleRequest {
  readonly analyzerName: string
  readonly ruleName: string
  readonly filter: Readonly<Record<string, Criterion>>
  readonly clientToken?: string
}

export interface CreateServiceLinkedAnalyzerRequest {
  readonly type: "ACCOUNT" | "ORGANIZATION" | "ACCOUNT_UNUSED_ACCESS" | "ORGANIZATION_UNUSED_ACCESS" | "ACCOUNT_INTERNAL_ACCESS" | "ORGANIZATION_INTERNAL_ACCESS"
  readonly archiveRules?: readonly InlineArchiveRule[]
  readonly clientToken?: string
  readonly configuration?: AnalyzerConfiguration
}

export interface CreateServiceLinkedAnalyzerResponse {
  readonly arn?: string
}

export interface Criterion {
  readonly eq?: readonly string[]
  readonly neq?: readonly string[]
  readonly contains?: readonly string[]
  readonly exists?: boolean
}

export interface DeleteAnalyzerRequest {
  readonly analyzerName: string
  readonly clientToken?: string
}

export interface DeleteArchiveRuleRequest {
  readonly analyzerName: string
  readonly ruleName: string
  readonly clientToken?: string
}

export interface DeleteServiceLinkedAnalyzerRequest {
  readonly analyzerName: string
  readonly clientToken?: string
}

export interface DynamodbStreamConfiguration {
  readonly streamPolicy?: string
}

export interface DynamodbTableConfiguration {
  readonly tablePolicy?: string
}

export interface EbsSnapshotConfiguration {
  readonly userIds?: readonly string[]
  readonly groups?: readonly string[]
  readonly kmsKeyId?: string
}

export interface EcrRepositoryConfiguration {
  readonly repositoryPolicy?: string
}

export interface EfsFileSystemConfiguration {
  readonly fileSystemPolicy?: string
}

export interface ExternalAccessDetails {
  readonly action?: readonly string[]
  readonly condition: Readonly<Record<string, string>>
  readonly isPublic?: boolean
  readonly principal?: Readonly<Record<string, string>>
  readonly sources?: readonly FindingSource[]
  readonly resourceControlPolicyRestriction?: "APPLICABLE" | "FAILED_TO_EVALUATE_RCP" | "NOT_APPLICABLE" | "APPLIED"
}

export interface ExternalAccessFindingsStatistics {
  readonly resourceTypeStatistics?: Readonly<Record<string, ResourceTypeDetails>>
  readonly totalActiveFindings?: number
  readonly totalArchivedFindings?: number
  readonly totalResolvedFindings?: number
}

export interface Finding {
  readonly id: string
  readonly principal?: Readonly<Record<string, string>>
  readonly action?: readonly string[]
  readonly resource?: string
  readonly isPublic?: boolean
  readonly resourceType: "AWS::S3::Bucket" | "AWS::IAM::Role" | "AWS::SQS::Queue" | "AWS::Lambda::Function" | "AWS::Lambda::LayerVersion" | "AWS::KMS::Key" | "AWS::SecretsManager::Secret" | "AWS::EFS::FileSystem" | "AWS::EC2::Snapshot" | "AWS::ECR::Repository" | "AWS::RDS::DBSnapshot" | "AWS::RDS::DBClusterSnapshot" | "AWS::SNS::Topic" | "AWS::S3Express::DirectoryBucket" | "AWS::DynamoDB::Table" | "AWS::DynamoDB::Stream" | "AWS::IAM::User"
  readonly condition: Readonly<Record<string, string>>
  readonly createdAt: Date
  readonly analyzedAt: Date
  readonly updatedAt: Date
  readonly status: "ACTIVE" | "ARCHIVED" | "RESOLVED"
  readonly resourceOwnerAccount: string
  readonly error?: string
  readonly sources?: readonly FindingSource[]
  readonly resourceControlPolicyRestriction?: "APPLICABLE" | "FAILED_TO_EVALUATE_RCP" | "NOT_APPLICABLE" | "APPLIED"
}

export interface FindingAggregationAccountDetails {
  readonly account?: string
  readonly numberOfActiveFindings?: number
  readonly details?: Readonly<Record<string, number>>
}

export interface FindingDetails {
  readonly internalAccessDetails?: InternalAccessDetails
  readonly externalAccessDetails?: ExternalAccessDetails
  readonly unusedPermissionDetails?: UnusedPermissionDetails
  readonly unusedIamUserAccessKeyDetails?: UnusedIamUserAccessKeyDetails
  readonly unusedIamRoleDetails?: UnusedIamRoleDetails
  readonly unusedIamUserPasswordDetails?: UnusedIamUserPasswordDetails
}

export interface FindingSource {
  readonly type: "POLICY" | "BUCKET_ACL" | "S3_ACCESS_POINT" | "S3_ACCESS_POINT_ACCOUNT"
  readonly detail?: FindingSourceDetail
}

export interface FindingSourceDetail {
  readonly accessPointArn?: string
  readonly accessPointAccount?: string
}

export interface FindingSummary {
  readonly id: string
  readonly principal?: Readonly<Record<string, string>>
  readonly action?: readonly string[]
  readonly resource?: string
  readonly isPublic?: boolean
  readonly resourceType: "AWS::S3::Bucket" | "AWS::IAM::Role" | "AWS::SQS::Queue" | "AWS::Lambda::Function" | "AWS::Lambda::LayerVersion" | "AWS::KMS::Key" | "AWS::SecretsManager::Secret" | "AWS::EFS::FileSystem" | "AWS::EC2::Snapshot" | "AWS::ECR::Repository" | "AWS::RDS::DBSnapshot" | "AWS::RDS::DBClusterSnapshot" | "AWS::SNS::Topic" | "AWS::S3Express::DirectoryBucket" | "AWS::DynamoDB::Table" | "AWS::DynamoDB::Stream" | "AWS::IAM::User"
  readonly condition: Readonly<Record<string, string>>
  readonly createdAt: Date
  readonly analyzedAt: Date
  readonly updatedAt: Date
  readonly status: "ACTIVE" | "ARCHIVED" | "RESOLVED"
  readonly resourceOwnerAccount: string
  readonly error?: string
  readonly sources?: readonly FindingSource[]
  readonly resourceControlPolicyRestriction?: "APPLICABLE" | "FAILED_TO_EVALUATE_RCP" | "NOT_APPLICABLE" | "APPLIED"
}

export interface FindingSummaryV2 {
  readonly analyzedAt: Date
  readonly createdAt: Date
  readonly error?: string
  readonly id: string
  readonly resource?: string
  readonly resourceType: "AWS::S3::Bucket" | "AWS::IAM::Role" | "AWS::SQS::Queue" | "AWS::Lambda::Function" | "AWS::Lambda::LayerVersion" | "AWS::KMS::Key" | "AWS::SecretsManager::Secret" | "AWS::EFS::FileSystem" | "AWS::EC2::Snapshot" | "AWS::ECR::Repository" | "AWS::RDS::DBSnapshot" | "AWS::RDS::DBClusterSnapshot" | "AWS::SNS::Topic" | "AWS::S3Express::DirectoryBucket" | "AWS::DynamoDB::Table" | "AWS::DynamoDB::Stream" | "AWS::IAM::User"
  readonly resourceOwnerAccount: string
  readonly status: "ACTIVE" | "ARCHIVED" | "RESOLVED"
  readonly updatedAt: Date
  readonly findingType?: "ExternalAccess" | "UnusedIAMRole" | "UnusedIAMUserAccessKey" | "UnusedIAMUserPassword" | "UnusedPermission" | "InternalAccess"
}

export interface FindingsStatistics {
  readonly externalAccessFindingsStatistics?: ExternalAccessFindingsStatistics
  readonly internalAccessFindingsStatistics?: InternalAccessFindingsStatistics
  readonly unusedAccessFindingsStatistics?: UnusedAccessFindingsStatistics
}

export interface GenerateFindingRecommendationRequest {
  readonly analyzerArn: string
  readonly id: string
}

export interface GeneratedPolicy {
  readonly policy: string
}

export interface GeneratedPolicyProperties {
  readonly isComplete?: boolean
  readonly principalArn: string
  readonly cloudTrailProperties?: CloudTrailProperties
}

export interface GeneratedPolicyResult {
  readonly properties: GeneratedPolicyProperties
  readonly generatedPolicies?: readonly GeneratedPolicy[]
}

export interface GetAccessPreviewRequest {
  readonly accessPreviewId: string
  readonly analyzerArn: string
}

export interface GetAccessPreviewResponse {
  readonly accessPreview: AccessPreview
}

export interface GetAnalyzedResourceRequest {
  readonly analyzerArn: string
  readonly resourceArn: string
}

export interface GetAnalyzedResourceResponse {
  readonly resource?: AnalyzedResource
}

export interface GetAnalyzerRequest {
  readonly analyzerName: string
}

export interface GetAnalyzerResponse {
  readonly analyzer: AnalyzerSummary
}

export interface GetArchiveRuleRequest {
  readonly analyzerName: string
  readonly ruleName: string
}

export interface GetArchiveRuleResponse {
  readonly archiveRule: ArchiveRuleSummary
}

export interface GetFindingRecommendationRequest {
  readonly analyzerArn: string
  readonly id: string
  readonly maxResults?: number
  readonly nextToken?: string
}

export interface GetFindingRecommendationResponse {
  readonly startedAt: Date
  readonly completedAt?: Date
  readonly nextToken?: string
  readonly error?: RecommendationError
  readonly resourceArn: string
  readonly recommendedSteps?: readonly RecommendedStep[]
  readonly recommendationType: "UnusedPermissionRecommendation"
  readonly status: "SUCCEEDED" | "FAILED" | "IN_PROGRESS"
}

export interface GetFindingRequest {
  readonly analyzerArn: string
  readonly id: string
}

export interface GetFindingResponse {
  readonly finding?: Finding
}

export interface GetFindingV2Request {
  readonly analyzerArn: string
  readonly id: string
  readonly maxResults?: number
  readonly nextToken?: string
}

export interface GetFindingV2Response {
  readonly analyzedAt: Date
  readonly createdAt: Date
  readonly error?: string
  readonly id: string
  readonly nextToken?: string
  readonly resource?: string
  readonly resourceType: "AWS::S3::Bucket" | "AWS::IAM::Role" | "AWS::SQS::Queue" | "AWS::Lambda::Function" | "AWS::Lambda::LayerVersion" | "AWS::KMS::Key" | "AWS::SecretsManager::Secret" | "AWS::EFS::FileSystem" | "AWS::EC2::Snapshot" | "AWS::ECR::Repository" | "AWS::RDS::DBSnapshot" | "AWS::RDS::DBClusterSnapshot" | "AWS::SNS::Topic" | "AWS::S3Express::DirectoryBucket" | "AWS::DynamoDB::Table" | "AWS::DynamoDB::Stream" | "AWS::IAM::User"
  readonly resourceOwnerAccount: string
  readonly status: "ACTIVE" | "ARCHIVED" | "RESOLVED"
  readonly updatedAt: Date
  readonly findingDetails: readonly FindingDetails[]
  readonly findingType?: "ExternalAccess" | "UnusedIAMRole" | "UnusedIAMUserAccessKey" | "UnusedIAMUserPassword" | "UnusedPermission" | "InternalAccess"
}

export interface GetFindingsStatisticsRequest {
  readonly analyzerArn: string
}

export interface GetFindingsStatisticsResponse {
  readonly findingsStatistics?: readonly FindingsStatistics[]
  readonly lastUpdatedAt?: Date
}

export interface GetGeneratedPolicyRequest {
  readonly jobId: string
  readonly includeResourcePlaceholders?: boolean
  readonly includeServiceLevelTemplate?: boolean
}

export interface GetGeneratedPolicyResponse {
  readonly jobDetails: JobDetails
  readonly generatedPolicyResult: GeneratedPolicyResult
}

export interface IamRoleConfiguration {
  readonly trustPolicy?: string
}

export interface InlineArchiveRule {
  readonly ruleName: string
  readonly filter: Readonly<Record<string, Criterion>>
}

export interface InternalAccessAnalysisRule {
  readonly inclusions?: readonly InternalAccessAnalysisRuleCriteria[]
}

export interface InternalAccessAnalysisRuleCriteria {
  readonly accountIds?: readonly string[]
  readonly resourceTypes?: readonly ("AWS::S3::Bucket" | "AWS::IAM::Role" | "AWS::SQS::Queue" | "AWS::Lambda::Function" | "AWS::Lambda::LayerVersion" | "AWS::KMS::Key" | "AWS::SecretsManager::Secret" | "AWS::EFS::FileSystem" | "AWS::EC2::Snapshot" | "AWS::ECR::Repository" | "AWS::RDS::DBSnapshot" | "AWS::RDS::DBClusterSnapshot" | "AWS::SNS::Topic" | "AWS::S3Express::DirectoryBucket" | "AWS::DynamoDB::Table" | "AWS::DynamoDB::Stream" | "AWS::IAM::User")[]
  readonly resourceArns?: readonly string[]
}

export interface InternalAccessConfiguration {
  readonly analysisRule?: InternalAccessAnalysisRule
}

export interface InternalAccessDetails {
  readonly action?: readonly string[]
  readonly condition?: Readonly<Record<string, string>>
  readonly principal?: Readonly<Record<string, string>>
  readonly principalOwnerAccount?: string
  readonly accessType?: "INTRA_ACCOUNT" | "INTRA_ORG"
  readonly principalType?: "IAM_ROLE" | "IAM_USER"
  readonly sources?: readonly FindingSource[]
  readonly resourceControlPolicyRestriction?: "APPLICABLE" | "FAILED_TO_EVALUATE_RCP" | "NOT_APPLICABLE" | "APPLIED"
  readonly serviceControlPolicyRestriction?: "APPLICABLE" | "FAILED_TO_EVALUATE_SCP" | "NOT_APPLICABLE" | "APPLIED"
}

export interface InternalAccessFindingsStatistics {
  readonly resourceTypeStatistics?: Readonly<Record<string, InternalAccessResourceTypeDetails>>
  readonly totalActiveFindings?: number
  readonly totalArchivedFindings?: number
  readonly totalResolvedFindings?: number
}

export interface InternalAccessResourceTypeDetails {
  readonly totalActiveFindings?: number
  readonly totalResolvedFindings?: number
  readonly totalArchivedFindings?: number
}

export interface InternetConfiguration {}

export interface JobDetails {
  readonly jobId: string
  readonly status: "IN_PROGRESS" | "SUCCEEDED" | "FAILED" | "CANCELED"
  readonly startedOn: Date
  readonly completedOn?: Date
  readonly jobError?: JobError
}

export interface JobError {
  readonly code: "AUTHORIZATION_ERROR" | "RESOURCE_NOT_FOUND_ERROR" | "SERVICE_QUOTA_EXCEEDED_ERROR" | "SERVICE_ERROR"
  readonly message: string
}

export interface KmsGrantConfiguration {
  readonly operations: readonly ("CreateGrant" | "Decrypt" | "DescribeKey" | "Encrypt" | "GenerateDataKey" | "GenerateDataKeyPair" | "GenerateDataKeyPairWithoutPlaintext" | "GenerateDataKeyWithoutPlaintext" | "GetPublicKey" | "ReEncryptFrom" | "ReEncryptTo" | "RetireGrant" | "Sign" | "Verify")[]
  readonly granteePrincipal: string
  readonly retiringPrincipal?: string
  readonly constraints?: KmsGrantConstraints
  readonly issuingAccount: string
}

export interface KmsGrantConstraints {
  readonly encryptionContextEquals?: Readonly<Record<string, string>>
  readonly encryptionContextSubset?: Readonly<Record<string, string>>
}

export interface KmsKeyConfiguration {
  readonly keyPolicies?: Readonly<Record<string, string>>
  readonly grants?: readonly KmsGrantConfiguration[]
}

export interface ListAccessPreviewFindingsRequest {
  readonly accessPreviewId: string
  readonly analyzerArn: string
  readonly filter?: Readonly<Record<string, Criterion>>
  readonly nextToken?: string
  readonly maxResults?: number
}

export interface ListAccessPreviewFindingsResponse {
  readonly findings: readonly AccessPreviewFinding[]
  readonly nextToken?: string
}

export interface ListAccessPreviewsRequest {
  readonly analyzerArn: string
  readonly nextToken?: string
  readonly maxResults?: number
}

export interface ListAccessPreviewsResponse {
  readonly accessPreviews: readonly AccessPreviewSummary[]
  readonly nextToken?: string
}

export interface ListAnalyzedResourcesRequest {
  readonly analyzerArn: string
  readonly resourceType?: "AWS::S3::Bucket" | "AWS::IAM::Role" | "AWS::SQS::Queue" | "AWS::Lambda::Function" | "AWS::Lambda::LayerVersion" | "AWS::KMS::Key" | "AWS::SecretsManager::Secret" | "AWS::EFS::FileSystem" | "AWS::EC2::Snapshot" | "AWS::ECR::Repository" | "AWS::RDS::DBSnapshot" | "AWS::RDS::DBClusterSnapshot" | "AWS::SNS::Topic" | "AWS::S3Express::DirectoryBucket" | "AWS::DynamoDB::Table" | "AWS::DynamoDB::Stream" | "AWS::IAM::User"
  readonly nextToken?: string
  readonly maxResults?: number
}

export interface ListAnalyzedResourcesResponse {
  readonly analyzedResources: readonly AnalyzedResourceSummary[]
  readonly nextToken?: string
}

export interface ListAnalyzersRequest {
  readonly nextToken?: string
  readonly maxResults?: number
  readonly type?: "ACCOUNT" | "ORGANIZATION" | "ACCOUNT_UNUSED_ACCESS" | "ORGANIZATION_UNUSED_ACCESS" | "ACCOUNT_INTERNAL_ACCESS" | "ORGANIZATION_INTERNAL_ACCESS"
}

export interface ListAnalyzersResponse {
  readonly analyzers: readonly AnalyzerSummary[]
  readonly nextToken?: string
}

export interface ListArchiveRulesRequest {
  readonly analyzerName: string
  readonly nextToken?: string
  readonly maxResults?: number
}

export interface ListArchiveRulesResponse {
  readonly archiveRules: readonly ArchiveRuleSummary[]
  readonly nextToken?: string
}

export interface ListFindingsRequest {
  readonly analyzerArn: string
  readonly filter?: Readonly<Record<string, Criterion>>
  readonly sort?: SortCriteria
  readonly nextToken?: string
  readonly maxResults?: number
}

export interface ListFindingsResponse {
  readonly findings: readonly FindingSummary[]
  readonly nextToken?: string
}

export interface ListFindingsV2Request {
  readonly analyzerArn: string
  readonly filter?: Readonly<Record<string, Criterion>>
  readonly maxResults?: number
  readonly nextToken?: string
  readonly sort?: SortCriteria
}

export interface ListFindingsV2Response {
  readonly findings: readonly FindingSummaryV2[]
  readonly nextToken?: string
}

export interface ListPolicyGenerationsRequest {
  readonly principalArn?: string
  readonly maxResults?: number
  readonly nextToken?: string
}

export interface ListPolicyGenerationsResponse {
  readonly policyGenerations: readonly PolicyGeneration[]
  readonly nextToken?: string
}

export interface ListTagsForResourceRequest {
  readonly resourceArn: string
}

export interface ListTagsForResourceResponse {
  readonly tags?: Readonly<Record<string, string>>
}

export interface Location {
  readonly path: readonly PathElement[]
  readonly span: Span
}

export interface NetworkOriginConfiguration {
  readonly vpcConfiguration?: VpcConfiguration
  readonly internetConfiguration?: InternetConfiguration
}

export interface PathElement {
  readonly index?: number
  readonly key?: string
  readonly substring?: Substring
  readonly value?: string
}

export interface PolicyGeneration {
  readonly jobId: string
  readonly principalArn: string
  readonly status: "IN_PROGRESS" | "SUCCEEDED" | "FAILED" | "CANCELED"
  readonly startedOn: Date
  readonly completedOn?: Date
}

export interface PolicyGenerationDetails {
  readonly principalArn: string
}

export interface Position {
  readonly line: number
  readonly column: number
  readonly offset: number
}

export interface RdsDbClusterSnapshotAttributeValue {
  readonly accountIds?: readonly string[]
}

export interface RdsDbClusterSnapshotConfiguration {
  readonly attributes?: Readonly<Record<string, RdsDbClusterSnapshotAttributeValue>>
  readonly kmsKeyId?: string
}

export interface RdsDbSnapshotAttributeValue {
  readonly accountIds?: readonly string[]
}

export interface RdsDbSnapshotConfiguration {
  readonly attributes?: Readonly<Record<string, RdsDbSnapshotAttributeValue>>
  readonly kmsKeyId?: string
}

export interface ReasonSummary {
  readonly description?: string
  readonly statementIndex?: number
  readonly statementId?: string
}

export interface RecommendationError {
  readonly code: string
  readonly message: string
}

export interface RecommendedStep {
  readonly unusedPermissionsRecommendedStep?: UnusedPermissionsRecommendedStep
}

export interface ResourceTypeDetails {
  readonly totalActivePublic?: number
  readonly totalActiveCrossAccount?: number
  readonly totalActiveErrors?: number
}

export interface S3AccessPointConfiguration {
  readonly accessPointPolicy?: string
  readonly publicAccessBlock?: S3PublicAccessBlockConfiguration
  readonly networkOrigin?: NetworkOriginConfiguration
}

export interface S3BucketAclGrantConfiguration {
  readonly permission: "READ" | "WRITE" | "READ_ACP" | "WRITE_ACP" | "FULL_CONTROL"
  readonly grantee: AclGrantee
}

export interface S3BucketConfiguration {
  readonly bucketPolicy?: string
  readonly bucketAclGrants?: readonly S3BucketAclGrantConfiguration[]
  readonly bucketPublicAccessBlock?: S3PublicAccessBlockConfiguration
  readonly accessPoints?: Readonly<Record<string, S3AccessPointConfiguration>>
}

export interface S3ExpressDirectoryAccessPointConfiguration {
  readonly accessPointPolicy?: string
  readonly networkOrigin?: NetworkOriginConfiguration
}

export interface S3ExpressDirectoryBucketConfiguration {
  readonly bucketPolicy?: string
  readonly accessPoints?: Readonly<Record<string, S3ExpressDirectoryAccessPointConfiguration>>
}

export interface S3PublicAccessBlockConfiguration {
  readonly ignorePublicAcls: boolean
  readonly restrictPublicBuckets: boolean
}

export interface SecretsManagerSecretConfiguration {
  readonly kmsKeyId?: string
  readonly secretPolicy?: string
}

export interface SnsTopicConfiguration {
  readonly topicPolicy?: string
}

export interface SortCriteria {
  readonly attributeName?: string
  readonly orderBy?: "ASC" | "DESC"
}

export interface Span {
  readonly start: Position
  readonly end: Position
}

export interface SqsQueueConfiguration {
  readonly queuePolicy?: string
}

export interface StartPolicyGenerationRequest {
  readonly policyGenerationDetails: PolicyGenerationDetails
  readonly cloudTrailDetails?: CloudTrailDetails
  readonly clientToken?: string
}

export interface StartPolicyGenerationResponse {
  readonly jobId: string
}

export interface StartResourceScanRequest {
  readonly analyzerArn: string
  readonly resourceArn: string
  readonly resourceOwnerAccount?: string
}

export interface StatusReason {
  readonly code: "AWS_SERVICE_ACCESS_DISABLED" | "DELEGATED_ADMINISTRATOR_DEREGISTERED" | "ORGANIZATION_DELETED" | "SERVICE_LINKED_ROLE_CREATION_FAILED"
}

export interface Substring {
  readonly start: number
  readonly length: number
}

export interface TagResourceRequest {
  readonly resourceArn: string
  readonly tags: Readonly<Record<string, string>>
}

export interface TagResourceResponse {}

export interface Trail {
  readonly cloudTrailArn: string
  readonly regions?: readonly string[]
  readonly allRegions?: boolean
}

export interface TrailProperties {
  readonly cloudTrailArn: string
  readonly regions?: readonly string[]
  readonly allRegions?: boolean
}

export interface UntagResourceRequest {
  readonly resourceArn: string
  readonly tagKeys: readonly string[]
}

export interface UntagResourceResponse {}

export interface UnusedAccessConfiguration {
  readonly unusedAccessAge?: number
  readonly analysisRule?: AnalysisRule
}

export interface UnusedAccessFindingsStatistics {
  readonly unusedAccessTypeStatistics?: readonly UnusedAccessTypeStatistics[]
  readonly topAccounts?: readonly FindingAggregationAccountDetails[]
  readonly totalActiveFindings?: number
  readonly totalArchivedFindings?: number
  readonly totalResolvedFindings?: number
}

export interface UnusedAccessTypeStatistics {
  readonly unusedAccessType?: string
  readonly total?: number
}

export interface UnusedAction {
  readonly action: string
  readonly lastAccessed?: Date
}

export interface UnusedIamRoleDetails {
  readonly lastAccessed?: Date
}

export interface UnusedIamUserAccessKeyDetails {
  readonly accessKeyId: string
  readonly lastAccessed?: Date
}

export interface UnusedIamUserPasswordDetails {
  readonly lastAccessed?: Date
}

export interface UnusedPermissionDetails {
  readonly actions?: readonly UnusedAction[]
  readonly serviceNamespace: string
  readonly lastAccessed?: Date
}

export interface UnusedPermissionsRecommendedStep {
  readonly policyUpdatedAt?: Date
  readonly recommendedAction: "CREATE_POLICY" | "DETACH_POLICY"
  readonly recommendedPolicy?: string
  readonly existingPolicyId?: string
}

export interface UpdateAnalyzerRequest {
  readonly analyzerName: string
  readonly configuration?: AnalyzerConfiguration
}

export interface UpdateAnalyzerResponse {
  readonly configuration?: AnalyzerConfiguration
}

export interface UpdateArchiveRuleRequest {
  readonly analyzerName: string
  readonly ruleName: string
  readonly filter: Readonly<Record<string, Criterion>>
  readonly clientToken?: string
}

export interface UpdateFindingsRequest {
  readonly analyzerArn: string
  readonly status: "ACTIVE" | "ARCHIVED"
  readonly ids?: readonly string[]
  readonly resourceArn?: string
  readonly clientToken?: string
}

export interface ValidatePolicyFinding {
  readonly findingDetails: string
  readonly findingType: "ERROR" | "SECURITY_WARNING" | "SUGGESTION" | "WARNING"
  readonly issueCode: string
  readonly learnMoreLink: string
  readonly locations: readonly Location[]
}

export interface ValidatePolicyRequest {
  readonly locale?: "DE" | "EN" | "ES" | "FR" | "IT" | "JA" | "KO" | "PT_BR" | "ZH_CN" | "ZH_TW"
  readonly maxResults?: number
  readonly nextToken?: string
  readonly policyDocument: string
  readonly policyType: "IDENTITY_POLICY" | "RESOURCE_POLICY" | "SERVICE_CONTROL_POLICY" | "RESOURCE_CONTROL_POLICY"
  readonly validatePolicyResourceType?: "AWS::S3::Bucket" | "AWS::S3::AccessPoint" | "AWS::S3::MultiRegionAccessPoint" | "AWS::S3ObjectLambda::AccessPoint" | "AWS::IAM::AssumeRolePolicyDocument" | "AWS::DynamoDB::Table"
}

export interface ValidatePolicyResponse {
  readonly findings: readonly ValidatePolicyFinding[]
  readonly nextToken?: string
}

export interface ValidationExceptionField {
  readonly name: string
  readonly message: string
}

export interface VpcConfiguration {
  readonly vpcId: string
}

export interface AccessanalyzerOperations {
  readonly ApplyArchiveRule: { readonly input: ApplyArchiveRuleRequest; readonly output: object; readonly error: "ResourceNotFoundException" | "ValidationException" | "InternalServerException" | "ThrottlingException" | "AccessDeniedException" }
  readonly CancelPolicyGeneration: { readonly input: CancelPolicyGenerationRequest; readonly output: CancelPolicyGenerationResponse; readonly error: "InternalServerException" | "ValidationException" | "ThrottlingException" | "AccessDeniedException" }
  readonly CheckAccessNotGranted: { readonly input: CheckAccessNotGrantedRequest; readonly output: CheckAccessNotGrantedResponse; readonly error: "InternalServerException" | "ValidationException" | "InvalidParameterException" | "UnprocessableEntityException" | "ThrottlingException" | "AccessDeniedException" }
  readonly CheckNoNewAccess: { readonly input: CheckNoNewAccessRequest; readonly output: CheckNoNewAccessResponse; readonly error: "InternalServerException" | "ValidationException" | "InvalidParameterException" | "UnprocessableEntityException" | "ThrottlingException" | "AccessDeniedException" }
  readonly CheckNoPublicAccess: { readonly input: CheckNoPublicAccessRequest; readonly output: CheckNoPublicAccessResponse; readonly error: "InternalServerException" | "ValidationException" | "InvalidParameterException" | "UnprocessableEntityException" | "ThrottlingException" | "AccessDeniedException" }
  readonly CreateAccessPreview: { readonly input: CreateAccessPreviewRequest; readonly output: CreateAccessPreviewResponse; readonly error: "ConflictException" | "ResourceNotFoundException" | "InternalServerException" | "ValidationException" | "ServiceQuotaExceededException" | "ThrottlingException" | "AccessDeniedException" }
  readonly CreateAnalyzer: { readonly input: CreateAnalyzerRequest; readonly output: CreateAnalyzerResponse; readonly error: "ConflictException" | "ValidationException" | "InternalServerException" | "ServiceQuotaExceededException" | "ThrottlingException" | "AccessDeniedException" }
  readonly CreateArchiveRule: { readonly input: CreateArchiveRuleRequest; readonly output: object; readonly error: "ConflictException" | "ResourceNotFoundException" | "ValidationException" | "InternalServerException" | "ServiceQuotaExceededException" | "ThrottlingException" | "AccessDeniedException" }
  readonly CreateServiceLinkedAnalyzer: { readonly input: CreateServiceLinkedAnalyzerRequest; readonly output: CreateServiceLinkedAnalyzerResponse; readonly error: "ConflictException" | "ValidationException" | "InternalServerException" | "ServiceQuotaExceededException" | "ThrottlingException" | "AccessDeniedException" }
  readonly DeleteAnalyzer: { readonly input: DeleteAnalyzerRequest; readonly output: object; readonly error: "ResourceNotFoundException" | "ValidationException" | "InternalServerException" | "ThrottlingException" | "AccessDeniedException" }
  readonly DeleteArchiveRule: { readonly input: DeleteArchiveRuleRequest; readonly output: object; readonly error: "ResourceNotFoundException" | "ValidationException" | "InternalServerException" | "ThrottlingException" | "AccessDeniedException" }
  readonly DeleteServiceLinkedAnalyzer: { readonly input: DeleteServiceLinkedAnalyzerRequest; readonly output: object; readonly error: "ResourceNotFoundException" | "ConflictException" | "ValidationException" | "InternalServerException" | "ThrottlingException" | "AccessDeniedException" }
  readonly GenerateFindingRecommendation: { readonly input: GenerateFindingRecommendationRequest; readonly output: object; readonly error: "InternalServerException" | "ValidationException" | "ThrottlingException" | "AccessDeniedException" }
  readonly GetAccessPreview: { readonly input: GetAccessPreviewRequest; readonly output: GetAccessPreviewResponse; readonly error: "ResourceNotFoundException" | "InternalServerException" | "ValidationException" | "ThrottlingException" | "AccessDeniedException" }
  readonly GetAnalyzedResource: { readonly input: GetAnalyzedResourceRequest; readonly output: GetAnalyzedResourceResponse; readonly error: "ResourceNotFoundException" | "ValidationException" | "InternalServerException" | "ThrottlingException" | "AccessDeniedException" }
  readonly GetAnalyzer: { readonly input: GetAnalyzerRequest; readonly output: GetAnalyzerResponse; readonly error: "ResourceNotFoundException" | "ValidationException" | "InternalServerException" | "ThrottlingException" | "AccessDeniedException" }
  readonly GetArchiveRule: { readonly input: GetArchiveRuleRequest; readonly output: GetArchiveRuleResponse; readonly error: "ResourceNotFoundException" | "ValidationException" | "InternalServerException" | "ThrottlingException" | "AccessDeniedException" }
  readonly GetFinding: { readonly input: GetFindingRequest; readonly output: GetFindingResponse; readonly error: "ResourceNotFoundException" | "ValidationException" | "InternalServerException" | "ThrottlingException" | "AccessDeniedException" }
  readonly GetFindingRecommendation: { readonly input: GetFindingRecommendationRequest; readonly output: GetFindingRecommendationResponse; readonly error: "ResourceNotFoundException" | "ValidationException" | "InternalServerException" | "ThrottlingException" | "AccessDeniedException" }
  readonly GetFindingV2: { readonly input: GetFindingV2Request; readonly output: GetFindingV2Response; readonly error: "ResourceNotFoundException" | "ValidationException" | "InternalServerException" | "ThrottlingException" | "AccessDeniedException" }
  readonly GetFindingsStatistics: { readonly input: GetFindingsStatisticsRequest; readonly output: GetFindingsStatisticsResponse; readonly error: "ResourceNotFoundException" | "ValidationException" | "InternalServerException" | "ThrottlingException" | "AccessDeniedException" }
  readonly GetGeneratedPolicy: { readonly input: GetGeneratedPolicyRequest; readonly output: GetGeneratedPolicyResponse; readonly error: "InternalServerException" | "ValidationException" | "ThrottlingException" | "AccessDeniedException" }
  readonly ListAccessPreviewFindings: { readonly input: ListAccessPreviewFindingsRequest; readonly output: ListAccessPreviewFindingsResponse; readonly error: "ConflictException" | "ResourceNotFoundException" | "InternalServerException" | "ValidationException" | "ThrottlingException" | "AccessDeniedException" }
  readonly ListAccessPreviews: { readonly input: ListAccessPreviewsRequest; readonly output: ListAccessPreviewsResponse; readonly error: "ResourceNotFoundException" | "InternalServerException" | "ValidationException" | "ThrottlingException" | "AccessDeniedException" }
  readonly ListAnalyzedResources: { readonly input: ListAnalyzedResourcesRequest; readonly output: ListAnalyzedResourcesResponse; readonly error: "ResourceNotFoundException" | "ValidationException" | "InternalServerException" | "ThrottlingException" | "AccessDeniedException" }
  readonly ListAnalyzers: { readonly input: ListAnalyzersRequest; readonly output: ListAnalyzersResponse; readonly error: "ValidationException" | "InternalServerException" | "ThrottlingException" | "AccessDeniedException" }
  readonly ListArchiveRules: { readonly input: ListArchiveRulesRequest; readonly output: ListArchiveRulesResponse; readonly error: "ValidationException" | "InternalServerException" | "ThrottlingException" | "AccessDeniedException" }
  readonly ListFindings: { readonly input: ListFindingsRequest; readonly output: ListFindingsResponse; readonly error: "ResourceNotFoundException" | "ValidationException" | "InternalServerException" | "ThrottlingException" | "AccessDeniedException" }
  readonly ListFindingsV2: { readonly input: ListFindingsV2Request; readonly output: ListFindingsV2Response; readonly error: "ResourceNotFoundException" | "ValidationException" | "InternalServerException" | "ThrottlingException" | "AccessDeniedException" }
  readonly ListPolicyGenerations: { readonly input: ListPolicyGenerationsRequest; readonly output: ListPolicyGenerationsResponse; readonly error: "InternalServerException" | "ValidationException" | "ThrottlingException" | "AccessDeniedException" }
  readonly ListTagsForResource: { readonly input: ListTagsForResourceRequest; readonly output: ListTagsForResourceResponse; readonly error: "ResourceNotFoundException" | "InternalServerException" | "ValidationException" | "ThrottlingException" | "AccessDeniedException" }
  readonly StartPolicyGeneration: { readonly input: StartPolicyGenerationRequest; readonly output: StartPolicyGenerationResponse; readonly error: "ConflictException" | "InternalServerException" | "ValidationException" | "ServiceQuotaExceededException" | "ThrottlingException" | "AccessDeniedException" }
  readonly StartResourceScan: { readonly input: StartResourceScanRequest; readonly output: object; readonly error: "ResourceNotFoundException" | "ValidationException" | "InternalServerException" | "ThrottlingException" | "AccessDeniedException" }
  readonly TagResource: { readonly input: TagResourceRequest; readonly output: TagResourceResponse; readonly error: "ResourceNotFoundException" | "InternalServerException" | "ValidationException" | "ThrottlingException" | "AccessDeniedException" }
  readonly UntagResource: { readonly input: UntagResourceRequest; readonly output: UntagResourceResponse; readonly error: "ResourceNotFoundException" | "InternalServerException" | "ValidationException" | "ThrottlingException" | "AccessDeniedException" }
  readonly UpdateAnalyzer: { readonly input: UpdateAnalyzerRequest; readonly output: UpdateAnalyzerResponse; readonly error: "ResourceNotFoundException" | "ConflictException" | "ValidationException" | "InternalServerException" | "ThrottlingException" | "AccessDeniedException" }
  readonly UpdateArchiveRule: { readonly input: UpdateArchiveRuleRequest; readonly output: object; readonly error: "ResourceNotFoundException" | "ValidationException" | "InternalServerException" | "ThrottlingException" | "AccessDeniedException" }
  readonly UpdateFindings: { readonly input: UpdateFindingsRequest; readonly output: object; readonly error: "ResourceNotFoundException" | "ValidationException" | "InternalServerException" | "ThrottlingException" | "AccessDeniedException" }
  readonly ValidatePolicy: { readonly input: ValidatePolicyRequest; readonly output: ValidatePolicyResponse; readonly error: "InternalServerException" | "ValidationException" | "ThrottlingException" | "AccessDeniedException" }
}
