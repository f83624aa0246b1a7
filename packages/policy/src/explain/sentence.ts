/** AWS's words for a denial (policy-semantics §9, recorded facts 60, 67, 71, 73). */
import { type AuthorizationRequest, type Decision, type MatchedStatement, policyType, serviceRules } from '../evaluate/index.js'

export interface SentenceOptions {
  /** How the resource is written, where that is not its ARN: IAM writes `user NAME` for users that exist. */
  readonly resourceText?: string | undefined
}

/** The sentence for a denied request, `undefined` for an allowed one. The services' own wrappings are not part of it. */
export function denialSentence(request: AuthorizationRequest, decision: Decision, options: SentenceOptions = {}): string | undefined {
  if (decision.verdict === 'Allowed') return undefined
  const { principal, action } = request
  if (principal.kind === 'saml' || principal.kind === 'oidc') return `Not authorized to perform ${action}`
  const ruled = decision.verdict === 'ImplicitDeny' ? serviceRules.find(({ name }) => name === decision.rule)?.sentence : undefined
  if (ruled !== undefined) return ruled
  const base = `User: ${callerText(request)} is not authorized to perform: ${action}${resourceClause(request, options)}`
  const reason = UNREASONED.has(action.toLowerCase()) ? '' : reasonOf(request, decision)
  return `${base}${reason}`
}

/** STS gives no reason when a role may not be assumed. */
const UNREASONED = new Set(['sts:assumerole', 'sts:tagsession', 'sts:setsourceidentity', 'sts:setcontext'])

function callerText({ principal }: AuthorizationRequest): string {
  if ('arn' in principal) return principal.arn
  return principal.kind === 'service' ? principal.names[0] : 'anonymous'
}

function resourceClause({ action, resource }: AuthorizationRequest, { resourceText }: SentenceOptions): string {
  if (resourceText !== undefined) return ` on resource: ${resourceText}`
  const service = action.slice(0, action.indexOf(':')).toLowerCase()
  // Services leave the clause out where an action has no resource; IAM prints the star.
  if (resource.arn === '*' && service !== 'iam') return ''
  return ` on resource: ${service === 's3' ? `"${resource.arn}"` : resource.arn}`
}

function reasonOf(request: AuthorizationRequest, decision: Exclude<Decision, { verdict: 'Allowed' }>): string {
  const { phrase, article } = policyType(decision.policyType)
  if (decision.verdict === 'ExplicitDeny') return ` with an explicit deny in ${article} ${phrase}${policyArn(request, decision.statement)}`
  // A rule on the credentials denied; no policy could have allowed it.
  return decision.rule === undefined ? ` because no ${phrase} allows the ${request.action} action` : ''
}

/** Managed policies are named, except to callers from outside (policy-semantics §9.4). */
function policyArn(request: AuthorizationRequest, { policyType: type, policy }: MatchedStatement): string {
  const { printsArn, account } = policyType(type)
  const isInside = account === 'principal' || isSameOwner(request)
  return printsArn && isInside && policy.arn !== undefined ? `: ${policy.arn}` : ''
}

function isSameOwner({ principal, resource, context }: AuthorizationRequest): boolean {
  const organization = context['aws:PrincipalOrgID']
  return (
    ('accountId' in principal && principal.accountId === resource.accountId) ||
    (typeof organization === 'string' && organization === context['aws:ResourceOrgID'])
  )
}
