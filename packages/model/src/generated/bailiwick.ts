// Generated from packages/model/data by `npm run generate`. Do not edit.
export interface Account {
  readonly AccountId: string
  readonly AccountName: string
  readonly Email: string
  readonly Arn: string
  readonly Status: "ACTIVE" | "CLOSED"
  readonly CreatedAt: Date
}

export interface CloseAccountRequest {
  readonly AccountId: string
}

export interface CloseAccountResponse {
  readonly Account: Account
}

export interface CreateAccountRequest {
  readonly AccountName: string
  readonly Email: string
  readonly AccountId?: string
}

export interface CreateAccountResponse {
  readonly Account: Account
  readonly RootCredentials: RootCredentials
}

export interface ExplainRequest {
  readonly EventId?: string
  readonly PrincipalArn?: string
  readonly Action?: string
  readonly Resource?: string
  readonly ResourceAccount?: string
  readonly ResourcePolicy?: string
  readonly Context?: Readonly<Record<string, readonly string[]>>
}

export interface ExplainResponse {
  readonly Decision: "allowed" | "explicitDeny" | "implicitDeny"
  readonly Message?: string
  readonly Rule?: string
  readonly PrincipalArn: string
  readonly Action: string
  readonly Resource: string
  readonly Context: Readonly<Record<string, readonly string[]>>
  readonly EventId?: string
  readonly EventDecision?: "allowed" | "explicitDeny" | "implicitDeny"
  readonly Revision?: number
  readonly Policies: readonly ExplainedPolicy[]
  readonly MissingContextKeys: readonly string[]
  readonly Change?: ExplainedChange
  readonly EncodedMessage?: string
  readonly Notes?: readonly string[]
}

export interface ExplainedChange {
  readonly Edits: readonly ExplainedEdit[]
  readonly Impossible?: string
}

export interface ExplainedEdit {
  readonly Kind: string
  readonly What: string
  readonly PolicyType?: string
  readonly Level?: number
  readonly PolicyName?: string
  readonly AttachedTo?: string
  readonly StatementIndex?: number
  readonly Sid?: string
  readonly Statement?: string
  readonly Key?: string
  readonly Values?: readonly string[]
  readonly Allows?: ExplainedReach
}

export interface ExplainedMismatch {
  readonly Element: string
  readonly Operator?: string
  readonly Key?: string
  readonly Wanted: readonly string[]
  readonly Seen: readonly string[]
  readonly Because: string
}

export interface ExplainedPolicy {
  readonly PolicyType: string
  readonly Level?: number
  readonly PolicyName?: string
  readonly PolicyArn?: string
  readonly AttachedTo?: string
  readonly Skipped?: string
  readonly Hidden?: string
  readonly Statements?: readonly ExplainedStatement[]
}

export interface ExplainedReach {
  readonly Actions: string
  readonly Resources: string
  readonly Conditions: readonly string[]
}

export interface ExplainedStatement {
  readonly Index: number
  readonly Sid?: string
  readonly Effect: string
  readonly Applies: boolean
  readonly Mismatch?: ExplainedMismatch
}

export interface GetAccountRequest {
  readonly AccountId: string
}

export interface GetAccountResponse {
  readonly Account: Account
}

export interface ListAccountQuotasRequest {
  readonly AccountId: string
}

export interface ListAccountQuotasResponse {
  readonly Quotas: readonly Quota[]
}

export interface ListAccountsRequest {
  readonly maxResults?: number
  readonly nextToken?: string
}

export interface ListAccountsResponse {
  readonly Accounts: readonly Account[]
  readonly nextToken?: string
}

export interface ListWorkloadsRequest {
  readonly maxResults?: number
  readonly nextToken?: string
}

export interface ListWorkloadsResponse {
  readonly Workloads: readonly Workload[]
  readonly nextToken?: string
}

export interface PutAccountQuotaRequest {
  readonly AccountId: string
  readonly QuotaName: string
  readonly Value: number
}

export interface PutAccountQuotaResponse {
  readonly Quota: Quota
}

export interface Quota {
  readonly QuotaName: string
  readonly Value: number
  readonly Default: number
  readonly Adjustable: boolean
}

export interface RegisterWorkloadRequest {
  readonly InstanceProfileName?: string
  readonly RoleName?: string
  readonly HttpTokens?: "optional" | "required"
  readonly VpcId?: string
  readonly PrivateIpAddress?: string
}

export interface RegisterWorkloadResponse {
  readonly Workload: Workload
  readonly AuthorizationToken?: string
}

export interface RemoveWorkloadRequest {
  readonly WorkloadId: string
}

export interface RemoveWorkloadResponse {
  readonly Workload: Workload
}

export interface RootCredentials {
  readonly AccessKeyId: string
  readonly SecretAccessKey: string
  readonly Email: string
  readonly Password: string
}

export interface Workload {
  readonly WorkloadId: string
  readonly WorkloadType: "container" | "instance"
  readonly Arn: string
  readonly Endpoint: string
  readonly InstanceProfileArn?: string
  readonly RoleArn?: string
  readonly HttpTokens?: "optional" | "required"
  readonly CreatedAt: Date
}

export interface BailiwickOperations {
  readonly CloseAccount: { readonly input: CloseAccountRequest; readonly output: CloseAccountResponse; readonly error: "AccountNotFoundException" | "AccountClosedException" | "InvalidParameterException" }
  readonly CreateAccount: { readonly input: CreateAccountRequest; readonly output: CreateAccountResponse; readonly error: "AccountAlreadyExistsException" | "InvalidParameterException" }
  readonly Explain: { readonly input: ExplainRequest; readonly output: ExplainResponse; readonly error: "EventNotFoundException" | "InvalidParameterException" | "PrincipalNotFoundException" }
  readonly GetAccount: { readonly input: GetAccountRequest; readonly output: GetAccountResponse; readonly error: "AccountNotFoundException" }
  readonly ListAccountQuotas: { readonly input: ListAccountQuotasRequest; readonly output: ListAccountQuotasResponse; readonly error: "AccountNotFoundException" }
  readonly ListAccounts: { readonly input: ListAccountsRequest; readonly output: ListAccountsResponse; readonly error: "InvalidParameterException" }
  readonly ListWorkloads: { readonly input: ListWorkloadsRequest; readonly output: ListWorkloadsResponse; readonly error: "InvalidParameterException" }
  readonly PutAccountQuota: { readonly input: PutAccountQuotaRequest; readonly output: PutAccountQuotaResponse; readonly error: "AccountNotFoundException" | "AccountClosedException" | "InvalidParameterException" }
  readonly RegisterWorkload: { readonly input: RegisterWorkloadRequest; readonly output: RegisterWorkloadResponse; readonly error: "InvalidParameterException" | "WorkloadLimitExceededException" }
  readonly RemoveWorkload: { readonly input: RemoveWorkloadRequest; readonly output: RemoveWorkloadResponse; readonly error: "WorkloadNotFoundException" }
}
