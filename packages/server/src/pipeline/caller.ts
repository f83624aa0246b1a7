/** Who is asking, once that is proven. */
import type { Context, PoliciesInForce, Principal } from '@bailiwick/policy'

/** A principal with an account: everybody that a signature can prove. */
export type SignedPrincipal = Extract<Principal, { readonly accountId: string }>
/** A principal of an identity provider, proven by its token or assertion for one call. */
export type FederatedPrincipal = Extract<Principal, { readonly providerArn: string }>
/** A service that acts for its customers from within this server; no request can claim to be one. */
export type ServicePrincipal = Extract<Principal, { readonly kind: 'service' }>

export interface Caller {
  readonly principal: SignedPrincipal | FederatedPrincipal | ServicePrincipal
  /** As messages, GetCallerIdentity and audit events show it. */
  readonly arn: string
  /** The caller's own; of a federated one, that of the role it asks for. */
  readonly accountId: string
  /** `aws:userid`: AIDA…, AROA…:session, or the account id of a root user. */
  readonly userId: string
  /** The IAM user's name; only users have one. */
  readonly userName?: string
  /** Empty for a federated caller. */
  readonly accessKeyId: string
  /** Condition keys that follow from the credentials: tags, TokenIssueTime, MFA, source identity. */
  readonly context: Context
  /** The caller's side of the decision. */
  readonly inForce: Omit<PoliciesInForce, 'resource' | 'rcp' | 'endpoint'>
  /** Present for temporary credentials. */
  readonly session?: CallerSession
  /** Present for a federated caller: what its identity provider says. */
  readonly federation?: FederatedIdentity
}

/** What a token or an assertion says, in the words of both. */
export interface FederatedIdentity {
  readonly subject: string
  /** Who it was issued to: a client id, or the place a SAML response was sent to. */
  readonly audience: string
  readonly issuer: string
  readonly tags: readonly { readonly Key: string; readonly Value: string }[]
  readonly transitiveTagKeys: readonly string[]
  readonly sourceIdentity?: string
  /** Condition keys that go on into the session's own requests. */
  readonly lasting: Context
  /** SAML only. */
  readonly saml?: {
    readonly subjectType: string
    readonly nameQualifier: string
    readonly sessionName: string
    /** Epoch milliseconds, where the identity provider ends the session itself. */
    readonly endsAt?: number
  }
}

export interface CallerSession {
  readonly issuedAt: number
  readonly expiresAt: number
  /** The console switches its user to a role with it, which is no chain (IAM User Guide, "Update settings for a role"). */
  readonly switchesRole?: true
  /** An MFA code was given when the session was made. */
  readonly mfa: boolean
  /** When, as epoch milliseconds: in sessions of users and roots, where conditions may ask for it (policy-semantics §8.2). */
  readonly mfaAt?: number
  readonly sourceIdentity?: string
  readonly tags: readonly { readonly Key: string; readonly Value: string }[]
  /** Keys of those tags that go on to the next session of a chain. */
  readonly transitiveTagKeys: readonly string[]
  /** For audit events: the role behind the session, or the user. */
  readonly issuer: { readonly type: 'Role' | 'User' | 'Root'; readonly id: string; readonly arn: string; readonly name?: string }
}
