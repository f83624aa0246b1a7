/** Condition keys that a web identity token gives: `ISSUER:claim` (policy-semantics §8.5). */
import type { WebIdentity } from '@bailiwick/identity'
import type { Context, ContextValue } from '@bailiwick/policy'

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

/** `asked` for the trust policy, `lasting` for the session's own requests too. `name` is the issuer without its scheme. */
export function webIdentityKeys(identity: WebIdentity, name: string): { readonly asked: Context; readonly lasting: Context } {
  const { audience, audiences, subject, claims } = identity
  const amr = Array.isArray(claims.amr) ? claims.amr.filter((each): each is string => typeof each === 'string') : []
  const lasting: Record<string, ContextValue> = {
    [`${name}:aud`]: audience,
    [`${name}:sub`]: subject,
    ...(amr.length > 0 && { [`${name}:amr`]: amr }),
  }
  const asked: Record<string, ContextValue> = { ...lasting, [`${name}:oaud`]: audiences.length === 1 ? audiences[0]! : audiences }
  for (const claim of ['email', ...(claimsOf.find(([issuer]) => issuer.test(name))?.[1] ?? [])]) {
    const value = Object.hasOwn(claims, claim) ? claims[claim] : undefined
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') asked[`${name}:${claim}`] = String(value)
  }
  return { asked, lasting }
}
