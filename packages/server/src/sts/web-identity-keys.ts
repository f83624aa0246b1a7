/** Condition keys that a web identity token gives: `ISSUER:claim` (policy-semantics §8.5). */
import type { WebIdentity } from '@bailiwick/identity'
import type { Context, ContextValue } from '@bailiwick/policy'
import { mergedKeys } from '../pipeline/merged-keys.js'

/** Further claims that AWS shows of certain issuers, by what the issuer's name is like. */
const claimsOf: readonly (readonly [issuer: RegExp, claims: readonly string[]])[] = [
  [
    /^(?:vs)?token\.actions(?:\.[\w-]+\.ghe\.com|\.githubusercontent\.com)(?:\/.*)?$|^github\.com\/enterprises\/[^/]+$/,
    [
      'actor',
      'actor_id',
      'enterprise_id',
      'environment',
      'job_workflow_ref',
      'ref',
      'repository',
      'repository_id',
      'repository_owner_id',
      'workflow',
    ],
  ],
  [
    /^gitlab\.com$/,
    [
      'namespace_id',
      'pipeline_source',
      'project_id',
      'ref_protected',
      'runner_environment',
      'user_access_level',
      'user_email',
      'user_id',
      'user_login',
    ],
  ],
  [
    /^agent(?:\.[\w-]+)?\.buildkite\.com$/,
    ['build_branch', 'cluster_id', 'cluster_name', 'organization_id', 'organization_slug', 'pipeline_id', 'pipeline_slug'],
  ],
  [/^accounts\.google\.com$/, ['google/organization_number']],
  [/^oidc\.circleci\.com\/org\/[^/]+$/, ['oidc.circleci.com/project-id']],
  [/^idcs-[^/]+\.identity\.oraclecloud\.com$/, ['rpst_id']],
]

interface KeyNames {
  readonly audience: string
  readonly subject: string
  readonly methods: string
  readonly audiences: string
  /** Further claims with the names of their keys. */
  readonly claims: readonly (readonly [claim: string, key: string])[]
}

/** By the names of issuers that accounts have registered. */
const namesOf = new Map<string, KeyNames>()
const mostIssuers = 1_000

function keyNames(name: string): KeyNames {
  let names = namesOf.get(name)
  if (names !== undefined) return names
  const claims = ['email', ...(claimsOf.find(([issuer]) => issuer.test(name))?.[1] ?? [])]
  names = {
    audience: `${name}:aud`,
    subject: `${name}:sub`,
    methods: `${name}:amr`,
    audiences: `${name}:oaud`,
    claims: claims.map((claim) => [claim, `${name}:${claim}`]),
  }
  namesOf.set(name, names)
  if (namesOf.size > mostIssuers) namesOf.delete(namesOf.keys().next().value!)
  return names
}

/** `asked` for the trust policy, `lasting` for the session's own requests too. `name` is the issuer without its scheme. */
export function webIdentityKeys(
  { audience, audiences, subject, claims }: WebIdentity,
  name: string,
  providerArn: string,
): { readonly asked: Context; readonly lasting: Context } {
  const names = keyNames(name)
  const lasting: Record<string, ContextValue> = { 'aws:FederatedProvider': providerArn }
  lasting[names.audience] = audience
  lasting[names.subject] = subject
  const methods = Array.isArray(claims.amr) ? claims.amr.filter((each): each is string => typeof each === 'string') : []
  if (methods.length > 0) lasting[names.methods] = methods
  const more: Record<string, ContextValue> = {}
  more[names.audiences] = audiences.length === 1 ? audiences[0]! : audiences
  for (const [claim, key] of names.claims) {
    const value = Object.hasOwn(claims, claim) ? claims[claim] : undefined
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') more[key] = String(value)
  }
  return { asked: mergedKeys(lasting, more), lasting }
}
