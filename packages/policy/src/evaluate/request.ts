/** What is asked: may this principal do this action on this resource, in this context? */

/** Condition keys of a request. Names are looked up ignoring case. A list is a multivalued key. */
export type ContextValue = string | readonly string[]
export type Context = Readonly<Record<string, ContextValue>>

interface Identity {
  /** The caller's ARN, as messages print it. */
  readonly arn: string
  readonly accountId: string
  /** The principal belongs to its organization's management account: SCPs do not apply. */
  readonly inManagementAccount?: boolean
}

export type Principal =
  | (Identity & {
      readonly kind: 'root'
      readonly assumedRoot?: boolean
      /** Present when the credentials came from GetSessionToken. */
      readonly session?: 'GetSessionToken'
    })
  | (Identity & {
      readonly kind: 'user'
      /** AIDA…; compared with the ids that a saved policy's principals were resolved to. */
      readonly id?: string
      /** Present when the credentials came from GetSessionToken. */
      readonly session?: 'GetSessionToken'
    })
  | (Identity & {
      /** A session of a role; `arn` is `arn:P:sts::A:assumed-role/ROLE/SESSION`. */
      readonly kind: 'role'
      /** With its path, which `arn` lacks. */
      readonly roleArn: string
      readonly id?: string
      readonly serviceLinked?: boolean
    })
  | (Identity & {
      /** A GetFederationToken session. */
      readonly kind: 'federatedUser'
      /** The IAM user (or account root) that made the session. */
      readonly federatedBy: string
      readonly federatedById?: string
      /** Signed in to the console, where the limits on IAM and STS calls do not hold. */
      readonly console?: boolean
    })
  | { readonly kind: 'service'; readonly names: readonly [string, ...string[]] }
  | { readonly kind: 'saml' | 'oidc'; readonly providerArn: string }
  | { readonly kind: 'anonymous' }

/** The principal's account; services, identity providers and the anonymous have none. */
export function accountIdOf(principal: Principal): string | undefined {
  return (principal as Partial<Identity>).accountId
}

export interface Resource {
  /** An ARN, or `*` for an action without resource types. */
  readonly arn: string
  /** The account that owns it, which the ARN need not name (S3). */
  readonly accountId: string
  /** The owner is its organization's management account: RCPs do not apply. */
  readonly inManagementAccount?: boolean
}

export interface AuthorizationRequest {
  readonly principal: Principal
  /** `service:Action`, letter case as AWS writes it. */
  readonly action: string
  readonly resource: Resource
  /** Built by the server only. Keys that follow from the principal are filled in when they are missing. */
  readonly context: Context
}
