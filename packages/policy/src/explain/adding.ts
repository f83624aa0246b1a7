/** Statements that allow one request and nothing else. */
import type { AuthorizationRequest, PolicyType } from '../evaluate/index.js'
import { policyType } from '../evaluate/index.js'
import type { AddedStatement } from './change.js'

/** The statement that a policy of this kind needs; its resource is exactly the request's. */
export function exactStatement(request: AuthorizationRequest, type: PolicyType): AddedStatement {
  const row = policyType(type)
  return {
    Effect: 'Allow',
    ...(row.principal === 'nobody' && { Principal: type === 'endpoint' ? '*' : principalOf(request) }),
    Action: request.action,
    ...(row.resource !== 'ignored' && { Resource: literal(request.resource.arn) }),
  }
}

/** Who asked, as a `Principal` element names them: of a session the role, so that the next session is allowed too. */
function principalOf({ principal }: AuthorizationRequest): NonNullable<AddedStatement['Principal']> {
  if ('roleArn' in principal) return { AWS: principal.roleArn }
  if ('arn' in principal) return { AWS: principal.arn }
  if ('providerArn' in principal) return { Federated: principal.providerArn }
  return principal.kind === 'service' ? { Service: principal.names[0] } : '*'
}

/** Wildcards and variables stand for themselves: they can be written so behind the fifth colon only, where ARNs may hold them. */
function literal(arn: string): string {
  if (arn === '*') return arn
  return arn.replace(/\$\{|[*?]/g, (found) => (found === '${' ? '${$}{' : `\${${found}}`))
}
