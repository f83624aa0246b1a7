/** §5.1 and §8: the condition keys of a request, and those that follow from who is asking. */
import type { AuthorizationRequest, ContextValue, Principal } from '#engine/evaluate/request.js'

/** As they were given, in order. */
export type Keys = readonly (readonly [name: string, value: ContextValue])[]

/** §5.1: names ignore letter case; of two that differ only so, the one spelled alike, else the first. */
export function keyValue(keys: Keys, name: string): ContextValue | undefined {
  const alike = keys.filter(([each]) => each.toLowerCase() === name.toLowerCase())
  return (alike.find(([each]) => each === name) ?? alike[0])?.[1]
}

/** §6.16: what the caller left out and the principal tells. */
export function keysOf({ context, principal }: AuthorizationRequest): Keys {
  const given = Object.entries(context)
  const names = new Set(given.map(([name]) => name.toLowerCase()))
  return [...given, ...derived(principal).filter(([name]) => !names.has(name.toLowerCase()))]
}

/** §8.1 and §8.2. */
function derived(principal: Principal): [string, ContextValue][] {
  switch (principal.kind) {
    case 'root':
      return [
        ...signed(principal.arn, principal.accountId, 'Account'),
        ['aws:userid', principal.accountId],
        ...(principal.assumedRoot ? ([['aws:AssumedRoot', 'true']] as [string, string][]) : []),
      ]
    case 'user':
      return [
        ...signed(principal.arn, principal.accountId, 'User'),
        ['aws:username', lastName(principal.arn)],
        ...(principal.id !== undefined ? ([['aws:userid', principal.id]] as [string, string][]) : []),
      ]
    case 'role':
      return [
        ...signed(principal.roleArn, principal.accountId, 'AssumedRole'),
        ...(principal.id !== undefined ? ([['aws:userid', `${principal.id}:${lastName(principal.arn)}`]] as [string, string][]) : []),
      ]
    case 'federatedUser':
      return [
        ...signed(principal.arn, principal.accountId, 'FederatedUser'),
        ['aws:userid', `${principal.accountId}:${lastName(principal.arn)}`],
      ]
    case 'service':
      return [
        ['aws:PrincipalIsAWSService', 'true'],
        ['aws:PrincipalServiceName', principal.names[0]],
        ['aws:PrincipalServiceNamesList', principal.names],
      ]
    case 'anonymous':
      return [
        ['aws:PrincipalAccount', 'anonymous'],
        ['aws:PrincipalType', 'Anonymous'],
        ['aws:userid', 'anonymous'],
      ]
    case 'oidc':
      return [['aws:FederatedProvider', principal.providerArn], ...spokenFor(principal.providerArn)]
    case 'saml':
      return spokenFor(principal.providerArn)
  }
}

/** A user of the provider's account, known by the provider, who has no ARN. */
function spokenFor(providerArn: string): [string, ContextValue][] {
  return [
    ['aws:PrincipalAccount', providerArn.split(':')[4] ?? ''],
    ['aws:PrincipalType', 'User'],
    ['aws:userid', providerArn],
  ]
}

function signed(arn: string, account: string, type: string): [string, ContextValue][] {
  return [
    ['aws:PrincipalArn', arn],
    ['aws:PrincipalAccount', account],
    ['aws:PrincipalType', type],
    ['aws:PrincipalIsAWSService', 'false'],
  ]
}

function lastName(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1)
}
