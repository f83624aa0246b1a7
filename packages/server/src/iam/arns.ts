/** ARNs of IAM's own entities. */

export type EntityType =
  | 'user'
  | 'group'
  | 'role'
  | 'policy'
  | 'instance-profile'
  | 'oidc-provider'
  | 'saml-provider'
  | 'mfa'
  | 'server-certificate'

export const entityArn = (
  partition: string,
  accountId: string,
  type: EntityType,
  { path, name }: { readonly path: string; readonly name: string },
): string => `arn:${partition}:iam::${accountId}:${type}${path}${name}`

export const rootArn = (partition: string, accountId: string): string => `arn:${partition}:iam::${accountId}:root`

export interface EntityArn {
  readonly accountId: string
  readonly type: string
  readonly path: string
  readonly name: string
}

/**
 * Reads `arn:aws:iam::A:type/path/name`; undefined for anything else: an entity has one ARN, or a policy on that one would not hold for
 * the others. The account may be `aws`.
 */
export function readEntityArn(arn: string): EntityArn | undefined {
  const [, accountId, type, path, name] = /^arn:aws:iam::(\d{12}|aws):([a-z-]+)(\/(?:[!-.0-~]+\/)*)([^/]+)$/.exec(arn) ?? []
  return accountId === undefined ? undefined : { accountId, type: type!, path: path!, name: name! }
}
