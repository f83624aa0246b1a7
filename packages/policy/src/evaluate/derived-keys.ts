/** Condition keys that follow from the principal; filled in when the request lacks them (policy-semantics §8.1 and §8.2). */
import { accountIdOf, type ContextValue, type Principal } from './request.js'

type Derive = (principal: Principal) => ContextValue | undefined

const PRINCIPAL_TYPES = new Map([
  ['root', 'Account'],
  ['user', 'User'],
  ['role', 'AssumedRole'],
  ['federatedUser', 'FederatedUser'],
  ['anonymous', 'Anonymous'],
  // As recorded while a trust policy was asked about somebody whom a provider speaks for.
  ['saml', 'User'],
  ['oidc', 'User'],
])

/** Keys in lower case. */
const derived: ReadonlyMap<string, Derive> = new Map<string, Derive>([
  // Of a role session it is the role, with its path; the session's own ARN is only in messages.
  ['aws:principalarn', (principal) => ('roleArn' in principal ? principal.roleArn : 'arn' in principal ? principal.arn : undefined)],
  [
    'aws:principalaccount',
    (principal) =>
      accountIdOf(principal) ??
      ('providerArn' in principal ? principal.providerArn.split(':')[4] : principal.kind === 'anonymous' ? 'anonymous' : undefined),
  ],
  ['aws:principaltype', ({ kind }) => PRINCIPAL_TYPES.get(kind)],
  [
    'aws:principalisawsservice',
    (principal) => (accountIdOf(principal) !== undefined ? 'false' : principal.kind === 'service' ? 'true' : undefined),
  ],
  ['aws:principalservicename', (principal) => (principal.kind === 'service' ? principal.names[0] : undefined)],
  ['aws:principalservicenameslist', (principal) => (principal.kind === 'service' ? principal.names : undefined)],
  ['aws:username', (principal) => (principal.kind === 'user' ? lastOf(principal.arn) : undefined)],
  ['aws:userid', userId],
  ['aws:assumedroot', (principal) => (principal.kind === 'root' && principal.assumedRoot ? 'true' : undefined)],
  // While a trust policy is asked; a customer's provider is named by its ARN.
  ['aws:federatedprovider', (principal) => (principal.kind === 'oidc' ? principal.providerArn : undefined)],
])

/** The value of a key that follows from the principal, `undefined` for every other key. */
export function derivedKey(caseless: string, principal: Principal): ContextValue | undefined {
  return derived.get(caseless)?.(principal)
}

function userId(principal: Principal): string | undefined {
  switch (principal.kind) {
    case 'root':
      return principal.accountId
    case 'saml':
    case 'oidc':
      return principal.providerArn
    case 'user':
      return principal.id
    case 'role':
      return principal.id === undefined ? undefined : `${principal.id}:${lastOf(principal.arn)}`
    case 'federatedUser':
      return `${principal.accountId}:${lastOf(principal.arn)}`
    case 'anonymous':
      return 'anonymous'
    default:
      return undefined
  }
}

function lastOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1)
}
