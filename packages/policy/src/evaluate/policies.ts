/** The policies that decide one request, by the part each plays. */
import type { PolicyDocument } from '../language/document.js'

/** The kinds of policy that AWS names in a denial. `trust` and `key` are resource policies with rules of their own. */
export type PolicyType = 'identity' | 'boundary' | 'session' | 'resource' | 'trust' | 'key' | 'scp' | 'rcp' | 'endpoint'

/** One policy in force: its document and where it hangs. */
export interface Policy {
  readonly document: PolicyDocument
  /** Name of a managed or an inline policy; for people and for the simulator. */
  readonly name?: string
  /** ARN of a managed policy, printed in denials (policy-semantics §9.4). Inline policies have none. */
  readonly arn?: string
  /** ARN of the user, group, role or account that it is attached to. */
  readonly attachedTo?: string
  /**
   * What the ARNs in `Principal` stood for when the policy was saved: ARN → unique id (AIDA…, AROA…). An ARN that is bound here
   * matches by id, so that a namesake made after a deletion gets nothing (policy-semantics §2.2). Unbound ARNs match as text.
   */
  readonly principalIds?: ReadonlyMap<string, string>
}

/**
 * Policies whose statements form a union, made ready to be decided on. Make it once per revision with `compile` and keep it:
 * what the engine derives from the documents lives inside.
 */
export interface PolicySet {
  readonly policies: readonly Policy[]
  /** Opaque to everybody but the engine. */
  readonly compiled: unknown
}

/** A missing member means that this kind of policy is not in use for the request, not that it allows nothing. */
export interface PoliciesInForce {
  /** Everything attached to the user and its groups, or to the role. */
  readonly identity?: PolicySet
  readonly boundary?: PolicySet
  /** The session policies passed when the session was made. An empty set allows nothing. */
  readonly session?: PolicySet
  /** The resource's own policy. */
  readonly resource?: { readonly kind: 'resource' | 'trust' | 'key'; readonly policies: PolicySet }
  /** Service control policies of the principal's account: one set a level, root first. */
  readonly scp?: readonly PolicySet[]
  /** Resource control policies of the resource's account: one set a level, root first. */
  readonly rcp?: readonly PolicySet[]
  /** The policy of the VPC endpoint that the request came through. */
  readonly endpoint?: PolicySet
}

/** Whether the levels of two hierarchies are the same objects; two that are not in use are. */
export function isSameSets(one: readonly PolicySet[] | undefined, other: readonly PolicySet[] | undefined): boolean {
  if (one === other) return true
  if (one === undefined || other === undefined || one.length !== other.length) return false
  for (let level = 0; level < one.length; level++) if (one[level] !== other[level]) return false
  return true
}
