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

export interface RootCredentials {
  readonly AccessKeyId: string
  readonly SecretAccessKey: string
  readonly Email: string
  readonly Password: string
}

export interface BailiwickOperations {
  readonly CloseAccount: { readonly input: CloseAccountRequest; readonly output: CloseAccountResponse; readonly error: "AccountNotFoundException" | "AccountClosedException" | "InvalidParameterException" }
  readonly CreateAccount: { readonly input: CreateAccountRequest; readonly output: CreateAccountResponse; readonly error: "AccountAlreadyExistsException" | "InvalidParameterException" }
  readonly GetAccount: { readonly input: GetAccountRequest; readonly output: GetAccountResponse; readonly error: "AccountNotFoundException" }
  readonly ListAccountQuotas: { readonly input: ListAccountQuotasRequest; readonly output: ListAccountQuotasResponse; readonly error: "AccountNotFoundException" }
  readonly ListAccounts: { readonly input: ListAccountsRequest; readonly output: ListAccountsResponse; readonly error: "InvalidParameterException" }
  readonly PutAccountQuota: { readonly input: PutAccountQuotaRequest; readonly output: PutAccountQuotaResponse; readonly error: "AccountNotFoundException" | "AccountClosedException" | "InvalidParameterException" }
}
