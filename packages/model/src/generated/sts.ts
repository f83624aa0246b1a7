// Generated from packages/model/data by `npm run generate`. Do not edit.
export interface AssumeRoleRequest {
  readonly RoleArn: string
  readonly RoleSessionName: string
  readonly PolicyArns?: readonly PolicyDescriptorType[]
  readonly Policy?: string
  readonly DurationSeconds?: number
  readonly Tags?: readonly Tag[]
  readonly TransitiveTagKeys?: readonly string[]
  readonly ExternalId?: string
  readonly SerialNumber?: string
  readonly TokenCode?: string
  readonly SourceIdentity?: string
  readonly ProvidedContexts?: readonly ProvidedContext[]
  readonly MinimumSessionTokenSize?: number
}

export interface AssumeRoleResponse {
  readonly Credentials?: Credentials
  readonly AssumedRoleUser?: AssumedRoleUser
  readonly PackedPolicySize?: number
  readonly SourceIdentity?: string
  readonly SessionTokenUtilization?: number
  readonly SessionTokenSize?: number
}

export interface AssumeRoleWithSAMLRequest {
  readonly RoleArn: string
  readonly PrincipalArn: string
  readonly SAMLAssertion: string
  readonly PolicyArns?: readonly PolicyDescriptorType[]
  readonly Policy?: string
  readonly DurationSeconds?: number
  readonly MinimumSessionTokenSize?: number
}

export interface AssumeRoleWithSAMLResponse {
  readonly Credentials?: Credentials
  readonly AssumedRoleUser?: AssumedRoleUser
  readonly PackedPolicySize?: number
  readonly Subject?: string
  readonly SubjectType?: string
  readonly Issuer?: string
  readonly Audience?: string
  readonly NameQualifier?: string
  readonly SourceIdentity?: string
  readonly SessionTokenUtilization?: number
  readonly SessionTokenSize?: number
  readonly TrustedIdentityPropagationContext?: TrustedIdentityPropagationContext
}

export interface AssumeRoleWithWebIdentityRequest {
  readonly RoleArn: string
  readonly RoleSessionName: string
  readonly WebIdentityToken: string
  readonly ProviderId?: string
  readonly PolicyArns?: readonly PolicyDescriptorType[]
  readonly Policy?: string
  readonly DurationSeconds?: number
  readonly MinimumSessionTokenSize?: number
}

export interface AssumeRoleWithWebIdentityResponse {
  readonly Credentials?: Credentials
  readonly SubjectFromWebIdentityToken?: string
  readonly AssumedRoleUser?: AssumedRoleUser
  readonly PackedPolicySize?: number
  readonly Provider?: string
  readonly Audience?: string
  readonly SourceIdentity?: string
  readonly SessionTokenUtilization?: number
  readonly SessionTokenSize?: number
  readonly TrustedIdentityPropagationContext?: TrustedIdentityPropagationContext
}

export interface AssumeRootRequest {
  readonly TargetPrincipal: string
  readonly TaskPolicyArn: PolicyDescriptorType
  readonly DurationSeconds?: number
  readonly MinimumSessionTokenSize?: number
}

export interface AssumeRootResponse {
  readonly Credentials?: Credentials
  readonly SourceIdentity?: string
  readonly SessionTokenUtilization?: number
  readonly SessionTokenSize?: number
}

export interface AssumedRoleUser {
  readonly AssumedRoleId: string
  readonly Arn: string
}

export interface Credentials {
  readonly AccessKeyId: string
  readonly SecretAccessKey: string
  readonly SessionToken: string
  readonly Expiration: Date
}

export interface DecodeAuthorizationMessageRequest {
  readonly EncodedMessage: string
}

export interface DecodeAuthorizationMessageResponse {
  readonly DecodedMessage?: string
}

export interface FederatedUser {
  readonly FederatedUserId: string
  readonly Arn: string
}

export interface GetAccessKeyInfoRequest {
  readonly AccessKeyId: string
}

export interface GetAccessKeyInfoResponse {
  readonly Account?: string
}

export interface GetCallerIdentityRequest {}

export interface GetCallerIdentityResponse {
  readonly UserId?: string
  readonly Account?: string
  readonly Arn?: string
}

export interface GetDelegatedAccessTokenRequest {
  readonly TradeInToken: string
}

export interface GetDelegatedAccessTokenResponse {
  readonly Credentials?: Credentials
  readonly PackedPolicySize?: number
  readonly AssumedPrincipal?: string
}

export interface GetFederationTokenRequest {
  readonly Name: string
  readonly Policy?: string
  readonly PolicyArns?: readonly PolicyDescriptorType[]
  readonly DurationSeconds?: number
  readonly Tags?: readonly Tag[]
  readonly MinimumSessionTokenSize?: number
}

export interface GetFederationTokenResponse {
  readonly Credentials?: Credentials
  readonly FederatedUser?: FederatedUser
  readonly PackedPolicySize?: number
  readonly SessionTokenUtilization?: number
  readonly SessionTokenSize?: number
}

export interface GetSessionTokenRequest {
  readonly DurationSeconds?: number
  readonly SerialNumber?: string
  readonly TokenCode?: string
  readonly MinimumSessionTokenSize?: number
}

export interface GetSessionTokenResponse {
  readonly Credentials?: Credentials
  readonly SessionTokenUtilization?: number
  readonly SessionTokenSize?: number
}

export interface GetWebIdentityTokenRequest {
  readonly Audience: readonly string[]
  readonly DurationSeconds?: number
  readonly SigningAlgorithm: string
  readonly Scope?: string
  readonly SubjectMode?: "AWSIdentity" | "OriginIdentity"
  readonly Tags?: readonly Tag[]
}

export interface GetWebIdentityTokenResponse {
  readonly WebIdentityToken?: string
  readonly Expiration?: Date
}

export interface PolicyDescriptorType {
  readonly arn?: string
}

export interface ProvidedContext {
  readonly ProviderArn?: string
  readonly ContextAssertion?: string
}

export interface Tag {
  readonly Key: string
  readonly Value: string
}

export interface GetScopedCredentialsRequest {
  readonly Policy?: string
  readonly DurationSeconds?: number
  readonly MinimumSessionTokenSize?: number
  readonly ScopedSessionDescription?: string
}

export interface GetScopedCredentialsResponse {
  readonly Credentials?: Credentials
  readonly SessionInfo?: ScopedSession
  readonly SessionTokenUtilization?: number
  readonly SessionTokenSize?: number
  readonly ScopedPoliciesCount?: number
  readonly SourceIdentity?: string
}

export interface ScopedSession {
  readonly ScopedSessionId: string
  readonly Arn: string
}

export interface TrustedIdentityPropagationContext {
  readonly OriginIdentity?: OriginIdentity
  readonly TransactionContext?: TransactionContext
}

export interface OriginIdentity {
  readonly Subject?: string
  readonly SubjectType?: string
  readonly Issuer?: string
  readonly FederatedProviderArn?: string
}

export interface TransactionContext {
  readonly IdentityProvider?: Readonly<Record<string, string>>
}

export interface StsOperations {
  readonly AssumeRole: { readonly input: AssumeRoleRequest; readonly output: AssumeRoleResponse; readonly error: "MalformedPolicyDocument" | "PackedPolicyTooLarge" | "RegionDisabledException" | "ExpiredTokenException" | "InvalidContextAssertion" }
  readonly AssumeRoleWithSAML: { readonly input: AssumeRoleWithSAMLRequest; readonly output: AssumeRoleWithSAMLResponse; readonly error: "MalformedPolicyDocument" | "PackedPolicyTooLarge" | "IDPRejectedClaim" | "InvalidIdentityToken" | "ExpiredTokenException" | "RegionDisabledException" }
  readonly AssumeRoleWithWebIdentity: { readonly input: AssumeRoleWithWebIdentityRequest; readonly output: AssumeRoleWithWebIdentityResponse; readonly error: "MalformedPolicyDocument" | "PackedPolicyTooLarge" | "IDPRejectedClaim" | "IDPCommunicationError" | "InvalidIdentityToken" | "ExpiredTokenException" | "RegionDisabledException" }
  readonly AssumeRoot: { readonly input: AssumeRootRequest; readonly output: AssumeRootResponse; readonly error: "RegionDisabledException" | "ExpiredTokenException" }
  readonly DecodeAuthorizationMessage: { readonly input: DecodeAuthorizationMessageRequest; readonly output: DecodeAuthorizationMessageResponse; readonly error: "InvalidAuthorizationMessageException" }
  readonly GetAccessKeyInfo: { readonly input: GetAccessKeyInfoRequest; readonly output: GetAccessKeyInfoResponse; readonly error: never }
  readonly GetCallerIdentity: { readonly input: GetCallerIdentityRequest; readonly output: GetCallerIdentityResponse; readonly error: never }
  readonly GetDelegatedAccessToken: { readonly input: GetDelegatedAccessTokenRequest; readonly output: GetDelegatedAccessTokenResponse; readonly error: "ExpiredTradeInTokenException" | "RegionDisabledException" | "PackedPolicyTooLarge" }
  readonly GetFederationToken: { readonly input: GetFederationTokenRequest; readonly output: GetFederationTokenResponse; readonly error: "MalformedPolicyDocument" | "PackedPolicyTooLarge" | "RegionDisabledException" }
  readonly GetScopedCredentials: { readonly input: GetScopedCredentialsRequest; readonly output: GetScopedCredentialsResponse; readonly error: "InsufficientSessionLifetime" | "InvalidSubjectCredentials" | "MalformedPolicyDocument" | "PackedPolicyTooLarge" }
  readonly GetSessionToken: { readonly input: GetSessionTokenRequest; readonly output: GetSessionTokenResponse; readonly error: "RegionDisabledException" }
  readonly GetWebIdentityToken: { readonly input: GetWebIdentityTokenRequest; readonly output: GetWebIdentityTokenResponse; readonly error: "SessionDurationEscalationException" | "OutboundWebIdentityFederationDisabledException" | "JWTPayloadSizeExceededException" }
}
